"""What a family may choose, and what of it counts (section 3.4, C082 to C095)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from allocator.determination.assessment import Assessment
from allocator.domain import ChoicePhase, DeferredAcceptancePhase, Policy, Zone

CHOOSING = ("A", "B", "C", "D")
"""Categories that may register at a dual school and take part in voluntary rounds."""


class Offers(NamedTuple):
    """What the policy lets families choose.

    Attributes
    ----------
    rounds : Mapping[str, DeferredAcceptancePhase]
        Voluntary rounds by the column of their lists.
    open_schools : frozenset of str
        Schools open to all zones.
    zones, zone_of_school : Mapping[str, Zone], Mapping[str, str]
        All zones; and by own school its zone, the first by code point where several share it.
    """

    rounds: Mapping[str, DeferredAcceptancePhase]
    open_schools: frozenset[str]
    zones: Mapping[str, Zone]
    zone_of_school: Mapping[str, str]


def choice_offers(policy: Policy, zones: Mapping[str, Zone]) -> Offers:
    """Return what a policy lets the families of these zones choose."""
    choices = [phase for phase in policy.phases if isinstance(phase, ChoicePhase)]
    return Offers(
        {phase.column: phase for phase in policy.phases if isinstance(phase, DeferredAcceptancePhase)},
        frozenset(school for phase in choices for school in phase.schools),
        zones,
        {zones[name].school_id: name for name in sorted(zones, reverse=True)},
    )


def keep_choices(children: Iterable[Assessment], offers: Offers) -> None:
    """Keep of each child's choices what counts, and flag what is left out."""
    for child in children:
        given = child.dossier.application
        child.registered_school = _registered(child, offers)
        child.voluntary_1 = _voluntary(child, given.voluntary_1, offers, "voluntary_1")
        child.voluntary_2 = _voluntary(child, given.voluntary_2, offers, "voluntary_2")
        child.open_choice = given.open_choice if given.open_choice in offers.open_schools else ""
        wanted = (given.voluntary_1, given.voluntary_2, given.open_choice)
        if wanted != (child.voluntary_1, child.voluntary_2, child.open_choice):
            child.flags.add("choice_dropped")
        if given.registered_school not in ("", child.registered_school):
            child.flags.add("choice_dropped")


def _registered(child: Assessment, offers: Offers) -> str:
    """Return the school of a child in a dual zone: as given, else the zone's own (C084, C087)."""
    zone = offers.zones[child.zone]
    if child.category not in CHOOSING or not zone.dual_school_ids:
        return ""
    given = child.dossier.application.registered_school
    if given and (given == zone.school_id or given in zone.dual_school_ids):
        return given
    child.flags.add("dual_default")
    return zone.school_id


def _voluntary(child: Assessment, given: tuple[str, ...], offers: Offers, column: str) -> tuple[str, ...]:
    """Return the schools of a ranked list that may be named, in its order (C092, C095)."""
    phase = offers.rounds.get(column)
    if not given or phase is None or child.category not in CHOOSING or not _in_tier(child, phase, offers):
        return ()
    own = offers.zones[child.zone].school_id
    return tuple(school for school in dict.fromkeys(given) if school in phase.schools and school != own)


def _in_tier(child: Assessment, phase: DeferredAcceptancePhase, offers: Offers) -> bool:
    """Whether the zone to which a child counts may bid: that of its registered school, else its own (C084)."""
    own_school = offers.zones[child.zone].school_id
    counted = child.zone
    if child.registered_school not in ("", own_school):
        counted = offers.zone_of_school.get(child.registered_school, child.zone)
    return not phase.tiers or any(counted in tier for tier in phase.tiers)
