"""What no rule refuses in the office's tables, but the office should look at before anything is decided by them."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.domain import OfficeValues
from allocator.ground import Fault
from allocator.reading.suspicions import application_suspicions
from allocator.reading.table import InputTable
from allocator.reading.warnings import id_lengths, near_ids

_FIRST_YEAR = 2020
"""Of the register of locks (C123)."""


def office_warnings(values: OfficeValues, tables: Mapping[str, InputTable | None]) -> list[Fault]:
    """Return a register of locks that is missing or lacks years, ids that may be mistyped, and mistaken columns."""
    locks, applications = _lock_warnings(values, tables.get("locks")), tables["applications"]
    if applications is None:
        return locks
    near = [f for rule in (id_lengths, near_ids) for f in rule(applications, "applicant_id")]
    return [*locks, *near, *application_suspicions(values, applications, tables["schools"])]


def _lock_warnings(values: OfficeValues, locks: InputTable | None) -> list[Fault]:
    """Return the warning of a register that cannot be whole: every year that still locks must have a row."""
    years = range(max(_FIRST_YEAR, values.year - 6), values.year)
    if not years:
        return []
    if locks is None:
        return [Fault("warn.locks_missing", "locks.csv", params={"first": str(years[0]), "last": str(years[-1])})]
    there = set(map(int, filter(None, locks.texts("intake_year"))))
    lacking = ", ".join(str(year) for year in years if year not in there)
    return [Fault("warn.locks_years", locks.file, params={"years": lacking})] if lacking else []
