"""Tables for Excel and WPS with what must stand above them: planning only, trial or simulation, the policy's notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from allocator.domain import Policy
from allocator.errors import Fault
from allocator.messages import TEXTS, Lists, Written, text
from allocator.record import inside_faults
from allocator.sheets.cells import Cell, sheet_csv

_MARK = b"\xef\xbb\xbf"  # of UTF-8, by which Excel and WPS know it


def marks_of(policy: Policy, codes: Iterable[str], **params: object) -> list[str]:
    """Return the lines above a table, both languages in each: the texts of some codes, then the policy's notice."""
    lines = [" · ".join((text(code, "zh", **params), text(code, "en", **params))) for code in codes]
    notice = " · ".join(part for part in (policy.notice.zh, policy.notice.en) if part)
    return [*lines, notice] if notice else lines


def marked_csv(marks: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table: byte order mark, CRLF, marks above the headings.

    Parameters
    ----------
    marks : sequence of str
        Lines above the headings.
    heads : sequence of str
        Headings in both languages.
    rows : iterable of sequence of cells
        Numbers (``int``, ``Figure``) stay numbers; a text that a sheet would compute or change gets an apostrophe in
        front, and so does such a mark.
    """
    return sheet_csv([*([mark, *[""] * (len(heads) - 1)] for mark in marks), heads, *rows])


def other_file_faults(path: Path, title: str, fault: str) -> list[Fault]:
    """Return a fault where another file than an earlier table of the same kind would be replaced.

    Parameters
    ----------
    path : Path
        Where the table is to be written.
    title : str
        Code of the text that stands in its first line.
    fault : str
        Code of the fault.
    """
    starts = tuple(_MARK + Written(lists).text(title).encode("utf-8") for lists in get_args(Lists))
    if inside := inside_faults(path):
        return inside
    if not path.exists():
        return []
    if path.is_file():
        with path.open("rb") as file:
            if file.read(max(map(len, starts))).startswith(starts):
                return []
    return [Fault(fault, path.name)]


def headings(prefix: str, columns: Iterable[str]) -> list[str]:
    """Return headings in both languages from messages ``<prefix>.<column>``."""
    return [" ".join(TEXTS[f"{prefix}.{column}"]) for column in columns]
