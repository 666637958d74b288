"""Homes taken by others: seat locks (section 4), two families in one year (section 3.5)."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.checking.determination.case import RULING, ChildCase
from allocator.checking.determination.categories import ORDER
from allocator.checking.determination.evidence import (
    tenure_tested_by_evidence,
)
from allocator.domain import STATUSES, Application, Lock, OfficeValues

FIRST_YEAR = 2020
"""Seats of earlier intakes lock nothing (C123)."""

_BY_HOME = frozenset(ORDER) - {"R2", "U"}
"""Categories that a home gives."""


def home_lock_hits(child: Application, locks: Iterable[Lock], values: OfficeValues) -> bool:
    """Whether one of the locks of its home hits a child."""
    if not tenure_tested_by_evidence(child, values):
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
        if (
            case.category in _BY_HOME
            and not case.evidence.exempt
            and tenure_tested_by_evidence(case.child, case.values)
        ):
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
