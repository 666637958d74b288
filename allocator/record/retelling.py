"""A run retold from its assignment: what its records, lists and figures are made of, each made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter, eq

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    UNPLACED,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DeferredAcceptancePhase,
    District,
    Row,
    from_columns,
)
from allocator.record.balance import Alike, Balance, balances
from allocator.record.course import Course
from allocator.record.section import HOME_STEP, Ledger, Timeline

_ID = attrgetter("applicant_id")
_KIND = attrgetter("phase", "outcome", "draw_id")
"""What of a row decides the clause, for most rows whoever the child is."""
_NOBODY = (Applicant("", "", ""), "")
"""An exported row needs no child to find its section."""


class Retelling:
    """A run retold; every part is made when it is first asked for, and kept.

    Parameters
    ----------
    district : District
        The district; only the queues need its draw.
    rows : sequence of Row
        One row for every child, in any order; clauses are filled in where they are missing.

    Attributes
    ----------
    rows : tuple of Row
        The rows in order of ``applicant_id``, with clauses.

    Raises
    ------
    ValueError
        If the rows are not one for every child.
    """

    def __init__(self, district: District, rows: Sequence[Row]) -> None:
        self.district = district
        self.rows = tuple(rows_for_retelling(district, rows))
        if not all(row.clause for row in self.rows):
            self.rows = self._with_clauses()

    @cached_property
    def timeline(self) -> Timeline:
        """The sections of the run."""
        return Timeline(self.district)

    @cached_property
    def placed(self) -> Counter[tuple[str, str, str]]:
        """Children by phase, outcome and school."""
        return Counter(map(attrgetter("phase", "outcome", "school_id"), self.rows))

    @cached_property
    def ledger(self) -> Ledger:
        """The seats left before each section."""
        return Ledger(self.district, self.timeline, self.placed)

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """The balance of every school with seats here by id, then that of everything else."""
        return balances(self.district, self.timeline.homes, self._alike)

    @cached_property
    def local_demand(self) -> Counter[str]:
        """Children by home school; empty id for those without one."""
        found: Counter[str] = Counter()
        for ((zone, category, registered, _), _), children in self._alike.items():
            found[self.timeline.homes.of(Applicant("", zone, category, registered))] += children
        return found

    def course(self, *, drawn_only: bool = False) -> Course:
        """Return the queues of the run, made anew for whoever goes through them; parameters as for ``Course``."""
        return Course(self.district, self.rows, self.ledger, drawn_only=drawn_only)

    @cached_property
    def _alike(self) -> Counter[Alike]:
        """Children by all that decides where they are counted."""
        child = attrgetter("zone", "category", "registered_school", "status")
        row = attrgetter("school_id", "phase", "outcome")
        return Counter(zip(map(child, self.district.applicants), map(row, self.rows), strict=True))

    def _with_clauses(self) -> tuple[Row, ...]:
        """Return the rows with the column ``clause`` filled in."""
        clauses = Clauses(self.district, self.timeline, self.ledger)
        kinds = list(map(_KIND, self.rows))
        known = {kind: clauses.of_kind(row) for kind, row in dict(zip(kinds, self.rows, strict=True)).items()}
        found = list(map(known.__getitem__, kinds))
        for i in (i for i, clause in enumerate(found) if clause is None):
            found[i] = clauses.of(self.district.applicants[i], self.rows[i])
        columns = {name: map(attrgetter(name), self.rows) for name in Row._fields}
        return from_columns(Row, **columns | {"clause": found})


def retold_with_clauses(district: District, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of a ``Retelling``: in order of ``applicant_id``, with clauses."""
    return Retelling(district, rows).rows


def rows_for_retelling(district: District, rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows in the order of the district's children.

    Raises
    ------
    ValueError
        If the rows are not one for every child.
    """
    if _is_aligned(district, rows):
        return rows
    ordered = sorted(rows, key=_ID)
    if not _is_aligned(district, ordered):
        raise ValueError("Expected one row for every child of the roster.")
    return ordered


def _is_aligned(district: District, rows: Sequence[Row]) -> bool:
    """Whether the rows are those of the children, one by one."""
    return len(rows) == len(district.applicants) and all(map(eq, map(_ID, rows), map(_ID, district.applicants)))


class Clauses:
    """The clause that decided, for every row of the assignment (``CLAUSE_KEYS`` of the policy)."""

    def __init__(self, district: District, timeline: Timeline, ledger: Ledger) -> None:
        self._policy = district.policy
        self._timeline = timeline
        self._diverted = {
            (s.label, school): s.phase.clauses["whole_batch" if left <= 0 else "not_drawn"]
            for s in timeline.sections
            if s.step == HOME_STEP
            for school, left in ledger.left(s.number).items()
        }

    def of(self, child: Applicant, row: Row) -> str:
        """Return the clause that decided a child's row."""
        if row.outcome == DIVERTED:
            return self._diverted[row.phase, self._timeline.homes.of(child)]
        if row.outcome == NEEDS_RULING:
            return self._ruling(child, row)
        return self.of_kind(row) or ""

    def of_kind(self, row: Row) -> str | None:
        """Return the clause of a row whose phase, outcome and draw say all; None where the child matters."""
        if row.outcome in {DIVERTED, NEEDS_RULING}:
            return None
        if row.outcome == UNPLACED:
            return self._policy.unplaced_clause
        if row.outcome == EXTERNAL:
            index = self._timeline.settled(*_NOBODY, row)
        else:
            index = self._timeline.of_row(row)
        phase = self._timeline.sections[index].phase
        if row.outcome in {EXTERNAL, ADJUSTED}:
            return phase.clauses[row.outcome]
        drawn = bool(row.draw_id) and isinstance(phase, BatchPhase | ChoicePhase | DeferredAcceptancePhase)
        return phase.clauses["drawn" if drawn else ADMITTED]

    def _ruling(self, child: Applicant, row: Row) -> str:
        """Clause of the decision, or of the missing home school, that awaits a ruling."""
        index = self._timeline.settled(child, self._timeline.homes.of(child), row)
        sections = self._timeline.sections
        return sections[index].phase.clauses[NEEDS_RULING] if index < len(sections) else self._policy.unplaced_clause
