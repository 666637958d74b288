"""Who solves the planning optimum: the product's methods, and other people's solvers on the same instances.

An entry is handed the instance and returns what is then timed; other people's get their own input made before, and so
are timed for the solving alone. The answer is the number of parties of each option.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from allocator.domain import Ints
from allocator.models.limit import Limit
from allocator.models.optimum.market import Market
from allocator.models.optimum.methods import optimise
from allocator.models.optimum.plain import solve_plain
from benchmarks.parties import NOWHERE, Parties

Found: TypeAlias = tuple[Ints, int | None]
"""Parties of each option, and the bound that is proven, where one is."""

Work: TypeAlias = Callable[[], Found]


def ours(market: Market, method: str) -> Work:
    """Return a method of the product; the market's own preparation is not timed, everything else is."""

    def work() -> Found:
        found = optimise(market, method)
        return found.placed, found.bound

    return work


def limited(market: Market, seconds: float) -> Work:
    """Return the quick method with a time limit, after which it gives the list that it has, and its bound."""

    def work() -> Found:
        found = optimise(market, "core", Limit(seconds))
        return found.placed, found.bound

    return work


def plain_cp_sat(market: Market) -> Work:
    """Return CP-SAT with a Boolean for each party and school (``models/optimum/plain.py``), its model included."""

    def work() -> Found:
        found = solve_plain(market, Limit())
        assert found is not None
        assert found[2], "not proven"
        return found[0], None

    return work


def ortools_flow(market: Market) -> Work:
    """Return OR-Tools' minimum-cost flow, a node for each child."""
    from ortools.graph.python import min_cost_flow

    parties, schools = Parties.of(market), len(market.schools)
    network, sink = min_cost_flow.SimpleMinCostFlow(), parties.count + schools
    ones = np.ones(len(parties.party), dtype=np.int64)
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        parties.party, parties.count + parties.school, ones, parties.cost
    )
    ends = parties.count + np.arange(schools)
    network.add_arcs_with_capacity_and_unit_cost(
        ends, np.full(schools, sink), np.minimum(market.seats, parties.count), np.zeros(schools, dtype=np.int64)
    )
    network.set_nodes_supplies(np.arange(parties.count), np.ones(parties.count, dtype=np.int64))
    network.set_node_supply(sink, -parties.count)

    def work() -> Found:
        assert network.solve() == network.OPTIMAL
        return parties.placed(market, np.flatnonzero(network.flows(arcs))), None

    return work


def networkx_flow(market: Market) -> Work:
    """Return networkx' ``min_cost_flow``, a node for each child."""
    import networkx as nx

    parties, schools = Parties.of(market), len(market.schools)
    graph: Any = nx.DiGraph()
    graph.add_nodes_from((("child", i) for i in range(parties.count)), demand=-1)
    graph.add_node(schools, demand=parties.count)  # stands for no seat as well
    columns = (parties.party.tolist(), parties.school.tolist(), parties.cost.tolist())
    graph.add_edges_from(
        (("child", i), s, {"capacity": 1, "weight": cost}) for i, s, cost in zip(*columns, strict=True)
    )
    for school, seats in enumerate(market.seats.tolist()):
        graph.add_edge(school, schools, capacity=seats, weight=0)

    def work() -> Found:
        flow = nx.min_cost_flow(graph)
        taken = [flow["child", i][s] for i, s in zip(*columns[:2], strict=True)]
        return parties.placed(market, np.flatnonzero(taken)), None

    return work


def scipy_milp(market: Market) -> Work:
    """Return scipy's ``milp`` (HiGHS) with a sparse matrix, a binary for each party and school, no gap allowed."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    parties, schools = Parties.of(market), len(market.schools)
    column, seated = np.arange(len(parties.party)), parties.school < schools
    each = csr_array((np.ones(len(column)), (parties.party, column)), shape=(parties.count, len(column)))
    children = parties.size[parties.party][seated].astype(float)
    held = csr_array((children, (parties.school[seated], column[seated])), shape=(schools, len(column)))
    rules = [LinearConstraint(each, 1, 1), LinearConstraint(held, -np.inf, market.seats)]
    cost, whole = parties.cost.astype(float), np.ones(len(column))

    def work() -> Found:
        found = milp(cost, integrality=whole, bounds=Bounds(0, 1), constraints=rules, options={"mip_rel_gap": 0})
        assert found.success, found.message
        return parties.placed(market, np.flatnonzero(np.rint(found.x))), None

    return work


def scipy_assignment(market: Market) -> Work:
    """Return scipy's ``linear_sum_assignment`` on the full table of children and single seats."""
    from scipy.optimize import linear_sum_assignment

    parties, schools = Parties.of(market), len(market.schools)
    seat_of = np.repeat(np.arange(schools), market.seats)
    value = np.zeros((parties.count, schools))  # 0 where a child may not go: as good as no seat
    option = np.full((parties.count, schools), NOWHERE)
    seated = parties.school < schools
    at = parties.party[seated], parties.school[seated]
    option[at] = parties.option[seated]
    value[at] = market.value[parties.option[seated]]
    table = value[:, seat_of]

    def work() -> Found:
        child, seat = linear_sum_assignment(table, maximize=True)
        options = option[child, seat_of[seat]]
        return np.bincount(options[options != NOWHERE], minlength=len(market.school)).astype(np.int64), None

    return work


PREPARE: dict[str, Callable[[Market], Work]] = {
    "core": partial(ours, method="core"),
    "core, 110 s": partial(limited, seconds=110),
    "flow": partial(ours, method="flow"),
    "plain CP-SAT": plain_cp_sat,
    "OR-Tools flow": ortools_flow,
    "networkx": networkx_flow,
    "scipy milp": scipy_milp,
    "scipy assignment": scipy_assignment,
}
"""Every entry's preparation by its name."""
