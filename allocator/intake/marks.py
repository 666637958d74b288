"""What is marked in a sheet besides its values, whichever format it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

MOST_CELLS = 12_000_000
"""Rows times columns of a sheet; 100,000 rows of 25 columns are a fifth of them."""
MOST_COLUMNS = 1_024

Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""First and last row and column of merged cells, from 0."""


class TooManyCellsError(ValueError):
    """A sheet with more cells than any export has."""


@dataclass
class SheetMarks:
    """SheetMarks of one sheet.

    Attributes
    ----------
    hidden_rows : list of int
        Lines with content that nobody sees.
    formulas, errors : dict of int to list of int
        Columns (from 0) of cells that are computed, and of those with an error value, by line.
    merged : list of Range
        Merged cells.
    """

    hidden_rows: list[int] = field(default_factory=list)
    formulas: dict[int, list[int]] = field(default_factory=dict)
    errors: dict[int, list[int]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    rows: int = 0
    columns: int = 0

    def grow(self, rows: int, columns: int) -> None:
        """Take note that cells with content reach so far.

        Raises
        ------
        TooManyCellsError
            If that is farther than any export reaches.
        """
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        if self.columns > MOST_COLUMNS or self.rows > 1_048_576 or self.rows * self.columns > MOST_CELLS:
            raise TooManyCellsError(f"{self.rows} x {self.columns}")
