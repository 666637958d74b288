"""The table of zones: its rules and its objects (procedure.md section 1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allocator.domain import Zone
from allocator.errors import Fault
from allocator.reading.cells import items
from allocator.reading.rules import filled, id_faults, known, once
from allocator.reading.table import Finding, InputTable, judge


def zone_faults(table: InputTable, schools: Collection[str] | None) -> list[Fault]:
    """Return what is wrong with the rows of ``zones.csv``, beyond single cells.

    Parameters
    ----------
    schools : collection of str or None
        Ids of the schools; None where their table could not be read.
    """
    faults = id_faults(table, "zone") + filled(table, "school_id") + once(table, "dual_school_ids")
    if schools is not None:
        for column in ("school_id", "e_school_id", "dual_school_ids"):
            faults += known(table, column, schools, "school.unknown")
    return faults + judge(table, ["school_id", "dual_school_ids"], _dual_rule)


def zones_of(table: InputTable) -> dict[str, Zone]:
    """Return the zones by id, in code-point order."""
    school, e_school, dual = map(table.texts, ("school_id", "e_school_id", "dual_school_ids"))
    made = {
        zone: Zone(zone, school_id=school[row], e_school_id=e_school[row], dual_school_ids=items(dual[row]))
        for row, zone in enumerate(table.texts("zone"))
    }
    return dict(sorted(made.items()))


def _dual_rule(school: str, dual: str) -> Iterator[Finding]:
    """Refuse a zone's own school among the other schools at which it may register."""
    if school and school in items(dual):
        yield Finding("zone.dual_is_own", "dual_school_ids", school, {})
