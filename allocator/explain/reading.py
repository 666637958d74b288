"""The record of one child, read from an output folder and held against its manifest."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.errors import Fault, InputError
from allocator.explain.heading import Record
from allocator.explain.party import INPUTS, POLICY, Party, read_party
from allocator.explain.story import Story
from allocator.messages import Language
from allocator.opening import MOST_OF_AN_OUTPUT, file_bytes, json_value
from allocator.record import DamagedTraceError, Event, outputs_of, read_assignment, read_trace

RECORDS = ("assignment.csv", "summary.json", "trace.jsonl")
"""Files without which nothing can be explained."""


def explain(out: Path, applicant_id: str, language: Language) -> str:
    """Return what happened to a child and why, in plain words, one paragraph a line.

    Parameters
    ----------
    out : Path
        The output folder of a run.
    applicant_id : str
        Registration number; full-width characters and surrounding space are understood.
    language : {"zh", "en"}
        Language of all words.

    Raises
    ------
    InputError
        If the folder is not a run's, the run kept no record, a file is missing, damaged or changed since, or no child
        has this number.
    """
    wanted = unicodedata.normalize("NFKC", applicant_id).strip()
    record = _read(out, wanted)
    return "\n".join(Story(record, wanted, language).lines())


def _read(out: Path, applicant_id: str) -> Record:
    """Read the record of one child."""
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


def _party(raw: Mapping[str, bytes], events: Sequence[Event], applicant_id: str) -> Party | None:
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
