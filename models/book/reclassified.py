"""What a new category, zone or registered school means for a seat and for the rounds to come (section 9.4)."""

from __future__ import annotations

from allocator.domain import BatchPhase, ChoicePhase, DeferredAcceptancePhase
from allocator.models.book.openings import is_opening_bidder
from allocator.models.book.state import DECISIONS, NO_BATCH, CaseParty, CaseState
from allocator.models.law.school_orders import school_order_before_ticket

_RURAL = ("R1", "R2", "R3")
_NO_RULE = "U"


def reclassified_keeps_seat(state: CaseState, old: CaseParty, now: CaseParty) -> bool:
    """Whether the new values carry the seat that the old ones were given."""
    assert old.seat is not None
    if old.seat.round == DECISIONS:
        return True
    phase, school = state.season.rounds[old.seat.round].phase, old.seat.school
    is_later = now.party.rank > old.party.rank
    if isinstance(phase, BatchPhase):
        return not is_later and now.party.home == old.party.home
    if isinstance(phase, ChoicePhase):
        return not is_later and now.child.category in phase.schools[school]
    if isinstance(phase, DeferredAcceptancePhase):
        district = state.season.district
        was, is_now = (school_order_before_ticket(phase, district, school, one.party) for one in (old, now))
        return is_opening_bidder(state, phase, now) and is_now <= was
    return True


def reclassified_target(state: CaseState, now: CaseParty) -> str:
    """Return the batch to which a party that waits is carried: empty where its own is to come."""
    category, rounds = now.child.category, state.season.rounds
    own = rounds.batch(category)
    if own and own.name not in state.begun:
        return ""
    if category == _NO_RULE:
        return NO_BATCH
    is_rural = category in _RURAL
    pending = (one for one in rounds.listed if one.category and one.name not in state.begun)
    return next((one.category for one in pending if (one.category in _RURAL) == is_rural), NO_BATCH)
