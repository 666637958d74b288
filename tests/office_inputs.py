"""Folders as an office would have them: the conformance tables beside a policy with the block ``office``."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from allocator.ground import Fault, InputError
from allocator.reading.office import read_office
from tests.conformance import policy_without_office
from tests.office_folders import FOLDER

Rows = list[list[str]]
POLICY = policy_without_office()


def policy_text(values: Mapping[str, Any]) -> str:
    """Return the policy of Tongliao's primary schools with a block ``office``; none where there are no values."""
    return f"{POLICY}\noffice: {json.dumps(values)}\n" if values else POLICY


def office_folder(to: Path, name: str) -> Path:
    """Make a folder of the tables of a conformance folder and a policy with the values of its ``office.json``."""
    to.mkdir(parents=True, exist_ok=True)
    for path in (FOLDER / name).glob("*.csv"):
        if not path.name.startswith("expected-") and path.name != "edits.csv":
            shutil.copyfile(path, to / path.name)
    values = json.loads((FOLDER / name / "office.json").read_text("utf-8"))
    (to / "policy.yaml").write_text(policy_text(values), encoding="utf-8", newline="\n")
    return to


def table(path: Path) -> Rows:
    """Return the rows of a CSV file, the heading row first."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def write_table(path: Path, rows: Rows) -> None:
    """Write rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def edit(path: Path, change: Callable[[Rows], None]) -> None:
    """Change the rows of a table."""
    rows = table(path)
    change(rows)
    write_table(path, rows)


def put(path: Path, row: int, column: str, value: str) -> None:
    """Put a value into a cell; row 0 is the heading row."""
    edit(path, lambda rows: rows[row].__setitem__(rows[0].index(column), value))


def faults(folder: Path) -> tuple[Fault, ...]:
    """Return what is wrong with a folder; nothing if it can be read."""
    try:
        read_office(folder)
    except InputError as error:
        return error.faults
    return ()


def places(found: tuple[Fault, ...]) -> list[tuple[str, str, int, str]]:
    """Return code, file, line and column of faults."""
    return [(fault.code, fault.file, fault.row, fault.column) for fault in found]
