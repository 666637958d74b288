"""Where the rules' own list gains most from extra seats: every way where there are few, else a local search.

The procedure is no formula that could be solved for the best seats: more seats at one school can move children through
many others. So ways to give seats are tried, and what no list of the rules can be better than comes from a flow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import comb

from allocator.models.extra_seats.program import Vector
from allocator.models.limit import Limit
from allocator.planning.extra_seats.rules_judge import Extra, RulesJudge

MOST_LISTS = 20_000
"""Lists that are computed to try every way; where there would be more, the search is a local one."""

_STEPS = 3

Cost = tuple[int, ...]
"""What is minimised: an outcome, or the draws' misses of a goal; then the number of units."""

CostOf = Callable[[Extra], Cost]


@dataclass(frozen=True, slots=True)
class Room:
    """What a search may do.

    Attributes
    ----------
    schools : int
        Number of own schools.
    open : tuple of int
        Places of the schools that may get seats, and where somebody can come to.
    step, units : int
        Seats of one unit; most units in all.
    """

    schools: int
    open: tuple[int, ...]
    step: int
    units: int

    @property
    def ways(self) -> int:
        """Number of ways to give at most so many units."""
        return comb(self.units + len(self.open), len(self.open))

    def few(self, draws: int) -> bool:
        """Whether every way can be tried."""
        return self.ways * max(draws, 1) <= MOST_LISTS

    def ways_of(self, units: int) -> int:
        """Return the number of ways to give exactly so many units."""
        return comb(units + len(self.open) - 1, units) if self.open else int(units == 0)

    def seats(self, chosen: Iterable[int]) -> Extra:
        """Return the extra seats if every school chosen gets a unit, each time that it is chosen."""
        seats = [0] * self.schools
        for school in chosen:
            seats[school] += self.step
        return tuple(seats)

    def every(self, units: int) -> Iterator[Extra]:
        """Give every way to give exactly so many units."""
        return map(self.seats, combinations_with_replacement(self.open, units))

    def moved(self, extra: Extra, source: int, target: int, units: int) -> Extra | None:
        """Return seats with some units moved from one school to another, -1 for nowhere; None where that cannot be."""
        seats = list(extra)
        if source >= 0:
            seats[source] -= units * self.step
        if target >= 0:
            seats[target] += units * self.step
        fits = min(seats) >= 0 and sum(seats) <= self.units * self.step
        return tuple(seats) if fits else None


@dataclass(frozen=True, slots=True)
class Searched:
    """The best way found.

    Attributes
    ----------
    extra : Extra
        Extra seats of each own school.
    exhausted : bool
        Whether every way was tried.
    least : int
        Units below which every way was tried, or was known to be too few (``search_rules_fewest``).
    """

    extra: Extra
    exhausted: bool
    least: int = 0


def search_rules_ways(
    room: Room,
    vector: Callable[[Extra], Vector],
    draws: int,
    starts: Sequence[Extra],
    limit: Limit,
    progress: Callable[[str], None],
) -> Searched:
    """Return the way under which the rules' list is best; of equally good ones the fewest seats, then in school order.

    Parameters
    ----------
    room : Room
        What may be done.
    vector : callable
        Gives the outcome of each way.
    draws : int
        Lists that this takes.
    starts : sequence of Extra
        Ways from which a local search sets out, besides no seats at all.
    limit : Limit
        Ends the search.
    progress : callable
        Told how many ways were tried.
    """
    search = _Search(room, lambda extra: (*vector(extra), sum(extra)), limit, progress)
    if room.few(draws):
        whole = search.look(extra for units in range(room.units + 1) for extra in room.every(units))
        return Searched(search.best, whole)
    search.look(starts)
    search.improve()
    start = search.best
    for chunk in _chunks(room.units):
        search.grow(chunk)
    if search.best != start:
        search.improve()
    return Searched(search.best, False)


def search_rules_fewest(
    room: Room, judge: RulesJudge, least: int, start: Extra, limit: Limit, progress: Callable[[str], None],
    lists: int | None = None,
) -> Searched:  # fmt: skip
    """Return the way with the fewest units that misses nothing; of those found the one of the best outcome.

    Parameters
    ----------
    room : Room
        What may be done; ``units`` are those of ``start``.
    judge : RulesJudge
        Gives outcome and misses of each way.
    least : int
        No fewer units can do.
    start : Extra
        A way that misses nothing.
    limit, progress
        As in ``search_rules_ways``.
    lists : int, optional
        Lists that may be computed to try every way, where fewer than usual; the search step by step ends with
        ``_STEPS`` times as many ways.
    """

    def _value(extra: Extra) -> Cost:
        return judge.misses(extra), sum(extra), *judge.vector(extra)

    search = _Search(room, _value, limit, progress, None if lists is None else _STEPS * lists)
    search.take(start)
    most = MOST_LISTS if lists is None else min(lists, MOST_LISTS)
    units, tried = max(least, int(judge.misses(room.seats(())) > 0)), 0
    while units * room.step <= sum(start):
        tried += room.ways_of(units) * max(judge.draws, 1)
        if tried > most or not search.look(room.every(units)):
            break
        if sum(search.best) == units * room.step:
            return Searched(search.best, True, units)
        units += 1
    search.shrink()
    search.improve()
    return Searched(search.best, sum(search.best) == units * room.step, units)


def _chunks(units: int) -> list[int]:
    """Numbers of units given at once: all, half, a quarter … one."""
    found = []
    while units > 1:
        found.append(units)
        units = -(-units // 2)
    return [*found, 1]


class _Search:
    """The best way so far, and steps away from it."""

    def __init__(
        self, room: Room, value: CostOf, limit: Limit, progress: Callable[[str], None], most: int | None = None
    ) -> None:
        self.room, self.limit, self.progress, self.most = room, limit, progress, most
        self._value = value
        self._seen: dict[Extra, Cost] = {}
        self.best: Extra = room.seats(())
        self._known = self._measure(self.best)

    @property
    def over(self) -> bool:
        """Whether a step by step search is to end: by its limit, or because enough ways were tried."""
        return self.limit.over or (self.most is not None and len(self._seen) >= self.most)

    def _measure(self, extra: Extra) -> tuple[Cost, Extra]:
        """Value of a way, then the way itself: more seats at schools that stand first win a tie."""
        if extra not in self._seen:
            self._seen[extra] = self._value(extra)
            if len(self._seen) % 100 == 0:
                self.progress(str(len(self._seen)))
        return self._seen[extra], tuple(-seats for seats in extra)

    def look(self, ways: Iterable[Extra]) -> bool:
        """Look at some ways; False where the limit ended it."""
        for extra in ways:
            if self.limit.over:
                return False
            self.take(extra)
        return not self.limit.over

    def take(self, extra: Extra) -> bool:
        """Whether a way is better than the best so far, which it then replaces."""
        measured = self._measure(extra)
        if measured < self._known:
            self.best, self._known = extra, measured
            return True
        return False

    def grow(self, chunk: int) -> None:
        """From no seats on, give some units at once where that is best, until there are none left."""
        extra = self.room.seats(())
        left = self.room.units
        while left and not self.limit.over:
            units = min(chunk, left)
            steps = [self.room.moved(extra, -1, target, units) for target in self.room.open]
            tried = [(self._measure(step), step) for step in steps if step is not None and not self.limit.over]
            if not tried:
                return
            extra = min(tried)[1]
            self.take(extra)
            left -= units

    def improve(self) -> None:
        """Move units between schools, take some away or give some more, as long as that helps."""
        ends = (-1, *self.room.open)
        better = True
        while better and not self.over:
            better = False
            for source in ends:
                for target in ends:
                    for units in _chunks(self.room.units)[::-1] if source != target else ():
                        extra = self.room.moved(self.best, source, target, units)
                        if extra is None or self.over:
                            break
                        better = self.take(extra) or better

    def shrink(self) -> None:
        """Take units away: from one school, or two from one school for one at another."""
        better = True
        while better and not self.over:
            better = False
            for source in self.room.open:
                for units in _chunks(max(self.best[source] // self.room.step, 1)):
                    extra = self.room.moved(self.best, source, -1, units)
                    if extra is not None and not self.over:
                        better = self.take(extra) or better
            for source in self.room.open:
                for target in self.room.open:
                    less = self.room.moved(self.best, source, -1, 2)
                    extra = None if less is None else self.room.moved(less, -1, target, 1)
                    if extra is not None and not self.over:
                        better = self.take(extra) or better
