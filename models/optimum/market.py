"""The planning instance: parties by type, options with their values, seats (docs/planning.md).

An option is a school that some phase of the policy could give a party, whatever seats there are (section 2 there).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Ints,
    Phase,
    ReferralPhase,
)
from allocator.models.parties import Party, grouped_parties, party_of, receiving_list_of_party, tier_of_child
from allocator.models.plane import Plane

HOME, CHOSEN, DIVERTED = 0, 1, 2
"""What a school is to a party; the first that holds counts (docs/planning.md section 3)."""


class MarketReach(NamedTuple):
    """The schools that parties with equal columns may get.

    Attributes
    ----------
    leaves : str
        The external school for which such a party leaves; empty where it takes part.
    relation : dict[str, int]
        ``HOME``, ``CHOSEN`` or ``DIVERTED`` by school, the adjustment left out.
    adjusted : tuple of str
        The adjustment list, of which the nearest schools count; empty where it does not reach the party.
    home : str
        Home school; whatever phase gives it, its relation is ``HOME``.
    category : str
        The category of such a party.
    """

    leaves: str
    relation: Mapping[str, int]
    adjusted: tuple[str, ...]
    home: str
    category: str


DECIDES = attrgetter(
    "zone", "category", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferential_school",
    "sibling_school", "status",
)  # fmt: skip
"""Columns on which a party's reach depends."""


def market_reach(district: District, child: Applicant, *, without_closed: bool = True) -> MarketReach:
    """Return the reach of a party by one of its children; coordinates and bundle are not looked at.

    Parameters
    ----------
    district : District
        Its policy has planning weights.
    without_closed : bool
        Whether to leave out the schools that planning closes to the category.
    """
    party = party_of(district, child)
    found: dict[str, int] = {}
    adjusted: tuple[str, ...] = ()
    for phase in district.policy.phases:
        if isinstance(phase, ExportPhase) and party.home and district.schools[party.home].external:
            return MarketReach(party.home, {}, (), party.home, child.category)
        if isinstance(phase, ReferralPhase) and not party.home:
            break
        if isinstance(phase, AdjustmentPhase):
            adjusted = phase.schools
        for school in _gives(phase, district, party):
            if not district.schools[school].external:
                found[school] = min(found.get(school, DIVERTED), _relation(phase, school, party))
    shut = _closed(district, child.category)
    relation = {school: kind for school, kind in found.items() if not (without_closed and shut(school))}
    listed = tuple(school for school in adjusted if not district.schools[school].external)
    return MarketReach("", relation, listed, party.home, child.category)


def _closed(district: District, category: str) -> Callable[[str], bool]:
    """Whether a school does not take a category in planning."""
    planning = district.policy.planning
    assert planning is not None
    return lambda school: category in planning.closed.get(school, ())


def _relation(phase: Phase, school: str, party: Party) -> int:
    """What a school that a phase gives is to a party."""
    if school == party.home:
        return HOME
    return DIVERTED if isinstance(phase, BatchPhase) else CHOSEN


@singledispatch
def _gives(phase: Phase, district: District, party: Party) -> tuple[str, ...]:
    """Return the schools that a phase other than an adjustment could give a party."""
    return ()


@_gives.register
def _decided(phase: DecisionPhase, district: District, party: Party) -> tuple[str, ...]:
    named: str = getattr(party.child, phase.column)
    return (named,) if named and party.child.status == "verified" else ()


@_gives.register
def _chosen(phase: ChoicePhase, district: District, party: Party) -> tuple[str, ...]:
    child = party.child
    named = child.open_choice
    return (named,) if child.status == "verified" and child.category in phase.schools.get(named, ()) else ()


@_gives.register
def _bid(phase: DeferredAcceptancePhase, district: District, party: Party) -> tuple[str, ...]:
    child = party.child
    if child.status != "verified" or child.category not in phase.categories:
        return ()
    named: tuple[str, ...] = getattr(child, phase.column)
    if not named or tier_of_child(district, phase, child) is None:
        return ()
    return tuple(school for school in named if school in phase.schools)


@_gives.register
def _batched(phase: BatchPhase, district: District, party: Party) -> tuple[str, ...]:
    child = party.child
    if child.status != "verified" or child.category not in phase.categories or not party.home:
        return ()
    return (party.home, *receiving_list_of_party(district, phase, party))


@dataclass(frozen=True, slots=True)
class Market:
    """A district as the planning optimum sees it.

    Parties go by the child that gives them their id. ``n`` parties, ``t`` types, ``m`` own schools, ``a`` options; the
    options of a type stand together, its schools in order of their ids.

    Attributes
    ----------
    schools : list of str
        Ids of the ``m`` own schools in code-point order.
    seats : (m,) int64
        Children that each may hold.
    parties : list of Applicant
        The child that gives each party its id, in order of ids.
    members : dict of int to tuple of str
        Children of the parties of more than one, by party.
    leaves : dict of int to str
        External school of the parties that leave.
    type_of : (n,) int64
        Type of each party, -1 where it leaves.
    size, count : (t,) int64
        Children in a party of the type, and number of such parties.
    starts : (t + 1,) int64
        Options of type ``i`` are ``starts[i]`` to ``starts[i + 1]``.
    school, value, relation, metres : (a,) int64
        School, value of a seat there for one child, ``HOME``, ``CHOSEN`` or ``DIVERTED``, and distance (-1: unknown).
    """

    schools: list[str]
    seats: Ints
    parties: list[Applicant]
    members: dict[int, tuple[str, ...]]
    leaves: dict[int, str]
    type_of: Ints
    size: Ints
    count: Ints
    starts: Ints
    school: Ints
    value: Ints
    relation: Ints
    metres: Ints

    @property
    def types(self) -> int:
        """Number of types."""
        return len(self.size)

    @property
    def owner(self) -> Ints:
        """Type of each option, shape (a,)."""
        return np.repeat(np.arange(self.types), np.diff(self.starts))

    def column(self, name: str, options: Ints, otherwise: int = -1) -> Ints:
        """Return ``school``, ``value``, ``relation`` or ``metres`` of options; ``otherwise`` for negative numbers."""
        values = np.append(getattr(self, name), otherwise)
        found: Ints = values[np.where(options >= 0, options, len(values) - 1)]
        return found


def make_market(district: District, *, use_hard_cap: bool = False) -> Market:
    """Return the planning instance of a district whose policy has weights.

    Parameters
    ----------
    district : District
        Read and validated; its draw is not looked at.
    use_hard_cap : bool
        Seats are the hard caps instead of the plan.
    """
    own = [school for _, school in sorted(district.schools.items()) if not school.external]
    seats = np.array([school.most if use_hard_cap else school.plan for school in own], dtype=np.int64)
    parties, members = grouped_parties(district.applicants)
    kinds, kind = _kinds(district, parties)
    size = np.ones(len(parties), dtype=np.int64)
    size[list(members)] = [len(children) for children in members.values()]
    staying = np.array([not reach.leaves for reach in kinds], dtype=bool)[kind]
    at = np.flatnonzero(staying)
    homes, place = _places(parties, at)
    type_of = np.full(len(parties), -1, dtype=np.int64)
    first, type_of[at], count = _distinct(kind[at], place, size[at])
    plane = Plane(homes, own)
    names = [school.school_id for school in own]
    options = _Options(district, names, kinds, plane).options(kind[at][first], place[first])
    leaves = {i: kinds[kind[i]].leaves for i in np.flatnonzero(~staying).tolist()}
    return Market(names, seats, parties, members, leaves, type_of, size[at][first], count, *options)


def _kinds(district: District, parties: Sequence[Applicant]) -> tuple[list[MarketReach], Ints]:
    """The different reaches, and the number of each party's; worked out once per combination of columns."""
    numbers: dict[tuple[object, ...], int] = {}
    examples: list[Applicant] = []
    kind = np.empty(len(parties), dtype=np.int64)
    for i, key in enumerate(map(DECIDES, parties)):
        number = numbers.setdefault(key, len(numbers))
        if number == len(examples):
            examples.append(parties[i])
        kind[i] = number
    # Numbered anew in an order of their own, so that the order of the parties leaves no trace in the types.
    order = sorted(range(len(examples)), key=list(numbers).__getitem__)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return [market_reach(district, examples[i]) for i in order], rank[kind] if len(parties) else kind


def _places(parties: Sequence[Applicant], at: Ints) -> tuple[list[Applicant], Ints]:
    """A child of every different home, and the number of each staying party's."""
    children = [parties[i] for i in at.tolist()]
    homes = list(map(attrgetter("x", "y"), children))
    examples = dict(zip(homes, children, strict=True))
    numbers = {home: number for number, home in enumerate(sorted(examples))}
    place = np.array([numbers[home] for home in homes], dtype=np.int64)
    return [examples[home] for home in numbers], place


def _distinct(kind: Ints, place: Ints, size: Ints) -> tuple[Ints, Ints, Ints]:
    """Parties of the same kind, home and size as one type: a first one of each, the type of each, and their number."""
    key = (kind * (int(place.max(initial=0)) + 1) + place) * (int(size.max(initial=1)) + 1) + size
    _, first, type_of, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    return first, type_of.astype(np.int64), count.astype(np.int64)


class _Options:
    """Makes the options of types from the reaches of their kinds and their homes."""

    def __init__(self, district: District, own: Sequence[str], kinds: Sequence[MarketReach], plane: Plane) -> None:
        assert district.policy.planning is not None
        self.weights = district.policy.planning
        self.plane = plane
        self.kinds = kinds
        self.index = {school: i for i, school in enumerate(own)}
        self.home = np.array([self.index.get(reach.home, -1) for reach in kinds], dtype=np.int64)
        categories = [category.category_id for category in district.policy.categories]
        rank = district.policy.rank
        self.category = np.array([rank[reach.category] for reach in kinds], dtype=np.int64)
        self.weight = np.array([self.weights.category[category] for category in categories], dtype=np.int64)
        self.closed = np.array(
            [[category in self.weights.closed.get(school, ()) for school in own] for category in categories], dtype=bool
        ).reshape(len(categories), len(own))

    def options(self, kind: Ints, place: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Return starts, school, value, relation and metres of the options of types given by kind and home."""
        owner, school, relation = self._merged(kind, place)
        starts = np.zeros(len(kind) + 1, dtype=np.int64)
        np.cumsum(np.bincount(owner, minlength=len(kind)), out=starts[1:])
        known = self.plane.home_known[place[owner]] & self.plane.school_known[school]
        metres = np.where(known, self.plane.metres(place[owner], school), -1)
        kinds_of_seat = np.array([self.weights.home, self.weights.chosen, self.weights.diverted], dtype=np.int64)
        value = self.weight[self.category[kind[owner]]] + kinds_of_seat[relation] - self.weights.metre * metres * known
        return starts, school, value, relation, metres

    def _merged(self, kind: Ints, place: Ints) -> tuple[Ints, Ints, Ints]:
        """Type, school and relation of every option, each school once with the first relation that holds."""
        schools = max(len(self.index), 1)
        parts = [self._named(kind), *self._adjusted(kind, place)]
        owner, school, relation = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        open_ = ~self.closed[self.category[kind[owner]], school]
        key = np.sort((owner[open_] * schools + school[open_]) * 4 + relation[open_])
        key = key[np.diff(key >> 2, prepend=-1) != 0]
        return (key >> 2) // schools, (key >> 2) % schools, key & 3

    def _named(self, kind: Ints) -> tuple[Ints, Ints, Ints]:
        """Options from all phases but the adjustment."""
        lengths = np.array([len(reach.relation) for reach in self.kinds], dtype=np.int64)
        school = np.array([self.index[s] for reach in self.kinds for s in reach.relation], dtype=np.int64)
        relation = np.array([r for reach in self.kinds for r in reach.relation.values()], dtype=np.int64)
        owner = np.repeat(np.arange(len(kind)), lengths[kind])
        ends = np.cumsum(lengths[kind])
        within = np.arange(len(owner)) - np.repeat(ends - lengths[kind], lengths[kind])
        at = (np.cumsum(lengths) - lengths)[kind[owner]] + within
        return owner, school[at], relation[at]

    def _adjusted(self, kind: Ints, place: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Options from the adjustment list, for each different list in turn."""
        for listed in sorted({reach.adjusted for reach in self.kinds if reach.adjusted}):
            takes = np.array([reach.adjusted == listed for reach in self.kinds], dtype=bool)
            owner = np.flatnonzero(takes[kind])
            near = self._near(np.array([self.index[s] for s in listed], dtype=np.int64), place[owner])
            school = near.ravel()
            owner = np.repeat(owner, near.shape[1])
            yield owner, school, np.where(school == self.home[kind[owner]], HOME, DIVERTED)

    def _near(self, schools: Ints, place: Ints) -> Ints:
        """The schools of a list that count for homes: all of a short one, else the nearest; shape (homes, schools).

        Schools without a place come last, as listed; homes without one take the list as it is.
        """
        count = self.weights.nearest
        if len(schools) <= count:
            return np.broadcast_to(schools, (len(place), len(schools)))
        homes, of = np.unique(place, return_inverse=True)
        known = self.plane.school_known[schools]
        placed, others = np.sort(schools[known]), schools[~known]
        near = np.empty((len(homes), count), dtype=np.int64)
        nearest = min(count, len(placed))
        near[:, :nearest] = self.plane.nearest(placed, nearest, homes)
        near[:, nearest:] = others[: count - nearest]
        near[~self.plane.home_known[homes]] = schools[:count]
        return near[of]
