"""The sheets of ``lists.xlsx`` against the lists as CSV, cell by cell: families see the one, the press the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from allocator.errors import Fault
from allocator.lottery.list_words import ListWords
from allocator.lottery.published_lists import WORKBOOK, PublishedList, read_sheets
from allocator.sheets.cells import harmless


def sheet_faults(folder: Path, lists: Sequence[PublishedList], words: ListWords) -> Iterator[Fault]:
    """Yield every cell of the workbook that is not that of the list, lists without a sheet, and sheets of no list.

    The first sheet is the summary; one more may count the children without a seat. Neither is a list.
    """
    sheets, faults = read_sheets(folder)
    yield from faults
    if not sheets:
        return
    waiting = list(lists)
    for name, rows in sheets[1:]:
        title = harmless(rows[1][0]) if len(rows) > 1 and rows[1] else ""
        one = next((one for one in waiting if len(one.above) > 1 and one.above[1] == title), None)
        if one is not None:
            waiting.remove(one)
            yield from _cells(name, rows, one)
        elif title not in words.other_sheets:
            yield Fault("draw.sheet_added", f"{WORKBOOK} [{name}]")
    yield from (Fault("draw.sheet_missing", WORKBOOK, 0, "", "", {"list": one.file}) for one in waiting)


def _cells(name: str, rows: Sequence[Sequence[str]], one: PublishedList) -> Iterator[Fault]:
    """Yield the cells of one sheet that differ from its list."""
    expected = [(line,) for line in one.above] + [one.heads, *(row for _, row in one.rows)]
    for line, (row, wanted) in enumerate(zip_longest(rows, expected, fillvalue=()), start=1):
        for column, (cell, other) in enumerate(zip_longest(row, wanted, fillvalue="")):
            if harmless(str(cell)) != other and str(cell) != other:
                head = one.codes[column] if column < len(one.codes) else str(column + 1)
                words = {"list": str(other)[:60]}
                yield Fault("draw.sheet_cell", f"{WORKBOOK} [{name}]", line, head, str(cell)[:60], words)
