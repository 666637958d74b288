"""The conformance districts and their expected rows, read with the csv module alone.

The product's own reader is not used here, so that a fault in reading cannot hide a fault in an engine.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.domain import Applicant, Contribution, District, Draw, Policy, Row, School, Transcript, Zone
from allocator.reading.policy_file import parse_policy

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "conformance_districts"
LISTS = ("voluntary_1", "voluntary_2", "preferred_diversion")


def names() -> list[str]:
    """Names of all conformance districts: 01 to 30 and ``<switch>=<value>-1``, ``-2`` …."""
    return sorted(p.name for p in FOLDER.iterdir() if p.is_dir())


def policy_without_office(scenario: str = "tongliao-2023-primary") -> str:
    """The policy file of a shipped scenario without its block ``office``, which stands last: tests write their own."""
    return (ROOT / "scenarios" / scenario / "policy.yaml").read_text("utf-8").partition("\noffice:")[0] + "\n"


@cache
def policy(scenario: str = "tongliao-2023-primary") -> Policy:
    """The policy of a shipped scenario, with no values for the office: those of a folder are its own."""
    found, faults = parse_policy(policy_without_office(scenario).encode("utf-8"), "policy.yaml")
    assert found is not None, faults
    return found


def with_switches(rules: Policy, **values: str) -> Policy:
    """The same policy with other values of its switches."""
    return replace(rules, switches=replace(rules.switches, **values))  # type: ignore[arg-type]


def policy_of(name: str) -> Policy:
    """The policy of a conformance district: Tongliao's, with the one switch that its name states."""
    if "=" not in name:
        return policy()
    switch, value = name.rsplit("-", 1)[0].split("=")
    return with_switches(policy(), **{switch: value})


def load(name: str) -> tuple[District, tuple[Row, ...]]:
    """A conformance district with its draw, and the rows expected."""
    folder = FOLDER / name
    raw = (folder / "transcript.txt").read_bytes()
    district = District(
        policy=policy_of(name),
        schools={s.school_id: s for s in map(school, rows(folder / "schools.csv"))},
        zones={z.zone: z for z in map(zone, rows(folder / "zones.csv"))},
        applicants=tuple(sorted(map(applicant, rows(folder / "applicants.csv")))),
        draw=Draw(transcript=transcript(raw)),
        policy_sha256=sha256(b"").hexdigest(),
    )
    expected = tuple(Row(**row) for row in rows(folder / "expected.csv"))
    return district, expected


def rows(path: Path) -> Iterable[dict[str, str]]:
    """Rows of a CSV file as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def applicant(row: dict[str, str]) -> Applicant:
    """One row of applicants.csv."""
    cells = {k: tuple(v.split(";")) if v else () for k, v in row.items() if k in LISTS}
    return Applicant(**{**row, **cells})  # type: ignore[arg-type]


def school(row: dict[str, str]) -> School:
    """One row of schools.csv."""
    seats = ("hard_cap", "offered_voluntary_1", "offered_voluntary_2")
    number: dict[str, Any] = {k: int(row[k]) if row[k] else None for k in seats}
    return School(
        row["school_id"],
        row["name"],
        row["jurisdiction"] == "external",
        int(row["plan"] or 0),
        x=row["x"],
        y=row["y"],
        **number,
    )


def zone(row: dict[str, str]) -> Zone:
    """One row of zones.csv."""
    dual = tuple(row["dual_school_ids"].split(";")) if row["dual_school_ids"] else ()
    return Zone(row["zone"], row["school_id"], row["e_school_id"], dual)


def transcript(raw: bytes) -> Transcript:
    """A transcript, taken apart without any checks."""
    lines = [line.split("=", 1) for line in raw.decode().splitlines()[1:]]
    heads = {k: v.removeprefix("sha256:") for k, v in lines if k != "source"}
    sources = tuple(Contribution(*v.split(":", 1)) for k, v in lines if k == "source")
    return Transcript(raw, heads["event"], heads["roster"], heads["policy"], heads["inputs"], sources)
