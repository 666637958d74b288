"""What counts before a bidder's ticket at a school in a deferred-acceptance phase: one table of its keys (P6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from allocator.domain import DeferredAcceptancePhase, District
from allocator.models.parties import Family, lot, tier_of

Key = Callable[[DeferredAcceptancePhase, District, str, Family], int]


def _tier(phase: DeferredAcceptancePhase, district: District, school: str, family: Family) -> int:
    pooled = district.policy.switches.tiers == "pooled"
    return 0 if pooled else tier_of(district, phase, family.child) or 0


BEFORE_TICKET: Mapping[str, Key] = {
    "tier": _tier,
    "category": lambda phase, district, school, family: family.rank,
    "sibling": lambda phase, district, school, family: int(family.child.sibling_school != school),
    "walk_zone": lambda phase, district, school, family: int(district.zones[family.child.zone].school_id != school),
}
"""Value of every key but the ticket; the smaller one comes first."""


def before_ticket(phase: DeferredAcceptancePhase, district: District, school: str, family: Family) -> tuple[int, ...]:
    """Return what counts before a bidder's ticket (switches ``tiers`` and ``tier_inner``); equals are alike in it."""
    keys = [BEFORE_TICKET[key](phase, district, school, family) for key in phase.order if key != "ticket"]
    inner = [family.rank] if district.policy.switches.tier_inner == "by_category" else []
    return (*keys, *inner)


def school_order(phase: DeferredAcceptancePhase, district: District, school: str, group: Sequence[Family]) -> list[str]:
    """Return the names of a school's bidders in its order: those equal in all keys go by ticket (C093, C094)."""
    ticket = lot(district, f"{phase.draw}/{school}")
    order = sorted(group, key=lambda family: (before_ticket(phase, district, school, family), ticket(family)))
    return [family.name for family in order]
