"""What the office says of an export: ``columns.csv``, the map to the tables, and ``aliases.csv``, names of places.

The map has ``sheet,heading,column,value,meaning``:

* ``value`` empty: the heading goes to the column; ``skip`` leaves it out, ``? …`` waits for the office.
* ``value`` given: that value of the heading means ``meaning`` (``empty``: nothing).
* ``heading`` and ``value`` empty: every row has ``meaning`` in the column; the column ``skip`` leaves the sheet out.
* ``sheet`` empty: every sheet.

Names of schools and zones stand for their ids: those of schools.csv, and former and short ones of aliases.csv. A zone
goes by the name of its own school too, with 学区 behind it or without. A name that stands for two is none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, open_readable
from allocator.intake.cell_readers import Reads, UnreadableError, read_list, word_key
from allocator.intake.targets import TABLES, Target, target_of_text
from allocator.reading import FolderReader, InputTable, find_encoding, plain_heading
from allocator.sheets.cells import sheet_csv

HEADER = ("sheet", "heading", "column", "value", "meaning")
LEFT_OUT, OPEN, NOTHING = "skip", "?", "empty"


class MapRow(NamedTuple):
    """One row of the map."""

    sheet: str
    heading: str
    column: str
    value: str = ""
    meaning: str = ""


@dataclass
class SheetMap:
    """What the map says of one sheet.

    Attributes
    ----------
    targets : dict of str to list of Target
        Where each heading goes, by the heading made plain; no target where it is left out.
    values : dict
        Meanings by heading and column (empty: all of its columns), then by value as words are compared.
    constants : dict of Target to str
        What every row has.
    waiting : dict of str to int
        Headings about which the office has not decided, with their line in the map.
    left_out : bool
        Whether nothing of the sheet is read.
    own : set of str
        Headings that the map names for this sheet alone.
    """

    targets: dict[str, list[Target]] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    constants: dict[Target, str] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    left_out: bool = False
    own: set[str] = field(default_factory=set)

    def meanings(self, heading: str, goal: Target) -> dict[str, str]:
        """Return what values of a heading mean in a column."""
        return {**self.values.get((heading, ""), {}), **self.values.get((heading, str(goal)), {})}


def read_column_map(path: Path) -> tuple[list[tuple[int, MapRow]], list[Fault]]:
    """Return the rows of a map with their lines, and what is wrong in single rows.

    A wrong row that names a heading stays: its heading is known, whatever was meant by it.

    Raises
    ------
    InputError
        If it is no map.
    """
    raw = open_readable(path, MOST_OF_A_TEXT)
    codec, faults = find_encoding(raw, path.name, None)
    if codec is None:
        raise InputError(faults)
    try:
        lines = list(csv.reader(io.StringIO(raw.decode(codec), newline=""), strict=True))
    except csv.Error:
        raise InputError([Fault("file.csv", path.name)]) from None
    if not lines or tuple(plain_heading(cell) for cell in lines[0]) != HEADER:
        raise InputError([Fault("intake.map_header", path.name, 1, params={"expected": ",".join(HEADER)})])
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        cells = [cell.strip().removeprefix("'") for cell in cells]
        if not any(cells):
            continue
        row = MapRow(*(cells + [""] * len(HEADER))[: len(HEADER)])
        wrong = _row_faults(row, len(cells), number, path.name)
        rows += [(number, row)] if row.heading or not wrong else []
        faults += wrong
    return rows, faults


def _row_faults(row: MapRow, width: int, line: int, file: str) -> list[Fault]:
    """Return what is wrong with one row of a map."""
    if width > len(HEADER):
        return [Fault("table.number_of_cells", file, line, params={"expected": str(len(HEADER)), "found": str(width)})]
    special = row.column == LEFT_OUT or row.column.startswith(OPEN) or (row.value and not row.column)
    if not special and target_of_text(row.column) is None:
        words = {"expected": ", ".join(TABLES)}
        return [Fault("intake.map_column", file, line, "column", row.column, words)]
    if not row.heading and (row.value or not (row.meaning or row.column == LEFT_OUT)):
        return [Fault("intake.map_heading", file, line, "heading")]
    if row.value and (not row.meaning or row.meaning.startswith(OPEN)):
        return [Fault("intake.map_meaning", file, line, "meaning", row.meaning)]
    return []


def column_map_of_sheet(rows: Iterable[tuple[int, MapRow]], sheet: str) -> SheetMap:
    """Return what a map says of one sheet; what is said of it alone stands before what is said of all."""
    found = SheetMap()
    mine = [(line, row) for line, row in rows if not row.sheet or word_key(row.sheet) == word_key(sheet)]
    for line, row in sorted(mine, key=lambda item: bool(item[1].sheet)):
        heading = plain_heading(row.heading)
        goal = target_of_text(row.column)
        if row.value:
            column = str(goal) if goal else ""
            found.values.setdefault((heading, column), {})[word_key(row.value)] = row.meaning
        elif not row.heading:
            if goal is None:
                found.left_out = found.left_out or bool(row.sheet)
            else:
                found.constants[goal] = row.meaning
        elif row.column.startswith(OPEN):
            found.waiting[heading] = line
        else:
            found.targets.setdefault(heading, []).extend([goal] if goal else [])
            found.own |= {heading} if row.sheet else set()
    return found


def column_map_bytes(rows: Sequence[MapRow]) -> bytes:
    """Return a map as a file that Excel and WPS open; nothing in it becomes a formula."""
    return sheet_csv([HEADER, *rows])


ALIASES = "aliases.csv"
_HEADINGS = {"kind": "kind", "类型": "kind", "name": "name", "名称": "name", "id": "id", "编号": "id"}
_KINDS = {"school": "school", "学校": "school", "zone": "zone", "学区": "zone"}
_ENDINGS = ("学区", "片区", "招生片区")


@dataclass
class PlaceNames:
    """Ids of schools and zones by every name, as names are compared."""

    schools: Mapping[str, str] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)

    def readers(self) -> dict[Reads, Callable[[str], str]]:
        """Return the readers of columns that hold schools and zones."""
        school, zone = _reader(self.schools, "intake.no_school"), _reader(self.zones, "intake.no_zone")
        return {Reads.SCHOOL: school, Reads.SCHOOLS: lambda text: read_list(text, school, once=False), Reads.ZONE: zone}

    def nearest(self, reads: Reads, text: str) -> str:
        """Return the name most like a text that is none; empty if nothing is like it."""
        names = self.zones if reads is Reads.ZONE else self.schools
        return next(iter(get_close_matches(word_key(text), names, 1, 0.5)), "")


def _reader(names: Mapping[str, str], code: str) -> Callable[[str], str]:
    """Return the reader of names."""

    def read(text: str) -> str:
        """Return the id that a name stands for."""
        try:
            return names[word_key(text)]
        except KeyError:
            raise UnreadableError(code) from None

    return read


def read_names_for_map(folder: Path) -> tuple[PlaceNames, list[Fault]]:
    """Return the names of a folder's schools and zones, and what is wrong with the tables; none where none is there."""
    reader = FolderReader(folder, folder / "policy.yaml", None)
    schools, zones = (_table(reader, name) for name in ("schools", "zones"))
    aliases = list(_aliases(folder / ALIASES, reader.faults))
    return PlaceNames(
        unambiguous_names(
            [*_school_names(schools), *((name, school) for kind, name, school in aliases if kind == "school")]
        ),
        unambiguous_names([*_zone_names(zones, schools), *_zone_aliases(aliases)]),
    ), reader.faults


def _table(reader: FolderReader, name: str) -> InputTable | None:
    """Return a table of a folder, None if it is not there."""
    if not any((reader.folder / f"{name}{ending}").exists() for ending in (".csv", ".xlsx")):
        return None
    return reader.table(name)


def _school_names(table: InputTable | None) -> Iterator[tuple[str, str]]:
    """Yield every name of a school with its id."""
    if table is None or "school_id" in table.absent:
        return
    ids = table.texts("school_id")
    for column in ("school_id", "name", "name_en"):
        yield from () if column in table.absent else zip(table.texts(column), ids, strict=True)


def _zone_names(table: InputTable | None, schools: InputTable | None) -> Iterator[tuple[str, str]]:
    """Yield every name of a zone with its id."""
    if table is None or "zone" in table.absent:
        return
    yield from ((zone, zone) for zone in table.texts("zone"))
    names: dict[str, list[str]] = {}
    for name, school in _school_names(schools):
        names.setdefault(school, []).append(name)
    if "school_id" in table.absent:
        return
    zones = set(table.texts("zone"))
    for zone, school in zip(table.texts("zone"), table.texts("school_id"), strict=True):
        for name in names.get(school, ()):
            if name not in zones:  # the id of a school can be that of another zone
                yield from _with_endings(name, zone)


def _with_endings(name: str, zone: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a zone has from one."""
    yield name, zone
    for ending in _ENDINGS:
        yield name + ending, zone


def _zone_aliases(aliases: list[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the names of zones in aliases.csv."""
    for kind, name, zone in aliases:
        if kind == "zone":
            yield from _with_endings(name, zone)


def _aliases(path: Path, faults: list[Fault]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and id of each alias; tell what is wrong with the table."""
    if not path.exists():
        return
    raw = open_readable(path, MOST_OF_A_TEXT)
    codec, wrong = find_encoding(raw, ALIASES, None)
    faults += wrong
    if codec is None:
        return
    first, *rows = list(csv.reader(io.StringIO(raw.decode(codec), newline=""))) or [[]]
    head = [_HEADINGS.get(plain_heading(cell), "") for cell in first]
    if set(head) != {"kind", "name", "id"} or len(head) != 3:
        faults.append(Fault("intake.map_header", ALIASES, 1, params={"expected": "kind,name,id"}))
        return
    for line, cells in enumerate(rows, start=2):
        row = dict(zip(head, map(str.strip, cells), strict=False))
        kind = _KINDS.get(row.get("kind", ""), "")
        if any(cells) and not (kind and row.get("name") and row.get("id")):
            faults.append(Fault("intake.alias", ALIASES, line, "kind", row.get("kind", "")))
        elif any(cells):
            yield kind, row["name"], row["id"]


def unambiguous_names(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a table of names; a name that stands for two things stands for none."""
    found: dict[str, str] = {}
    twice = set()
    for name, meaning in pairs:
        key = word_key(name)
        if found.setdefault(key, meaning) != meaning:
            twice.add(key)
    return {name: meaning for name, meaning in found.items() if name and name not in twice}
