"""The bound of a diversion by least distance: every child of a bundle moves alone (see ``least_distance``)."""

from __future__ import annotations

from typing import NamedTuple

from allocator.checking.law.exchanges import EMPTY, prices_or_cycle, residual
from allocator.checking.law.exhaustive import Destination
from allocator.checking.law.transport import Transport

ROUNDS = 400
"""Most exchanges made on the way from the list to the bound; a list farther away is not proven."""


class Bound(NamedTuple):
    """What the relaxed problem shows.

    Attributes
    ----------
    prices : list of int
        Price of every node; each child of the relaxed optimum stands where cost less price is least.
    gap : int
        Cost of the list less cost of the relaxed optimum.
    """

    prices: list[int]
    gap: int


def relaxed(problem: Transport) -> Bound | None:
    """Solve the relaxed problem by cheaper and cheaper exchanges, starting from the list; None if they are too many."""
    single = _single(problem)
    gap, nodes = 0, len(problem.schools)
    for _ in range(ROUNDS):
        prices, cycle = prices_or_cycle(residual(single.moves(bundles=True), single.spare(), nodes))
        if not cycle:
            return Bound(prices, gap)
        for _, y, move in cycle:
            gap -= move.cost
            if move.mover != EMPTY:
                single.at[move.mover] = y
    return None


def _single(problem: Transport) -> Transport:
    """The same children, each a party of its own."""
    of = [p for p, size in enumerate(problem.sizes) for _ in range(size)]
    options, at = [problem.options[p] for p in of], [problem.at[p] for p in of]
    return Transport([problem.parties[p] for p in of], [1] * len(of), options, at, problem.seats, problem.schools)


def options_within(problem: Transport, bound: Bound) -> list[list[Destination]]:
    """Options of every party that an assignment no worse than the list can hold.

    Such an assignment costs at least the bound and what its options lose: for a party, the size times the excess of
    cost less price over the least there is (weak duality: the price of a seat is never negative, and 0 where a seat
    is empty). So an option that loses more than the gap is in none.
    """
    found = []
    for size, options in zip(problem.sizes, problem.options, strict=True):
        least = min(cost - bound.prices[n] for n, cost in options.items())
        mine = [Destination(n, cost * size, (cost - bound.prices[n] - least) * size) for n, cost in options.items()]
        found.append([option for option in mine if option.loss <= bound.gap])
    return found
