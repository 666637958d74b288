"""Rows on their way from a file to a table, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

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
