"""Rows on their way from a file to a table, many at a time; those of a CSV file with the line on which each begins.

Those of an .xlsx table are read safely: checked from outside, then parsed in a child process under limits.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from allocator.ground import Fault
from allocator.reading.sheet_check import CELL_FAULTS, sheet_faults
from allocator.reading.sheet_look import look_over_sheets
from allocator.reading.table import shown_table_value

ROWS_AT_ONCE = 1_024  # enough for speed, few enough to stay in the processor's cache


class Typed(NamedTuple):
    """A cell of a spreadsheet that holds something else than text, and where it stands among the rows at hand."""

    row: int
    place: int
    number: bool


class Rows(NamedTuple):
    """Some rows of a file and their lines (the first line of a file is 1).

    ``typed`` names the cells that a spreadsheet holds as numbers, dates or truth values; ``cells`` has their text.
    """

    lines: Sequence[int]
    cells: list[list[str]]
    typed: Sequence[Typed] = ()


_LINE_END = re.compile(r"\r\n|\r|\n")


def csv_rows(raw: bytes, file: str, encoding: str, faults: list[Fault]) -> Iterator[Rows]:
    """Yield the rows of a CSV file.

    Parameters
    ----------
    raw : bytes
        The file; ``encoding`` must be able to decode all of it.
    faults : list of Fault
        Receives the fault at which reading had to end, if there is one: a quote that is not closed, or a cell of more
        than 131,072 characters.
    """
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline=""), strict=True)
    broken = False
    while not broken:
        start = reader.line_num
        cells: list[list[str]] = []
        try:
            # extend keeps the rows before the one that fails
            cells.extend(islice(reader, ROWS_AT_ONCE))
        except csv.Error:
            broken = True
        lines = _lines(start, cells, reader.line_num - start)
        if broken:
            faults.append(Fault("file.csv", file, lines[-1] + 1 if cells else start + 1))
        elif not cells:
            return
        yield Rows(lines, cells)


def _lines(start: int, cells: list[list[str]], count: int) -> Sequence[int]:
    """Line of each row: one after another, unless cells hold line ends."""
    if count == len(cells):
        return range(start + 1, start + 1 + len(cells))
    lines, line = [], start + 1
    for row in cells:
        lines.append(line)
        line += 1 + sum(len(_LINE_END.findall(cell)) for cell in row)
    return lines


LONGEST_READING = 600  # seconds; a million rows take about a minute

_READER = Path(__file__).with_name("sheet_reader.py")


def rows_of_first_sheet(raw: bytes, file: str, warnings: list[Fault]) -> tuple[Iterator[Rows] | None, list[Fault]]:
    """Return the rows of the first sheet of a workbook, or None and why there are none.

    Parameters
    ----------
    warnings : list of Fault
        Receives what people see in the workbook and nobody reads.
    """
    if not raw:
        return None, [Fault("file.empty", file)]
    faults = sheet_faults(raw, file)
    if any(fault.code not in CELL_FAULTS for fault in faults):
        return None, faults
    seen, noted = look_over_sheets(raw, file)
    faults += seen
    warnings += noted
    lines = _run_reader(raw)
    last = _last(lines)
    if "end" not in last:
        return None, faults or [_refusal(last, file)]
    return _rows(lines[:-1]), faults


class SheetRows(NamedTuple):
    """One sheet of a workbook: its name, whether it is hidden, its merged ranges from 0 and its rows."""

    name: str
    hidden: bool
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    rows: Iterator[Rows]


def rows_of_all_sheets(raw: bytes, file: str) -> tuple[dict[str, Iterator[Rows]], list[Fault]]:
    """Return the rows of every sheet of a workbook by its name, or none and why."""
    faults = sheet_faults(raw, file) if raw else [Fault("file.empty", file)]
    if faults:
        return {}, faults
    sheets, refusal = rows_of_every_sheet(raw, file)
    return {sheet.name: sheet.rows for sheet in sheets}, refusal


def rows_of_every_sheet(raw: bytes, file: str, *limits: int) -> tuple[list[SheetRows], list[Fault]]:
    """Return every sheet of a workbook that was seen to be safe, or none and why.

    Parameters
    ----------
    limits : int
        Bytes of memory that the reading may take, and its seconds; those of a large roster where not given.
    """
    lines = _run_reader(raw, "all", *map(str, limits[:1]), seconds=limits[1] if limits[1:] else None)
    last = _last(lines)
    if "end" not in last:
        return [], [_refusal(last, file)]
    sheets: list[tuple[dict[str, Any], list[bytes]]] = []
    for line in lines[:-1]:
        if line.startswith(b"{"):
            sheets.append((json.loads(line), []))
        else:
            sheets[-1][1].append(line)
    return [SheetRows(head["sheet"], head["hidden"], head["merged"], _rows(rows)) for head, rows in sheets], []


def _refusal(last: dict[str, object], file: str) -> Fault:
    """Return the fault that the child process tells: a sheet that it names, or that it came to no end."""
    words = {"sheet": shown_table_value(str(last["sheet"]))} if "sheet" in last else {}
    return Fault(str(last.get("fault", "sheet.unreadable")), file, params=words)


def _run_reader(raw: bytes, *arguments: str, seconds: int | None = None) -> list[bytes]:
    """Run the child process; return the lines it wrote, none if it died or took too long."""
    longest = LONGEST_READING if seconds is None else seconds
    # -P: the script's folder must not stand before the standard library on the path
    command = [sys.executable, "-P", str(_READER), *arguments]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=longest, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


def _last(lines: Sequence[bytes]) -> dict[str, object]:
    """Return the closing line of the child process; empty if it did not come so far."""
    closing = json.loads(lines[-1]) if lines else {}
    return closing if isinstance(closing, dict) else {}


def _rows(lines: Sequence[bytes]) -> Iterator[Rows]:
    """Yield what the child process wrote, some rows at a time."""
    for some in map(json.loads, lines):
        cells, typed = [], []
        for at, (_, *row) in enumerate(some):
            special = [(i, cell) for i, cell in enumerate(row) if type(cell) is list]
            for i, (kind, text) in special:
                typed.append(Typed(at, i, kind == "n"))
                row[i] = text
            cells.append(row)
        yield Rows([line for line, *_ in some], cells, typed)
