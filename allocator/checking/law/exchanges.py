"""Exchanges between schools: the residual graph of an assignment, its shortest paths and its cycles.

Nodes are numbers; node 0 stands for "no seat" and has room for everyone. An arc x -> y is a move of one child, or of an
empty seat, from x to y at a cost; a cycle of arcs is an exchange that leaves every node as full as before.

Why this decides: an assignment where children move alone is cheapest exactly where no cycle costs less than nothing
(Klein 1967). Then shortest paths exist, and their lengths are prices under which every child stands where cost less
price is least: the dual solution that proves it (linear duality). Otherwise the cycle itself shows what is cheaper.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

EMPTY = -1
"""Mover of an arc that is an empty seat rather than a party."""


class Exchange(NamedTuple):
    """The cheapest single move between two nodes: its cost, and who moves."""

    cost: int
    mover: int


Graph = dict[int, dict[int, Exchange]]


def exchange_graph(moves: Iterable[tuple[int, int, Exchange]], spare: Iterable[int], nodes: int) -> Graph:
    """Return the graph of cheapest moves.

    Parameters
    ----------
    moves : iterable of (int, int, Move)
        Every move of a child that may move: from, to, cost and mover.
    spare : iterable of int
        Schools with an empty seat: such a seat may leave them for node 0, and node 0 gives empty seats to all.
    nodes : int
        Number of nodes, node 0 included.
    """
    graph: Graph = {n: {} for n in range(nodes)}
    empty = [(x, 0, Exchange(0, EMPTY)) for x in spare] + [(0, y, Exchange(0, EMPTY)) for y in range(1, nodes)]
    for x, y, move in (*empty, *moves):
        known = graph[x].get(y)
        if known is None or move.cost < known.cost:
            graph[x][y] = move
    return graph


def prices_or_exchange(graph: Graph) -> tuple[list[int], list[tuple[int, int, Exchange]]]:
    """Return node prices, or an exchange that lowers the cost (Bellman and Ford, from all nodes at once).

    Returns
    -------
    prices : list of int
        ``prices[x] + cost(x -> y) >= prices[y]`` for every arc; meaningful only if there is no cycle.
    cycle : list of (int, int, Move)
        Arcs of a cycle of negative cost in their order; empty if there is none.
    """
    nodes = len(graph)
    prices, before, arcs = [0] * nodes, [-1] * nodes, [0] * nodes
    queue, queued = deque(range(nodes)), [True] * nodes
    while queue:
        x = queue.popleft()
        queued[x] = False
        for y, move in graph[x].items():
            if prices[x] + move.cost >= prices[y]:
                continue
            prices[y], before[y], arcs[y] = prices[x] + move.cost, x, arcs[x] + 1
            if arcs[y] >= nodes:  # so long a path runs in a circle, unless the count is out of date
                cycle, arcs[y] = _follow(before, y)
                if cycle:
                    return prices, [(a, b, graph[a][b]) for a, b in cycle]
            if not queued[y]:
                queue.append(y)
                queued[y] = True
    return prices, []


def _follow(before: Sequence[int], node: int) -> tuple[list[tuple[int, int]], int]:
    """Follow predecessors: the arcs of the cycle they run into, or none, and the number of nodes passed."""
    seen: dict[int, int] = {}
    while node not in seen and node >= 0:
        seen[node] = len(seen)
        node = before[node]
    if node < 0:
        return [], len(seen) - 1
    nodes = list(seen)[seen[node] :]
    nodes.reverse()
    return [(nodes[n - 1], nodes[n]) for n in range(len(nodes))], len(seen) - 1


def exchange_reaches(arcs: Mapping[int, Iterable[int]], start: int, goal: int) -> bool:
    """Whether arcs lead from one node to another."""
    seen, todo = {start}, [start]
    while todo:
        x = todo.pop()
        if x == goal:
            return True
        fresh = [y for y in arcs.get(x, ()) if y not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return False
