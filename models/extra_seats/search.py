"""Extra seats with whole bundles, one by one or in whole classes: branch and bound over flows (where-to-add-seats.md).

A minimum-cost flow is exact where bundles may part and seats come singly. The order of the outcomes (children without a
seat by category, diversions, metres, extra seats in use) is kept by weights that are only as large as a cycle of the
flow needs: a flow is best exactly where no cycle of moves gains, and a simple cycle comes to each school and each gate
at most once. Where a flow takes a piece of a class, the search goes on with one class less and one more there; where it
parts a bundle, with the bundle at each of its schools. The smallest outcome comes first, so the first flow that needs
neither is the best list.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from ortools.graph.python import min_cost_flow

from allocator.domain import Ints, Mask
from allocator.models.extra_seats.program import SeatsProgram, Vector
from allocator.models.limit import Limit


@dataclass(frozen=True, slots=True)
class Settled:
    """What has been settled of extra seats and of bundles that a flow had parted.

    Attributes
    ----------
    least, most : (m,) int64
        Extra seats that each school has for certain, and may have.
    pool : int
        Extra seats in all.
    seated : tuple of int
        Ways that one party each goes for certain.
    left_out : tuple of int
        Types of which one party each has no seat for certain.
    """

    least: Ints
    most: Ints
    pool: int
    seated: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatsFlow:
    """The best outcome if the children of bundles could part.

    Attributes
    ----------
    placed : (a,) int64
        Children of each way.
    unplaced : (t,) int64
        Children of each type without a seat.
    extra : (m,) int64
        Extra seats in use at each school, beyond those that it has for certain.
    vector : Vector
        The outcome: no list with whole bundles has a smaller one.
    torn : int
        A type of which some bundle is parted, -1 for none.
    """

    placed: Ints
    unplaced: Ints
    extra: Ints
    vector: Vector
    torn: int


@dataclass(frozen=True, slots=True)
class _Weights:
    """Cost of a metre, a diversion, an extra seat, and of a child without a seat for each place of its category."""

    metre: int
    diverted: int
    seat: int
    without: int


def search_seat_flow(program: SeatsProgram, choices: Settled, limit: Limit) -> SeatsFlow | None:
    """Return the best outcome under some choices, children of bundles one by one.

    None where the choices leave no room for a party that was seated, or the limit ended it.
    """
    return limit.run(partial(_solve, program, choices))


def _weights(program: SeatsProgram) -> _Weights:
    """Weights under which a cycle gains exactly where it gains in the first outcome that it changes.

    A simple cycle has at most two ways at each gate and each school, two arcs of children without a seat, and changes
    the number of extra seats in use by at most one.
    """
    ways = 2 * (len(program.gate_school) + len(program.seats))
    far = int(program.metres.max(initial=0)) + 1
    diverted = 2 * ways * far + 2
    return _Weights(2, diverted, 1, ways * (diverted + 2 * far) + 2)


class _Network:
    """A network under construction: types, gates, a sink that also takes children without a seat, a pool."""

    def __init__(self, program: SeatsProgram) -> None:
        self.program = program
        self.flow = min_cost_flow.SimpleMinCostFlow()
        self.most = int(program.size @ program.count)  # children in all: no arc carries more
        self.gate = program.types + np.arange(len(program.gate_school))
        self.sink = program.types + len(program.gate_school)
        self.pool = self.sink + 1

    def arcs(self, tail: Ints | int, head: Ints | int, capacity: Ints, cost: Ints | int = 0) -> Ints:
        """Add arcs; return their numbers."""
        tails, heads, costs = (np.broadcast_to(np.int64(x), capacity.shape).copy() for x in (tail, head, cost))
        capped = np.minimum(capacity, self.most)
        found: Ints = self.flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capped, costs)
        return found


def _solve(program: SeatsProgram, choices: Settled) -> SeatsFlow | None:
    """Build the network, solve it, and read it."""
    network, weights = _Network(program), _weights(program)
    size, schools = program.size, len(program.seats)
    seated = np.array(choices.seated, dtype=np.int64)
    left_out = size * np.bincount(np.array(choices.left_out, dtype=np.int64), minlength=program.types)
    supply = size * (program.count - np.bincount(program.owner[seated], minlength=program.types)) - left_out
    cost = weights.diverted * program.diverted + weights.metre * program.metres
    ways = network.arcs(program.owner, network.gate[program.gate], supply[program.owner], cost)
    without = (program.categories - program.rank) * weights.without
    none = network.arcs(np.arange(program.types), network.sink, supply, without)
    certain = network.pool + 1 + np.arange(len(seated))
    network.arcs(certain, network.gate[program.gate[seated]], size[program.owner[seated]])
    rounds, ends = network.gate[schools:], network.gate[:schools]
    network.arcs(rounds, ends[program.gate_school[schools:]], program.gate_room[schools:])
    network.arcs(ends, network.sink, program.seats + choices.least)
    extra = network.arcs(ends, network.pool, choices.most - choices.least)
    network.arcs(network.pool, network.sink, np.array([choices.pool - int(choices.least.sum())]), weights.seat)
    network.flow.set_nodes_supplies(np.arange(program.types), supply)
    network.flow.set_nodes_supplies(certain, size[program.owner[seated]])
    network.flow.set_node_supply(network.sink, -int(supply.sum() + size[program.owner[seated]].sum()))
    status = network.flow.solve()
    if status == network.flow.INFEASIBLE:
        return None
    if status != network.flow.OPTIMAL:
        raise ArithmeticError(f"Expected an optimal flow, found {status.name}.")
    placed, unplaced, used = (np.array(network.flow.flows(part), dtype=np.int64) for part in (ways, none, extra))
    torn = _torn(program, placed, unplaced)
    np.add.at(placed, seated, size[program.owner[seated]])
    unplaced += left_out
    return SeatsFlow(placed, unplaced, used, program.vector(placed, unplaced), torn)


def _torn(program: SeatsProgram, placed: Ints, unplaced: Ints) -> int:
    """A type of which a flow parts some bundle, the largest first; -1 for none."""
    parted = unplaced % program.size > 0
    parted[program.owner[placed % program.size[program.owner] > 0]] = True
    at = np.flatnonzero(parted)
    return int(at[np.argmax(program.size[at])]) if len(at) else -1


_TELL_EVERY = 50  # flows


@dataclass(frozen=True, slots=True)
class SeatsFound:
    """Extra seats and a list with whole bundles.

    Attributes
    ----------
    placed : (a,) int64
        Children of each way; whole parties.
    unplaced : (t,) int64
        Children of each type without a seat.
    extra : (m,) int64
        Extra seats at each school.
    vector, bound : Vector
        The outcome, and what no outcome is smaller than.
    """

    placed: Ints
    unplaced: Ints
    extra: Ints
    vector: Vector
    bound: Vector

    @property
    def proven(self) -> bool:
        """Whether there is nothing better."""
        return self.vector == self.bound


def search_best_seats(
    program: SeatsProgram, where: Mask, units: int, step: int, limit: Limit,
    progress: Callable[[str], None] = lambda _: None,
) -> SeatsFound:  # fmt: skip
    """Return the best list with whole bundles and extra seats; ended early, the best one found, with its bound.

    Parameters
    ----------
    where : (m,) bool
        Schools that may get extra seats.
    units, step : int
        Most units in all, and seats of one unit.
    """
    nothing = np.zeros(len(program.seats), dtype=np.int64)
    root = Settled(nothing, np.where(where & program.reached, units * step, 0), units * step)
    return _Search(program, step, limit, progress).run(root)


def search_fewest_units(
    program: SeatsProgram, where: Mask, step: int, limit: Limit, least: Ints | None = None
) -> int | None:
    """Return a number of units; with fewer somebody stays without a seat whom a school could have.

    Bundles may part here, so more can be needed. None where no number is enough, or the limit ended the search.

    Parameters
    ----------
    where : (m,) bool
        Schools that may get extra seats.
    least : (m,) int64, optional
        Extra seats that schools have for certain; they count as well.
    """
    certain = np.zeros(len(program.seats), dtype=np.int64) if least is None else least
    children = int(program.size @ program.count)
    hopeless = int((program.size * program.count)[program.hopeless].sum())

    def _enough(units: int) -> bool | None:
        most = np.maximum(np.where(where, units * step, 0), certain)
        found = search_seat_flow(program, Settled(certain, most, units * step), limit)
        return None if found is None else int(found.unplaced.sum()) == hopeless

    low = int(certain.sum()) // step
    high = low - (-children // step)
    if not _enough(high):
        return None
    while low < high:
        middle = (low + high) // 2
        answer = _enough(middle)
        if answer is None:
            return None
        low, high = (low, middle) if answer else (middle + 1, high)
    return low


class _Search:
    """Open choices in a heap, the smallest outcome first; among equal ones the deepest."""

    def __init__(self, program: SeatsProgram, step: int, limit: Limit, progress: Callable[[str], None]) -> None:
        self.program, self.step, self.limit, self.progress = program, step, limit, progress
        self.open: list[tuple[Vector, int, int, Settled, SeatsFlow]] = []
        self.solved = 0
        self.best: SeatsFound | None = None

    def run(self, root: Settled) -> SeatsFound:
        """Search until the best list is proven or the limit is over."""
        program = self.program
        self._keep(root.least, np.zeros_like(program.owner), program.size * program.count)
        assert self.best is not None
        self._add(root, 0)
        while self.open and not self.limit.over and self.open[0][0] < self.best.vector:
            _, depth, _, choices, flow = heapq.heappop(self.open)
            branches = list(self._branches(choices, flow))
            if not branches:
                self._keep(choices.least + flow.extra, flow.placed, flow.unplaced)
                continue
            self._round(choices, flow)
            for branch in branches:
                self._add(branch, depth - 1)
        bound = min([node[0] for node in self.open[:1]] + [self.best.vector])
        if not self.solved:
            bound = (0,) * len(bound)
        return replace(self.best, bound=bound)

    def _add(self, choices: Settled, depth: int) -> None:
        """Solve the flow of some choices and put them into the heap if they can be better than the best list."""
        flow = search_seat_flow(self.program, choices, self.limit)
        if flow is None:
            return
        self.solved += 1
        if self.solved % _TELL_EVERY == 0:
            self.progress(str(self.solved))
        assert self.best is not None
        if flow.vector < self.best.vector:
            heapq.heappush(self.open, (flow.vector, depth, self.solved, choices, flow))

    def _branches(self, choices: Settled, flow: SeatsFlow) -> Iterator[Settled]:
        """Choices that together leave out nothing but what this flow did wrong; none where it did nothing wrong."""
        pieces = flow.extra % self.step
        if pieces.any():
            at = int(np.argmax(pieces))
            below = int(choices.least[at] + flow.extra[at] - pieces[at])
            least, most = choices.least.copy(), choices.most.copy()
            least[at], most[at] = below + self.step, below
            if int(least.sum()) <= choices.pool:
                yield replace(choices, least=least)
            yield replace(choices, most=most)
        elif flow.torn >= 0:
            for way in np.flatnonzero(self.program.owner == flow.torn).tolist():
                yield replace(choices, seated=(*choices.seated, way))
            yield replace(choices, left_out=(*choices.left_out, flow.torn))

    def _round(self, choices: Settled, flow: SeatsFlow) -> None:
        """Turn a flow into a list: whole classes where most of one is used, torn bundles without a seat."""
        least = choices.least + flow.extra - flow.extra % self.step
        for at in np.argsort(-(flow.extra % self.step), kind="stable").tolist():
            if flow.extra[at] % self.step and int(least.sum()) + self.step <= choices.pool:
                least[at] += self.step
        whole = search_seat_flow(self.program, replace(choices, least=least, most=least), self.limit)
        if whole is not None:
            size = self.program.size[self.program.owner]
            placed = whole.placed - whole.placed % size
            seated = np.bincount(self.program.owner, placed, self.program.types).astype(np.int64)
            self._keep(least, placed, self.program.size * self.program.count - seated)

    def _keep(self, extra: Ints, placed: Ints, unplaced: Ints) -> None:
        """Keep a list if it is the best so far."""
        vector = self.program.vector(placed, unplaced)
        if self.best is None or vector < self.best.vector:
            self.best = SeatsFound(placed, unplaced, extra, vector, vector)
