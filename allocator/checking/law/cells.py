"""Rules of the columns ``draw_id`` and ``clause``: a draw is named where one was held, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.checking.law.case import ADJUST, DIVERT, PLACE, Case, Form, Step, case_step_positions
from allocator.domain import NEEDS_RULING, AdjustmentPhase, BatchPhase


def judge_cells(case: Case) -> None:
    """Every row names the draw that was held for its seat, and the clause that decided, if any."""
    where = case_step_positions(case.steps)
    for form, parties in case.claims.forms.items():
        position = where.get((form.outcome, form.phase))
        step = None if position is None else case.steps[position]
        for draw, some in expected_draw_cells(case, step, form.school_id, parties):
            _judge_form(case, step, form, draw, some)


def expected_draw_cells(
    case: Case, step: Step | None, school: str, parties: Sequence[int]
) -> Iterator[tuple[str, Sequence[int]]]:
    """Draw id of a seat given to parties in a step, the parties put apart by it."""
    if step is None:
        yield "", parties
        return
    drawn = case.drawn.get((step.position, school), set())
    held = case.draws.get((step.position, school), "")
    groups = (_draw_of_all(step), [i for i in parties if i not in drawn]), (held, [i for i in parties if i in drawn])
    yield from (group for group in groups if group[1])


def _draw_of_all(step: Step) -> str:
    """Draw id of every seat given in a diversion or adjustment; empty where only a draw held among equals counts."""
    if step.kind == DIVERT:
        assert isinstance(step.phase, BatchPhase)
        return f"{step.phase.divert_draw}-{step.category}"
    if step.kind == ADJUST:
        assert isinstance(step.phase, AdjustmentPhase)
        return step.phase.draw
    return ""


def _judge_form(case: Case, step: Step | None, form: Form, expected: str, parties: Sequence[int]) -> None:
    """Rows that say the same; where all is right, only the rows of bundles remain to be looked at."""
    outcome = form.outcome
    alike = outcome != NEEDS_RULING and (step is None or step.kind != DIVERT)  # one clause for all of them
    clauses = ("", expected_clause_cell(case, step, expected, outcome, parties[0]) if alike else "")
    right, bundles = form.draw_id == expected and form.clause in clauses, case.roster.bundles
    for i in [i for i in parties if i in bundles] if right else parties:
        if i not in case.claims.void:
            _judge_party(case, step, expected, outcome, i)


def _judge_party(case: Case, step: Step | None, draw: str, outcome: str, party: int) -> None:
    """Draw and clause of every child of a party; children at another school are reported elsewhere."""
    lines, members = case.claims.lines, case.roster.members(party)
    form = next(PLACE(row) for k in members if (row := lines[k]) is not None)
    for k in members:
        row = lines[k]
        if row is not None and PLACE(row) == form:
            clause = expected_clause_cell(case, step, draw, outcome, party)
            _judge_draw(case, clause, k, draw, row.draw_id)
            if row.clause and clause and row.clause != clause:
                _note(case, "check.clause_wrong", clause, k, expected=clause, found=row.clause)


def expected_clause_cell(case: Case, step: Step | None, draw: str, outcome: str, party: int) -> str:
    """Clause that decided (procedure.md section 5); empty for a ruling that no phase has made."""
    if outcome == NEEDS_RULING:
        return case.claims.ruled.get(party, "")
    if step is None:
        return case.district.policy.unplaced_clause
    if step.kind == DIVERT:
        full = (step.name, case.roster.home[party]) in case.full
        return step.clause("whole_batch" if full else "not_drawn")
    return step.clause("drawn" if draw else "admitted", "admitted", "external", "adjusted")


def _judge_draw(case: Case, clause: str, child: int, expected: str, found: str) -> None:
    """One child's draw id."""
    if found == expected:
        return
    code = "check.draw_wrong" if found and expected else "check.draw_missing" if expected else "check.draw_not_held"
    _note(case, code, clause, child, expected=expected, found=found)


def _note(case: Case, code: str, clause: str, child: int, **params: str) -> None:
    """Report a cell of one child."""
    row = case.claims.lines[child]
    assert row is not None
    case.note(code, clause, row.applicant_id, row.school_id, **params)
