"""Classes as a model: children tied by a bundle or a group one by one, all others as numbers of a kind.

Children who are in no bundle and no group differ, for sizes and sexes, in nothing but sex and whether they have a
score. So the model has choices for the tied ones alone, and for each class a whole number of each kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations, islice, product

import networkx as nx
from ortools.sat.python import cp_model

from allocator.domain import Pupil, YearGroup

TiedUnit = tuple[Pupil, ...]
"""Children who share a class: of one bundle, or a single one."""

_MOST_CROWDS = 20_000  # looked at; what is not seen among them is left to the solver
_SAID_OF_CROWDS = 100  # of the largest ones

KINDS = (("F", True), ("F", False), ("M", True), ("M", False))
"""Sex, and whether there is a score."""


def units_of(pupils: Sequence[Pupil]) -> list[TiedUnit]:
    """Return bundles and single children, by their first id."""
    bundles: dict[str, list[Pupil]] = defaultdict(list)
    for pupil in sorted(pupils):
        bundles[pupil.together or f"/{pupil.pupil_id}"].append(pupil)  # no bundle has a / in its id
    return [tuple(bundle) for bundle in bundles.values()]


def conflicts(units: Sequence[TiedUnit], apart: Collection[str]) -> nx.Graph[int]:
    """Return which units, by their place, may not share a class, each pair with the groups that say so."""
    members: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        for name in sorted({name for pupil in unit for name in pupil.apart if name in apart}):
            members[name].append(at)
    graph: nx.Graph[int] = nx.Graph()
    for name, places in members.items():
        for one, other in combinations(places, 2):
            if not graph.has_edge(one, other):
                graph.add_edge(one, other, groups=[])
            graph.edges[one, other]["groups"].append(name)
    return graph


def crowds(graph: nx.Graph[int]) -> list[list[int]]:
    """Return sets of units of which each is apart from each, none inside another, the largest first.

    More of them than classes is a proof without any search, where a search by numbers would try class after class.
    """
    found = (sorted(crowd) for crowd in islice(nx.find_cliques(graph), _MOST_CROWDS))
    return sorted(found, key=lambda crowd: (-len(crowd), crowd))


class Seating:
    """Sizes, girls and boys each within 1, bundles together, groups apart.

    Parameters
    ----------
    group : YearGroup
        Who is placed.
    apart : collection of str
        Groups that are kept apart; others are not.
    singly : bool
        Whether every child has choices of its own.

    Attributes
    ----------
    tied : list of tuple of Pupil
        Units that have choices.
    choices : list of list of IntVar
        By unit of ``tied`` and class: whether it sits there.
    free : dict of tuple to list of Pupil
        Other children by kind.
    numbers : dict of tuple to list of IntVar
        How many of each kind sit in each class.
    crowds : list of list of int
        Places in ``tied`` of units each apart from each, the largest set first.
    """

    def __init__(self, group: YearGroup, apart: Collection[str], *, singly: bool = False) -> None:
        self.group, self.apart, self.model = group, frozenset(apart), cp_model.CpModel()
        self.range = range(group.classes)
        units = units_of(group.pupils)
        self.tied: list[TiedUnit] = []
        self.free: dict[tuple[str, bool], list[Pupil]] = {kind: [] for kind in KINDS}
        for unit in units:
            if singly or len(unit) > 1 or not self.apart.isdisjoint(unit[0].apart):
                self.tied.append(unit)
            else:
                self.free[unit[0].sex, unit[0].score is not None].append(unit[0])
        self.choices = [[self.model.new_bool_var("") for _ in self.range] for _ in self.tied]
        self.numbers = {
            kind: [self.model.new_int_var(0, len(pupils), "") for _ in self.range] for kind, pupils in self.free.items()
        }
        self._everybody_once()
        for sexes in ("F", "M", "FM"):
            self._within_one(sexes)
        self.crowds = crowds(conflicts(self.tied, self.apart))
        self._keep_apart()

    def count(self, number: int, sexes: str, *, scored: bool = False) -> cp_model.LinearExprT:
        """Return how many children of some sexes sit in a class, those with a score alone if asked."""
        terms: list[cp_model.LinearExprT] = [
            self.numbers[kind][number] for kind in KINDS if kind[0] in sexes and (kind[1] or not scored)
        ]
        for unit, choices in zip(self.tied, self.choices, strict=True):
            size = sum(pupil.sex in sexes and (pupil.score is not None or not scored) for pupil in unit)
            terms.append(size * choices[number])
        return sum(terms)

    def variables(self) -> list[cp_model.IntVar]:
        """Return all choices, then all numbers by kind."""
        rows = [*self.choices, *(self.numbers[kind] for kind in KINDS)]
        return [variable for row in rows for variable in row]

    def in_rows(self, values: Sequence[int]) -> list[list[int]]:
        """Return values of ``variables`` by unit, then by kind, each by class."""
        n = self.group.classes
        return [list(values[at : at + n]) for at in range(0, len(values), n)]

    def break_symmetry(self) -> None:
        """Give the classes numbers by the largest crowd: without other demands they are all alike."""
        for number, at in enumerate(self.crowds[0][: self.group.classes] if self.crowds else ()):
            self.model.add(self.choices[at][number] == 1)

    def _everybody_once(self) -> None:
        for choices in self.choices:
            self.model.add_exactly_one(choices)
        for kind, pupils in self.free.items():
            self.model.add(sum(self.numbers[kind]) == len(pupils))

    def _within_one(self, sexes: str) -> None:
        total = sum(pupil.sex in sexes for pupil in self.group.pupils)
        least, more = divmod(total, self.group.classes)
        for number in self.range:
            self.model.add_linear_constraint(self.count(number, sexes), least, least + (more > 0))

    def _keep_apart(self) -> None:
        """A class holds one unit of a crowd at most, and one child of a group of which no crowd says so already."""
        said = [frozenset(crowd) for crowd in self.crowds[:_SAID_OF_CROWDS]]
        for crowd, number in product(said, self.range):
            self.model.add_at_most_one(self.choices[at][number] for at in sorted(crowd))
        for name in sorted(self.apart):
            sizes = [sum(name in pupil.apart for pupil in unit) for unit in self.tied]
            members = {at for at, size in enumerate(sizes) if size}
            if max(sizes, default=0) > 1 or not any(members <= crowd for crowd in said):
                for number in self.range:
                    self.model.add(sum(sizes[at] * self.choices[at][number] for at in sorted(members)) <= 1)
