"""Whether an .xlsx file may be opened: looked at from outside, before any spreadsheet code sees it.

A few kilobytes can claim a cell in the last corner of the sheet, or unpack to terabytes; the library that reads sheets
would end the whole process. So the sizes in the zip directory and all cell references are examined first, a piece at a
time. What slips through meets the memory limit of the process that reads (``sheet_reader``).
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from allocator.ground import Fault
from allocator.reading.sheet_parts import DAMAGE, sheet_part_pieces

MOST_ENTRIES = 2_000
MOST_UNPACKED = 1_500_000_000  # bytes; a roster of a million children needs about 700,000,000
MOST_COLUMNS = 256
MOST_CELLS = 40_000_000  # rows times columns; each costs the reader 32 bytes

_OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # .xls, or a workbook with a password
_LINK = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)["']""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']""")
_PROPER = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\bt\s*=\s*["']e["']""")
CELL_PATTERNS = ((_FORMULA, "sheet.formula"), (_ERROR, "sheet.error_value"))
CELL_FAULTS = frozenset(code for _, code in CELL_PATTERNS)
"""Faults of single cells: the rest of the workbook can be read all the same, and its faults told as well."""
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["']""")


def sheet_faults(raw: bytes, file: str) -> list[Fault]:
    """Return why a file cannot be opened as an .xlsx workbook; nothing if it can.

    Every part must be well-formed to its end, because the library that reads sheets would stop early without a word.
    Formulas and error values are refused as well: what is published must be values that everyone sees alike.
    """
    if raw.startswith(_OLD_FORMAT):
        return [Fault("sheet.old_or_locked", file)]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            reason = _directory_problem(archive)
            if reason is not None:
                return [Fault("sheet.unsafe", file, params={"reason": reason})]
            return [fault for entry in archive.infolist() for fault in _entry_faults(archive, entry, file)]
    except (*DAMAGE, expat.ExpatError):
        return [Fault("sheet.not_xlsx", file)]


def _directory_problem(archive: zipfile.ZipFile) -> str | None:
    """Tell what is suspicious about the list of entries."""
    entries = archive.infolist()
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > MOST_ENTRIES or len(set(names)) < len(names):
        return "zip entries"
    if "xl/workbook.xml" not in names:
        return "xl/workbook.xml"
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return f"> {MOST_UNPACKED} bytes"
    return "encrypted" if any(entry.flag_bits & 1 for entry in entries) else None


def _entry_faults(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> list[Fault]:
    """Return what is wrong with one part of the workbook."""
    if not entry.filename.casefold().endswith((".xml", ".rels")):
        return []
    extent, parser, faults = _Extent(), expat.ParserCreate(), list[Fault]()
    is_sheet = "worksheets/" in entry.filename.casefold()
    for piece in sheet_part_pieces(archive, entry):
        reason = _markup_problem(piece) or _link_problem(piece, entry.filename) or extent.grow(piece)
        if reason is not None:
            return [Fault("sheet.unsafe", file, params={"reason": reason})]
        parser.Parse(piece)
        for pattern, code in CELL_PATTERNS if is_sheet else ():
            faults += [_cell_fault(code, file, piece, found) for found in pattern.finditer(piece)]
    parser.Parse(b"", True)  # raises where the text ends too early
    return faults


def _markup_problem(piece: bytes) -> str | None:
    """Tell what no spreadsheet program would have written: another encoding, entities of its own."""
    if b"\0" in piece:
        return "not UTF-8"
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
        return "DOCTYPE"
    return None


def _link_problem(piece: bytes, name: str) -> str | None:
    """Tell whether the workbook counts parts among its sheets that were not looked at."""
    links = _LINK.findall(piece) if name.casefold() == "xl/_rels/workbook.xml.rels" else []
    return None if all(link.lower().endswith(b".xml") for link in links) else "part of the workbook"


class _Extent:
    """How far the cells of a sheet reach."""

    def __init__(self) -> None:
        self.rows = self.columns = 0

    def grow(self, piece: bytes) -> str | None:
        """Take the references of a piece; return what is wrong with them."""
        found = _PROPER.findall(piece)
        if len(found) < len(_REFERENCE.findall(piece)):
            return "cell reference"
        if not found:
            return None
        letters = {column for column, _ in found}
        self.columns = max(self.columns, *map(_column_number, letters))
        self.rows = max(self.rows, *(int(row) for row in {row for _, row in found}))
        if self.columns > MOST_COLUMNS or self.rows > 1_048_576 or self.rows * self.columns > MOST_CELLS:
            return f"{self.rows} x {self.columns}"
        return None


def _column_number(letters: bytes) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27; 0 without letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cell_fault(code: str, file: str, piece: bytes, found: re.Match[bytes]) -> Fault:
    """Return the fault of the cell in which something was found, without the place where the tag is cut off."""
    before = list(_CELL.finditer(piece, max(0, found.start() - 1000), found.start()))
    tag = _CELL.match(piece, found.start()) or (before[-1] if before else None)
    if tag is None:
        return Fault(code, file)
    cell = tag[1].decode("ascii")
    return Fault(code, file, int(re.sub("[A-Z]", "", cell)), cell)
