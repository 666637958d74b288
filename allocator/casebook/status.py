"""Where a book stands: season, rounds with their days, children, objections, what is due and what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from allocator.book import CONFIRMED, EXTERNAL, NEEDS_RULING, PUBLICITY, SEATED, WAITING, Book
from allocator.casebook.history import RoundDays, history_of
from allocator.casebook.next_steps import NO_FACTS, FolderFacts
from allocator.casebook.next_words import NextWords
from allocator.casebook.publicity import day_after
from allocator.casebook.words import round_words
from allocator.domain import Text
from allocator.ground import Language, text
from allocator.sheets import NONE, Column, Mark, Part, Table, bilingual, both, columns

MOST_NAMED = 8
"""Parties and objections named on the screen; of more their number. All of them are in the JSON output."""
_TOLD = ("objection_closed", "ruling", "signed_off")
_STATES = (SEATED, WAITING, NEEDS_RULING, EXTERNAL)


class RoundStatus(NamedTuple):
    """Where one round stands.

    Attributes
    ----------
    days : RoundDays
        As the journal has them.
    confirmed_from : date or None
        In publicity, the earliest day of the confirmation, if every objection is answered by then.
    children : int
        Those who hold a seat of it now.
    objections : int
        Open ones.
    lists, signed : int
        Schools with children of it, and those whose present list is signed.
    """

    round: str
    state: str
    days: RoundDays
    confirmed_from: date | None
    children: int
    objections: int
    lists: int
    signed: int


class BookStatus:
    """Where a book stands on a day.

    Parameters
    ----------
    book : Book
        After the journal's last line.
    today : date
        The day on which somebody asks.
    facts : FolderFacts, optional
        What its folder says.
    """

    def __init__(self, book: Book, today: date, facts: FolderFacts = NO_FACTS) -> None:
        self.book, self.today, self.state, self.facts = book, today, book.state, facts
        self.history = history_of(book.journal)
        self.unsigned = self.history.unsigned(book.law, book.state)
        self.rounds = tuple(self._rounds())
        self.children = self._children()
        self.left = sum(max(book.law.left(self.state, school), 0) for school in self.state.plan)
        self.needs_ruling = tuple(name for name, p in self.state.parties.items() if p.state == NEEDS_RULING)
        self.objections = {key: one for key, one in self.state.objections.items() if one.is_open}

    def _rounds(self) -> Iterator[RoundStatus]:
        """Yield every round, pending ones too."""
        days = self.history.round_days()
        still_open = Counter(one.round for one in self.state.objections.values() if one.is_open)
        for name, round_ in self.state.rounds.items():
            held = {school: n for (of, school), n in self.state.given.items() if of == name and n}
            waits = round_.state == PUBLICITY and round_.last_day is not None
            confirmed_from = day_after(round_.last_day) if waits and round_.last_day else None
            signed = len(held.keys() - set(self.unsigned.get(name, ()))) if round_.state == CONFIRMED else 0
            yield RoundStatus(name, round_.state, days.get(name, RoundDays()), confirmed_from, sum(held.values()),
                              still_open[name], len(held), signed)  # fmt: skip

    def _children(self) -> Mapping[str, int]:
        """Return the children by the state of their party; those out of the book for good are ``gone``."""
        found: Counter[str] = Counter()
        for party in self.state.parties.values():
            found[party.state if party.state in _STATES else "gone"] += party.size
        found["gone"] += len(self.state.left_early)
        return {word: found[word] for word in (*_STATES, "gone")}

    def as_object(self) -> dict[str, Any]:
        """Return it for programs."""
        last = self.history.lines[-1] if self.history.lines else None
        office = self.book.law.office
        keys = ("seq", "at", "by", "role", "type")
        return {
            "format_version": 1, "kind": "book-status", "year": office.year, "stage": office.stage,
            "season": self.state.season, "today": self.today.isoformat(), "lines": len(self.history.lines),
            "head": self.book.head, "last": None if last is None else {key: last[key] for key in keys},
            "children": dict(self.children), "seats_left": self.left,
            "rounds": [_round_object(row) for row in self.rounds], "needs_ruling": list(self.needs_ruling),
            "objections": [
                {"objection": key, "round": one.round, "party": one.party} for key, one in self.objections.items()
            ],
            "unsigned": {name: list(schools) for name, schools in self.unsigned.items()},
        }  # fmt: skip

    def parts(self) -> Iterator[Part]:
        """Give what the terminal shows."""
        office = self.book.law.office
        yield Mark(self.book.law.policy.title, "title")
        season = both(f"book.season.{self.state.season}")
        stage = both(f"book.stage.{office.stage}")
        yield both("book.status.season", season=season, stage=stage, year=office.year, lines=len(self.history.lines))
        yield both("book.status.head", head=self.book.head)
        if self.history.lines:
            yield bilingual(self._last_line)
        if self.state.season in ("frozen", "drawn"):
            yield both("book.status.children", **self.children, total=sum(self.children.values()), left=self.left)
        if self.state.season == "drawn":
            yield self._table()
            yield from self._who_waits()
        yield bilingual(self._next)

    def _last_line(self, language: Language) -> str:
        """Return what was entered last, when and by whom."""
        last = self.history.lines[-1]
        name = round_words(str(last["round"]), language) if "round" in last else ""
        words = {"event": text(f"book.event.{last['type']}", language), "about": name and f" {name}"}
        at, role = str(last["at"]).replace("T", " "), text(f"book.role.{last['role']}", language)
        return text("book.status.last", language, seq=last["seq"], at=at, by=last["by"], role=role, **words)

    def _table(self) -> Table:
        """Return the rounds."""
        names = ("round", "state", "opened", "publicity", "confirmed", "children", "signed")
        heads = [Column(c.title, "right" if c.key == "children" else "left", key=c.key, whole=True)
                 for c in columns("book.status.column", names)]  # fmt: skip
        return Table(tuple(heads), tuple(self._row(row) for row in self.rounds), tight=True, kind="book-rounds")

    def _row(self, row: RoundStatus) -> tuple[Text | str | int | None, ...]:
        """Return one line of the rounds."""
        days = row.days
        public = f"{_short(days.first_day)}…{_short(days.last_day)}" if days.first_day else NONE
        confirmed: Text | str = _short(days.confirmed)
        if row.confirmed_from is not None:
            confirmed = both("book.status.from", day=_short(row.confirmed_from))
        signed = f"{row.signed}/{row.lists}" if row.state == CONFIRMED else NONE
        began = row.state != "pending"
        return (
            bilingual(lambda language: round_words(row.round, language)), both(f"book.stands.{row.state}"),
            _short(days.opened), public, confirmed, row.children if began else None, signed,
        )  # fmt: skip

    def _who_waits(self) -> Iterator[Text]:
        """Yield who waits for a ruling, open objections, and whose lists are not signed."""
        if self.needs_ruling:
            words = {"count": len(self.needs_ruling), "named": bilingual(lambda one: named(self.needs_ruling, one))}
            yield both("book.status.needs_ruling", **words)
        if self.objections:
            yield both("book.status.objections", count=len(self.objections), named=bilingual(self._objections))
        if self.unsigned:
            count = sum(map(len, self.unsigned.values()))
            yield both("book.status.unsigned", count=count, named=bilingual(self._unsigned))

    def _unsigned(self, language: Language) -> str:
        """Return the rounds whose lists are not signed, each with the number of its schools."""
        counts = [(round_words(name, language), len(schools)) for name, schools in self.unsigned.items()]
        told = [text("book.status.unsigned_round", language, round=name, count=count) for name, count in counts]
        return ("、" if language == "zh" else ", ").join(told)

    def _objections(self, language: Language) -> str:
        """Return the open objections with round and party."""
        told = [
            text("book.status.objection", language, objection=key, round=round_words(one.round, language),
                 party=one.party)
            for key, one in self.objections.items()
        ]  # fmt: skip
        return named(told, language)

    def _next(self, language: Language) -> str:
        """Return what is due and what waits for a day, a line each; who waits was told before."""
        told = NextWords(self.book, self.today, language, self.facts)
        lines = []
        for urgency in ("due", "waits"):
            steps = [step for step in told.steps if step.urgency == urgency and step.kind not in _TOLD]
            if steps:
                lines.append(text(f"book.next.{urgency}", language))
                lines += [f"  · {told.sentence(step)}" for step in steps]
        lines += [f"  · {line}" for line in told.closing()]
        return "\n".join(lines or [text("book.next.nothing", language)])


def named(names: Sequence[str], language: Language) -> str:
    """Return some names one after another; of very many the first, and how many more there are."""
    shown = ("、" if language == "zh" else ", ").join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return shown if more <= 0 else text("book.status.more", language, shown=shown, more=more)


def _short(day: date | None) -> str:
    """Return month and day; the year is the book's."""
    return NONE if day is None else f"{day:%m-%d}"


def _round_object(row: RoundStatus) -> dict[str, Any]:
    """Return a round for programs; days as texts, null where there is none."""
    days = {name: None if day is None else day.isoformat() for name, day in row.days._asdict().items()}
    confirmed_from = None if row.confirmed_from is None else row.confirmed_from.isoformat()
    return row._asdict() | {"days": days, "confirmed_from": confirmed_from}
