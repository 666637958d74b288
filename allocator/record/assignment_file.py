"""``assignment.csv``: one row a child, written and read back (procedure.md section 5)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from operator import attrgetter

from allocator.domain import OUTCOMES, Row
from allocator.ground import Fault
from allocator.lottery import canonical_csv_text

COLUMNS = Row._fields
_OUTCOME = COLUMNS.index("outcome")


def assignment_bytes(rows: Sequence[Row]) -> bytes:
    """Return the bytes of ``assignment.csv``: UTF-8, LF, sorted by ``applicant_id`` in code-point order."""
    return canonical_csv_text([COLUMNS, *sorted(rows, key=attrgetter("applicant_id"))]).encode("utf-8")


def read_assignment(raw: bytes, file: str) -> tuple[tuple[Row, ...], list[Fault]]:
    """Read an ``assignment.csv``; the last column may be missing.

    Parameters
    ----------
    raw : bytes
        The whole file.
    file : str
        Its name, for faults.

    Returns
    -------
    rows : tuple of Row
        In the order of the file; what the rows say is not judged here. Empty if there are faults.
    faults : list of Fault
        Everything that keeps the file from being read.
    """
    try:
        lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        return (), [Fault("assignment.not_utf8", file)]
    except csv.Error as error:
        return (), [Fault("assignment.not_csv", file, params={"reason": str(error)})]
    header = tuple(lines[0]) if lines else ()
    if header not in (COLUMNS, COLUMNS[:-1]):
        expected = ",".join(COLUMNS)
        return (), [Fault("assignment.header", file, 1, value=",".join(header), params={"expected": expected})]
    if {len(line) for line in lines} == {len(header)} and {line[_OUTCOME] for line in lines[1:]} <= set(OUTCOMES):
        return tuple([Row(*line) for line in lines[1:]]), []
    return (), list(_line_faults(lines, len(header), file))


def _line_faults(lines: list[list[str]], width: int, file: str) -> Iterator[Fault]:
    """Rows with too few or too many cells, and outcomes that do not exist."""
    expected = {"expected": ", ".join(OUTCOMES)}
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != width:
            params = {"expected": str(width), "found": str(len(line))}
            yield Fault("assignment.cells", file, number, params=params)
        elif line[_OUTCOME] not in OUTCOMES:
            yield Fault("assignment.outcome", file, number, "outcome", line[_OUTCOME], expected)
