"""A folder of the office's tables: policy and tables in; rows of the domain, or every fault of every file at once."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Any

from allocator.domain import (
    Application,
    Blacklisted,
    Check,
    Decision,
    Dwelling,
    Guardian,
    Lock,
    OfficeTables,
    OfficeValues,
    Owner,
    Policy,
    PrivateResult,
    PrivateSchool,
    Ruling,
    SpecialNeed,
)
from allocator.ground import Fault, InputError, share_in_hundredths
from allocator.reading.folder import (
    MANY_CHILDREN,
    POLICY_FILE,
    FolderReader,
    folder_has_all_ids,
    folder_name_faults,
    no_collection_of_folder_rows,
)
from allocator.reading.layout import LAYOUTS, Holds, InputColumn
from allocator.reading.office.layout import DETERMINED, KEYS, OFFICE_LAYOUTS, YES_NO
from allocator.reading.office.rules import long_numbers, office_table_faults, ruling_faults
from allocator.reading.rows import Rows
from allocator.reading.rules import unknown_faults
from allocator.reading.schools import school_coordinates_faults
from allocator.reading.suspicions import application_suspicions
from allocator.reading.table import InputTable, spread_over_table_rows, table_cell_items
from allocator.reading.table_reader import read_table
from allocator.reading.warnings import id_length_warnings, near_id_warnings

_MADE: Mapping[str, Callable[..., Any]] = {
    "applications": Application, "guardians": Guardian, "homes": Dwelling, "owners": Owner, "checks": Check,
    "locks": Lock, "blacklist": Blacklisted, "special": SpecialNeed, "decisions": Decision, "rulings": Ruling,
    "private": PrivateSchool, "private-result": PrivateResult,
}  # fmt: skip
_VALUES: Mapping[Holds, Callable[[str], Any]] = {
    Holds.IDS: table_cell_items, Holds.WORDS: table_cell_items, Holds.SHARE: share_in_hundredths,
    Holds.DATE: lambda value: date.fromisoformat(value) if value else None,
    Holds.NUMBER: lambda value: int(value) if value else None,
}  # fmt: skip
_YES: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}


def office_rows_of_table(name: str, table: InputTable | None) -> tuple[Any, ...]:
    """Return the rows of a table in the order of the text of all their columns; none where it is absent."""
    if table is None:
        return ()
    columns = OFFICE_LAYOUTS[name]
    leading = KEYS.get(name) or [column.name for column in columns]  # a key stands first, and stands once
    keys = list(zip(*map(table.texts, leading), strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    cells = zip(*(_cells(table, column) for column in columns), strict=True)
    new: Callable[..., Any] = tuple.__new__  # what the class itself does, without a call of Python for each row
    rows = list(map(new, repeat(_MADE[name]), cells))
    return tuple(rows[at] for at in order)


def read_office_private_results(table: InputTable | None) -> tuple[PrivateResult, ...] | None:
    """Return the outcome of the private draw; None before it."""
    return None if table is None else office_rows_of_table("private-result", table)


def _cells(table: InputTable, column: InputColumn) -> list[Any]:
    """Return the values of a column, one a row, each made once."""
    if column.name in table.distinct:
        return table.distinct[column.name]
    made = _YES.__getitem__ if column.words == YES_NO else _VALUES.get(column.holds, str)
    return spread_over_table_rows(table.shared[column.name], made)


_FIRST_YEAR = 2020
"""Of the register of locks (C123)."""


def office_warnings(values: OfficeValues, tables: Mapping[str, InputTable | None]) -> list[Fault]:
    """Return a register of locks that is missing or lacks years, ids that may be mistyped, and mistaken columns."""
    locks, applications = _lock_warnings(values, tables.get("locks")), tables["applications"]
    if applications is None:
        return locks
    near = [f for rule in (id_length_warnings, near_id_warnings) for f in rule(applications, "applicant_id")]
    return [*locks, *near, *application_suspicions(values, applications, tables["schools"])]


def _lock_warnings(values: OfficeValues, locks: InputTable | None) -> list[Fault]:
    """Return the warning of a register that cannot be whole: every year that still locks must have a row."""
    years = range(max(_FIRST_YEAR, values.year - 6), values.year)
    if not years:
        return []
    if locks is None:
        return [Fault("warn.locks_missing", "locks.csv", params={"first": str(years[0]), "last": str(years[-1])})]
    there = set(map(int, filter(None, locks.texts("intake_year"))))
    lacking = ", ".join(str(year) for year in years if year not in there)
    return [Fault("warn.locks_years", locks.file, params={"years": lacking})] if lacking else []


NEEDED: tuple[str, ...] = ("applications", "guardians", "homes")
OPTIONAL: tuple[str, ...] = tuple(name for name in OFFICE_LAYOUTS if name not in NEEDED)
TABLES: tuple[str, ...] = (*OFFICE_LAYOUTS, "schools", "zones")
"""Every table of section 2, by the name of its file without the ending."""

_SCHOOLS, _ZONES = "schools", "zones"
_REFERENCES: tuple[tuple[str, str, str, str], ...] = (
    ("applications", "family", "guardians.family", "family.no_guardian"),
    ("applications", "home", "homes.home", "home.unknown"),
    ("applications", "hukou_zone", "zones.zone", "zone.unknown"),
    ("applications", "registered_school", "schools.school_id", "school.unknown"),
    ("applications", "voluntary_1", "schools.school_id", "school.unknown"),
    ("applications", "voluntary_2", "schools.school_id", "school.unknown"),
    ("applications", "open_choice", "schools.school_id", "school.unknown"),
    ("applications", "preferred_diversion", "schools.school_id", "school.unknown"),
    ("applications", "private_choice", "private.school_id", "private.unknown"),
    ("guardians", "family", "applications.family", "family.no_child"),
    ("homes", "zone", "zones.zone", "zone.unknown"),
    ("homes", "last_year_school", "schools.school_id", "school.unknown"),
    ("owners", "home", "homes.home", "home.unknown"),
    ("checks", "applicant_id", "applications.applicant_id", "child.unknown"),
    ("special", "applicant_id", "applications.applicant_id", "child.unknown"),
    ("decisions", "applicant_id", "applications.applicant_id", "child.unknown"),
    ("decisions", "school_id", "schools.school_id", "school.unknown"),
    ("rulings", "applicant_id", "applications.applicant_id", "child.unknown"),
    ("private-result", "applicant_id", "applications.applicant_id", "child.unknown"),
    ("private-result", "school_id", "private.school_id", "private.unknown"),
)
"""Table and column, where its ids must stand, and the code of those that do not; none for locks and blacklist."""


def holds_applications(folder: Path) -> bool:
    """Whether a folder is one of the tables before a roster, and no district."""
    return any(os.path.exists(folder / f"applications{ending}") for ending in (".csv", ".xlsx"))


def read_office(folder: Path, *, policy: Path | None = None, encoding: str | None = None) -> OfficeTables:
    """Read the tables from which a roster is determined.

    Parameters
    ----------
    folder : Path
        Holds ``policy.yaml`` and the tables, each as ``.csv`` or ``.xlsx``; all but applications, guardians, homes,
        schools and zones may be absent.
    encoding : str or None
        Encoding of the CSV files; None: UTF-8.

    Raises
    ------
    InputError
        With all faults of all files.
    """
    if not os.path.isdir(folder):
        raise InputError([Fault("folder.missing", str(folder))])
    with no_collection_of_folder_rows():
        tables = _OfficeReader(folder, policy or folder / POLICY_FILE, encoding or "utf-8").office_tables()
        if len(tables.applications) >= MANY_CHILDREN:
            gc.freeze()  # as for a roster: rows are in no cycle
        return tables


@dataclass
class _OfficeReader(FolderReader):
    """Reads the files of one folder and gathers their faults."""

    found: dict[str, InputTable | None] = field(default_factory=dict)

    def read(self, rows: Iterator[Rows], name: str, file: str) -> InputTable | None:
        """Return the table that some rows are; only a district without children, schools or zones is none."""
        if name in LAYOUTS:
            return super().read(rows, name, file)
        return read_table(rows, file, OFFICE_LAYOUTS[name], self.faults, may_be_empty=name != "applications")

    def office_tables(self) -> OfficeTables:
        """Return all tables, or raise everything that is wrong."""
        raw = self._bytes(self.policy_path)
        policy = self._policy(raw)
        self.found = {name: self.table(name) for name in TABLES if name not in OPTIONAL or self.paths(name)}
        schools = self._schools(self.found[_SCHOOLS], policy)
        zones = self._zones(self.found[_ZONES], self.found[_SCHOOLS])
        self._judge(policy)
        if policy is not None:
            self.faults += _category_faults(policy, self.policy_path.name)
            self.faults += folder_name_faults(raw or b"", self.policy_path.name, schools, zones)
            if (table := self.found[_SCHOOLS]) is not None:
                self.faults += school_coordinates_faults(table, policy, zones or {})
        if self.faults or policy is None or schools is None or zones is None:
            raise InputError(self.faults)
        read = {
            name: office_rows_of_table(name, self.found.get(name))
            for name in OFFICE_LAYOUTS
            if name != "private-result"
        }
        values = policy.office or OfficeValues()
        told = office_warnings(values, self.found)
        return OfficeTables(
            policy, schools, zones, **read,
            private_results=read_office_private_results(self.found.get("private-result")),
            digests={name: digest for name, digest in self.digests.items() if name != self.policy_path.name},
            policy_bytes=raw or b"", warnings=(*self.warnings, *told),
        )  # fmt: skip

    def _judge(self, policy: Policy | None) -> None:
        """Note what is wrong with rows: each table by itself, then what it says of others."""
        values = None if policy is None else policy.office or OfficeValues()
        for name, table in self.found.items():
            if table is not None:
                self.faults += long_numbers(table)
                self.faults += office_table_faults(name, table, values) if name in OFFICE_LAYOUTS else []
        for name, column, place, code in _REFERENCES:
            table, ids = self.found.get(name), self._ids(*place.split("."))
            if table is not None and ids is not None:
                self.faults += unknown_faults(table, column, ids, code)
        if (rulings := self.found.get("rulings")) is not None:
            self.faults += ruling_faults(rulings, self._homes(), self._ids("zones", "zone"))

    def _ids(self, name: str, column: str) -> Collection[str] | None:
        """Return the ids of a table; none of one that may be absent, None where it could not be read whole."""
        if name not in self.found:
            return ()
        table = self.found[name]
        return (
            set(table.texts(column))
            if table is not None and (folder_has_all_ids(table, column) or _is_empty(table))
            else None
        )

    def _homes(self) -> Mapping[str, str]:
        """Return the home of each child."""
        table = self.found["applications"]
        if table is None or {"applicant_id", "home"} & table.absent:
            return {}
        return dict(zip(table.texts("applicant_id"), table.texts("home"), strict=True))


def _category_faults(policy: Policy, file: str) -> list[Fault]:
    """Return the fault of a policy without a category that a determination may find."""
    lacking = [category for category in DETERMINED if category not in policy.rank]
    params = {"expected": ", ".join(DETERMINED), "lacking": ", ".join(lacking)}
    return [Fault("office.categories", file, 0, "categories", "", params)] if lacking else []


def _is_empty(table: InputTable) -> bool:
    """Whether a table has headings and no rows at all."""
    return table.whole and not len(table.lines)
