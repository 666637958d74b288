"""The rows of an .xlsx table, read safely: checked from outside, then parsed in a child process under limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from allocator.ground import Fault
from allocator.reading.rows import Rows, Typed
from allocator.reading.sheet_check import CELL_FAULTS, sheet_faults
from allocator.reading.sheet_look import looked_over
from allocator.reading.table import shown

LONGEST_READING = 600  # seconds; a million rows take about a minute

_READER = Path(__file__).with_name("sheet_reader.py")


def sheet_rows(raw: bytes, file: str, warnings: list[Fault]) -> tuple[Iterator[Rows] | None, list[Fault]]:
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
    seen, noted = looked_over(raw, file)
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


def all_sheets(raw: bytes, file: str) -> tuple[dict[str, Iterator[Rows]], list[Fault]]:
    """Return the rows of every sheet of a workbook by its name, or none and why."""
    faults = sheet_faults(raw, file) if raw else [Fault("file.empty", file)]
    if faults:
        return {}, faults
    sheets, refusal = every_sheet(raw, file)
    return {sheet.name: sheet.rows for sheet in sheets}, refusal


def every_sheet(raw: bytes, file: str, *limits: int) -> tuple[list[SheetRows], list[Fault]]:
    """Return every sheet of a workbook that was seen to be safe, or none and why.

    Parameters
    ----------
    limits : int
        Bytes of memory that the reading may take, and its seconds; those of a large roster where not given.
    """
    lines = _run_reader(raw, "all", *map(str, limits[:1]), seconds=limits[1] if limits[1:] else LONGEST_READING)
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
    words = {"sheet": shown(str(last["sheet"]))} if "sheet" in last else {}
    return Fault(str(last.get("fault", "sheet.unreadable")), file, params=words)


def _run_reader(raw: bytes, *arguments: str, seconds: int = LONGEST_READING) -> list[bytes]:
    """Run the child process; return the lines it wrote, none if it died or took too long."""
    # -P: the script's folder must not stand before the standard library on the path
    command = [sys.executable, "-P", str(_READER), *arguments]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=seconds, check=False)  # noqa: S603
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
