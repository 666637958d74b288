"""A published workbook read back: every cell against the one that the list implies, whichever version wrote it.

Fonts, colours and widths are not compared. Everything else that a reader could take for a value is: sheets and their
order, cells with their kind, merged cells, headers and footers, hidden sheets, rows and columns, formats of numbers,
and parts that no list has (macros, comments, links, pictures).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice, zip_longest
from typing import Any

from allocator.ground import Fault
from allocator.reading import sheet_faults

MOST_TOLD = 100
"""Differences told of one workbook; how many more there are stands in the last."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_FREE = re.compile(
    r"docProps/.*|xl/theme/.*|xl/metadata\.xml|xl/sharedStrings\.xml|\[Content_Types\]\.xml|.*\.rels", re.IGNORECASE
)
_MERGED = re.compile(rb"""<mergeCell\b[^>]*\bref\s*=\s*["']([^"']*)["']""")
_HEADER = re.compile(rb"<((?:odd|even|first)(?:Header|Footer))\b[^>]*>([^<]+)</")
_MORE = re.compile(
    rb"<(dataValidations|conditionalFormatting|autoFilter|hyperlinks|drawing|legacyDrawing|oleObjects)\b"
)
_HIDDEN = re.compile(
    rb"""<(?:row|col)\b[^>]*\b(?:hidden\s*=\s*["'](?:1|true)["']|(?:ht|width)\s*=\s*["']0(?:\.[0-9]*)?["'])"""
    rb"""|<sheetFormatPr\b[^>]*\b(?:zeroHeight\s*=\s*["'](?:1|true)["']|default\w+\s*=\s*["']0(?:\.[0-9]*)?["'])"""
)
_NAMES = re.compile(rb"<definedName\b[^>]*>([^<]*)<|<(externalReference)\b")
_FORMATS = re.compile(rb"""formatCode\s*=\s*["']([^"']*)["']|numFmtId\s*=\s*["']([0-9]+)["']""")
_USUAL = {"0", "49", "General", "@"}  # numbers as they are, and text
_SPELLING = re.compile(r"[\s'$]+|_x000[aAdD]_")  # what programs write in different ways
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""")


def workbook_differences(raw: bytes, expected: bytes, file: str) -> list[Fault]:
    """Return what a workbook says otherwise than the one expected.

    Parameters
    ----------
    raw : bytes
        As it was found; anything at all.
    expected : bytes
        Made from the list, by this program.
    file : str
        Name for the faults.
    """
    if raw == expected:
        return []
    if faults := sheet_faults(raw, file):
        return faults
    try:
        found = [*_cells(raw, expected, file), *_parts(raw, expected, file)]
    except BaseException as error:  # a panic of the library that reads is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return [Fault("sheet.unreadable", file)]
    more = [Fault("workbook.more", file, params={"count": str(len(found) - MOST_TOLD)})] * (len(found) > MOST_TOLD)
    return [*found[:MOST_TOLD], *more]


def _cells(raw: bytes, expected: bytes, file: str) -> Iterator[Fault]:
    """Sheets and cells that differ."""
    from python_calamine import CalamineWorkbook  # only here: a run reads no workbook back

    with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as one, CalamineWorkbook.from_filelike(
        io.BytesIO(expected)
    ) as other:
        found, right = _sheets(one), _sheets(other)
        if list(found) != list(right):
            words = {"expected": ", ".join(right)}
            yield Fault("workbook.sheets", file, value=", ".join(found), params=words)
        for name, visible in right.items():
            if name in found:
                if found[name] != visible:
                    yield Fault("workbook.hidden", file, 0, name)
                yield from _sheet_cells(name, _rows(one, name), _rows(other, name), file)


def _sheets(book: Any) -> dict[str, str]:
    """Visibility and kind of each sheet by its name."""
    return {sheet.name: f"{sheet.visible} {sheet.typ}" for sheet in book.sheets_metadata}


def _rows(book: Any, name: str) -> list[list[Any]]:
    """All rows of a sheet from its first cell."""
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def _sheet_cells(name: str, found: Sequence[list[Any]], right: Sequence[list[Any]], file: str) -> Iterator[Fault]:
    """Cells of one sheet that differ in kind or value."""
    for row, (cells, others) in enumerate(zip_longest(found, right, fillvalue=()), start=1):
        if cells != others or any(map(_kinds_differ, cells, others)):
            for column, (cell, other) in enumerate(zip_longest(cells, others, fillvalue=""), start=1):
                if cell != other or _kinds_differ(cell, other):
                    place = f"{name}!{_letters(column)}{row}"
                    yield Fault("workbook.cell", file, row, place, str(cell)[:60], {"expected": str(other)[:60]})


def _kinds_differ(one: object, other: object) -> bool:
    """Whether two cells are of different kinds: the text 1 is not the number 1."""
    return isinstance(one, str) is not isinstance(other, str) or isinstance(one, bool) is not isinstance(other, bool)


def _letters(column: int) -> str:
    """Return the letters of a column by its number: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _parts(raw: bytes, expected: bytes, file: str) -> Iterator[Fault]:
    """What stands around the cells and differs: other parts, merged cells, headers, hidden rows, formats of numbers."""
    found, right = _archive(raw), _archive(expected)
    for name in sorted(found):
        if _OUTSIDE.search(found[name]) or (name not in right and not _FREE.fullmatch(name)):
            yield Fault("workbook.part", file, value=name)
    for name in sorted(name for name in found.keys() & right.keys() if _SHEET.fullmatch(name)):
        for kind, patterns in (("words", (_MERGED, _HEADER, _MORE)), ("hidden", (_HIDDEN,))):
            if any(_seen(pattern, found[name]) != _seen(pattern, right[name]) for pattern in patterns):
                yield Fault(f"workbook.{kind}_part", file, value=name)
    book, styles = "xl/workbook.xml", "xl/styles.xml"
    if _seen(_NAMES, found.get(book, b"")) != _seen(_NAMES, right.get(book, b"")):
        yield Fault("workbook.names", file, value=book)
    if _formats(found.get(styles, b"")) - _formats(right.get(styles, b"")):
        yield Fault("workbook.format", file, value=styles)


def _archive(raw: bytes) -> dict[str, bytes]:
    """Content of every part by its name; the sizes were looked at before."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _formats(styles: bytes) -> set[str]:
    """How numbers are shown: codes of formats of its own, and numbers of built-in ones; text and plain left out."""
    own = 164  # from here on a number only points at a code
    return {one for one in _seen(_FORMATS, styles) - _USUAL if not one.isdecimal() or int(one) < own}


def _seen(pattern: re.Pattern[bytes], part: bytes) -> set[str]:
    """What the groups of a pattern find in a part ("hidden" where it has none), whatever the spelling."""
    matches = islice(pattern.finditer(part), 100_000)
    found = (b" ".join(filter(None, match.groups())) if pattern.groups else b"hidden" for match in matches)
    return {_SPELLING.sub("", unescape(one.decode("utf-8", "replace"))) for one in found}
