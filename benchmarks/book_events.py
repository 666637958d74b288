"""Books of generated districts with as many events as are asked for, of every type that moves seats."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from allocator.book import SEATED, WAITING, Book
from allocator.casebook.kept import open_book, rebuild_database
from allocator.casebook.store import DATABASE, JOURNAL
from allocator.domain import ACCEPTED, BookEvent, District
from allocator.generator import generate
from allocator.reading.folder import read_folder
from benchmarks.districts import SEED, SIZES, scratch
from tests.kept_books import NOW, drawing, event, freezing

EVENTS = {"smoke": 120, "3k": 300, "100k": 5_000}
"""Accepted events by size of the district."""

OPEN_AT_ONCE = 4
BY_GROUP = ("revocation", "ruling", "seats_added", "seats_removed", "reclassification")
WEIGHTS = {
    "withdrawal": 40, "reclassification": 20, "late_intake": 12, "seats_added": 8, "part_withdrawn": 4, "ruling": 4,
    "revocation": 4, "seats_removed": 4, "note": 2, "annulled": 2,
}  # fmt: skip
"""How often each type comes between the openings."""


@cache
def kept_book(size: str) -> Path:
    """Return a folder that keeps the book of a generated district after all its events."""
    folder = scratch() / f"book-{size}"
    generate(folder, SIZES[size], SEED)
    open_book(folder, "u-1", NOW)
    frozen = read_folder(folder)
    desk = _Desk(frozen, EVENTS[size])
    desk.events((*freezing(folder, frozen), drawing(folder)))
    (folder / JOURNAL).write_bytes(b"".join(line + b"\n" for line in desk.book.journal))
    (folder / DATABASE).unlink()
    rebuild_database(folder, "u-1", NOW)
    return folder


class _Desk:
    """Opens the rounds over the season, some of them open at any time, and enters what comes between."""

    def __init__(self, frozen: District, number: int) -> None:
        self.rng, self.book, self.number = random.Random(f"season|{number}"), Book(frozen), number
        self.frozen, self.now = frozen, datetime.fromisoformat(NOW)
        self.names = sorted(self.book.state.parties)
        self.bundles = [name for name in self.names if self.book.state.parties[name].size > 1]
        self.zones = sorted(frozen.zones)
        self.own = sorted(name for name, school in frozen.schools.items() if not school.external)

    def events(self, beginning: Sequence[BookEvent]) -> None:
        """Enter the events, as many as are asked for."""
        office = self.book.law.office
        first = event("season_opened", year=office.year, stage=office.stage, policy=self.frozen.policy_sha256)
        assert {self.book.propose(one) for one in (first, *beginning)} == {ACCEPTED}
        rounds = list(self.book.law.rounds)
        for at, name in enumerate(rounds, start=1):
            today, last = self.now.date().isoformat(), (self.now + timedelta(days=6)).date().isoformat()
            self._enter("round_opened", round=name)
            self._enter("publicity_opened", round=name, first_day=today, last_day=last)
            self.now += timedelta(days=2)
            if at > OPEN_AT_ONCE:
                self._enter("round_confirmed", round=rounds[at - OPEN_AT_ONCE - 1])
            while len(self.book.journal) < self.number * at // len(rounds):
                (kind,) = self.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))
                self._enter(kind, **getattr(self, f"_{kind}")())

    def _enter(self, kind: str, **fields: Any) -> None:
        """Propose an event; not every one is accepted."""
        self.now += timedelta(seconds=1)
        role = "group" if kind in BY_GROUP else "office"
        self.book.propose(event(kind, self.now.isoformat(), role, **fields))

    def _party(self, *states: str) -> str:
        """Return a party in one of these states, or any after some looks."""
        for _ in range(20):
            name = self.rng.choice(self.names)
            if self.book.state.parties[name].state in states:
                return name
        return name

    def _place(self, category: str) -> dict[str, str]:
        """Return a zone, a category and where the zone asks for one a registered school."""
        zone = self.frozen.zones[self.rng.choice(self.zones)]
        registered = zone.dual_school_ids[0] if zone.dual_school_ids and category in "ABCD" else ""
        return {"zone": zone.zone, "category": category, "registered_school": registered}

    def _withdrawal(self) -> dict[str, Any]:
        return {"party": self._party(SEATED), "then": self.rng.choice(("leave", "stay")), "reason": "x"}

    def _reclassification(self) -> dict[str, Any]:
        return {"party": self._party(SEATED, WAITING), **self._place(self.rng.choice("ABCDE")), "reason": "x"}

    def _late_intake(self) -> dict[str, Any]:
        return {"children": 1, **self._place(self.rng.choice("ABCDE"))}

    def _seats_added(self) -> dict[str, Any]:
        return {"school": self.rng.choice(self.own), "seats": 1, "reason": "x"}

    _seats_removed = _seats_added

    def _part_withdrawn(self) -> dict[str, Any]:
        party = self.book.state.parties[self.rng.choice(self.bundles)]
        return {"party": party.party_id, "children": party.children[-1], "then": "leave", "reason": "x"}

    def _ruling(self) -> dict[str, Any]:
        party, school = self._party(WAITING), self.rng.choice(self.own)
        return {"party": party, "decision": "place", "school": school, "reason": "x"}

    def _revocation(self) -> dict[str, Any]:
        return {
            "party": self._party(SEATED), "ground": "false_papers", "then": "adjust", "zone": "", "reason": "x",
        }  # fmt: skip

    def _note(self) -> dict[str, Any]:
        return {"text": "x"}

    def _annulled(self) -> dict[str, Any]:
        return {"annuls": len(self.book.journal), "reason": "x"}
