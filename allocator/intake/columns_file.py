"""The map from an export to the tables: ``columns.csv`` with ``sheet,heading,column,value,meaning``.

* ``value`` empty: the heading goes to the column; ``skip`` leaves it out, ``? …`` waits for the office.
* ``value`` given: that value of the heading means ``meaning`` (``empty``: nothing).
* ``heading`` and ``value`` empty: every row has ``meaning`` in the column; the column ``skip`` leaves the sheet out.
* ``sheet`` empty: every sheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, readable
from allocator.intake.targets import TABLES, Target, target
from allocator.intake.words import together
from allocator.reading.encodings import find_encoding
from allocator.reading.layout import plain_heading
from allocator.sheets.cells import sheet_csv

HEADER = ("sheet", "heading", "column", "value", "meaning")
LEFT_OUT, OPEN, NOTHING = "skip", "?", "empty"


class MapRow(NamedTuple):
    """One row of the map."""

    sheet: str
    heading: str
    column: str
    value: str = ""
    meaning: str = ""


@dataclass
class SheetMap:
    """What the map says of one sheet.

    Attributes
    ----------
    targets : dict of str to list of Target
        Where each heading goes, by the heading made plain; no target where it is left out.
    values : dict
        Meanings by heading and column (empty: all of its columns), then by value as words are compared.
    constants : dict of Target to str
        What every row has.
    waiting : dict of str to int
        Headings about which the office has not decided, with their line in the map.
    left_out : bool
        Whether nothing of the sheet is read.
    own : set of str
        Headings that the map names for this sheet alone.
    """

    targets: dict[str, list[Target]] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    constants: dict[Target, str] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    left_out: bool = False
    own: set[str] = field(default_factory=set)

    def meanings(self, heading: str, goal: Target) -> dict[str, str]:
        """Return what values of a heading mean in a column."""
        return {**self.values.get((heading, ""), {}), **self.values.get((heading, str(goal)), {})}


def read_map(path: Path) -> list[tuple[int, MapRow]]:
    """Return the rows of a map with their lines.

    Raises
    ------
    InputError
        With everything that is wrong in it.
    """
    raw = readable(path, MOST_OF_A_TEXT)
    codec, faults = find_encoding(raw, path.name, None)
    if codec is None:
        raise InputError(faults)
    try:
        lines = list(csv.reader(io.StringIO(raw.decode(codec), newline=""), strict=True))
    except csv.Error:
        raise InputError([Fault("file.csv", path.name)]) from None
    if not lines or tuple(plain_heading(cell) for cell in lines[0]) != HEADER:
        raise InputError([Fault("intake.map_header", path.name, 1, params={"expected": ",".join(HEADER)})])
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        cells = [cell.strip().removeprefix("'") for cell in cells]
        if not any(cells):
            continue
        row = MapRow(*(cells + [""] * len(HEADER))[: len(HEADER)])
        rows.append((number, row))
        faults += _row_faults(row, len(cells), number, path.name)
    if faults:
        raise InputError(faults)
    return rows


def _row_faults(row: MapRow, width: int, line: int, file: str) -> list[Fault]:
    """Return what is wrong with one row of a map."""
    if width > len(HEADER):
        return [Fault("table.number_of_cells", file, line, params={"expected": str(len(HEADER)), "found": str(width)})]
    special = row.column == LEFT_OUT or row.column.startswith(OPEN) or (row.value and not row.column)
    if not special and target(row.column) is None:
        words = {"expected": ", ".join(TABLES)}
        return [Fault("intake.map_column", file, line, "column", row.column, words)]
    if not row.heading and (row.value or not (row.meaning or row.column == LEFT_OUT)):
        return [Fault("intake.map_heading", file, line, "heading")]
    if row.value and (not row.meaning or row.meaning.startswith(OPEN)):
        return [Fault("intake.map_meaning", file, line, "meaning", row.meaning)]
    return []


def sheet_map(rows: Iterable[tuple[int, MapRow]], sheet: str) -> SheetMap:
    """Return what a map says of one sheet; what is said of it alone stands before what is said of all."""
    found = SheetMap()
    mine = [(line, row) for line, row in rows if not row.sheet or together(row.sheet) == together(sheet)]
    for line, row in sorted(mine, key=lambda item: bool(item[1].sheet)):
        heading = plain_heading(row.heading)
        goal = target(row.column)
        if row.value:
            column = str(goal) if goal else ""
            found.values.setdefault((heading, column), {})[together(row.value)] = row.meaning
        elif not row.heading:
            if goal is None:
                found.left_out = found.left_out or bool(row.sheet)
            else:
                found.constants[goal] = row.meaning
        elif row.column.startswith(OPEN):
            found.waiting[heading] = line
        else:
            found.targets.setdefault(heading, []).extend([goal] if goal else [])
            found.own |= {heading} if row.sheet else set()
    return found


def map_bytes(rows: Sequence[MapRow]) -> bytes:
    """Return a map as a file that Excel and WPS open; nothing in it becomes a formula."""
    return sheet_csv([HEADER, *rows])
