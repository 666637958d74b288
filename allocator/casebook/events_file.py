"""Events from a file: one JSON object a line; whatever else a line holds is an event of no form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allocator.domain import BookEvent
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_file_bytes

EVENTS = "events.jsonl"
_NOTHING: BookEvent = {}


def read_events_file(path: Path) -> tuple[BookEvent, ...]:
    """Return the proposed events of a file, in its order.

    Raises
    ------
    InputError
        If there is no such file or it cannot be read. A line that is no event is judged like any other.
    """
    try:
        return tuple(events_of_file_bytes(open_file_bytes(path, MOST_OF_A_TABLE)))
    except FileNotFoundError as error:
        raise InputError([Fault("file.missing", path.name, params={"expected": path.name})]) from error
    except OSError as error:
        raise InputError([Fault("file.unreadable", path.name, params={"reason": error.strerror or ""})]) from error


def events_of_file_bytes(raw: bytes) -> Iterator[BookEvent]:
    """Yield the event of each line."""
    lines = raw.split(b"\n")
    for line in lines[:-1] if lines[-1] == b"" else lines:
        yield _event(line)


def _event(line: bytes) -> BookEvent:
    """Return the object of a line; the empty one where it is none, or has a key twice."""
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return _NOTHING
    return found if isinstance(found, dict) else _NOTHING


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object none of whose keys stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("Expected every key once.")
    return found


def _refuse(word: str) -> None:
    """Refuse what JSON does not know."""
    raise ValueError(f"Expected JSON, found {word}.")
