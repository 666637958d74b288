"""The roster, determined once more from the office's tables alone (office-procedure.md sections 2 to 6)."""

from allocator.checking.determination.private import private_draw
from allocator.checking.determination.roster import determine

__all__ = ["determine", "private_draw"]
