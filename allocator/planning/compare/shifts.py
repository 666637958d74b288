"""Who gains and who loses between two lists, and how far they go to school, before and after (docs/what-if.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from allocator.domain import Ints, Mask
from allocator.planning.draws import AT_EXTERNAL, Lists, Outcome

SIDES = ("before", "after")
MEASURES = ("known", "mean", "median", "p95", "far")
"""Of the metres of one side: children whose metres are known, three figures of them, and who goes farther than far."""

EVERYWHERE = ("", "")
"""Zone and category of the lines for all zones and categories together."""

ShiftRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shift:
    """Children who are in both lists, party by party.

    A child *gains* if its school is better for it than the one before, *loses* if it is worse (``Pair.shift``), and is
    *moved* if its school is another one, or one of the two is none. Whoever keeps its school does none of these.

    Attributes
    ----------
    party : (p,) int64
        Parties of the list before, without those who leave for external schools in either.
    other : (p,) int64
        The same parties in the list after.
    gained, lost, moved : (p,) int64
        Children of the party that gain, lose, are moved.
    """

    party: Ints
    other: Ints
    gained: Ints
    lost: Ints
    moved: Ints

    @property
    def totals(self) -> dict[str, int]:
        """Children in all that gain, lose, are moved."""
        return {name: int(getattr(self, name).sum()) for name in SHIFTS}


_UNNAMED = 10**6  # place of a school that a family names nowhere; the same in both lists

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
        """Return who gains and who loses.

        A school is better for a child than another one by the first of these that tells them apart: it is its home
        school or one that it chose; it stands earlier among its own wishes (what it chose, then its own order of
        diversion; a school that it did not name comes behind them); it is nearer, in whole metres, where both
        distances are known. Any school is better than none. Home school, choices and wishes are those of each list.
        """
        stays = (before.standing[self._party] != AT_EXTERNAL) & (after.standing[self._other] != AT_EXTERNAL)
        party, other = self._party[stays], self._other[stays]
        size = self.before.instance.size[party]
        elsewhere = before.seat[party] != self._school[after.seat[other]]
        better = np.zeros(len(party), dtype=np.int64)
        at = np.flatnonzero(elsewhere)
        better[at] = self._better(party[at], other[at], before.seat[party[at]], after.seat[other[at]])
        return Shift(party, other, size * (better > 0), size * (better < 0), size * elsewhere)

    def _better(self, party: Ints, other: Ints, seat: Ints, new: Ints) -> Ints:
        """1 where a party's new school is better for it than its old one, -1 where it is worse, 0 where neither."""
        old_class, old_wish = _rank(self.before, party, seat)
        new_class, new_wish = _rank(self.after, other, new)
        found = np.sign(old_class - new_class)
        found = np.where(found == 0, np.sign(old_wish - new_wish), found)
        old_metres, new_metres = self.before.metres_of(party, seat), self.after.metres_of(other, new)
        known = (old_metres >= 0) & (new_metres >= 0)
        nearer: Ints = np.where((found == 0) & known, np.sign(old_metres - new_metres), found)
        return nearer

    def metres(self, shift: Shift, before: Outcome, after: Outcome) -> tuple[Ints, Ints]:
        """Return the metres to school of the parties of a shift, before and after; -1 where not known; shapes (p,)."""
        return (
            self.before.metres_of(shift.party, before.seat[shift.party]),
            self.after.metres_of(shift.other, after.seat[shift.other]),
        )

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


def _rank(lists: Lists, party: Ints, seat: Ints) -> tuple[Ints, Ints]:
    """What schools are to parties, the less the better: home or chosen, another one, none; and place among wishes."""
    chosen, wished = (_first(named[party], seat) for named in lists.wishes)
    belongs: Mask = (lists.instance.home[party] == seat) | (chosen < _UNNAMED)
    ranks: Ints = np.where(seat < 0, 2, np.where(belongs, 0, 1)).astype(np.int64)
    return ranks, wished


def _first(named: Ints, seat: Ints) -> Ints:
    """Place of each party's school among those that it names; behind all of them where it names it not; shape (k,)."""
    if not named.shape[1]:
        return np.full(len(seat), _UNNAMED, dtype=np.int64)
    same = named == seat[:, None]
    found: Ints = np.where(same.any(axis=1), same.argmax(axis=1), _UNNAMED).astype(np.int64)
    return found


def shift_rows(pair: Pair, shift: Shift, outcomes: tuple[Outcome, Outcome], far: int | None) -> list[ShiftRow]:
    """Return who loses and who gains: all together, then by zone and category of the base, with their metres.

    Parameters
    ----------
    pair : Pair
        The base and the what-if.
    shift : Shift
        Who gains and loses.
    outcomes : tuple of Outcome
        The two lists.
    far : int or None
        More metres than these count as far; None: the policy says nothing, and nobody is counted.
    """
    metres = pair.metres(shift, *outcomes)
    leads = pair.before.instance.leads
    groups: dict[tuple[str, str], list[int]] = {}
    for i, party in enumerate(shift.party.tolist()):
        groups.setdefault((leads[party].zone, leads[party].category), []).append(i)
    places = [(EVERYWHERE, np.arange(len(shift.party))), *((key, np.array(at)) for key, at in sorted(groups.items()))]
    return [
        {"zone": zone, "category": category, "who": who, **row}
        for who, children in (("lost", shift.lost), ("gained", shift.gained))
        for (zone, category), at in places
        for row in _row(children[at], [side[at] for side in metres], far)
    ]


def _row(children: Ints, metres: Sequence[Ints], far: int | None) -> Iterator[ShiftRow]:
    """The figures of some parties, of whom so many children count; nothing where there are none."""
    if children.sum():
        sides = (shift_measures(np.repeat(side, children), far) for side in metres)
        yield {"children": int(children.sum()), **dict(zip(SIDES, sides, strict=True))}


def shift_measures(metres: Ints, far: int | None) -> ShiftRow:
    """Return the figures of the metres of some children, -1 where not known.

    Mean rounded half up; median and 95 % are the metres that half and 95 % of the children do not exceed.
    """
    known = np.sort(metres[metres >= 0])
    count = len(known)
    if not count:
        return {**dict.fromkeys(MEASURES), "known": 0}
    return {
        "known": count,
        "mean": (2 * int(known.sum()) + count) // (2 * count),
        "median": int(known[(count + 1) // 2 - 1]),
        "p95": int(known[(95 * count + 99) // 100 - 1]),
        "far": None if far is None else int((known > far).sum()),
    }
