"""What the model needs to know of each party, derived from the domain alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from allocator.domain import Applicant, BatchPhase, DeferredAcceptancePhase, District
from allocator.models.plane import Plane
from allocator.models.session_order import texts_of_order

TicketKey: TypeAlias = Callable[[str], tuple[str, str]]
"""Sort key of a draw by party id."""


@dataclass(frozen=True, slots=True)
class Party:
    """One party: a child or a bundle.

    Attributes
    ----------
    name : str
        Party id: the smallest ``applicant_id``.
    child : Applicant
        The child of that id.
    members : tuple of str
        Ids of all its children.
    home : str
        Home school, empty where no rule names one.
    rank : int
        Place of its category in the policy.
    """

    name: str
    child: Applicant
    members: tuple[str, ...]
    home: str
    rank: int

    @property
    def size(self) -> int:
        """Number of children."""
        return len(self.members)


def parties_of(district: District) -> list[Party]:
    """Return all parties of a district, in order of their ids."""
    leads, members = grouped_parties(district.applicants)
    return [party_of(district, child, members.get(i, ())) for i, child in enumerate(leads)]


def grouped_parties(applicants: Sequence[Applicant]) -> tuple[list[Applicant], dict[int, tuple[str, ...]]]:
    """Return the child that gives each party its id, in order of ids, and the children of bundles by its place."""
    bundles: dict[str, list[str]] = defaultdict(list)
    for name, bundle in map(attrgetter("applicant_id", "bundle"), applicants):
        if bundle:
            bundles[bundle].append(name)
    first = {bundle: min(children) for bundle, children in bundles.items()}
    leads = [child for child in applicants if not child.bundle or first[child.bundle] == child.applicant_id]
    leads.sort(key=attrgetter("applicant_id"))
    members = {i: tuple(sorted(bundles[child.bundle])) for i, child in enumerate(leads) if child.bundle}
    return leads, members


def party_of(district: District, child: Applicant, members: tuple[str, ...] = ()) -> Party:
    """Return the party of a child that gives it its id; a child alone where no members are named."""
    name, rank = child.applicant_id, district.policy.rank[child.category]
    return Party(name, child, members or (name,), home_of_party(district, child), rank)


def home_of_party(district: District, child: Applicant) -> str:
    """Return the home school (procedure.md section 1; C077, C078, C079, C084, C087; switch ``e_route``)."""
    zone = district.zones[child.zone]
    kind = district.policy.categories[district.policy.rank[child.category]].home
    if kind == "e_school":
        overflow = district.policy.switches.e_route == "overflow" and zone.e_school_id
        return zone.school_id if overflow else zone.e_school_id
    if kind == "registered" and child.registered_school:
        return child.registered_school
    return zone.school_id


def lots_of_parties(district: District, draw_id: str, seed: str = "") -> TicketKey:
    """Return the sort key of a draw by party id: ticket, then id (procedure.md section 2).

    Where the transcript gives one order for all draws, its place stands for the ticket (public.md section 1); a family
    that came after the draw has none and comes last, by id.

    Parameters
    ----------
    seed : str
        The seed where it is not that of the district's draw.
    """
    own = "" if district.draw is None else sha256(district.draw.source).hexdigest()
    if district.draw is not None and district.draw.order is not None and seed in ("", own):
        texts = texts_of_order(district.draw, district.applicants)
        return lambda name: (texts.get(name, f"late {len(name):03d}"), name)
    seed = seed or own
    assert seed
    word = "session" if district.policy.switches.ticket_scope == "per_session" else draw_id

    def _key(name: str) -> tuple[str, str]:
        return sha256(f"{seed}|{word}|{name}".encode()).hexdigest(), name

    return _key


def tier_of_child(district: District, phase: DeferredAcceptancePhase, child: Applicant) -> int | None:
    """Return the tier of a child's zone in a voluntary round, None where it has none (0 where there are no tiers)."""
    if not phase.tiers:
        return 0
    zone = child.zone
    if child.registered_school and district.zones[zone].school_id != child.registered_school:
        candidates = sorted(z.zone for z in district.zones.values() if z.school_id == child.registered_school)
        zone = candidates[0] if candidates else ""
    return next((i for i, tier in enumerate(phase.tiers) if zone in tier), None)


def receiving_list_of_party(district: District, phase: BatchPhase, party: Party) -> list[str]:
    """Return the receiving list of a party's home school, own school left out (switch ``e_route``)."""
    schools = list(phase.lists[phase.list_of.get(party.home, phase.others)])
    zone = district.zones[party.child.zone]
    kind = district.policy.categories[party.rank].home
    first = zone.e_school_id if kind == "e_school" and district.policy.switches.e_route == "overflow" else ""
    if first and first != zone.school_id:
        schools = [first] + [school for school in schools if school != first]
    return [school for school in schools if school != party.home]


def party_divert_route(district: District, phase: BatchPhase, party: Party) -> list[str]:
    """Return the schools a diverted party prefers, best first: its own order, then the receiving list."""
    schools = receiving_list_of_party(district, phase, party)
    own = [school for school in party.child.preferred_diversion if school in schools]
    return own + [school for school in schools if school not in own]


def party_adjust_routes(district: District, schools: Sequence[str], group: Sequence[Party]) -> list[Sequence[str]]:
    """Return each party's adjustment list, nearest first where the policy says so and its home has a place (P9)."""
    if district.policy.switches.adjust_by != "distance":
        return [schools] * len(group)
    far = [school for school in schools if not district.schools[school].x]
    near = sorted(school for school in schools if district.schools[school].x)
    homes = list({(party.child.x, party.child.y): party.child for party in group if party.child.x}.values())
    plane = Plane(homes, [district.schools[school] for school in near])
    orders = plane.ordered(np.arange(len(near)), np.arange(len(homes))).tolist()
    route = {(home.x, home.y): [*(near[i] for i in order), *far] for home, order in zip(homes, orders, strict=True)}
    return [route[party.child.x, party.child.y] if party.child.x else schools for party in group]


def party_route_metres(district: District, group: Sequence[Party], routes: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return the whole metres from each party's home to the schools of its route, rounded half up."""
    index = {school: i for i, school in enumerate(district.schools)}
    plane = Plane([party.child for party in group], list(district.schools.values()))
    at = [np.array([index[school] for school in route], dtype=np.int64) for route in routes]
    return [plane.metres(np.full(len(to), home), to).tolist() for home, to in enumerate(at)]
