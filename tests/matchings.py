"""Small many-to-one matchings: lists and orders as plain Python, stability by definition, all matchings enumerated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product
from random import Random

import numpy as np

from allocator.domain import Ints
from allocator.models.law.bids import Bid
from allocator.procedure import deferred_acceptance

Market = tuple[list[Bid], dict[str, list[str]], dict[str, int]]
"""Bids, orders, pools."""


@dataclass(frozen=True)
class Case:
    """Parties with ranked lists and sizes; schools with a rank for every party that names them, and seats."""

    lists: tuple[tuple[int, ...], ...]
    ranks: tuple[dict[int, int], ...]
    sizes: tuple[int, ...]
    pool: tuple[int, ...]

    def arrays(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Return begins, school, rank, size, pool."""
        entries = [(s, self.ranks[s][i]) for i, schools in enumerate(self.lists) for s in schools]
        begins = np.cumsum([0, *map(len, self.lists)])
        school, rank = np.array(entries, dtype=np.int64).reshape(-1, 2).T
        return begins, school, rank, np.array(self.sizes, dtype=np.int64), np.array(self.pool, dtype=np.int64)

    def solved(self, compiled: bool = False) -> tuple[int, ...]:
        """Return what the method finds."""
        return tuple(deferred_acceptance(*self.arrays(), compiled=compiled).tolist())

    def with_list(self, party: int, schools: tuple[int, ...]) -> Case:
        """Return the case in which a party hands in another list of the schools it is ranked at."""
        return replace(self, lists=(*self.lists[:party], schools, *self.lists[party + 1 :]))

    def place(self, party: int, school: int) -> int:
        """Return the place of a school in a party's list, the list's length where it is not there."""
        return self.lists[party].index(school) if school in self.lists[party] else len(self.lists[party])


def random_case(rng: Random, parties: int, schools: int, largest: int = 1) -> Case:
    """Make a random case: short and empty lists, schools without seats, parties of up to ``largest`` children."""
    count = rng.randint(0, parties)
    lists = tuple(tuple(rng.sample(range(schools), rng.randint(0, schools))) for _ in range(count))
    ranks = tuple(dict(enumerate(rng.sample(range(-9, 3 * count + 1), count))) for _ in range(schools))
    sizes = tuple(rng.randint(1, largest) for _ in range(count))
    pool = tuple(rng.choice((0, 1, 1, 2, rng.randint(0, 1 + count))) for _ in range(schools))
    return Case(lists, ranks, sizes, pool)


def market(case: Case) -> Market:
    """Return the same case as the model takes it; party 3 is ``p03``, school 1 is ``s1``."""
    bids = [Bid(f"p{i:02d}", case.sizes[i], [f"s{s}" for s in schools]) for i, schools in enumerate(case.lists)]
    orders = {
        f"s{s}": [f"p{i:02d}" for i in sorted(ranks, key=ranks.__getitem__) if s in case.lists[i]]
        for s, ranks in enumerate(case.ranks)
    }
    return bids, orders, {f"s{s}": pool for s, pool in enumerate(case.pool)}


def named(case: Case, seat: tuple[int, ...]) -> dict[str, str]:
    """Return a matching by names."""
    return {f"p{i:02d}": f"s{s}" for i, s in enumerate(seat) if s >= 0}


def is_stable(case: Case, seat: Sequence[int]) -> bool:
    """Whether each party holds exactly the best school of its list that has a seat left before it (procedure.md P6)."""
    return all(seat[i] == next((s for s in case.lists[i] if _open(case, seat, i, s)), -1) for i in range(len(seat)))


def _open(case: Case, seat: Sequence[int], party: int, school: int) -> bool:
    """Whether those before a party in a school's order leave a seat of the pool."""
    rank = case.ranks[school]
    ahead = (case.sizes[j] for j, s in enumerate(seat) if s == school and rank[j] < rank[party])
    return sum(ahead) < case.pool[school]


def all_matchings(case: Case) -> Iterator[tuple[int, ...]]:
    """Yield every way to give each party a school of its list, or none."""
    yield from product(*((*schools, -1) for schools in case.lists))


def stable_matchings(case: Case) -> list[tuple[int, ...]]:
    """Return all stable matchings, found by trying every matching."""
    return [seat for seat in all_matchings(case) if is_stable(case, seat)]


def all_lists(schools: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield every list that a party could hand in."""
    for length in range(len(schools) + 1):
        yield from permutations(schools, length)
