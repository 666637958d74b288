"""Rules that hold for columns of any table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import compress

import numpy as np

from allocator.domain import Mask
from allocator.ground import Fault, cut_faults
from allocator.reading.layout import chinese_words
from allocator.reading.table import Finding, InputTable, judge_table, shown_table_value, table_cell_items


def id_faults(table: InputTable, column: str) -> list[Fault]:
    """Return empty and repeated ids of the rows of a table."""
    ids = table.texts(column)
    if column in table.absent or (all(ids) and len(set(ids)) == len(ids)):
        return []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for row, value in enumerate(ids):
        if not value:
            faults.append(table.fault("cell.empty", row, column, ""))
        elif value in first:
            faults.append(table.fault("id.repeated", row, column, value, {"first": str(table.lines[first[value]])}))
        else:
            first[value] = row
    return cut_faults(faults, len(faults))


def empty_faults(table: InputTable, column: str) -> list[Fault]:
    """Return the empty cells of a column that must be filled."""
    if "" not in table.shared[column].values:
        return []

    def _rule(value: str) -> Iterator[Finding]:
        if not value and column not in table.absent:
            yield Finding("cell.empty", column, "", {})

    return judge_table(table, [column], _rule)


def unlisted_faults(table: InputTable, column: str, allowed: Sequence[str], code: str) -> list[Fault]:
    """Return the cells of a column that hold none of a few words."""
    params = {"expected": ", ".join(word for word in allowed if word)}
    if chinese := chinese_words(column):
        params["expected_zh"] = chinese

    def _rule(value: str) -> Iterator[Finding]:
        if value not in allowed and column not in table.absent:
            yield Finding(code, column, value, params)

    return judge_table(table, [column], _rule)


def unknown_faults(table: InputTable, column: str, ids: Collection[str], code: str) -> list[Fault]:
    """Return the ids in a column, single or joined by ``;``, that are not among those given."""
    if set(table.shared[column].values).difference(ids) <= {""}:
        return []  # one look at each id of a table; the rule takes ten times as long

    def _rule(value: str) -> Iterator[Finding]:
        for item in table_cell_items(value):
            if item not in ids:
                yield Finding(code, column, item, {})

    return judge_table(table, [column], _rule)


def repeated_faults(table: InputTable, column: str, among: Mask | None = None) -> list[Fault]:
    """Return the ids that stand more than once in a cell."""

    def _rule(value: str) -> Iterator[Finding]:
        listed = table_cell_items(value)
        for item in sorted(item for item, times in Counter(listed).items() if times > 1):
            yield Finding("list.repeated", column, item, {})

    return judge_table(table, [column], _rule, among)


def half_coordinates_faults(table: InputTable) -> list[Fault]:
    """Return the rows with one coordinate but not the other."""
    if {"x", "y"} & table.absent:
        return []
    x, y = table.texts("x"), table.texts("y")
    has_x, has_y = (np.fromiter(map(bool, cells), np.bool_, len(cells)) for cells in (x, y))
    faults = []
    for row in np.flatnonzero(has_x != has_y).tolist():
        missing, given = ("x", "y") if has_y[row] else ("y", "x")
        value = shown_table_value((x if has_x[row] else y)[row])
        faults.append(table.fault("place.half", row, missing, "", {"given": given, "value": value}))
    return cut_faults(faults, len(faults))


def rows_without_coordinates(table: InputTable, among: Mask) -> list[int]:
    """Return the rows among some that have no coordinates."""
    rows = np.flatnonzero(among).tolist()
    empty = [not x for x in table.texts("x")]
    return list(compress(rows, [empty[row] for row in rows]))
