"""What is to be done next: what a book is said to accept it accepts, and nothing of table 9.1 is left unsaid."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256

import pytest

from allocator.book import Book, signed_rows_bytes
from allocator.casebook.history import history_of
from allocator.casebook.next_steps import NextStep, next_steps
from allocator.domain import ACCEPTED, BookEvent
from tests.random_seasons import DIGEST, random_season

FAST, THOROUGH = 40, 3_000
STAND_INS: Mapping[str, Mapping[str, object]] = {
    "determined": {"inputs": DIGEST, "determination": DIGEST},
    "frozen": {"inputs": DIGEST, "roster": DIGEST, "policy": DIGEST, "held": 0},
    "unfrozen": {"reason": "x"},
    "drawn": {"transcript": DIGEST},
    "annulled": {"reason": "x"},
    "note": {"text": "x"},
    "locks_written": {"locks": DIGEST},
    "objection_closed": {"school": "", "text": "x"},
    "ruling": {"school": "", "reason": "x"},
}
"""What a command adds to the fields of a step."""


@pytest.mark.parametrize("first", range(0, FAST, 20))
def test_next_in_random_seasons(first: int) -> None:
    """After every event of forty seasons, on days before and after the clock of the journal."""
    for number in range(first, first + 20):
        steps_hold(number)


@pytest.mark.long
@pytest.mark.parametrize("first", range(FAST, THOROUGH, 20))
def test_next_in_many_random_seasons(first: int) -> None:
    """The same of three thousand."""
    for number in range(first, first + 20):
        steps_hold(number)


def test_every_step_comes_up() -> None:
    """The first hundred seasons hold every kind of step, and confirmations that are due and such as wait."""
    kinds = {
        "season_opened", "determined", "frozen", "unfrozen", "drawn", "round_opened", "publicity_opened", "objection",
        "publicity_extended", "objection_closed", "round_confirmed", "signed_off", "ruling", "locks_written",
        "annulled", "note",
    }  # fmt: skip
    urgencies = {("round_confirmed", "due"), ("round_confirmed", "waits"), ("round_opened", "may")}
    found: set[tuple[str, str]] = set()
    for number in range(100):
        if {kind for kind, _ in found} == kinds and urgencies <= found:
            return
        for book, today in moments(number):
            found |= {(step.kind, step.urgency) for step in next_steps(book, today)}
    raise AssertionError(found)


def moments(number: int) -> Iterator[tuple[Book, date]]:
    """Yield a season's book before its first event and after every accepted one, each with a day."""
    season = random_season(number)
    book = Book(season.district)
    yield book, date(2023, 7, 1)
    for at, event in enumerate(season.events):
        if book.propose(event) == ACCEPTED:
            yield book, date.fromisoformat(str(event["at"])[:10]) + timedelta(days=(0, -3, 1, 4, 9)[at % 5])


def steps_hold(number: int) -> None:
    """What is said can be done, can be; what waits can be done on its day and not before; nothing is left unsaid."""
    for book, today in moments(number):
        steps = next_steps(book, today)
        now = max(today, history_of(book.journal).last_day(today))
        for step in steps:
            day = step.since or now
            has_objection = step.why == "objections"
            assert (book.refusal(entered(book, step, day)) == "") is not has_objection, (number, step)
            assert step.since is None or book.refusal(entered(book, step, day - timedelta(days=1))) == "state"
            assert (step.urgency == "waits") is (step.since is not None)
        said = {(step.kind, str(step.fields.get("round", ""))) for step in steps if step.since is None}
        possible = {key for key, event in candidates(book, now) if book.refusal(event) == ""}
        assert {(kind, name) for kind, name in said if kind in TABLE} == possible, number


def entered(book: Book, step: NextStep, day: date) -> BookEvent:
    """Return the event of a step as its command would enter it on a day."""
    last = str(json.loads(book.journal[-1])["at"]) if book.journal else ""
    at = max(f"{day.isoformat()}T23:00:00", last if last[:10] == day.isoformat() else "")
    event: dict[str, object] = {"at": at, "by": "u-1", "role": step.role, "type": step.kind, **step.fields}
    event |= STAND_INS.get(step.kind, {})
    office = book.law.office
    if step.kind == "season_opened":
        event |= {"year": office.year, "stage": office.stage, "policy": DIGEST}
    if step.kind == "objection":
        event |= {"objection": "O-new", "party": next(iter(book.state.parties)), "text": "x"}
    if step.kind == "signed_off":
        listed = signed_rows_bytes(book.law, book.state, str(step.fields["round"]), str(step.fields["school"]))
        event["digest"] = sha256(listed).hexdigest()
    return event


TABLE = frozenset({
    "season_opened", "determined", "frozen", "unfrozen", "drawn", "round_opened", "publicity_opened", "objection",
    "publicity_extended", "round_confirmed", "locks_written", "note", "annulled",
})  # fmt: skip
"""Events of table 9.1 but ``signed_off``, which a principal may repeat at any time."""


def candidates(book: Book, day: date) -> Iterator[tuple[tuple[str, str], BookEvent]]:
    """Yield an event of each type of table 9.1, of every round where it names one, entered on a day."""
    rounds = (*book.state.rounds, book.state.following_round)
    far: dict[str, object] = {"first_day": day.isoformat(), "last_day": "2033-01-01"}
    fields: dict[str, dict[str, object]] = {
        "publicity_opened": far, "publicity_extended": {"last_day": "2033-01-01"},
    }  # fmt: skip
    last = len(book.journal)
    for kind in sorted(TABLE):
        names = rounds if kind.startswith(("round", "publicity", "objection")) else ("",)
        for name in dict.fromkeys(names):
            given: dict[str, str | int] = {"round": name} if name else {}
            if kind == "annulled":
                given = {"annuls": max(last, 1)}
            role = "group" if kind == "unfrozen" else "office"
            event = entered(book, NextStep(kind, role, "may", given), day)
            yield (kind, name), {**event, **fields.get(kind, {})}
