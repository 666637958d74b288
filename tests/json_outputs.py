"""Every JSON output of every command for one district, with the name of the schema that describes it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.cli_calls import call

Output = tuple[str, Any]

_WHAT_IF = """format_version: 1
what_if: {name}
kind: {kind}
title: {{zh: 假设, en: what if}}
changes:
  - {change}
"""
_GRID = """format_version: 1
grid: small
title: {{zh: 试, en: try}}
axes:
  - axis: seats
    options:
      - option: as-planned
      - {{option: more, changes: [{{change: seats, school: {school}, add: 3, cost_per_seat: 10}}]}}
  - axis: growth
    options:
      - option: as-registered
      - {{option: ten, changes: [{{change: growth, percent: 10}}]}}
"""


def told(schema: str, *words: object) -> Output:
    """What a command prints with ``--json``; a refusal has a schema of its own."""
    found = json.loads(call(*words, "--json").stdout)
    refusal = ({"faults"}, {"disagreement"}, {"error"})
    return ("failure" if set(found) in refusal else schema), found


def files(folder: Path, summary: str, kind: str) -> Iterator[Output]:
    """The JSON files of an output folder."""
    if not folder.exists():
        return  # it was refused
    yield summary, json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    yield "manifest", json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert kind in {"", json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("kind", "assignment")}
    for path in sorted(folder.glob("*/changes.json")):
        yield "changes", json.loads(path.read_text(encoding="utf-8"))
    if (folder / "certificate.json").exists():
        yield "certificate", json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    if (folder / "trace.jsonl").exists():
        yield from (("trace", json.loads(line)) for line in (folder / "trace.jsonl").read_bytes().splitlines())


def what_ifs(folder: Path, place: Path) -> list[Path]:
    """Two decisions, one with a cost, and a future that fit any district."""
    school = own_school(folder)
    made = {
        "more": ("decision", f"{{change: seats, school: {school}, add: 5, cost_per_seat: 100}}"),
        "class": ("decision", f"{{change: classes, school: {school}, add: 1, size: 20}}"),
        "growth": ("future", "{change: growth, percent: 20}"),
    }
    for name, (kind, change) in made.items():
        (place / f"{name}.yaml").write_text(_WHAT_IF.format(name=name, kind=kind, change=change), encoding="utf-8")
    return [place / f"{name}.yaml" for name in made]


def own_school(folder: Path) -> str:
    """The first school with seats of its own."""
    lines = (folder / "schools.csv").read_text(encoding="utf-8").splitlines()
    return next(cells[0] for line in lines[1:] if (cells := line.split(","))[2] == "own")


def lists(folder: Path, place: Path) -> Iterator[Output]:
    """What says something of lists: check, freeze, run, verify, and what they refuse."""
    bare = place / "bare"
    shutil.copytree(folder, bare)
    (bare / "transcript.txt").unlink(missing_ok=True)
    yield told("check", "check", folder)
    yield told("freeze", "draw", "freeze", bare)
    yield told("check", "check", bare)
    yield told("run-summary", "run", folder, "--trial-seed", 1, "--out", place / "out")
    yield from files(place / "out", "run-summary", "assignment")
    yield told("verify", "verify", place / "out")
    lines = (place / "out" / "assignment.csv").read_text(encoding="utf-8").splitlines()
    pairs = ["applicant_id,school_id", *(",".join(line.split(",")[:2]) for line in lines[1:] if line.split(",")[1])]
    (place / "theirs.csv").write_text("\n".join([*pairs[:1], *pairs[9:]]) + "\n", encoding="utf-8")
    yield told("verify", "verify", folder, "--list", place / "theirs.csv", "--trial-seed", 1)
    yield from by_distance(folder, place)
    yield told("check", "check", place / "nowhere")
    with (bare / "applicants.csv").open("a", encoding="utf-8") as file:
        file.write("T,too,few\n")
    yield told("check", "check", bare)


def by_distance(folder: Path, place: Path) -> Iterator[Output]:
    """A run in which the model decides the diversion, and what planners cannot ask of it."""
    near = place / "near"
    shutil.copytree(folder, near)
    policy = (near / "policy.yaml").read_text(encoding="utf-8")
    assert "divert_assign: serial_by_ticket" in policy
    policy = policy.replace("divert_assign: serial_by_ticket", "divert_assign: least_distance")
    (near / "policy.yaml").write_text(policy, encoding="utf-8")
    yield told("run-summary", "run", near, "--trial-seed", 1, "--out", place / "by-distance", "--no-trace")
    yield from files(place / "by-distance", "run-summary", "assignment")
    yield told("odds", "odds", near, "--draws", 20, "--workers", 1)


def planning(folder: Path, place: Path) -> Iterator[Output]:
    """What planners ask, in several ways."""
    more, classes, growth = what_ifs(folder, place)
    yield told("what-if", "what-if", folder, more, classes, growth, "--out", place / "compared", "--draws", 2)
    yield from files(place / "compared", "what-if", "what-if")
    yield told("what-if", "what-if", folder, more, growth, "--together", "--no-optimum")
    (place / "grid.yaml").write_text(_GRID.format(school=own_school(folder)), encoding="utf-8")
    for demand in (0, 2):
        yield told("sweep", "sweep", folder, place / "grid.yaml", "--draws", 3, "--demand-draws", demand,
                   "--store", place / f"{demand}.sqlite", "--workers", 1)  # fmt: skip
    yield told("odds", "odds", folder, "--draws", 20, "--workers", 1)
    yield told("odds", "odds", folder, growth, "--draws", 20, "--demand-draws", 2, "--workers", 1)
    yield told("warnings", "warnings", folder)
    yield told("warnings", "warnings", folder, "--forecast", growth)
    yield told("warnings", "warnings", folder, "--forecast", growth, "--forecast", more)


def seats(folder: Path, place: Path) -> Iterator[Output]:
    """What is asked of seats, and the planning optimum."""
    yield told("seats", "seats", folder)
    yield told("seats", "seats", folder, "--draws", 2)
    yield told("capacity", "capacity", folder, "--extra-seats", 2, "--by", "optimum")
    yield told("capacity", "capacity", folder, "--extra-seats", 2, "--by", "ranks", "--time-limit", 20)
    yield told("capacity", "capacity", folder, "--fewest", "--by", "optimum")
    yield told("capacity", "capacity", folder, "--classes", 1, "--class-size", 20, "--by", "optimum")
    yield told("optimum", "optimum", folder, "--trial-seed", 1, "--out", place / "best")
    yield from files(place / "best", "optimum", "optimum")
    if (place / "best").exists():
        yield told("verify-optimum", "verify", place / "best")


def outputs(folder: Path, place: Path) -> Iterator[Output]:
    """All of them, files written in a place of their own."""
    for part in (lists, planning, seats):
        yield from part(folder, place)
