"""Exports of a platform as tests need them, in every format: .xlsx, .xls, .ods and .csv of the same rows.

The .xls and .ods files are written by hand, so that what stands in them is known to the last byte.
"""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from allocator.intake.persons import person_check_digit

CellOf: TypeAlias = str | int | float | date | None
DAY = "%Y-%m-%d"


@dataclass
class SheetOf:
    """A sheet to be written: its rows, merged ranges (from 0), hidden rows (from 0)."""

    name: str
    rows: Sequence[Sequence[CellOf]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: Sequence[int] = ()
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


def card(area: str, born: str, serial: int) -> str:
    """Return an invented card number with its right check digit."""
    first = f"{area}{born.replace('-', '')}{serial:03}"
    return first + person_check_digit(first)


def xlsx(*sheets: SheetOf) -> bytes:
    """Return an .xlsx workbook; dates are dates, numbers numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for given in sheets:
        sheet = book.add_worksheet(given.name)
        for top, left, bottom, right in given.merged:
            sheet.merge_range(top, left, bottom, right, "")
        for row, cells in enumerate(given.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell not in (None, ""):
                    sheet.write(row, column, cell)
        for (row, column), formula in given.formulas.items():
            sheet.write_formula(row, column, formula, None, 3)
        for row in given.hidden:
            sheet.set_row(row, None, None, {"hidden": True})
    book.close()
    return file.getvalue()


def gb18030(sheet: SheetOf, encoding: str = "gb18030") -> bytes:
    """Return a sheet as CSV."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([[_text(cell) for cell in row] for row in sheet.rows])
    return file.getvalue().encode(encoding)


def _text(cell: CellOf) -> str:
    return "" if cell is None else str(cell)


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(*sheets: SheetOf, content: str = "") -> bytes:
    """Return an .ods workbook; ``content`` stands for its sheets where it is given."""
    body = content or "".join(map(_ods_sheet, sheets))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2">'
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/></manifest:manifest>',
        )
    return file.getvalue()


def _ods_sheet(sheet: SheetOf) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    rows = []
    for row, cells in enumerate(sheet.rows):
        hidden = ' table:visibility="filter"' if row in sheet.hidden else ""
        parts = "".join(_ods_cell(cell, spans.get((row, column))) for column, cell in enumerate(cells))
        rows.append(f"<table:table-row{hidden}>{parts}</table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def _ods_cell(cell: CellOf, span: tuple[int, int] | None) -> str:
    spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if cell in (None, ""):
        return f"<table:table-cell{spanned}/>"
    if isinstance(cell, date):
        return f'<table:table-cell{spanned} office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell{spanned} office:value-type="float" office:value="{cell}"/>'
    words = escape(str(cell))
    return f'<table:table-cell{spanned} office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


# .xls: a compound file with one stream of records (BIFF8)

_SECTOR = 512
_DATE_FORMAT = 14


def xls(*sheets: SheetOf, extra: bytes = b"", streams: Sequence[str] = ()) -> bytes:
    """Return an .xls workbook; ``extra`` are records of its own, ``streams`` names of empty streams beside it."""
    return compound(_book(sheets, extra), streams)


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record of a workbook's stream."""
    return struct.pack("<HH", kind, len(content)) + content


def _book(sheets: Sequence[SheetOf], extra: bytes) -> bytes:
    """Return the stream of a workbook: what holds for all of it, then its sheets."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    forms = (struct.pack("<HHHBBBBIIH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0) for form in (0, _DATE_FORMAT))
    plain, day = (record(0x00E0, form) for form in forms)
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial")
    head = begin + extra + record(0x0042, struct.pack("<H", 1200)) + font + plain + day
    bodies = [_body(sheet) for sheet in sheets]
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    size = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    bound = b""
    for name, body in zip(names, bodies, strict=True):
        bound += record(0x0085, struct.pack("<IHBB", size, 0, len(name) // 2, 1) + name)
        size += len(body)
    return head + bound + record(0x000A) + b"".join(bodies)


def _body(sheet: SheetOf) -> bytes:
    """Return the records of a sheet."""
    width = max(map(len, sheet.rows), default=0)
    parts = [record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))]
    parts.append(record(0x0200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0)))
    for row, cells in enumerate(sheet.rows):
        flags = 0x0100 | (0x20 if row in sheet.hidden else 0)
        parts.append(record(0x0208, struct.pack("<HHHHHHHH", row, 0, len(cells), 255, 0, 0, flags, 0)))
        parts += [_xls_cell(row, column, cell) for column, cell in enumerate(cells) if cell not in (None, "")]
    if sheet.merged:
        ranges = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in sheet.merged)
        parts.append(record(0x00E5, struct.pack("<H", len(sheet.merged)) + ranges))
    return b"".join([*parts, record(0x000A)])


def _xls_cell(row: int, column: int, cell: CellOf) -> bytes:
    """Return the record of a cell."""
    if isinstance(cell, str):
        words = cell.encode("utf-16-le")
        return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(words) // 2, 1) + words)
    is_day = isinstance(cell, date)
    number = float((cell - date(1899, 12, 30)) // timedelta(days=1)) if is_day else float(cell or 0)  # type: ignore[operator, arg-type]
    return record(0x0203, struct.pack("<HHHd", row, column, int(is_day), number))


def compound(stream: bytes, others: Sequence[str] = (), name: str = "Workbook") -> bytes:
    """Return a compound file with one stream, and names of others that are empty."""
    stream += b"\0" * max(0, 4096 - len(stream))  # a shorter one would stand among the small ones
    many = -(-len(stream) // _SECTOR)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1), _entry(name, 2, 1, len(stream))]
    entries += [_entry(other, 2, 0xFFFFFFFE, 0) for other in others]
    entries += [b"\0" * 128] * (-len(entries) % 4)
    folder = -(-128 * len(entries) // _SECTOR)
    tables = 1
    while tables * 128 < 1 + many + folder + tables:
        tables += 1
    first = 1 + many
    chain = [0xFFFFFFFE, *range(2, 1 + many), 0xFFFFFFFE]  # sector 0 is left empty
    chain += [*range(first + 1, first + folder), 0xFFFFFFFE, *[0xFFFFFFFD] * tables]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    places = [first + folder + n for n in range(tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, first, 0, 4096, 0xFFFFFFFE, 0)
    head += struct.pack("<II", 0xFFFFFFFE, 0) + struct.pack("<109I", *places, *[0xFFFFFFFF] * (109 - tables))
    body = b"\0" * _SECTOR + stream.ljust(many * _SECTOR, b"\0") + b"".join(entries).ljust(folder * _SECTOR, b"\0")
    return head + body + struct.pack(f"<{tables * 128}I", *chain)


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    """Return an entry of the folder of a compound file."""
    words = name.encode("utf-16-le") + b"\0\0"
    right = 0xFFFFFFFF
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(words), kind, 1, 0xFFFFFFFF, right, child)
        + b"\0" * 36
        + struct.pack("<III", first, size, 0)
    )
