"""All rules in the order in which a list is judged by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from allocator.checking.law.bids import judge_bids
from allocator.checking.law.case import (
    ADJUST,
    BIDS,
    CHOICE,
    DECISION,
    DIVERT,
    EXPORT,
    HOME,
    REFERRAL,
    Case,
    Claims,
    Step,
    case_steps,
)
from allocator.checking.law.cells import judge_cells
from allocator.checking.law.decisions import judge_decision, judge_export, judge_referral, judge_rulings
from allocator.checking.law.queues import judge_choice_queues, judge_home_queues
from allocator.checking.law.rows import (
    bundle_rows_together,
    claims_of_rows,
    pair_rows,
    rows_entitled,
    rows_within_hard_caps,
)
from allocator.checking.law.seats import Seats
from allocator.checking.law.serial import judge_serial_adjustment, judge_serial_diversion
from allocator.checking.law.tickets import Lottery
from allocator.checking.parties import Roster
from allocator.checking.session_order import order_line_of_source, order_place_of_party
from allocator.domain import DeferredAcceptancePhase, District, Row, Violation

JUDGES: Mapping[str, Callable[[Case, Step], None]] = {
    EXPORT: judge_export, DECISION: judge_decision, REFERRAL: judge_referral, CHOICE: judge_choice_queues,
    BIDS: judge_bids, HOME: judge_home_queues, DIVERT: judge_serial_diversion, ADJUST: judge_serial_adjustment,
}  # fmt: skip


def check_list_by_rules(district: District, rows: Sequence[Row], source: bytes) -> tuple[Violation, ...]:
    """Return everything that is wrong with a list; empty for exactly the one list that procedure.md defines.

    The phases are walked in their order. The state before each step (who has no seat yet, which seats are left) is
    what the list itself claims, and every party of the step is judged in its order with the claims ahead of it. So
    a fault is reported where it is, and by induction over the steps and the parties only one list has none.

    Parameters
    ----------
    district : District
        Policy, schools, zones and roster; its draw is not looked at.
    rows : sequence of Row
        The list, in any order. An empty ``clause`` is not judged.
    source : bytes
        The transcript's bytes, or ``trial|N``.

    Returns
    -------
    tuple of Violation
        Rows first, then step by step; a bundle's violations bear the id of its party.
    """
    return tuple(judged_by_rules(district, rows, source).findings)


def unproven_by_rules(district: District, rows: Sequence[Row], source: bytes) -> tuple[str, ...]:
    """Return the batches whose diversion by least distance could be neither proven nor refuted.

    Only bundles can cause this, see ``allocator.checking.law.least_distance``. Each batch is named as in the column
    ``phase``; the text of the note is ``check.unproven_by_rules``.
    """
    if district.policy.switches.divert_assign != "least_distance":
        return ()
    return tuple(judged_by_rules(district, rows, source).unproven)


def judged_by_rules(district: District, rows: Sequence[Row], source: bytes) -> Case:
    """Return the case with all rules applied in their order."""
    case = case_of_claims(district, source, rows)
    bundle_rows_together(case)
    rows_entitled(case)
    walk_by_rules(case)
    judge_rulings(case)
    judge_cells(case)
    rows_within_hard_caps(case)
    return case


def case_before_rules(district: District, source: bytes, rows: Sequence[Row]) -> Case:
    """Return the case before the walk, every child paired with its row."""
    roster, steps = Roster(district), case_steps(district.policy)
    lines, findings = pair_rows(roster.children, rows, district.policy.unplaced_clause)
    claims = Claims(len(roster.children), len(steps), lines)
    per_session = district.policy.switches.ticket_scope == "per_session"
    lottery = Lottery(source, per_session, _one_order(district, source, roster))
    seats = Seats(district.policy, district.schools)
    return Case(district, roster, steps, seats, lottery, claims, findings)


def _one_order(district: District, source: bytes, roster: Roster) -> dict[str, int] | None:
    """The order that stands in place of all tickets, where the transcript names one."""
    if not order_line_of_source(source):
        return None
    numbers = () if district.draw is None else district.draw.numbers
    return order_place_of_party(source, [roster.children[i].applicant_id for i in roster.parties], numbers)


def case_of_claims(district: District, source: bytes, rows: Sequence[Row]) -> Case:
    """Return the case before the walk, with the claims of the list noted."""
    case = case_before_rules(district, source, rows)
    claims_of_rows(case)
    return case


def walk_by_rules(case: Case) -> None:
    """Judge step by step; the claims of a step count as seats used from then on."""
    for step in case.steps:
        case.seats.begin_step()
        JUDGES[step.kind](case, step)
        for school, children in case.claims.placed(step.position).items():
            case.seats.take(school, children)
        for position, school, children in case.claims.intruders:
            if position == step.position:
                case.seats.intrude(school, children)
        if isinstance(step.phase, DeferredAcceptancePhase):
            case.seats.release(step.phase.seats)
