"""Exports as they are: every sheet of every file, as rows of text, with what is marked in it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from allocator.ground import Fault, open_file_bytes, some_as_text
from allocator.intake.container import Container, file_container
from allocator.intake.marks import SheetMarks
from allocator.intake.ods_look import ods_marks
from allocator.intake.old_book import old_book_marks
from allocator.reading import (
    CELL_FAULTS,
    Rows,
    csv_rows,
    find_encoding,
    look_for_sheets,
    look_over_sheets,
    rows_of_every_sheet,
    sheet_faults,
    with_moved_characters,
)

MOST_OF_AN_EXPORT = 200_000_000
"""Bytes of a file; 100,000 rows of 25 columns take 15,000,000."""
MEMORY, SECONDS = 1_000_000_000, 60
"""What the process may take that reads a workbook."""
_SEEN = {"sheet.hidden_rows": "intake.hidden_rows", "sheet.hidden_columns": "intake.hidden_columns"}
_HEAD = 4_000
"""Bytes of a text in which it is seen what parts its columns."""
_LIMITS = (MEMORY, SECONDS)


@dataclass
class ExportSheet:
    """One sheet of an export.

    Attributes
    ----------
    file, name : str
        Name of the file, and of the sheet in it; empty for CSV.
    lines : list of int
        Line of each row that holds something.
    cells : list of list of str
        The text of its cells.
    marks : SheetMarks
        What is marked besides.
    """

    file: str
    name: str
    lines: list[int]
    cells: list[list[str]]
    marks: SheetMarks = field(default_factory=SheetMarks)

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"{self.file}[{self.name}]" if self.name else self.file


@dataclass
class Exports:
    """Everything that was read, and what is wrong with it or should be looked at."""

    sheets: list[ExportSheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def read_exports(paths: Sequence[Path], encoding: str | None = None) -> Exports:
    """Return the sheets of all files, in order; a file that is refused has none."""
    found = Exports()
    for path in paths:
        try:
            raw = open_file_bytes(path, MOST_OF_AN_EXPORT)
        except OSError as error:
            found.faults.append(Fault("file.unreadable", path.name, params={"reason": error.strerror or ""}))
            continue
        except ValueError as error:
            found.faults += getattr(error, "faults", ())
            continue
        _read(raw, path.name, encoding, found)
    return found


def _read(raw: bytes, file: str, encoding: str | None, found: Exports) -> None:
    """Read one file by what it is."""
    kind, faults = file_container(raw, file)
    before = len(found.faults) + len(found.sheets)
    found.faults += faults
    if kind is Container.TEXT and not faults:
        _read_text(raw, file, encoding, found)
    elif not faults:
        _READERS[kind](raw, file, found)
    if len(found.faults) + len(found.sheets) == before:
        found.faults.append(Fault("file.empty", file))


def _read_text(raw: bytes, file: str, encoding: str | None, found: Exports) -> None:
    """Read a CSV file."""
    codec, faults = find_encoding(raw, file, encoding)
    found.faults += faults
    if codec is None:
        return
    if codec == "gb18030":
        raw, codec = with_moved_characters(raw)
    if b"\t" in raw[:_HEAD] and raw[:_HEAD].count(b"\t") > raw[:_HEAD].count(b","):  # text of columns under any name
        raw, codec = book_with_commas(raw.decode(codec)), "utf-8"
    sheet = _sheet(file, "", csv_rows(raw, file, codec, found.faults))
    found.sheets += [sheet] if sheet.lines else []


def book_with_commas(text: str) -> bytes:
    """Return a text whose columns are parted by tabs as CSV in UTF-8."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(line.split("\t") for line in text.splitlines())
    return file.getvalue().encode("utf-8")


def _read_xlsx(raw: bytes, file: str, found: Exports) -> None:
    """Read an .xlsx workbook."""
    faults = sheet_faults(raw, file)
    if any(fault.code not in CELL_FAULTS for fault in faults):
        found.faults += faults
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = look_for_sheets(archive)
        marked = _marked(archive, parts) if faults else {}
    marks = {name: marked.get(name, SheetMarks()) for name in parts}
    for name, part in parts.items():
        seen, noted = look_over_sheets(raw, f"{file}[{name}]", part)
        found.faults += [fault for fault in seen if fault.code not in _SEEN and fault.code != "sheet.merged"]
        found.warnings += [Fault(_SEEN[f.code], f.file, f.row, params=f.params) for f in seen if f.code in _SEEN]
        found.warnings += noted
    _take_sheets(raw, file, marks, found)


def _read_ods(raw: bytes, file: str, found: Exports) -> None:
    """Read an .ods workbook."""
    marks, faults = ods_marks(raw, file)
    _read_marked(raw, file, marks, faults, found)


def _read_xls(raw: bytes, file: str, found: Exports) -> None:
    """Read an .xls workbook."""
    marks, faults = old_book_marks(raw, file)
    _read_marked(raw, file, marks, faults, found)


_READERS = {Container.XLSX: _read_xlsx, Container.ODS: _read_ods, Container.XLS: _read_xls}


def _read_marked(raw: bytes, file: str, marks: dict[str, SheetMarks], faults: list[Fault], found: Exports) -> None:
    """Read a workbook that was looked over, and tell its hidden rows."""
    found.faults += faults
    if faults:
        return
    for name, mark in marks.items():
        if rows := mark.hidden_rows:
            words = {"count": str(len(rows)), "places": some_as_text(rows)}
            found.warnings.append(Fault("intake.hidden_rows", f"{file}[{name}]", rows[0], params=words))
    _take_sheets(raw, file, marks, found)


def _take_sheets(raw: bytes, file: str, marks: dict[str, SheetMarks], found: Exports) -> None:
    """Read the sheets of a workbook in a process of its own."""
    sheets, faults = rows_of_every_sheet(raw, file, *_LIMITS)
    found.faults += faults
    for read in sheets:
        sheet = _sheet(file, read.name, read.rows)
        sheet.marks = marks.get(read.name, SheetMarks())
        sheet.marks.merged = sheet.marks.merged or [(tuple(a), tuple(b)) for a, b in read.merged]  # type: ignore[misc]
        if read.hidden and sheet.lines:
            found.warnings.append(Fault("intake.hidden_sheet", sheet.label))
        if sheet.lines:
            found.sheets.append(sheet)


def _sheet(file: str, name: str, rows: Iterator[Rows]) -> ExportSheet:
    """Return a sheet of its rows, without those that hold nothing."""
    lines: list[int] = []
    cells: list[list[str]] = []
    for some in rows:
        for line, row in zip(some.lines, some.cells, strict=True):
            if any(row) and any(map(str.strip, row)):
                lines.append(line)
                cells.append(row)
    return ExportSheet(file, name, lines, cells)


_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>|<(?:\w+:)?(f)[\s/>]"""
)
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")


def _marked(archive: zipfile.ZipFile, parts: dict[str, str]) -> dict[str, SheetMarks]:
    """Return the formulas and error values of each sheet; only a workbook that has some is looked at so."""
    names = {name.casefold(): name for name in archive.namelist()}
    marks = {}
    for sheet, part in parts.items():
        mark = marks[sheet] = SheetMarks()
        raw = archive.read(names[part.casefold()]) if part.casefold() in names else b""
        row = column = 0
        for found in _CELL.finditer(raw):
            if found[3] is None:
                row, column = int(found[2]), _column(found[1])
                if _IS_ERROR.search(found[0]):
                    mark.errors.setdefault(row, []).append(column)
            else:
                mark.formulas.setdefault(row, []).append(column)
    return marks


def _column(letters: bytes) -> int:
    """Return the number of a column from 0 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
