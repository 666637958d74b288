"""The case book on the conformance folders, and what holds of every season (office-procedure.md sections 7 to 11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from allocator.book.law import Law, present_rows
from allocator.book.play import Book, play
from allocator.domain import ACCEPTED, BookEvent, OfficeValues, Played, Row
from tests import conformance
from tests.book_folders import FOLDERS, season, short_publicity


def test_the_folders_are_there() -> None:
    """Twenty-six seasons: none is passed over in silence."""
    assert len(FOLDERS) == 26


@pytest.mark.parametrize("name", FOLDERS)
def test_a_season_ends_as_expected(name: str) -> None:
    """Outcome of every event, journal byte for byte, head and assignment equal the expected files."""
    given = season(name)
    played = play(given.district, given.events)
    assert played.outcomes == given.outcomes
    assert played.journal == given.journal
    assert (played.head, tuple(row[:5] for row in played.rows)) == (given.head, given.rows)


def test_a_worked_weekend_shortens_the_publicity() -> None:
    """Days from Friday to Tuesday are enough where Saturday and Sunday are working days, and not otherwise (C070)."""
    assert play(*short_publicity(worked=False)).outcomes[-1] == "state"
    assert play(*short_publicity(worked=True)).outcomes[-1] == ACCEPTED


@pytest.mark.parametrize("name", FOLDERS)
def test_a_refused_event_changes_nothing(name: str) -> None:
    """A season of the accepted events alone has the same journal and the same assignment."""
    given = season(name)
    accepted = [event for event, outcome in zip(given.events, given.outcomes, strict=True) if outcome == ACCEPTED]
    assert play(given.district, accepted) == Played((ACCEPTED,) * len(accepted), given.journal, _rows(name))


@pytest.mark.parametrize("name", FOLDERS)
def test_no_school_is_ever_above_its_cap(name: str) -> None:
    """After every event children seated are within the cap, and the counts are those of the parties."""
    given = season(name)
    book = Book(given.district)
    for event in given.events:
        book.propose(event)
        seated = dict.fromkeys(book.state.taken, 0)
        for party in book.state.parties.values():
            if party.state == "seated":
                seated[party.school] += party.size
        assert seated == book.state.taken
        assert all(children <= book.state.cap[school] for school, children in seated.items())


@pytest.mark.parametrize("name", FOLDERS)
def test_an_event_taken_back_leaves_nothing_behind(name: str) -> None:
    """Whatever was just entered can be annulled, and the assignment is the one before it."""
    given = season(name)
    book = Book(given.district)
    for event in given.events:
        before, state = present_rows(book.state), book.state
        if book.propose(event) != ACCEPTED:
            continue
        after = present_rows(book.state)
        annulled = book.propose(_annulment(event, len(book.journal)))
        never = event["type"] in ("annulled", "season_opened", "drawn", "signed_off")
        assert annulled == ("state" if never else ACCEPTED)
        if not never:
            assert present_rows(book.state) == before
            assert replace(book.state, late=state.late) == state
            book = _again(book, event)
        assert present_rows(book.state) == after or event["type"] == "late_intake"


@pytest.mark.parametrize("name", [name for name in conformance.names() if "locals_all_first" not in name])
@pytest.mark.parametrize("next_round", ["after_opening", "after_confirmation"])
def test_a_summer_without_events_is_the_procedure(name: str, next_round: str) -> None:
    """Opening the rounds, with or without confirming each, gives procedure.md's rows (section 7)."""
    district, expected = conformance.load(name)
    assert district.draw is not None
    policy = replace(district.policy, office=OfficeValues(next_round=next_round, publicity_days=0))  # type: ignore[arg-type]
    quiet = _quiet(list(Law(district).rounds), district.draw.seedhex, confirm=next_round == "after_confirmation")
    played = play(replace(district, policy=policy), quiet)
    assert set(played.outcomes) == {ACCEPTED}
    assert [row[:5] for row in played.rows] == [row[:5] for row in expected]


def _quiet(rounds: list[str], seed: str, *, confirm: bool) -> Iterator[BookEvent]:
    """Yield the events of a season in which nothing happens but rounds."""
    envelope = {"at": "2023-08-01T09:00:00", "by": "u-office", "role": "office"}
    digests = {"inputs": seed, "roster": seed, "policy": seed}
    yield {**envelope, "type": "season_opened", "year": 2023, "stage": "primary", "policy": seed}
    yield {**envelope, "type": "determined", "inputs": seed, "determination": seed}
    yield {**envelope, "type": "frozen", "held": 0, **digests}
    yield {**envelope, "type": "drawn", "transcript": seed}
    for day, name in enumerate(rounds, start=1):
        at = {"at": f"2023-09-{day:02d}T09:00:00"}
        yield {**envelope, **at, "type": "round_opened", "round": name}
        if confirm:
            days = {"first_day": at["at"][:10], "last_day": at["at"][:10]}
            later = {"at": f"2023-09-{day + 1:02d}T08:00:00"}
            yield {**envelope, **at, "type": "publicity_opened", "round": name, **days}
            yield {**envelope, **later, "type": "round_confirmed", "round": name}


def _rows(name: str) -> tuple[Row, ...]:
    given = season(name)
    return play(given.district, given.events).rows


def _annulment(event: BookEvent, seq: int) -> BookEvent:
    """Return the event that takes the journal's last line back."""
    return {"at": event["at"], "by": "u-office", "role": "office", "type": "annulled", "annuls": seq, "reason": "x"}


def _again(book: Book, event: BookEvent) -> Book:
    """Enter an event once more."""
    assert book.propose(event) == ACCEPTED
    return book
