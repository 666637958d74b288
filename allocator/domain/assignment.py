"""Assignments: one row a child, and what a checker says of them."""

from __future__ import annotations

from typing import NamedTuple

ADMITTED, DIVERTED, ADJUSTED = "admitted", "diverted", "adjusted"
EXTERNAL, NEEDS_RULING, UNPLACED = "external", "needs_ruling", "unplaced"
OUTCOMES: tuple[str, ...] = (ADMITTED, DIVERTED, ADJUSTED, EXTERNAL, NEEDS_RULING, UNPLACED)


class Row(NamedTuple):
    """One row of ``assignment.csv`` (procedure.md section 5).

    ``school_id``, ``phase`` and ``draw_id`` are empty where the table there says so. ``clause`` names the row of
    clauses.md that decided; the engines leave it empty, the record fills it in.
    """

    applicant_id: str
    school_id: str
    phase: str
    outcome: str
    draw_id: str
    clause: str = ""


class Violation(NamedTuple):
    """One thing that is wrong with a list, found by the checker.

    Attributes
    ----------
    code : str
        Code of the message (``check.…``).
    applicant_id : str
        The child concerned; empty where a school as a whole is meant.
    school_id : str
        The school concerned; empty where none is.
    clause : str
        Clause of the plan that is violated.
    params : tuple of (str, str)
        Words of the message.
    """

    code: str
    applicant_id: str
    school_id: str
    clause: str
    params: tuple[tuple[str, str], ...] = ()
