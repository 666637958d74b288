"""A determination in numbers, what waits for the leading group by ground, and what it has ruled: who, why, when.

For the terminal, and as JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from allocator.domain import RESULTS, STATUSES, Determination, Determined, OfficeTables, Ruling, Text
from allocator.ground import TEXTS
from allocator.sheets import Cell, Column, Mark, Part, Table, Value, both, columns, marks_of

MOST_HELD = 40
"""Children shown by their number; all of them stand in the table."""
_LOUD = frozenset({"warn.locks_missing", "warn.locks_years"})
"""Warnings without which no summary is read: locks that nobody finds."""
_Counted = Iterable[tuple[Cell | Value, ...]]


def summary_name(kind: str, word: str) -> Text | str:
    """Return what people call a word of a determination: ``office.<kind>.<word>``; itself where it has no other."""
    code = f"office.{kind}.{word}"
    return both(code) if code in TEXTS else word


def summary_counts(rows: Iterable[Determined], words_of_row: Callable[[Determined], Iterable[str]]) -> Counter[str]:
    """Return how many children have each word; nobody is counted twice for one."""
    return Counter(word for row in rows for word in sorted(set(words_of_row(row))))


def determination_parts(tables: OfficeTables, determination: Determination) -> Iterator[Part]:
    """Give what the terminal shows: results, categories by status, who is held, what waits, flags."""
    rows = determination.rows
    yield from marks_of(tables.policy)
    yield from (Mark(both(w.code, **w.params), "alarm") for w in tables.warnings if w.code in _LOUD)
    found = Counter(row.result for row in rows)
    yield _counted("office.results", ((summary_name("result", word), found[word]) for word in RESULTS if found[word]))
    if determination.roster:
        yield _categories(tables, determination)
    if held := [row for row in rows if row.result == "held"]:
        yield _held(held)
    waiting = summary_counts(rows, lambda row: row.ruling)
    if waiting:
        yield _counted(
            "office.waiting", ((code, summary_name("ground", code), waiting[code]) for code in sorted(waiting))
        )
    if flags := summary_counts(rows, lambda row: row.flags):
        yield _counted("office.flags", ((summary_name("flag", flag), flags[flag]) for flag in sorted(flags)))
    if papers := sum(bool(row.missing) for row in rows):
        yield both("office.missing", count=papers)


def _counted(code: str, rows: _Counted) -> Table:
    """Return a table of words and numbers of children."""
    made = tuple(rows)
    words = [Column(both("office.column.code"), whole=True)] * (len(made[0]) - 2) if made else []
    heads = (*words, Column(both(f"{code}.what")), Column(both("office.column.children"), "right"))
    return Table(heads, made, both(code))


def _categories(tables: OfficeTables, determination: Determination) -> Table:
    """Return the roster by category and status."""
    names = {category.category_id: category.name for category in tables.policy.categories}
    found = Counter((child.category, child.status) for child in determination.roster)
    heads = [Column(both("office.column.category")), *(Column(summary_name("status", s), "right") for s in STATUSES)]
    there = [*names, *sorted({category for category, _ in found} - names.keys())]
    rows = tuple(
        (_category(category, names), *numbers, sum(numbers))
        for category in there
        if any(numbers := [found[category, status] for status in STATUSES])
    )
    return Table((*heads, Column(both("office.column.children"), "right")), rows, both("office.roster"))


def _category(category: str, names: dict[str, Text]) -> Text | str:
    """Return a category with its name."""
    name = names.get(category)
    return category if name is None else Text(f"{category} {name.zh}", f"{category} {name.en}")


def _held(held: list[Determined]) -> Table:
    """Return the children who are in no roster until the leading group has decided."""
    shown = tuple((row.applicant_id, _grounds(row)) for row in held[:MOST_HELD])
    note = both("office.held.more", count=len(held) - MOST_HELD) if len(held) > MOST_HELD else ""
    return Table((Column(both("office.column.child"), whole=True), Column(both("office.waiting.what"))), shown,
                 both("office.held"), note)  # fmt: skip


def _grounds(row: Determined) -> Text:
    """Return the codes of a child with their words, one after another."""
    names = [summary_name("ground", code) for code in row.ruling]
    words = [name if isinstance(name, Text) else Text(name, name) for name in names]
    pairs = list(zip(row.ruling, words, strict=True))
    return Text("；".join(f"{c} {w.zh}" for c, w in pairs), "; ".join(f"{c} {w.en}" for c, w in pairs))


def determination_object(tables: OfficeTables, determination: Determination) -> dict[str, Any]:
    """Return the same as an object for JSON, its codes as in ``determination.csv``."""
    rows = determination.rows
    return {
        "format_version": 1,
        "kind": "determination",
        "policy_id": tables.policy.policy_id,
        "children": len(rows),
        "results": {word: number for word in RESULTS if (number := sum(row.result == word for row in rows))},
        "categories": dict(Counter(child.category for child in determination.roster)),
        "statuses": dict(Counter(child.status for child in determination.roster)),
        "held": [row.applicant_id for row in rows if row.result == "held"],
        "ruling": dict(summary_counts(rows, lambda row: row.ruling)),
        "missing": dict(summary_counts(rows, lambda row: row.missing)),
        "flags": dict(summary_counts(rows, lambda row: row.flags)),
    }


_NEVER = "9999-12-31"
"""Stands for no day of registration: such children come last."""
_OF_STATUS, _OF_RESULT = "status", "result"


class Waiting(NamedTuple):
    """A child that waits, and since when it is registered."""

    registered_at: str
    row: Determined


def waiting_summary(tables: OfficeTables, determination: Determination) -> dict[str, list[Waiting]]:
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


def counting_rulings(rulings: tuple[Ruling, ...]) -> frozenset[str]:
    """Return the ids of the rulings that count: the last on each field of each child."""
    last: dict[tuple[str, str], Ruling] = {}
    for ruling in sorted(rulings, key=lambda one: (one.decided_on, one.ruling_id)):
        last[ruling.applicant_id, ruling.field] = ruling
    return frozenset(ruling.ruling_id for ruling in last.values())


def rulings_parts(tables: OfficeTables, determination: Determination) -> Iterator[Part]:
    """Give what the terminal shows: a table for each ground, then the rulings given."""
    yield from marks_of(tables.policy)
    found = waiting_summary(tables, determination)
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
    result = both("office.held.short") if row.result == "held" else summary_name("result", row.result)
    return result, row.category, _zone(tables, row.zone), summary_name("status", row.status)


def _zone(tables: OfficeTables, zone: str) -> str:
    """Return a zone by the name of its school, which people know; as it is where there is none."""
    school = tables.schools.get(tables.zones[zone].school_id) if zone in tables.zones else None
    return school.name if school is not None else zone


def _ground(code: str, count: int) -> Text:
    """Return a ground with its words and how many wait for it."""
    return both("office.rulings.ground", ground=code, words=summary_name("ground", code), count=count)


def _given(tables: OfficeTables) -> Iterator[Text]:
    """Yield the rulings given, the last first, each with who, why and when; one that no longer counts says so."""
    good = counting_rulings(tables.rulings)
    names = {zone: _zone(tables, zone) for zone in tables.zones}
    for one in sorted(tables.rulings, key=lambda one: (one.decided_on, one.ruling_id), reverse=True):
        code = "office.rulings.one" if one.ruling_id in good else "office.rulings.past"
        words = {name: cell for name, cell in one._asdict().items() if name not in ("field", "value")}
        yield both(code, **words, field=summary_name("field", one.field), value=_value(one, names))


def _value(ruling: Ruling, zones: Mapping[str, str]) -> Text | str:
    """Return what was ruled in words."""
    if ruling.field == "zone":
        return zones.get(ruling.value, ruling.value)
    return summary_name(ruling.field, ruling.value) if ruling.field in (_OF_STATUS, _OF_RESULT) else ruling.value


def rulings_object(tables: OfficeTables, determination: Determination) -> dict[str, Any]:
    """Return the same as an object for JSON."""
    good = counting_rulings(tables.rulings)
    return {
        "format_version": 1,
        "kind": "rulings",
        "policy_id": tables.policy.policy_id,
        "waiting": [
            {"ground": code, "applicant_id": w.row.applicant_id, "registered_at": w.registered_at}
            for code, children in waiting_summary(tables, determination).items()
            for w in children
        ],
        "given": [
            {**one._asdict(), "decided_on": one.decided_on.isoformat(), "counts": one.ruling_id in good}
            for one in sorted(tables.rulings, key=lambda one: one.ruling_id)
        ],
    }
