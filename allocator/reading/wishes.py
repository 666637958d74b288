"""Wishes for a diversion that can have no effect: no rule refuses them, but the family should hear of it beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allocator.domain import STATUSES, BatchPhase, ExportPhase, Policy, School, Zone
from allocator.ground import Fault
from allocator.reading.table import InputTable, table_cell_items

COLUMN = "preferred_diversion"


def wish_warnings(
    table: InputTable, policy: Policy, schools: Mapping[str, School], zones: Mapping[str, Zone]
) -> list[Fault]:
    """Return a warning for each school that is wished for from a home school whose receiving list it is not on.

    Only verified children are looked at whose category has a batch and whose home school is here. Each pair of schools
    is told once, at the first row, with the number of children.
    """
    found: dict[tuple[str, str], list[int]] = {}
    rows: list[int] = []
    leaving = any(isinstance(phase, ExportPhase) for phase in policy.phases)
    for row, zone, home, category, wished in _wishes(table, policy, zones):
        phase = _batches(policy, category)
        if phase is None or not home or (leaving and schools[home].external):
            continue
        rows.append(row)
        listed = _listed(phase, home, _first(zone, category, policy, zones))
        for school in wished:
            if school not in listed:
                found.setdefault((home, school), []).append(row)
    if rows and policy.switches.divert_assign == "least_distance":
        words = {"count": str(len(rows))}
        return [table.fault("warn.wishes_by_distance", rows[0], COLUMN, table.texts(COLUMN)[rows[0]], words)]
    return [_warning(table, home, school, rows) for (home, school), rows in sorted(found.items())]


def _warning(table: InputTable, home: str, school: str, rows: list[int]) -> Fault:
    """Return the warning of one pair of schools."""
    first = table.texts("applicant_id")[rows[0]]
    words = {"home": home, "first": first, "count": str(len(rows))}
    code = "warn.wish_own_school" if school == home else "warn.wish_not_listed"
    return table.fault(code, rows[0], COLUMN, school, words)


def _wishes(
    table: InputTable, policy: Policy, zones: Mapping[str, Zone]
) -> Iterator[tuple[int, str, str, str, tuple[str, ...]]]:
    """Give row, zone, home school, category and wishes of the verified children who have some."""
    if COLUMN in table.absent:
        return
    columns = [table.texts(name) for name in ("category", "zone", "registered_school", COLUMN)]
    rules = {c.category_id: c.home for c in policy.categories}
    verified = table.where("status", STATUSES[0].__eq__)
    for row, wished in enumerate(columns[-1]):
        if wished and verified[row]:
            category, zone, registered = (cells[row] for cells in columns[:3])
            if category in rules and zone in zones:
                yield (
                    row,
                    zone,
                    _home(rules[category], zones[zone], registered, policy),
                    category,
                    table_cell_items(wished),
                )


def _home(rule: str, zone: Zone, registered: str, policy: Policy) -> str:
    """Return the home school (procedure.md section 1; switch ``e_route``)."""
    if rule == "e_school":
        overflow = policy.switches.e_route == "overflow" and zone.e_school_id
        return zone.school_id if overflow else zone.e_school_id
    return registered if rule == "registered" and registered else zone.school_id


def _first(zone: str, category: str, policy: Policy, zones: Mapping[str, Zone]) -> str:
    """Return the school that ``e_route: overflow`` puts first in the receiving list; empty otherwise."""
    by_e_school = next(c.home for c in policy.categories if c.category_id == category) == "e_school"
    return zones[zone].e_school_id if by_e_school and policy.switches.e_route == "overflow" else ""


def _batches(policy: Policy, category: str) -> BatchPhase | None:
    """Return the phase of batches that has one for a category."""
    found = (phase for phase in policy.phases if isinstance(phase, BatchPhase) and category in phase.categories)
    return next(found, None)


def _listed(phase: BatchPhase, home: str, first: str) -> set[str]:
    """Return the schools that receive the diverted of a home school."""
    return {first, *phase.lists[phase.list_of.get(home, phase.others)]} - {home, ""}
