"""Days of publicities, and calendars of all rounds of a season."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from allocator.book import Book
from allocator.casebook.publicity import (
    Publicity,
    last_day_of_season,
    publicity_from,
    season_calendar,
)
from allocator.domain import ACCEPTED, District, OfficeValues
from tests import conformance
from tests.random_seasons import DIGEST

FRIDAY = date(2023, 8, 4)
ROUNDS = tuple(Book(District(conformance.policy(), {}, {}, ())).law.rounds)


BEGINNING = (
    ("season_opened", {"year": 2023, "stage": "primary", "policy": DIGEST}),
    ("determined", {"inputs": DIGEST, "determination": DIGEST}),
    ("frozen", {"inputs": DIGEST, "roster": DIGEST, "policy": DIGEST, "held": 0}),
    ("drawn", {"transcript": DIGEST}),
    ("round_opened", {"round": ROUNDS[0]}),
)
"""A season as far as its first round."""


def office(rule: str = "after_opening", **values: object) -> OfficeValues:
    """The office of 2023."""
    return replace(OfficeValues(), next_round=rule, **values)  # type: ignore[arg-type]


def test_five_working_days_over_a_weekend() -> None:
    """From Friday to Thursday; confirmation on the day after, whatever day of the week it is."""
    found = publicity_from(office(), FRIDAY)
    assert found == Publicity(FRIDAY, date(2023, 8, 10))
    assert found.confirmed_from == date(2023, 8, 11)
    assert publicity_from(office(publicity_days=1), FRIDAY) == Publicity(FRIDAY, FRIDAY)


def test_it_begins_on_a_working_day() -> None:
    """A Saturday waits for Monday, unless it is worked; a holiday waits too; no days asked for is one day."""
    saturday, monday = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)
    assert publicity_from(office(), saturday).first_day == monday
    assert publicity_from(office(workdays=(saturday,)), saturday).first_day == saturday
    assert publicity_from(office(holidays=(monday,)), saturday).first_day == monday + timedelta(days=1)
    assert publicity_from(office(publicity_days=0), saturday) == Publicity(monday, monday)


@pytest.mark.parametrize("number", range(30))
def test_the_book_takes_the_days_and_no_shorter_ones(number: int) -> None:
    """Whatever holidays and worked weekends there are; one working day less is refused."""
    rng = random.Random(f"days|{number}")
    around = [FRIDAY + timedelta(days=rng.randrange(20)) for _ in range(8)]
    values = office(publicity_days=rng.choice((1, 2, 5)), holidays=tuple(around[:5]), workdays=tuple(around[3:]))
    found = publicity_from(values, FRIDAY)
    book = Book(District(replace(conformance.policy(), office=values), {}, {}, ()))
    entry = {"at": "2023-08-04T09:00:00", "by": "u-1", "role": "office"}
    for kind, fields in BEGINNING:
        assert book.propose({**entry, "type": kind, **fields}) == ACCEPTED
    days = {"first_day": found.first_day.isoformat(), "last_day": found.last_day.isoformat()}
    event = {**entry, "type": "publicity_opened", **days}
    assert book.refusal({**event, "round": ROUNDS[0]}) == ""
    shorter = {**event, "last_day": (found.last_day - timedelta(days=1)).isoformat(), "round": ROUNDS[0]}
    assert book.refusal(shorter) == "state"


def test_fourteen_rounds_of_a_summer() -> None:
    """Under ``after_opening`` they fit between 28 July and 31 August, in order, the last confirmed on the last day."""
    assert len(ROUNDS) == 14
    calendar = season_calendar(office(), ROUNDS, date(2023, 7, 28), last_day_of_season(office()))
    assert calendar.end == date(2023, 8, 31)
    assert calendar.late == ()
    assert [planned.round for planned in calendar.rounds] == list(ROUNDS)
    assert calendar.rounds[0].opened == date(2023, 7, 28)
    assert calendar.rounds[-1].confirmed == date(2023, 8, 31)
    assert all(one.opened < other.opened for one, other in pairwise(calendar.rounds))
    assert all(planned.publicity == publicity_from(office(), planned.opened) for planned in calendar.rounds)
    assert all(planned.confirmed > planned.publicity.last_day for planned in calendar.rounds)


def test_one_after_the_other_does_not_fit() -> None:
    """Under ``after_confirmation`` four rounds are confirmed by the end of August, and ten are late."""
    values = office("after_confirmation")
    calendar = season_calendar(values, ROUNDS, date(2023, 7, 28), date(2023, 8, 31))
    assert [planned.round for planned in calendar.late] == list(ROUNDS[4:])
    assert all(one.confirmed == other.opened for one, other in pairwise(calendar.rounds))


def test_too_few_days_for_one_publicity() -> None:
    """Rounds open together on the first day, and all of them are late."""
    calendar = season_calendar(office(), ROUNDS, date(2023, 8, 28), date(2023, 8, 31))
    assert calendar.late == calendar.rounds
    assert {planned.opened for planned in calendar.rounds} == {date(2023, 8, 28)}
