"""Who may get which seat: parties, home schools, tiers, and the schools a party comes to, in its order.

Everything here is derived for the procedure and for the record; the strict model and the checker derive the same on
their own from the domain, so that a fault here is found by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from allocator.domain import (
    TICKET,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DeferredAcceptancePhase,
    District,
    Policy,
    Switches,
    Zone,
)

VERIFIED = "verified"


class Party(NamedTuple):
    """One child, or the children of one bundle, never separated (procedure.md, introduction; C110).

    ``lead`` is the child that gives the party its id; the columns that matter agree among the children.
    """

    party_id: str
    lead: Applicant
    children: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of children."""
        return len(self.children)


def eligible_parties(applicants: Sequence[Applicant]) -> list[Party]:
    """Return the parties in code-point order of their ids; the id is the smallest ``applicant_id`` in the party."""
    bundles: dict[str, list[Applicant]] = {}
    result = []
    for child in applicants:
        if child.bundle:
            bundles.setdefault(child.bundle, []).append(child)
        else:
            result.append(Party(child.applicant_id, child, (child.applicant_id,)))
    for members in bundles.values():
        ids = tuple(sorted(child.applicant_id for child in members))
        lead = next(child for child in members if child.applicant_id == ids[0])
        result.append(Party(ids[0], lead, ids))
    return sorted(result, key=lambda party: party.party_id) if bundles else result


def home_rules(policy: Policy) -> dict[str, str]:
    """Return the rule of the home school by category (``Category.home``)."""
    return {category.category_id: category.home for category in policy.categories}


def home_school(child: Applicant, rule: str, zones: Mapping[str, Zone], *, overflow: bool) -> str:
    """Return the id of the home school, empty where no rule names one (procedure.md section 1; C077).

    E can have another school than the zone (C078, C079) or none (C083, C086); in a dual zone the family chooses (C084,
    C087).

    Parameters
    ----------
    child : Applicant
        Any child of the party.
    rule : {"zone", "registered", "e_school"}
        ``Category.home`` of its category.
    zones : Mapping[str, Zone]
        All zones by id.
    overflow : bool
        Switch ``e_route: overflow``: E starts at the zone's own school where the zone has an E school.
    """
    zone = zones[child.zone]
    if rule == "registered":
        return child.registered_school or zone.school_id
    if rule == "e_school" and not (overflow and zone.e_school_id):
        return zone.e_school_id
    return zone.school_id


class Homes:
    """Home school of any child, remembered by what decides it: zone, category and registered school."""

    def __init__(self, district: District) -> None:
        self._zones = district.zones
        self._rules = home_rules(district.policy)
        self._overflow = district.policy.switches.e_route == "overflow"
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, child: Applicant) -> str:
        """Return the id of the home school, empty where there is none."""
        key = (child.zone, child.category, child.registered_school)
        if key not in self._known:
            rule = self._rules[child.category]
            self._known[key] = home_school(child, rule, self._zones, overflow=self._overflow)
        return self._known[key]


def zone_of_school(zones: Mapping[str, Zone]) -> dict[str, str]:
    """Return the zone of each school that has one; of several zones with one school the first by code point."""
    return {zones[name].school_id: name for name in sorted(zones, reverse=True)}


def tier_zone(child: Applicant, zones: Mapping[str, Zone], of_school: Mapping[str, str]) -> str:
    """Return the zone to which a party counts in tiers: that of its registered school, else its own (P6; C084).

    Several zones can share a school: then its own zone if that is one of them, else the first by code point; empty
    if the registered school is no zone's school. ``of_school`` is ``zone_of_school(zones)``.
    """
    school = child.registered_school
    if not school or zones[child.zone].school_id == school:
        return child.zone
    return of_school.get(school, "")


def tier_of_zone(phase: DeferredAcceptancePhase) -> dict[str, int]:
    """Return the tier (0 first) of every zone that a voluntary round names."""
    return {zone: tier for tier, zones in enumerate(phase.tiers) for zone in zones}


def keys_before_ticket(phase: DeferredAcceptancePhase, switches: Switches) -> tuple[str, ...]:
    """Return the keys of a voluntary round's orders without the ticket, the switches applied (sections 4 and 8)."""
    keys: list[str] = [k for k in phase.order if k != TICKET and not (k == "tier" and switches.tiers == "pooled")]
    if switches.tier_inner == "by_category" and "category" not in keys:
        keys.append("category")
    return tuple(keys)


def may_choose(child: Applicant, phase: ChoicePhase) -> bool:
    """Whether a child's open choice counts: verified, and a category that the school admits (P5c; C025, C089)."""
    return child.status == VERIFIED and child.category in phase.schools.get(child.open_choice, frozenset())


def may_bid(child: Applicant, phase: DeferredAcceptancePhase) -> bool:
    """Whether a party is one that a voluntary round admits, its zone left out of account (P6, P7)."""
    return bool(getattr(child, phase.column)) and child.status == VERIFIED and child.category in phase.categories


def receiving_list(phase: BatchPhase, home: str) -> tuple[str, ...]:
    """Return the receiving list of a home school, the school itself left out (C061, C096)."""
    return tuple(school for school in phase.lists[phase.list_of.get(home, phase.others)] if school != home)


def diversion_list(phase: BatchPhase, home: str, preferred: tuple[str, ...], first: str = "") -> tuple[str, ...]:
    """Return the schools at which a diverted party tries for a seat, in order (P8 step 2).

    Parameters
    ----------
    phase : BatchPhase
        Holds the receiving lists.
    home : str
        The home school.
    preferred : tuple of str
        The family's own order; only schools of the receiving list count.
    first : str
        The E school put first in the receiving list under ``e_route: overflow``; empty otherwise.
    """
    receiving = receiving_list(phase, home)
    if first and first != home:
        receiving = (first, *(school for school in receiving if school != first))
    chosen = tuple(school for school in preferred if school in receiving)
    return chosen + tuple(school for school in receiving if school not in chosen)


def overflow_school(child: Applicant, rule: str, zones: Mapping[str, Zone], *, overflow: bool) -> str:
    """Return the school put first in the receiving list under ``e_route: overflow``; empty otherwise."""
    zone = zones[child.zone]
    return zone.e_school_id if overflow and rule == "e_school" and zone.e_school_id != zone.school_id else ""
