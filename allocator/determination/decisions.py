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
    if decision_lacks(decision, child, by_id):
        child.rulings |= {"Q-15" if sibling else "Q-14"}
    elif sibling:
        child.sibling_school = decision.school_id
    else:
        child.preferential_school = decision.school_id


def decision_lacks(decision: Decision, child: Assessment, by_id: TablesById) -> tuple[str, ...]:
    """Return what an approved decision lacks of papers and all else it needs; empty where it stands."""
    lacks = sorted(PAPERS[decision.ground] - set(decision.papers))
    if by_id.tables.schools[decision.school_id].external:
        lacks.append("own_school")
    if decision.kind == "sibling":
        lacks += _sibling_lacks(decision, child, by_id)
    elif not decision.received_on < by_id.office.window_urban[0]:
        lacks.append("in_time")
    if decision.ground == "military" and "home_urban" not in child.marks.held:
        lacks.append("home_urban")
    if decision.ground == "immigration" and not (decision.service_years or 0) >= LEAST_SERVICE:
        lacks.append("service_years")
    return tuple(lacks)


def _sibling_lacks(decision: Decision, child: Assessment, by_id: TablesById) -> list[str]:
    """What is not so of a second or later child that lost the elder's school because the zone changed (C109)."""
    home = child.dossier.home
    is_so = {
        "sibling_order": (decision.sibling_order or 0) >= 2,
        "sibling_entry": decision.sibling_entry == "zone",
        "sibling_enrolled": decision.sibling_enrolled is True,
        "last_year_school": home is not None and decision.school_id == home.last_year_school,
        "changed_zone": bool(child.zone) and decision.school_id != by_id.tables.zones[child.zone].school_id,
    }
    return [name for name, holds in is_so.items() if not holds]
