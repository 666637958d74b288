"""The record of one child, read from an output folder and held against its manifest."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.domain import Applicant, Row, School, Zone
from allocator.explanation.party import KnownParty
from allocator.ground import MOST_OF_AN_OUTPUT, Fault, InputError, file_bytes, json_value
from allocator.reading.policy_file import parse_policy
from allocator.record import DamagedTraceError, Event, outputs_of, read_assignment, read_trace

INPUTS = ("inputs/applicants.csv", "inputs/schools.csv", "inputs/zones.csv")
POLICY = "policy.yaml"
LISTS = ("voluntary_1", "voluntary_2", "preferred_diversion")
RECORDS = ("assignment.csv", "summary.json", "trace.jsonl")
"""Files without which nothing can be explained."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the folder says of one child; ``party`` is None where the folder has no inputs."""

    row: Row
    events: tuple[Event, ...]
    summary: dict[str, Any]
    party: KnownParty | None = None


def read_record(out: Path, applicant_id: str) -> Record:
    """Read the record of one child.

    Raises
    ------
    InputError
        As ``explain`` does.
    """
    outputs = outputs_of(out)
    if outputs is None:
        raise InputError([Fault("explain.no_run", str(out))])
    if "assignment.csv" not in outputs:
        raise InputError([Fault("explain.no_assignment", str(out))])
    if "trace.jsonl" not in outputs:
        raise InputError([Fault("explain.no_trace", str(out))])
    more = () if set(outputs).isdisjoint(INPUTS) else (*INPUTS, POLICY)  # what was published alone has no inputs
    raw = {name: _content(out, name) for name in (*RECORDS, *more)}
    rows, faults = read_assignment(raw["assignment.csv"], "assignment.csv")
    events, damaged = _events(raw, applicant_id)
    changed = [name for name, content in raw.items() if sha256(content).hexdigest() != outputs.get(name)]
    if faults := faults + damaged or [Fault("explain.changed", name) for name in changed]:
        raise InputError(faults)
    row = next((row for row in rows if row.applicant_id == applicant_id), None)
    if row is None:
        raise InputError([Fault("explain.unknown_id", "assignment.csv", value=applicant_id)])
    party = _party(raw, events, applicant_id) if more else None
    return Record(row, tuple(events), _summary(raw["summary.json"]), party)


def _party(raw: Mapping[str, bytes], events: Sequence[Event], applicant_id: str) -> KnownParty | None:
    """Return what the family gave; refuse tables that are none."""
    ids = next((event.children for event in events if event.children), (applicant_id,))
    try:
        return read_party(raw, ids)
    except (KeyError, ValueError, TypeError) as error:
        raise InputError([Fault("explain.damaged", INPUTS[0], 1)]) from error


def _summary(raw: bytes) -> dict[str, Any]:
    """Return the summary, which gives the names; refuse one that is none."""
    try:
        summary = json_value(raw)
    except ValueError:
        summary = None
    if not isinstance(summary, dict) or not isinstance(summary.get("names"), dict):
        raise InputError([Fault("explain.damaged", "summary.json", 1)])
    return summary


def _content(out: Path, name: str) -> bytes:
    """Return the bytes of one file of the folder."""
    try:
        return file_bytes(out / name, MOST_OF_AN_OUTPUT)
    except OSError as error:
        raise InputError([Fault("explain.missing", name)]) from error


def _events(raw: Mapping[str, bytes], applicant_id: str) -> tuple[list[Event], list[Fault]]:
    """Return the events of one child, or a fault for the first line that is not the one that must stand there."""

    def nearest(label: str, party: str) -> Sequence[str] | None:
        """Return the schools by distance from the home of a party, if inputs are there: the record names none."""
        found = read_party(raw, (party,)) if POLICY in raw else None
        phase = found.phase(label) if found else None
        return found.walk(phase) if found and phase else None

    try:
        return read_trace(raw["trace.jsonl"], nearest, applicant_id), []
    except DamagedTraceError as error:
        return [], [Fault("explain.damaged", "trace.jsonl", error.number)]


def read_party(raw: Mapping[str, bytes], ids: Collection[str]) -> KnownParty | None:
    """Return the party of some children from the bytes of ``INPUTS`` and ``POLICY``; None where they do not say.

    Only the children's own rows are taken apart, so that a large roster costs no more than looking for them.

    Raises
    ------
    KeyError, ValueError, TypeError
        If a table is not as a run writes it.
    """
    policy, _ = parse_policy(raw[POLICY], POLICY)
    applicants, schools, zones = (raw[name].decode("utf-8").splitlines() for name in INPUTS)
    wanted = [line for line in applicants[1:] if any(name in line for name in ids)]
    children = [_applicant(row) for row in csv.DictReader([applicants[0], *wanted]) if row["applicant_id"] in ids]
    if policy is None or not children:
        return None
    found = {row["school_id"]: _school(row) for row in csv.DictReader(schools)}
    places = {row["zone"]: _zone(row) for row in csv.DictReader(zones)}
    return KnownParty(policy, found, places, tuple(sorted(children)))


def _applicant(row: Mapping[str, str]) -> Applicant:
    cells: dict[str, Any] = {name: row.get(name, "") for name in Applicant._fields}
    return Applicant(**{**cells, **{name: _ids(cells[name]) for name in LISTS}})


def _school(row: Mapping[str, str]) -> School:
    external = row["jurisdiction"] == "external"
    cap = int(row["hard_cap"]) if row["hard_cap"] else None
    return School(row["school_id"], row["name"], external, int(row["plan"] or 0), cap, x=row["x"], y=row["y"])


def _zone(row: Mapping[str, str]) -> Zone:
    return Zone(row["zone"], row["school_id"], row["e_school_id"], _ids(row["dual_school_ids"]))


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()
