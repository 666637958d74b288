"""Who gains and who loses between two lists (docs/what-if.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.instance import Ints
from allocator.planning.simulation import ADJUSTED_TO, DIVERTED_TO, OUTSIDE, RULING, SEATED, WITHOUT, Lists, Outcome

_RANK = np.zeros(WITHOUT + 1, dtype=np.int64)
_RANK[[SEATED]] = 0
_RANK[[DIVERTED_TO, ADJUSTED_TO]] = 1
_RANK[[RULING, WITHOUT]] = 2


@dataclass(frozen=True, slots=True)
class Shift:
    """Children who are in both lists, party by party.

    A child *gains* if it was without a seat and has one, or was diverted or adjusted and is seated where it belongs or
    chose; it *loses* the other way round. It is *moved* if its school is another one, or one of the two is none.

    Attributes
    ----------
    party : (p,) int64
        Parties of the list before, without those who leave for external schools in either.
    gained, lost, moved : (p,) int64
        Children of the party that gain, lose, are moved.
    """

    party: Ints
    gained: Ints
    lost: Ints
    moved: Ints

    @property
    def totals(self) -> dict[str, int]:
        """Children in all that gain, lose, are moved."""
        return {name: int(getattr(self, name).sum()) for name in SHIFTS}


SHIFTS = ("gained", "lost", "moved")


class Pair:
    """Two districts of which one was made from the other, and the parties that are in both.

    Parameters
    ----------
    before, after : Lists
        The base and the what-if.
    """

    def __init__(self, before: Lists, after: Lists) -> None:
        self.before, self.after = before, after
        at = {name: i for i, name in enumerate(after.instance.party_ids)}
        found = np.array([at.get(name, -1) for name in before.instance.party_ids], dtype=np.int64)
        self._party = np.flatnonzero(found >= 0)
        self._other = found[self._party]
        index, names = before.instance.school_index, after.instance.school_ids
        new = len(index)  # a school that is not in the base is none of its schools
        self._school = np.array([*(index.get(name, new) for name in names), -1], dtype=np.int64)

    @property
    def new_children(self) -> int:
        """Children who are in the what-if alone."""
        return self._children(self.after) - self._children(self.before) + self.gone_children

    @property
    def gone_children(self) -> int:
        """Children who are in the base alone."""
        size = self.before.instance.size
        return int(size.sum() - size[self._party].sum())

    @staticmethod
    def _children(lists: Lists) -> int:
        return int(lists.instance.size.sum())

    def shift(self, before: Outcome, after: Outcome) -> Shift:
        """Return who gains and who loses."""
        stays = (before.standing[self._party] != OUTSIDE) & (after.standing[self._other] != OUTSIDE)
        party, other = self._party[stays], self._other[stays]
        size = self.before.instance.size[party]
        was, now = _RANK[before.standing[party]], _RANK[after.standing[other]]
        elsewhere = before.seat[party] != self._school[after.seat[other]]
        return Shift(party, size * (now < was), size * (now > was), size * elsewhere)

    def by_group(self, shift: Shift) -> dict[tuple[str, str], tuple[int, int, int]]:
        """Return children that gain, lose, are moved, by zone and category of the base; only groups that have some."""
        groups: dict[tuple[str, str], list[int]] = {}
        columns = (shift.party.tolist(), shift.gained.tolist(), shift.lost.tolist(), shift.moved.tolist())
        for party, *numbers in zip(*columns, strict=True):
            if any(numbers):
                child = self.before.instance.leads[party]
                sums = groups.setdefault((child.zone, child.category), [0, 0, 0])
                for i, number in enumerate(numbers):
                    sums[i] += number
        return {key: (a, b, c) for key, (a, b, c) in sorted(groups.items())}
