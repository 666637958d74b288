"""The desk: an entry shown before it is written, asked about where it moves seats, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from allocator.book import signed_rows_bytes
from allocator.casebook import (
    KeptBook,
    Movement,
    MovementWords,
    RefusalWords,
    completed_entry,
    demand_no_private_words,
    movements_between,
    open_book,
    reading,
    round_words,
    school_words,
    writing,
)
from allocator.cli import clock
from allocator.cli.asking import asked_yes, asking_is_possible
from allocator.cli.command import GOOD, UNFINISHED, Teller, print_json
from allocator.domain import ACCEPTED, BookEvent
from allocator.ground import Fault, InputError, echo, text

KIND = "book-event"
MOST_DAYS = timedelta(days=30)
"""A clock further ahead of the last line is asked about."""
WAIT_SECONDS = 5.0
"""How long a clerk waits for another one."""

ASKED = (
    "drawn", "round_opened", "annulled", "late_intake", "reclassification", "withdrawal", "part_withdrawn",
    "revocation", "returned", "objection_closed", "ruling", "seats_added", "seats_removed",
)  # fmt: skip
"""Types of events that move seats, or that cannot be annulled: shown and asked about before they are written."""


class Desk:
    """One call of a clerk at an open book.

    Parameters
    ----------
    now : str
        The time of the call.
    yes : bool
        Whether every question is answered with yes.
    """

    def __init__(self, teller: Teller, kept: KeptBook, now: str, *, yes: bool = False) -> None:
        self.teller, self.kept, self.now, self.yes, self.language = teller, kept, now, yes, teller.language
        self.schools = school_words(kept.district.schools, self.language)

    def is_timely(self) -> bool:
        """Whether an event may be written now; where the clock is far ahead of the book it is asked about.

        Raises
        ------
        InputError
            If nobody is there to be asked.
        """
        if not self.kept.journal:
            return True
        last = json.loads(self.kept.journal[-1])
        now = self.now
        words = {"now": now, "seq": last["seq"], "last": last["at"]}
        if now < last["at"]:
            self._refused("clock", [text("book.clock.behind", self.language, **words)])
            return False
        days = date.fromisoformat(now[:10]) - date.fromisoformat(last["at"][:10])
        if days <= MOST_DAYS:
            return True
        return self._agreed(text("book.clock.ahead", self.language, days=days.days, **words))

    def is_in_season(self, event: BookEvent) -> bool:
        """Whether the season allows an event; asked before files are made ready for it."""
        words = RefusalWords(self.kept.book, self.language)
        if not words.fits_season(str(event["type"])):
            self._refused("season", words.told(event, "season"))
            return False
        return True

    def enter(
        self,
        proposed: Sequence[BookEvent],
        before: Callable[[], Iterable[Path]] = tuple,
        after: Callable[[], Iterable[Path]] = tuple,
        rows: Sequence[int] = (),
    ) -> int:
        """Show what events do, ask where that is due, write them all or none, and tell it; returns the exit status.

        Parameters
        ----------
        before, after : callable
            Make the files that go with an event, before it is written and after it.
        rows : sequence of int
            On which row of a file each event stands; a file is always asked about.
        """
        demand_no_private_words(self.kept.folder, proposed)
        trial, events = self.kept.book.another(), []
        for at, event in enumerate(proposed):
            events.append(completed_entry(trial, event))
            if code := trial.refusal(events[-1]):
                why = RefusalWords(trial, self.language).told(events[-1], code)
                return self._refused(code, why if not rows else self._in_row(rows[at], event, why, len(rows)))
            trial.propose(events[-1])
        moved = movements_between(self.kept.book.state, trial.state)
        if rows:
            self._say([text("book.import.read", self.language, count=len(rows))])
        if rows or any(_is_asked(event) for event in events):
            self._say(MovementWords(self.schools, self.language).lines(moved))
            if not self._agreed(self._question(events)):
                return UNFINISHED
        elif (doubt := self._doubt(events[0])) and not self._agreed(doubt):
            return UNFINISHED
        made = list(before())
        outcomes = self.kept.propose(events)
        for event, outcome in zip(events, outcomes, strict=True):
            if outcome != ACCEPTED:
                return self._refused(outcome, RefusalWords(self.kept.book, self.language).told(event, outcome))
        self.tell_written(events, moved, made, list(after()))
        return GOOD

    def _question(self, events: Sequence[BookEvent]) -> str:
        """Return what is asked before events are written; those of a file may be dated after the clock."""
        if (last := str(events[-1]["at"])) > self.now:
            return text("book.ask.ahead", self.language, at=last, now=self.now)
        return text("book.ask.drawn" if events[0]["type"] == "drawn" else "book.ask.write", self.language)

    def _doubt(self, event: BookEvent) -> str:
        """Return what is asked of a signature under a list of nobody, or by whom another school's id ends; else empty.

        An officer's id is free; where it ends with the id of a school, the longest such is taken for the officer's own.
        """
        if event["type"] != "signed_off":
            return ""
        school, person = str(event["school"]), str(event["by"])
        words = {"round": round_words(str(event["round"]), self.language), "school": self.schools(school)}
        state = self.kept.book.state
        if not signed_rows_bytes(self.kept.book.law, state, str(event["round"]), school).count(b"\n") > 1:
            return text("book.ask.signed_nobody", self.language, **words)
        own = max(filter(person.endswith, self.kept.district.schools), key=len, default=school)
        return "" if own == school else text("book.ask.signed_elsewhere", self.language, person=person, **words)

    def _in_row(self, row: int, event: BookEvent, lines: list[str], count: int) -> list[str]:
        """Return why an event of a file is refused, with its row, and that none is written."""
        name = text(f"book.event.{event['type']}", self.language)
        heading = text("book.import.refused", self.language, row=row, event=name)
        return [heading, *lines, text("book.import.none_written", self.language, count=count)]

    def _refused(self, code: str, lines: Iterable[str]) -> int:
        """Say why nothing is written; returns the exit status."""
        lines = list(lines)
        if self.teller.as_json:
            print_json({"format_version": 1, "kind": KIND, "outcome": code, "why": lines, "head": self.kept.head})
        else:
            self.teller.finish()
            for line in lines:
                echo(line, err=True)
        return UNFINISHED

    def _say(self, lines: Iterable[str]) -> None:
        if not self.teller.quiet:
            for line in lines:
                echo(line)

    def _agreed(self, question: str) -> bool:
        """Ask whether to go on."""
        if self.yes:
            return True
        if self.teller.as_json or not asking_is_possible():
            raise InputError([Fault("book.unasked", "--yes", params={"question": question})])
        echo(question)
        if asked_yes(text("book.ask.yes", self.language)):
            return True
        echo(text("book.said_no", self.language))
        return False

    def tell_written(
        self,
        events: Sequence[BookEvent],
        moved: Sequence[Movement] = (),
        made: Sequence[Path] = (),
        kept_aside: Sequence[Path] = (),
    ) -> None:
        """Say what was written: lines, files, and the head of the journal."""
        last = len(self.kept.journal)
        if self.teller.as_json:
            lines = [{"seq": last - len(events) + at, "type": e["type"]} for at, e in enumerate(events, start=1)]
            answer = {"format_version": 1, "kind": KIND, "outcome": ACCEPTED, "events": lines, "head": self.kept.head}
            print_json({**answer, "moved": list(map(_movement_object, moved))})
            return
        self._say(self._told(events, last - len(events) + 1, moved))
        self._say(text("cli.made", self.language, folder=path) for path in made)
        if kept_aside:
            names = ", ".join(path.name for path in kept_aside)
            self._say([text("book.kept_aside", self.language, names=names)])
        self._say([text("book.head", self.language, head=self.kept.head)])

    def _told(self, events: Sequence[BookEvent], first: int, moved: Sequence[Movement]) -> Iterable[str]:
        """Yield what stands in the book now."""
        if len(events) > 1 and len({event["type"] for event in events}) > 1:
            last = first + len(events) - 1
            yield text("book.entered_many", self.language, count=len(events), first=first, last=last)
            return
        for seq, event in enumerate(events, start=first):
            name, of_round = text(f"book.event.{event['type']}", self.language), str(event.get("round", ""))
            if of_round:
                words = {"event": name, "round": round_words(of_round, self.language)}
                name = text("book.event_of_round", self.language, **words)
            yield text("book.entered", self.language, seq=seq, event=name)
            if event["type"] == "publicity_opened":
                days = {"first": event["first_day"], "last": event["last_day"]}
                yield text("book.day_until", self.language, **days)
            elif event["type"] == "late_intake":
                parties = [self.kept.book.state.parties[one.party] for one in moved if one.before is None]
                ids = ", ".join(child for party in parties for child in party.children)
                yield text("book.late_ids", self.language, ids=ids)


@contextmanager
def open_desk(teller: Teller, folder: Path, by: str, *, yes: bool = False) -> Iterator[Desk]:
    """Open a book for a clerk, as its only writer.

    Raises
    ------
    InputError
        If another one works, there is no book, or it is not whole and unchanged.
    """
    now = clock.clock_time()
    teller("progress.book")
    with writing(folder, by, now, WAIT_SECONDS) as kept:
        teller.finish()
        yield Desk(teller, kept, now, yes=yes)


def open_season(teller: Teller, folder: Path, by: str) -> None:
    """Begin a book with its first line, as ``book open`` does.

    Raises
    ------
    InputError
        If there is one, or none can be kept of the folder's policy.
    """
    now = clock.clock_time()
    open_book(folder, by, now, WAIT_SECONDS)
    with reading(folder) as kept:
        Desk(teller, kept, now).tell_written([{"type": "season_opened"}])


def _is_asked(event: BookEvent) -> bool:
    """Whether an event is asked about; an objection that is rejected moves nothing."""
    return event["type"] in ASKED and event.get("result") != "rejected"


def _movement_object(moved: Movement) -> dict[str, object]:
    """Return a movement as JSON has it."""
    before = None if moved.before is None else moved.before._asdict()
    return {**moved._asdict(), "before": before, "after": moved.after._asdict()}
