"""Small markets for extra seats, drawn by SHA-256, and their best extra seats by trying all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import combinations_with_replacement

from allocator.checking.extra_seats.stable import best_stable
from allocator.domain import StableInstance


def number(most: int, *words: object) -> int:
    """A number from 0 to ``most`` - 1, the same for the same words."""
    return int.from_bytes(sha256(repr(words).encode()).digest()[:8], "big") % most


def market(seed: object, schools: int, students: int, length: int, *, alike: bool = False) -> StableInstance:
    """A market with scarce seats; with ``alike``, students mostly want the same schools."""
    capacity = tuple(number(1 + 2 * students // schools, seed, "seats", c) for c in range(schools))
    lists, scores = [], []
    for s in range(students):
        wishes = [(number(100, seed, "wish", s, c) + (40 * c if alike else 0), c) for c in range(schools)]
        one = [c for _, c in sorted(wishes)][:length]
        lists.append(tuple(one))
        scores.append(tuple(number(1000, seed, "score", s, c) * students + s for c in one))
    return StableInstance(capacity, tuple(lists), tuple(map(tuple, scores)))


def ranks_of(instance: StableInstance, extra: Sequence[int], unplaced: int) -> int:
    """Sum of ranks in the student-optimal stable matching with extra seats."""
    seats = [there + more for there, more in zip(instance.capacity, extra, strict=True)]
    held = best_stable(instance, seats)
    return sum(one.index(s) + 1 if s in one else unplaced for one, s in zip(instance.lists, held, strict=True))


def ways(schools: int, extra: int) -> Iterator[list[int]]:
    """Every way to give out at most so many seats."""
    for chosen in combinations_with_replacement(range(schools + 1), extra):
        yield [chosen.count(c) for c in range(schools)]


def least(draws: Sequence[StableInstance], extra: int, unplaced: int) -> int:
    """The least sum of ranks over all draws, by trying all ways."""
    schools = len(draws[0].capacity)
    return min(sum(ranks_of(draw, way, unplaced) for draw in draws) for way in ways(schools, extra))
