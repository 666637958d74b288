"""An .xls workbook looked over from outside: a compound file with a stream of records.

Only what must be known before it is read, or is not told by the library that reads it: passwords, macros, links to
other files, hidden rows, formulas.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from allocator.ground import Fault
from allocator.intake.marks import SheetMarks, TooManyCellsError

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_SHEET = 0x0010  # kind of a stream of records: worksheet
_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _ROW, _SUPBOOK = 0x0809, 0x000A, 0x0085, 0x002F, 0x0208, 0x01AE
_FORMULA, _BOOLERR = 0x0006, 0x0205
_CELLS = {_FORMULA, _BOOLERR, 0x00FD, 0x0203, 0x0204, 0x027E, 0x00BD}


def old_book_marks(raw: bytes, file: str) -> tuple[dict[str, SheetMarks], list[Fault]]:
    """Return what is marked in each sheet by its name, and why the workbook is not read."""
    try:
        streams = dict(_streams(raw))
    except (struct.error, IndexError, ValueError, UnicodeError):
        return {}, [Fault("intake.damaged", file)]
    if "encryptedpackage" in streams:
        return {}, [Fault("intake.locked", file)]
    if any(name in streams for name in ("_vba_project_cur", "_vba_project", "vba")):
        return {}, [Fault("intake.macros", file)]
    book = streams.get("workbook") or streams.get("book")
    if not book:
        return {}, [Fault("intake.damaged", file)]
    try:
        return _looked(book, file)
    except TooManyCellsError as error:
        return {}, [Fault("sheet.unsafe", file, params={"reason": str(error)})]
    except (struct.error, IndexError, UnicodeError):
        return {}, [Fault("intake.damaged", file)]


def _streams(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the streams and folders of a compound file by name; the content only of what holds the workbook."""
    shift, mini_shift = struct.unpack_from("<HH", raw, 30)
    first_directory, _, cutoff, first_mini = struct.unpack_from("<IIII", raw, 48)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sector size")
    size = 1 << shift
    table = _table(raw, size)
    directory = _chain(raw, first_directory, table, size)
    root = b""
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        first, long = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").casefold()
        if kind == 5:
            root = _chain(raw, first, table, size)
        if name not in ("workbook", "book") or kind != 2:
            yield name, b""
        elif long < cutoff:
            minis = _chain(raw, first_mini, table, size)
            small = struct.unpack(f"<{len(minis) // 4}I", minis)
            yield name, _chain(b"\0" * 64 + root, first, list(small), 64)[:long]
        else:
            yield name, _chain(raw, first, table, size)[:long]


def _table(raw: bytes, size: int) -> list[int]:
    """Return the table of sectors, each with the one that follows it."""
    sectors = [s for s in struct.unpack_from("<109I", raw, 76) if s < _END - 2]
    after, count = struct.unpack_from("<II", raw, 68)
    for _ in range(min(count, len(raw) // size)):
        if after >= _END:
            break
        part = struct.unpack_from(f"<{size // 4}I", raw, (after + 1) * size)
        sectors += [s for s in part[:-1] if s < _END - 2]
        after = part[-1]
    table: list[int] = []
    for sector in sectors[: len(raw) // size + 1]:
        table += struct.unpack_from(f"<{size // 4}I", raw, (sector + 1) * size)
    return table


def _chain(raw: bytes, first: int, table: list[int], size: int) -> bytes:
    """Return the sectors of a chain joined; one that leads back to itself ends where the file would."""
    parts, sector = list[bytes](), first
    while sector < len(table) and len(parts) <= len(raw) // size:
        parts.append(raw[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)


def _records(book: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the records of a stream: where each begins, its kind, its content."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield at, kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _looked(book: bytes, file: str) -> tuple[dict[str, SheetMarks], list[Fault]]:
    """Return the marks of the sheets, and the fault of a workbook that is locked or reads others."""
    names: dict[int, str] = {}
    sheets: dict[str, SheetMarks] = {}
    marks: SheetMarks | None = None
    for at, kind, content in _records(book):
        if kind == _FILEPASS:
            return {}, [Fault("intake.locked", file)]
        if kind == _SUPBOOK and content[2:4] not in (b"\x01\x04", b"\x01\x3a"):  # its own sheets, or functions
            return {}, [Fault("intake.links", file)]
        if kind == _BOUNDSHEET:
            names[struct.unpack_from("<I", content)[0]] = _short_text(content[6:])
        elif kind == _BOF and struct.unpack_from("<H", content, 2)[0] == _SHEET:
            marks = sheets.setdefault(names.get(at, ""), SheetMarks())
        elif kind == _EOF:
            marks = None
        elif marks is not None:
            _take(marks, kind, content)
    return sheets, []


def _take(marks: SheetMarks, kind: int, content: bytes) -> None:
    """Take a record of a sheet."""
    if kind == _ROW:
        row, first, last = struct.unpack_from("<HHH", content)
        if content[12] & 0x20 and last > first:
            marks.hidden_rows.append(row + 1)
    elif kind in _CELLS:
        row, column = struct.unpack_from("<HH", content)
        marks.grow(row + 1, column + 1)
        if kind == _FORMULA:
            marks.formulas.setdefault(row + 1, []).append(column)
        elif kind == _BOOLERR and content[7]:
            marks.errors.setdefault(row + 1, []).append(column)


def _short_text(content: bytes) -> str:
    """Return a text with its length in one byte in front."""
    length, wide = content[0], content[1] & 1
    return content[2 : 2 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")
