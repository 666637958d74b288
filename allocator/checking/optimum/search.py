"""Search of one component for places of its parties that lose less (planning.md section 5).

The parties decide one after another. All that the later ones need to know of the earlier ones are the seats left, so
of all ways that leave the same seats only the one that loses least is kept. Seats that the parties still to come
cannot fill are counted as lost at once, and forgotten: a school that nobody can come to any more distinguishes nothing.
The order of parties closes school after school, so that few are open at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allocator.checking.parties import NO_SCHOOL

SeatsLeft = tuple[int, ...]
"""Seats left at the open schools, in the order in which they were opened."""


class Chooser(NamedTuple):
    """A party that can choose.

    Attributes
    ----------
    size : int
        Its children.
    options : tuple of (int, int)
        Position of the school in its component, or ``NO_SCHOOL``, and what the whole party loses there.
    """

    size: int
    options: tuple[tuple[int, int], ...]


class BudgetSpentError(Exception):
    """The search was given up; nothing is known."""


def search_least_loss(
    choices: Sequence[Chooser], left: Sequence[int], prices: Sequence[int], limit: int, budget: int
) -> int | None:
    """Return the least that a component can lose, if that is less than the limit; None if it is not.

    Parameters
    ----------
    left : sequence of int
        Seats for them, by school of the component.
    prices : sequence of int
        What an empty seat loses, by school.
    limit : int
        Loss that must be undercut.

    Raises
    ------
    BudgetSpentError
        If the budget is too small; so it is if there are more parties than states may be visited.
    """
    if len(choices) > budget:
        raise BudgetSpentError
    seats = _Seats(choices, left, prices)
    states: dict[SeatsLeft, int] = {(): seats.lost} if seats.lost < limit else {}
    for choice in _ordered(choices):
        states = seats.opened(choice, states)
        states, visited = _next(states, choice, seats, limit, budget)
        states = seats.closed(states)
        budget -= visited
    return min(states.values(), default=None)


class _Seats:
    """Which schools are open, that is: some parties that can come there have decided, and others have not.

    Only open schools stand in a state. At the others the seats left are the same in all states: nobody has decided
    yet, or nobody can come any more and what was left has been counted as lost.
    """

    def __init__(self, choices: Sequence[Chooser], left: Sequence[int], prices: Sequence[int]) -> None:
        self.prices = prices
        self.demand = Counter(school for c in choices for school in _schools(c) for _ in range(c.size))
        self.left = [min(seats, self.demand[school]) for school, seats in enumerate(left)]
        self.lost = sum((seats - kept) * p for seats, kept, p in zip(left, self.left, prices, strict=True))
        self.open: list[int] = []

    def opened(self, choice: Chooser, states: dict[SeatsLeft, int]) -> dict[SeatsLeft, int]:
        """Open the schools of a party, and take the party off those that are still to come."""
        new = [school for school in _schools(choice) if school not in self.open]
        self.open += new
        self.demand.subtract(dict.fromkeys(_schools(choice), choice.size))
        added = tuple(self.left[school] for school in new)
        return {(*state, *added): lost for state, lost in states.items()} if new else states

    def closed(self, states: dict[SeatsLeft, int]) -> dict[SeatsLeft, int]:
        """Take the schools to which nobody can come any more out of the states."""
        kept = [place for place, school in enumerate(self.open) if self.demand[school]]
        if len(kept) == len(self.open):
            return states
        self.open = [self.open[place] for place in kept]
        found: dict[SeatsLeft, int] = {}
        for state, lost in states.items():
            less = tuple([state[place] for place in kept])
            found[less] = min(lost, found.get(less, lost))
        return found


def _schools(choice: Chooser) -> list[int]:
    """Schools to which a party can come."""
    return [school for school, _ in choice.options if school != NO_SCHOOL]


def _next(
    states: dict[SeatsLeft, int], choice: Chooser, seats: _Seats, limit: int, budget: int
) -> tuple[dict[SeatsLeft, int], int]:
    """Let one party decide; return the states after it, and how many were visited.

    Seats that the parties still to come cannot fill are lost at once.
    """
    found: dict[SeatsLeft, int] = {}
    visited, place = 0, {school: seats.open.index(school) for school in _schools(choice)}
    for left, lost in states.items():
        for school, loss in choice.options:
            if school != NO_SCHOOL and left[place[school]] < choice.size:
                continue
            after, total = list(left), lost + loss
            if school != NO_SCHOOL:
                after[place[school]] -= choice.size
            for other, at in place.items():
                empty = max(0, after[at] - seats.demand[other])
                after[at] -= empty
                total += empty * seats.prices[other]
            if total >= limit:
                continue
            visited += 1
            if visited > budget:
                raise BudgetSpentError
            state = tuple(after)
            if total < found.get(state, limit):
                found[state] = total
    return found, visited


def _ordered(choices: Sequence[Chooser]) -> Iterator[Chooser]:
    """Parties school by school: next the school with the fewest of them left, if possible one already open."""
    coming: dict[int, list[int]] = {}
    for n in sorted(range(len(choices)), key=lambda n: (choices[n].options, choices[n].size)):
        for school in _schools(choices[n]):
            coming.setdefault(school, []).append(n)
    count = {school: len(parties) for school, parties in coming.items()}
    done, opened = [False] * len(choices), set[int]()
    while count:
        school = min(opened or count, key=lambda s: (count[s], s))
        for n in coming[school]:
            if not done[n]:
                done[n] = True
                yield choices[n]
                for other in _schools(choices[n]):
                    count[other] -= 1
                    opened.add(other)
        opened.discard(school)
        del count[school]
