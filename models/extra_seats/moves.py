"""Good extra seats, quickly: blocks of seats by what they bring for each seat, then moved about.

Seats help each other: the second may bring more than the first. So blocks are added and moved, not seats alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_256
from math import floor

from allocator.models.extra_seats.vacancies import Positions, Vacancies
from allocator.models.limit import Limit

_BLOCKS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
_TURNS = 60  # new ways tried from the best one
_TURNS_EACH = 3  # for each rank between bound and solution
_MOST_TAKEN = 5  # schools that give seats back
_WORK = 8_000_000  # steps in all: some seconds, the same on every machine
_COPIED = 100  # places copied in the time of a step
_WHOLE = 1e-6  # what is so near to a whole number is one


class SeatMoves:
    """A search among the ways to give out the extra seats.

    Parameters
    ----------
    draws : sequence of Vacancies
        All with the same schools.

    Attributes
    ----------
    worked : int
        Steps so far: schools looked at, about.
    """

    def __init__(self, draws: Sequence[Vacancies], extra: int, limit: Limit) -> None:
        self.draws = draws
        self.extra = extra
        self.limit = limit
        self.worked = 0
        schools = range(len(draws[0].full))
        self.useful = [c for c in schools if any(draw.full[c] and draw.chains[c] for draw in draws)]

    @property
    def over(self) -> bool:
        """Whether the search has to end."""
        return self.worked > _WORK or self.limit.over

    def first(self) -> tuple[int, list[int]]:
        """Return what a good solution gains, and its extra seats of each school."""
        return self._improved(*self._by_blocks([0] * len(self.draws[0].full)))

    def improved(self, gained: int, seats: list[int], most: int) -> tuple[int, list[int]]:
        """Return the best solution found when seats of some schools are taken back and given out anew, many times.

        Parameters
        ----------
        gained, seats
            A solution.
        """
        for turn in range(min(_TURNS, _TURNS_EACH * (most - gained))):  # a small gap the solver soon closes
            if self.over or gained == most:
                break
            other, moved = self._improved(*self._by_blocks(self._taken_back(seats, turn)))
            if other > gained:
                gained, seats = other, moved
        return gained, seats

    def gained(self, seats: Sequence[int]) -> int:
        """Return what extra seats gain."""
        return self._state(seats)[0]

    def rounded(self, shares: Sequence[float]) -> tuple[int, list[int]]:
        """Return a good solution near one with parts of seats: those with the largest parts rounded up, then moved."""
        seats = [floor(share + _WHOLE) for share in shares]
        parts = sorted(self.useful, key=lambda c: (seats[c] - shares[c], c))
        for school in parts[: self.extra - sum(seats)]:
            seats[school] += 1
        return self._improved(*self.completed(seats))

    def completed(self, seats: Sequence[int]) -> tuple[int, list[int]]:
        """Return what seats gain, those left added one by one where they gain most."""
        full = list(seats)
        gained, states = self._state(full)
        for _ in range(self.extra - sum(full)):
            trials = [(-self._add(self._copied(states), c, 1), c) for c in self.useful]
            _, school = min(trials)
            full[school] += 1
            gained += self._add(states, school, 1)
        return gained, full

    def _state(self, seats: Sequence[int]) -> tuple[int, list[Positions]]:
        """What extra seats gain, and what becomes of every draw."""
        states = [draw.start() for draw in self.draws]
        return sum(self._add(states, c, count) for c, count in enumerate(seats) if count), states

    def _add(self, states: Sequence[Positions], school: int, count: int) -> int:
        """Add seats to every draw; what they gain."""
        self.worked += count * len(states) * len(self.useful)
        pairs = list(zip(self.draws, states, strict=True))
        return sum(draw.add(state, school, count) for draw, state in pairs)

    def _copied(self, states: Sequence[Positions]) -> list[Positions]:
        """States that may be changed."""
        self.worked += sum(len(places) for places, _ in states) // _COPIED
        return [(list(places), list(turns)) for places, turns in states]

    def _by_blocks(self, seats: list[int]) -> tuple[int, list[int]]:
        """Add the block of seats that gains most for each seat, again and again."""
        total, states = self._state(seats)
        left = self.extra - sum(seats)
        while left:
            found = (0, 1, -1)
            for school in self.useful:
                trial, gained = self._copied(states), 0
                for count in range(1, left + 1):
                    more = self._add(trial, school, 1)
                    gained += more
                    if not more:
                        break
                    if gained * found[1] > found[0] * count:
                        found = (gained, count, school)
            if found[2] < 0:
                break
            total += self._add(states, found[2], found[1])
            seats[found[2]] += found[1]
            left -= found[1]
        return total, seats

    def _improved(self, gained: int, seats: list[int]) -> tuple[int, list[int]]:
        """Move blocks of seats from school to school as long as that gains."""
        better = True
        while better and not self.over:
            better = False
            for giver in self.useful:
                for count in sorted({seats[giver], *(b for b in _BLOCKS if b < seats[giver])} - {0}):
                    if count > seats[giver]:
                        break
                    seats[giver] -= count
                    most, taker = self._best_taker(seats, giver, count)
                    better = better or most > gained
                    seats[taker if most > gained else giver] += count
                    gained = max(gained, most)
        return gained, seats

    def _best_taker(self, seats: Sequence[int], giver: int, count: int) -> tuple[int, int]:
        """Where a block would gain most, what all seats gain then first."""
        base, states = self._state(seats)
        found = (-1, giver)
        for school in self.useful:
            if school != giver:
                gained = base + self._add(self._copied(states), school, count)
                if gained > found[0]:
                    found = (gained, school)
        return found

    def _taken_back(self, seats: Sequence[int], turn: int) -> list[int]:
        """Seats without all or half of those of two to five schools: which ones, the bytes of SHAKE-256 say."""
        left = list(seats)
        words = shake_256(f"{turn} {left}".encode()).digest(4 * _MOST_TAKEN + 1)
        givers = [c for c in self.useful if left[c]]
        for at in range(min(len(givers), 2 + words[-1] % (_MOST_TAKEN - 1))):
            word = int.from_bytes(words[4 * at : 4 * at + 4], "big")
            giver = givers.pop((word >> 1) % len(givers))
            left[giver] = left[giver] // 2 if word % 2 else 0
        return left
