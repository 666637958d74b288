"""The files of the scenario: tables as CSV, and seats for 600 families instead of 3,000 children."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tests.applications_district.case import Case
from tests.applications_district.district import CASES, COLUMNS, FAMILIES, tables
from tests.conformance import ROOT

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"
_SEATS = ("plan", "hard_cap", "offered_voluntary_1", "offered_voluntary_2")
_CHILDREN = 3000
"""Children of the shipped primary district, whose seats are scaled."""


def files(families: int = FAMILIES, cases: Sequence[Case] = CASES) -> dict[str, bytes]:
    """Return the tables of so many families by file name, these cases among them."""
    made = tables(families, cases)
    written = {
        f"{name}.csv": as_csv(columns, (row.values() for row in made[name])) for name, columns in COLUMNS.items()
    }
    zones, policy = ((PRIMARY / name).read_bytes() for name in ("zones.csv", "policy.yaml"))
    return written | {"schools.csv": _schools(families), "zones.csv": zones, "policy.yaml": policy}


def as_csv(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as CSV: UTF-8, LF."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue().encode("utf-8")


def _schools(families: int) -> bytes:
    """The schools of the primary district with a seat for each of so many families' share, rounded up."""
    with (PRIMARY / "schools.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= {name: str(-(-int(row[name]) * families // _CHILDREN)) for name in _SEATS if row[name]}
    return as_csv(list(rows[0]), (row.values() for row in rows))
