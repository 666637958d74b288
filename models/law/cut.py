"""The cut as constraints: parties in an order, each holding the first school of its route that has room for it.

For party ``i`` and school ``s`` of its route, with ``c`` the children of parties ahead of it that hold ``s``, ``k`` its
size, ``f`` the seats free before this step, and ``h`` the children that may still come before the hard cap:

* room[i,s]  <=>  c <= max(f - k, min(f - 1, h - k))      (``skip``: c <= f - k)
* y[i,s]  =>  room[i,s]
* room[i,s]  =>  y[i,s] or y[i,s'] for a school s' that comes earlier in the route
* at most one y[i,.]

Counters carry ``c`` along each school's order, so the model is linear in the number of options. A party depends only
on those ahead of it, so a long order is cut into blocks: each block's solution is the start of the next, and that the
list is unique follows by induction over the blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ortools.sat.python import cp_model

from allocator.models.solver import solve_unique

OPTIONS_PER_BLOCK = 4_000
OPTIONS_PER_PARTY = 8
CHILDREN_PER_BLOCK = (4_096, 1_024, 256, 64, 16)
"""Most children of a block; the first with which the options of a block, and of a party on average, are few enough."""


class SchoolSeats(NamedTuple):
    """What one school has before a step.

    Attributes
    ----------
    free : int
        Seats this step may fill; can be negative after a bundle came over plan.
    under_cap : int
        Children that may still be seated before the hard cap is reached, seats set aside counted as taken;
        negative where bundles are never taken over plan.
    """

    free: int
    under_cap: int

    def most_ahead(self, size: int) -> int:
        """Return the largest number of children ahead with which a party still has room."""
        return max(self.free - size, min(self.free - 1, self.under_cap - size))


class Comer(NamedTuple):
    """A party in the order: its size and the schools to which it comes, first choice first."""

    size: int
    route: Sequence[str]


Literal = cp_model.IntVar | bool
ChildCount = cp_model.IntVar | int


@dataclass(slots=True)
class CutModel:
    """The model of one block.

    Attributes
    ----------
    seats : Mapping[str, Seats]
        What each school has before the step.
    least, most : Mapping[str, int]
        Bounds of the children ahead at each school within the block: those seated by the blocks before, and those
        together with everyone who comes there.
    ahead : dict of str to ChildCount
        Children ahead of the next party at each school: a number at the start, then a counter.
    """

    seats: Mapping[str, SchoolSeats]
    least: Mapping[str, int]
    most: Mapping[str, int]
    ahead: dict[str, ChildCount] = field(init=False)
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        self.ahead = dict(self.least)

    def room(self, school: str, size: int) -> Literal:
        """Room <=> children ahead <= threshold; a constant where the counter's bounds already decide."""
        ahead, threshold = self.ahead[school], self.seats[school].most_ahead(size)
        if self.most[school] <= threshold or (isinstance(ahead, int) and ahead <= threshold):
            return True
        if self.least[school] > threshold:
            return False
        literal = self.model.new_bool_var("")
        self.model.add(ahead <= threshold).only_enforce_if(literal)
        self.model.add(ahead >= threshold + 1).only_enforce_if(~literal)
        return literal

    def hold_first_with_room(self, comer: Comer) -> list[cp_model.IntVar]:
        """The party holds the first school of its route that has room, and no other; returns y by place in the route.

        The list ends early where a school is sure to have room: nobody comes to what follows.
        """
        held: list[cp_model.IntVar] = []
        for school in comer.route:
            room = self.room(school, comer.size)
            y = self.model.new_bool_var("")
            held.append(y)
            if room is False:
                self.model.add(y == 0)
                continue
            self.model.add_bool_or(held if room is True else [*held, ~room])
            if room is True:
                break
            self.model.add_implication(y, room)
        self.model.add_at_most_one(held)
        return held

    def count(self, school: str, size: int, y: cp_model.IntVar) -> None:
        """The counter of the school goes on: ahead' = ahead + size * y."""
        after = self.model.new_int_var(self.least[school], self.most[school], "")
        self.model.add(after == self.ahead[school] + size * y)
        self.ahead[school] = after


def solve_cut(order: Sequence[Comer], seats: Mapping[str, SchoolSeats], rule: str) -> list[str]:
    """Return the school that each party of an order holds, empty for none, proven to be the only solution.

    Raises
    ------
    DisagreementError
        If there is no solution or a second one.
    """
    taken = dict.fromkeys(seats, 0)
    result: list[str] = []
    while len(result) < len(order):
        block = _next_block(order, len(result), seats, taken)
        held = _solve_block(block, seats, taken, rule)
        for comer, school in zip(block, held, strict=True):
            if school:
                taken[school] += comer.size
        result.extend(held)
    return result


def _next_block(
    order: Sequence[Comer], start: int, seats: Mapping[str, SchoolSeats], taken: Mapping[str, int]
) -> list[Comer]:
    """Return the next parties, as many as have about ``OPTIONS_PER_BLOCK`` options that are not decided yet.

    The fewer children a block has, the sooner schools are sure to have room for all of them.
    """
    block: list[Comer] = []
    spare: dict[int, dict[str, int]] = {}
    for children in CHILDREN_PER_BLOCK:
        block, options, total = [], 0, 0
        for at in range(start, len(order)):
            size = order[at].size
            total += size
            if block and (total > children or options >= OPTIONS_PER_BLOCK):
                break
            if size not in spare:
                spare[size] = {school: there.most_ahead(size) - taken[school] for school, there in seats.items()}
            block.append(Comer(size, _undecided(order[at].route, spare[size], max(children, total))))
            options += len(block[-1].route)
        if options < OPTIONS_PER_BLOCK and options <= OPTIONS_PER_PARTY * len(block):
            break
    return block


def _undecided(route: Sequence[str], spare: Mapping[str, int], children: int) -> list[str]:
    """Return a route without schools that have no room already, as far as a party of the block can come.

    It comes past a school only if more children sit down there within the block than the school can spare. So where the
    schools of the route can spare more than all children of the block together, one of them has room.

    Parameters
    ----------
    spare : Mapping[str, int]
        How many children may still come to each school before a party of this size has no room there; below 0 where
        it has none.
    """
    found: list[str] = []
    needed = 0
    for school in route:
        if spare[school] >= 0:
            found.append(school)
            needed += spare[school] + 1
            if needed > children:
                break
    return found


def _solve_block(
    block: Sequence[Comer], seats: Mapping[str, SchoolSeats], taken: Mapping[str, int], rule: str
) -> list[str]:
    """Model and solve one block; ``taken`` holds the children seated by the blocks before."""
    most = dict(taken)
    for comer in block:
        for school in comer.route:
            most[school] += comer.size
    cut = CutModel(seats, dict(taken), most)
    held = []
    for comer in block:
        options = cut.hold_first_with_room(comer)
        for school, y in zip(comer.route, options, strict=False):
            cut.count(school, comer.size, y)
        held.append(options)
    values = iter(solve_unique(cut.model, [y for options in held for y in options], rule))
    taken_by = [[next(values) for _ in options] for options in held]
    return [
        next((school for school, value in zip(comer.route, row, strict=False) if value), "")
        for comer, row in zip(block, taken_by, strict=True)
    ]
