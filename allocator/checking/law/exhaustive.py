"""Exhaustive search for an assignment better than the one given, within a budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BETTER, PROVEN, OPEN = "better", "proven", "open"
"""A better assignment was found; there is none; the budget ran out."""

BUDGET = 200_000
"""Most options tried."""

DEEPEST = 400
"""Most parties searched; more would nest calls too deeply."""


class Destination(NamedTuple):
    """One node a party may go to, what the whole party costs there, and what of it is lost against the bound."""

    node: int
    cost: int
    loss: int


class _Search:
    """Depth first, parties in their order, each option in its order."""

    def __init__(
        self, options: Sequence[Sequence[Destination]], sizes: Sequence[int], seats: Sequence[int],
        given: Sequence[int], gap: int,
    ) -> None:  # fmt: skip
        self.options, self.sizes, self.seats, self.gap = options, sizes, list(seats), gap
        self.places = [[o.node for o in mine].index(node) for mine, node in zip(options, given, strict=True)]
        self.limit = sum(mine[n].cost for mine, n in zip(options, self.places, strict=True))
        self.tried = 0
        self.chosen: list[int] = []

    def run(self, cost: int, loss: int, earlier: int) -> bool:
        """Whether the parties from here on can be placed so that the whole is better than what is given.

        ``earlier`` tells how the choices so far compare with the given ones: -1 better, 0 equal, 1 worse.
        """
        p = len(self.chosen)
        if p == len(self.options):
            return (cost, earlier) < (self.limit, 0)
        for place, option in enumerate(self.options[p]):
            sign = earlier or (place > self.places[p]) - (place < self.places[p])
            hopeful = (loss + option.loss, sign) <= (self.gap, 0) and self.seats[option.node] >= self.sizes[p]
            if hopeful and self._try(p, option, cost, loss, sign):
                return True
        return False

    def _try(self, p: int, option: Destination, cost: int, loss: int, sign: int) -> bool:
        """Choose an option and go on."""
        self.tried += 1
        if self.tried > BUDGET:
            raise _BudgetSpentError
        self.seats[option.node] -= self.sizes[p]
        self.chosen.append(option.node)
        found = self.run(cost + option.cost, loss + option.loss, sign)
        self.seats[option.node] += self.sizes[p]
        if not found:
            self.chosen.pop()
        return found


class _BudgetSpentError(Exception):
    """The search was given up."""


def exhaustive_search(
    options: Sequence[Sequence[Destination]],
    sizes: Sequence[int],
    seats: Sequence[int],
    options_of_list: Sequence[int],
    gap: int,
) -> tuple[str, list[int]]:
    """Look for an assignment of less cost, or of equal cost and lexicographically earlier options.

    Parameters
    ----------
    options : sequence of sequence of Destination
        Of every party, the one it likes best first; that of ``options_of_list`` must be among them.
    options_of_list : sequence of int
        Node of every party in the assignment to be beaten.
    gap : int
        An assignment of more loss than this costs more than the given one; one of just this loss costs no less.

    Returns
    -------
    verdict : str
        ``BETTER``, ``PROVEN`` or ``OPEN``.
    nodes : list of int
        The better assignment; empty unless there is one.
    """
    if len(options) > DEEPEST:
        return OPEN, []
    this = _Search(options, sizes, seats, options_of_list, gap)
    try:
        found = this.run(0, 0, 0)
    except _BudgetSpentError:
        return OPEN, []
    return (BETTER, this.chosen) if found else (PROVEN, [])
