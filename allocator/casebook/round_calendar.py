"""The calendar of a book's rounds: days that the journal has, and days planned for all that is still to come (Q-35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from allocator.book import CONFIRMED, PENDING, Book
from allocator.casebook.history import RoundDays, history_of
from allocator.casebook.publicity import Publicity, publicity_from, season_calendar, working_days
from allocator.casebook.words import round_words
from allocator.sheets import Column, Mark, Part, Table, bilingual, both


class CalendarRound(NamedTuple):
    """The days of one round.

    Attributes
    ----------
    days : RoundDays
        All four of them.
    planned : frozenset of str
        Names of those of ``days`` that are no facts yet.
    """

    round: str
    days: RoundDays
    planned: frozenset[str]


class BookCalendar:
    """The days of all rounds of a book.

    Parameters
    ----------
    book : Book
        As it stands.
    begin, end : date
        The first day on which something new can be entered (that of the journal's last line where it is later), and
        the day by which all should be confirmed.
    """

    def __init__(self, book: Book, begin: date, end: date) -> None:
        history = history_of(book.journal)
        self.book, self.begin, self.end, self.office = book, max(begin, history.last_day(begin)), end, book.law.office
        self.asked = begin
        begun = [name for name, round_ in book.state.rounds.items() if round_.state != PENDING]
        self._known = history.round_days()
        self.rounds = tuple(map(self._begun, begun))
        self.rounds += tuple(self._to_come(self.office.next_round))

    @property
    def late(self) -> tuple[CalendarRound, ...]:
        """The rounds that cannot be confirmed by the end."""
        return tuple(row for row in self.rounds if row.days.confirmed is not None and row.days.confirmed > self.end)

    @property
    def would_fit(self) -> bool:
        """Whether all rounds could be confirmed by the end if each opened after the opening of the one before."""
        planned = self._to_come("after_opening")
        return all(row.days.confirmed is not None and row.days.confirmed <= self.end for row in planned)

    def _begun(self, name: str) -> CalendarRound:
        """Return a round that has opened: its days, and the earliest ones for what is still to be done."""
        days = self._known[name]
        missing = frozenset(key for key, day in days._asdict().items() if day is None)
        if days.last_day is None:
            publicity = publicity_from(self.office, self.begin)
        else:
            publicity = Publicity(days.first_day or days.last_day, days.last_day)
        if self.book.state.rounds[name].state == CONFIRMED:  # perhaps without a publicity, as nobody has a seat of it
            return CalendarRound(name, days, frozenset())
        confirmed = next(working_days(self.office, max(self.begin, publicity.confirmed_from)), date.max)
        return CalendarRound(name, RoundDays(days.opened, *publicity, confirmed), missing)

    def _to_come(self, rule: str) -> Iterator[CalendarRound]:
        """Yield the rounds that nobody has opened, as a rule for the next round lets them."""
        pending = [name for name, round_ in self.book.state.rounds.items() if round_.state == PENDING]
        ends = [row.days.confirmed for row in self.rounds if row.days.confirmed and row.planned]
        begin = max([self.begin, *ends]) if rule == "after_confirmation" else self.begin
        office = replace(self.office, next_round=rule)  # type: ignore[arg-type]
        for planned in season_calendar(office, pending, begin, self.end).rounds:
            days = RoundDays(planned.opened, *planned.publicity, planned.confirmed)
            yield CalendarRound(planned.round, days, frozenset(RoundDays._fields))

    def parts(self) -> Iterator[Part]:
        """Give what the terminal shows."""
        yield Mark(self.book.law.policy.title, "title")
        rule = both(f"book.calendar.{self.office.next_round}")
        words = {"rule": rule, "count": self.office.publicity_days}
        yield both("book.calendar.rule", **words)
        yield self.table()
        if self.begin > self.asked:
            yield both("book.calendar.begins_later", asked=str(self.asked), begin=str(self.begin))
        if self.late:
            last = max(row.days.confirmed for row in self.late if row.days.confirmed)
            yield Mark(both("book.calendar.late", count=len(self.late), end=str(self.end), last=str(last)), "alarm")
            if self.office.next_round == "after_confirmation" and self.would_fit:
                yield both("book.calendar.would_fit", end=str(self.end))

    def table(self) -> Table:
        """Return a line for each round; planned days are marked."""
        rows = tuple(
            (bilingual(lambda language, name=row.round: round_words(name, language)),  # type: ignore[misc]
             *(self._cell(row, key) for key in RoundDays._fields),
             both("book.calendar.is_late") if row in self.late else "")
            for row in self.rounds
        )  # fmt: skip
        keys = ("round", *RoundDays._fields, "remark")
        heads = tuple(Column(both(f"book.calendar.{key}"), key=key, whole=True) for key in keys)
        note = both("book.calendar.planned") if any(row.planned for row in self.rounds) else ""
        caption = both("book.calendar.title", begin=str(self.begin), end=str(self.end))
        return Table(heads, rows, caption, note, tight=True, kind="book-calendar")

    def _cell(self, row: CalendarRound, key: str) -> str:
        day = getattr(row.days, key)
        return "" if day is None else f"{day:%m-%d}" + ("*" if key in row.planned else "")

    def as_object(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "format_version": 1, "kind": "book-calendar", "next_round": self.office.next_round,
            "publicity_days": self.office.publicity_days, "begin": self.begin.isoformat(), "end": self.end.isoformat(),
            "rounds": [
                {
                    "round": row.round, "planned": sorted(row.planned), "late": row in self.late,
                    **{key: None if day is None else day.isoformat() for key, day in row.days._asdict().items()},
                }
                for row in self.rounds
            ],
        }  # fmt: skip
