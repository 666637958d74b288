"""Where each row stands in the office's own files, asked for when something about a row must be told later."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from allocator.reading.folder import readable_tables

KEYS = {"applicants": "applicant_id", "schools": "school_id", "zones": "zone"}


class RowLines(NamedTuple):
    """File name of a table, and the line of each of its rows by id."""

    file: str
    lines: dict[str, int]


def row_lines(folder: Path, encoding: str | None = None) -> dict[str, RowLines]:
    """Return the lines of the rows of every table of a district folder that can be read, by ``applicants.csv`` …."""
    return {
        f"{name}.csv": RowLines(table.file, dict(zip(table.texts(KEYS[name]), table.lines.tolist(), strict=True)))
        for name, table in readable_tables(folder, encoding).items()
        if KEYS[name] not in table.absent
    }
