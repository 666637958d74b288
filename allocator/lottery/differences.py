"""What was changed since the freeze: cell by cell for tables, line by line for the policy.

Both versions are given as bytes, so that anyone who holds the frozen files can compare them with nothing but this.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from allocator.ground import Fault

_SHOWN = 120  # most characters of a line or cell told


def table_differences(
    name: str, was: bytes, now: bytes, file: str | None = None, lines: Mapping[str, int] | None = None
) -> Iterator[Fault]:
    """Yield every cell that differs between two canonical tables, and the rows that came or went.

    Parameters
    ----------
    was, now : bytes
        The frozen table and that of today, both in canonical spelling.
    file : str, optional
        Name of the office's own file; default: ``name``.
    lines : Mapping of str to int, optional
        Line of the office's file by the id of the row; without it that of the canonical table.
    """
    (columns, old), (_, new) = _rows(was), _rows(now)
    places = {key: row for row, key in enumerate(new, start=2)} if lines is None else lines
    for key in sorted(old.keys() | new.keys()):
        row = places.get(key, 0)
        if key not in new:
            yield Fault("draw.changed_row_gone", file or name, 0, columns[0], "", {"id": key, "was": _cut(old[key])})
        elif key not in old:
            yield Fault("draw.changed_row_new", file or name, row, columns[0], "", {"id": key})
        elif old[key] != new[key]:
            for column, one, other in zip(columns, old[key], new[key], strict=False):
                if one != other:
                    words = {"id": key, "was": one[:_SHOWN], "now": other[:_SHOWN]}
                    yield Fault("draw.changed_cell", file or name, row, column, "", words)


def line_differences(file: str, was: bytes, now: bytes) -> Iterator[Fault]:
    """Yield every line that differs between two texts, with its line in the one of today."""
    old, new = _lines(was), _lines(now)
    for kind, one, one_end, two, two_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _changed_lines(file, old[one:one_end], new[two:two_end], two + 1)


def _changed_lines(file: str, old: Sequence[str], new: Sequence[str], first: int) -> Iterator[Fault]:
    """Yield the faults of one changed passage, pairs of lines first."""
    for at, (was, now) in enumerate(zip(old, new, strict=False)):
        words = {"was": was.strip()[:_SHOWN], "now": now.strip()[:_SHOWN]}
        yield Fault("draw.changed_line", file, first + at, "", "", words)
    for at, now in enumerate(new[len(old) :], start=first + len(old)):
        yield Fault("draw.changed_line_new", file, at, "", "", {"now": now.strip()[:_SHOWN]})
    for was in old[len(new) :]:
        yield Fault("draw.changed_line_gone", file, first + len(new), "", "", {"was": was.strip()[:_SHOWN]})


def _rows(raw: bytes) -> tuple[list[str], dict[str, list[str]]]:
    """Return header and rows by first cell of a canonical table."""
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    return (rows[0] if rows else [""]), {row[0]: row for row in rows[1:] if row}


def _lines(raw: bytes) -> list[str]:
    """Return the lines of a text without what editors put at their ends."""
    return [line.rstrip() for line in raw.decode("utf-8-sig", "replace").splitlines()]


def _cut(row: Sequence[str]) -> str:
    """Return a row as one line, its id left out, cut to what can be shown."""
    return ",".join(row[1:])[:_SHOWN]
