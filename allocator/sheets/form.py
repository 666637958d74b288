"""A table to be filled in: a workbook with headings, drop-downs and hints; no formula, no comment, one sheet.

It is read as it is: cells of ids and words are text from the first, so that no spreadsheet turns a number into another.
What explains such tables is a workbook of pages, whose cells take as many lines as they need.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from allocator.sheets.files import A4, CREATED, LINE_HEIGHT, OPTIONS, file_as_stored, height_of

ROWS = 20_000
"""Rows below the headings that have drop-downs and hints."""

_LONGEST_LIST, _LONGEST_TITLE, _LONGEST_HINT = 255, 32, 255
"""What Excel takes of a drop-down, and of the title and text of a hint."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column to be filled in.

    Attributes
    ----------
    heading : str
        As it is read.
    hint : str
        What a cell shows when somebody goes to it.
    words : tuple of str
        The drop-down; nothing else may be entered then.
    needed : bool
        Whether no row may leave it empty; such headings stand out.
    kind : {"text", "day", "number"}
        How its cells are kept.
    """

    heading: str
    hint: str
    words: tuple[str, ...] = ()
    needed: bool = False
    kind: Literal["text", "day", "number"] = "text"


def form(name: str, columns: Sequence[FormColumn]) -> bytes:
    """Return an empty table as a workbook (.xlsx); the same columns give the same bytes."""
    import xlsxwriter  # only here: who makes no form does not wait for it

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"created": CREATED, "title": name})
    sheet = book.add_worksheet(name)
    head = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "num_format": "@"}
    needed, other = (book.add_format({**head, "bg_color": colour}) for colour in ("#FFE699", "#E7E6E6"))
    cells = {
        "text": book.add_format({"num_format": "@"}), "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "number": book.add_format({}),
    }  # fmt: skip
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(12, 2 * len(column.heading) + 3), cells[column.kind])
        sheet.write_string(0, place, column.heading, needed if column.needed else other)
        sheet.data_validation(1, place, ROWS, place, _validation(column))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return file_as_stored(file.getvalue())


@dataclass(frozen=True, slots=True)
class FormPage:
    """One sheet to be read.

    Attributes
    ----------
    name, title : str
        Of its tab, and above its table.
    headings : tuple of (str, int)
        Each with the width of its column in characters.
    rows : sequence of sequence of str
        As many cells a row as headings.
    """

    name: str
    title: str
    headings: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str]]


def pages(made: Sequence[FormPage]) -> bytes:
    """Return sheets to be read as a workbook (.xlsx), each one page wide in print."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"created": CREATED, "title": made[0].title})
    box = {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}
    title, cell = book.add_format({"bold": True, "font_size": 14}), book.add_format(box)
    heading = book.add_format({**box, "bold": True, "bg_color": "#E7E6E6"})
    for page in made:
        sheet = book.add_worksheet(page.name)
        sheet.write_string(0, 0, page.title, title)
        for at, row in enumerate([[name for name, _ in page.headings], *page.rows], start=1):
            for place, text in enumerate(row):
                sheet.write_string(at, place, text, cell if at > 1 else heading)
            sheet.set_row(at, LINE_HEIGHT * max(height_of(t, w) for t, (_, w) in zip(row, page.headings, strict=True)))
        for place, (_, width) in enumerate(page.headings):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.set_footer("&L&A&RPage &P / &N")
    book.close()
    return file_as_stored(file.getvalue())


def _validation(column: FormColumn) -> dict[str, Any]:
    """Return the hint of a column, and its drop-down where it has one that Excel takes."""
    hint = {
        "input_title": column.heading[:_LONGEST_TITLE],
        "input_message": column.hint[:_LONGEST_HINT],
        "ignore_blank": True,
    }
    if column.words and len(",".join(column.words)) <= _LONGEST_LIST:
        return {**hint, "validate": "list", "source": list(column.words), "error_type": "stop"}
    return {**hint, "validate": "any"}
