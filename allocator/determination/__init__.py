"""The office's determination: from its tables to category, status and roster of each child (office-procedure.md 3–6).

Written once more inside the checker, which shares only the domain with this package.
"""

from allocator.determination.categories import CategoryRule
from allocator.determination.locks import new_locks
from allocator.determination.private import private_draw
from allocator.determination.steps import CategoryTest, Reasons, determine_by_steps, steps_behind_child

__all__ = [
    "CategoryRule", "CategoryTest", "Reasons", "determine_by_steps", "new_locks", "private_draw", "steps_behind_child",
]
