"""Seat locks: which homes are taken by other families, and which this year's seats take (section 4, C123 to C128)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.domain import ADJUSTED, ADMITTED, DIVERTED, Application, Lock, OfficeTables, OfficeValues, Row

FIRST_YEAR = 2020
"""Intakes before it lock nothing (C126)."""

LOCKING: frozenset[str] = frozenset({"A", "B", "C", "D", "E", "R1", "R3"})
"""Categories that rest on a home."""

_OWN_HOMES = {"owned", "grandparents", "public_rental"}


def lock_is_tested(child: Application, office: OfficeValues) -> bool:
    """Whether the way in which a child uses its home is locked and tested at all (Q-28)."""
    return bool(child.home) and (office.q28_homes == "all" or child.tenure in _OWN_HOMES)


def lock_hits(child: Application, locks: Iterable[Lock], office: OfficeValues) -> list[Lock]:
    """Return the locks of its home that hit a child; the family that used it before is never hit (C124, C125)."""
    if not locks or not lock_is_tested(child, office):
        return []
    return [lock for lock in locks if lock.family != child.family and lock_in_force(lock, office)]


def lock_in_force(lock: Lock, office: OfficeValues) -> bool:
    """Whether a lock still counts: six intakes from primary to primary, else three (X-6)."""
    years = office.year - lock.intake_year
    length = 6 if lock.stage == office.stage == "primary" else 3
    return lock.intake_year >= FIRST_YEAR and 0 < years < length + (office.q28_counting == "year0")


def new_locks(tables: OfficeTables, rows: Iterable[Row], categories: Mapping[str, str]) -> tuple[Lock, ...]:
    """Return the locks that this year's seats write: one for each home and family, in the order of the file (C123).

    Parameters
    ----------
    tables : OfficeTables
        Whose ``applications.csv`` names the homes; a child without a row there locks nothing.
    rows : iterable of Row
        The assignment, of the state of the book.
    categories : Mapping[str, str]
        Category of each child at present, by id.
    """
    office = tables.office
    seated = {row.applicant_id for row in rows if row.outcome in (ADMITTED, DIVERTED, ADJUSTED)}
    least: dict[tuple[str, str], str] = {}
    for child in tables.applications:
        name = child.applicant_id
        if name in seated and categories.get(name) in LOCKING and lock_is_tested(child, office):
            key = (child.home, child.family)
            least[key] = min(name, least.get(key, name))
    found = (Lock(home, office.stage, office.year, family, name) for (home, family), name in least.items())
    return tuple(sorted(found, key=lambda lock: (lock.home, lock.family)))
