"""Rows and cells of the tables of balanced classes, read strictly (class-procedure.md section 1).

Digests in a transcript are of the bytes of these tables, so nothing in them is forgiven: one spelling, one line end.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from allocator.domain import DAY, TRACKS
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_readable
from allocator.reading.characters import character_words
from allocator.reading.layout import SEXES, Holds
from allocator.reading.table import shown_table_value, table_cell_problem

HIGHEST_SCORE = 100_000
_DECIMAL = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)

Where = tuple[str, str]
"""School and track."""


class ClassTable(NamedTuple):
    """A table as read: its rows by their lines, and its cells by their headings."""

    file: str
    raw: bytes
    rows: tuple[tuple[int, dict[str, str]], ...]
    whole: bool


def class_table(path: Path, columns: Sequence[str], faults: list[Fault]) -> ClassTable:
    """Return a table; of one that cannot be read no row, and what is wrong joins the faults."""
    before = len(faults)
    raw = b""
    rows: tuple[tuple[int, dict[str, str]], ...] = ()
    try:
        raw = open_readable(path, MOST_OF_A_TABLE)
        faults += _form_faults(raw, path.name)
        if len(faults) == before:
            rows = tuple(_rows(raw.decode("utf-8"), path.name, columns, faults))
            if not rows and len(faults) == before:
                faults.append(Fault("table.no_rows", path.name))
    except InputError as error:
        faults += error.faults
    return ClassTable(path.name, raw, rows, len(faults) == before)


def _form_faults(raw: bytes, file: str) -> Iterator[Fault]:
    """Yield what is wrong with the bytes of a table."""
    if not raw.strip():
        yield Fault("file.empty", file)
        return
    if raw.startswith(b"\xef\xbb\xbf"):
        yield Fault("classes.bom", file, 1)
    if b"\r" in raw:
        yield Fault("classes.carriage_return", file, raw[: raw.index(b"\r")].count(b"\n") + 1)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Fault("classes.not_utf8", file, raw[: error.start].count(b"\n") + 1)


def _rows(text: str, file: str, columns: Sequence[str], faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and cells of each row below the headings."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        headings = next(reader)
        if tuple(headings) != tuple(columns):
            words = {"expected": ",".join(columns)}
            faults.append(Fault("classes.headings", file, 1, "", shown_table_value(",".join(headings)), words))
            return
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(columns):
                words = {"expected": str(len(columns)), "found": str(len(cells))}
                faults.append(Fault("table.number_of_cells", file, line, params=words))
            else:
                yield line, dict(zip(columns, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error:
        faults.append(Fault("file.csv", file, line))


class ClassCells:
    """The cells of one row; what is wrong with one joins the faults."""

    def __init__(self, file: str, row: int, cells: Mapping[str, str], faults: list[Fault]) -> None:
        self.file, self.row, self.cells, self.faults = file, row, cells, faults

    def wrong(self, code: str, column: str, **words: object) -> None:
        """Note what is wrong with a cell."""
        value = shown_table_value(self.cells[column])
        self.faults.append(Fault(code, self.file, self.row, column, value, {k: str(v) for k, v in words.items()}))

    def id(self, column: str, *, needed: bool = True) -> str:
        """Return an id."""
        return self._text(column, Holds.ID, needed=needed)

    def ids(self, column: str) -> tuple[str, ...]:
        """Return ids joined by ``;``, none of which stands twice."""
        value = self._text(column, Holds.IDS, needed=False)
        found = tuple(value.split(";")) if value else ()
        if len(set(found)) < len(found):
            self.wrong("list.repeated", column)
        return tuple(dict.fromkeys(found))

    def word(self, column: str, words: Sequence[str], usual: str = "") -> str:
        """Return one of a few words; the usual one where the cell is empty and there is one."""
        value = self.cells[column] or usual
        if value not in words:
            self.wrong("classes.word", column, expected=" | ".join(words))
        return value

    def sex(self) -> str:
        """Return F or M."""
        return self.word("sex", SEXES)

    def where(self) -> Where:
        """Return school and track."""
        return self.id("school_id"), self.word("track", TRACKS, DAY)

    def hundredths(self, column: str, code: str, holds: Callable[[int], bool]) -> int | None:
        """Return a decimal with at most two places, in hundredths; None where the cell is empty or wrong."""
        if not self.cells[column]:
            return None
        found = _DECIMAL.fullmatch(self.cells[column])
        value = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
        if not found or not holds(value):
            self.wrong(code, column, most=HIGHEST_SCORE)
            return None
        return value

    def whole(self, column: str, form: re.Pattern[str], code: str, **words: object) -> int:
        """Return a whole number; 0 where it has not the form."""
        if form.fullmatch(self.cells[column]):
            return int(self.cells[column])
        self.wrong(code, column, **words)
        return 0

    def _text(self, column: str, holds: Holds, *, needed: bool) -> str:
        """Return a cell of ids; empty where something is wrong with it."""
        value = self.cells[column]
        if not value:
            if needed:
                self.wrong("cell.empty", column)
            return ""
        if code := table_cell_problem(value, holds):
            self.wrong(code, column, **character_words(code, value))
            return ""
        return value
