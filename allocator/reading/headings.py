"""The first row of a table: which column stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from allocator.ground import Fault
from allocator.reading.layout import InputColumn, plain_heading
from allocator.reading.table import shown_table_value

MOST_COLUMNS = 256


class Headings(NamedTuple):
    """Where the columns of a table stand.

    Attributes
    ----------
    width : int
        Number of cells that every row must have.
    named : int
        Position after the last heading; cells from there on have no column and must be empty.
    places : Mapping[str, int]
        Position of each column that was found, by English name.
    titles : Mapping[str, str]
        For messages, by English name: the headings that stand in the file in Chinese, each with the English name.
    """

    width: int
    named: int
    places: Mapping[str, int]
    titles: Mapping[str, str]

    def title(self, column: str) -> str:
        """Return how messages name a column."""
        return self.titles.get(column, column)


def find_headings(
    cells: Sequence[str], line: int, file: str, layout: Sequence[InputColumn]
) -> tuple[Headings, list[Fault]]:
    """Return the places of the columns and everything that is wrong with the heading row.

    Missing, unknown, unnamed and repeated columns are faults; the order of columns is free. Spreadsheets write empty
    cells after the last heading where something once stood; these do not count.
    """
    names = [plain_heading(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        words = {"found": str(len(names)), "most": str(MOST_COLUMNS)}
        return Headings(len(cells), len(names), {}, {}), [Fault("table.too_many_columns", file, line, params=words)]
    known = {plain_heading(key): column for column in layout for key in (column.name, column.chinese)}
    if not any(name in known for name in names):
        return Headings(len(cells), len(names), {}, {}), [
            Fault("table.no_headings", file, line, params={"expected": _wanted(layout)})
        ]
    places: dict[str, int] = {}
    faults = []
    for place, name in enumerate(names):
        if name not in known:
            faults.append(_unknown(cells[place].strip(), place, line, file, layout))
        elif known[name].name in places:
            faults.append(
                Fault("table.repeated_column", file, line, known[name].name, shown_table_value(cells[place].strip()))
            )
        else:
            places[known[name].name] = place
    faults += [
        Fault("table.missing_column", file, line, c.name, params={"name": c.name, "chinese": c.chinese})
        for c in layout
        if c.name not in places and not c.optional
    ]
    chinese = (c for c in layout if c.name in places and names[places[c.name]] == plain_heading(c.chinese))
    titles = {c.name: f"{c.chinese}({c.name})" for c in chinese}
    return Headings(len(cells), len(names), places, titles), faults


def _unknown(heading: str, place: int, line: int, file: str, layout: Sequence[InputColumn]) -> Fault:
    """Return the fault of a column that is none of the table's, or has no heading."""
    if not heading:
        return Fault("table.unnamed_column", file, line, f"#{place + 1}")
    params = {"column": shown_table_value(heading), "expected": _wanted(layout)}
    return Fault("table.unknown_column", file, line, shown_table_value(heading), params=params)


def _wanted(layout: Sequence[InputColumn]) -> str:
    """Name all columns of the table in both languages, the optional ones in brackets."""
    names = ((c, f"{c.name} {c.chinese}") for c in layout)
    return ", ".join(f"[{name}]" if c.optional else name for c, name in names)
