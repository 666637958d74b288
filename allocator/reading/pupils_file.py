"""The office's table of pupils for balanced classes: sex, score, track, who should be together and who apart.

It is restricted, and it is typed by hand: CSV or workbook, headings in Chinese or English, Chinese words for sex and
track. What it makes, ``class-roster.csv``, is read by ``class_files`` to the byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from allocator.domain import DAY, TRACKS
from allocator.ground import Fault, InputError, cut_error_kinds
from allocator.reading.folder import single_table
from allocator.reading.layout import LAYOUTS, SEXES, Holds, InputColumn
from allocator.reading.table import InputTable, table_cell_items

_TRACK_WORDS = (
    *((word, "day") for word in ("走读", "走读生", "通学", "日校")),
    *((word, "boarding") for word in ("住宿", "住宿生", "寄宿", "寄宿生", "住校", "住校生")),
)
_SEX = next(column for column in LAYOUTS["applicants"] if column.name == "sex")
PUPIL_COLUMNS: tuple[InputColumn, ...] = (
    InputColumn("id", "报名号", Holds.ID, distinct=True),
    _SEX,
    InputColumn("score", "成绩", Holds.SCORE, optional=True, distinct=True),
    InputColumn("track", "就读方式", Holds.WORD, optional=True, words=_TRACK_WORDS),
    InputColumn("together", "同班组", Holds.ID, optional=True),
    InputColumn("apart", "不同班组", Holds.IDS, optional=True),
)
"""Columns of the table of pupils; only the number may not be left out."""


class ListedPupil(NamedTuple):
    """A row of the table of pupils.

    Attributes
    ----------
    row : int
        Line of the file.
    pupil_id : str
        Registration number.
    sex : {"F", "M", ""}
        Empty: as the table of persons says.
    score : str
        As typed, or empty.
    track : {"day", "boarding"}
        Day where the cell is empty.
    together : str
        Bundle that the family asked for, or empty.
    apart : tuple of str
        Groups apart.
    """

    row: int
    pupil_id: str
    sex: str
    score: str
    track: str
    together: str
    apart: tuple[str, ...]


def read_pupils(path: Path, encoding: str | None = None) -> tuple[ListedPupil, ...]:
    """Read the table of pupils.

    Raises
    ------
    InputError
        With every fault.
    """
    table, faults = single_table(path, PUPIL_COLUMNS, encoding)
    if table is not None:
        faults += _word_faults(table, "sex", SEXES) + _word_faults(table, "track", TRACKS) + list(_id_faults(table))
    if table is None or faults:
        raise InputError(cut_error_kinds(faults))
    columns = [table.texts(column.name) for column in PUPIL_COLUMNS]
    return tuple(
        ListedPupil(line, name, sex, score, track or DAY, together, table_cell_items(apart))
        for line, name, sex, score, track, together, apart in zip(table.lines.tolist(), *columns, strict=True)
    )


def _word_faults(table: InputTable, column: str, words: Collection[str]) -> list[Fault]:
    """Return cells with another word than those known."""
    expected = {"expected": " | ".join(words)}
    found = ((row, cell) for row, cell in enumerate(table.texts(column)) if cell and cell not in words)
    return [table.fault("classes.word", row, column, cell, expected) for row, cell in found]


def _id_faults(table: InputTable) -> Iterator[Fault]:
    """Yield rows without a number, with that of an earlier row, or with a group apart named twice."""
    first: dict[str, int] = {}
    for row, (name, apart) in enumerate(zip(table.texts("id"), table.texts("apart"), strict=True)):
        if not name:
            yield table.fault("cell.empty", row, "id", name)
        elif first.setdefault(name, row) != row:
            yield table.fault("id.repeated", row, "id", name, {"first": str(int(table.lines[first[name]]))})
        if len(set(table_cell_items(apart))) < len(table_cell_items(apart)):
            yield table.fault("list.repeated", row, "apart", apart)
