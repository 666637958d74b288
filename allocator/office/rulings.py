"""What waits for the leading group, by ground, and what it has ruled: who, why, when (section 2: rulings.csv)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from allocator.domain import Determination, Determined, OfficeTables, Ruling, Text
from allocator.office.summary import named
from allocator.sheets import Mark, Part, Table, both, columns, marks_of

_NEVER = "9999-12-31"
"""Stands for no day of registration: such children come last."""
_OF_STATUS, _OF_RESULT = "status", "result"


class Waiting(NamedTuple):
    """A child that waits, and since when it is registered."""

    registered_at: str
    row: Determined


def waiting(tables: OfficeTables, determination: Determination) -> dict[str, list[Waiting]]:
    """Return who waits for each ground, the ground of code-point order first; of each the oldest first."""
    days = {
        child.applicant_id: child.registered_at.isoformat() if child.registered_at else ""
        for child in tables.applications
    }
    found: dict[str, list[Waiting]] = {}
    for row in determination.rows:
        for code in row.ruling:
            found.setdefault(code, []).append(Waiting(days[row.applicant_id], row))
    key = lambda one: (one.registered_at or _NEVER, one.row.applicant_id)
    return {code: sorted(found[code], key=key) for code in sorted(found)}


def counting(rulings: tuple[Ruling, ...]) -> frozenset[str]:
    """Return the ids of the rulings that count: the last on each field of each child."""
    last: dict[tuple[str, str], Ruling] = {}
    for ruling in sorted(rulings, key=lambda one: (one.decided_on, one.ruling_id)):
        last[ruling.applicant_id, ruling.field] = ruling
    return frozenset(ruling.ruling_id for ruling in last.values())


def rulings_parts(tables: OfficeTables, determination: Determination) -> Iterator[Part]:
    """Give what the terminal shows: a table for each ground, then the rulings given."""
    yield from marks_of(tables.policy)
    found = waiting(tables, determination)
    yield Mark(both("office.rulings.waiting", count=len({w.row for some in found.values() for w in some})), "title")
    heads = columns("office.column", ("child", "registered_at", "result", "category", "zone", "status"), words=6)
    for code, children in found.items():
        rows = tuple((w.row.applicant_id, w.registered_at, *_standing(tables, w.row)) for w in children)
        yield Mark(_ground(code, len(children)), "title")
        yield Table(heads, rows)
    yield Mark(both("office.rulings.given", count=len(tables.rulings)), "title")
    yield from _given(tables)


def _standing(tables: OfficeTables, row: Determined) -> tuple[Text | str, ...]:
    """Return where a child stands until then."""
    result = both("office.held.short") if row.result == "held" else named("result", row.result)
    return result, row.category, _zone(tables, row.zone), named("status", row.status)


def _zone(tables: OfficeTables, zone: str) -> str:
    """Return a zone by the name of its school, which people know; as it is where there is none."""
    school = tables.schools.get(tables.zones[zone].school_id) if zone in tables.zones else None
    return school.name if school is not None else zone


def _ground(code: str, count: int) -> Text:
    """Return a ground with its words and how many wait for it."""
    return both("office.rulings.ground", ground=code, words=named("ground", code), count=count)


def _given(tables: OfficeTables) -> Iterator[Text]:
    """Yield the rulings given, the last first, each with who, why and when; one that no longer counts says so."""
    good = counting(tables.rulings)
    names = {zone: _zone(tables, zone) for zone in tables.zones}
    for one in sorted(tables.rulings, key=lambda one: (one.decided_on, one.ruling_id), reverse=True):
        code = "office.rulings.one" if one.ruling_id in good else "office.rulings.past"
        words = {name: cell for name, cell in one._asdict().items() if name not in ("field", "value")}
        yield both(code, **words, field=named("field", one.field), value=_value(one, names))


def _value(ruling: Ruling, zones: Mapping[str, str]) -> Text | str:
    """Return what was ruled in words."""
    if ruling.field == "zone":
        return zones.get(ruling.value, ruling.value)
    return named(ruling.field, ruling.value) if ruling.field in (_OF_STATUS, _OF_RESULT) else ruling.value


def rulings_object(tables: OfficeTables, determination: Determination) -> dict[str, Any]:
    """Return the same as an object for JSON."""
    good = counting(tables.rulings)
    return {
        "format_version": 1,
        "kind": "rulings",
        "policy_id": tables.policy.policy_id,
        "waiting": [
            {"ground": code, "applicant_id": w.row.applicant_id, "registered_at": w.registered_at}
            for code, children in waiting(tables, determination).items()
            for w in children
        ],
        "given": [
            {**one._asdict(), "decided_on": one.decided_on.isoformat(), "counts": one.ruling_id in good}
            for one in sorted(tables.rulings, key=lambda one: one.ruling_id)
        ],
    }
