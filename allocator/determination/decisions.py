"""Preferential and sibling decisions: which of the approved ones stand (section 6, C109, C112 to C117)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.determination.assessment import Assessment
from allocator.determination.dossier import TablesById
from allocator.domain import Decision

PAPERS: Mapping[str, frozenset[str]] = {
    "military": frozenset({"unit_letter", "officer_card", "booklet", "marriage"}),
    "martyr_disabled": frozenset({"certificate", "booklet", "marriage"}),
    "fire": frozenset({"unit_letter", "work_card", "booklet", "marriage"}),
    "immigration": frozenset({"unit_letter", "work_card", "booklet", "marriage"}),
    "talent": frozenset({"certificate"}),
    "resolution": frozenset({"minutes"}),
    "": frozenset({"application"}),
}
"""Papers by ground; the sibling decision has none."""

LEAST_SERVICE = 5
"""Years of an immigration officer's service (C114)."""


def decide(children: Iterable[Assessment], by_id: TablesById) -> None:
    """Name the schools of the decisions that stand; one that does not needs a ruling (Q-14, Q-15)."""
    for child in children:
        for decision in by_id.decisions.get(child.applicant_id, ()):
            _apply(decision, child, by_id)


def _apply(decision: Decision, child: Assessment, by_id: TablesById) -> None:
    sibling = decision.kind == "sibling"
    if not decision_stands(decision, child, by_id):
        child.rulings |= {"Q-15" if sibling else "Q-14"}
    elif sibling:
        child.sibling_school = decision.school_id
    else:
        child.preferential_school = decision.school_id


def decision_stands(decision: Decision, child: Assessment, by_id: TablesById) -> bool:
    """Whether an approved decision has the papers and all else it needs, and names an own school."""
    if by_id.tables.schools[decision.school_id].external or not PAPERS[decision.ground].issubset(decision.papers):
        return False
    if decision.kind == "sibling":
        return _sibling_stands(decision, child, by_id)
    return decision.received_on < by_id.office.window_urban[0] and _ground_stands(decision, child)


def _ground_stands(decision: Decision, child: Assessment) -> bool:
    if decision.ground == "military":
        return "home_urban" in child.marks.held
    if decision.ground == "immigration":
        return decision.service_years is not None and decision.service_years >= LEAST_SERVICE
    return True


def _sibling_stands(decision: Decision, child: Assessment, by_id: TablesById) -> bool:
    """Whether a second or later child lost the elder's school because the zone changed (C109)."""
    home = child.dossier.home
    return (
        decision.sibling_order is not None
        and decision.sibling_order >= 2
        and decision.sibling_entry == "zone"
        and decision.sibling_enrolled is True
        and home is not None
        and decision.school_id == home.last_year_school
        and decision.school_id != by_id.tables.zones[child.zone].school_id
    )
