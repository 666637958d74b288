"""What can be entered in a book now, what should be, and what waits for a day (office-procedure.md 9.1).

The property that a test holds: each step that can be taken today is an event that the book accepts, and every event
of table 9.1 that it accepts is among the steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from allocator.book import CONFIRMED, NEEDS_RULING, OPENED, PENDING, PUBLICITY, SEATED, WAITING, Book
from allocator.casebook.history import History, history_of
from allocator.casebook.publicity import day_after, publicity_from

Urgency: TypeAlias = Literal["due", "waits", "may"]
"""Should be done now; can be done from a day on; can be done if it is called for."""

_NEVER_ANNULLED = ("annulled", "season_opened", "drawn", "signed_off")


class NextStep(NamedTuple):
    """One event that can be entered, now or from a day on.

    Attributes
    ----------
    kind : str
        Type of the event.
    role : str
        Who enters it.
    urgency : {"due", "waits", "may"}
        How pressing it is.
    fields : mapping
        What its command names; digests and reasons are added when it is entered.
    since : date or None
        The first day on which it is accepted; None: now.
    why : str
        Which words of ``book.next.<kind>`` tell of it, where there are several.
    others : tuple of str
        Further parties or schools for which the same is to be done.
    """

    kind: str
    role: str
    urgency: Urgency
    fields: Mapping[str, str | int] = {}
    since: date | None = None
    why: str = ""
    others: tuple[str, ...] = ()


class FolderFacts(NamedTuple):
    """What a book's folder says beside the book itself.

    Attributes
    ----------
    held : int
        Children whom the determination holds back: then a freeze must wait, though the book does not know them.
    purged : str
        Day on which personal data were purged: nothing can be entered any more; empty where they were not.
    tables : bool
        Whether there are applications, or a reviewed roster: without either the export comes first.
    """

    held: int = 0
    purged: str = ""
    tables: bool = True


NO_FACTS = FolderFacts()


def next_steps(book: Book, today: date, facts: FolderFacts = NO_FACTS) -> tuple[NextStep, ...]:
    """Return the steps of a book: those due first, then those that wait for a day, then those that are possible.

    Parameters
    ----------
    today : date
        The day on which they would be entered; the day of the journal's last line where that is later.
    facts : FolderFacts, optional
        What its folder says.
    """
    if facts.purged:
        return ()
    history = history_of(book.journal)
    steps = list(_Steps(book, history, max(today, history.last_day(today)), facts).all())
    order = {"due": 0, "waits": 1, "may": 2}
    return tuple(sorted(steps, key=lambda step: order[step.urgency]))


class _Steps:
    """The steps of a book on a day."""

    def __init__(self, book: Book, history: History, today: date, facts: FolderFacts) -> None:
        self.law, self.state, self.history, self.today = book.law, book.state, history, today
        self.held, self.tables = facts.held, facts.tables

    def all(self) -> Iterator[NextStep]:
        """Yield them by the season's state."""
        season = self.state.season
        if season == "none":
            yield NextStep("season_opened", "office", "due")
            return
        if season == "open":
            yield from self._open()
        elif season == "frozen":
            yield NextStep("drawn", "office", "due")
            yield NextStep("unfrozen", "group", "may")
        else:
            yield from self._drawn()
        last = self.history.lines[-1]
        if last["type"] not in _NEVER_ANNULLED:
            yield NextStep("annulled", "office", "may", {"annuls": int(str(last["seq"]))}, why=str(last["type"]))
        yield NextStep("note", "office", "may")

    def _open(self) -> Iterator[NextStep]:
        """Tables become a determination, a determination a freeze."""
        if self.state.was_determined:
            yield NextStep("frozen", "office", "may" if self.held else "due", why="held" if self.held else "")
            urgency: Urgency = "due" if self.held else "may"
            yield NextStep("determined", "office", urgency, why="held" if self.held else "again")
        else:
            yield NextStep("determined", "office", "due", why="" if self.tables else "tables")

    def _drawn(self) -> Iterator[NextStep]:
        """Rounds, rulings, signatures, locks."""
        for name, round_ in self.state.rounds.items():
            if round_.state == OPENED:
                yield from self._opened(name)
            elif round_.state == PUBLICITY:
                yield from self._in_publicity(name)
        yield from self._opening()
        yield from self._ruling()
        for name, schools in self.history.unsigned(self.law, self.state).items():
            fields = {"round": name, "school": schools[0]}
            yield NextStep("signed_off", "principal", "due", fields, others=schools[1:])
        yield from self._locks()

    def _opened(self, name: str) -> Iterator[NextStep]:
        """Publish what was opened; where nobody got a seat, there is nothing to publish."""
        publicity = publicity_from(self.law.office, self.today)
        days = {"first_day": publicity.first_day.isoformat(), "last_day": publicity.last_day.isoformat()}
        holds = any(party.state == SEATED and party.round == name for party in self.state.parties.values())
        if not holds:
            yield NextStep("round_confirmed", "office", "due", {"round": name}, why="nobody")
        urgency: Urgency = "due" if holds else "may"
        yield NextStep("publicity_opened", "office", urgency, {"round": name, **days}, why="" if holds else "nobody")

    def _in_publicity(self, name: str) -> Iterator[NextStep]:
        """Answer objections; confirm after the last day."""
        last_day = self.state.rounds[name].last_day
        assert last_day is not None
        objections = [key for key, one in self.state.objections.items() if one.round == name and one.is_open]
        if objections:
            fields = {"objection": objections[0], "result": "rejected"}
            yield NextStep("objection_closed", "office", "due", fields, others=tuple(objections[1:]))
        if self.today <= last_day:
            if last_day < date.max:
                why = "objections" if objections else "publicity"
                yield NextStep("round_confirmed", "office", "waits", {"round": name}, day_after(last_day), why)
            yield NextStep("objection", "office", "may", {"round": name})
        elif not objections:
            yield NextStep("round_confirmed", "office", "due", {"round": name})
        if last_day < date.max:
            later = publicity_from(self.law.office, day_after(max(last_day, self.today))).first_day.isoformat()
            yield NextStep("publicity_extended", "office", "may", {"round": name, "last_day": later})

    def _opening(self) -> Iterator[NextStep]:
        """Open the next round; a further adjustment helps only where somebody waits and seats are left."""
        name, rounds = self.state.following_round, self.state.rounds
        is_confirmed = all(round_.state in (PENDING, CONFIRMED) for round_ in rounds.values())
        is_early = not is_confirmed and self.law.office.next_round == "after_confirmation"
        if is_early or not self.law.exists(name):
            return
        if name in rounds:
            yield NextStep("round_opened", "office", "due", {"round": name})
            return
        waiting = any(party.state == WAITING for party in self.state.parties.values())
        left = any(self.law.left(self.state, school) > 0 for school in self.state.plan)
        helps = is_confirmed and waiting and left
        yield NextStep("round_opened", "office", "due" if helps else "may", {"round": name}, why="further")

    def _ruling(self) -> Iterator[NextStep]:
        """Put before the leading group what no rule decides."""
        parties = [name for name, party in self.state.parties.items() if party.state == NEEDS_RULING]
        if parties:
            fields = {"party": parties[0], "decision": "adjust"}
            yield NextStep("ruling", "group", "due", fields, others=tuple(parties[1:]))

    def _locks(self) -> Iterator[NextStep]:
        """Write the locks once no round is open and the adjustment is confirmed."""
        rounds = self.state.rounds
        is_adjusted = "adjustment" in rounds and rounds["adjustment"].state == CONFIRMED
        if is_adjusted and not any(round_.is_open for round_ in rounds.values()):
            yield NextStep("locks_written", "office", "may" if self.history.locks_are_written() else "due")
