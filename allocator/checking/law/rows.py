"""Rules on rows taken one by one: is every child there once, does the row make sense, is the party together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter, eq

from allocator.checking.law.case import ANY, PLACE, Case, Form, Step, case_step_positions
from allocator.checking.law.entitlement import all_entitled, entitlement
from allocator.domain import EXTERNAL, NEEDS_RULING, OUTCOMES, UNPLACED, Applicant, Row, Violation

PairedRows = Sequence[Row | None]


def pair_rows(children: Sequence[Applicant], rows: Sequence[Row], clause: str) -> tuple[PairedRows, list[Violation]]:
    """Pair every child with its row; report children that are missing, unknown or listed twice.

    Of several rows of one child the first counts.
    """
    first = attrgetter("applicant_id")
    if len(rows) == len(children) and all(map(eq, map(first, rows), map(first, children))):
        return rows, []
    by_id: dict[str, Row] = {}
    for row in rows:
        by_id.setdefault(row.applicant_id, row)
    count: Mapping[str, int] = Counter(map(first, rows)) if len(by_id) < len(rows) else {}
    twice = [child for child, times in count.items() if times > 1]
    lines = [by_id.get(kid.applicant_id) for kid in children]
    missing = [kid.applicant_id for kid, row in zip(children, lines, strict=True) if row is None]
    unknown = set(by_id).difference(map(first, children))
    named = (("check.missing_child", missing), ("check.unknown_child", unknown), ("check.duplicate_child", twice))
    return lines, [Violation(code, child, "", clause) for code, ids in named for child in sorted(ids)]


def claims_of_rows(case: Case) -> None:
    """Record what every party's row says; rows that make no sense leave the claim open."""
    _group(case)
    where = case_step_positions(case.steps)
    for form, parties in case.claims.forms.items():
        code = malformed_row(case, form, where)
        if code:
            _set_aside(case, form, parties, code)
        elif form.outcome == NEEDS_RULING:
            case.claims.ruling.update(parties)
        elif form.outcome != UNPLACED:
            children = case.roster.sizes(parties)
            case.claims.place(where[form.outcome, form.phase], form.school_id, parties, children)


def _group(case: Case) -> None:
    """Parties by what their row says; a bundle by the first of its children that has a row."""
    claims, bundles, lines = case.claims, case.roster.bundles, case.claims.lines
    alike: dict[tuple[str, ...], list[int]] = {}
    form_of = attrgetter(*Form._fields)
    for i in case.roster.parties:
        row = lines[i]
        if row is None and i in bundles:
            row = next((lines[k] for k in bundles[i] if lines[k] is not None), None)
        if row is None:
            claims.open[i] = ANY
            claims.void.add(i)
        else:
            alike.setdefault(form_of(row), []).append(i)
    claims.forms.update((Form(*form), parties) for form, parties in alike.items())


def _set_aside(case: Case, form: Form, parties: Iterable[int], code: str) -> None:
    """Report rows that make no sense, and leave their claims open."""
    for i in parties:
        told = {"phase": form.phase, "outcome": form.outcome}
        case.report(code, case.district.policy.unplaced_clause, i, form.school_id, **told)
        case.claims.open[i] = ANY
        case.claims.void.add(i)


def malformed_row(case: Case, form: Form, where: dict[tuple[str, str], int]) -> str:
    """Return the code of what is wrong with a row whatever its child is; empty where nothing is."""
    school, phase, outcome = form.school_id, form.phase, form.outcome
    if outcome not in OUTCOMES:
        return "check.unknown_outcome"
    if outcome in (NEEDS_RULING, UNPLACED):
        return "check.cells_not_empty" if school or phase else ""
    if not school:
        return "check.school_missing"
    if school not in case.district.schools:
        return "check.unknown_school"
    if (outcome, phase) not in where:
        return "check.outcome_and_phase"
    external = case.district.schools[school].external
    if external != (outcome == EXTERNAL):
        return "check.school_is_external" if external else "check.school_not_external"
    return ""


def bundle_rows_together(case: Case) -> None:
    """The children of a bundle stand at one school, in one phase, with one outcome (C110)."""
    lines, clause = case.claims.lines, case.district.policy.unplaced_clause
    for members in case.roster.bundles.values():
        rows = [(k, lines[k]) for k in members]
        first = next((row for _, row in rows if row is not None), None)
        for k, row in rows:
            if first is None or row is None or PLACE(row) == PLACE(first):
                continue
            code = "check.bundle_separated" if row.school_id != first.school_id else "check.bundle_cells"
            kid = case.roster.children[k].applicant_id
            case.note(code, clause, kid, row.school_id, other=first.applicant_id, other_school=first.school_id)


def rows_entitled(case: Case) -> None:
    """Every school given is one that the phase may give to this child."""
    where = case_step_positions(case.steps)
    for form, parties in case.claims.forms.items():
        position = where.get((form.outcome, form.phase))
        if position is None:
            continue
        step, school = case.steps[position], form.school_id
        for i in () if all_entitled(case.roster, step, parties, school) else parties:
            code = "" if i in case.claims.open else entitlement(case.roster, step, i, school)
            if code:
                _refuse_row(case, i, code, school, step)


def _refuse_row(case: Case, i: int, code: str, school: str, step: Step) -> None:
    """Report a row that gives a child what it may not have there; its seats are taken all the same."""
    kid, clause = case.roster.children[i], step.clause("admitted", "external", "adjusted")
    told = {"status": kid.status, "category": kid.category, "home": case.roster.home[i]}
    case.report(code, clause, i, school, phase=step.name, **told)
    case.claims.void.add(i)
    case.claims.intruders.append((step.position, school, case.roster.size(i)))


def rows_within_hard_caps(case: Case) -> None:
    """No school holds more children than its hard cap, whoever they are."""
    count: dict[str, int] = {}
    for row in case.claims.lines:
        if row is not None:
            count[row.school_id] = count.get(row.school_id, 0) + 1
    for school in sorted(case.district.schools.values(), key=lambda s: s.school_id):
        here = count.get(school.school_id, 0)
        if not school.external and here > school.most:
            clause = case.district.policy.unplaced_clause
            case.note("check.hard_cap", clause, "", school.school_id, children=str(here), cap=str(school.most))
