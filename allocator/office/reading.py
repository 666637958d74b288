"""The office's tables, read and compared with a second reading that shares no code with the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from allocator.domain import (
    Application,
    Blacklisted,
    Check,
    Decision,
    Determination,
    Dwelling,
    Guardian,
    Lock,
    OfficeTables,
    Owner,
    PrivateResult,
    PrivateSchool,
    Ruling,
    SpecialNeed,
)
from allocator.ground import DisagreementError, Fault, begin_in_background
from allocator.lottery import canonical_tables
from allocator.office.agreement import MANY
from allocator.office.outputs import district_of_determination
from allocator.proofreading import comparison_with_canonical, comparison_with_reading
from allocator.reading.office import read_office

_TABLES: Mapping[str, type[NamedTuple]] = {
    "applications": Application, "guardians": Guardian, "homes": Dwelling, "owners": Owner, "checks": Check,
    "locks": Lock, "blacklist": Blacklisted, "special": SpecialNeed, "decisions": Decision, "rulings": Ruling,
    "private": PrivateSchool,
}  # fmt: skip
_RESULT = "private-result"


def office_reading(folder: Path, encoding: str | None = None) -> tuple[OfficeTables, Callable[[], None]]:
    """Read a folder of the office's tables; whoever writes anything of it calls the second part of the answer first.

    Raises
    ------
    InputError
        With all faults of all files.
    DisagreementError
        By that call: if what was read is not what stands in the tables.
    """
    tables = read_office(folder, encoding=encoding)
    proof = begin_in_background(
        partial(_differences, folder, tables, encoding), beside=len(tables.applications) >= MANY
    )
    return tables, lambda: _demand(proof())


def _demand(found: list[Fault]) -> None:
    """Raise what a second reading found."""
    if found:
        raise DisagreementError("agree.reading", {"count": str(len(found))}, faults=tuple(found))


def _differences(folder: Path, tables: OfficeTables, encoding: str | None) -> list[Fault]:
    """Return where tables say something else than was read."""
    columns = {name: made._fields for name, made in _TABLES.items()} | {_RESULT: PrivateResult._fields}
    read: dict[str, Iterable[tuple[str, ...]]] = {name: _texts(getattr(tables, name)) for name in _TABLES}
    read[_RESULT] = _texts(tables.private_results or ())
    district = district_of_determination(tables, Determination((), ()))
    canonical = {name: content for name, content in canonical_tables(district) if name != "applicants.csv"}
    others = {"schools": lambda: [(school.school_id, school.name_en) for school in tables.schools.values()]}
    return [
        *comparison_with_reading(folder, columns, read, encoding=encoding),
        *comparison_with_canonical(folder, canonical, others=others, encoding=encoding or "utf-8"),
    ]


def _texts(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield rows as the second reading spells them."""
    return zip(*map(_spelled, zip(*rows, strict=True)), strict=True)


def _spelled(column: tuple[Any, ...]) -> Iterable[str]:
    """Return the cells of a column, all of one type or nothing, as texts; each value is spelled once."""
    if set(map(type, column)) <= {str}:
        return column
    texts = {cell: _text(cell) for cell in set(column)}
    return map(texts.__getitem__, column)


def _text(cell: object) -> str:
    """Return a cell: a list joined, a date and a number plain, yes or no, or nothing."""
    if isinstance(cell, tuple):
        return ";".join(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
