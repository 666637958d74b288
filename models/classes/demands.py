"""Whether demands on classes can be met at all, and the smallest set of groups apart that cannot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from ortools.sat.python import cp_model

from allocator.domain import YearGroup
from allocator.models.classes.seating import Seating, conflicts, crowds, units_of
from allocator.models.classes.spread import least_spread
from allocator.models.limit import Limit
from allocator.models.solver import least_within


class ClassStatement(NamedTuple):
    """What is proven of the demands of a year group: sizes, girls and boys each within 1, together, apart.

    Attributes
    ----------
    can_be_met : bool or None
        Whether all of them can be met; None where that is not decided.
    unmet : tuple of str or None
        The smallest set of groups apart that cannot be met; empty where the bundles alone cannot; None where demands
        can be met, or no set is proven the smallest.
    bound, spread : Fraction or None
        The least possible spread of class means lies between them, in hundredths of a score; equal where it is proven.
        None where no more is known, or nobody has a score.
    """

    can_be_met: bool | None
    unmet: tuple[str, ...] | None = None
    bound: Fraction | None = None
    spread: Fraction | None = None

    @property
    def proven(self) -> bool:
        """Whether nothing is left open."""
        if not self.can_be_met:
            return self.can_be_met is False and self.unmet is not None
        return self.bound == self.spread


def state_demands(group: YearGroup, limit: Limit | None = None) -> ClassStatement:
    """Return what can be proven of the demands of a year group."""
    limit = limit or Limit()
    met = _can_be_met(group, groups_apart(group), limit)
    if met is None:
        return ClassStatement(None)
    if not met:
        return ClassStatement(False, smallest_unmet(group, limit))
    if all(pupil.score is None for pupil in group.pupils):
        return ClassStatement(True)
    return ClassStatement(True, None, *least_spread(group, groups_apart(group), limit))


def too_large_crowd(group: YearGroup) -> tuple[str, ...]:
    """Return children of whom each is apart from each, more of them than classes; nobody where there are none such.

    Of a bundle the first child stands for all.
    """
    units = units_of(group.pupils)
    crowd = next(iter(crowds(conflicts(units, groups_apart(group)))), [])
    return tuple(units[at][0].pupil_id for at in crowd) if len(crowd) > group.classes else ()


def groups_apart(group: YearGroup) -> list[str]:
    """Return the groups apart of which two children at least are here."""
    names = [name for pupil in group.pupils for name in pupil.apart]
    return sorted({name for name in names if names.count(name) > 1})


def smallest_unmet(group: YearGroup, limit: Limit) -> tuple[str, ...] | None:
    """Return the smallest set of groups apart that cannot be met; None if all can be, or time ran out.

    A group without which all others can be met is in every set that cannot be; often these are the whole set. Children
    who are too many for the classes, each apart from each, name a set to begin with: no other group can be in every
    one. Else sets and their counterparts (Ignatiev, Previti, Liffiton, Marques-Silva 2015): the fewest groups that hit
    every set known to be in the way are tried; if they can be met, as many others as possible are added, and one of
    those left over is in every set that cannot be.
    """
    names, left_over = groups_apart(group), list[list[str]]()
    crowded = _crowded(group, names, limit)
    for name in names if crowded is None else crowded:
        met = _can_be_met(group, [other for other in names if other != name], limit)
        if met is None:
            return None
        left_over += [[name]] if met else []
    if crowded is not None and len(left_over) == len(crowded):
        return tuple(crowded)
    while True:
        chosen = _fewest_hitting(names, left_over, limit)
        met = None if chosen is None else _can_be_met(group, chosen, limit)
        if chosen is None or met is None:
            return None
        if not met:
            return tuple(chosen)
        others = _left_out(group, names, chosen, limit)
        if not others:
            return None
        left_over.append(others)


def _crowded(group: YearGroup, names: Sequence[str], limit: Limit) -> list[str] | None:
    """Return few groups by which more units are each apart from each than there are classes; None where none are."""
    graph = conflicts(units_of(group.pupils), names)
    crowd = next(iter(crowds(graph)), [])
    if len(crowd) <= group.classes:
        return None
    pairs = [graph.edges[one, other]["groups"] for one, other in combinations(crowd[: group.classes + 1], 2)]
    return _fewest_hitting(sorted({name for pair in pairs for name in pair}), pairs, limit)


def _can_be_met(group: YearGroup, apart: Collection[str], limit: Limit) -> bool | None:
    """Return whether demands with some of the groups can be met; None where time ran out."""
    if limit.over:
        return None
    seating = Seating(group, apart)
    if len(next(iter(seating.crowds), ())) > group.classes:
        return False
    seating.break_symmetry()
    found = least_within(seating.model, seating.variables(), limit)
    return True if found.values is not None else False if found.proven else None


def _fewest_hitting(names: Sequence[str], sets: Sequence[Sequence[str]], limit: Limit) -> list[str] | None:
    """Return the fewest names of which every set has one, the first ones of equals; None where time ran out."""
    model = cp_model.CpModel()
    chosen = {name: model.new_bool_var(name) for name in names}
    for some in sets:
        model.add_bool_or(chosen[name] for name in some)
    model.minimize(sum(chosen.values()))
    found = least_within(model, list(chosen.values()), limit)
    if found.values is None or not found.proven:
        return None
    return [name for name, value in zip(names, found.values, strict=True) if value]


def _left_out(group: YearGroup, names: Sequence[str], chosen: Sequence[str], limit: Limit) -> list[str]:
    """Return the groups that cannot be added to some that can be met, as few as one finds by adding one by one."""
    kept, others = list(chosen), list[str]()
    for name in names:
        if name not in chosen:
            met = _can_be_met(group, [*kept, name], limit)
            if met is None:
                return []
            (kept if met else others).append(name)
    return others
