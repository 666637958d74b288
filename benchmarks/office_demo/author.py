"""Who writes the summer: an office that looks at its list and enters what happens; the same book, the same summer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from allocator.book import Book, BookState
from allocator.book.law import signed_rows_bytes
from allocator.book.state import BookParty
from allocator.domain import BookEvent

CLERK, GROUP = "office-1", "group-1"
"""Who enters what is the office's, and what is the leading group's; schools have a clerk and a principal each."""


@dataclass(frozen=True)
class Entry:
    """One event that somebody enters.

    Attributes
    ----------
    kind : str
        Which trouble of the summer it is, for the count at the end; empty for what every summer has.
    event : BookEvent
        As it is proposed.
    outcome : str
        What the book says to it: accepted, or the code of the refusal.
    """

    kind: str
    event: BookEvent
    outcome: str


@dataclass
class Author:
    """Writes event after event into a book of its own, and keeps what the office has to enter.

    Attributes
    ----------
    book : Book
        With the journal as far as the draw.
    families : int
        How large the office is: a large one has more trouble of every kind.
    now : datetime
        When the next event is entered.
    entries : list of Entry
        What was entered so far.
    touched : set of str
        Parties to whom something has happened.
    objections, answers, late_families : int
        How many there were.
    """

    book: Book
    families: int
    now: datetime
    entries: list[Entry] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    objections: int = 0
    answers: int = 0
    late_families: int = 0

    @property
    def state(self) -> BookState:
        """How the book stands."""
        return self.book.state

    def begin(self, day: str) -> None:
        """Begin a working day."""
        self.now = max(self.now, datetime.fromisoformat(f"{day}T08:30:00"))

    def many(self, of_thousands: int) -> int:
        """Return how often something happens that happens so many times among 3,000 families; at least once."""
        return max(1, of_thousands * self.families // 3000)

    def enter(self, kind: str, type_: str, role: str, by: str = "", **fields: str | int) -> str:
        """Enter an event; returns what the book says to it."""
        self.now += timedelta(minutes=3)
        by = by or {"office": CLERK, "group": GROUP}[role]
        return self.put(kind, {"at": self.now.isoformat(), "by": by, "role": role, "type": type_, **fields})

    def put(self, kind: str, event: BookEvent) -> str:
        """Enter an event as it is; returns what the book says to it."""
        outcome = self.book.propose(event)
        self.entries.append(Entry(kind, event, outcome))
        return outcome

    def some(self, count: int, fits: Callable[[BookParty], bool]) -> list[BookParty]:
        """Return so many parties that fit and to whom nothing has happened yet; fewer where there are fewer."""
        found: list[BookParty] = []
        for name in sorted(self.state.parties.keys() - self.touched, key=_without_meaning):
            if len(found) == count:
                break
            if fits(self.state.parties[name]):
                found.append(self.state.parties[name])
        self.touched |= {party.party_id for party in found}
        return found

    def home(self, party: BookParty) -> str:
        """Return the present home school of a party."""
        return self.book.law.home(party.lead)

    def registered(self, party: BookParty, zone: str, category: str) -> str:
        """Return the school at which a party registers in a zone, where the zone asks for one."""
        if self.book.law.may_register(zone, category, ""):
            return ""
        old = party.lead.registered_school
        return old if self.book.law.may_register(zone, category, old) else self.book.law.zones[zone].school_id

    def school_clerk(self, school: str) -> str:
        """Return who works at the registration desk of a school."""
        return f"clerk-{school}"

    def principal(self, school: str) -> str:
        """Return the principal of a school."""
        return f"head-{school}"

    def sign(self, round_: str) -> None:
        """Let the principal of every school that gave seats in a round sign its list."""
        name = "" if round_ == "decisions" else round_
        for (of, school), children in sorted(self.state.given.items()):
            if of == name and children:
                digest = sha256(signed_rows_bytes(self.book.law, self.state, round_, school)).hexdigest()
                words = {"round": round_, "school": school, "digest": digest}
                self.enter("signed_off", "signed_off", "principal", self.principal(school), **words)


def _without_meaning(party_id: str) -> bytes:
    """Return a key by which parties stand in an order without meaning, the same on every machine."""
    return sha256(party_id.encode("ascii")).digest()
