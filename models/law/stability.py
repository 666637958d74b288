"""A deferred-acceptance phase as constraints: stability, and the families' ranks as objective.

For party ``i`` that ranks ``n`` schools let ``x[i,k]`` say that it holds its ``k``-th school or a better one. It holds
school ``s``, its ``k``-th, where ``x[i,k]`` and not ``x[i,k-1]``. With ``c`` the children of parties before it in the
order of ``s`` that hold ``s``:

* x[i,k]  =>  x[i,k+1]
* open[i,s]  <=>  c <= pool[s] - 1              (a seat is left before it; a bundle at the cut is held whole)
* open[j,s]  =>  open[i,s] where i stands before j       (follows; said so that it need not be found)
* x[i,k]  =>  x[i,k-1] or open[i,s]             (no seat beyond the cut)
* open[i,s]  =>  x[i,k]                         (no blocking pair)

Objective: most x, which is least sum of ranks, "none" ranking last. The choice of a school is substitutable, so the
stable matching that is best for every family at once exists (Gale and Shapley 1962; Roth 1984) and is the only one
that attains it.

Pairs that no stable matching contains are struck out first, with reasons that are counted again (``striking.py``,
``strike_reasons.py``). No party holds anything better than the best that remains to it in any stable matching. So where
these make a stable matching, counted on the whole lists (``stable_count.py``), every other one has more ranks: it is
the only best one, and nothing is left to search. Otherwise the constraints decide about what remains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

import networkx as nx
from ortools.sat.python import cp_model

from allocator.models.law.bids import Bid
from allocator.models.law.stable_count import is_stable_by_count
from allocator.models.law.strike_reasons import without_strikes_and_reasons
from allocator.models.law.striking import Striking
from allocator.models.solver import solve_unique


class StabilityModel:
    """The model of one component.

    Attributes
    ----------
    reached : dict of str to list of Boolean variables
        ``x`` of each bidder by rank, from its best school on.
    """

    def __init__(self, bids: Sequence[Bid]) -> None:
        self.model = cp_model.CpModel()
        self.bids = {bid.name: bid for bid in bids}
        self.rank = {(bid.name, school): rank for bid in bids for rank, school in enumerate(bid.schools)}
        self.reached = {bid.name: [self.model.new_bool_var("") for _ in bid.schools] for bid in bids}
        for places in self.reached.values():
            for better, worse in pairwise(places):
                self.model.add_implication(better, worse)

    @property
    def choices(self) -> list[cp_model.IntVar]:
        """All ``x``, party by party; they say who holds what."""
        return list(chain.from_iterable(self.reached.values()))

    def held(self, values: Sequence[bool]) -> dict[str, str]:
        """Return the school of each bidder that holds one by the values of ``choices``."""
        value = iter(values)
        reached = {bid.name: [next(value) for _ in bid.schools] for bid in self.bids.values()}
        return {name: self.bids[name].schools[row.index(True)] for name, row in reached.items() if any(row)}

    def stable_at(self, school: str, order: Sequence[str], pool: int) -> None:
        """No seat beyond the cut of a school, and no blocking pair with it.

        Parameters
        ----------
        order : sequence of str
            Names of all bidders of the school, first in order first.
        """
        total, ahead, open_before = 0, _Ahead(self.model), None
        for name in order:
            rank, size = self.rank[name, school], self.bids[name].size
            x = self.reached[name][rank]
            better = self.reached[name][rank - 1] if rank else None
            if total < pool:  # all of those ahead together leave a seat
                self.model.add_bool_and([x])
            else:
                is_open = self._open(ahead.counter(total), pool, open_before)
                self.model.add_bool_or([~x, is_open] if better is None else [~x, better, is_open])
                self.model.add_implication(is_open, x)
                open_before = is_open
            ahead.add(x, better, size)
            total += size

    def _open(self, ahead: cp_model.IntVar, pool: int, before: cp_model.IntVar | None) -> cp_model.IntVar:
        """Open <=> ahead <= pool - 1; ``before`` is the literal of the party that stands just before."""
        literal = self.model.new_bool_var("")
        self.model.add(ahead <= pool - 1).only_enforce_if(literal)
        self.model.add(ahead >= pool).only_enforce_if(~literal)
        if before is not None:
            self.model.add_implication(literal, before)
        return literal

    def prefer_high_ranks(self) -> None:
        """Least sum of ranks; holding the r-th school of n is worth n - r against holding none."""
        self.model.minimize(-cp_model.LinearExpr.sum(self.choices))

    def solve(self, rule: str) -> list[bool]:
        """Return the values of ``choices`` in the only best solution."""
        return solve_unique(self.model, self.choices, rule)


class _Ahead:
    """Children ahead along one order that hold the school: a counter only where somebody asks for it."""

    def __init__(self, model: cp_model.CpModel) -> None:
        self._model = model
        self._terms: list[cp_model.IntVar] = []
        self._weights: list[int] = []

    def add(self, x: cp_model.IntVar, better: cp_model.IntVar | None, size: int) -> None:
        """The next party holds the school where ``x`` and not ``better``."""
        self._terms.append(x)
        self._weights.append(size)
        if better is not None:
            self._terms.append(better)
            self._weights.append(-size)

    def counter(self, most: int) -> cp_model.IntVar:
        """Return the children ahead as one variable; ``most`` is the most that there can be."""
        count = self._model.new_int_var(0, most, "")
        self._model.add(cp_model.LinearExpr.weighted_sum(self._terms, self._weights) == count)
        self._terms, self._weights = [count], [1]
        return count


def solve_stable(
    bids: Sequence[Bid], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int], rule: str, *,
    shorten: bool = True,
) -> dict[str, str]:  # fmt: skip
    """Return the school of each bidder that holds one, proven to be the only student-optimal stable matching.

    Parameters
    ----------
    orders : Mapping[str, sequence of str]
        Names of the bidders of each school, first in order first.
    shorten : bool
        Whether to strike out first what no stable matching contains.

    Raises
    ------
    DisagreementError
        If there is no stable matching or a second one as good, or the reason of a struck-out pair does not hold.
    """
    if not shorten:
        return _searched(bids, orders, pools, rule)
    left = without_strikes_and_reasons(bids, orders, pools, Striking(bids, orders, pools).run(), rule)
    best = {bid.name: bid.schools[0] for bid in left}
    return best if is_stable_by_count(bids, orders, pools, best) else _searched(left, orders, pools, rule)


def _searched(
    bids: Sequence[Bid], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int], rule: str
) -> dict[str, str]:
    """What the constraints say, component by component, each proven unique by a second search."""
    held: dict[str, str] = {}
    for component in _components(bids):
        model = StabilityModel(component)
        for school in sorted({school for bid in component for school in bid.schools}):
            model.stable_at(school, [n for n in orders[school] if (n, school) in model.rank], pools[school])
        model.prefer_high_ranks()
        held.update(model.held(model.solve(rule)))
    return held


def _components(bids: Sequence[Bid]) -> list[list[Bid]]:
    """Bidders by connected component: those without a chain of common schools do not touch each other."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(school for bid in bids for school in bid.schools)
    graph.add_edges_from(dict.fromkeys(pair for bid in bids for pair in pairwise(bid.schools)))
    number = {school: i for i, schools in enumerate(nx.connected_components(graph)) for school in schools}
    parts: dict[int, list[Bid]] = {}
    for bid in bids:
        if bid.schools:
            parts.setdefault(number[bid.schools[0]], []).append(bid)
    return list(parts.values())
