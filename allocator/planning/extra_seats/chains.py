"""The chains by which one list turns into another: who moves into whose place (docs/where-to-add-seats.md).

Every party that moves is an arc from the school that it leaves to the one that it gets; "no seat" is a place like a
school. A place that more parties leave than come to is where a chain begins (nobody came after); one that more come to
than leave is where a chain ends (a new seat, or one that stood empty). What is left are cycles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

NO_SEAT = ""
"""The place of those who have no school."""


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A party that moves, a bundle as a whole.

    Attributes
    ----------
    party : str
        Its id.
    children : tuple of str
        Ids of its children.
    source, target : str
        Schools before and after; ``NO_SEAT`` for none.
    """

    party: str
    children: tuple[str, ...]
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Moves of which each begins where the one before it in the chain ends.

    Attributes
    ----------
    moves : tuple of Move
        At least one.
    """

    moves: tuple[Move, ...]

    @property
    def cycle(self) -> bool:
        """Whether it ends where it begins: an exchange of places."""
        return self.moves[0].source == self.moves[-1].target

    @property
    def places(self) -> tuple[str, ...]:
        """The places from its beginning to its end."""
        return (self.moves[0].source, *(move.target for move in self.moves))


def moves_between(
    before: Sequence[str], after: Sequence[str], parties: Sequence[str], children: Sequence[tuple[str, ...]]
) -> list[Move]:
    """Return the parties whose school differs between two lists, in order of their ids.

    Parameters
    ----------
    before, after : sequence of str
        School of each party, ``NO_SEAT`` for none.
    parties : sequence of str
        Their ids.
    children : sequence of tuple of str
        Ids of the children of each.
    """
    rows = zip(parties, children, before, after, strict=True)
    return sorted(Move(party, kids, source, target) for party, kids, source, target in rows if source != target)


def chains_of(moves: Iterable[Move]) -> tuple[Chain, ...]:
    """Return chains in which every move stands exactly once: paths first, then cycles.

    A place begins as many paths as parties that leave it exceed those that come; so no set of chains has fewer paths.
    Parties count, not children: a bundle of two can leave room for two others, of which then one begins or ends a path.
    The same moves give the same chains, whatever their order.

    Parameters
    ----------
    moves : iterable of Move
        All of them, each from one place to another.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for move in sorted(moves):
        graph.add_edge(move.source, move.target, key=move.party, move=move)
    chains = []
    for source in sorted(graph):
        while graph.out_degree(source) > graph.in_degree(source):
            chains.append(_taken(graph, _path(graph, source)))
    while graph.number_of_edges():
        chains.append(_taken(graph, _shortest_cycle(graph)))
    return tuple(chains)


def _path(graph: nx.MultiDiGraph[str], source: str) -> list[str]:
    """The shortest way from a place to one that more parties come to than leave; there always is one.

    Whatever can be reached from the place is left by no party, so not all of it can lose more than it gets.
    """
    reached = nx.single_source_shortest_path(graph, source)
    ends = [place for place in reached if graph.in_degree(place) > graph.out_degree(place)]
    nearest = min(ends, key=lambda place: (len(reached[place]), place))
    found: list[str] = reached[nearest]
    return found


def _shortest_cycle(graph: nx.MultiDiGraph[str]) -> list[str]:
    """A shortest cycle through the first place that still has a move; as many leave every place as come to it."""
    first = min(place for place in graph if graph.out_degree(place))
    ways = [[first, *nx.shortest_path(graph, after, first)] for after in sorted(set(graph.successors(first)))]
    return min(ways, key=lambda way: (len(way), way))


def _taken(graph: nx.MultiDiGraph[str], places: list[str]) -> Chain:
    """Take one move for each step out of the graph, that of the smallest party id."""
    moves = []
    for source, target in pairwise(places):
        party = min(graph[source][target])
        moves.append(graph[source][target][party]["move"])
        graph.remove_edge(source, target, key=party)
    return Chain(tuple(moves))
