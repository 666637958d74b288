"""The conformance folders of the case book, read with the standard library alone."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from allocator.domain import BookEvent, District, OfficeValues
from tests import conformance, office_folders

BOOKS = Path(__file__).resolve().parent / "conformance_books"
SUMMER = office_folders.FOLDER / "33-whole-summer"
FOLDERS = {folder.name: folder for folder in [*sorted(BOOKS.glob("[0-9]*")), SUMMER]}
"""Every folder with events, by name."""


class Season(NamedTuple):
    """One season: inputs, proposed events and what must come out."""

    district: District
    events: tuple[BookEvent, ...]
    outcomes: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    journal: tuple[bytes, ...]
    head: str


def season(name: str) -> Season:
    """Return a folder's season."""
    folder = FOLDERS[name]
    return Season(
        district=district(folder),
        events=tuple(map(json.loads, _lines(folder / "events.jsonl"))),
        outcomes=tuple(row["outcome"] for row in rows(folder / "expected-outcomes.csv")),
        rows=tuple(tuple(row.values()) for row in rows(folder / "expected-assignment.csv")),
        journal=tuple(_lines(folder / "expected-journal.jsonl")),
        head=(folder / "expected-head.txt").read_text("ascii").strip(),
    )


def district(folder: Path) -> District:
    """Return the frozen inputs under Tongliao's policy with the switches and values of the folder."""
    roster = folder / "expected-roster.csv"
    policy = conformance.policy()
    if (switches := folder / "policy.json").exists():
        policy = conformance.with_switches(policy, **json.loads(switches.read_text("utf-8")))
    office = office_folders.values(json.loads((folder / "office.json").read_text("utf-8")))
    children = map(conformance.applicant, rows(roster if roster.exists() else folder / "applicants.csv"))
    return District(
        policy=replace(policy, office=office),
        schools={row["school_id"]: conformance.school(row) for row in rows(folder / "schools.csv")},
        zones={row["zone"]: conformance.zone(row) for row in rows(folder / "zones.csv")},
        applicants=tuple(sorted(children, key=lambda child: child.applicant_id)),
    )


def short_publicity(*, worked: bool) -> tuple[District, tuple[BookEvent, ...]]:
    """Return a season that ends with a publicity from Friday to Tuesday, its weekend worked or not."""
    given = season("12-book-plain")
    at = next(number for number, event in enumerate(given.events) if event["type"] == "publicity_opened")
    friday = {"at": "2023-08-04T09:00:00", "first_day": "2023-08-04", "last_day": "2023-08-08"}
    weekend = (date(2023, 8, 5), date(2023, 8, 6)) if worked else ()
    office = replace(given.district.policy.office or OfficeValues(), workdays=weekend)
    district = replace(given.district, policy=replace(given.district.policy, office=office))
    return district, (*given.events[:at], {**given.events[at], **friday})


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lines(path: Path) -> list[bytes]:
    """Return the lines of a file, without their LF."""
    return path.read_bytes().splitlines()
