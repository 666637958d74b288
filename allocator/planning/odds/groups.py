"""Rows for families: coarse enough that none tells of one or two families alone (docs/odds.md section 5).

A kind with enough families is a row of its own, and its odds are those of each of its children. The others are taken
together in groups, whose odds are means over children who differ in something, mostly in what they chose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np

from allocator.domain import ChoicePhase, DecisionPhase, DeferredAcceptancePhase, Ints, Policy
from allocator.eligibility import VERIFIED
from allocator.planning.odds.kinds import ChildKind, Names, kind_order

FEWEST = 3
"""Families in a row that is shown to families; twins are one family."""

DECISION, OTHERS, WHOLE = "decision", "others", "whole"
_STEPS = 4  # groups of a ladder


class Group(NamedTuple):
    """Children whom families take for alike; empty or 0: any.

    Attributes
    ----------
    zone, category, registered_school : str
        As in the roster.
    first : str
        The school named first in the first choice or voluntary round in which the child takes part; empty for none.
    size : int
        Children in the party.
    rest : str
        Empty; ``others`` for what is left of small groups; ``whole`` for all rows of a zone and category together;
        ``decision``, ``late`` or ``blacklisted`` for children whose zone is not told.
    """

    zone: str = ""
    category: str = ""
    registered_school: str = ""
    first: str = ""
    size: int = 0
    rest: str = ""


def group_first_choice(kind: ChildKind, policy: Policy) -> str:
    """Return the school that a kind names first in the earliest phase in which it takes part; empty for none."""
    for phase in policy.phases:
        if isinstance(phase, ChoicePhase) and kind.category in phase.schools.get(kind.open_choice, ()):
            return kind.open_choice
        if isinstance(phase, DeferredAcceptancePhase) and kind.category in phase.categories:
            ranked: tuple[str, ...] = getattr(kind, phase.column)
            if ranked:
                return ranked[0]
    return ""


def group_ladder(kind: ChildKind, policy: Policy) -> Iterator[Group]:
    """Give the groups to which a kind may belong, the finest first; as many steps for every kind."""
    if kind.status != VERIFIED:
        yield from [Group(rest=kind.status)] * 3
    elif _decided(kind, policy):
        yield from [Group(rest=DECISION)] * 3
    else:
        yield Group(kind.zone, kind.category, kind.registered_school, group_first_choice(kind, policy), kind.size)
        yield Group(kind.zone, kind.category, rest=OTHERS)
        yield Group(kind.zone, rest=OTHERS)
    yield Group(rest=OTHERS)


def _decided(kind: ChildKind, policy: Policy) -> bool:
    """Whether a decision names a school for a kind; a sibling who only gives priority is none."""
    return any(isinstance(phase, DecisionPhase) and getattr(kind, phase.column) for phase in policy.phases)


OddsRow: TypeAlias = ChildKind | Group


@dataclass(frozen=True)
class Folding:
    """Which row of the table for families each kind goes to.

    Attributes
    ----------
    policy : Policy
        By whose phases first choices are told.
    rows : tuple of ChildKind or Group
        In the order of the table.
    """

    policy: Policy
    rows: tuple[OddsRow, ...]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The rows that are groups, in order."""
        return tuple(row for row in self.rows if isinstance(row, Group))

    @cached_property
    def _number(self) -> dict[OddsRow, int]:
        return {row: i for i, row in enumerate(self.rows)}

    def row_of(self, kind: ChildKind) -> OddsRow | None:
        """Return the row of a kind: itself, or its finest group that is a row; None where it is withheld."""
        if kind in self._number:
            return kind
        return next((group for group in group_ladder(kind, self.policy) if group in self._number), None)

    @cached_property
    def wholes(self) -> tuple[Group, ...]:
        """One group for each zone and category that has several rows: all of these rows together, and nobody else.

        Whoever is in no such row is left out, or the difference between a whole and its rows would tell of the few.
        """
        rows = Counter((row.zone, row.category) for row in self.rows if row.zone and row.category)
        return tuple(Group(*place, rest=WHOLE) for place, count in rows.items() if count > 1)

    def wholes_of(self, kinds: Sequence[ChildKind]) -> Ints:
        """Return the place of each kind's whole category in ``wholes``; -1 where it is in none."""
        place = {group: i for i, group in enumerate(self.wholes)}
        rows = [self.row_of(kind) for kind in kinds]
        found = [place.get(Group(row.zone, row.category, rest=WHOLE), -1) if row is not None else -1 for row in rows]
        return np.array(found, dtype=np.int64)

    def groups_of(self, kinds: Sequence[ChildKind]) -> Ints:
        """Return the place of each kind's row in ``groups``; -1 where its row is itself, or none."""
        place = {group: i for i, group in enumerate(self.groups)}
        rows = [self.row_of(kind) for kind in kinds]
        return np.array([place[row] if isinstance(row, Group) else -1 for row in rows], dtype=np.int64)


def fold_into_groups(kinds: Sequence[ChildKind], families: Sequence[int], policy: Policy) -> Folding:
    """Return the rows for families: at least ``FEWEST`` in each, what is smaller pooled with its like step by step.

    Parameters
    ----------
    kinds, families : sequence of ChildKind, of int
        The kinds of a roster, and how many parties are of each.
    policy : Policy
        Whose order of categories the rows follow.
    """
    steps = {kind: list(group_ladder(kind, policy)) for kind in kinds}
    count_of = dict(zip(kinds, families, strict=True))
    rows: set[OddsRow] = {kind for kind, count in count_of.items() if count >= FEWEST and steps[kind][0].zone}
    small = {kind: count for kind, count in count_of.items() if kind not in rows}
    for step in range(_STEPS):
        met: Counter[Group] = Counter()
        for kind, count in small.items():
            met[steps[kind][step]] += count
        rows |= {group for group, count in met.items() if count >= FEWEST}
        small = {kind: count for kind, count in small.items() if met[steps[kind][step]] < FEWEST}
    return Folding(policy, tuple(sorted(rows, key=_order_of(policy))))


def _order_of(policy: Policy) -> Callable[[OddsRow], tuple[object, ...]]:
    """Key of the order: by zone and category, kinds before groups; what has no zone or category comes last."""
    rank = policy.rank
    kind_key = kind_order(policy)

    def _key(row: OddsRow) -> tuple[object, ...]:
        place = (not row.zone, row.zone, rank.get(row.category, len(rank)))
        if isinstance(row, ChildKind):
            return *place, 0, kind_key(row)
        return *place, 1, (row.rest, row.registered_school, row.first, row.size)

    return _key


def group_label(group: Group, names: Names, *, zone: bool = True) -> str:
    """Return what a family calls a group, its zone unless told elsewhere."""
    parts = _parts(group, names)
    return " · ".join([names.say("label.zone", zone=names.zone(group.zone)), *parts] if zone and group.zone else parts)


def _parts(group: Group, names: Names) -> Iterator[str]:
    """The parts of a label behind the zone."""
    if group.category:
        yield names.category(group.category)
    if group.registered_school:
        yield names.say("label.registered", school=names.school(group.registered_school))
    if group.first:
        yield names.say("label.first", school=names.school(group.first))
    if group.size > 1:
        yield names.say("label.bundle", size=group.size)
    if group.rest:
        yield names.say("label.others" if group.rest == OTHERS and group.zone else f"label.rest.{group.rest}")
