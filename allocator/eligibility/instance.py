"""The instance: a district as compact arrays, made once for the procedure.

This is the only place where names become indices and back. ``n`` is the number of parties, ``m`` of schools; index -1
means "none". Parties stand in code-point order of their ids, schools in the order of ``District.schools``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.domain import NO_SCHOOL, STATUSES, Applicant, BatchPhase, DeferredAcceptancePhase, District, Ints, Mask
from allocator.eligibility.nearest import Nearest
from allocator.eligibility.rules import (
    Homes,
    diversion_list,
    home_rules,
    overflow_school,
    tier_of_zone,
    tier_zone,
    zone_of_school,
)

NO_TIER = -1
"""Tier of those whom a voluntary round does not admit."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The schools to which some parties come, in order; parties with the same route share one list.

    Attributes
    ----------
    of : (k,) int64
        Number of the list of each of the ``k`` parties.
    starts, items : int64
        List ``i`` is ``items[starts[i]:starts[i + 1]]``, indices of schools.
    """

    of: Ints
    starts: Ints
    items: Ints


@dataclass(frozen=True, slots=True)
class Instance:
    """A district as arrays.

    Attributes
    ----------
    district : District
        Where everything comes from.
    school_ids : list of str
        Names of the ``m`` schools.
    school_index : dict of str to int
        The way back.
    plan, cap : (m,) int64
        Seats and the most children; 0 for external schools.
    external : (m,) bool
        Whether another authority admits there.
    party_ids : list of str
        Names of the ``n`` parties.
    leads : sequence of Applicant
        The child that gives each party its id.
    size : (n,) int64
        Children in the party.
    party_of_child : (children,) int64
        Party of each row of ``district.applicants``.
    status, category : (n,) int64
        Index in ``STATUSES`` and in ``policy.categories``.
    home : (n,) int64
        Home school, -1 where no rule names one.
    known : dict
        Columns as arrays once they were asked for: of the roster, so of every copy with other seats as well.
    """

    district: District
    school_ids: list[str]
    school_index: dict[str, int]
    plan: Ints
    cap: Ints
    external: Mask
    party_ids: list[str]
    leads: Sequence[Applicant]
    size: Ints
    party_of_child: Ints
    status: Ints
    category: Ints
    home: Ints
    known: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def parties(self) -> int:
        """Number of parties."""
        return len(self.party_ids)

    def school(self, school_id: str) -> int:
        """Return the index of a school, -1 for the empty name or one that is not there."""
        return self.school_index.get(school_id, NO_SCHOOL)

    def offered(self, column: str) -> Ints:
        """Return the (m,) seats set aside under an ``offered_…`` column."""
        return _ints(school.offered(column) for school in self.district.schools.values())


def make_instance(district: District) -> Instance:
    """Return the arrays of a district.

    Parameters
    ----------
    district : District
        Read and validated; names in it are known.
    """
    schools = list(district.schools.values())
    index = {school.school_id: i for i, school in enumerate(schools)}
    leads, size, party_of_child = _group(district.applicants)
    return Instance(
        district=district,
        school_ids=[school.school_id for school in schools],
        school_index=index,
        plan=_ints(0 if s.external else s.plan for s in schools),
        cap=_ints(0 if s.external else s.most for s in schools),
        external=np.array([s.external for s in schools], dtype=bool),
        party_ids=list(map(attrgetter("applicant_id"), leads)),
        leads=leads,
        size=size,
        party_of_child=party_of_child,
        status=_numbered(leads, "status", {status: i for i, status in enumerate(STATUSES)}),
        category=_numbered(leads, "category", district.policy.rank),
        home=_homes(district, leads, index),
    )


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _column(children: Sequence[Applicant], column: str) -> Iterator[Any]:
    """One column of the roster."""
    return map(attrgetter(column), children)


def _numbered(children: Sequence[Applicant], column: str, numbers: dict[str, int]) -> Ints:
    """A column as numbers."""
    return np.fromiter(map(numbers.__getitem__, _column(children, column)), dtype=np.int64, count=len(children))


def _group(applicants: Sequence[Applicant]) -> tuple[Sequence[Applicant], Ints, Ints]:
    """Lead child and size of each party, and the party of each child; children stand in order of their ids."""
    first: dict[str, int] = {}
    lead_of_child = np.arange(len(applicants), dtype=np.int64)
    for i, bundle in enumerate(_column(applicants, "bundle")):
        if bundle:
            lead_of_child[i] = first.setdefault(bundle, i)
    lead, party_of_child, size = np.unique(lead_of_child, return_inverse=True, return_counts=True)
    leads = applicants if len(lead) == len(applicants) else [applicants[i] for i in lead.tolist()]
    return leads, size.astype(np.int64), party_of_child.astype(np.int64)


def _homes(district: District, children: Sequence[Applicant], index: dict[str, int]) -> Ints:
    """Home school of each party; worked out once for each combination of the columns it depends on."""
    homes = Homes(district)
    of_kind = list(map(attrgetter("zone", "category", "registered_school"), children))
    kinds = dict(zip(of_kind, children, strict=True))
    found = {kind: index.get(homes.of(child), NO_SCHOOL) for kind, child in kinds.items()}
    return _ints(map(found.__getitem__, of_kind))


def filled_in_instance(instance: Instance, column: str) -> Mask:
    """Return the (n,) mask of parties for which a column is not empty."""
    key = "filled", column
    if key not in instance.known:
        cells = map(bool, _column(instance.leads, column))
        instance.known[key] = _fixed(np.fromiter(cells, dtype=bool, count=instance.parties))
    mask: Mask = instance.known[key]
    return mask


def _fixed(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """An array that nobody may write to, for many share it."""
    array.flags.writeable = False
    return array


def instance_named_school(instance: Instance, column: str) -> Ints:
    """Return the (n,) school that a column names, -1 where it is empty."""
    key = "school", column
    if key not in instance.known:
        instance.known[key] = _fixed(_numbered(instance.leads, column, {"": NO_SCHOOL, **instance.school_index}))
    schools: Ints = instance.known[key]
    return schools


def instance_ranked_lists(instance: Instance, column: str, parties: Ints) -> Routes:
    """Return the ranked schools of a column for some parties."""
    return _routes([getattr(instance.leads[i], column) for i in parties.tolist()], instance.school_index)


def instance_tiers(instance: Instance, phase: DeferredAcceptancePhase, parties: Ints) -> Ints:
    """Return the tier of some parties in a voluntary round, -1 where the zone has none; 0 where there are no tiers."""
    if not phase.tiers:
        return np.zeros(len(parties), dtype=np.int64)
    of_zone, zones = tier_of_zone(phase), instance.district.zones
    of_school = zone_of_school(zones)
    children = (instance.leads[i] for i in parties.tolist())
    return _ints(of_zone.get(tier_zone(child, zones, of_school), NO_TIER) for child in children)


def instance_zone_schools(instance: Instance, parties: Ints) -> Ints:
    """Return the school of the home zone of some parties."""
    zones = instance.district.zones
    return _ints(instance.school(zones[instance.leads[i].zone].school_id) for i in parties.tolist())


def instance_diversion_lists(instance: Instance, phase: BatchPhase, parties: Ints) -> Routes:
    """Return for each of some parties the schools it tries when diverted, in order (P8 step 2)."""
    district = instance.district
    overflow = district.policy.switches.e_route == "overflow"
    rules = home_rules(district.policy)
    known: dict[tuple[str, tuple[str, ...], str], tuple[str, ...]] = {}
    lists = []
    for party in parties.tolist():
        child = instance.leads[party]
        home = instance.school_ids[instance.home[party]]
        first = overflow_school(child, rules[child.category], district.zones, overflow=overflow)
        key = (home, child.preferred_diversion, first)
        if key not in known:
            known[key] = diversion_list(phase, *key)
        lists.append(known[key])
    return _routes(lists, instance.school_index)


def instance_adjustment_lists(instance: Instance, schools: tuple[str, ...], parties: Ints) -> Routes:
    """Return for each of some parties the schools of the adjustment list, in its order or by distance (P9).

    Parties at one place share a list, and so do those without a place, for whom the order of the list counts.
    """
    district = instance.district
    in_order = _ints(map(instance.school, schools))
    if district.policy.switches.adjust_by == "list":
        return Routes(np.zeros(len(parties), dtype=np.int64), np.array([0, len(in_order)]), in_order)
    leads = [instance.leads[i] for i in parties.tolist()]
    homes = list(dict.fromkeys((lead.x, lead.y) for lead in leads if lead.x))
    number = {home: i for i, home in enumerate(homes)} | {("", ""): len(homes)}
    orders = in_order[Nearest([district.schools[name] for name in schools]).orders(homes)]
    starts = np.arange(len(homes) + 2, dtype=np.int64) * len(in_order)
    return Routes(_ints(number[lead.x, lead.y] for lead in leads), starts, np.append(orders.ravel(), in_order))


def instance_local_demand(instance: Instance, parties: Ints) -> Ints:
    """Return the (m,) children of some parties by home school (switch ``protect_local_demand``)."""
    at_home = parties[instance.home[parties] >= 0]
    children = np.bincount(instance.home[at_home], instance.size[at_home], len(instance.school_ids))
    return children.astype(np.int64)


def _routes(lists: Sequence[tuple[str, ...]], index: dict[str, int]) -> Routes:
    """Number the different lists and turn their names into indices."""
    number: dict[tuple[str, ...], int] = {}
    of = _ints(number.setdefault(schools, len(number)) for schools in lists)
    starts = np.zeros(len(number) + 1, dtype=np.int64)
    np.cumsum(_ints(map(len, number)), out=starts[1:])
    return Routes(of, starts, _ints(index[name] for schools in number for name in schools))
