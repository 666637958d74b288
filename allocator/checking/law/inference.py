"""Phases and draws of a list that states only who goes where."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.checking.law.case import ANY, OUTCOME_OF, Case, Step
from allocator.checking.law.cells import expected_draw_cells
from allocator.checking.law.entitlement import entitlement
from allocator.checking.law.rules import case_before_rules, judged_by_rules, walk_by_rules
from allocator.domain import ADJUSTED, EXTERNAL, NEEDS_RULING, UNPLACED, District, Row, Violation


def infer_rows(
    district: District, pairs: Mapping[str, str], source: bytes, only: str | None = None
) -> tuple[tuple[Row, ...], tuple[Violation, ...]]:
    """Return the rows that a list of children and schools must mean, and what is missing in it.

    The phases are walked in their order, and each child's school is taken to come from the earliest step in which the
    child, with the list ahead of it, would have been given it; failing that, from the earliest step that gives such a
    child such a school at all. So the right list is inferred exactly, and a wrong one fails where it is wrong. Rows of
    unknown children and children without a row are left out and reported.

    Parameters
    ----------
    pairs : Mapping[str, str]
        School of every child; empty for none, an external school for those who leave.
    source : bytes
        The transcript's bytes, or ``trial|N``.
    only : str or None
        School of which this is the list: children of others are not missing, and follow the rule.

    Returns
    -------
    tuple of Row, tuple of Violation
        The rows for ``check``, sorted by child; missing and unknown children (``check`` tells the missing ones again).
    """
    case = case_before_rules(district, source, [Row(child, "", "", UNPLACED, "") for child in sorted(pairs)])
    _open_claims(case, pairs)
    walk_by_rules(case)
    if only is not None:
        pairs = {**pairs, **_elsewhere(case, only)}
    rows = tuple(
        _row(case, i, k, pairs)
        for i in case.roster.parties
        for k in case.roster.members(i)
        if case.roster.children[k].applicant_id in pairs
    )
    unlisted = (v for v in case.findings if v.code == "check.missing_child" and v.applicant_id not in pairs)
    found = (*unlisted, *(v for v in case.findings if v.code == "check.unknown_child"))
    return _with_draws(district, tuple(sorted(rows)), source), found


def _open_claims(case: Case, pairs: Mapping[str, str]) -> None:
    """Every party wants the school of its first child that is listed; one that is not listed follows the rule."""
    for i in case.roster.parties:
        ids = (case.roster.children[k].applicant_id for k in case.roster.members(i))
        listed = next((child for child in ids if child in pairs), None)
        case.claims.open[i] = ANY if listed is None else pairs[listed]


def _elsewhere(case: Case, only: str) -> dict[str, str]:
    """School that the rule gives to every child of a party that is not listed, unless it is the school of the list."""
    claims, roster = case.claims, case.roster
    unlisted = (i for i in roster.parties if claims.open[i] == ANY and claims.school[i] != only)
    return {roster.children[k].applicant_id: claims.school[i] for i in unlisted for k in roster.members(i)}


def _row(case: Case, party: int, child: int, pairs: Mapping[str, str]) -> Row:
    """Row of one child, its draw still to be found; a child apart from its party is taken by itself."""
    name, claims = case.roster.children[child].applicant_id, case.claims
    school = pairs[name]
    if not school:
        return Row(name, "", "", NEEDS_RULING if party in claims.ruled else UNPLACED, "")
    if school == claims.school[party] and claims.step[party] < claims.never:
        step: Step | None = case.steps[claims.step[party]]
    else:
        step = _possible(case, party, school)
    if step is None:
        return _impossible(case, name, school)
    return Row(name, school, step.name, OUTCOME_OF[step.kind], "")


def _possible(case: Case, party: int, school: str) -> Step | None:
    """Earliest step that gives such a party the school, whatever seats there are."""
    if school not in case.district.schools:
        return None
    external = case.district.schools[school].external
    fitting = (s for s in case.steps if s.kind in OUTCOME_OF and external == (OUTCOME_OF[s.kind] == EXTERNAL))
    return next((s for s in fitting if not entitlement(case.roster, s, party, school)), None)


def _impossible(case: Case, child: str, school: str) -> Row:
    """Row of a child at a school that no step gives it: taken as an adjustment, which the check will refuse."""
    if school in case.district.schools and case.district.schools[school].external:
        return Row(child, school, "", EXTERNAL, "")
    names = [s.name for s in case.steps if OUTCOME_OF.get(s.kind) == ADJUSTED]
    return Row(child, school, names[0] if names else "", ADJUSTED, "")


def _with_draws(district: District, rows: tuple[Row, ...], source: bytes) -> tuple[Row, ...]:
    """Fill in the draws that these rows imply."""
    case = judged_by_rules(district, rows, source)
    steps = {(OUTCOME_OF[s.kind], s.name): s for s in case.steps if s.kind in OUTCOME_OF}
    party_of = {case.roster.children[k].applicant_id: i for i in case.roster.parties for k in case.roster.members(i)}
    found = []
    for row in rows:
        step, party = steps.get((row.outcome, row.phase)), party_of[row.applicant_id]
        draw = next(draw for draw, _ in expected_draw_cells(case, step, row.school_id, (party,)))
        found.append(row._replace(draw_id=draw) if draw else row)
    return tuple(found)
