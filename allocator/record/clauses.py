"""The clause that decided, for every row of the assignment (``CLAUSE_KEYS`` of the policy)."""

from __future__ import annotations

from collections.abc import Sequence
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
from allocator.record.ledger import Ledger
from allocator.record.sections import HOME_STEP, Timeline

_KIND = attrgetter("phase", "outcome", "draw_id")
"""What of a row decides the clause, for most rows whoever the child is."""


def with_clauses(district: District, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with the column ``clause`` filled in, in order of ``applicant_id``.

    Parameters
    ----------
    district : District
        The district; its draw is not needed.
    rows : sequence of Row
        One row for every child, in any order.

    Raises
    ------
    ValueError
        If the rows are not one for every child.
    """
    ordered = aligned(district, rows)
    clauses = Clauses(district, Ledger(district, Timeline(district), ordered))
    kinds = list(map(_KIND, ordered))
    known = {kind: clauses.of_kind(row) for kind, row in dict(zip(kinds, ordered, strict=True)).items()}
    found = list(map(known.__getitem__, kinds))
    for i in (i for i, clause in enumerate(found) if clause is None):
        found[i] = clauses.of(district.applicants[i], ordered[i])
    columns = {name: map(attrgetter(name), ordered) for name in Row._fields}
    return from_columns(Row, **columns | {"clause": found})


def aligned(district: District, rows: Sequence[Row]) -> Sequence[Row]:
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


_ID = attrgetter("applicant_id")


def _is_aligned(district: District, rows: Sequence[Row]) -> bool:
    """Whether the rows are those of the children, one by one."""
    return len(rows) == len(district.applicants) and all(map(eq, map(_ID, rows), map(_ID, district.applicants)))


class Clauses:
    """Clauses of a district's rows."""

    def __init__(self, district: District, ledger: Ledger) -> None:
        self._policy = district.policy
        self._timeline = Timeline(district)
        self._diverted = {
            (s.label, school): s.phase.clauses["whole_batch" if left <= 0 else "not_drawn"]
            for s in self._timeline.sections
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


_NOBODY = (Applicant("", "", ""), "")
"""An exported row needs no child to find its section."""
