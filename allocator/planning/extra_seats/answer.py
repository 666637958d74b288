"""The answer to where extra seats help most, and the district that has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.domain import District, SeatChange, WhatIf
from allocator.ground import InputError
from allocator.models.extra_seats.program import Vector
from allocator.planning.extra_seats.request import Request
from allocator.planning.optimum import solve_and_check_optimum
from allocator.planning.whatif import compose


@dataclass(frozen=True, slots=True)
class ExtraSeats:
    """An answer: which schools get how many seats, what becomes of the children, and how far that is proven.

    Attributes
    ----------
    district : District
        The base with its trial draw.
    request : Request
        What was asked.
    extra : Mapping of str to int
        Extra seats of every own school.
    before, after : Vector
        Outcome without and with them, summed up over the draws.
    bound : Vector
        No way to give the seats has a smaller outcome; of no meaning where the fewest seats were asked for.
    units, bound_units : int
        Units in use (seats or classes), and, where the fewest were asked for, the number below which none is enough.
    proven : bool
        Whether there is nothing better.
    tried : int
        Ways of which the rules' list was computed.
    exhausted : bool
        Whether these were all there are.
    hopeless : int
        Children whom no school may take, whatever seats there are.
    beyond : int
        Children of the categories that shall not be diverted who can be seated by diversion alone.
    prices : Mapping of str to int
        Seat prices of the planning optimum of the base; empty where it cannot be formed.
    placed : Mapping of str to str
        The best list by child (``by`` optimum), else empty.
    """

    district: District
    request: Request
    extra: Mapping[str, int]
    before: Vector
    after: Vector
    bound: Vector
    units: int
    bound_units: int
    proven: bool
    tried: int
    exhausted: bool
    hopeless: int
    beyond: int
    prices: Mapping[str, int]
    placed: Mapping[str, str]

    @property
    def lists(self) -> int:
        """Lists over which the outcomes are summed up."""
        return max(self.request.draws, 1)

    @property
    def gap(self) -> tuple[int, int] | None:
        """Place of the first outcome in which ``after`` and ``bound`` differ, and by how much; None for nowhere."""
        pairs = enumerate(zip(self.after, self.bound, strict=True))
        return next(((at, a - b) for at, (a, b) in pairs if a != b), None) if not self.request.fewest else None


class NotEnoughError(InputError):
    """No number of extra seats at the schools allowed reaches the goal."""


def district_of_answer(answer: ExtraSeats) -> District:
    """Return the district with the seats of an answer; hard caps move along."""
    changes = tuple(SeatChange(school=name, add=seats) for name, seats in answer.extra.items() if seats)
    return compose(answer.district, [WhatIf("extra-seats", answer.district.policy.title, changes)]).district


def prices_for_answer(district: District) -> Mapping[str, int]:
    """Return the seat prices of the planning optimum; none where there are no weights, or such as mean nothing."""
    try:
        found = solve_and_check_optimum(district)
    except InputError:
        return {}
    return dict(zip(found.market.schools, found.optimum.price.tolist(), strict=True))
