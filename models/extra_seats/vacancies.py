"""Stable matchings as extra seats are added, by vacancy chains (Blum, Roth & Rothblum 1997).

An extra seat goes to the first student in the school's order who would rather be there; the seat left behind goes on in
the same way, until a student had none before or nobody wants the seat (Blum, Roth & Rothblum 1997). What results is
stable, but not yet the best for the students: where the first candidates of some schools hold one another's seats, they
trade them, until there is no such circle (the rotations of Gusfield & Irving 1989, backwards). Nobody ever loses.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from allocator.domain import Ints

Candidate = tuple[int, int]
"""A student, and the position of the school in its list."""


@dataclass(frozen=True, slots=True)
class DrawLists:
    """Lists and priorities of one draw.

    Attributes
    ----------
    begins : (k + 1,) int64
        Student ``i`` ranks the schools ``school[begins[i]:begins[i + 1]]``, its best first; the list may be empty.
    school : (entries,) int64
        Index of a school; each at most once in a list.
    rank : (entries,) int64
        The student's rank in the order of that school, smaller first; no two of a school alike.
    """

    begins: Ints
    school: Ints
    rank: Ints

    def faults(self, schools: int) -> str:
        """Return what is wrong with the arrays, empty if nothing."""
        if not len(self.begins) or self.begins[0] != 0 or self.begins[-1] != len(self.school):
            return "Expected begins to go from 0 to the number of entries."
        if (self.begins[1:] < self.begins[:-1]).any() or len(self.rank) != len(self.school):
            return "Expected begins to rise, and a rank for each entry."
        if len(self.school) and not 0 <= self.school.min() <= self.school.max() < schools:
            return f"Expected schools from 0 to {schools - 1}."
        if len(set(zip(self.school.tolist(), self.rank.tolist(), strict=True))) != len(self.school):
            return "Expected different ranks at each school."
        twice = any(len(set(one)) != len(one) for one in self.lists())
        return "Expected each school once in a list." if twice else ""

    def lists(self) -> list[list[int]]:
        """Return the schools of each student."""
        schools, begins = self.school.tolist(), self.begins.tolist()
        return [schools[begin:end] for begin, end in pairwise(begins)]

    def queues(self, schools: int) -> list[list[Candidate]]:
        """Return the students who list each school, in its order."""
        keyed: list[list[tuple[int, int, int]]] = [[] for _ in range(schools)]
        begins, ranks = self.begins.tolist(), self.rank.tolist()
        for student, one in enumerate(self.lists()):
            for j, school in enumerate(one):
                keyed[school].append((ranks[begins[student] + j], student, j))
        return [[(student, j) for _, student, j in sorted(queue)] for queue in keyed]


def accept_into_vacancies(
    lists: Sequence[Sequence[int]], queues: Sequence[Sequence[Candidate]], pool: Sequence[int]
) -> list[int]:
    """Return by deferred acceptance the position in the list at which each student ends; the list's length for none."""
    turn = [[0] * len(one) for one in lists]
    for queue in queues:
        for place, (who, j) in enumerate(queue):
            turn[who][j] = place
    at = [0] * len(lists)
    held: list[list[tuple[int, int]]] = [[] for _ in pool]
    for first in range(len(lists)):
        student: int | None = first
        while student is not None and at[student] < len(lists[student]):
            school = lists[student][at[student]]
            heapq.heappush(held[school], (-turn[student][at[student]], student))
            if len(held[school]) <= pool[school]:
                break
            student = heapq.heappop(held[school])[1]
            at[student] += 1
    return at


Positions = tuple[list[int], list[int]]
"""Place of each student in its list, and how far each school's queue of candidates has been gone through."""


class Vacancies:
    """One draw before any extra seat, and what seats do to it.

    Parameters
    ----------
    extra : int
        Extra seats in all, at most.
    none : int
        Place that counts for no school, at least the length of the longest list (places begin with 0).

    Attributes
    ----------
    lists : list of list of int
        Schools of each student.
    base : list of int
        Place of each student without extra seats.
    chains : list of list of Candidate
        Who would rather be at each school than where it is, in the school's order, as far as ``extra`` seats could
        ever reach.
    cut_short : list of bool
        Whether such a student stands behind the end of the chain: it never gets in.
    full : list of bool
        Schools without an empty seat; only there an extra seat changes anything.
    """

    def __init__(self, draw: DrawLists, pool: Sequence[int], extra: int, none: int) -> None:
        schools = len(pool)
        self.lists = draw.lists()
        self.none = none
        queues = draw.queues(schools)
        self.base = self._places(accept_into_vacancies(self.lists, queues, pool))
        most = [seats + extra for seats in pool]
        best = self._places(accept_into_vacancies(self.lists, queues, most))
        self.full = [held == seats for held, seats in zip(self._held(self.base, schools), pool, strict=True)]
        full_at_best = [held == seats for held, seats in zip(self._held(best, schools), most, strict=True)]
        self.chains: list[list[Candidate]] = []
        self.cut_short: list[bool] = []
        for queue, closed in zip(queues, full_at_best, strict=True):
            wanting = [(s, j) for s, j in queue if j < self.base[s]]
            # With the same few seats more at every school nobody is worse off than with them at some schools only:
            # who is not let in then never is, and who has something better then is not known to have it otherwise.
            last = max((p for p, (s, j) in enumerate(wanting) if best[s] == j), default=-1)
            self.chains.append(wanting[: last + 1] if closed else wanting)
            self.cut_short.append(len(self.chains[-1]) < len(wanting))

    def _places(self, at: list[int]) -> list[int]:
        """Places, with ``none`` for no school."""
        return [self.none if j == len(one) else j for j, one in zip(at, self.lists, strict=True)]

    def _held(self, places: Sequence[int], schools: int) -> list[int]:
        """Students of each school."""
        count = [0] * schools
        for one, place in zip(self.lists, places, strict=True):
            if place < self.none:
                count[one[place]] += 1
        return count

    def start(self) -> Positions:
        """Return the state without extra seats."""
        return list(self.base), [0] * len(self.chains)

    def add(self, state: Positions, school: int, count: int = 1) -> int:
        """Add seats, changing the state; returns by how many places students rise in all."""
        if not self.full[school]:
            return 0
        gained = sum(self._fill(state, school) for _ in range(count))
        while cycle := self._cycle(state):
            gained += self._trade(state, cycle)
        return gained

    def _first(self, state: Positions, school: int) -> Candidate | None:
        """The first candidate who would rather be at a school."""
        places, turns = state
        chain = self.chains[school]
        turn = turns[school]
        while turn < len(chain) and places[chain[turn][0]] <= chain[turn][1]:
            turn += 1  # who has this school or a better one never comes back
        turns[school] = turn
        return chain[turn] if turn < len(chain) else None

    def _fill(self, state: Positions, school: int) -> int:
        """Fill an empty seat, and the seat left behind, until there is none or nobody wants it."""
        places = state[0]
        gained = 0
        while (first := self._first(state, school)) is not None:
            student, j = first
            before, places[student] = places[student], j
            gained += before - j
            if before == self.none:
                break
            school = self.lists[student][before]
        return gained

    def _cycle(self, state: Positions) -> list[int]:
        """Schools whose first candidates hold the seats of one another, in a circle; empty if there are none."""
        seen = [0] * len(self.chains)
        for number, start in enumerate(range(len(self.chains)), start=1):
            school, path = start, []
            while school >= 0 and not seen[school]:
                seen[school] = number
                path.append(school)
                school = self._next(state, school)
            if school >= 0 and seen[school] == number:
                return path[path.index(school) :]
        return []

    def _next(self, state: Positions, school: int) -> int:
        """Where the first candidate of a school is now, -1 for nowhere or nobody."""
        first = self._first(state, school)
        if first is None or state[0][first[0]] == self.none:
            return -1
        return self.lists[first[0]][state[0][first[0]]]

    def _trade(self, state: Positions, cycle: Sequence[int]) -> int:
        """Let the first candidates of some schools trade their seats; what they gain."""
        firsts = [first for school in cycle if (first := self._first(state, school)) is not None]
        gained = sum(state[0][student] - j for student, j in firsts)
        for student, j in firsts:
            state[0][student] = j
        return gained

    def first_choices(self, schools: int) -> list[int]:
        """Return how many students want each school most."""
        count = [0] * schools
        for one in self.lists:
            if one:
                count[one[0]] += 1
        return count
