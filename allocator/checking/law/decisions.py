"""Rules of the steps without a draw: external schools, decisions, referrals (procedure.md section 4, P5a, P5b)."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.checking.law.case import Case, Step
from allocator.checking.parties import VERIFIED
from allocator.domain import DecisionPhase


def judge_export(case: Case, step: Step) -> None:
    """Whoever has an external home school leaves with the outcome ``external``, and nobody else does."""
    external = {s.school_id for s in case.district.schools.values() if s.external}
    home = case.roster.home
    if external:
        for i in case.claims.present([i for i in case.roster.parties if home[i] in external], step.position):
            if not _given(case, step, i, home[i]):
                _report_refused(case, "check.external_home", step, i, home[i])


def judge_decision(case: Case, step: Step) -> None:
    """Decisions are kept where all children named for a school fit; otherwise all of them await a ruling."""
    assert isinstance(step.phase, DecisionPhase)
    column, children = step.phase.column, case.roster.children
    named: dict[str, list[int]] = {}
    for i in case.roster.filled(column):
        if children[i].status == VERIFIED:
            named.setdefault(getattr(children[i], column), []).append(i)
    for school in sorted(named):
        _judge_named(case, step, school, case.claims.present(named[school], step.position))


def _judge_named(case: Case, step: Step, school: str, parties: Sequence[int]) -> None:
    """All children named for one school, together."""
    left, wanted = case.seats.left(school), case.roster.sizes(parties)
    for i in parties:
        if wanted <= left:
            if not _given(case, step, i, school):
                _report_refused(case, "check.decision_not_kept", step, i, school)
        elif not case.claims.rule(i, step.position, step.clause("needs_ruling")):
            clause = step.clause("needs_ruling")
            numbers = {"children": str(wanted), "left": str(left)}
            case.report("check.decision_over_seats", clause, i, school, phase=step.name, **numbers)
            if case.claims.takes(i, step.position, school):
                case.seats.intrude(school, case.roster.size(i))


def _given(case: Case, step: Step, party: int, school: str) -> bool:
    """Whether the list gives the school in this step; an open claim is settled if it may be."""
    if case.claims.is_open(party) and case.claims.wants(party, school):
        case.settle(step, party, school)
    return case.claims.takes(party, step.position, school)


def _report_refused(case: Case, code: str, step: Step, party: int, school: str) -> None:
    """Report a seat owed without a draw, once per party."""
    case.owe(party, school, vacant=True)
    if party not in case.claims.faulted:
        case.report(code, step.clause("admitted", "external"), party, school, phase=step.name)


def judge_referral(case: Case, step: Step) -> None:
    """Whoever has neither a seat nor a home school awaits a ruling (C007)."""
    homeless = [i for i in case.roster.parties if not case.roster.home[i]]
    for i in case.claims.present(homeless, step.position):
        if not case.claims.rule(i, step.position, step.clause("needs_ruling")) and i not in case.claims.faulted:
            case.report("check.no_home_school", step.clause("needs_ruling"), i, "")


def judge_rulings(case: Case) -> None:
    """Nobody awaits a ruling whom no phase has sent there."""
    for i in sorted(case.claims.ruling):
        if i not in case.claims.ruled and i not in case.claims.faulted:
            case.report("check.ruling_unfounded", case.district.policy.unplaced_clause, i, "")
