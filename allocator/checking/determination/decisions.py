"""Preferential and sibling decisions: which of the approved ones stand (section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.checking.determination.case import ChildCase
from allocator.checking.determination.conditions import BIT
from allocator.domain import Decision, School, Zone

_PAPERS: Mapping[str, frozenset[str]] = {
    "military": frozenset({"unit_letter", "officer_card", "booklet", "marriage"}),
    "martyr_disabled": frozenset({"certificate", "booklet", "marriage"}),
    "fire": frozenset({"unit_letter", "work_card", "booklet", "marriage"}),
    "immigration": frozenset({"unit_letter", "work_card", "booklet", "marriage"}),
    "talent": frozenset({"certificate"}),
    "resolution": frozenset({"minutes"}),
    "": frozenset({"application"}),
}
"""Papers needed by ground; a sibling decision has none."""

_LEAST_SERVICE = 5
_LEAST_ORDER = 2


class Decisions:
    """Judges decisions against the schools and zones of the district."""

    def __init__(self, schools: Mapping[str, School], zones: Mapping[str, Zone]) -> None:
        self._schools = schools
        self._zones = zones

    def apply(self, case: ChildCase, approved: Iterable[Decision]) -> None:
        """Fill in the schools of the decisions that stand, the last one of a kind; the others need a ruling."""
        for decision in approved:
            preferential = decision.kind == "preferential"
            if not self._stands(decision, case):
                case.rulings.add("Q-14" if preferential else "Q-15")
            elif preferential:
                case.preferential_school = decision.school_id
            else:
                case.sibling_school = decision.school_id

    def _stands(self, decision: Decision, case: ChildCase) -> bool:
        if self._schools[decision.school_id].external or not _PAPERS[decision.ground].issubset(decision.papers):
            return False
        if decision.kind == "preferential":
            return _preferential(decision, case)
        return (
            decision.sibling_order is not None
            and decision.sibling_order >= _LEAST_ORDER
            and decision.sibling_entry == "zone"
            and decision.sibling_enrolled is True
            and decision.school_id == case.evidence.home.last_year_school != self._zones[case.zone].school_id
        )


def _preferential(decision: Decision, case: ChildCase) -> bool:
    """What a preferential decision needs beside its papers (C113, C116)."""
    if decision.received_on >= case.values.window_urban[0]:
        return False
    if decision.ground == "military":
        return bool(case.found.held & BIT["home_urban"])
    years = decision.service_years
    return decision.ground != "immigration" or (years is not None and years >= _LEAST_SERVICE)
