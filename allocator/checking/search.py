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

NO_SEAT = -1


class Choice(NamedTuple):
    """A party that can choose.

    Attributes
    ----------
    size : int
        Its children.
    options : tuple of (int, int)
        Position of the school in its component, or ``NO_SEAT``, and what the whole party loses there.
    """

    size: int
    options: tuple[tuple[int, int], ...]


class BudgetSpentError(Exception):
    """The search was given up; nothing is known."""


def least_loss(
    choices: Sequence[Choice], left: Sequence[int], prices: Sequence[int], limit: int, budget: int
) -> int | None:
    """Return the least that a component can lose, if that is less than the limit; None if it is not.

    Parameters
    ----------
    choices : sequence of Choice
        Parties that can choose.
    left : sequence of int
        Seats for them, by school of the component.
    prices : sequence of int
        What an empty seat loses, by school.
    limit : int
        Loss that must be undercut.
    budget : int
        Most states visited.

    Raises
    ------
    BudgetSpentError
        If the budget is too small; so it is if there are more parties than states may be visited.
    """
    if len(choices) > budget:
        raise BudgetSpentError
    demand = Counter(school for choice in choices for school in _schools(choice) for _ in range(choice.size))
    start = list(left)
    lost = sum([_drop(start, school, demand[school], prices) for school in range(len(left))])
    states = {tuple(start): lost} if lost < limit else {}
    for choice in _ordered(choices):
        demand.subtract(dict.fromkeys(_schools(choice), choice.size))
        states, visited = _next(states, choice, demand, prices, limit, budget)
        budget -= visited
    return min(states.values(), default=None)


def _schools(choice: Choice) -> list[int]:
    """Schools to which a party can come."""
    return [school for school, _ in choice.options if school != NO_SEAT]


def _drop(left: list[int], school: int, demand: int, prices: Sequence[int]) -> int:
    """Forget the seats of a school that will stay empty in any case; return what they lose."""
    empty = max(0, left[school] - demand)
    left[school] -= empty
    return empty * prices[school]


def _next(
    states: dict[tuple[int, ...], int],
    choice: Choice,
    demand: Counter[int],
    prices: Sequence[int],
    limit: int,
    budget: int,
) -> tuple[dict[tuple[int, ...], int], int]:
    """Let one party decide; return the states after it, and how many were visited."""
    found: dict[tuple[int, ...], int] = {}
    visited, schools = 0, _schools(choice)
    for left, lost in states.items():
        for school, loss in choice.options:
            if school != NO_SEAT and left[school] < choice.size:
                continue
            after, total = list(left), lost + loss
            if school != NO_SEAT:
                after[school] -= choice.size
            total += sum([_drop(after, s, demand[s], prices) for s in schools])
            if total >= limit:
                continue
            visited += 1
            if visited > budget:
                raise BudgetSpentError
            state = tuple(after)
            if total < found.get(state, limit):
                found[state] = total
    return found, visited


def _ordered(choices: Sequence[Choice]) -> Iterator[Choice]:
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
