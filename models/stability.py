"""A deferred-acceptance phase as constraints: stability, and the families' ranks as objective.

For party ``i`` and school ``s`` of its list, with ``c`` the children of parties before it in the order of ``s`` that
hold ``s``:

* open[i,s]  <=>  c <= pool[s] - 1              (a seat is left before it; a bundle at the cut is held whole)
* y[i,s]  =>  open[i,s]                         (no seat beyond the cut)
* open[i,s]  =>  y[i,s] or a school it ranks higher   (no blocking pair)
* at most one y[i,.]

Objective: least sum of ranks, "none" ranking last. The choice of a school is substitutable, so the stable matching that
is best for every family at once exists (Gale and Shapley 1962; Roth 1984) and is the only one that attains it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import networkx as nx
from ortools.sat.python import cp_model

from allocator.models.solver import solve_unique


class Bid(NamedTuple):
    """A party that bids: its name, its size, and the schools it ranks, best first."""

    name: str
    size: int
    schools: Sequence[str]


class StabilityModel:
    """The model of one component.

    Parameters
    ----------
    bids : sequence of Bid
        All bidders of the component.
    """

    def __init__(self, bids: Sequence[Bid]) -> None:
        self.model = cp_model.CpModel()
        self.bids = {bid.name: bid for bid in bids}
        self.y = {(bid.name, school): self.model.new_bool_var("") for bid in bids for school in bid.schools}

    def hold_at_most_one(self, bid: Bid) -> None:
        """A party holds at most one school."""
        self.model.add_at_most_one([self.y[bid.name, school] for school in bid.schools])

    def stable_at(self, school: str, order: Sequence[str], pool: int) -> None:
        """No seat beyond the cut of a school, and no blocking pair with it.

        Parameters
        ----------
        school : str
            Its id.
        order : sequence of str
            Names of all bidders of the school, first in order first.
        pool : int
            Its seats in this phase.
        """
        ahead: cp_model.IntVar | int = 0
        total = 0
        for name in order:
            bid = self.bids[name]
            y = self.y[name, school]
            is_open = self._open(ahead, pool, total)
            better = [self.y[name, s] for s in bid.schools[: list(bid.schools).index(school) + 1]]
            self.model.add_implication(y, is_open)
            self.model.add_bool_or([*better, ~is_open])
            total += bid.size
            after = self.model.new_int_var(0, total, "")
            self.model.add(after == ahead + bid.size * y)
            ahead = after

    def _open(self, ahead: cp_model.IntVar | int, pool: int, total: int) -> cp_model.IntVar:
        """Open <=> ahead <= pool - 1; ``total`` is the most that ``ahead`` can be."""
        literal = self.model.new_bool_var("")
        if total <= pool - 1 or pool <= 0:
            self.model.add(literal == int(pool > 0))
        else:
            self.model.add(ahead <= pool - 1).only_enforce_if(literal)
            self.model.add(ahead >= pool).only_enforce_if(~literal)
        return literal

    def prefer_high_ranks(self) -> None:
        """Least sum of ranks; holding the r-th school of n is worth n - r against holding none."""
        worth = [
            (len(bid.schools) - rank) * self.y[bid.name, school]
            for bid in self.bids.values()
            for rank, school in enumerate(bid.schools)
        ]
        self.model.minimize(-sum(worth))


def solve_stable(
    bids: Sequence[Bid], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int], rule: str
) -> dict[str, str]:
    """Return the school of each bidder that holds one, proven to be the only student-optimal stable matching.

    Parameters
    ----------
    bids : sequence of Bid
        All bidders.
    orders : Mapping[str, sequence of str]
        Names of the bidders of each school, first in order first.
    pools : Mapping[str, int]
        Seats of each school.
    rule : str
        Phase, named in errors.

    Raises
    ------
    DisagreementError
        If there is no stable matching or a second one as good.
    """
    held: dict[str, str] = {}
    for component in _components(bids):
        model = StabilityModel(component)
        for bid in component:
            model.hold_at_most_one(bid)
        for school in sorted({school for bid in component for school in bid.schools}):
            model.stable_at(school, orders[school], pools[school])
        model.prefer_high_ranks()
        values = solve_unique(model.model, list(model.y.values()), rule)
        held.update({name: school for (name, school), value in zip(model.y, values, strict=True) if value})
    return held


def _components(bids: Sequence[Bid]) -> list[list[Bid]]:
    """Bidders by connected component: those without a chain of common schools do not touch each other."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(school for bid in bids for school in bid.schools)
    graph.add_edges_from(pair for bid in bids for pair in pairwise(bid.schools))
    number = {school: i for i, schools in enumerate(nx.connected_components(graph)) for school in schools}
    parts: dict[int, list[Bid]] = {}
    for bid in bids:
        parts.setdefault(number[bid.schools[0]], []).append(bid)
    return list(parts.values())
