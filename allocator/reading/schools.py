"""The tables of schools and zones: their rules and their objects (procedure.md section 1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from allocator.domain import BatchPhase, DeferredAcceptancePhase, Policy, School, Zone
from allocator.ground import Fault
from allocator.reading.layout import DEVICES, JURISDICTIONS, SEAT_COLUMNS
from allocator.reading.rules import (
    empty_faults,
    half_coordinates_faults,
    id_faults,
    repeated_faults,
    rows_without_coordinates,
    unknown_faults,
    unlisted_faults,
)
from allocator.reading.table import Finding, InputTable, judge_table, table_cell_items, table_cell_whole_number


def school_faults(table: InputTable, policy: Policy | None) -> list[Fault]:
    """Return what is wrong with the rows of ``schools.csv``, beyond single cells."""
    faults = id_faults(table, "school_id") + _file_name_faults(table) + empty_faults(table, "name")
    faults += unlisted_faults(table, "jurisdiction", JURISDICTIONS, "school.jurisdiction")
    faults += judge_table(table, ["jurisdiction", *SEAT_COLUMNS], _seat_rule(table))
    faults += half_coordinates_faults(table)
    if policy is not None:
        faults += [fault for column in SEAT_COLUMNS[2:] for fault in _round_faults(table, column, policy)]
    return faults


def _file_name_faults(table: InputTable) -> list[Fault]:
    """Return ids that cannot be names of files beside each other on every system: each school's list is a file."""
    faults, first = [], dict[str, str]()
    for row, school_id in enumerate(table.texts("school_id")):
        name = school_id.casefold()
        if name in DEVICES:
            faults.append(table.fault("school.reserved_id", row, "school_id", school_id))
        elif school_id and first.setdefault(name, school_id) != school_id:
            faults.append(table.fault("school.id_differs_by_case", row, "school_id", school_id, {"other": first[name]}))
    return faults


def schools_of(table: InputTable) -> dict[str, School]:
    """Return the schools by id, in code-point order; cells that are wrong count as empty."""
    columns: dict[str, Sequence[Any]] = {name: table.texts(name) for name in ("school_id", "name", "x", "y", "name_en")}
    columns |= {name: list(map(table_cell_whole_number, table.texts(name))) for name in SEAT_COLUMNS}
    columns["plan"] = [plan or 0 for plan in columns["plan"]]
    columns["external"] = [word == "external" for word in table.texts("jurisdiction")]
    rows = range(len(columns["school_id"]))
    made = [School(**{name: cells[row] for name, cells in columns.items()}) for row in rows]
    return {school.school_id: school for school in sorted(made, key=attrgetter("school_id"))}


def school_coordinates_faults(table: InputTable, policy: Policy, zones: Mapping[str, Zone]) -> list[Fault]:
    """Return the schools of receiving lists without coordinates, where ``divert_assign`` measures distances."""
    if policy.switches.divert_assign != "least_distance" or "x" in table.absent:
        return []
    batches = [phase for phase in policy.phases if isinstance(phase, BatchPhase)]
    receiving = {school for phase in batches for schools in phase.lists.values() for school in schools}
    if policy.switches.e_route == "overflow":
        receiving |= {zone.e_school_id for zone in zones.values()}
    rows = rows_without_coordinates(table, table.where("school_id", receiving.__contains__))
    return [table.fault("place.school_needed", row, "x", "", {"school": table.texts("school_id")[row]}) for row in rows]


def _seat_rule(table: InputTable) -> Callable[..., Iterator[Finding]]:
    """Require seats of own schools, in numbers that fit together, and refuse them of external ones."""

    def _rule(jurisdiction: str, *cells: str) -> Iterator[Finding]:
        if jurisdiction == "external":
            for column, cell in zip(SEAT_COLUMNS, cells, strict=True):
                if cell:
                    yield Finding("seats.external", column, cell, {})
        elif cells[0]:
            yield from _own_seats(*cells)
        elif "plan" not in table.absent:
            yield Finding("seats.no_plan", "plan", "", {})

    return _rule


def _own_seats(plan: str, cap: str, first: str, second: str) -> Iterator[Finding]:
    """Compare the numbers of a school that has a plan."""
    if cap and int(cap) < int(plan):
        yield Finding("seats.cap_below_plan", "hard_cap", cap, {"plan": plan})
    offered = int(first or 0) + int(second or 0)
    if offered > int(plan):
        column, value = (SEAT_COLUMNS[2], first) if int(first or 0) else (SEAT_COLUMNS[3], second)
        yield Finding("seats.offered_above_plan", column, value, {"plan": plan, "offered": str(offered)})


def _round_faults(table: InputTable, column: str, policy: Policy) -> list[Fault]:
    """Return seats set aside for a round that the policy does not have: nothing would ever set them free."""
    rounds = {phase.seats for phase in policy.phases if isinstance(phase, DeferredAcceptancePhase)}

    def _rule(value: str) -> Iterator[Finding]:
        if value not in ("", "0"):
            yield Finding("column.no_round", column, value, {})

    return [] if column in rounds else judge_table(table, [column], _rule)


def zone_faults(table: InputTable, schools: Collection[str] | None) -> list[Fault]:
    """Return what is wrong with the rows of ``zones.csv``, beyond single cells.

    Parameters
    ----------
    schools : collection of str or None
        Ids of the schools; None where their table could not be read.
    """
    faults = id_faults(table, "zone") + empty_faults(table, "school_id") + repeated_faults(table, "dual_school_ids")
    if schools is not None:
        for column in ("school_id", "e_school_id", "dual_school_ids"):
            faults += unknown_faults(table, column, schools, "school.unknown")
    return faults + judge_table(table, ["school_id", "dual_school_ids"], _dual_rule)


def zones_of(table: InputTable) -> dict[str, Zone]:
    """Return the zones by id, in code-point order."""
    school, e_school, dual = map(table.texts, ("school_id", "e_school_id", "dual_school_ids"))
    made = {
        zone: Zone(zone, school_id=school[row], e_school_id=e_school[row], dual_school_ids=table_cell_items(dual[row]))
        for row, zone in enumerate(table.texts("zone"))
    }
    return dict(sorted(made.items()))


def _dual_rule(school: str, dual: str) -> Iterator[Finding]:
    """Refuse a zone's own school among the other schools at which it may register."""
    if school and school in table_cell_items(dual):
        yield Finding("zone.dual_is_own", "dual_school_ids", school, {})
