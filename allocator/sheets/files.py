"""Tables as files, CSV and workbooks: for people, with the marks above; for programs, the header its first line.

A workbook has a sheet for each table, and nothing in it is a formula. The same tables give the same bytes: the date
inside is fixed and the parts are stored uncompressed, because compressed bytes differ between builds of zlib.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any

from allocator.domain import Text
from allocator.ground import BOTH, Written
from allocator.sheets.cells import FIGURE, CellValue, NumberText, sheet_csv
from allocator.sheets.table import Cell, Column, Mark, Table, Value, Weight, said, written_in

MARK = "mark"
"""Last column of a table for programs: the marks that stand above it for people."""


def csv_for_people(table: Table, written: Written = BOTH) -> bytes:
    """Return a table for Excel and WPS: byte order mark, CRLF, marks above headings in the languages of lists.

    A text that a sheet would compute or change gets an apostrophe in front, and so does such a mark.
    """
    others = [""] * (len(table.columns) - 1) if table.caption else []  # lists are published without
    above = [[mark.line(written), *others] for mark in table.above]
    heads = [column.heading(written, " ") for column in table.columns]
    return sheet_csv([*above, heads, *(_line(row, table.columns, written) for row in table.rows)])


def csv_for_machines(table: Table) -> bytes:
    """Return a table whose first line names its columns; its marks are the last cell of every line.

    Encoding and harmless cells are those of ``csv_for_people``, both languages in each text.
    """
    marks = [" | ".join(mark.line(BOTH) for mark in table.marks)] if table.marks else []
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


OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(2000, 1, 1)
A4 = 9
LONGEST_SHEET_NAME = 31
LONGEST_HEADER = 255
MOST_LINES = 1_000_000
"""Lines of a sheet; Excel has room for a few more."""
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LINE_HEIGHT = 17  # points
NUMBERS = 14  # characters of a line above numbers
FORMS: dict[Weight, str] = {
    "title": "title", "alarm": "warning", "warning": "warning", "notice": "warning", "plain": "source",
    "good": "source", "bad": "warning", "lead": "lead",
}  # fmt: skip


def workbook_file_keyword(kind: str) -> bytes:
    """Return what a workbook of a kind of table holds and no other file: words in cells have their ``<`` escaped."""
    return f"<cp:keywords>allocator {kind}</cp:keywords>".encode()


def workbook(tables: Iterable[Table], written: Written = BOTH, kind: str = "") -> bytes:
    """Return tables as a workbook (.xlsx).

    Parameters
    ----------
    tables : iterable of Table
        A sheet each; one of more than ``MOST_LINES`` rows goes on in the next.
    written : Written
        Language or languages of all sheets.
    kind : str
        Stands in the file's properties, so that no other file is ever replaced by one of its kind.
    """
    file = io.BytesIO()
    book = _Book(file, written, kind)
    for table in tables:
        for start in range(0, len(table.rows) or 1, MOST_LINES):
            book.sheet(table, table.rows[start : start + MOST_LINES])
    book.close()
    return file_as_stored(file.getvalue())


def is_workbook(path: Path) -> bool:
    """Whether what is written to a path is a workbook, by its ending; else it is CSV."""
    return path.suffix.lower() == ".xlsx"


def file_for_machines(table: Table, path: Path) -> bytes:
    """Return a table as a path's ending says: CSV that begins with its header, or a workbook in both languages."""
    return workbook([table], kind=table.kind) if is_workbook(path) else csv_for_machines(table)


def file_for_people(table: Table, path: Path, written: Written = BOTH) -> bytes:
    """Return a table as a path's ending says: CSV with its marks above, or a workbook."""
    return workbook([table], written, table.kind) if is_workbook(path) else csv_for_people(table, written)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel accepts for a sheet and that no sheet has yet; adds it to ``taken`` (lower case)."""
    clean = NOT_IN_SHEET_NAMES.sub(" ", wanted).strip().strip("'").strip() or "-"
    number, name = 1, _shortened(clean, "")
    while name.lower() in taken or name.lower() == "history":
        number += 1
        name = _shortened(clean, f" ({number})")
    taken.add(name.lower())
    return name


def _shortened(name: str, ending: str) -> str:
    """Return a name with an ending, short enough for Excel, which counts UTF-16 units."""
    while len((name + ending).encode("utf-16-le")) // 2 > LONGEST_SHEET_NAME:
        name = name[:-1]
    return name.rstrip(" '") + ending


class _Book:
    """The workbook while it is written: its formats, and the way every sheet looks."""

    def __init__(self, file: io.BytesIO, written: Written, kind: str) -> None:
        import xlsxwriter  # only here: who writes no workbook does not wait for it

        self._book = xlsxwriter.Workbook(file, OPTIONS)
        self._kind = kind
        self._written = written
        self._taken: set[str] = set()
        box = {"border": 1, "valign": "vcenter"}
        words = {"num_format": "@", "text_wrap": True, "align": "center"}  # @: text, also after somebody edits the cell
        self._formats = {
            "title": self._book.add_format({**words, "bold": True, "font_size": 14}),
            "warning": self._book.add_format({**words, "bold": True, "font_color": "red"}),
            "source": self._book.add_format({**words, "font_size": 9}),
            "lead": self._book.add_format({"num_format": "@", "text_wrap": True}),
            "heading": self._book.add_format({**words, **box, "bold": True, "bg_color": "#E7E6E6"}),
            "text": self._book.add_format({**box, "num_format": "@"}),
            "long": self._book.add_format({**box, "num_format": "@", "text_wrap": True}),
            "number": self._book.add_format(box),
        }  # fmt: skip

    def sheet(self, table: Table, rows: Sequence[Sequence[Cell | Value]]) -> None:
        """Add a sheet with a table: marks, headings that stay in sight and on every printed page, then rows of it."""
        name = said(table.name or table.caption, self._written.first) or table.kind
        sheet = self._book.add_worksheet(sheet_name(name, self._taken))
        headings = [column.heading(self._written, "\n") for column in table.columns]
        lines = [self._line(row, table.columns) for row in rows]
        widths = [
            column.width or column_width(headings[at], [line[at] for line in lines], is_number=column.align == "right")
            for at, column in enumerate(table.columns)
        ]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        marks = [(mark, mark.line(self._written)) for mark in table.above]
        if len(self._taken) == 1:
            known = {"keywords": f"allocator {self._kind}"} if self._kind else {}
            self._book.set_properties({"created": CREATED, "title": marks[0][1] if marks else "", **known})
        head = self._write_marks(sheet, marks, sum(widths), len(widths) - 1)
        tallest = max(height_of(heading, width) for heading, width in zip(headings, widths, strict=True))
        sheet.set_row(head, LINE_HEIGHT * tallest)
        sheet.write_row(head, 0, headings, self._formats["heading"])
        for row, line in enumerate(lines, start=head + 1):
            self._write_line(sheet, row, line, [column.width for column in table.columns])
        last = head + len(lines)
        last = self._write_signing(sheet, table, last, widths)
        sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
        sheet.freeze_panes(head + 1, 0)
        self._set_print(sheet, marks, (head, last, len(widths) - 1), sum(widths))

    def close(self) -> None:
        """Finish the workbook."""
        self._book.close()

    def _line(self, row: Sequence[Cell | Value], columns: Sequence[Column]) -> list[str | int | float]:
        """The cells of a row: words in the languages of the workbook, numbers with the digits that files have."""
        return [
            cell if type(cell) is str else self._cell(cell, column) for cell, column in zip(row, columns, strict=True)
        ]

    def _cell(self, cell: Cell | Value, column: Column) -> str | int | float:
        """A cell."""
        value = cell.value if isinstance(cell, Cell) else cell
        if isinstance(value, float):
            return round(value, column.exact)
        if isinstance(value, NumberText) and FIGURE.fullmatch(value) and not value.endswith("%"):
            return float(value) if "." in value else int(value)
        if isinstance(value, Text):
            return written_in(self._written, value, column.between)
        return "" if value is None else value

    def _write_line(
        self, sheet: Any, row: int, line: Sequence[str | int | float], widths: Sequence[int | None]
    ) -> None:
        """Write one line; text stays text, whatever it looks like, and takes several lines in a column held narrow."""
        lines = [height_of(cell, w) if w and isinstance(cell, str) else 1 for cell, w in zip(line, widths, strict=True)]
        if max(lines) > 1:
            sheet.set_row(row, LINE_HEIGHT * max(lines))
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                form = "long" if lines[column] > 1 else "text"
                sheet.write_string(row, column, cell, self._formats[form])
            else:
                sheet.write_number(row, column, cell, self._formats["number"])

    def _write_signing(self, sheet: Any, table: Table, last: int, widths: Sequence[int]) -> int:
        """Write the lines to be signed, a row apart, below the table; return the last row."""
        for line in table.signing:
            last += 2
            words, form = written_in(self._written, line, "   "), self._formats["lead"]
            if len(widths) > 1:
                sheet.merge_range(last, 0, last, len(widths) - 1, words, form)
            else:
                sheet.write_string(last, 0, words, form)
            sheet.set_row(last, LINE_HEIGHT * height_of(words, sum(widths)))
        return last

    def _write_marks(self, sheet: Any, marks: Sequence[tuple[Mark, str]], width: int, last: int) -> int:
        """Write what stands above over the whole width; return the row of the headings."""
        for row, (mark, line) in enumerate(marks):
            form = self._formats[FORMS[mark.weight]]
            if last:
                sheet.merge_range(row, 0, row, last, line, form)
            else:
                sheet.write_string(row, 0, line, form)
            larger = 1.25 if mark.weight == "title" else 1
            sheet.set_row(row, LINE_HEIGHT * larger * height_of(line, width / larger))
        return len(marks)

    def _set_print(
        self, sheet: Any, marks: Sequence[tuple[Mark, str]], corner: tuple[int, int, int], width: int
    ) -> None:
        """Set A4, one page wide, headings and warnings on every page, page numbers and the source at the foot."""
        head, last_row, last_column = corner
        sheet.set_paper(A4)
        if width > 100:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        tails = [row for row, (mark, _) in enumerate(marks) if mark.tail and FORMS[mark.weight] == "source"]
        sheet.repeat_rows(min(tails, default=head), head)  # digests stand on every page, where no footer has room
        sheet.print_area(0, 0, last_row, last_column)
        sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.75)
        title, warnings, source = (
            [line for mark, line in marks if FORMS[mark.weight] == form and not mark.tail]
            for form in ("title", "warning", "source")
        )
        sheet.set_header("&C" + _header_text(" · ".join(warnings or title[:1]), LONGEST_HEADER - 2))
        # A line of its own, on an upright page both are too wide for one; &A is the sheet's name: the school.
        pages = "\n&A · " + self._written.text("list.page")
        sheet.set_footer("&L" + _header_text(" · ".join(source), LONGEST_HEADER - 2 - len(pages)) + pages)


def column_width(heading: str, cells: Sequence[str | int | float], *, is_number: bool) -> int:
    """Return a column's width in characters: its longest cell, within reason; above numbers a heading takes lines."""
    longest = max((_units(str(cell)) for cell in cells), default=0)
    room = max(_units(part) for part in heading.split("\n"))
    return min(60, max(10, longest + 2, min(room, NUMBERS if is_number else room) + 2))


def _units(line: str) -> int:
    """Return the width of a text in half characters: Chinese ones count two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line)


def height_of(content: str, width: float) -> int:
    """Return the number of lines that a text takes in a cell of a width in characters; a little room is left."""
    return sum(max(1, ceil(_units(line) / (0.9 * width))) for line in content.split("\n"))


def _header_text(line: str, room: int) -> str:
    """Return a text for a printed header: ampersands doubled, cut to the room that Excel gives."""
    while len(line.replace("&", "&&").encode("utf-16-le")) // 2 > room:
        line = line[:-1]
    return line.replace("&", "&&")


def file_as_stored(raw: bytes) -> bytes:
    """Return a zip file with its parts stored uncompressed and nothing in it that depends on machine or day."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.create_system = 3
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return file.getvalue()
