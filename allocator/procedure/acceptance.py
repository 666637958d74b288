"""Deferred acceptance, many to one, over flat arrays (procedure.md P6; Gale and Shapley 1962).

All who want a school stand in its queue from the start, sorted once. While families propose, the cut of a queue only
moves forward: whoever is refused once is refused for good, and a proposal beyond the cut need not be made. So the
parties may propose in any order, all at once too, and the result is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from allocator.domain import Ints
from allocator.procedure import kernels

FEW = 50
"""So many free parties, and one for every 500 entries, are left to the loop: a round costs a pass over all entries."""

COMPILE_FROM = 2_000_000
"""From so many entries a chain of refusals that the rounds leave over may cost more than loading a compiled loop."""


@dataclass(frozen=True, slots=True)
class _Queues:
    """The queues of all schools one after another; a *place* is a position in them.

    Attributes
    ----------
    begins : (m + 1,) int64
        First place of each queue.
    party : (entries,) int64
        Who stands at each place.
    place : (entries,) int64
        Place of each entry of the lists.
    """

    begins: Ints
    party: Ints
    place: Ints

    def sums(self, holds: Ints) -> tuple[Ints, Ints, Ints]:
        """Return children held before each place, before each queue, and in each queue."""
        before = np.zeros(len(holds) + 1, dtype=np.int64)
        np.cumsum(holds, out=before[1:])
        at_begins = before[self.begins]
        return before, at_begins[:-1], np.diff(at_begins)


@dataclass(slots=True)
class _Proposals:
    """How far the parties have come; the arrays are changed in place.

    Attributes
    ----------
    at, end : (k,) int64
        Entry to which each party has come, and the end of its list, where it has no school left.
    holds : (entries,) int64
        Children of the party at each place if the school holds it, else 0.
    cut : (m,) int64
        Last place of each queue that is still open.
    """

    at: Ints
    end: Ints
    holds: Ints
    cut: Ints


def deferred_acceptance(
    begins: Ints, school: Ints, rank: Ints, size: Ints, pool: Ints, *, compiled: bool | None = None
) -> Ints:
    """Return the school of each of ``k`` parties, -1 for none, in their best stable matching to ``m`` schools (P6).

    A school holds, in its order, every party before which at least one seat of its pool is left; so a bundle at the cut
    is held whole. Of all matchings stable under this rule it is the best for every party, whatever their order.

    Parameters
    ----------
    begins : (k + 1,) int64
        Party ``i`` ranks the schools ``school[begins[i]:begins[i + 1]]``, its best first.
    school : (entries,) int64
        Index of a school; each at most once in a list.
    rank : (entries,) int64
        The party's rank in the order of that school, smaller first, no two alike (``tie_breaking.ranks_by_keys``).
    size, pool : (k,), (m,) int64
        Children in each party, at least 1; seats of each school, where nobody is held if there is none.
    compiled : bool, optional
        Use numba or not; None decides by the number of entries and by what is installed.

    Raises
    ------
    ValueError
        If the arrays do not fit together or a school ranks two parties alike.
    """
    arrays = (begins, school, rank, size, pool)
    begins, school, rank, size, pool = (np.ascontiguousarray(array, dtype=np.int64) for array in arrays)
    _refuse_misfits(begins, school, rank, size, pool)
    if compiled is None:
        compiled = kernels.COMPILED and len(school) >= COMPILE_FROM
    queues = _queues(begins, school, rank, len(pool))
    proposals = _nobody_yet(begins, queues, pool)
    everybody = np.arange(len(size))
    free = everybody if compiled else _in_rounds(everybody, proposals, queues, school, size, pool)
    _one_by_one(free, proposals, queues, school, size, pool, compiled=compiled)
    seat = np.full(len(size), -1, dtype=np.int64)
    held = np.flatnonzero(proposals.at < proposals.end)
    seat[held] = school[proposals.at[held]]
    return seat


def _refuse_misfits(begins: Ints, school: Ints, rank: Ints, size: Ints, pool: Ints) -> None:
    """Raise where an index would lead outside an array: the compiled loop does not look."""
    if len(begins) != len(size) + 1 or begins[0] != 0 or begins[-1] != len(school) or (np.diff(begins) < 0).any():
        raise ValueError("Expected begins to rise from 0 to the number of entries, with one more item than size.")
    if len(rank) != len(school):
        raise ValueError(f"Expected a rank for each of {len(school)} entries, found {len(rank)}.")
    if len(school) and not 0 <= school.min() <= school.max() < len(pool):
        raise ValueError(f"Expected schools from 0 to {len(pool) - 1}.")
    if len(size) and size.min() < 1:
        raise ValueError("Expected at least one child in each party.")


def _queues(begins: Ints, school: Ints, rank: Ints, schools: int) -> _Queues:
    """Sort all entries by school, then rank."""
    low, high = (int(rank.min()), int(rank.max())) if len(rank) else (0, 0)
    if (high - low + 1) * schools < 2**63:
        key = school * (high - low + 1) + (rank - low)
        order = np.argsort(key)
        twice = np.flatnonzero(np.diff(key[order]) == 0)
    else:  # one key of 64 bits does not hold both; sorting by two takes several times as long
        order = np.lexsort([rank, school])
        twice = np.flatnonzero((np.diff(rank[order]) == 0) & (np.diff(school[order]) == 0))
    if len(twice):
        raise ValueError(f"Expected different ranks at each school, found two alike at {school[order[twice[0]]]}.")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    first = np.zeros(schools + 1, dtype=np.int64)
    np.cumsum(np.bincount(school, minlength=schools), out=first[1:])
    bidder = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    return _Queues(first, bidder[order], place)


def _nobody_yet(begins: Ints, queues: _Queues, pool: Ints) -> _Proposals:
    """Return the state before the first proposal: every place open but where the pool is empty."""
    cut = np.where(pool > 0, queues.begins[1:], queues.begins[:-1]) - 1
    return _Proposals(begins[:-1].copy(), begins[1:], np.zeros(len(queues.party), dtype=np.int64), cut)


def _in_rounds(free: Ints, proposals: _Proposals, queues: _Queues, school: Ints, size: Ints, pool: Ints) -> Ints:
    """Let all free parties propose at once, then all schools refuse, until few are free; returns those."""
    while len(free) > FEW + len(school) // 500:
        free = _to_open_school(free, proposals, queues, school)
        proposals.holds[queues.place[proposals.at[free]]] = size[free]
        before, base, children = queues.sums(proposals.holds)
        # The pool ends with the party that takes its last seat: the first place after which so many are held.
        filled = np.searchsorted(before, base + pool) - 1
        cut = np.where((children >= pool) & (pool > 0), filled, proposals.cut)
        beyond = _stretches(cut + 1, proposals.cut - cut)
        refused = beyond[proposals.holds[beyond] > 0]
        proposals.holds[refused] = 0
        proposals.cut = cut
        free = queues.party[refused]
    return free


def _to_open_school(free: Ints, proposals: _Proposals, queues: _Queues, school: Ints) -> Ints:
    """Move free parties on to the first school whose cut they do not lie beyond; returns those that found one."""
    moving = free
    while len(moving):
        moving = moving[proposals.at[moving] < proposals.end[moving]]
        entry = proposals.at[moving]
        moving = moving[queues.place[entry] > proposals.cut[school[entry]]]
        proposals.at[moving] += 1
    return free[proposals.at[free] < proposals.end[free]]


def _stretches(starts: Ints, lengths: Ints) -> Ints:
    """Return ``starts[i]``, ``starts[i] + 1`` … of each stretch, one stretch after another."""
    before = np.cumsum(lengths) - lengths
    stretches: Ints = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
    return stretches


def _one_by_one(
    free: Ints, proposals: _Proposals, queues: _Queues, school: Ints, size: Ints, pool: Ints, *, compiled: bool
) -> None:
    """Let the free parties propose one after another until none is free that has a school left."""
    waiting = np.empty(len(size), dtype=np.int64)
    waiting[: len(free)] = free
    left = pool - queues.sums(proposals.holds)[2]
    lists = (proposals.at, proposals.end, school, queues.place, queues.party, size)
    arrays = (waiting, *lists, proposals.holds, left, proposals.cut)
    if compiled:
        kernels.fast_kernel("propose", _propose)(len(free), *arrays)
    else:  # a view gives plain integers, several times as fast as the array, and nothing is copied
        _propose(len(free), *(array.data for array in arrays))


def _propose(
    count: int, waiting: Any, at: Any, end: Any, school: Any, place: Any, party: Any, size: Any, holds: Any, left: Any,
    cut: Any,
) -> None:  # fmt: skip
    """Take the last of ``count`` waiting parties, let it propose, and let its school refuse, until nobody waits."""
    while count:
        count -= 1
        i = waiting[count]
        entry = at[i]
        while entry < end[i] and place[entry] > cut[school[entry]]:
            entry += 1
        at[i] = entry
        if entry == end[i]:
            continue
        s = school[entry]
        holds[place[entry]] = size[i]
        left[s] -= size[i]
        while left[s] <= 0:
            last = cut[s]
            while holds[last] == 0:
                last -= 1
            cut[s] = last
            if left[s] + holds[last] > 0:  # without it a seat would be left: the party at the edge is held whole
                break
            left[s] += holds[last]
            holds[last] = 0
            cut[s] = last - 1
            waiting[count] = party[last]
            count += 1
