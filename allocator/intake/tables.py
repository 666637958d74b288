"""The tables of all sheets together: rows of one number become one, and what contradicts is refused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from allocator.ground import Fault
from allocator.intake.numbers import Numbers
from allocator.intake.records import TableRow, records
from allocator.intake.rows import SheetValues
from allocator.intake.targets import COLUMNS, TABLES, Target, key_of, written
from allocator.reading.table import shown

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
        for table, many in _by_table(records(values, numbers)).items():
            places = [written(table).index(name) for name in key_of(table)]
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
        for name, old, new in zip(written(table), before.cells, record.cells, strict=True):
            if old and new and old != new:
                hidden = Target(table, "", name).is_private
                words = {"table": f"{table}.csv", "name": name, "other": "***" if hidden else shown(old)}
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
            words = {"count": str(len(rows)), "rows": some(values.line(row) for row in rows)}
            label = values.region.sheet.label
            values.warnings.append(Fault("intake.same_row", label, values.line(rows[0]), params=words))

    def demand_needed(self) -> None:
        """Refuse rows that leave a column empty which no row may leave empty."""
        for table, known in self.rows.items():
            needed = [(place, name) for place, name in enumerate(written(table)) if COLUMNS[table][name].needed]
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


def some(lines: Iterable[int]) -> str:
    """Return the first of some lines, as messages name them."""
    many = list(map(str, lines))
    return ", ".join(many[:20]) + " …" * (len(many) > 20)
