"""Homes taken by others: seat locks (section 4), two families in one year (section 3.5); and the opening of a case.

Opening gathers evidence, finds the status (section 3.4, step 2), and judges conditions and category.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.checking.determination.case import RULING, ChildCase
from allocator.checking.determination.categories import ORDER
from allocator.checking.determination.evidence import (
    Evidence,
    counting_guardians,
    has_urban_hukou,
    tenure_tested,
    track_of,
    window_of,
)
from allocator.checking.determination.gates import Lookup
from allocator.domain import STATUSES, Application, Lock, OfficeValues, Ruling

FIRST_YEAR = 2020
"""Seats of earlier intakes lock nothing (C123)."""

_BY_HOME = frozenset(ORDER) - {"R2", "U"}
"""Categories that a home gives."""


def hit(child: Application, locks: Iterable[Lock], values: OfficeValues) -> bool:
    """Whether one of the locks of its home hits a child."""
    if not tenure_tested(child, values):
        return False
    return any(lock.family != child.family and _lasts(lock, values) for lock in locks)


def _lasts(lock: Lock, values: OfficeValues) -> bool:
    """Whether a lock of an earlier year still counts at this stage; the intake year is year 1, or year 0."""
    intakes = 6 if lock.stage == values.stage == "primary" else 3
    years = values.year - lock.intake_year + (values.q28_counting == "year1")
    return FIRST_YEAR <= lock.intake_year < values.year and years <= intakes


def settle_homes(cases: Iterable[ChildCase]) -> None:
    """Give every home that several families claim to the one with the best claim, or to none of equal ones."""
    claimants: dict[str, list[ChildCase]] = {}
    for case in cases:
        if case.category in _BY_HOME and not case.evidence.exempt and tenure_tested(case.child, case.values):
            claimants.setdefault(case.child.home, []).append(case)
    for claims in claimants.values():
        if len({case.child.family for case in claims}) > 1:
            _settle(claims)


def _settle(claims: list[ChildCase]) -> None:
    """Settle one home: every family stands by its best child there."""
    best: dict[str, tuple[int, int]] = {}
    for case in claims:
        family, key = case.child.family, _key(case)
        best[family] = min(key, best.get(family, key))
    least = min(best.values())
    alone = list(best.values()).count(least) == 1
    for case in claims:
        if best[case.child.family] > least:
            case.flags.add("same_home")
            case.lock_out()
        elif not alone:
            case.flags.add("same_home")
            case.category, case.clause, case.codes = "U", "Q-28", {f"{RULING}Q-28"}


def _key(case: ChildCase) -> tuple[int, int]:
    return STATUSES.index(case.status), ORDER.index(case.category)


def open_case(child: Application, lookup: Lookup) -> ChildCase:
    """Return the case of a child past the gates, its conditions and category found."""
    ruled = lookup.rulings_of(child)
    evidence = gather(child, lookup, ruled)
    case = ChildCase(evidence, ruled, evidence.zone, status_of(child, lookup))
    if case.status == "late" and child.late_cause == "system" and "status" not in ruled:
        case.rulings.add("Q-24")
    need = lookup.special.get(child.applicant_id)
    if need is not None and need.level != "mild" and not need.route:
        case.rulings.add("C121")
    return case


def gather(child: Application, lookup: Lookup, ruled: Mapping[str, Ruling]) -> Evidence:
    """Look up all that the conditions of a child ask about."""
    values = lookup.values
    counting, custody_unclear = counting_guardians(child, lookup.families.get(child.family, []))
    exempt = ruled.get("lock_exempt")
    return Evidence(
        child,
        values,
        lookup.home_of(child),
        counting,
        [g for g in counting if has_urban_hukou(g, values)],
        custody_unclear,
        lookup.checks.get(child.applicant_id, {}),
        lookup.shares.get(child.home, {}),
        enter_track(child, lookup),
        hit(child, lookup.locks.get(child.home, ()), values),
        exempt is not None and exempt.value == child.home,
    )


def status_of(child: Application, lookup: Lookup) -> str:
    """Return the status (step 2): as ruled, else by blacklist and day of registration."""
    ruling = lookup.rulings_of(child).get("status")
    if ruling is not None:
        return ruling.value
    if child.family in lookup.lost_trust:
        return "blacklisted"
    _, last = window_of(enter_track(child, lookup), lookup.values)
    return "verified" if child.registered_at is not None and child.registered_at <= last else "late"


def enter_track(child: Application, lookup: Lookup) -> str:
    """Return the track of a child past the gates: without one of its own it was ruled in, on the urban track."""
    return track_of(child, lookup.home_of(child)) or "urban"
