"""The conformance folders of the office's procedure, read with the csv module alone.

The product's own reader is not used here, so that a fault in reading cannot hide a fault in a determination.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
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
SCENARIO = conformance.ROOT / "scenarios" / "tongliao-2023-primary"
KINDS: Mapping[str, type[NamedTuple]] = {
    "applications": Application, "guardians": Guardian, "homes": Dwelling, "owners": Owner, "checks": Check,
    "locks": Lock, "blacklist": Blacklisted, "special": SpecialNeed, "decisions": Decision, "rulings": Ruling,
    "private": PrivateSchool, "private-result": PrivateResult,
}  # fmt: skip
"""Rows by table."""

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


def write(tables: OfficeTables, folder: Path) -> Path:
    """Write tables and policy to a folder, as an office hands them in; schools are the scenario's."""
    folder.mkdir(exist_ok=True)
    for name, kind in KINDS.items():
        found = getattr(tables, "private_results" if name == "private-result" else name)
        if found is not None:
            _write(folder / f"{name}.csv", kind._fields, (map(_text, kind._fields, row) for row in found))
    (folder / "schools.csv").write_bytes((SCENARIO / "schools.csv").read_bytes())
    zones = ((z.zone, z.school_id, z.e_school_id, ";".join(z.dual_school_ids)) for z in tables.zones.values())
    _write(folder / "zones.csv", ("zone", "school_id", "e_school_id", "dual_school_ids"), zones)
    (folder / "policy.yaml").write_text(conformance.policy_without_office() + office_block(tables.office), "utf-8")
    return folder


def office_block(values: OfficeValues) -> str:
    """Return the block ``office`` of a policy file with the values that are not the defaults."""
    plain = OfficeValues()
    cells = {key: getattr(values, key) for key in plain.__slots__ if getattr(values, key) != getattr(plain, key)}
    lines = [f"  {key}: {_yaml(key, value)}\n" for key, value in cells.items()]
    return "".join(["office:\n", *lines]) if lines else ""


def _yaml(key: str, value: Any) -> str:
    if key == "share":
        return f"'{_share(value)}'"
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)


def _share(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _text(column: str, value: Any) -> str:
    """Return a value as its cell."""
    if column == "share":
        return _share(value)
    if isinstance(value, tuple):
        return ";".join(value)
    if value is None:
        return ""
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _write(path: Path, columns: Iterable[str], found: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(found)
