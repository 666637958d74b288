"""From the cells of a sheet to the values of the tables' columns, and what is wrong with each row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from allocator.ground import Fault
from allocator.intake.cell_readers import (
    LISTED,
    READERS,
    Reads,
    UnreadableError,
    is_serial_date,
    plain_cell,
    read_id,
    read_list,
    word_key,
    word_reader,
)
from allocator.intake.column_map import NOTHING, PlaceNames, SheetMap
from allocator.intake.persons import read_person_card
from allocator.intake.region import Region
from allocator.intake.targets import LINKS, Target
from allocator.reading import plain_heading, shown_table_value

LONG = "\0"
"""Stands before a number with fifteen digits in a row, for which intake gives one of its own."""
NUMBERED = (*LINKS, "guardian", "book", "bundle")
"""Columns whose ids intake can make."""
LISTS = (Reads.IDS, Reads.SCHOOLS, Reads.WORDS)
_NEAREST = 0.5


@dataclass
class SheetValues:
    """The values of a sheet.

    Attributes
    ----------
    region : Region
        Where its rows stand.
    columns : dict of Target to list of str
        A value for each row; empty where the cell is, or cannot be read.
    headings : dict of Target to str
        Heading by which messages name a column.
    faults : dict of int to list of Fault
        What is wrong, by position of the row.
    """

    region: Region
    columns: dict[Target, list[str]] = field(default_factory=dict)
    headings: dict[Target, str] = field(default_factory=dict)
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.region.rows)

    def line(self, row: int) -> int:
        """Return the line of a row."""
        return self.region.sheet.lines[self.region.rows[row]]

    def refuse(self, row: int, code: str, column: str = "", value: str = "", **params: str) -> None:
        """Note what is wrong with a row."""
        fault = Fault(code, self.region.sheet.label, self.line(row), column, shown_table_value(value), params)
        self.faults.setdefault(row, []).append(fault)

    def title(self, goal: Target) -> str:
        """Return what messages call a column."""
        return self.headings.get(goal, str(goal))


def read_row_values(region: Region, columns: SheetMap, names: PlaceNames) -> SheetValues:
    """Return the values of a sheet by what the map says of it."""
    values = SheetValues(region)
    for place, heading in enumerate(region.headings):
        for goal in columns.targets.get(plain_heading(heading), ()):
            cells = _Cells(goal, names, columns.meanings(plain_heading(heading), goal))
            raw = region.column(place)
            found = list(map(cells.__getitem__, raw))
            values.headings.setdefault(goal, heading)
            _note_problems(values, heading, goal, raw, cells, names)
            _add(values, heading, goal, found)
    for goal, text in columns.constants.items():
        values.columns.setdefault(goal, [_Cells(goal, names, {})[text]] * values.count)
    for row, line in enumerate(region.lines()):
        if line in region.across:
            values.refuse(row, "intake.merged_across", places=region.across[line])
        _note_marks(values, row, line)
    _hide_persons(values)
    return values


class _Cells(dict[str, str]):
    """Cells that were read, by their text: most texts of a column come often."""

    def __init__(self, goal: Target, names: PlaceNames, meanings: Mapping[str, str]) -> None:
        super().__init__()
        self.read, self.meanings = reader_of_row_cells(goal, names), meanings
        self.is_list = goal.kind.reads in LISTS
        self.problems: dict[str, str] = {}

    def __missing__(self, raw: str) -> str:
        """Read a text that has not come before."""
        text = plain_cell(raw)
        if self.meanings and text:
            text = ";".join(map(self._meant, LISTED.split(text))) if self.is_list else self._meant(text)
        try:
            value = self.read(text) if text else ""
        except UnreadableError as error:
            value, self.problems[raw] = "", str(error)
        self[raw] = value
        return value

    def _meant(self, text: str) -> str:
        """Return what the map says that a value means; the value itself where it says nothing."""
        meaning = self.meanings.get(word_key(text), text)
        return "" if meaning == NOTHING else meaning


def reader_of_row_cells(target: Target, names: PlaceNames) -> Callable[[str], str]:
    """Return how the cells of a column are read, by itself."""
    kind = target.kind
    if kind.reads is Reads.WORD:
        return word_reader(kind.words, "intake.word")
    if kind.reads is Reads.WORDS:
        word = word_reader(kind.words, "intake.word")
        return lambda text: ";".join(sorted(read_list(text, word).split(";")))
    if kind.name == "card":
        return read_person_card
    return _numbered if kind.name in NUMBERED else {**READERS, **names.readers()}[kind.reads]


def is_row_value_read(text: str, target: Target, names: PlaceNames) -> bool:
    """Whether a value is understood as it is."""
    try:
        reader_of_row_cells(target, names)(text)
    except UnreadableError:
        return False
    return True


def _numbered(text: str) -> str:
    """Return an id, or a number that is none with its mark."""
    try:
        return read_id(text)
    except UnreadableError as error:
        if str(error) != "intake.long_number":
            raise
    return LONG + "".join(text.split())


def _note_problems(
    values: SheetValues, heading: str, goal: Target, raw: Sequence[str], cells: _Cells, names: PlaceNames
) -> None:
    """Note the rows in which a column cannot be read, and dates that stand as numbers."""
    if goal.kind.reads is Reads.DATE and any(map(is_serial_date, set(raw))):
        serial = [row for row, text in enumerate(raw) if is_serial_date(text)]
        words = {"count": str(len(serial))}
        label = values.region.sheet.label
        values.warnings.append(Fault("intake.serial", label, values.line(serial[0]), heading, params=words))
    if not cells.problems:
        return
    told = {text: _words_of(code, plain_cell(text), goal, names) for text, code in cells.problems.items()}
    for row, text in enumerate(raw):
        if text in cells.problems:
            value = "" if goal.is_private else text
            values.refuse(row, cells.problems[text], heading, value, **told[text])


def _words_of(code: str, text: str, goal: Target, names: PlaceNames) -> dict[str, str]:
    """Return the words of a fault: what is expected, what is most like the value; of a list its first wrong item."""
    if goal.kind.reads in LISTS:
        parts = map(str.strip, LISTED.split(text))
        text = next((part for part in parts if not is_row_value_read(part, goal, names)), text)
    if code == "intake.word":
        known = list(goal.kind.words)
        near = get_close_matches(text, known, 1, _NEAREST)
        return {"expected": "、".join(known), "nearest": near[0] if near else "–"}
    if code in ("intake.no_school", "intake.no_zone"):
        return {"nearest": names.nearest(goal.kind.reads, text) or "–"}
    return {}


def _add(values: SheetValues, heading: str, goal: Target, found: list[str]) -> None:
    """Add a column; of two headings for one column lists are joined, and other values must agree."""
    before = values.columns.get(goal)
    if before is None:
        values.columns[goal] = found
        return
    for row, (old, new) in enumerate(zip(before, found, strict=True)):
        if goal.kind.reads in LISTS:
            before[row] = _joined(old, new, is_sorted=goal.kind.reads is Reads.WORDS)
        elif old and new and old != new:
            values.refuse(row, "intake.two_headings", heading, other=values.title(goal))
        else:
            before[row] = old or new


def _joined(old: str, new: str, *, is_sorted: bool) -> str:
    """Return two lists as one; words sorted, choices in the order of the headings."""
    items = list(filter(None, [*old.split(";"), *new.split(";")]))
    return ";".join(sorted(set(items)) if is_sorted else items)


def _hide_persons(values: SheetValues) -> None:
    """Take from faults the values that stand in the row as those of a person: the columns may have been mixed up."""
    named = {heading for goal, heading in values.headings.items() if goal.is_private}
    places = [place for place, heading in enumerate(values.region.headings) if heading in named]
    for row, faults in values.faults.items():
        cells = values.region.sheet.cells[values.region.rows[row]]
        said = {word_key(cells[place]) for place in places if place < len(cells)} - {""}
        values.faults[row] = [replace(f, value="") if row_value_names_person(f.value, said) else f for f in faults]


def row_value_names_person(value: str, words_of_persons: Collection[str]) -> bool:
    """Whether a value holds something that is said of persons; one letter or digit is nothing."""
    text = word_key(value)
    return any(len(word) > 1 and word in text for word in words_of_persons)


def _note_marks(values: SheetValues, row: int, line: int) -> None:
    """Note cells of a row that are computed or hold an error value, in columns that are read."""
    marks, headings = values.region.sheet.marks, values.region.headings
    read = set(values.headings.values())
    for code, found in (("sheet.formula", marks.formulas), ("sheet.error_value", marks.errors)):
        for place in found.get(line, ()):
            if place < len(headings) and headings[place] in read:
                values.refuse(row, code, headings[place])
