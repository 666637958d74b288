"""Lists of children and schools that were made elsewhere, read as the tables are: same headings, words and spellings.

A list may be CSV or a workbook. It needs a column of registration numbers and one of schools, by id or by a name that
only one school has; other columns are passed over, and so are lines above the headings. The program's own lists per
school come back in as well: they have no column of schools, and the school is the one that file, sheet or title names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from allocator.domain import NEEDS_RULING, UNPLACED, School
from allocator.ground import MOST_OF_A_TABLE, TEXTS, Fault, InputError, open_readable
from allocator.reading.characters import character_words, with_moved_characters
from allocator.reading.encodings import WORKBOOK_STARTS, find_encoding
from allocator.reading.layout import Holds, plain_heading
from allocator.reading.rows import Rows, csv_rows, rows_of_all_sheets
from allocator.reading.table import clean_table_cell, shown_table_value, table_cell_problem

_APOSTROPHES = "'\u2019\u2018`"
"""Put before a number so that a spreadsheet leaves it alone; the program's own lists have the first."""


def _headings(code: str, *others: str) -> frozenset[str]:
    """Return how a column may be headed: as in the tables, and as in the program's lists, in one language or both."""
    zh, en = TEXTS[code]
    return frozenset(map(plain_heading, (*others, zh, en, f"{zh} {en}")))


_CHILD = _headings("list.column.id", "applicant_id", "报名号", "报名编号", "学生编号")
_SCHOOL = (
    _headings("list.column.school_id", "school_id", "学校编号"),
    _headings("list.column.school", "录取学校", "学校名称", "录取学校名称"),
)
_WITHOUT = {f"_{outcome}": TEXTS[f"list.of.{outcome}"] for outcome in (NEEDS_RULING, UNPLACED)}


@dataclass
class ListRead:
    """What lists say.

    Attributes
    ----------
    pairs : dict of str to str
        School of every child, empty for none.
    notes : list of Fault
        Schools that do not exist, each with the one that may be meant; and lists of single schools.
    lists : int
        How many lists were read.
    """

    pairs: dict[str, str] = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)
    lists: int = 0

    @property
    def only(self) -> str | None:
        """The school of which this is the one list; None where it is of several or of none."""
        named = [note.value for note in self.notes if note.code == "list.of_one_school"]
        return named[0] if named and self.lists == 1 else None


def read_lists(paths: Sequence[Path], schools: Mapping[str, School], encoding: str | None = None) -> ListRead:
    """Return which child goes to which school, of one or several lists.

    Parameters
    ----------
    paths : sequence of Path
        Files, or folders with a list for each school.
    encoding : str or None
        Encoding of CSV files; found out where None.

    Raises
    ------
    InputError
        With everything because of which a list cannot be read.
    """
    reader = _Reader(schools, encoding)
    for path in paths:
        reader.read(path)
    if not reader.faults and not reader.result.lists:
        reader.faults.append(Fault("cli.no_column", paths[0].name, params={"column": "applicant_id（报名号）"}))
    if reader.faults:
        raise InputError(reader.faults)
    return reader.result


class _Reader:
    """Takes one list after another."""

    def __init__(self, schools: Mapping[str, School], encoding: str | None) -> None:
        self.schools, self.encoding = schools, encoding
        self.faults: list[Fault] = []
        self.result = ListRead()
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for school in schools.values():
            for name in _names(school):
                self.by_name[name].append(school.school_id)

    def read(self, path: Path) -> None:
        """Take a file, or all lists of a folder."""
        if path.is_dir():
            listed = (p for p in path.iterdir() if p.suffix.casefold() in (".csv", ".xlsx"))
            files = sorted(p for p in listed if p.name[0] not in ".~")
            if not files:
                self.faults.append(Fault("list.no_lists", path.name))
            for file in files:
                self.read(file)
            return
        try:
            raw = open_readable(path, MOST_OF_A_TABLE)
        except InputError as error:
            self.faults += error.faults
            return
        for sheet, rows in self._sheets(raw, path):
            self._take(_lines(rows), path, sheet)

    def _sheets(self, raw: bytes, path: Path) -> Iterator[tuple[str, Iterator[Rows]]]:
        """Yield name and rows of every sheet; a CSV file is one without a name."""
        if path.suffix.casefold() == ".xlsx" or raw.startswith(WORKBOOK_STARTS):
            sheets, faults = rows_of_all_sheets(raw, path.name)
            self.faults += faults
            yield from sheets.items()
            return
        encoding, faults = find_encoding(raw, path.name, self.encoding)
        self.faults += faults
        if encoding == "gb18030":
            raw, encoding = with_moved_characters(raw)
        if encoding is not None:
            yield "", csv_rows(raw, path.name, encoding, self.faults)

    def _take(self, lines: list[tuple[int, list[str]]], path: Path, sheet: str) -> None:
        """Take the rows of one list; a sheet without registration numbers is none."""
        at = next((n for n, (_, cells) in enumerate(lines) if _place(cells, _CHILD) is not None), None)
        if at is None:
            if not sheet:
                self.faults.append(Fault("cli.no_column", path.name, 1, params={"column": "applicant_id（报名号）"}))
            return
        self.result.lists += 1
        headings = lines[at][1]
        child = _place(headings, _CHILD)
        named = [p for p in (_place(headings, names) for names in _SCHOOL) if p is not None]
        school = named[0] if named else None
        titles = [path.stem, sheet, *(cell for _, cells in lines[:at] for cell in cells)]
        only = self._of_titles(titles) if school is None else None
        if school is None and only is None:
            words = {"column": "school_id（学校编号）"}
            self.faults.append(Fault("cli.no_column", path.name, lines[at][0], params=words))
            return
        assert child is not None
        if only:
            self.result.notes.append(Fault("list.of_one_school", path.name, value=only))
        for line, cells in lines[at + 1 :]:
            self._row(path.name, line, cells, child, school, only)
            if len(named) > 1:
                self._agree(path.name, line, cells, named[0], named[1])

    def _row(self, file: str, line: int, cells: list[str], child: int, school: int | None, only: str | None) -> None:
        """Take one row."""
        if max(child, school or 0) >= len(cells):
            words = {"expected": str(max(child, school or 0) + 1), "found": str(len(cells))}
            self.faults.append(Fault("list.few_cells", file, line, params=words))
            return
        name = clean_table_cell(cells[child], Holds.ID).lstrip(_APOSTROPHES)
        if code := table_cell_problem(name, Holds.ID) if name else "cell.empty":
            words = character_words(code, name)
            self.faults.append(Fault(code, file, line, "applicant_id", shown_table_value(name), words))
        elif name in self.result.pairs:
            self.faults.append(Fault("cli.child_twice", file, line, "applicant_id", name))
        else:
            self.result.pairs[name] = only or "" if school is None else self._school(cells[school], file, line)

    def _agree(self, file: str, line: int, cells: list[str], by_id: int, by_name: int) -> None:
        """Tell where the id and the name of the school stand side by side and are not of one school."""
        if max(by_id, by_name) >= len(cells):
            return
        number, name = (
            clean_table_cell(cells[by_id], Holds.ID).lstrip(_APOSTROPHES),
            clean_table_cell(cells[by_name], Holds.ID),
        )
        meant = [name] if name in self.schools else self.by_name.get(plain_heading(cells[by_name]), [])
        if number in self.schools and meant and number not in meant:
            words = {"school": number, "name": self.schools[number].name}
            self.faults.append(
                Fault("list.two_schools", file, line, "school_id", shown_table_value(cells[by_name]), words)
            )

    def _school(self, cell: str, file: str, line: int) -> str:
        """Return the id of a school that is named by its id or by a name of its own."""
        value = clean_table_cell(cell, Holds.ID).lstrip(_APOSTROPHES)
        if not value or value in self.schools:
            return value
        named = self.by_name.get(plain_heading(cell), [])
        if len(named) == 1:
            return named[0]
        if named:
            words = {"expected": ", ".join(named)}
            self.faults.append(Fault("list.name_of_several", file, line, "school_id", shown_table_value(cell), words))
            return ""
        words = {"likely": self._likely(value)}
        fault = Fault("list.unknown_school", file, line, "school_id", shown_table_value(cell), words)
        if table_cell_problem(value, Holds.ID):
            self.faults.append(fault)
            return ""
        self.result.notes.append(fault)
        return value

    def _likely(self, value: str) -> str:
        """Return the school that comes nearest to what was written, by id or by name, as id and name."""
        names = {name: school.school_id for school in self.schools.values() for name in _names(school)}
        names |= {school_id.casefold(): school_id for school_id in self.schools}
        near = get_close_matches(plain_heading(value), names, n=1, cutoff=0.3)
        chosen = [names[near[0]]] if near else list(self.schools)[:10]
        return ", ".join(f"{one} ({self.schools[one].name})" for one in chosen)

    def _of_titles(self, titles: Sequence[str]) -> str | None:
        """Return the school to which a list belongs, by file, sheet or title; empty: children without a school."""
        for title in titles:
            plain = plain_heading(title)
            if title in self.schools:
                return title
            if len(named := self.by_name.get(plain, [])) == 1:
                return named[0]
            for key, texts in _WITHOUT.items():
                if title == key or plain in map(plain_heading, (*texts, " ".join(texts), " · ".join(texts))):
                    return ""
        return None


def _names(school: School) -> set[str]:
    """Return how a school may be called: in either language, or in both as on the lists."""
    both = (school.name, school.name_en, f"{school.name} · {school.name_en}", f"{school.name} {school.name_en}")
    return set(map(plain_heading, both if school.name_en else both[:1]))


def _lines(rows: Iterator[Rows]) -> list[tuple[int, list[str]]]:
    """Return line and cells of the rows that hold any text."""
    pairs = (pair for some in rows for pair in zip(some.lines, some.cells, strict=True))
    return [(line, cells) for line, cells in pairs if any(cell.strip() for cell in cells)]


def _place(cells: Sequence[str], names: frozenset[str]) -> int | None:
    """Return where the first of some headings stands in a row; None where none does."""
    return next((place for place, cell in enumerate(cells) if plain_heading(cell) in names), None)
