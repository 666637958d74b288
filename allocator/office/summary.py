"""A determination in numbers: for the terminal, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from allocator.domain import RESULTS, STATUSES, Determination, Determined, OfficeTables, Text
from allocator.ground import TEXTS
from allocator.sheets import Cell, Column, Mark, Part, Table, Value, both, marks_of

MOST_HELD = 40
"""Children shown by their number; all of them stand in the table."""
_LOUD = frozenset({"warn.locks_missing", "warn.locks_years"})
"""Warnings without which no summary is read: locks that nobody finds."""
_Counted = Iterable[tuple[Cell | Value, ...]]


def named(kind: str, word: str) -> Text | str:
    """Return what people call a word of a determination: ``office.<kind>.<word>``; itself where it has no other."""
    code = f"office.{kind}.{word}"
    return both(code) if code in TEXTS else word


def counts(rows: Iterable[Determined], of: Callable[[Determined], Iterable[str]]) -> Counter[str]:
    """Return how many children have each word; nobody is counted twice for one."""
    return Counter(word for row in rows for word in sorted(set(of(row))))


def determination_parts(tables: OfficeTables, determination: Determination) -> Iterator[Part]:
    """Give what the terminal shows: results, categories by status, who is held, what waits, flags."""
    rows = determination.rows
    yield from marks_of(tables.policy)
    yield from (Mark(both(w.code, **w.params), "alarm") for w in tables.warnings if w.code in _LOUD)
    found = Counter(row.result for row in rows)
    yield _counted("office.results", ((named("result", word), found[word]) for word in RESULTS if found[word]))
    if determination.roster:
        yield _categories(tables, determination)
    if held := [row for row in rows if row.result == "held"]:
        yield _held(held)
    waiting = counts(rows, lambda row: row.ruling)
    if waiting:
        yield _counted("office.waiting", ((code, named("ground", code), waiting[code]) for code in sorted(waiting)))
    if flags := counts(rows, lambda row: row.flags):
        yield _counted("office.flags", ((named("flag", flag), flags[flag]) for flag in sorted(flags)))
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
    heads = [Column(both("office.column.category")), *(Column(named("status", s), "right") for s in STATUSES)]
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
    names = [named("ground", code) for code in row.ruling]
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
        "ruling": dict(counts(rows, lambda row: row.ruling)),
        "missing": dict(counts(rows, lambda row: row.missing)),
        "flags": dict(counts(rows, lambda row: row.flags)),
    }
