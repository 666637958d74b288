"""From the office's tables, found faultless, to the rows of the domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import repeat
from typing import Any

from allocator.domain import (
    Application,
    Blacklisted,
    Check,
    Decision,
    Dwelling,
    Guardian,
    Lock,
    Owner,
    PrivateResult,
    PrivateSchool,
    Ruling,
    SpecialNeed,
)
from allocator.reading.layout import Holds, InputColumn
from allocator.reading.office.layout import KEYS, OFFICE_LAYOUTS, YES_NO
from allocator.reading.table import InputTable, hundredths, items, spread_over_rows

_MADE: Mapping[str, Callable[..., Any]] = {
    "applications": Application, "guardians": Guardian, "homes": Dwelling, "owners": Owner, "checks": Check,
    "locks": Lock, "blacklist": Blacklisted, "special": SpecialNeed, "decisions": Decision, "rulings": Ruling,
    "private": PrivateSchool, "private-result": PrivateResult,
}  # fmt: skip
_VALUES: Mapping[Holds, Callable[[str], Any]] = {
    Holds.IDS: items, Holds.WORDS: items, Holds.SHARE: hundredths,
    Holds.DATE: lambda value: date.fromisoformat(value) if value else None,
    Holds.NUMBER: lambda value: int(value) if value else None,
}  # fmt: skip
_YES: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}


def rows_of(name: str, table: InputTable | None) -> tuple[Any, ...]:
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


def private_results_of(table: InputTable | None) -> tuple[PrivateResult, ...] | None:
    """Return the outcome of the private draw; None before it."""
    return None if table is None else rows_of("private-result", table)


def _cells(table: InputTable, column: InputColumn) -> list[Any]:
    """Return the values of a column, one a row, each made once."""
    if column.name in table.distinct:
        return table.distinct[column.name]
    made = _YES.__getitem__ if column.words == YES_NO else _VALUES.get(column.holds, str)
    return spread_over_rows(table.shared[column.name], made)
