"""Kinds of children: parties that agree in everything the rules look at, so that only the lots tell them apart.

Coordinates are looked at under ``adjust_by: distance`` alone, and there only the order of the schools by distance
counts: a kind holds that order, never a home.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np

from allocator.domain import (
    COLUMN_OF_KEY,
    STATUSES,
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Ints,
    Policy,
)
from allocator.eligibility import VERIFIED, Instance, instance_adjustment_lists
from allocator.ground import Language, text
from allocator.sheets import said

Schools: TypeAlias = tuple[str, ...]


class ChildKind(NamedTuple):
    """What the rules see of a party; empty where they do not look (docs/odds.md section 1).

    Attributes
    ----------
    zone, category, status, registered_school : str
        As in the roster.
    voluntary_1, voluntary_2 : tuple of str
        Ranked lists.
    open_choice, preferential_school, sibling_school : str
        Choice and decisions.
    preferred_diversion : tuple of str
        The family's own order when it is diverted.
    nearest : tuple of str
        Schools of the adjustment phases by distance from home; empty unless the policy goes by distance.
    size : int
        Children in the party.
    """

    zone: str
    category: str
    status: str
    registered_school: str
    voluntary_1: Schools
    voluntary_2: Schools
    open_choice: str
    preferential_school: str
    sibling_school: str
    preferred_diversion: Schools
    nearest: Schools
    size: int


_WISHES = (
    "voluntary_1", "voluntary_2", "open_choice", "preferential_school", "sibling_school", "preferred_diversion",
)  # fmt: skip
"""Columns at which only some policies look, and of verified parties alone."""


def columns_for_kinds(policy: Policy) -> frozenset[str]:
    """Return those columns of wishes and decisions at which some phase of a policy looks."""
    return frozenset(_looked_at(policy))


def _looked_at(policy: Policy) -> Iterator[str]:
    """The columns, phase after phase."""
    for phase in policy.phases:
        if isinstance(phase, DecisionPhase | DeferredAcceptancePhase):
            yield phase.column
        if isinstance(phase, DeferredAcceptancePhase):
            yield from (COLUMN_OF_KEY[key] for key in phase.order if key in COLUMN_OF_KEY)
        if isinstance(phase, ChoicePhase):
            yield "open_choice"
        if isinstance(phase, BatchPhase):
            yield "preferred_diversion"


def kinds_of(instance: Instance) -> tuple[list[ChildKind], Ints]:
    """Return the kinds of a district in their order, and the number of each party's kind.

    Parameters
    ----------
    instance : Instance
        The district; ``n`` parties.

    Returns
    -------
    list of ChildKind
        By zone (code point), category and status (their order), then the other columns, single children first.
    (n,) int64
        Place of each party's kind in that list.
    """
    policy = instance.district.policy
    columns = columns_for_kinds(policy)
    nearest, sizes = _by_distance(instance), instance.size.tolist()
    found = [_kind(child, columns, nearest[i], sizes[i]) for i, child in enumerate(instance.leads)]
    kinds = sorted(set(found), key=kind_order(policy))
    number = {kind: i for i, kind in enumerate(kinds)}
    return kinds, np.fromiter(map(number.__getitem__, found), dtype=np.int64, count=len(found))


def _kind(child: Applicant, columns: frozenset[str], nearest: Schools, size: int) -> ChildKind:
    """The kind of a party by the child that gives it its id."""
    looked = columns if child.status == VERIFIED else frozenset[str]()
    wishes = {name: getattr(child, name) if name in looked else _NOTHING[name] for name in _WISHES}
    decides = {name: getattr(child, name) for name in ("zone", "category", "status", "registered_school")}
    return ChildKind(**decides, **wishes, nearest=nearest, size=size)


_NOTHING = {name: Applicant._field_defaults[name] for name in _WISHES}


def _by_distance(instance: Instance) -> list[Schools]:
    """Schools by distance from each party's home, where the policy goes by distance."""
    policy = instance.district.policy
    found: list[Schools] = [()] * instance.parties
    if policy.switches.adjust_by == "distance":
        for phase in policy.phases:
            if isinstance(phase, AdjustmentPhase):
                routes = instance_adjustment_lists(instance, phase.schools, np.arange(instance.parties))
                ends = zip(routes.starts[:-1].tolist(), routes.starts[1:].tolist(), strict=True)
                lists = [tuple(instance.school_ids[s] for s in routes.items[a:b].tolist()) for a, b in ends]
                found = [known + lists[of] for known, of in zip(found, routes.of.tolist(), strict=True)]
    return found


def kind_order(policy: Policy) -> Callable[[ChildKind], tuple[object, ...]]:
    """Return the key by which kinds are sorted."""
    rank = policy.rank

    def _key(kind: ChildKind) -> tuple[object, ...]:
        return kind.zone, rank[kind.category], STATUSES.index(kind.status), kind

    return _key


class Names:
    """Names of zones, categories and schools as families know them, in one language.

    Parameters
    ----------
    district : District
        Holds the names; a school without one goes by its id.
    language : {"zh", "en"}
        Language of all words, and of the names of schools that have one in it.
    """

    def __init__(self, district: District, language: Language) -> None:
        self._district, self._language = district, language
        self._categories = {c.category_id: c.name for c in district.policy.categories}

    def say(self, code: str, **params: object) -> str:
        """Return a text of this subject."""
        return text(f"odds.{code}", self._language, **params)

    def school(self, school_id: str) -> str:
        """Return the name of a school."""
        school = self._district.schools.get(school_id)
        return said(school.title, self._language) or school_id if school else school_id

    def zone(self, zone: str) -> str:
        """Return the name of a zone: that of its school, and its id where several zones share the school."""
        school = self._district.zones[zone].school_id
        shared = sum(other.school_id == school for other in self._district.zones.values()) > 1
        name = self.school(school) if school else zone
        return self.say("label.zone_of_several", school=name, zone=zone) if shared and school else name

    def category(self, category: str) -> str:
        """Return id and name of a category."""
        name = self._categories[category]
        return f"{category} {said(name, self._language)}".strip()

    def phase(self, column: str) -> str:
        """Return the name of the phase that reads a column."""
        for phase in self._district.policy.phases:
            reads = isinstance(phase, DecisionPhase | DeferredAcceptancePhase) and phase.column == column
            if reads or (isinstance(phase, ChoicePhase) and column == "open_choice"):
                return said(phase.name, self._language)
        return self.say(f"column.{column}")

    def schools(self, schools: Schools) -> str:
        """Return names of schools, the first first."""
        return " > ".join(map(self.school, schools))


def kind_label(kind: ChildKind, names: Names, *, zone: bool = True) -> str:
    """Return what a family calls a kind: zone (unless told elsewhere), category, choices, bundle."""
    parts = _parts(kind, names)
    return " · ".join([names.say("label.zone", zone=names.zone(kind.zone)), *parts] if zone else parts)


def _parts(kind: ChildKind, names: Names) -> Iterator[str]:
    """The parts of a label behind the zone; what is empty, verified or a single child goes without saying."""
    yield names.category(kind.category)
    if kind.status != VERIFIED:
        yield names.say(f"status.{kind.status}")
    if kind.registered_school:
        yield names.say("label.registered", school=names.school(kind.registered_school))
    for column in _WISHES:
        value = getattr(kind, column)
        if value:
            listed = (value,) if isinstance(value, str) else value
            yield names.say("label.wish", phase=names.phase(column), schools=names.schools(listed))
    if kind.nearest:
        yield names.say("label.nearest", schools=names.schools(kind.nearest))
    if kind.size > 1:
        yield names.say("label.bundle", size=kind.size)
