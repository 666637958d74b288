"""Diversion by least distance (switch ``divert_assign: least_distance``): here the model decides.

Among the assignments of a batch's diverted parties to schools of their receiving lists, within the seats left:
most children placed, then least sum of size times distance in metres, then lexicographically best by the parties in
order of ticket, each preferring the earlier school of its list. Each goal is solved to proven optimality and kept as a
constraint before the next; the last one leaves a single list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

from allocator.models.solver import keep_objective, solve_best, solve_unique

_LARGEST_WEIGHT = 2**20
"""Small enough for the solver's linear relaxation, which counts in floating point."""


class Diverted(NamedTuple):
    """A diverted party: its size, its schools (preferred first) and the distance to each in whole metres."""

    size: int
    schools: Sequence[str]
    metres: Sequence[int]


class DistanceModel:
    """Who may hold what, within the seats."""

    def __init__(self, parties: Sequence[Diverted], seats: Mapping[str, int]) -> None:
        self.model = cp_model.CpModel()
        self.parties = parties
        self.y = [[self.model.new_bool_var("") for _ in party.schools] for party in parties]
        for row in self.y:
            self.model.add_at_most_one(row)
        for school, free in seats.items():
            self.within_seats(school, free)

    @property
    def choices(self) -> list[cp_model.IntVar]:
        """All Boolean variables, party after party."""
        return [y for row in self.y for y in row]

    def within_seats(self, school: str, free: int) -> None:
        """No school takes more children than it has seats left."""
        terms = [
            party.size * y
            for party, row in zip(self.parties, self.y, strict=True)
            for name, y in zip(party.schools, row, strict=True)
            if name == school
        ]
        if terms:
            self.model.add(sum(terms) <= max(free, 0))

    def most_children(self) -> None:
        """First goal."""
        sizes = [party.size for party, row in zip(self.parties, self.y, strict=True) for _ in row]
        self.model.maximize(cp_model.LinearExpr.weighted_sum(self.choices, sizes))

    def least_metres(self) -> None:
        """Second goal."""
        weights = [party.size * metres for party in self.parties for metres in party.metres]
        self.model.minimize(cp_model.LinearExpr.weighted_sum(self.choices, weights))

    def earliest_schools(self, first: int, last: int) -> None:
        """Third goal for parties ``first`` to ``last - 1``: lexicographic, as digits of one number."""
        weight, variables, weights = 1, [], []
        for party in range(last - 1, first - 1, -1):
            schools = len(self.y[party])
            for place, y in enumerate(self.y[party]):
                variables.append(y)
                weights.append(-(schools - place) * weight)
            weight *= schools + 1
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, weights))

    def keep_places(self, first: int, last: int, values: Sequence[bool]) -> None:
        """Fix parties ``first`` to ``last - 1`` where the goal just reached puts them: digits have one best number."""
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        for row, held in list(zip(self.y, self.by_party(values), strict=True))[first:last]:
            for y, value in zip(row, held, strict=True):
                self.model.add(y == int(value))

    def by_party(self, values: Sequence[bool]) -> list[list[bool]]:
        """Values of all choices, party after party."""
        flat = iter(values)
        return [[next(flat) for _ in row] for row in self.y]


def solve_least_distance(parties: Sequence[Diverted], seats: Mapping[str, int], rule: str) -> list[str]:
    """Return the school of each diverted party, empty for none.

    Parameters
    ----------
    parties : sequence of Diverted
        In the order of their tickets.

    Raises
    ------
    DisagreementError
        If the solver does not prove an optimum, or a second list is as good.
    """
    distance = DistanceModel(parties, seats)
    if not distance.choices:
        return [""] * len(parties)
    for goal in (distance.most_children, distance.least_metres):
        goal()
        keep_objective(distance.model, distance.choices, solve_best(distance.model, distance.choices, rule))
    for first, last in _digit_blocks(parties):
        distance.earliest_schools(first, last)
        distance.keep_places(first, last, solve_best(distance.model, distance.choices, rule))
    rows = distance.by_party(solve_unique(distance.model, distance.choices, rule))
    return [
        next((school for school, held in zip(party.schools, row, strict=True) if held), "")
        for party, row in zip(parties, rows, strict=True)
    ]


def _digit_blocks(parties: Sequence[Diverted]) -> list[tuple[int, int]]:
    """Ranges of parties whose lexicographic weights fit into the solver's integers."""
    blocks, first, weight = [], 0, 1
    for i, party in enumerate(parties):
        if weight * (len(party.schools) + 1) > _LARGEST_WEIGHT:
            blocks.append((first, i))
            first, weight = i, 1
        weight *= len(party.schools) + 1
    return [*blocks, (first, len(parties))]
