"""Simulated draws of a district by the sequential procedure alone, and the figures of each list (docs/what-if.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    STATUSES,
    UNPLACED,
    Applicant,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    Ints,
    Mask,
    Phase,
    Row,
)
from allocator.eligibility import VERIFIED, Instance, instance_local_demand, make_instance
from allocator.ground import Fault, InputError
from allocator.models.plane import Plane
from allocator.planning.whatif import Scenario
from allocator.procedure import SimulatedLots, State, run_all_phases

AT_EXTERNAL, SEATED, DIVERTED_TO, ADJUSTED_TO, RULING, WITHOUT = range(6)
"""Standing of a party: left for an external school; seated where it belongs or chose; seated by diversion; by
adjustment; waits for a ruling; without a seat. ``SEATED`` is the best, ``WITHOUT`` the worst, for those who stay."""

_NO_WISH = -2  # no school, and not the place of no school either

_STANDINGS: Mapping[str, int] = {
    EXTERNAL: AT_EXTERNAL, ADMITTED: SEATED, DIVERTED: DIVERTED_TO, ADJUSTED: ADJUSTED_TO, NEEDS_RULING: RULING,
    UNPLACED: WITHOUT,
}  # fmt: skip

FIGURES: tuple[str, ...] = (
    "children", "seated", "diverted", "adjusted", "needs_ruling", "unplaced", "empty_seats", "above_plan", "metres",
)  # fmt: skip
"""Figures of a list, children each but ``empty_seats``, ``above_plan`` (seats) and ``metres`` (from home to school)."""

SUMS: Mapping[str, tuple[str, ...]] = {
    "diverted_or_adjusted": ("diverted", "adjusted"), "without_seat": ("needs_ruling", "unplaced"),
}  # fmt: skip
"""Sums of figures that are told beside them: with ``seated`` they are all the children."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one draw gives every party.

    Attributes
    ----------
    seat : (n,) int64
        School, -1 for none.
    standing : (n,) int64
        ``AT_EXTERNAL`` to ``WITHOUT``.
    """

    seat: Ints
    standing: Ints


class Lists:
    """A district whose lists are measured.

    Parameters
    ----------
    scenario : Scenario
        The district, and the place of each child's word.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.district = scenario.district
        self.instance: Instance = make_instance(self.district)

    def outcome(self, rows: Sequence[Row]) -> Outcome:
        """Return the outcome of a list, one row a child in order of ``applicant_id``."""
        of_party = np.full(self.instance.parties, -1, dtype=np.int64)
        of_party[self.instance.party_of_child] = np.arange(len(rows))
        seat = np.full(self.instance.parties, -1, dtype=np.int64)
        standing = np.full(self.instance.parties, WITHOUT, dtype=np.int64)
        for party, at in enumerate(of_party.tolist()):
            row = rows[at]
            standing[party] = _STANDINGS[row.outcome]
            if row.outcome != EXTERNAL:
                seat[party] = self.instance.school(row.school_id)
        return Outcome(seat, standing)

    @cached_property
    def plane(self) -> Plane:
        """Homes of the parties and places of the schools."""
        return Plane(self.instance.leads, list(self.district.schools.values()))

    def metres(self, outcome: Outcome) -> Ints:
        """Return the metres from home to school of each party, -1 where there is no seat or no place; shape (n,)."""
        return self.metres_of(np.arange(len(outcome.seat)), outcome.seat)

    def metres_of(self, party: Ints, seat: Ints) -> Ints:
        """Return the metres from the homes of some parties to schools, -1 where not known; shape (k,)."""
        found = np.full(len(party), -1, dtype=np.int64)
        at = np.flatnonzero((seat >= 0) & self.plane.home_known[party])
        at = at[self.plane.school_known[seat[at]]]
        if len(at):
            found[at] = self.plane.metres(party[at], seat[at])
        return found

    @cached_property
    def wishes(self) -> tuple[Ints, Ints]:
        """Schools that each party chose, and all that it wishes, best first; -2 behind them; shapes (n, c), (n, w).

        Chosen are those that a decision, an open choice or a ranked list names, in the order of the policy's phases;
        wished are these and then the family's own order of diversion. Whoever is not verified has neither.
        """
        columns = [column for column in map(_column_of, self.district.policy.phases) if column]
        chosen = [self._named(child, columns) for child in self.instance.leads]
        wished = [self._named(child, [*columns, "preferred_diversion"]) for child in self.instance.leads]
        return _padded(chosen), _padded(wished)

    def _named(self, child: Applicant, columns: Sequence[str]) -> list[int]:
        """Schools that some columns of a child name, each once."""
        if child.status != VERIFIED:
            return []
        cells = (getattr(child, column) for column in columns)
        names = (name for cell in cells for name in ((cell,) if isinstance(cell, str) else cell))
        found = [self.instance.school(name) for name in dict.fromkeys(names) if name]
        return [school for school in found if school >= 0]

    def taken(self, outcome: Outcome) -> Ints:
        """Return the children seated at each school; shape (m,)."""
        seated = outcome.seat >= 0
        counted = np.bincount(outcome.seat[seated], self.instance.size[seated], len(self.instance.school_ids))
        return counted.astype(np.int64)

    def figures(self, outcome: Outcome) -> dict[str, int]:
        """Return the figures of a list by name (``FIGURES``)."""
        size, standing = self.instance.size, outcome.standing
        count = np.bincount(standing, size, WITHOUT + 1).astype(np.int64).tolist()
        left = self.instance.plan - self.taken(outcome)
        metres = self.metres(outcome)
        known = metres >= 0
        return {
            "children": sum(count[SEATED:]),
            "seated": count[SEATED],
            "diverted": count[DIVERTED_TO],
            "adjusted": count[ADJUSTED_TO],
            "needs_ruling": count[RULING],
            "unplaced": count[WITHOUT],
            "empty_seats": int(np.maximum(left, 0).sum()),
            "above_plan": int(np.maximum(-left, 0).sum()),
            "metres": int(metres[known] @ size[known]),
        }

    @cached_property
    def home_demand(self) -> Ints:
        """Verified children by home school, whatever they choose; shape (m,)."""
        verified = np.flatnonzero((self.instance.status == STATUSES.index(VERIFIED)) & ~self._leaving)
        return instance_local_demand(self.instance, verified)

    @property
    def _leaving(self) -> Mask:
        """Parties whose home school is external; shape (n,)."""
        home = self.instance.home
        leaving: Mask = (home >= 0) & self.instance.external[home]
        return leaving

    @property
    def short_seats(self) -> int:
        """Seats that home schools lack for their own verified children."""
        return int(np.maximum(self.home_demand - self.instance.plan, 0).sum())


def _column_of(phase: Phase) -> str:
    """The column in which a family or a decision names schools for a phase; empty where there is none."""
    if isinstance(phase, DecisionPhase | DeferredAcceptancePhase):
        return phase.column
    return "open_choice" if isinstance(phase, ChoicePhase) else ""


def _padded(rows: Sequence[Sequence[int]]) -> Ints:
    """Rows of different lengths as one array, -2 behind each."""
    found = np.full((len(rows), max(map(len, rows), default=0)), _NO_WISH, dtype=np.int64)
    for i, row in enumerate(rows):
        found[i, : len(row)] = row
    return found


class Simulator(Lists):
    """A district that can be drawn again and again.

    Parameters
    ----------
    scenario : Scenario
        The district, and the place of each child's word.

    Raises
    ------
    InputError
        If the model decides the diversion (``divert_assign: least_distance``): draws by the thousand are the
        procedure's.
    """

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario)
        if self.district.policy.switches.divert_assign == "least_distance":
            where = "switches.divert_assign"
            raise InputError([Fault("simulate.model_decides", "policy.yaml", 0, where, "least_distance")])
        self.place = np.array([scenario.place[name] for name in self.instance.party_ids], dtype=np.int64)

    def draw(self, seed: int, number: int) -> Outcome:
        """Return the outcome of one draw.

        Parameters
        ----------
        seed, number : int
            Seed of the simulation and number of the draw in it.
        """
        lots = SimulatedLots(self.district.policy, self.place, seed, number)
        return simulation_outcome(run_all_phases(self.instance, lots))


def simulation_outcome(state: State) -> Outcome:
    """Return seats and standings of a final state of the procedure."""
    instance = state.instance
    standing = np.full(instance.parties, WITHOUT, dtype=np.int64)
    standing[state.seat >= 0] = SEATED
    standing[state.outcome == DIVERTED] = DIVERTED_TO
    standing[state.outcome == ADJUSTED] = ADJUSTED_TO
    standing[state.out] = RULING
    standing[state.outcome == EXTERNAL] = AT_EXTERNAL
    return Outcome(state.seat, standing)
