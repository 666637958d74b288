"""The balance of each school: how the children who live there become those who are seated there, column by column.

Every column is a number of children with its sign, so a row adds up from left to right: ``living``, ``late`` and
``registered`` make ``home_demand``; with ``decisions``, ``open_choice`` and ``voluntary`` that is ``demand``; with
``away`` and ``here`` it is ``seated``; the plan less the seated is ``left``. The last row is all that is no school with
seats here: children of zones and with home schools of another authority, or with none. What one
row loses another gains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from allocator.domain import (
    ADMITTED,
    Applicant,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
)
from allocator.eligibility import VERIFIED, Homes

OTHER_SCHOOLS = ""
"""Id of the row of everything that is no school with seats here."""

Alike: TypeAlias = tuple[tuple[str, str, str, str], tuple[str, str, str]]
"""Zone, category, registered school and status of a child; school, phase and outcome of its row."""


@dataclass(frozen=True, slots=True)
class Balance:
    """One school, or the sum of all rows.

    Attributes
    ----------
    school_id : str
        The school; ``OTHER_SCHOOLS`` for none with seats here.
    living : int
        Children who live in its zones, of any status.
    late : int
        Of them those who are not verified, as a loss (0 or below).
    registered : int
        Verified children with another home school than that of their zone: those who come less those who go.
    decisions, open_choice, voluntary : int
        Verified children seated by these at another school than their home school: those who come less those who go.
    away : int
        Verified children counted so far who are not seated here in the end, as a loss: diverted, adjusted, without a
        seat, waiting for a ruling, left for another authority.
    here : int
        Children seated here who are not counted so far: diverted or adjusted to it.
    plan : int
        Seats of the plan.
    """

    school_id: str
    living: int = 0
    late: int = 0
    registered: int = 0
    decisions: int = 0
    open_choice: int = 0
    voluntary: int = 0
    away: int = 0
    here: int = 0
    plan: int = 0

    @property
    def home_demand(self) -> int:
        """Verified children whose home school it is, before any choice."""
        return self.living + self.late + self.registered

    @property
    def demand(self) -> int:
        """Verified children who ask for it after decisions and choices."""
        return self.home_demand + self.decisions + self.open_choice + self.voluntary

    @property
    def seated(self) -> int:
        """Children seated there by the list."""
        return self.demand + self.away + self.here

    @property
    def left(self) -> int:
        """Seats left after the list; below 0 where a bundle came in above the plan."""
        return self.plan - self.seated

    def numbers(self) -> dict[str, int]:
        """Return every column by name, in the order in which they add up."""
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = (
    "living", "late", "registered", "home_demand", "decisions", "open_choice", "voluntary", "demand", "away", "here",
    "seated", "plan", "left",
)  # fmt: skip
"""Columns of the table, in the order in which they add up."""

_COUNTED = ("living", "late", "registered", "decisions", "open_choice", "voluntary", "away", "here")
"""Columns that are counted child by child; the others are made of them."""


def balances(district: District, homes: Homes, alike: Mapping[Alike, int]) -> tuple[Balance, ...]:
    """Return the balance of every school with seats here by id, then that of everything else; children by likeness."""
    own = {name: school.plan for name, school in district.schools.items() if not school.external}
    counted = Counter[tuple[str, str]]()
    columns = _columns(district)
    for ((zone, category, registered, status), (school, phase, outcome)), children in alike.items():
        places = (district.zones[zone].school_id, homes.of(Applicant("", zone, category, registered)), school)
        lives, home, seat = (name if name in own else OTHER_SCHOOLS for name in places)
        way = _Way(lives, home, seat, status, outcome, columns.get(phase, ""))
        for place, column, change in _entries(way):
            counted[place, column] += change * children
    schools = [*own.items(), (OTHER_SCHOOLS, 0)]
    return tuple(Balance(name, **{c: counted[name, c] for c in _COUNTED}, plan=plan) for name, plan in schools)


class _Way(NamedTuple):
    """Where children live, have their home school and sit: own schools or ``OTHER_SCHOOLS``; how they came."""

    lives: str
    home: str
    seat: str
    status: str
    outcome: str
    column: str


def _columns(district: District) -> dict[str, str]:
    """The column of every phase that seats children at another school than their home school."""
    columns = {DecisionPhase: "decisions", ChoicePhase: "open_choice", DeferredAcceptancePhase: "voluntary"}
    return {phase.phase_id: columns[type(phase)] for phase in district.policy.phases if type(phase) in columns}


def _entries(way: _Way) -> Iterator[tuple[str, str, int]]:
    """What one child adds to which column of which school."""
    yield way.lives, "living", 1
    if way.status != VERIFIED:
        yield way.lives, "late", -1
        asked = None
    else:
        yield way.lives, "registered", -1
        yield way.home, "registered", 1
        asked = way.home
        if way.outcome == ADMITTED and way.column:
            yield way.home, way.column, -1
            yield way.seat, way.column, 1
            asked = way.seat
    if way.seat == asked and way.seat != OTHER_SCHOOLS and way.outcome == ADMITTED:
        return
    if asked is not None:
        yield asked, "away", -1
    if way.seat != OTHER_SCHOOLS:
        yield way.seat, "here", 1


def summed_balance(rows: Sequence[Balance]) -> Balance:
    """Return the sum of all rows."""
    return Balance(OTHER_SCHOOLS, **{name: sum(getattr(row, name) for row in rows) for name in (*_COUNTED, "plan")})
