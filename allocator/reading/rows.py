"""Rows on their way from a file to a table, many at a time; those of a CSV file with the line on which each begins."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from allocator.ground import Fault

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
