"""The diversion of one batch by least distance, stated as a transport problem (procedure.md section 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from allocator.checking.distances import Plane
from allocator.checking.law.case import Case, Step
from allocator.checking.law.exchanges import Exchange
from allocator.domain import BatchPhase

NO_SCHOOL_NODE = 0
"""Node of those without a seat."""


@dataclass(slots=True)
class Transport:
    """The diversion of one batch as a transport problem.

    Attributes
    ----------
    parties : list of int
        In order of ticket.
    sizes : list of int
        Children of each.
    options : list of dict[int, int]
        Cost of one child of each party by node, in the order in which the party prefers them; "no seat" last.
    at : list of int
        Node at which the list claims each party.
    seats : list of int
        Seats by node; "no seat" has enough for all.
    schools : list of str
        School by node.
    """

    parties: list[int]
    sizes: list[int]
    options: list[dict[int, int]]
    at: list[int]
    seats: list[int]
    schools: list[str]

    def children_at(self, node: int, at: Sequence[int]) -> int:
        """Children at a node if the parties stand at the nodes ``at``."""
        return sum(size for size, n in zip(self.sizes, at, strict=True) if n == node)

    def spare(self) -> list[int]:
        """Schools with an empty seat."""
        used = [0] * len(self.schools)
        for node, size in zip(self.at, self.sizes, strict=True):
            used[node] += size
        return [n for n in range(1, len(used)) if used[n] < self.seats[n]]

    def moves(self, bundles: bool) -> Iterator[tuple[int, int, Exchange]]:
        """All moves of single children; with ``bundles``, of a bundle's children too."""
        for p, (size, options, here) in enumerate(zip(self.sizes, self.options, self.at, strict=True)):
            if bundles or size == 1:
                yield from ((here, n, Exchange(cost - options[here], p)) for n, cost in options.items() if n != here)


def transport_problem(case: Case, step: Step, ordered: Sequence[int], left: Callable[[str], int]) -> Transport:
    """State the diversion of parties in order of ticket; those whose claim cannot be true stay out of it.

    ``left`` tells the seats of a school that the diversion may fill.
    """
    assert isinstance(step.phase, BatchPhase)
    roster, parties = case.roster, [i for i in ordered if i not in case.claims.void]
    lists = [roster.receiving(step.phase, i) for i in parties]
    schools = ["", *sorted({s for listed in lists for s in listed if not case.district.schools[s].external})]
    node = {s: n for n, s in enumerate(schools)}
    kids, places = [roster.children[i] for i in parties], [case.district.schools[s] for s in schools[1:]]
    plane = Plane([*kids, *places])
    points = [(0, 0), *map(plane.point, places)]
    sizes = [roster.size(i) for i in parties]
    metres = [
        {node[s]: plane.metres(plane.point(kid), points[node[s]]) for s in listed if s in node}
        for kid, listed in zip(kids, lists, strict=True)
    ]
    nowhere = 1 + sum(size * max(m.values(), default=0) for size, m in zip(sizes, metres, strict=True))
    here = [case.claims.school[i] if case.claims.step[i] == step.position else "" for i in parties]
    seats = [sum(sizes), *(max(0, left(s)) for s in schools[1:])]
    return Transport(
        parties, sizes, [{**m, NO_SCHOOL_NODE: nowhere} for m in metres], [node[s] for s in here], seats, schools
    )
