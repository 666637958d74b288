"""From rows to a table: the heading row, regular rows, clean cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter

import numpy as np

from allocator.ground import MOST_OF_A_KIND, Fault, cut_faults
from allocator.reading.characters import character_words
from allocator.reading.headings import Headings, find_headings
from allocator.reading.layout import Holds, InputColumn
from allocator.reading.rows import Rows
from allocator.reading.table import (
    PLAIN_CELL,
    PLAIN_COLUMN,
    Codes,
    InputTable,
    Shared,
    clean_table_cell,
    folded_table_cell,
    shown_table_value,
    table_cell_problem,
)


def read_table(
    rows: Iterator[Rows], file: str, layout: Sequence[InputColumn], faults: list[Fault], *, may_be_empty: bool = False
) -> InputTable | None:
    """Return the table of a file, or None where it has no heading row.

    Parameters
    ----------
    rows : iterator of Rows
        The file, the heading row first; rows without any text are passed over.
    faults : list of Fault
        Receives what is wrong with headings, rows and single cells.
    may_be_empty : bool
        Whether headings without rows are in order.
    """
    first, rest = _heading_row(rows)
    if first is None:
        faults.append(Fault("file.empty", file))
        return None
    headings, wrong = find_headings(first.cells[0], first.lines[0], file, layout)
    faults += wrong
    if not headings.places:
        return None
    table = _Collector(file, layout, headings, faults).collect(rest)
    if not len(table.lines) and not may_be_empty and all(fault.file != file for fault in faults):
        faults.append(Fault("table.no_rows", file))
    return table


def _heading_row(rows: Iterator[Rows]) -> tuple[Rows | None, Iterator[Rows]]:
    """Return the first row with any text, and all that follows."""
    for some in rows:
        for at, row in enumerate(some.cells):
            if any(cell.strip() for cell in row):
                typed = [cell._replace(row=cell.row - at - 1) for cell in some.typed if cell.row > at]
                after = Rows(some.lines[at + 1 :], some.cells[at + 1 :], typed)
                return Rows(some.lines[at : at + 1], [row]), chain([after], rows)
    return None, rows


_NUMBERS = (Holds.SEATS, Holds.PLACE, Holds.NUMBER, Holds.SHARE, Holds.SCORE)
_DATES = (Holds.DATE,)
"""Columns in which a spreadsheet may hold numbers and dates as such."""


class _Collector:
    """Takes rows in turn and makes the table of them."""

    def __init__(self, file: str, layout: Sequence[InputColumn], headings: Headings, faults: list[Fault]) -> None:
        self.file, self.layout, self.headings, self.faults = file, layout, headings, faults
        self.columns = {c.name: _DistinctCells(c) if c.distinct else _SharedCells(c) for c in layout}
        self.lines: list[Codes] = []
        self.odd: list[Fault] = []
        self.odd_rows = 0
        self.odd_types: list[Fault] = []

    def collect(self, rows: Iterator[Rows]) -> InputTable:
        """Take all rows and return the table."""
        for some in rows:
            self._refuse_types(some)
            lines, cells = self._regular(some)
            if cells:
                self._take(lines, cells)
        self.faults += cut_faults(self.odd, self.odd_rows) + cut_faults(self.odd_types, len(self.odd_types))
        told = {fault.code for fault in self.faults if fault.file == self.file}
        table = self._table(whole=not told & {"file.csv", "table.number_of_cells"})
        for name, column in self.columns.items():
            self.faults += column.faults(table, name)
        return table

    def _refuse_types(self, rows: Rows) -> None:
        """Note numbers and dates of a spreadsheet that stand in columns of text."""
        at = {self.headings.places[c.name]: c for c in self.layout if c.name in self.headings.places}
        for row, place, number in rows.typed:
            column = at.get(place)
            if column is None or column.holds in (_NUMBERS if number else _DATES):
                continue  # a date with a time of day is no date: its text is found to have another form
            code = "sheet.number_in_text" if number else "sheet.wrong_type"
            value = shown_table_value(rows.cells[row][place])
            self.odd_types.append(Fault(code, self.file, rows.lines[row], self.headings.title(column.name), value))

    def _regular(self, rows: Rows) -> tuple[Sequence[int], list[list[str]]]:
        """Return the rows, as wide as the headings; note those with too few cells, or with text under no heading."""
        width, named = self.headings.width, self.headings.named
        key = self.headings.places.get(self.layout[0].name)
        full = width == named and key is not None and set(map(len, rows.cells)) == {width}
        if full and all(map(itemgetter(key), rows.cells)):
            return rows.lines, rows.cells
        lines, cells = [], []
        for line, row in zip(rows.lines, rows.cells, strict=True):
            if not any(cell.strip() for cell in row):
                continue
            filled = max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
            if len(row) not in (named, width) or filled > named:  # any other number: a comma too many or too few
                params = {"expected": str(named), "found": str(filled if len(row) == width else len(row))}
                self.odd_rows += 1
                if self.odd_rows <= MOST_OF_A_KIND:
                    self.odd.append(Fault("table.number_of_cells", self.file, line, params=params))
                continue
            lines.append(line)
            cells.append(row[:named])
        return lines, cells

    def _take(self, lines: Sequence[int], cells: list[list[str]]) -> None:
        """Hand the cells of some rows to their columns."""
        self.lines.append(np.array(lines, dtype=np.int32))
        by_place = list(zip(*cells, strict=True))
        for name, column in self.columns.items():
            place = self.headings.places.get(name)
            column.take(("",) * len(cells) if place is None else by_place[place])

    def _table(self, *, whole: bool) -> InputTable:
        """Return everything taken, as a table."""
        lines = np.concatenate(self.lines) if self.lines else np.zeros(0, dtype=np.int32)
        shared = {n: c.shared() for n, c in self.columns.items() if isinstance(c, _SharedCells)}
        distinct = {n: c.cells for n, c in self.columns.items() if isinstance(c, _DistinctCells)}
        absent = frozenset(self.columns) - frozenset(self.headings.places)
        return InputTable(self.file, lines, shared, distinct, absent, whole, self.headings.title)


class _SharedCells(dict[str, int]):
    """The cells of a column whose values repeat: raw text to the number of its clean value."""

    def __init__(self, column: InputColumn) -> None:
        super().__init__()
        self.holds = column.holds
        self.plain = PLAIN_CELL[column.holds].fullmatch
        self.words = dict(column.words)
        self.ending = column.ending
        self.exact = column.exact
        self.texts: list[str] = []
        self.numbers: dict[str, int] = {}
        self.problems: dict[int, str] = {}
        self.parts: list[Codes] = []

    def __missing__(self, raw: str) -> int:
        """Give a number to a text that has not come before."""
        plain = self.plain(raw) is not None
        value = raw if plain else clean_table_cell(folded_table_cell(raw) if self.exact else raw, self.holds)
        if not plain and (self.words or self.ending):
            value = self._meant(value)
        number = self.numbers.setdefault(value, len(self.texts))
        if number == len(self.texts):
            self.texts.append(value)
            code = None if plain else table_cell_problem(value, self.holds)
            if code is not None:
                self.problems[number] = code
        self[raw] = number
        return number

    def _meant(self, value: str) -> str:
        """Return the word for which a Chinese one stands, and a value without what an office puts behind it."""
        if self.exact:
            return ";".join(self.words.get(item, item) for item in value.split(";"))
        together = "".join(value.split())
        if self.ending and together.endswith(self.ending):
            shorter = together.removesuffix(self.ending)
            return shorter if shorter and PLAIN_CELL[Holds.ID].fullmatch(shorter) else value
        return self.words.get(together, value)

    def take(self, cells: Sequence[str]) -> None:
        """Take the cells of further rows."""
        if not any(cells):  # most columns of choices are empty on most rows
            self.parts.append(np.full(len(cells), self[""], dtype=np.int32))
            return
        self.parts.append(np.fromiter(map(self.__getitem__, cells), np.int32, len(cells)))

    def shared(self) -> Shared:
        """Return the column."""
        good = np.ones(len(self.texts), dtype=np.bool_)
        good[list(self.problems)] = False
        codes = np.concatenate(self.parts) if self.parts else np.zeros(0, dtype=np.int32)
        return Shared(self.texts, codes, good)

    def faults(self, table: InputTable, name: str) -> list[Fault]:
        """Return what is wrong with single cells."""
        if not self.problems:
            return []
        cells = table.shared[name]
        rows = np.flatnonzero(~cells.good[cells.codes]).tolist()
        numbers = ((row, int(cells.codes[row])) for row in rows)
        made = (_cell_fault(table, self.problems[number], row, name, self.texts[number]) for row, number in numbers)
        return cut_faults(made, len(rows))


class _DistinctCells:
    """The cells of a column whose values hardly repeat."""

    def __init__(self, column: InputColumn) -> None:
        self.holds, self.exact = column.holds, column.exact
        self.cells: list[str] = []
        self.problems: list[tuple[int, str]] = []

    def take(self, cells: Sequence[str]) -> None:
        """Take the cells of further rows; one match over all of them is enough if nothing is unusual."""
        joined = "\n".join(cells) + "\n"
        if joined.count("\n") == len(cells) and PLAIN_COLUMN[self.holds].fullmatch(joined):
            self.cells.extend(cells)
            return
        for raw in cells:
            plain = PLAIN_CELL[self.holds].fullmatch(raw) is not None
            value = raw if plain else clean_table_cell(folded_table_cell(raw) if self.exact else raw, self.holds)
            code = None if plain else table_cell_problem(value, self.holds)
            if code is not None:
                self.problems.append((len(self.cells), code))
            self.cells.append(value)

    def faults(self, table: InputTable, name: str) -> list[Fault]:
        """Return what is wrong with single cells."""
        made = (_cell_fault(table, code, row, name, self.cells[row]) for row, code in self.problems)
        return cut_faults(made, len(self.problems))


def _cell_fault(table: InputTable, code: str, row: int, name: str, value: str) -> Fault:
    """Return the fault of a single cell, with the words that its code needs."""
    return table.fault(code, row, name, value, character_words(code, value))
