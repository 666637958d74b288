"""Tables as CSV: for people, who open it in Excel or WPS, marks above; for programs, the header its first line."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.domain import Text
from allocator.ground import BOTH, Written
from allocator.sheets.cells import CellValue, NumberText, sheet_csv
from allocator.sheets.table import Cell, Column, Table, Value
from allocator.sheets.words import written_in

MARK = "mark"
"""Last column of a table for programs: the marks that stand above it for people."""


def csv_for_people(table: Table, written: Written = BOTH) -> bytes:
    """Return a table for Excel and WPS: byte order mark, CRLF, marks above headings in the languages of lists.

    A text that a sheet would compute or change gets an apostrophe in front, and so does such a mark.
    """
    others = [""] * (len(table.columns) - 1) if table.caption else []  # lists are published without
    above = [[written_in(written, mark.words), *others] for mark in table.above]
    heads = [column.heading(written, " ") for column in table.columns]
    return sheet_csv([*above, heads, *(_line(row, table.columns, written) for row in table.rows)])


def csv_for_machines(table: Table) -> bytes:
    """Return a table whose first line names its columns; its marks are the last cell of every line.

    Encoding and harmless cells are those of ``csv_for_people``, both languages in each text.
    """
    marks = [" | ".join(written_in(BOTH, mark.words) for mark in table.marks)] if table.marks else []
    heads = [*(column.key for column in table.columns), *[MARK] * len(marks)]
    return sheet_csv([heads, *([*_line(row, table.columns, BOTH), *marks] for row in table.rows)])


def _line(row: Sequence[Cell | Value], columns: Sequence[Column], written: Written) -> list[CellValue]:
    """The cells of a row; where one has smaller words, they are left to who reads it as a page."""
    return [
        cell if type(cell) is str else _cell(cell, column, written) for cell, column in zip(row, columns, strict=True)
    ]


def _cell(cell: Cell | Value, column: Column, written: Written) -> CellValue:
    """A cell: numbers with all their digits, words in the languages of the table."""
    value = cell.value if isinstance(cell, Cell) else cell
    if isinstance(value, float):
        return NumberText(f"{round(value, column.exact) or 0.0:.{column.exact}f}")  # no minus before a nought
    return written_in(written, value, column.between) if isinstance(value, Text) else value
