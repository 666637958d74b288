"""Who is who: parties, home schools, zones and receiving lists, derived again from the roster."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from allocator.domain import Applicant, BatchPhase, DeferredAcceptancePhase, District, Policy, Zone

VERIFIED = "verified"

NO_SCHOOL = -1
"""Stands for no seat where a school is meant."""


class Roster:
    """The roster as parties. A party goes by the index of the child whose id it bears.

    Attributes
    ----------
    children : list of Applicant
        In code-point order of the ids.
    parties : sequence of int
        The child that gives each party its id (the smallest id of a bundle).
    bundles : dict[int, tuple of int]
        All children of a party of more than one.
    home : list of str
        Home school by party; may be empty.
    verified : dict[str, dict[str, list of int]]
        Verified parties by category and home school.
    rank : dict[str, int]
        Place of each category in the order of the policy.
    """

    def __init__(self, district: District) -> None:
        self.policy: Policy = district.policy
        self.zones = district.zones
        self.children: list[Applicant] = sorted(district.applicants, key=attrgetter("applicant_id"))
        self.bundles = party_bundles(self.children)
        self.parties: Sequence[int] = party_leaders(len(self.children), self.bundles)
        self.rank = district.policy.rank
        self.home: list[str] = [""] * len(self.children)
        self.verified: dict[str, dict[str, list[int]]] = {}
        self._zone_of_school = _zone_of_school(district)
        self._lists: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._tiers: dict[str, dict[str, int]] = {}
        self._settle_homes()

    def _settle_homes(self) -> None:
        """Home school of every party, and the verified ones by category and home."""
        rule = {c.category_id: c.home for c in self.policy.categories}
        kinds = list(map(attrgetter("category", "zone", "registered_school", "status"), self.children))
        homes = {kind: self._home(rule[kind[0]], self.zones[kind[1]], kind[2]) for kind in set(kinds)}
        groups: dict[tuple[str, str, str, str], list[int]] = {kind: [] for kind in homes}
        for i in self.parties:
            groups[kinds[i]].append(i)
            self.home[i] = homes[kinds[i]]
        for kind, group in sorted(groups.items()):
            if kind[3] == VERIFIED and group:
                self.verified.setdefault(kind[0], {}).setdefault(homes[kind], []).extend(group)

    def _home(self, rule: str, zone: Zone, registered: str) -> str:
        """Home school by the rule of a category (procedure.md section 1; switch ``e_route``)."""
        if rule == "e_school":
            overflow = self.policy.switches.e_route == "overflow"
            return zone.school_id if overflow and zone.e_school_id else zone.e_school_id
        return (registered if rule == "registered" else "") or zone.school_id

    def filled(self, column: str) -> list[int]:
        """Parties that filled a column of choices or decisions in."""
        cells = list(map(attrgetter(column), self.children))
        return [i for i in self.parties if cells[i]]

    def size(self, party: int) -> int:
        """Children of a party."""
        return len(self.bundles[party]) if party in self.bundles else 1

    def sizes(self, parties: Sequence[int]) -> int:
        """Children of several parties together."""
        if not self.bundles:
            return len(parties)
        return len(parties) + sum(len(self.bundles[i]) - 1 for i in parties if i in self.bundles)

    def members(self, party: int) -> tuple[int, ...]:
        """Indices of the children of a party."""
        return self.bundles.get(party, (party,))

    def claim_zone(self, party: int) -> str:
        """Zone to which a party counts in the tiers: that of its registered school where it has one.

        Its own zone if that school is the zone's own, else the first zone in code-point order with that school;
        empty where no zone has it (procedure.md section 4, P6).
        """
        kid = self.children[party]
        if not kid.registered_school or self.zones[kid.zone].school_id == kid.registered_school:
            return kid.zone
        return self._zone_of_school.get(kid.registered_school, "")

    def tiers(self, phase: DeferredAcceptancePhase) -> dict[str, int]:
        """Tier of every zone that a phase names, the first being 0; no zone is named twice."""
        if phase.phase_id not in self._tiers:
            self._tiers[phase.phase_id] = {zone: n for n, zones in enumerate(phase.tiers) for zone in zones}
        return self._tiers[phase.phase_id]

    def receiving(self, phase: BatchPhase, party: int) -> tuple[str, ...]:
        """Receiving list of a party's home school, its own school left out, ``e_route: overflow`` applied."""
        key = (phase.phase_id, self.home[party], self._overflow(party))
        found = self._lists.get(key)
        if found is None:
            _, home, first = key
            names = phase.lists[phase.list_of.get(home, phase.others)]
            found = tuple(dict.fromkeys(s for s in ((first, *names) if first else names) if s != home))
            self._lists[key] = found
        return found

    def _overflow(self, party: int) -> str:
        """School put first in the receiving list of an ``e_school`` party under ``e_route: overflow``; else empty."""
        if self.policy.switches.e_route != "overflow":
            return ""
        kid = self.children[party]
        rule = next(c.home for c in self.policy.categories if c.category_id == kid.category)
        return self.zones[kid.zone].e_school_id if rule == "e_school" else ""


def party_bundles(children: Sequence[Applicant]) -> dict[int, tuple[int, ...]]:
    """Children of every bundle by the first of them."""
    found: dict[str, list[int]] = {}
    for i, kid in enumerate(children):
        if kid.bundle:
            found.setdefault(kid.bundle, []).append(i)
    return {members[0]: tuple(members) for members in found.values() if len(members) > 1}


def party_leaders(count: int, bundles: dict[int, tuple[int, ...]]) -> Sequence[int]:
    """Indices of the children that give a party its id."""
    followers = {i for members in bundles.values() for i in members[1:]}
    return [i for i in range(count) if i not in followers] if followers else range(count)


def _zone_of_school(district: District) -> dict[str, str]:
    """First zone in code-point order of every zone school."""
    return {district.zones[z].school_id: z for z in sorted(district.zones, reverse=True)}


def tier_of_party(roster: Roster, phase: DeferredAcceptancePhase, party: int) -> int | None:
    """Tier of a party's zone, the first being 0; None where its zone is no tier of the phase."""
    if not phase.tiers:
        return 0
    return roster.tiers(phase).get(roster.claim_zone(party))


def bids_of_party(roster: Roster, phase: DeferredAcceptancePhase, party: int) -> tuple[str, ...]:
    """Schools of a party's ranked list that take part, in its order."""
    named: tuple[str, ...] = getattr(roster.children[party], phase.column)
    among = frozenset(phase.schools) if len(named) > 1 else phase.schools
    return tuple(s for s in named if s in among)
