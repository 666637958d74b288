"""The conformance folders of the office's procedure, read with the csv module alone.

The product's own reader is not used here, so that a fault in reading cannot hide a fault in a determination.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

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
    PrivateResult,
    PrivateSchool,
    Ruling,
    SpecialNeed,
)
from tests import conformance
from tests.office_words import HEADINGS, WORDS

FOLDER = Path(__file__).resolve().parent / "conformance_office"
FREE = ("name", "reason", "authority", "holder", "by", "at", "source")
"""Columns whose text is never a fixed word."""

Record = TypeVar("Record", bound=NamedTuple)


def names(*, expected: str) -> list[str]:
    """Names of the folders that have an expected file."""
    return sorted(folder.parent.name for folder in FOLDER.glob(f"*/expected-{expected}.csv"))


def load(folder: Path) -> OfficeTables:
    """Return the tables of a folder, under the policy of Tongliao's primary schools and the values of office.json."""
    policy = replace(conformance.policy(), office=values(json.loads((folder / "office.json").read_text("utf-8"))))
    results = folder / "private-result.csv"
    return OfficeTables(
        policy=policy,
        schools={row["school_id"]: conformance.school(row) for row in rows(folder / "schools.csv")},
        zones={row["zone"]: conformance.zone(row) for row in rows(folder / "zones.csv")},
        applications=table(folder, "applications", Application),
        guardians=table(folder, "guardians", Guardian),
        homes=table(folder, "homes", Dwelling),
        owners=tuple(owner._replace(share=_hundredths(owner.share)) for owner in table(folder, "owners", Owner)),
        checks=table(folder, "checks", Check),
        locks=table(folder, "locks", Lock),
        blacklist=table(folder, "blacklist", Blacklisted),
        special=table(folder, "special", SpecialNeed),
        decisions=table(folder, "decisions", Decision),
        rulings=table(folder, "rulings", Ruling),
        private=table(folder, "private", PrivateSchool),
        private_results=table(folder, "private-result", PrivateResult) if results.exists() else None,
    )


def values(given: Mapping[str, Any]) -> OfficeValues:
    """Return the values of section 1, those of an office.json put in."""
    kinds = get_type_hints(OfficeValues)
    return OfficeValues(**{key: _value(kinds[key], value) for key, value in given.items()})


def _value(kind: Any, value: Any) -> Any:
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(map(date.fromisoformat, value))
    return value


def expected(folder: Path, name: str, kind: type[Record]) -> tuple[Record, ...]:
    """Return the rows of an expected file."""
    return table(folder, f"expected-{name}", kind)


def table(folder: Path, name: str, kind: type[Record]) -> tuple[Record, ...]:
    """Return the rows of a table, sorted; none where the file is absent."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return ()
    hints = {column: get_type_hints(kind)[column] for column in kind._fields}
    if kind is Owner:
        hints["share"] = str  # hundredths of a per cent only after the point is taken out
    found = [kind._make(_cell(hint, row.get(column, "")) for column, hint in hints.items()) for row in rows(path)]
    return tuple(sorted(found, key=repr))


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file as text, headings and words in English whatever the file has."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {(column := HEADINGS.get(h, h)): _english(column, text) for h, text in row.items()}


def _english(column: str, text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    if column in FREE:
        return text
    return ";".join(WORDS.get(part.strip(), part.strip()) for part in text.split(";"))


def _cell(kind: Any, text: str) -> Any:
    """Return the value of a cell as the domain has it."""
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    if NoneType in kinds and not text:
        return None
    if kind == tuple[str, ...]:
        return tuple(text.split(";")) if text else ()
    readers: dict[Any, Callable[[str], Any]] = {date: date.fromisoformat, bool: {"yes": True, "no": False}.__getitem__}
    return readers.get(kinds[0], kinds[0])(text)


def _hundredths(share: Any) -> int:
    whole, _, part = share.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))
