"""Days of a publicity, and a calendar of all rounds of a season (office-procedure.md 9.1, C070, Q-35)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import NamedTuple

from allocator.domain import OfficeValues

_DAY = timedelta(days=1)


class Publicity(NamedTuple):
    """First and last day of a publicity."""

    first_day: date
    last_day: date

    @property
    def confirmed_from(self) -> date:
        """The earliest day of the confirmation."""
        return day_after(self.last_day)


class PlannedRound(NamedTuple):
    """The days of a round: opened (pre-admission list), published, confirmed."""

    round: str
    opened: date
    publicity: Publicity
    confirmed: date


class SeasonCalendar(NamedTuple):
    """The days of all rounds of a season.

    Attributes
    ----------
    rounds : tuple of PlannedRound
        In their order; also those that do not fit.
    end : date
        The day by which the last round should be confirmed.
    """

    rounds: tuple[PlannedRound, ...]
    end: date

    @property
    def late(self) -> tuple[PlannedRound, ...]:
        """The rounds that are confirmed after the end: the policy's rounds do not fit where there are any."""
        return tuple(planned for planned in self.rounds if planned.confirmed > self.end)


def day_after(day: date) -> date:
    """Return the next day; of the last day that there is, itself."""
    return day if day == date.max else day + _DAY


def is_working_day(office: OfficeValues, day: date) -> bool:
    """Whether a day counts: Monday to Friday without ``holidays``, and ``workdays``."""
    return day in office.workdays or (day.weekday() < 5 and day not in office.holidays)


def working_days(office: OfficeValues, day: date) -> Iterator[date]:
    """Yield the working days from a day on."""
    while day < date.max:
        if is_working_day(office, day):
            yield day
        day += _DAY


def publicity_from(office: OfficeValues, today: date) -> Publicity:
    """Return the shortest publicity that can begin today: on the first working day, as many of them as it must have.

    Parameters
    ----------
    today : date
        The day of its event; a publicity begins on it or later.
    """
    days = list(islice(working_days(office, today), max(office.publicity_days, 1)))
    return Publicity(days[0], days[-1]) if days else Publicity(today, today)


def last_day_of_season(office: OfficeValues) -> date:
    """Return the day before school begins: the last of August of the year."""
    return date(office.year, 8, 31)


def season_calendar(office: OfficeValues, rounds: Sequence[str], begin: date, end: date) -> SeasonCalendar:
    """Return a calendar of rounds that are still to open.

    Under ``after_opening`` they are spread evenly, so that the last one can be confirmed on the last working day; under
    ``after_confirmation`` a round opens on the day on which the one before it is confirmed.

    Parameters
    ----------
    rounds : sequence of str
        In their order.
    begin, end : date
        The first day on which a round can open, and the day by which the last one should be confirmed.
    """
    length = max(office.publicity_days, 1)
    days = sum(1 for _ in takewhile(lambda day: day <= end, working_days(office, begin)))
    return SeasonCalendar(tuple(_planned(office, rounds, begin, _starts(office, len(rounds), length, days))), end)


def _starts(office: OfficeValues, rounds: int, length: int, days: int) -> list[int]:
    """Return for each round on which working day it opens, counted from the first."""
    if office.next_round == "after_confirmation":
        return [number * length for number in range(rounds)]
    latest = days - 1 - length
    if latest < 0:
        return [0] * rounds
    return [number * latest // max(rounds - 1, 1) for number in range(rounds)]


def _planned(
    office: OfficeValues, rounds: Sequence[str], begin: date, starts: Sequence[int]
) -> Iterator[PlannedRound]:
    """Yield the days of each round."""
    needed = max(starts, default=0) + max(office.publicity_days, 1) + 1
    days = list(islice(working_days(office, begin), needed))
    for name, start in zip(rounds, starts, strict=True):
        publicity = publicity_from(office, days[start])
        confirmed = next(working_days(office, publicity.confirmed_from), date.max)
        yield PlannedRound(name, days[start], publicity, confirmed)
