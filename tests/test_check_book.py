"""The judge of the case book: content with every season played rightly, and with nothing else."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from allocator.book.play import play
from allocator.checking import check_book
from allocator.domain import ACCEPTED, NO_HEAD, Applicant, BookEvent, District, OfficeValues, Played, Violation
from allocator.verification import violation_text
from tests import conformance
from tests.book_folders import FOLDERS, season
from tests.played_faults import WAYS, faulty
from tests.random_seasons import quiet_season, random_season
from tests.small import by_lot, primary

FAST, THOROUGH, CHUNK = 100, 10_000, 50
FAULTY = 40


@pytest.mark.parametrize("name", FOLDERS)
def test_the_judge_is_content_with_the_folders(name: str) -> None:
    """What must come out of a conformance folder is right; with its faults it is not."""
    given = season(name)
    played = play(given.district, given.events)
    expected = Played(given.outcomes, given.journal, played.rows)
    assert check_book(given.district, given.events, expected) == []
    _found_out(given.district, given.events, expected, random.Random(name))


def test_the_judge_is_content_with_the_procedure() -> None:
    """A summer in which nothing happens but rounds, in every district of procedure.md that a book takes."""
    for name in conformance.names():
        district, expected = conformance.load(name)
        switches = district.policy.switches
        if (switches.receiving_order, switches.divert_assign) == ("category_then_local", "serial_by_ticket"):
            quiet = quiet_season(district)
            played = play(quiet.district, quiet.events)
            assert check_book(quiet.district, quiet.events, played._replace(rows=expected)) == [], name


@pytest.mark.parametrize("first", range(0, FAST, CHUNK))
def test_the_judge_is_content_with_random_seasons(first: int) -> None:
    """What the first path makes of a random season is right, and of the same season without its events."""
    for number in range(first, first + CHUNK):
        _content(number)


@pytest.mark.long
@pytest.mark.parametrize("first", range(FAST, THOROUGH, CHUNK))
def test_the_judge_is_content_with_random_seasons_without_end(first: int) -> None:
    """The same of ten thousand."""
    for number in range(first, first + CHUNK):
        _content(number)


def test_the_judge_finds_every_fault() -> None:
    """Every fault in what was played of forty random seasons is found, and every way of making one was tried."""
    names = {name for number in range(FAULTY) for name in _faults(number)}
    assert names == {way.__name__.strip("_") for way in WAYS}


@pytest.mark.long
@pytest.mark.parametrize("first", range(FAULTY, 3000, 40))
def test_the_judge_finds_every_fault_of_many(first: int) -> None:
    """The same of three thousand seasons."""
    for number in range(first, first + 40):
        _faults(number)


def test_a_fault_is_told_where_it_is() -> None:
    """The third event's outcome, the second line and one child's school: three findings, each at its place."""
    given = season("12-book-plain")
    played = play(given.district, given.events)
    outcomes = (*played.outcomes[:2], "state", *played.outcomes[3:])
    journal = (played.journal[0], played.journal[1] + b" ", *played.journal[2:])
    child = next(at for at, row in enumerate(played.rows) if row.outcome == "admitted")
    rows = (*played.rows[:child], played.rows[child]._replace(school_id="nowhere"), *played.rows[child + 1 :])
    found = check_book(given.district, given.events, Played(outcomes, journal, rows))
    assert [_place(one) for one in found] == [
        ("check.book.outcome", "", {"event": "3", "expected": "accepted", "found": "state"}),
        ("check.book.line_form", "", {"line": "2"}),
        ("check.book.line_prev", "", {"line": "3"}),
        (
            "check.book.cell",
            played.rows[child].applicant_id,
            {"column": "school_id", "expected": played.rows[child].school_id, "found": "nowhere"},
        ),
        ("check.hard_cap", "", {"cap": "0", "children": "1"}),
    ]


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_seat_of_a_confirmed_round_is_kept(confirmed: bool) -> None:
    """A volunteer leaves while its round is open: the next one comes from its batch seat unless that is confirmed."""
    children = [Applicant(name, "xincheng-1", "A", voluntary_1=("sizhong-fuli",)) for name in ("V1", "V2")]
    district = primary({"sizhong-fuli": 1, "xincheng-2": 1}, children, offered_1={"sizhong-fuli": 1})
    first, second = by_lot(district, "voluntary-1/sizhong-fuli", ["V1", "V2"])
    quiet = quiet_season(district)
    office = OfficeValues(publicity_days=0, next_round="after_opening")
    given = replace(district, policy=replace(district.policy, office=office))
    end = next(at for at, event in enumerate(quiet.events) if event.get("round") == "batch-B")
    made_public = ("publicity_opened", "round_confirmed")
    kept = "batch-A" if confirmed else ""
    events = [e for e in quiet.events[:end] if e["type"] not in made_public or e["round"] == kept]
    leaves = {"at": quiet.events[end]["at"], "by": "u-1", "role": "office", "type": "withdrawal", "party": first}
    events.append({**leaves, "then": "leave", "reason": "moves away"})
    played = play(given, events)
    assert set(played.outcomes) == {ACCEPTED}
    assert check_book(given, events, played) == []
    school = next(row.school_id for row in played.rows if row.applicant_id == second)
    assert school == ("xincheng-2" if confirmed else "sizhong-fuli")
    moved = tuple(row._replace(school_id="xincheng-2" if not confirmed else "sizhong-fuli") for row in played.rows)
    assert check_book(given, events, played._replace(rows=moved)) != []


def test_an_empty_season_is_right() -> None:
    """Nothing proposed, nothing played."""
    given = season("12-book-plain")
    played = Played((), (), ())
    assert played.head == NO_HEAD
    assert check_book(given.district, (), played) == []
    assert check_book(given.district, given.events, played) != []


def _place(one: Violation) -> tuple[str, str, dict[str, str]]:
    return one.code, one.applicant_id, dict(one.params)


def _content(number: int) -> None:
    """Judge a season as it was played, and the quiet one of its district."""
    for district, events in (made := random_season(number), quiet_season(made.district)):
        assert check_book(district, events, play(district, events)) == [], f"season {number}"


def _faults(number: int) -> list[str]:
    """Names of the faults made in a season, all of them found."""
    district, events = random_season(number)
    return _found_out(district, events, play(district, events), random.Random(f"faults|{number}"))


def _found_out(district: District, events: Sequence[BookEvent], played: Played, rng: random.Random) -> list[str]:
    """Make every fault, and look whether the judge finds it and can tell it in both languages."""
    made = faulty(rng, played)
    for name, wrong in made.items():
        found = check_book(district, events, wrong)
        assert found, name
        assert all(violation_text(one, "zh") and violation_text(one, "en") for one in found)
    return list(made)
