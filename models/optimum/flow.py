"""The relaxation in which the children of a bundle may part: a minimum-cost flow on types (planning.md section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from ortools.graph.python import min_cost_flow

from allocator.domain import Ints, Mask
from allocator.models.limit import Limit
from allocator.models.optimum.market import Market
from allocator.models.optimum.prices import best_less_price, bound_of_prices, least_prices

_FIRST_OPTIONS = 4  # options of each type to begin with; the others join when prices ask for them


@dataclass(frozen=True, slots=True)
class Relaxation:
    """An optimal assignment of children one by one, and the prices that prove it.

    Ended early, the assignment is that of the options looked at so far; the bound holds for all.

    Attributes
    ----------
    flow : (a,) int64
        Children of each option.
    unseated : (t,) int64
        Children of each type without a seat.
    price : (m,) int64
        Least seat prices.
    bound : int
        Its value: no list with whole bundles is worth more.
    """

    flow: Ints
    unseated: Ints
    price: Ints
    bound: int


def relax_to_flow(market: Market, limit: Limit) -> Relaxation | None:
    """Return the optimum of the relaxation, or what is known of it when the search has to end; None for nothing.

    Types begin with their best options only. Where another option gains at the prices found, it joins, and the flow is
    solved again, until none does (column generation): most options of most children never matter.
    """
    chosen, known = _first(market), None
    while not limit.over:
        solved = limit.run(partial(_solve, market, chosen))
        if solved is None:
            break
        flow, unseated = solved
        price = least_prices(_within(market, chosen), flow[chosen], unseated)
        wanted = _wanted(market, chosen, price)
        if not wanted.any():
            price = least_prices(market, flow, unseated)
            return Relaxation(flow, unseated, price, bound_of_prices(market, price))
        known = Relaxation(flow, unseated, price, bound_of_prices(market, price))
        chosen = chosen | wanted
    return known


def _first(market: Market) -> Mask:
    """The best few options of each type, as a mask of all options."""
    order = np.lexsort([market.school, -market.value, market.owner])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    first: Mask = rank - market.starts[market.owner] < _FIRST_OPTIONS
    return first


def _within(market: Market, chosen: Mask) -> Market:
    """The market with some of its options."""
    starts = np.zeros(market.types + 1, dtype=np.int64)
    np.cumsum(np.bincount(market.owner[chosen], minlength=market.types), out=starts[1:])
    columns = (market.school, market.value, market.relation, market.metres)
    return Market(
        market.schools, market.seats, market.parties, market.members, market.leaves, market.type_of, market.size,
        market.count, starts, *(column[chosen] for column in columns),
    )  # fmt: skip


def _wanted(market: Market, chosen: Mask, price: Ints) -> Mask:
    """Options outside that gain more than the best one inside."""
    best = best_less_price(_within(market, chosen), price)
    wanted: Mask = ~chosen & (market.value - price[market.school] > best[market.owner])
    return wanted


def _solve(market: Market, chosen: Mask) -> tuple[Ints, Ints]:
    """Solve the flow over some options: types, schools, a sink that also takes children without a seat.

    Costs are the values missing to the best option of the type: the same optimum, with small numbers.
    """
    types, schools = market.types, len(market.schools)
    owner, school, value = market.owner[chosen], market.school[chosen], market.value[chosen]
    best = np.zeros(types, dtype=np.int64)
    np.maximum.at(best, owner, value)
    supply, sink = market.size * market.count, types + schools
    network = min_cost_flow.SimpleMinCostFlow()
    seats = network.add_arcs_with_capacity_and_unit_cost(owner, types + school, supply[owner], best[owner] - value)
    none = network.add_arcs_with_capacity_and_unit_cost(np.arange(types), np.full(types, sink), supply, best)
    ends = types + np.arange(schools)
    network.add_arcs_with_capacity_and_unit_cost(
        ends, np.full(schools, sink), np.minimum(market.seats, supply.sum()), np.zeros(schools, dtype=np.int64)
    )
    network.set_nodes_supplies(np.arange(types), supply)
    network.set_node_supply(sink, -int(supply.sum()))
    status = network.solve()
    if status != network.OPTIMAL:
        raise ArithmeticError(f"Expected an optimal flow, found {status.name}.")
    flow = np.zeros(len(market.school), dtype=np.int64)
    flow[chosen] = network.flows(seats)
    return flow, np.asarray(network.flows(none), dtype=np.int64)
