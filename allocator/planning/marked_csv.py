"""Tables for Excel and WPS with what must stand above them: planning only, trial or simulation, the policy's notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from unicodedata import normalize

from allocator.domain import Policy
from allocator.errors import Fault
from allocator.lottery.canonical import csv_lines
from allocator.messages import TEXTS, text
from allocator.record import inside_faults

_MARK = b"\xef\xbb\xbf"  # of UTF-8, by which Excel and WPS know it


def marks_of(policy: Policy, codes: Iterable[str], **params: object) -> list[str]:
    """Return the lines above a table, both languages in each: the texts of some codes, then the policy's notice."""
    lines = [" · ".join((text(code, "zh", **params), text(code, "en", **params))) for code in codes]
    notice = " · ".join(part for part in (policy.notice.zh, policy.notice.en) if part)
    return [*lines, notice] if notice else lines


def marked_csv(marks: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table: byte order mark, CRLF, marks above the headings.

    Parameters
    ----------
    marks : sequence of str
        Lines above the headings.
    heads : sequence of str
        Headings in both languages.
    rows : iterable of sequence of str
        Cells; one that a sheet would take for a formula gets an apostrophe in front, and so does such a mark.
    """
    wide = [(_harmless(mark), *[""] * (len(heads) - 1)) for mark in marks]
    body = [[_harmless(cell) for cell in row] for row in rows]
    lines = csv_lines([*wide, list(heads), *body])
    return _MARK + lines.replace("\n", "\r\n").encode("utf-8")


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
    start = _MARK + " · ".join(TEXTS[title]).encode("utf-8")
    if inside := inside_faults(path):
        return inside
    if not path.exists():
        return []
    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(start)) == start:
                return []
    return [Fault(fault, path.name)]


def headings(prefix: str, columns: Iterable[str]) -> list[str]:
    """Return headings in both languages from messages ``<prefix>.<column>``."""
    return [" ".join(TEXTS[f"{prefix}.{column}"]) for column in columns]


def _harmless(cell: str) -> str:
    """A cell that no sheet takes for a formula; numbers with a sign stay numbers."""
    if cell[:1] in ("+", "-") and cell[1:].replace(".", "", 1).isdecimal():
        return cell
    first = normalize("NFKC", cell.lstrip(" \u3000")[:1])  # full-width signs begin a formula in some sheets
    return "'" + cell if first in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r", "\n") else cell
