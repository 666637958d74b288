"""A table as read: cleaned cells by column, equal texts kept once, and the line of every row.

Most columns of a roster have few different values. Each is therefore kept as its distinct values and one small integer
per row; a rule looks once at every distinct value or combination of values, and the objects built later share texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from allocator.domain import Mask
from allocator.ground import Fault, cut_faults
from allocator.reading.cells import shown

Codes: TypeAlias = npt.NDArray[np.int32]

_LARGEST_TABLE = 4_000_000  # keys for which a table is quicker than sorting


@dataclass(slots=True)
class Shared:
    """A column whose values repeat.

    Attributes
    ----------
    values : list of str
        The distinct values.
    codes : numpy.ndarray of int32, one per row
        ``values[codes[i]]`` stands in row ``i``.
    good : numpy.ndarray of bool, one per distinct value
        Whether nothing has been found wrong with the value; further rules pass over the others.
    """

    values: list[str]
    codes: Codes
    good: Mask


@dataclass(slots=True)
class InputTable:
    """The rows of one file.

    Attributes
    ----------
    file : str
        Its name in messages.
    lines : numpy.ndarray of int32, one per row
        Line of the file.
    shared : dict of str to Shared
        Columns whose values repeat.
    distinct : dict of str to list of str
        Columns whose values hardly repeat, one text per row.
    absent : frozenset of str
        Columns that the file lacks; they read as empty.
    whole : bool
        Whether every row of the file is here; rows with a wrong number of cells are not.
    title : callable
        Returns how messages name a column: a Chinese heading with the English name.
    """

    file: str
    lines: Codes
    shared: dict[str, Shared]
    distinct: dict[str, list[str]]
    absent: frozenset[str]
    whole: bool
    title: Callable[[str], str] = str

    def texts(self, column: str) -> list[str]:
        """Return the cells of a column, one per row."""
        return self.distinct[column] if column in self.distinct else spread_over_rows(self.shared[column], str)

    def where(self, column: str, wanted: Callable[[str], bool]) -> Mask:
        """Return for every row whether the value of a shared column is wanted."""
        cells = self.shared[column]
        flags: Mask = np.fromiter(map(wanted, cells.values), np.bool_, len(cells.values))
        return flags[cells.codes]

    def fault(self, code: str, row: int, column: str, value: str, params: dict[str, str] | None = None) -> Fault:
        """Return a fault of one row, its value masked."""
        return Fault(code, self.file, int(self.lines[row]), self.title(column), shown(value), params or {})


class Finding(NamedTuple):
    """What a rule finds wrong with a combination of values."""

    code: str
    column: str
    value: str
    params: dict[str, str]


def spread_over_rows(cells: Shared, make: Callable[[str], Any], order: npt.NDArray[np.intp] | None = None) -> list[Any]:
    """Return ``make(value)`` for every row, made once per distinct value; in the order given, if any."""
    made = np.empty(len(cells.values), dtype=object)
    for code, value in enumerate(cells.values):
        made[code] = make(value)
    result: list[Any] = made[cells.codes if order is None else cells.codes[order]].tolist()
    return result


def judge(
    table: InputTable,
    columns: Sequence[str],
    rule: Callable[..., Iterable[Finding]],
    among: Mask | None = None,
) -> list[Fault]:
    """Return what a rule finds in the rows of a table.

    Parameters
    ----------
    columns : sequence of str
        Shared columns; the rule is handed their values and is asked once for each combination.
    rule : callable
        Yields a ``Finding`` for everything that is wrong. If it looks at one column alone, the values it refuses are
        marked, so that later rules do not stumble over them again.
    among : numpy.ndarray of bool, one per row, or None
        Rows to look at; None: all. Rows with a marked value in one of the columns are left out.
    """
    cells = [table.shared[column] for column in columns]
    seen = np.ones(len(table.lines), dtype=np.bool_) if among is None else among.copy()
    for column in cells:
        seen &= column.good[column.codes]
    rows = np.flatnonzero(seen)
    groups, examples = _groups(cells, rows)
    found = [list(rule(*(c.values[c.codes[row]] for c in cells))) for row in examples.tolist()]
    if not any(found):
        return []
    wrong = np.fromiter(map(bool, found), np.bool_, len(found))
    if len(cells) == 1:
        cells[0].good[cells[0].codes[examples[wrong]]] = False
    at = np.flatnonzero(wrong[groups])
    numbers = np.fromiter(map(len, found), np.intp, len(found))
    pairs = zip(rows[at].tolist(), groups[at].tolist(), strict=True)
    made = (table.fault(*_placed(finding, row)) for row, group in pairs for finding in found[group])
    return cut_faults(made, int(numbers[groups[at]].sum()))


def _placed(finding: Finding, row: int) -> tuple[str, int, str, str, dict[str, str]]:
    """Return a finding as the arguments of ``InputTable.fault``."""
    return finding.code, row, finding.column, finding.value, finding.params


def _groups(cells: Sequence[Shared], rows: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return a number for each row, the same for equal combinations of values, and by number one of its rows."""
    groups = np.zeros(len(rows), dtype=np.intp)
    count = 1
    for column in cells:
        # numbered anew after every column, so that a product of two numbers stays far below the largest integer
        groups = groups * len(column.values) + column.codes[rows]
        groups, count = _numbered(groups, count * len(column.values))
    examples = np.zeros(count, dtype=np.intp)
    examples[groups[::-1]] = rows[::-1]
    return groups, examples if len(rows) else examples[:0]


def _numbered(keys: npt.NDArray[np.intp], limit: int) -> tuple[npt.NDArray[np.intp], int]:
    """Return the distinct keys below a limit as numbers from 0 upwards, and how many there are."""
    if limit > _LARGEST_TABLE:
        distinct, numbers = np.unique(keys, return_inverse=True)
        return numbers.astype(np.intp), len(distinct)
    there = np.zeros(limit, dtype=np.bool_)
    there[keys] = True
    numbers = np.cumsum(there, dtype=np.intp) - 1
    return numbers[keys], int(there.sum())
