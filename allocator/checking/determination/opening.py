"""The opening of a case: evidence, status (section 3.4, step 2), conditions and category."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.checking.determination.case import ChildCase
from allocator.checking.determination.evidence import (
    Evidence,
    evidence_of_urban_hukou,
    evidence_window,
    guardians_by_evidence,
    track_by_evidence,
)
from allocator.checking.determination.gates import Lookup
from allocator.checking.determination.homes import home_lock_hits
from allocator.domain import Application, Ruling


def open_case(child: Application, lookup: Lookup) -> ChildCase:
    """Return the case of a child past the gates, its conditions and category found."""
    ruled = lookup.rulings_of(child)
    evidence = gather_on_opening(child, lookup, ruled)
    case = ChildCase(evidence, ruled, evidence.zone, status_on_opening(child, lookup))
    if case.status == "late" and child.late_cause == "system" and "status" not in ruled:
        case.rulings.add("Q-24")
    need = lookup.special.get(child.applicant_id)
    if need is not None and need.level != "mild" and not need.route:
        case.rulings.add("C121")
    return case


def gather_on_opening(child: Application, lookup: Lookup, ruled: Mapping[str, Ruling]) -> Evidence:
    """Look up all that the conditions of a child ask about."""
    values = lookup.values
    counting, custody_unclear = guardians_by_evidence(child, lookup.families.get(child.family, []))
    exempt = ruled.get("lock_exempt")
    return Evidence(
        child,
        values,
        lookup.home_of(child),
        counting,
        [g for g in counting if evidence_of_urban_hukou(g, values)],
        custody_unclear,
        lookup.checks.get(child.applicant_id, {}),
        lookup.shares.get(child.home, {}),
        track_on_opening(child, lookup),
        home_lock_hits(child, lookup.locks.get(child.home, ()), values),
        exempt is not None and exempt.value == child.home,
    )


def status_on_opening(child: Application, lookup: Lookup) -> str:
    """Return the status (step 2): as ruled, else by blacklist and day of registration."""
    ruling = lookup.rulings_of(child).get("status")
    if ruling is not None:
        return ruling.value
    if child.family in lookup.lost_trust:
        return "blacklisted"
    _, last = evidence_window(track_on_opening(child, lookup), lookup.values)
    return "verified" if child.registered_at is not None and child.registered_at <= last else "late"


def track_on_opening(child: Application, lookup: Lookup) -> str:
    """Return the track of a child past the gates: without one of its own it was ruled in, on the urban track."""
    return track_by_evidence(child, lookup.home_of(child)) or "urban"
