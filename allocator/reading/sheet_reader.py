"""Reads the first sheet of an .xlsx workbook in a process of its own.

Run as a script: takes the workbook on standard input and writes JSON, some rows a line: an array of rows, each an array
of its line and its cells; text as text, a number as ``["n", text]``, any other value as ``["v", text]``. The last line
is ``{"end": n}`` with the number of rows, or ``{"fault": code}``. With the argument ``all`` it reads every sheet, and
``{"sheet": name, "hidden": …, "merged": …}`` comes before the rows of each. The library that does the reading can end a
process on a hostile file, and no exception is there to be caught; this process has little to lose and a limit on its
memory, in bytes, which a second argument may lower. It imports nothing of the product.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook

MOST_MEMORY = 4_000_000_000  # bytes of address space
ROWS_AT_ONCE = 10_000
MOST_TEXT = 1_500_000_000  # characters written; the same long text can stand in every cell


def main() -> int:
    """Read standard input and write the rows; return the exit status."""
    _limit_memory(int(sys.argv[2]) if len(sys.argv) > 2 else MOST_MEMORY)
    gc.disable()  # rows come and go by themselves; counting them again and again costs half the time
    try:
        last = _write_rows(sys.stdin.buffer.read(), every=sys.argv[1:2] == ["all"])
    except BaseException:  # a panic of the library is no Exception
        last = {"fault": "sheet.unreadable"}
    _write(last)
    sys.stdout.buffer.flush()
    return 0


def _limit_memory(wanted: int) -> None:
    """Set the memory limit where the system knows one; on Windows the checks before must do."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):  # some systems know the limit but refuse to set it
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _write_rows(raw: bytes, *, every: bool) -> dict[str, object]:
    """Write all rows of the first sheet, or of every one; return the last line."""
    with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
        sheets = [book.get_sheet_by_index(i) for i, kind in enumerate(book.sheets_metadata) if "Work" in str(kind.typ)]
        if not sheets:
            return {"fault": "sheet.empty"}
        if not every and (fault := _other_sheets(book, sheets)):
            return fault
        hidden = _hidden(book)
        count = written = 0
        for sheet in sheets if every else sheets[:1]:
            if every:
                _write({"sheet": sheet.name, "hidden": sheet.name in hidden, "merged": sheet.merged_cell_ranges or []})
            rows = _rows(sheet)
            while some := list(islice(rows, ROWS_AT_ONCE)):
                written += _write(some)
                count += len(some)
                if written > MOST_TEXT:
                    return {"fault": "sheet.unreadable"}
    return {"end": count}


def _other_sheets(book: CalamineWorkbook, sheets: list[CalamineSheet]) -> dict[str, object] | None:
    """Return the fault of a workbook in which more than the first sheet, or that one unseen, holds something."""
    hidden = _hidden(book)
    for sheet in sheets[1:]:
        if sheet.height:
            return {"fault": f"sheet.several{'_hidden' * (sheet.name in hidden)}", "sheet": sheet.name}
    if sheets[0].name in hidden:
        return {"fault": "sheet.hidden", "sheet": sheets[0].name}
    return None


def _hidden(book: CalamineWorkbook) -> set[str]:
    """Return the names of the sheets that nobody sees."""
    return {sheet.name for sheet in book.sheets_metadata if "Visible" not in str(sheet.visible).split(".")}


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Yield the rows of a sheet with their lines, empty ones left out."""
    if not sheet.height:
        return
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        row = [_cell(value) for value in cells]
        if any(row):
            yield [line, *row]


def _cell(value: Any) -> Any:
    """Return a cell as it is written: numbers with the fifteen digits that a spreadsheet shows."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return ["n", format(value, ".15g")]
    return ["v", str(value)]


def _write(line: object) -> int:
    """Write one line; return its length."""
    return sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n")


if __name__ == "__main__":
    sys.exit(main())
