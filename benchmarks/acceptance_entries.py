"""Who computes deferred acceptance: the product, the twenty-line reference, and other people's packages.

As in ``planning_entries``: what is returned is timed, what an entry has to prepare from the arrays is not. The answer
is the school of each party, -1 for none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import numpy as np

from allocator.domain import Ints
from allocator.procedure import deferred_acceptance
from benchmarks.heapq_reference import heapq_reference
from benchmarks.ranked_lists import make_lists

Arrays: TypeAlias = tuple[Ints, Ints, Ints, Ints, Ints]
"""What ``deferred_acceptance`` takes: begins, school, rank, size, pool."""

Work: TypeAlias = Callable[[], Ints]

Lists: TypeAlias = dict[int, list[int]]


def make_arrays(parties: int) -> Arrays:
    """Return generated lists of so many parties of one child, every school with an order of its own."""
    return make_lists(parties).arguments("per_draw")


def both_sides(given: Arrays) -> tuple[Lists, Lists]:
    """Return the lists of parties, and of schools, by index, the best first."""
    begins, school, rank, *_, pool = given
    bidder = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    order = np.lexsort([rank, school])
    ends = np.cumsum(np.bincount(school, minlength=len(pool)))
    parties = np.split(school, begins[1:-1])
    schools = np.split(bidder[order], ends[:-1])
    return dict(enumerate(p.tolist() for p in parties)), dict(enumerate(s.tolist() for s in schools))


def with_matching(given: Arrays) -> Work:
    """Return the package ``matching``."""
    from matching.games import HospitalResident

    sys.setrecursionlimit(10**9)  # it copies its players by following them from one to the next
    parties, schools = both_sides(given)
    game = HospitalResident.create_from_dictionaries(
        {f"r{i}": [f"h{s}" for s in named] for i, named in parties.items()},
        {f"h{s}": [f"r{i}" for i in order] for s, order in schools.items()},
        {f"h{s}": seats for s, seats in enumerate(given[4].tolist())},
    )

    def work() -> Ints:
        seat = np.full(len(parties), -1, dtype=np.int64)
        for hospital, residents in game.solve().items():
            seat[[int(resident.name[1:]) for resident in residents]] = int(hospital.name[1:])
        return seat

    return work


def with_algmatch(given: Arrays) -> Work:
    """Return the package ``algmatch``, which also proves its matching stable."""
    from algmatch import HospitalResidentsProblem

    parties, schools = both_sides(given)
    seats = given[4].tolist()
    hospitals = {s: {"capacity": seats[s], "preferences": order} for s, order in schools.items()}
    problem = HospitalResidentsProblem(dictionary={"residents": parties, "hospitals": hospitals})

    def work() -> Ints:
        found = problem.get_stable_matching()["resident_sided"]
        return np.array([int(found[f"r{i}"][1:]) if found[f"r{i}"] else -1 for i in parties], dtype=np.int64)

    return work


PREPARE: dict[str, Callable[[Arrays], Work]] = {
    "allocator": lambda given: partial(deferred_acceptance, *given),
    "heapq": lambda given: partial(heapq_reference, *given),
    "matching": with_matching,
    "algmatch": with_algmatch,
}
"""Every entry's preparation by its name."""
