"""A season from its first event to its last: a pure function of frozen inputs and events (office-procedure.md 7)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from hashlib import sha256

from allocator.book.effects import EFFECTS
from allocator.book.judging import Digests, judge_proposed_event
from allocator.book.law import Law, present_rows
from allocator.book.state import BookParty, BookRound, BookState
from allocator.domain import ACCEPTED, NO_HEAD, BookEvent, District, Played
from allocator.eligibility import eligible_parties


class Book:
    """A season as far as it has come.

    Parameters
    ----------
    district : District
        Frozen roster, schools, zones and policy.
    digests : Digests, optional
        What the digests in events are compared with.
    """

    def __init__(self, district: District, digests: Digests | None = None) -> None:
        self.law, self.digests = Law(district), digests or Digests()
        own = {name: school for name, school in district.schools.items() if not school.external}
        self.state = BookState(
            parties={p.party_id: BookParty(p.lead, p.children) for p in eligible_parties(district.applicants)},
            rounds={name: BookRound() for name in self.law.rounds},
            plan={name: school.plan for name, school in own.items()},
            cap={name: school.most for name, school in own.items()},
            taken=dict.fromkeys(own, 0),
        )
        self.journal: list[bytes] = []
        self._last: BookEvent | None = None
        self._before: BookState | None = None

    @property
    def head(self) -> str:
        """Digest of the journal's last line."""
        return sha256(self.journal[-1]).hexdigest() if self.journal else NO_HEAD

    def refusal(self, event: BookEvent) -> str:
        """Return the code by which an event would be refused now; empty where it would be accepted."""
        return judge_proposed_event(self.law, self.state, event, self._last, self.digests)

    def is_refused_by_digest(self, event: BookEvent) -> bool:
        """Whether an event would be accepted but for a digest that is not that of the program's own file."""
        return bool(self.refusal(event)) and not judge_proposed_event(
            self.law, self.state, event, self._last, Digests()
        )

    def propose(self, event: BookEvent) -> str:
        """Judge an event and, where it is accepted, write its line and let it take effect; return the outcome."""
        if code := self.refusal(event):
            return code
        if event["type"] == "annulled":
            self._take_back()
        else:
            self._before, self.state = self.state, self.state.copy()
            EFFECTS[str(event["type"])](self.law, self.state, {key: str(value) for key, value in event.items()})
        self._last = {**event, "seq": len(self.journal) + 1, "prev": self.head}
        self.journal.append(journal_line(self._last))
        return ACCEPTED

    def _take_back(self) -> None:
        """Return to the state before the last event; ids of late families are not given again."""
        if self._before is None:
            raise ValueError("Expected an event before one that annuls it.")
        self.state, self._before = replace(self._before, late=self.state.late), None

    def another(self) -> Book:
        """Return the same season, to go on apart from this one; what is tried there changes nothing here."""
        made = copy(self)
        made.journal = list(self.journal)
        return made


def journal_line(event: BookEvent) -> bytes:
    """Return the one spelling of a journal line, without its LF."""
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def play(district: District, events: Iterable[BookEvent], digests: Digests | None = None) -> Played:
    """Return what becomes of a season's proposed events."""
    book = Book(district, digests)
    outcomes = tuple(map(book.propose, events))
    return Played(outcomes, tuple(book.journal), present_rows(book.state))
