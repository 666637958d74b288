"""The record of one child, read from an output folder and held against its manifest."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from allocator.domain import Applicant, Policy, Row, School, Zone
from allocator.explanation.party import KnownParty
from allocator.ground import MOST_OF_AN_OUTPUT, Fault, InputError, open_file_bytes, opened_json
from allocator.reading import parse_policy
from allocator.record import CUTOFFS, DamagedTraceError, Event, manifest_outputs, read_assignment, read_trace

INPUTS = ("inputs/applicants.csv", "inputs/schools.csv", "inputs/zones.csv")
POLICY = "policy.yaml"
CutoffCells: TypeAlias = Mapping[tuple[str, str, str], Mapping[str, str]]
"""Lines of ``cutoffs.csv`` by school, phase and step, each with its cells by column."""

LISTS = ("voluntary_1", "voluntary_2", "preferred_diversion")
RECORDS = ("assignment.csv", "summary.json", "trace.jsonl")
"""Files without which nothing can be explained."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the folder says of one child; ``party`` is None, ``cutoffs`` empty where the folder does not say."""

    row: Row
    events: tuple[Event, ...]
    summary: dict[str, Any]
    party: KnownParty | None = None
    cutoffs: CutoffCells = field(default_factory=dict)


def read_record(out: Path, applicant_id: str) -> Record:
    """Read the record of one child.

    Raises
    ------
    InputError
        As ``explain`` does.
    """
    outputs = manifest_outputs(out)
    if outputs is None:
        raise InputError([Fault("explain.no_run", str(out))])
    if "determination.csv" in outputs:
        raise InputError([Fault("explain.roster_only", str(out))])
    if "assignment.csv" not in outputs:
        raise InputError([Fault("explain.no_assignment", str(out))])
    if "trace.jsonl" not in outputs:
        raise InputError([Fault("explain.no_trace", str(out))])
    more = () if set(outputs).isdisjoint(INPUTS) else (*INPUTS, POLICY)  # what was published alone has no inputs
    cutoffs = (CUTOFFS,) if CUTOFFS in outputs else ()  # folders of earlier versions have none
    raw = {name: _content(out, name) for name in (*RECORDS, *more, *cutoffs)}
    rows, faults = read_assignment(raw["assignment.csv"], "assignment.csv")
    inputs = _Inputs(raw) if more else None
    events, damaged = _events(raw["trace.jsonl"], inputs, applicant_id)
    changed = [name for name, content in raw.items() if sha256(content).hexdigest() != outputs.get(name)]
    if faults := faults + damaged or [Fault("explain.changed", name) for name in changed]:
        raise InputError(faults)
    row = next((row for row in rows if row.applicant_id == applicant_id), None)
    if row is None:
        raise InputError([Fault("explain.unknown_id", "assignment.csv", value=applicant_id)])
    party = None if inputs is None else _party(inputs, events, applicant_id)
    return Record(row, tuple(events), _summary(raw["summary.json"]), party, _cutoffs(raw.get(CUTOFFS, b"")))


def _cutoffs(raw: bytes) -> CutoffCells:
    """Return the lines of the cut-offs."""
    rows = csv.DictReader(raw.decode("utf-8").splitlines())
    return {(row["school_id"], row["phase"], row["step"]): row for row in rows}


def _party(inputs: _Inputs, events: Sequence[Event], applicant_id: str) -> KnownParty | None:
    """Return what the family gave; refuse tables that are none."""
    ids = next((event.children for event in events if event.children), (applicant_id,))
    try:
        return inputs.party(ids)
    except (KeyError, ValueError, TypeError) as error:
        raise InputError([Fault("explain.damaged", INPUTS[0], 1)]) from error


def _summary(raw: bytes) -> dict[str, Any]:
    """Return the summary, which gives the names; refuse one that is none."""
    try:
        summary = opened_json(raw)
    except ValueError:
        summary = None
    if not isinstance(summary, dict) or not isinstance(summary.get("names"), dict):
        raise InputError([Fault("explain.damaged", "summary.json", 1)])
    return summary


def _content(out: Path, name: str) -> bytes:
    """Return the bytes of one file of the folder."""
    try:
        return open_file_bytes(out / name, MOST_OF_AN_OUTPUT)
    except OSError as error:
        raise InputError([Fault("explain.missing", name)]) from error


def _events(raw: bytes, inputs: _Inputs | None, applicant_id: str) -> tuple[list[Event], list[Fault]]:
    """Return the events of one child, or a fault for the first line that is not the one that must stand there."""

    def nearest(label: str, party: str) -> Sequence[str] | None:
        """Return the schools by distance from the home of a party, if inputs are there: the record names none."""
        found = inputs.party((party,)) if inputs else None
        phase = found.phase(label) if found else None
        return found.walk(phase) if found and phase else None

    try:
        return read_trace(raw, nearest, applicant_id), []
    except DamagedTraceError as error:
        return [], [Fault("explain.damaged", "trace.jsonl", error.number)]


class _Inputs:
    """The bytes of ``INPUTS`` and ``POLICY``, each taken apart when it is first asked for, and once.

    What is not as a run writes it raises ``KeyError``, ``ValueError`` or ``TypeError``.
    """

    def __init__(self, raw: Mapping[str, bytes]) -> None:
        self._raw = raw

    def party(self, ids: Collection[str]) -> KnownParty | None:
        """Return the party of some children; None where the inputs do not say.

        Only the children's own rows are taken apart, so that a large roster costs no more than looking for them.
        """
        head, *rows = self._applicants
        wanted = [line for line in rows if any(name in line for name in ids)]
        children = [_applicant(row) for row in csv.DictReader([head, *wanted]) if row["applicant_id"] in ids]
        if self._policy is None or not children:
            return None
        return KnownParty(self._policy, self._schools, self._zones, tuple(sorted(children)))

    @cached_property
    def _policy(self) -> Policy | None:
        return parse_policy(self._raw[POLICY], POLICY)[0]

    @cached_property
    def _applicants(self) -> list[str]:
        return self._lines(INPUTS[0])

    @cached_property
    def _schools(self) -> dict[str, School]:
        return {row["school_id"]: _school(row) for row in csv.DictReader(self._lines(INPUTS[1]))}

    @cached_property
    def _zones(self) -> dict[str, Zone]:
        return {row["zone"]: _zone(row) for row in csv.DictReader(self._lines(INPUTS[2]))}

    def _lines(self, name: str) -> list[str]:
        return self._raw[name].decode("utf-8").splitlines()


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
