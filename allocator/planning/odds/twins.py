"""Twins beside single children of the same group, draw by draw (docs/odds.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import lcm

import numpy as np

from allocator.domain import Ints, Policy
from allocator.eligibility import Instance
from allocator.planning.draws import (
    ADJUSTED_TO,
    DIVERTED_TO,
    SEATED,
    Outcome,
    nearest_whole_mean,
    root_for_means,
    scaled_variance,
    t95_of_mean,
)
from allocator.planning.odds.groups import Group, group_ladder
from allocator.planning.odds.kinds import ChildKind

FATES = ("seat", "diverted", "adjusted", "none")
"""A seat where the child belongs or chose; by diversion; by adjustment; no seat, or a ruling is needed."""

_DIGITS = 12  # of a share


@dataclass(frozen=True)
class Pairs:
    """Groups that have bundles and single children who agree in zone, category, registered school and first choice.

    Attributes
    ----------
    groups : tuple of Group
        In code-point order; their size is 0.
    row : (n,) int64
        Twice the number of each party's group, one more for bundles; -1 for parties of no such group.
    children, families : (groups, 2) int64
        Single children first, then bundles.
    """

    groups: tuple[Group, ...]
    row: Ints
    children: Ints
    families: Ints

    def fates(self, outcome: Outcome, size: Ints) -> Ints:
        """Return the children by group, single or bundle, and fate; shape (groups, 2, fates)."""
        fate = np.full(len(self.row), len(FATES) - 1, dtype=np.int64)
        for number, standing in enumerate((SEATED, DIVERTED_TO, ADJUSTED_TO)):
            fate[outcome.standing == standing] = number
        counted = self.row >= 0
        cells = self.row[counted] * len(FATES) + fate[counted]
        found = np.bincount(cells, size[counted], len(self.groups) * 2 * len(FATES))
        return found.astype(np.int64).reshape(len(self.groups), 2, len(FATES))


def twin_pairs(instance: Instance, kinds: Sequence[ChildKind], kind_by_party: Ints, policy: Policy) -> Pairs:
    """Return the groups of a district that have both.

    Parameters
    ----------
    instance : Instance
        The district; parties that leave for an external school are left out.
    kinds : sequence of ChildKind
        Its kinds.
    kind_by_party : (n,) int64
        Kind of each party.
    policy : Policy
        By whose phases first choices are told.
    """
    groups = [next(group_ladder(kind, policy))._replace(size=0) for kind in kinds]
    leaving = (instance.home >= 0) & instance.external[instance.home]
    sizes: dict[Group, set[bool]] = {}
    for i in sorted(set(kind_by_party[~leaving].tolist())):
        if not groups[i].rest:
            sizes.setdefault(groups[i], set()).add(kinds[i].size > 1)
    both = tuple(sorted(group for group, found in sizes.items() if len(found) > 1))
    number = {group: 2 * i for i, group in enumerate(both)}
    row_of_kind = [number[g] + (k.size > 1) if g in number else -1 for g, k in zip(groups, kinds, strict=True)]
    row = np.where(leaving, -1, np.array(row_of_kind, dtype=np.int64)[kind_by_party])
    counted, shape = row >= 0, (len(both), 2)
    children = np.bincount(row[counted], instance.size[counted], 2 * len(both)).astype(np.int64)
    families = np.bincount(row[counted], minlength=2 * len(both)).astype(np.int64)
    return Pairs(both, row, children.reshape(shape), families.reshape(shape))


@dataclass(frozen=True, slots=True)
class Side:
    """Shares of one side, or their difference, by fate, with standard errors, over so many draws."""

    share: tuple[float, ...]
    error: tuple[float, ...]
    draws: int

    @property
    def half(self) -> tuple[float, ...]:
        """Half the 95 % intervals, by Student's t."""
        return tuple(t95_of_mean(self.draws) * error for error in self.error)


@dataclass(frozen=True, slots=True)
class Beside:
    """Bundles beside single children under one cut rule; ``difference`` is bundles less single, in the same draws."""

    bundles: Side
    single: Side
    difference: Side


@dataclass(frozen=True, slots=True)
class TwinRow:
    """One comparison.

    Attributes
    ----------
    group : Group
        Empty where all zones, or all categories too, are taken together.
    families, children : (int, int)
        Single first, then bundles.
    under : dict of str to Beside
        By cut rule.
    """

    group: Group
    families: tuple[int, int]
    children: tuple[int, int]
    under: dict[str, Beside]


def twin_rows(pairs: Pairs, fates: Mapping[str, Ints]) -> tuple[TwinRow, ...]:
    """Return the comparisons: all groups together, each category, each group.

    Where groups are taken together, the single children of each count by its bundles' children, so that both sides
    have the same zones, categories and choices in the same shares.

    Parameters
    ----------
    pairs : Pairs
        The groups.
    fates : dict of str to (draws, groups, 2, fates) int64
        Children by draw, under each cut rule.
    """
    return tuple(_row(group, at, pairs, fates) for group, at in _takings(pairs))


def _takings(pairs: Pairs) -> Iterator[tuple[Group, list[int]]]:
    """Which groups are taken together, and under which name."""
    everyone = list(range(len(pairs.groups)))
    if everyone:
        yield Group(), everyone
    for category in sorted({group.category for group in pairs.groups}):
        yield Group(category=category), [i for i in everyone if pairs.groups[i].category == category]
    for i in everyone:
        yield pairs.groups[i], [i]


def _row(group: Group, at: list[int], pairs: Pairs, fates: Mapping[str, Ints]) -> TwinRow:
    """One comparison under every rule."""
    families, (single, bundled) = pairs.families[at].sum(axis=0).tolist(), pairs.children[at].T.tolist()
    common = lcm(*single)  # so that the share of each single child, weighted by bundles, is a whole number
    weights = np.array([many * (common // one) for one, many in zip(single, bundled, strict=True)], dtype=object)
    below, under = common * sum(bundled), {}
    for rule, counted in fates.items():
        alone = (counted[:, at, 0] * weights[:, None]).sum(axis=1)
        both = counted[:, at, 1].sum(axis=1).astype(object) * common
        under[rule] = Beside(*(_side(counts.T.tolist(), below) for counts in (both, alone, both - alone)))
    return TwinRow(group, (families[0], families[1]), (sum(single), sum(bundled)), under)


def _side(fates: Sequence[Sequence[int]], below: int) -> Side:
    """Mean and standard error of shares over draws, by fate; each is a number of children over ``below``."""
    draws, one = len(fates[0]), 10**_DIGITS
    means = (nearest_whole_mean(sum(counts) * one, draws * below) / one for counts in fates)
    scale = draws * draws * (draws - 1) * below * below
    errors = (root_for_means(scaled_variance(counts) * one * one, scale) / one for counts in fates)
    return Side(tuple(means), tuple(errors), draws)
