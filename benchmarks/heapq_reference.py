"""Deferred acceptance as one would write it down, twenty lines around ``heapq``: the method is measured against it."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from allocator.domain import Ints


def heapq_reference(begins: Ints, school: Ints, rank: Ints, size: Ints, pool: Ints) -> Ints:
    """Return the school of each party, -1 for none; the arguments are those of ``procedure.deferred_acceptance``."""
    at, schools, ranks, sizes, seats = (a.tolist() for a in (begins, school, rank, size, pool))
    ends = at[1:]
    held: list[list[tuple[int, int]]] = [[] for _ in seats]  # a heap each, the last in the school's order on top
    children = [0] * len(seats)
    seat = [-1] * len(sizes)
    free = list(range(len(sizes)))
    while free:
        party = free.pop()
        entry = at[party]
        if entry == ends[party]:
            continue
        at[party] += 1
        here = schools[entry]
        heappush(held[here], (-ranks[entry], party))
        children[here] += sizes[party]
        seat[party] = here
        while held[here] and children[here] - sizes[held[here][0][1]] >= seats[here]:
            last = heappop(held[here])[1]
            children[here] -= sizes[last]
            seat[last] = -1
            free.append(last)
    return np.array(seat, dtype=np.int64)
