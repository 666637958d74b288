"""From the values of sheets to the rows of tables, put together, each once: numbers, guardians by slot, titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from allocator.ground import Fault, some_as_text
from allocator.intake.cell_readers import word_key
from allocator.intake.numbers import Numbers
from allocator.intake.rows import LONG, NUMBERED, SheetValues
from allocator.intake.targets import (
    COLUMNS,
    LINKS,
    PARENTS,
    PERSONS,
    TABLES,
    Target,
    columns_of_targets,
    key_columns_of_targets,
)
from allocator.reading import shown_table_value

GRANDPARENTS = "grandparents"
HOLDERS = (*PARENTS, GRANDPARENTS)
"""Slots that say by themselves who holds a title."""
_HOLDERS: Mapping[str, str] = {
    **dict.fromkeys(("父", "父亲", "爸爸"), "father"),
    **dict.fromkeys(("母", "母亲", "妈妈"), "mother"),
    **dict.fromkeys(("监护人",), "guardian"),
    **dict.fromkeys(
        ("祖父", "祖母", "爷爷", "奶奶", "外祖父", "外祖母", "姥爷", "姥姥", "外公", "外婆", "祖父母", "祖辈"),
        GRANDPARENTS,
    ),
}  # fmt: skip
"""Words for holders, each with its slot."""
_NOBODY = re.compile("其他|共有|公司|单位|政府|中心|委员会")
"""In the words for holders that are no person's name."""
_HOLDER_ID = re.compile(r"[A-Za-z0-9-]{1,32}(?:/[A-Za-z0-9-]{1,32})?", re.ASCII)


class TableRow(NamedTuple):
    """One row of a table, and the row of the sheet that gave it."""

    table: str
    row: int
    cells: tuple[str, ...]


def records_of_tables(values: SheetValues, numbers: Numbers) -> Iterator[TableRow]:
    """Yield what the rows of a sheet say, row numbers included that intake makes; faulty rows are left out.

    The columns of ``values`` are completed: every table of a row has its numbers afterwards.
    """
    _replace_long(values, numbers)
    _fill_persons(values)
    groups = list(dict.fromkeys((goal.table, goal.slot) for goal in values.columns))
    links = _links(values, groups, numbers)
    for table, slot in groups:
        columns = {name: values.columns.get(Target(table, slot, name)) for name in COLUMNS[table]}
        given = [cells for name, cells in columns.items() if cells and Target(table, slot, name) in values.headings]
        filled = [any(row) for row in zip(*given, strict=True)] if given else [True] * values.count
        columns |= {name: links[name] for name in LINKS if name in columns and links.get(name) is not None}
        if table == "guardians":
            _guardians(values, slot, columns, filled, numbers)
        elif table == "owners":
            _holders(values, slot, columns, links, filled, numbers)
        empty = [""] * values.count
        rows = zip(*(columns.get(name) or empty for name in columns_of_targets(table)), strict=True)
        for row, cells in enumerate(rows):
            if filled[row] and row not in values.faults:
                yield TableRow(table, row, cells)


def _replace_long(values: SheetValues, numbers: Numbers) -> None:
    """Give ids where a platform's number has fifteen digits in a row; that of a child is kept with its person."""
    for goal, cells in list(values.columns.items()):
        if goal.column not in NUMBERED or not any(cell.startswith(LONG) for cell in cells):
            continue
        if goal.column == "applicant_id":
            kept = values.columns.setdefault(Target(PERSONS, "", "platform_no"), [""] * values.count)
            kept[:] = [cell[1:] if cell.startswith(LONG) else old for cell, old in zip(cells, kept, strict=True)]
            values.headings.setdefault(Target(PERSONS, "", "platform_no"), values.title(goal))
        kind, label = goal.column, values.region.sheet.label
        values.columns[goal] = [
            numbers.number(kind, "number", cell[1:], label, values.line(row)) if cell.startswith(LONG) else cell
            for row, cell in enumerate(cells)
        ]


def _fill_persons(values: SheetValues) -> None:
    """Let the first guardian who has a name stand for the family, where the export names none for the child."""
    if not any(goal.table == PERSONS for goal in values.columns):
        return
    for column, source in (("guardian_name", "name"), ("telephone", "telephone")):
        goal = Target(PERSONS, "", column)
        sources = [Target("guardians", slot, source) for slot in _guardian_slots(values)]
        found = [values.columns[name] for name in sources if name in values.columns]
        if goal not in values.columns and found:
            values.columns[goal] = [next(filter(None, row), "") for row in zip(*found, strict=True)]


def _links(
    values: SheetValues, groups: list[tuple[str, str]], numbers: Numbers
) -> dict[str, list[str] | None]:
    """Return the number of child, family and home of each row: as given, else made."""
    wanted = {name for table, _ in groups for name in LINKS if name in COLUMNS[table]}
    tables = {table for table, _ in groups}
    links: dict[str, list[str] | None] = {name: _given(values, name) for name in LINKS}
    makers = {"applicant_id": _child_key, "family": _family_key, "home": _home_key}
    for name in LINKS:
        if name in wanted and links[name] is None and _can_make(name, tables, values):
            links[name] = _made(values, name, makers[name], numbers)
    return links


def _given(values: SheetValues, name: str) -> list[str] | None:
    """Return the column of a number where a heading gives it."""
    goal = next((goal for goal in values.columns if goal.column == name and not goal.slot), None)
    return None if goal is None else values.columns[goal]


def _can_make(name: str, tables: set[str], values: SheetValues) -> bool:
    """Whether a sheet has what a number is made from."""
    if name == "home":
        return "homes" in tables and _of(values, "address") is not None
    if name == "family":
        return "guardians" in tables or _of(values, "guardian_name") is not None
    return _of(values, "platform_no") is not None or _of(values, "card") is not None or _of(values, "name") is not None


def _of(values: SheetValues, column: str) -> list[str] | None:
    """Return what is said of the child's person, or of its home's address."""
    for goal in (Target("homes", "", column), Target(PERSONS, "", column)):
        if goal in values.columns:
            return values.columns[goal]
    return None


def _made(values: SheetValues, name: str, key: object, numbers: Numbers) -> list[str]:
    """Return numbers for the rows; a row that says nothing to make one from has none."""
    made = []
    label = values.region.sheet.label
    for row in range(values.count):
        by, text = key(values, row) if row not in values.faults else ("", "")  # type: ignore[operator]
        made.append(numbers.number(name, by, text, label, values.line(row)) if text else "")
    return made


def _cell(values: SheetValues, table: str, slot: str, column: str, row: int) -> str:
    """Return a value; empty where there is no such column."""
    cells = values.columns.get(Target(table, slot, column))
    return cells[row] if cells is not None else ""


def _child_key(values: SheetValues, row: int) -> tuple[str, str]:
    """Return what a child is known by: the platform's number, its card, else name, birth date and guardian."""
    for by, column in (("number", "platform_no"), ("card", "card")):
        if text := _cell(values, PERSONS, "", column, row):
            return by, text
    name, guardian = (_cell(values, PERSONS, "", column, row) for column in ("name", "guardian_name"))
    born = _cell(values, "applications", "", "birth_date", row)
    return ("name", f"{name}|{born}|{guardian}") if name and (born or guardian) else ("", "")


def _family_key(values: SheetValues, row: int) -> tuple[str, str]:
    """Return what a family is known by: its guardians' cards, else their names and telephones."""
    found = [_guardian_key(values, slot, row) for slot in _guardian_slots(values)]
    if not any(text for _, text in found):
        found = [_named(*(_cell(values, PERSONS, "", column, row) for column in ("guardian_name", "telephone")))]
    kinds = {by for by, text in found if text}
    return "+".join(sorted(kinds)), "|".join(sorted(text for _, text in found if text))


def _guardian_slots(values: SheetValues) -> list[str]:
    """Return the slots of guardians of a sheet."""
    return list(dict.fromkeys(goal.slot for goal in values.columns if goal.table == "guardians"))


def _guardian_key(values: SheetValues, slot: str, row: int) -> tuple[str, str]:
    """Return what a guardian is known by."""
    if card := _cell(values, "guardians", slot, "card", row):
        return "card", card
    return _named(*(_cell(values, "guardians", slot, column, row) for column in ("name", "telephone")))


def _named(name: str, telephone: str) -> tuple[str, str]:
    """Return a name with its telephone; nothing without a name."""
    return ("name_telephone", f"{name}/{''.join(filter(str.isdigit, telephone))}") if name else ("", "")


def _home_key(values: SheetValues, row: int) -> tuple[str, str]:
    """Return what a home is known by: its address; that of the child where anything is said of a home at all."""
    said = [goal for goal in values.headings if goal.table == "homes"]
    address = _cell(values, "homes", "", "address", row)
    if not address and any(values.columns[goal][row] for goal in said):
        address = _cell(values, PERSONS, "", "address", row)
    return "address", re.sub(r"[\s,，.。、\-—#号]", "", address)


def _guardians(
    values: SheetValues, slot: str, columns: dict[str, list[str] | None], filled: list[bool], numbers: Numbers
) -> None:
    """Complete the columns of a guardian: the relation that the slot says, and a number."""
    if columns["relation"] is None and slot in PARENTS:
        columns["relation"] = [slot] * values.count
    if columns["guardian"] is None:
        columns["guardian"] = _guardian_numbers(values, slot, filled, numbers)


def _guardian_numbers(values: SheetValues, slot: str, filled: list[bool], numbers: Numbers) -> list[str]:
    """Return a number for the guardian of each row; the slot's name where nothing is known of the person."""
    label, found = values.region.sheet.label, []
    for row in range(values.count):
        by, text = _guardian_key(values, slot, row) if filled[row] else ("", "")
        found.append(numbers.number("guardian", by, text, label, values.line(row)) if text else slot)
    return found


def _holders(
    values: SheetValues, slot: str, columns: dict[str, list[str] | None], links: Mapping[str, list[str] | None],
    filled: list[bool], numbers: Numbers,
) -> None:  # fmt: skip
    """Complete the holders of titles: those of the family by their numbers, others by a number that is no name."""
    families = links.get("family") or [""] * values.count
    homes = columns["home"] or [""] * values.count
    given = columns["holder"]
    implied = slot if slot in HOLDERS else ""
    columns["holder"] = [
        _holder(values, row, families[row], homes[row], implied if given is None else given[row], numbers)
        if filled[row] else "" for row in range(values.count)
    ]  # fmt: skip


def _holder(values: SheetValues, row: int, family: str, home: str, text: str, numbers: Numbers) -> str:
    """Return the holder of a title as owners.csv has it."""
    if not text:
        return ""
    slot = _HOLDERS.get(word_key(text), text)
    if slot == GRANDPARENTS and family:
        return f"{family}/{GRANDPARENTS}"
    slots = _guardian_slots(values)
    named = (s for s in slots if word_key(_cell(values, "guardians", s, "name", row)) == word_key(text))
    slot = next(named, slot)
    if slot in slots and family:
        return f"{family}/{_number_of(values, slot, row, numbers)}"
    if _HOLDER_ID.fullmatch(text) or _NOBODY.search(text):
        return text
    return numbers.number("holder", "text", f"{home}|{text}", values.region.sheet.label, values.line(row))


def _number_of(values: SheetValues, slot: str, row: int, numbers: Numbers) -> str:
    """Return the number of a guardian of a row."""
    if given := _cell(values, "guardians", slot, "guardian", row):
        return given
    by, text = _guardian_key(values, slot, row)
    return numbers.number("guardian", by, text, values.region.sheet.label, values.line(row)) if text else slot


Cells: TypeAlias = tuple[str, ...]


class FirstTold(NamedTuple):
    """A row of a table and where it was told first: sheet and row in it."""

    cells: Cells
    sheet: int
    row: int


class Tables:
    """The tables while they are put together.

    Attributes
    ----------
    rows : dict of str to dict of tuple to FirstTold
        By table and key.
    """

    def __init__(self) -> None:
        self.rows: dict[str, dict[Cells, FirstTold]] = defaultdict(dict)
        self.sheets: list[SheetValues] = []

    def add(self, values: SheetValues, numbers: Numbers) -> None:
        """Add what a sheet says; rows that contradict earlier ones are refused."""
        number, again = len(self.sheets), Counter[int]()
        self.sheets.append(values)
        for table, many in _by_table(records_of_tables(values, numbers)).items():
            places = [columns_of_targets(table).index(name) for name in key_columns_of_targets(table)]
            known = self.rows[table]
            for record in many:
                key = tuple([record.cells[place] for place in places])
                before = known.get(key)
                if before is None:
                    known[key] = FirstTold(record.cells, number, record.row)
                elif all(key):
                    self._meet(table, key, before, record, number)
                    again[record.row] += before.sheet == number and before.row != record.row and table == "applications"
        self._tell_again(values, again)

    def _meet(self, table: str, key: Cells, before: FirstTold, record: TableRow, number: int) -> None:
        """Put two rows of one number together, or refuse the later one."""
        if before.cells == record.cells:
            return
        values, first = self.sheets[number], self.sheets[before.sheet]
        for name, old, new in zip(columns_of_targets(table), before.cells, record.cells, strict=True):
            if old and new and old != new:
                hidden = Target(table, "", name).is_private
                words = {"table": f"{table}.csv", "name": name, "other": "***" if hidden else shown_table_value(old)}
                words["first"] = f"{first.region.sheet.label} {first.line(before.row)}"
                title = next((values.title(g) for g in values.headings if g.table == table and g.column == name), name)
                values.refuse(record.row, "intake.contradicts", title, "" if hidden else new, **words)
                return
        whole = tuple([old or new for old, new in zip(before.cells, record.cells, strict=True)])
        self.rows[table][key] = before._replace(cells=whole)

    def _tell_again(self, values: SheetValues, again: Mapping[int, int]) -> None:
        """Warn of rows that say of a child what an earlier row of the sheet said."""
        rows = [row for row, count in again.items() if count and row not in values.faults]
        if rows:
            words = {"count": str(len(rows)), "rows": some_as_text(values.line(row) for row in rows)}
            label = values.region.sheet.label
            values.warnings.append(Fault("intake.same_row", label, values.line(rows[0]), params=words))

    def demand_needed(self) -> None:
        """Refuse rows that leave a column empty which no row may leave empty."""
        for table, known in self.rows.items():
            needed = [
                (place, name) for place, name in enumerate(columns_of_targets(table)) if COLUMNS[table][name].needed
            ]
            for told in known.values():
                for place, name in needed:
                    if not told.cells[place]:
                        values = self.sheets[told.sheet]
                        goals = (g for g in values.headings if g.table == table and g.column == name)
                        title = next((values.headings[goal] for goal in goals), f"{table}.{name}")
                        values.refuse(told.row, "cell.empty", title)

    def sorted(self) -> dict[str, list[Cells]]:
        """Return the tables without refused rows, sorted by key."""
        found = {}
        for table in filter(self.rows.__contains__, TABLES):
            rows = self.rows[table].items()
            found[table] = [told.cells for _, told in sorted(rows) if told.row not in self.sheets[told.sheet].faults]
        return found


def _by_table(many: Iterable[TableRow]) -> dict[str, list[TableRow]]:
    """Return records by their tables; all of a sheet, so that no faulty row has given any."""
    found: dict[str, list[TableRow]] = defaultdict(list)
    for record in many:
        found[record.table].append(record)
    return found
