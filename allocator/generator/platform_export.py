"""A registration platform's export of a synthetic district, as untidy as exports are: the map read backwards.

``columns.csv`` of a district says how the sheets of an export become its tables. Here the tables and that map become
the sheets: Chinese words, names for ids, numbers for ids, dates and separators of several kinds, titles above and
totals below. The same tables give the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from allocator.generator.platform_cells import ExportCell, Spelling, platform_cell
from allocator.generator.platform_persons import Person, platform_person, platform_person_number
from allocator.generator.platform_workbook import Sheet, platform_workbook_bytes

CsvRow: TypeAlias = Mapping[str, str]

EXPORT, COLUMNS, ALIASES = "export.xlsx", "columns.csv", "aliases.csv"
OF_INTAKE: tuple[str, ...] = ("applications", "guardians", "homes", "owners")
"""Tables that come from the export."""

_TABLES = (*OF_INTAKE, "schools", "zones")
_INVENTED = "2023年小学一年级{name}（合成数据，人名、证件、电话、住址均为虚构）"
_EXPORTED = "导出时间：2023-08-01 08:00　制表：招生办公室"


def platform_export(folder: Path) -> bytes:
    """Return the workbook of a folder that holds the tables of a district, ``columns.csv`` and ``aliases.csv``."""
    source = _Source(
        {name: _rows(folder / f"{name}.csv") for name in _TABLES}, _rows(folder / COLUMNS), _rows(folder / ALIASES)
    )
    children = source.children()
    homes = sorted(source.tables["homes"], key=lambda row: platform_person_number(f"home {row['home']}", 10**9))
    sheets = source.map_rows[0]["sheet"], source.map_rows[-1]["sheet"]
    return platform_workbook_bytes(
        [
            _sheet(sheets[0], source.headings(sheets[0]), [source.child_cells(row, at) for at, row in children]),
            _sheet(sheets[1], source.headings(sheets[1]), [source.home_cells(row, sheets[1]) for row in homes]),
        ]
    )


def platform_export_persons(folder: Path) -> list[Person]:
    """Return the invented persons of a district's children, by id."""
    rows = _rows(folder / "applications.csv")
    return [platform_person(row["applicant_id"], row["family"], row["home"], row["birth_date"]) for row in rows]


def _rows(path: Path) -> list[CsvRow]:
    """Return the rows of a table that ships with the program."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sheet(name: str, headings: Sequence[str], rows: Sequence[Sequence[ExportCell]]) -> Sheet:
    """Return a sheet with what a platform puts around its rows."""
    total = ["合计", f"{len(rows)}人" if "报名" in name else f"{len(rows)}套"]
    remark = ["备注：本表由平台自动生成，空白为未填报"]
    return Sheet(name, (_INVENTED.format(name=name), _EXPORTED), headings, rows, (total, remark))


@dataclass
class _Source:
    """The tables, the map and the names, as far as the sheets need them."""

    tables: Mapping[str, Sequence[CsvRow]]
    map_rows: Sequence[CsvRow]
    aliases: Sequence[CsvRow]
    guardians: dict[tuple[str, str], CsvRow] = field(init=False)
    spelling: Spelling = field(init=False)

    def __post_init__(self) -> None:
        self.guardians = {(row["family"], row["relation"]): row for row in self.tables["guardians"]}
        values: dict[str, dict[str, str]] = {}
        for row in self.map_rows:
            if row["value"]:
                values.setdefault(row["column"], {})[row["meaning"]] = row["value"]
        schools = {row["school_id"]: row["name"] for row in self.tables["schools"]}
        zones = {row["zone"]: schools[row["school_id"]] + "学区" for row in self.tables["zones"]}
        aliases = {(row["kind"], row["id"]): row["name"] for row in self.aliases}
        self.spelling = Spelling(schools, zones, aliases, values)

    def headings(self, sheet: str) -> list[str]:
        """Return the headings of a sheet, in the order of the map."""
        return [row["heading"] for row in self.map_rows if row["sheet"] == sheet and not row["value"]]

    def children(self) -> Iterator[tuple[int, CsvRow]]:
        """Give the children in the order of the sheet with their numbers: families at random, each together."""
        rows = self.tables["applications"]
        ordered = sorted(
            rows, key=lambda row: (platform_person_number(f"family {row['family']}", 10**9), row["applicant_id"])
        )
        return enumerate(ordered, start=1)

    def child_cells(self, child: CsvRow, number: int) -> list[ExportCell]:
        """Return the cells of a child's row."""
        known = platform_person(child["applicant_id"], child["family"], child["home"], child["birth_date"])
        owners = [row for row in self.tables["owners"] if row["home"] == child["home"] and child["home"]]
        mine = [row for row in owners if _is_told_by(row["holder"], child)]
        remark = "材料已现场核对" if number % 9 == 0 else ""
        invented: dict[str, ExportCell] = {"序号": number, "平台审核": "审核通过", "备注": remark}

        def _value(table: str, slot: str, column: str) -> str:
            if table == "persons":
                return str(getattr(known, column))
            if table == "guardians":
                return self.guardians.get((child["family"], slot), {}).get(column, "")
            if table == "owners":
                place = int(slot) - 1
                return self._owner(mine[place], column, child) if place < len(mine) else ""
            return child[column]

        return list(self._cells(self.map_rows[0]["sheet"], child["applicant_id"], _value, invented))

    def _owner(self, owner: CsvRow, column: str, child: CsvRow) -> str:
        """Return who holds a title in the platform's words: 父亲, 母亲, 祖父母, or as it stands."""
        family, _, holder = owner["holder"].partition("/")
        if column != "holder" or family != child["family"]:
            return owner[column]
        words = {"father": "父亲", "mother": "母亲", "guardian": "监护人"}
        relations = {row["guardian"]: row["relation"] for (of, _), row in self.guardians.items() if of == family}
        return "祖父母" if holder == "grandparents" else words[relations[holder]]

    def home_cells(self, home: CsvRow, sheet: str) -> list[ExportCell]:
        """Return the cells of a home's row."""
        return list(self._cells(sheet, home["home"], lambda _, __, column: home[column], {"登记人": "窗口三"}))

    def _cells(
        self, sheet: str, key: str, value: Callable[[str, str, str], str], invented: Mapping[str, ExportCell]
    ) -> Iterator[ExportCell]:
        """Give the cells of a row, by the columns of the map."""
        for row in self.map_rows:
            if row["sheet"] != sheet or row["value"]:
                continue
            table, _, column = row["column"].partition(".")
            table, _, slot = table.partition(":")
            if row["column"] == "skip":
                yield invented[row["heading"]]
            else:
                text = value(table, slot, column)
                yield platform_cell(
                    text, (table, column), platform_person_number(f"{key} {row['heading']}", 840), self.spelling
                )


def _is_told_by(holder: str, child: CsvRow) -> bool:
    """Whether a family says of itself that somebody holds a title: its own people, and strangers."""
    family, slash, _ = holder.partition("/")
    return not slash or family == child["family"]


