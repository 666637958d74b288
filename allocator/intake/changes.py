"""What an import changes in the tables of a folder: row by row, column by column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_readable
from allocator.intake.cell_readers import Reads, plain_cell, word_key
from allocator.intake.tables import Cells
from allocator.intake.targets import COLUMNS, PERSONS, columns_of_targets, key_columns_of_targets
from allocator.reading import plain_heading

RESTRICTED = "restricted"
"""The folder for what only the office's owner of the data may read."""
_HIDDEN = "***"


class TableChange(NamedTuple):
    """One change: a row that is ``new`` or ``gone``, or a column of one that is ``changed``."""

    table: str
    key: str
    kind: str
    column: str = ""
    before: str = ""
    after: str = ""


def changed_table_path(folder: Path, table: str) -> Path:
    """Return where a table stands."""
    return (folder / RESTRICTED if table == PERSONS else folder) / f"{table}.csv"


def changes(folder: Path, tables: Mapping[str, Sequence[Cells]]) -> list[TableChange]:
    """Return what the tables change in a folder; a table that is not there yet changes nothing.

    Raises
    ------
    InputError
        If a table of the folder cannot be compared.
    """
    found, faults = list[TableChange](), list[Fault]()
    for table, rows in tables.items():
        if changed_table_path(folder, table).with_suffix(".xlsx").exists():
            faults.append(Fault("intake.workbook_there", f"{table}.xlsx"))
        elif changed_table_path(folder, table).exists():
            try:
                found += _compared(table, rows_before_changes(changed_table_path(folder, table), table), rows)
            except InputError as error:
                faults += error.faults
    if faults:
        raise InputError(faults)
    return found


def rows_before_changes(path: Path, table: str) -> list[Cells]:
    """Return the rows of a table as it stands in a folder, its words in English."""
    raw = open_readable(path, MOST_OF_A_TABLE)
    try:
        first, *lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error):
        raise InputError([Fault("intake.not_compared", path.name)]) from None
    names = {plain_heading(key): column for column in COLUMNS[table].values() for key in (column.name, column.chinese)}
    places = {names[plain_heading(cell)].name: at for at, cell in enumerate(first) if plain_heading(cell) in names}
    if not set(key_columns_of_targets(table)) <= set(places):
        raise InputError([Fault("intake.not_compared", path.name)])
    wanted = [(places.get(name, -1), _reader(table, name)) for name in columns_of_targets(table)]
    return [tuple(read(row[at]) if 0 <= at < len(row) else "" for at, read in wanted) for row in lines if any(row)]


class _reader(dict[str, str]):  # noqa: N801  (called as the function it stands for)
    """Reads the cells of a stored column: fixed words as they are meant, everything else plain."""

    def __init__(self, table: str, name: str) -> None:
        super().__init__()
        column = COLUMNS[table][name]
        self.is_list = column.reads is Reads.WORDS
        self.words = {word_key(word): meaning for word, meaning in column.words.items()}
        self.words |= {"是": "yes", "否": "no"} if column.reads is Reads.YES else {}

    def __missing__(self, raw: str) -> str:
        """Read a text that has not come before."""
        text = plain_cell(raw)
        parts = text.split(";") if self.is_list else [text]
        meant = [self.words.get(word_key(part), part.strip()) for part in parts]
        self[raw] = ";".join(sorted(meant) if self.is_list else meant)
        return self[raw]

    def __call__(self, raw: str) -> str:
        """Return what a cell says."""
        return self[raw]


def _compared(table: str, old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[TableChange]:
    """Yield the changes of a table, by key."""
    names = columns_of_targets(table)
    places = [names.index(name) for name in key_columns_of_targets(table)]
    before, after = ({tuple(row[place] for place in places): row for row in rows} for rows in (old, new))
    for key in sorted({*before, *after}):
        label = " / ".join(key)
        if key not in before or key not in after:
            yield TableChange(table, label, "new" if key in after else "gone")
            continue
        for name, one, other in zip(names, before[key], after[key], strict=True):
            if one != other:
                hidden = table == PERSONS
                yield TableChange(
                    table, label, "changed", name, _HIDDEN if hidden else one, _HIDDEN if hidden else other
                )


def changed_table_bytes(table: str, rows: Sequence[Cells]) -> bytes:
    """Return a table as a file: UTF-8, LF, quotes only where needed."""
    return changed_csv_bytes(columns_of_targets(table), rows)


def changed_csv_bytes(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8")
