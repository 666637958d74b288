"""What a list loses against the bound that prices give, and chains of moves that better it (planning.md section 4).

Why prices prove anything, wherever they came from: with a price of at least 0 on every seat no child gets more than
its best value less price, and all seats together cost no more than all of them are worth. So no list is worth more
than the sum of both (weak duality of linear programs), and what a list lacks to it falls apart into losses: of each
child that does not hold its best at the prices, and of each seat with a price that is left empty. Bundles only make
the list worse, so the bound holds for them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import mul

from allocator.checking.optimum.values import Values
from allocator.checking.parties import NO_SCHOOL


class Losses:
    """A feasible list and prices.

    Attributes
    ----------
    values : Values
        What parties may get. Lists by school have the order of ``values.own``, lists by party that of
        ``values.parties``.
    prices, seats : sequence of int
        By school; no price is negative.
    at : sequence of int
        School of every party, ``NO_SCHOOL`` for no seat.
    sizes : list of int
        Children of every party.
    leaders : list of (int, int, int or None)
        By kind: the most that one child can get above a price, where, and how much less anywhere else.
    lost : list of int
        By party: what all its children lose where they are.
    vacant, empty : list of int
        By school: its empty seats, and what they lose.
    objective, bound : int
        Value of the list, and the number that no list exceeds.
    """

    def __init__(self, values: Values, prices: Sequence[int], seats: Sequence[int], at: Sequence[int]) -> None:
        self.values, self.prices, self.seats, self.at = values, prices, seats, at
        self.sizes = list(map(values.roster.size, values.parties))
        self.leaders = list(values.leaders(prices))
        self.lost: list[int] = []
        self.objective = 0
        self.bound = sum(map(mul, prices, seats))
        taken = [0] * len(seats)
        for kind, school, size in zip(values.kinds, at, self.sizes, strict=True):
            worth, best = self._worth(kind, school), self.leaders[kind][0]
            self.objective += size * worth
            self.bound += size * best
            price = 0
            if school != NO_SCHOOL:
                taken[school] += size
                price = prices[school]
            self.lost.append(size * (best - worth + price))
        self.vacant = [room - children for room, children in zip(seats, taken, strict=True)]
        self.empty = list(map(mul, prices, self.vacant))

    def _worth(self, kind: int, school: int) -> int:
        """Value of a school for one child of a kind; 0 for no seat."""
        if school == NO_SCHOOL:
            return 0
        values = self.values
        return values.values[values.schools.index(school, values.starts[kind], values.starts[kind + 1])]

    def core(self, n: int, width: int) -> list[tuple[int, int]]:
        """Options of a party that lose at most the width: school or ``NO_SCHOOL``, and what all its children lose."""
        values, prices, kind, size = self.values, self.prices, self.values.kinds[n], self.sizes[n]
        (best, leader, behind), slack = self.leaders[kind], width // size
        if behind is None or behind > slack:
            return [(leader, 0)]
        first, end = values.starts[kind], values.starts[kind + 1]
        options: Iterable[tuple[int, int]] = zip(values.schools[first:end], values.values[first:end], strict=True)
        least = best - slack
        found = [(s, size * (best - v + prices[s])) for s, v in options if v - prices[s] >= least]
        return found if best > slack else [*found, (NO_SCHOOL, size * best)]


def has_gaining_chain(losses: Losses) -> bool:
    """Return whether some chain of moves of single children makes the list better.

    Each child of a chain moves to the school that the next one leaves; the chain begins and ends at an empty seat or
    without a seat, or closes. With bundles where they are this is an assignment of single children, optimal exactly if
    no such chain gains (Ahuja, Magnanti and Orlin 1993). Found as a positive cycle of gains over the schools.
    """
    gains, start = _gains(losses), len(losses.seats)
    best = [0] * (start + 1)
    for _ in range(start + 2):
        changed = False
        for (source, target), gain in gains.items():
            if best[source] + gain > best[target]:
                best[target] = best[source] + gain
                changed = True
        if not changed:
            return False
    return True


def _gains(losses: Losses) -> dict[tuple[int, int], int]:
    """Largest gain of a single child's move between two schools; the last place stands for no seat and empty seats."""
    values, outside = losses.values, len(losses.seats)
    gains: dict[tuple[int, int], int] = {}
    seen: set[tuple[int, int]] = set()
    for kind, school, size in zip(values.kinds, losses.at, losses.sizes, strict=True):
        if size > 1 or (kind, school) in seen:
            continue
        seen.add((kind, school))
        options = [*values.options(kind), (NO_SCHOOL, 0)]
        here = next(value for option, value in options if option == school)
        for option, value in options:
            pair = (outside if school == NO_SCHOOL else school, outside if option == NO_SCHOOL else option)
            if pair[0] != pair[1]:
                gains[pair] = max(gains.get(pair, value - here), value - here)
    for school, lost in enumerate(losses.vacant):
        gains[outside, school] = max(gains.get((outside, school), 0), 0)  # a seat that is left may stay empty
        if lost:
            gains[school, outside] = max(gains.get((school, outside), 0), 0)  # an empty seat takes whoever comes
    return gains
