"""When seats of a school may be taken away: what is left must allow it, and every bid admitted to the draw (P6)."""

from __future__ import annotations

from collections import Counter

from allocator.domain import STATUSES, DeferredAcceptancePhase
from allocator.models.book.state import CaseState


def may_pass_removal(state: CaseState, school: str, seats: int) -> bool:
    """Whether seats are left, and no bid for seats set aside could carry the school above its new hard cap."""
    if state.left(school) < seats:
        return False
    return not state.aside(school) or _most(state, school) <= state.cap[school] - seats


def _most(state: CaseState, school: str) -> int:
    """Most children that the school could hold after a round for which a bundle may bid, of the roster; else 0."""
    district = state.season.district
    verified = [child for child in district.applicants if child.status == STATUSES[0]]
    held = sum(school in (c.preferential_school, c.sibling_school, c.open_choice) for c in verified)
    sizes = Counter(child.bundle for child in verified if child.bundle)
    worst = largest = 0
    for phase in district.policy.phases:
        if not isinstance(phase, DeferredAcceptancePhase) or phase.seats == "left":
            continue
        bundles = [sizes[c.bundle] for c in verified if c.bundle and school in getattr(c, phase.column)]
        largest = max([largest, *bundles])
        held += district.schools[school].offered(phase.seats) + max([0, *(size - 1 for size in bundles)])
        worst = max(worst, held) if largest else 0
    return worst
