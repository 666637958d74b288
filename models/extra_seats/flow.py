"""Extra seats by a minimum-cost flow: exact where bundles may part and seats come singly (where-to-add-seats.md).

The order of the outcomes (children without a seat by category, diversions, metres, extra seats in use) is kept by
weights that are only as large as a cycle of the flow needs: a flow is best exactly where no cycle of moves gains, and a
simple cycle comes to each school and each gate at most once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from ortools.graph.python import min_cost_flow

from allocator.domain import Ints
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


def flow_of_seats(program: SeatsProgram, choices: Settled, limit: Limit) -> SeatsFlow | None:
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
