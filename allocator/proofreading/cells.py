"""The raw cells of an office's table: rows of text with their lines, the heading row first."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

RawRow: TypeAlias = tuple[int, list[str]]
MARKED, CHINESE = "utf-8-sig", "gb18030"


def rows_of_office_cells(path: Path, encoding: str | None) -> Iterator[RawRow]:
    """Yield the rows of a table that hold any text, each with its line, whether it is CSV or a workbook."""
    rows = _sheet(path) if path.suffix == ".xlsx" else _text(path, encoding)
    return ((line, row) for line, row in rows if (row and row[0].strip()) or any(map(str.strip, row)))


def _text(path: Path, encoding: str | None) -> Iterator[RawRow]:
    """Yield the rows of a CSV file."""
    with path.open("rb") as file:
        marked = file.read(3) == b"\xef\xbb\xbf"
    used = codecs.lookup(encoding).name if encoding is not None and not marked else _found(path)
    used = CHINESE if used in ("gbk", "gb2312") else used
    with path.open(encoding=used, newline="") as text:
        lines: Iterable[str] = map(_moved, text) if used == CHINESE else text
        reader, line = csv.reader(lines, strict=True), 1
        for row in reader:
            yield line, row
            line = reader.line_num + 1


def _found(path: Path) -> str:
    """Return UTF-8 if all of a file can be read so, else GB 18030."""
    try:
        with path.open(encoding=MARKED, newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return CHINESE
    return MARKED


def _sheet(path: Path) -> Iterator[RawRow]:
    """Yield the rows of the first worksheet."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # only here: most districts are CSV files

    with CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as book:
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheet = book.get_sheet_by_name(names[0]) if names else None
        for line, row in enumerate(sheet.iter_rows() if sheet is not None and sheet.height else (), start=1):
            yield line, [_shown(value) for value in row]


def _shown(value: Any) -> str:
    """Return a cell as the sheet shows it: numbers with at most fifteen digits, whole ones without a point."""
    return f"{value:.15g}" if type(value) in (int, float) else str(value)


_WAS = (
    "E78D E78E E78F E790 E791 E792 E793 E794 E795 E796 E7C7 E816 E817 E818 E81E E826 E82B E82C E831 E832 E83B E843 "
    "E854 E855 E864"
)
_IS = (
    "FE10 FE12 FE11 FE13 FE14 FE15 FE16 FE17 FE18 FE19 1E3F 20087 20089 200CC 9FB4 9FB5 9FB6 9FB7 215D7 9FB8 2298F "
    "9FB9 9FBA 241FE 9FBB"
)
_MOVED = {int(was, 16): int(now, 16) for was, now in zip(_WAS.split(), _IS.split(), strict=True)}


def _moved(text: str) -> str:
    """Return text of GB 18030 with the characters that its later editions moved out of the private area."""
    return text.translate(_MOVED) if not text.isascii() else text
