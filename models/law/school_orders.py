"""What counts before a bidder's ticket at a school in a deferred-acceptance phase: one table of its keys (P6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from allocator.domain import DeferredAcceptancePhase, District
from allocator.models.parties import Party, TicketKey, lots_of_parties, tier_of_child

OrderKeyOf = Callable[[DeferredAcceptancePhase, District, str, Party], int]


def _tier(phase: DeferredAcceptancePhase, district: District, school: str, party: Party) -> int:
    pooled = district.policy.switches.tiers == "pooled"
    return 0 if pooled else tier_of_child(district, phase, party.child) or 0


BEFORE_TICKET: Mapping[str, OrderKeyOf] = {
    "tier": _tier,
    "category": lambda phase, district, school, party: party.rank,
    "sibling": lambda phase, district, school, party: int(party.child.sibling_school != school),
    "walk_zone": lambda phase, district, school, party: int(district.zones[party.child.zone].school_id != school),
}
"""Value of every key but the ticket; the smaller one comes first."""


def school_order_before_ticket(
    phase: DeferredAcceptancePhase, district: District, school: str, party: Party
) -> tuple[int, ...]:
    """Return what counts before a bidder's ticket (switches ``tiers`` and ``tier_inner``); equals are alike in it."""
    keys = [BEFORE_TICKET[key](phase, district, school, party) for key in phase.order if key != "ticket"]
    inner = [party.rank] if district.policy.switches.tier_inner == "by_category" else []
    return (*keys, *inner)


def school_order(
    phase: DeferredAcceptancePhase, district: District, school: str, group: Sequence[Party], *,
    lots: Callable[[str], TicketKey] | None = None,
) -> list[str]:  # fmt: skip
    """Return the names of a school's bidders in its order: those equal in all keys go by ticket (C093, C094).

    Parameters
    ----------
    lots : callable, optional
        Sort key of a draw by its id; those of the district's own draw where none is given.
    """
    draw_id = f"{phase.draw}/{school}"
    ticket = lots(draw_id) if lots else lots_of_parties(district, draw_id)
    order = sorted(
        group, key=lambda party: (school_order_before_ticket(phase, district, school, party), ticket(party.name))
    )
    return [party.name for party in order]
