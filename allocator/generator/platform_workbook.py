"""The workbook of a platform's export: titles over the whole width, merged cells, a hidden row, totals, a remark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allocator.generator.platform_cells import ExportCell
from allocator.sheets.files import CREATED, OPTIONS, file_as_stored

_HIDDEN = 7
"""The row of a child that somebody hid, counted from the headings."""
_FAMILY = "家庭编号"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of an export.

    Attributes
    ----------
    name : str
        As its tab has it.
    titles : tuple of str
        Lines above the headings.
    headings : sequence of str
        One a column.
    rows : sequence of sequence of ExportCell
        As many cells a row as headings.
    below : sequence of sequence of str
        Totals and remarks.
    """

    name: str
    titles: tuple[str, ...]
    headings: Sequence[str]
    rows: Sequence[Sequence[ExportCell]]
    below: Sequence[Sequence[str]]


def platform_workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return an export; the same sheets give the same bytes."""
    import xlsxwriter  # only here: who makes no export does not wait for it

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"created": CREATED})
    forms = {
        "title": book.add_format({"bold": True, "align": "center"}),
        "heading": book.add_format({"bold": True, "border": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "text": book.add_format({"num_format": "@"}),
        "number": book.add_format({}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, forms)
    book.close()
    return file_as_stored(file.getvalue())


def _write(made: Any, sheet: Sheet, forms: dict[str, Any]) -> None:
    """Write one sheet."""
    for at, title in enumerate(sheet.titles):
        made.merge_range(at, 0, at, len(sheet.headings) - 1, title, forms["title"])
    head = len(sheet.titles)
    made.write_row(head, 0, sheet.headings, forms["heading"])
    made.freeze_panes(head + 1, 0)
    made.set_column(0, len(sheet.headings) - 1, 14)
    for at, row in enumerate(sheet.rows, start=head + 1):
        for place, cell in enumerate(row):
            _write_cell(made, at, place, cell, forms)
    if _FAMILY in sheet.headings:
        _merge_families(made, sheet, head + 1, forms)
        made.set_row(head + _HIDDEN, None, None, {"hidden": True})
    for at, line in enumerate(sheet.below, start=head + 1 + len(sheet.rows)):
        made.write_row(at, 0, line, forms["text"])


def _write_cell(made: Any, row: int, place: int, cell: ExportCell, forms: dict[str, Any]) -> None:
    """Write a cell as what it is."""
    if isinstance(cell, datetime):
        made.write_datetime(row, place, cell, forms["time"])
    elif isinstance(cell, date):
        made.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), forms["date"])
    elif isinstance(cell, str):
        if cell:
            made.write_string(row, place, cell, forms["text"])
    else:
        made.write_number(row, place, cell, forms["number"])


def _merge_families(made: Any, sheet: Sheet, first: int, forms: dict[str, Any]) -> None:
    """Merge the number of a family over the rows of its children, as somebody did by hand."""
    place = sheet.headings.index(_FAMILY)
    numbers = [str(row[place]).strip() for row in sheet.rows]
    start = 0
    while start < len(numbers):
        end = start
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[start]:
            end += 1
        if end > start:
            made.merge_range(first + start, place, first + end, place, numbers[start], forms["text"])
        start = end + 1
