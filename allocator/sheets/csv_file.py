"""Tables for Excel and WPS with what must stand above them: planning only, trial or simulation, the policy's notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allocator.domain import Policy
from allocator.messages import TEXTS, text
from allocator.sheets.cells import Cell, sheet_csv


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


def headings(prefix: str, columns: Iterable[str]) -> list[str]:
    """Return headings in both languages from messages ``<prefix>.<column>``."""
    return [" ".join(TEXTS[f"{prefix}.{column}"]) for column in columns]
