"""A season replayed: proposed events of a folder with frozen tables in, outcomes, journal and assignment out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from allocator.book import COLUMNS, Book, BookState, Digests, present_rows
from allocator.casebook.agreement import demand_season_agreement
from allocator.casebook.demands import book_demand_faults
from allocator.casebook.events_file import EVENTS, read_events_file
from allocator.determination import new_locks
from allocator.domain import BookEvent, District, Draw, Lock, OfficeTables, Played
from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, open_file_bytes
from allocator.lottery import (
    canonical_csv_text,
    canonical_tables,
    hard_cap_faults,
    parse_transcript,
    party_sizes,
    read_order_numbers,
)
from allocator.office import agreed_determination, determination_bytes, tables_digest
from allocator.reading import read_folder
from allocator.reading.office import read_office
from allocator.record import manifest_bytes, write_folder

KIND = "book"
TRANSCRIPT = "transcript.txt"
_APPLICATIONS = ("applications.csv", "applications.xlsx")
"""Table of the determination; where it lies beside the roster, new locks are written."""


def read_replay_folder(folder: Path, encoding: str | None = None) -> tuple[District, tuple[BookEvent, ...]]:
    """Read frozen tables, policy and proposed events.

    Raises
    ------
    InputError
        With all faults of the tables, and of what no book can be kept of.
    """
    district = read_folder(folder, encoding=encoding)
    draw, faults = _order_of_session(folder, district)
    if faults := [*book_demand_faults(district), *hard_cap_faults(district), *faults]:
        raise InputError(faults)
    return replace(district, draw=draw), read_events_file(folder / EVENTS)


def _order_of_session(folder: Path, district: District) -> tuple[Draw | None, list[Fault]]:
    """Return the draw whose transcript lies in a folder and gives one order for all draws, and the faults of that.

    What else is wrong with a transcript only its digest in the events can tell.
    """
    if not os.path.exists(folder / TRANSCRIPT):
        return None, []
    found, _ = parse_transcript(open_file_bytes(folder / TRANSCRIPT, MOST_OF_A_TEXT))
    if found is None or found.order is None:
        return None, []
    numbers, faults = read_order_numbers(folder, found, party_sizes(district.applicants), TRANSCRIPT)
    return Draw(transcript=found, numbers=numbers), faults


def replay_office_tables(folder: Path, encoding: str | None = None) -> OfficeTables | None:
    """Return the tables of the determination where they lie in a folder."""
    return read_office(folder, encoding=encoding) if any(os.path.exists(folder / n) for n in _APPLICATIONS) else None


def replay_digests(folder: Path, district: District, tables: OfficeTables | None) -> Digests:
    """Return what the digests in events must be: those of the program's own files (section 8)."""
    roster = sha256(dict(canonical_tables(district))["applicants.csv"]).hexdigest()
    policy = district.policy_sha256
    expected = {("season_opened", "policy"): policy, ("frozen", "policy"): policy, ("frozen", "roster"): roster}
    if os.path.exists(folder / TRANSCRIPT):
        raw = open_file_bytes(folder / TRANSCRIPT, MOST_OF_A_TEXT)
        expected["drawn", "transcript"] = sha256(raw).hexdigest()
    if tables is None:
        return Digests(expected)
    inputs = tables_digest(tables)
    found = sha256(determination_bytes(agreed_determination(tables))).hexdigest()
    expected |= {("determined", "inputs"): inputs, ("frozen", "inputs"): inputs, ("determined", "determination"): found}
    return Digests(expected, lambda state: sha256(replay_locks_bytes(replay_locks(tables, state))).hexdigest())


def replay_locks(tables: OfficeTables, state: BookState) -> tuple[Lock, ...]:
    """Return the new locks of a state (section 4)."""
    categories = {child: party.lead.category for party in state.parties.values() for child in party.children}
    return new_locks(tables, present_rows(state), categories)


def replay_locks_bytes(locks: tuple[Lock, ...]) -> bytes:
    """Return ``locks-new.csv``."""
    return canonical_csv_text([Lock._fields, *([str(cell) for cell in lock] for lock in locks)]).encode("utf-8")


def replayed(book: Book, events: tuple[BookEvent, ...]) -> Played:
    """Play the proposed events of a season in a book that has just begun; model and checker must say the same.

    They know no files: an event that only a file's digest refuses is not put to them, as it changes nothing.

    Raises
    ------
    DisagreementError
        With the first event, line or row in which the two paths differ, or with what the checker finds.
    """
    outcomes, known = [], []
    for event in events:
        known.append(not book.is_refused_by_digest(event))
        outcomes.append(book.propose(event))
    played = Played(tuple(outcomes), tuple(book.journal), present_rows(book.state))
    put = tuple(event for event, is_known in zip(events, known, strict=True) if is_known)
    said = Played(tuple(o for o, is_known in zip(outcomes, known, strict=True) if is_known), *played[1:])
    demand_season_agreement(book.law.district, put, said)
    return played


def write_replay(out: Path, district: District, played: Played, locks: tuple[Lock, ...] | None) -> None:
    """Write what became of a season, whole or not at all.

    Raises
    ------
    InputError
        If the folder may not be replaced or cannot be written; nothing is changed then.
    """
    files = dict(_files(played, locks))

    def _seal(digests: Mapping[str, str]) -> bytes:
        return manifest_bytes(replace(district, draw=None), digests, kind=KIND)

    write_folder(out, sorted(files.items()), _seal)


def _files(played: Played, locks: tuple[Lock, ...] | None) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file."""
    outcomes = [[str(number), outcome] for number, outcome in enumerate(played.outcomes, start=1)]
    yield "outcomes.csv", canonical_csv_text([("event", "outcome"), *outcomes]).encode("utf-8")
    yield "journal.jsonl", b"".join(line + b"\n" for line in played.journal)
    yield "head.txt", f"{played.head}\n".encode("ascii")
    yield "assignment.csv", canonical_csv_text([COLUMNS, *(row[:5] for row in played.rows)]).encode("utf-8")
    if locks is not None:
        yield "locks-new.csv", replay_locks_bytes(locks)
