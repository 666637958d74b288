"""The tables that a book is played over: those of its folder before the freeze, the frozen ones from then on."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from allocator.book import Digests
from allocator.casebook.demands import book_demand_faults
from allocator.domain import BookEvent, District, Draw, OfficeValues
from allocator.ground import MOST_OF_A_TABLE, MOST_OF_A_TEXT, Fault, InputError, open_file_bytes
from allocator.lottery import (
    FROZEN,
    POLICY,
    TRANSCRIPT,
    frozen_files,
    hard_cap_faults,
    parse_transcript,
    party_sizes,
    read_order_numbers,
)
from allocator.reading import read_folder, read_without_children
from allocator.record import FREEZE, frozen_before

ROSTER, TABLES = "applicants.csv", "tables"
"""In ``frozen``: the roster, and the office's tables of which it was determined."""
PURGED, PURGED_HEADINGS = "purge-record.csv", ("file", "sha256", "bytes", "day", "by")
"""The record of a purge: path in the book's folder, digest and size of what went, when, and who removed it."""


class KeptTables:
    """The tables, policy and transcript of a book's folder.

    Parameters
    ----------
    folder : Path
        The folder of the book.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def district(self, events: Sequence[BookEvent]) -> District:
        """Return what the events of a journal are played over.

        Raises
        ------
        InputError
            If the tables have faults, are not those that were frozen, or no book can be kept of them.
        """
        freeze = freeze_in_force(events)
        drawn = next((event for event in events if event.get("type") == "drawn"), None)
        if freeze is not None:
            self._demand_frozen(freeze, drawn)
        district = read_without_children(self.folder) if freeze is None else read_folder(self.folder / FROZEN)
        faults = [*book_demand_faults(district), *hard_cap_faults(district)]
        first = events[0] if events else {}
        office = district.policy.office or OfficeValues()
        if events and (first.get("year"), first.get("stage")) != (office.year, office.stage):
            words = {"year": str(first.get("year"))}
            faults.append(Fault("book.other_year", POLICY, 0, "office", f"{office.year}, {office.stage}", words))
        if faults:
            raise InputError(faults)
        return district if freeze is None or drawn is None else self.drawn(district, drawn)

    def drawn(self, district: District, drawn: BookEvent) -> District:
        """Return a frozen district with the draw of an event where its transcript gives one order for all draws.

        Tickets by hash need the seed alone, which the event states; such a district comes back as it is, as it does
        before the transcript lies in the folder.

        Raises
        ------
        InputError
            If the numbers or the ring are not in order.
        """
        try:
            raw = open_file_bytes(self.folder / TRANSCRIPT, MOST_OF_A_TEXT)
        except OSError:
            return district
        found, _ = parse_transcript(raw)
        if found is None or found.order is None or sha256(raw).hexdigest() != drawn.get("transcript"):
            return district
        numbers, faults = read_order_numbers(self.folder, found, party_sizes(district.applicants), TRANSCRIPT)
        if faults:
            raise InputError(faults)
        return replace(district, draw=Draw(transcript=found, numbers=numbers))

    def digests(self, events: Sequence[BookEvent], district: District, given: Digests) -> Digests:
        """Return what the digests in some events must be, as far as the folder says it; ``given`` says the others."""
        expected = dict(given.expected)
        kinds = {event.get("type") for event in events}
        if "season_opened" in kinds:
            expected["season_opened", "policy"] = district.policy_sha256
        if "frozen" in kinds:
            expected["frozen", "roster"] = _digest(self.folder / FROZEN / ROSTER)
            expected["frozen", "policy"] = _digest(self.folder / FROZEN / POLICY)
        if "drawn" in kinds:
            expected["drawn", "transcript"] = _digest(self.folder / TRANSCRIPT)
        return Digests(expected, given.locks)

    def _demand_frozen(self, freeze: BookEvent, drawn: BookEvent | None) -> None:
        """Refuse frozen tables, policy and transcript that are not those of the journal."""
        digests = frozen_before(self.folder)
        kept = {} if digests is None else frozen_files(self.folder / FROZEN, digests)
        stated = {ROSTER: freeze.get("roster"), POLICY: freeze.get("policy")}
        wrong = [name for name, digest in stated.items() if sha256(kept.get(name, b"")).hexdigest() != digest]
        wrong += [name for name in ("schools.csv", "zones.csv") if name not in kept]
        has_tables = os.path.lexists(self.folder / FROZEN / TABLES) and not purge_day(self.folder)
        if has_tables and self._inputs() != freeze.get("inputs"):
            wrong.append(TABLES)
        faults = [Fault("book.frozen_changed", f"{FROZEN}/{name}", params={"freeze": FREEZE}) for name in wrong]
        if drawn is not None and _digest(self.folder / TRANSCRIPT, MOST_OF_A_TEXT) != drawn.get("transcript"):
            faults.append(Fault("book.transcript_changed", TRANSCRIPT))
        if faults:
            raise InputError(faults)


    def _inputs(self) -> str:
        """Return the digest of the office's tables as they were copied at the freeze (section 8)."""
        names = sorted(os.listdir(self.folder / FROZEN / TABLES))
        lines = (f"{name} {_digest(self.folder / FROZEN / TABLES / name)}\n" for name in names)
        return sha256("".join(lines).encode("utf-8")).hexdigest()


def purge_day(folder: Path) -> str:
    """Return the day on which the purge of a book began; empty where there was none.

    Raises
    ------
    InputError
        If its record cannot be read.
    """
    if not os.path.lexists(folder / PURGED):
        return ""
    try:
        words = open_file_bytes(folder / PURGED, MOST_OF_A_TABLE).decode("utf-8")
        rows = list(csv.reader(io.StringIO(words, newline=""), strict=True))
        if tuple(rows[0]) == PURGED_HEADINGS:
            return date.fromisoformat(rows[1][3]).isoformat()
    except (OSError, ValueError, IndexError, csv.Error) as error:
        raise InputError([Fault("book.purge.record_damaged", PURGED)]) from error
    raise InputError([Fault("book.purge.record_damaged", PURGED)])


def demand_names_kept(folder: Path) -> None:
    """Refuse a book whose personal data were purged: it is read-only, and its lists would have no names.

    Raises
    ------
    InputError
        Saying since when.
    """
    if day := purge_day(folder):
        raise InputError([Fault("book.purged", str(folder), params={"day": day})])


def freeze_in_force(events: Sequence[BookEvent]) -> BookEvent | None:
    """Return the line ``frozen`` that holds after a journal's last line; None where the season is not frozen."""
    held: list[BookEvent | None] = [None]
    for event in events:
        kind = event.get("type")
        if kind == "annulled":
            held.append(held[-2] if len(held) > 1 else None)
        else:
            held.append(event if kind == "frozen" else None if kind == "unfrozen" else held[-1])
    return held[-1]


def _digest(path: Path, most: int = MOST_OF_A_TABLE) -> str:
    """Return the digest of a file; empty where it cannot be read."""
    try:
        return sha256(open_file_bytes(path, most)).hexdigest()
    except OSError:
        return ""
