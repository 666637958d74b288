"""Rules of the columns ``draw_id`` and ``clause``: a draw is named where one was held, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.checking.case import Case
from allocator.checking.steps import ADJUST, DIVERT, Step, positions
from allocator.domain import NEEDS_RULING, AdjustmentPhase, BatchPhase


def judge_cells(case: Case) -> None:
    """Every row names the draw that was held for its seat, and the clause that decided, if any."""
    where = positions(case.steps)
    for (school, phase, outcome), parties in case.claims.forms.items():
        position = where.get((outcome, phase))
        step = None if position is None else case.steps[position]
        draw = "" if step is None else expected_draw(case, step, school)
        _judge_form(case, step, draw, outcome, parties)


def expected_draw(case: Case, step: Step, school: str) -> str:
    """Draw id of a seat given in a step: always in a diversion or adjustment, else where a draw was held."""
    if step.kind == DIVERT:
        assert isinstance(step.phase, BatchPhase)
        return f"{step.phase.divert_draw}-{step.category}"
    if step.kind == ADJUST:
        assert isinstance(step.phase, AdjustmentPhase)
        return step.phase.draw
    return case.draws.get((step.position, school), "")


def _judge_form(case: Case, step: Step | None, draw: str, outcome: str, parties: Sequence[int]) -> None:
    """Rows that say the same of school, phase and outcome."""
    lines, void, bundles = case.claims.lines, case.claims.void, case.register.bundles
    alike = outcome != NEEDS_RULING and (step is None or step.kind != DIVERT)  # one clause for all of them
    right = {(draw, ""), (draw, expected_clause(case, step, draw, outcome, parties[0]) if alike else "")}
    for i in parties:
        row = lines[i]
        plain = row is not None and row[4:] in right and i not in bundles
        if not plain and i not in void:
            _judge_party(case, step, draw, outcome, i)


def _judge_party(case: Case, step: Step | None, draw: str, outcome: str, party: int) -> None:
    """Draw and clause of every child of a party; children at another school are reported elsewhere."""
    lines, members = case.claims.lines, case.register.members(party)
    form = next(row[1:4] for k in members if (row := lines[k]) is not None)
    for k in members:
        row = lines[k]
        if row is not None and row[1:4] == form:
            clause = expected_clause(case, step, draw, outcome, party)
            _judge_draw(case, clause, k, draw, row.draw_id)
            if row.clause and clause and row.clause != clause:
                _note(case, "check.clause_wrong", clause, k, expected=clause, found=row.clause)


def expected_clause(case: Case, step: Step | None, draw: str, outcome: str, party: int) -> str:
    """Clause that decided (procedure.md section 5); empty for a ruling that no phase has made."""
    if outcome == NEEDS_RULING:
        return case.claims.ruled.get(party, "")
    if step is None:
        return case.district.policy.unplaced_clause
    if step.kind == DIVERT:
        full = (step.name, case.register.home[party]) in case.full
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
