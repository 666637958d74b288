"""Cells of tables that people open in a spreadsheet: none becomes a formula there, and none another text.

One rule for every cell, title, notice and mark. Tables for machines (``assignment.csv``, the canonical inputs, rosters,
orders) hold ids and fixed words as they are; a registration number is never changed in them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias
from unicodedata import category, normalize

SIGNS = "=+-@\u2212"
"""A text that begins with one of them is computed; U+2212 is the minus sign."""

_PLAIN = re.compile(r"(?:(?![上下]午[0-9])[\u3400-\u9fff][^;\t\r\n]*|[A-Za-z]{1,2}[0-9][A-Za-z0-9-]*)?")
"""Most names and registration numbers; months begin with three letters."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_CHANGED = re.compile(
    r"[0-9.%][0-9Ee./:,%+ -]*(?:[ap]m?)?"
    r"|[$¥€£][ 0-9.,-]+"
    r"|\([0-9.,]+\)"
    r"|[上下]午[0-9 :时時分秒]+"
    r"|[0-9 ]+年[0-9 月日号]*|[0-9 ]+月[0-9 日号]*|[0-9 ]+[时時][0-9 分秒]*"
    rf"|[0-9]{{1,4}}[ /-]?{_MONTH}(?:[ /-]?[0-9]{{1,4}})?|{_MONTH}[ /.-]?[0-9]{{1,4}}(?:[ /,-]+[0-9]{{1,4}})?"
    r"|true|false|#[a-z/0]+[!?]?",
    re.IGNORECASE,
)
"""Numbers, dates, times, truth values and errors: a sheet shows them otherwise than they stand."""
_PARTED = re.compile(r"(?<=[;\t\r\n])")  # where a sheet of another country or a pasted text begins a new cell
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
FIGURE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")


class NumberText(str):
    """A number that the program computed and formatted; it stays a number in the sheet, with its sign."""

    __slots__ = ()


CellValue: TypeAlias = str | int | float | None


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """Return a text that a spreadsheet takes for text and leaves as it is; an apostrophe goes before any other.

    What cannot be seen at its beginning (space, control, bidi and zero-width characters) does not hide a sign, nor do
    full-width forms. A part behind a semicolon, tab or line end is looked at as well: there some sheets begin a cell.
    """
    if _PLAIN.fullmatch(text):
        return text
    front = "'" if _is_live(text) or text[0] in "\t\r\n" or _is_changed(text) else ""
    first, *others = _PARTED.split(text)
    return front + "".join([first, *(f"'{part}" if _is_live(part) else part for part in others)])


def cell(value: CellValue) -> str:
    """Return a value as a cell of CSV for people: numbers as they are, texts harmless, nothing for None."""
    if value is None:
        return ""
    if not isinstance(value, str) or (isinstance(value, NumberText) and FIGURE.fullmatch(value)):
        return str(value)
    return harmless(value)


def sheet_csv(lines: Iterable[Sequence[CellValue]]) -> bytes:
    """Return lines as CSV for Excel and WPS: UTF-8 with byte order mark, CRLF, every cell harmless."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([cell(value) for value in line] for line in lines)
    return file.getvalue().encode("utf-8-sig")


def _is_live(text: str) -> bool:
    """Whether the first character that can be seen is a sign of a formula."""
    seen = next((character for character in text if not _is_unseen(character)), "")
    return bool(seen) and normalize("NFKC", seen)[0] in SIGNS


def _is_unseen(character: str) -> bool:
    """Whether a character leaves no mark at the beginning of a cell; quotes go where they part cells."""
    return character in _UNSEEN or character == '"' or category(character) in ("Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp")


def _is_changed(text: str) -> bool:
    """Whether a sheet would show something else."""
    return bool(text) and bool(_CHANGED.fullmatch(normalize("NFKC", text).strip()))
