"""The case book through the strict model: the folders, random seasons as the first path plays them, and each refill."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest

from allocator import book
from allocator.domain import ACCEPTED, Applicant
from allocator.ground import DisagreementError, text
from allocator.models.book import filling, play_in_model
from allocator.models.book.rounds import Rounds
from allocator.models.law.cut import Comer, SchoolSeats, solve_cut
from tests import conformance
from tests.book_cases import fates, opened
from tests.book_folders import FOLDERS, season
from tests.random_seasons import quiet_season, random_season
from tests.small import by_lot, primary

FAST, THOROUGH, CHUNK = 100, 10_000, 50


@pytest.mark.parametrize("name", FOLDERS)
def test_a_season_ends_as_expected(name: str) -> None:
    """Outcome of every event, journal byte for byte, head and assignment equal the expected files."""
    given = season(name)
    played = play_in_model(given.district, given.events)
    assert played.outcomes == given.outcomes
    assert played.journal == given.journal
    assert (played.head, tuple(row[:5] for row in played.rows)) == (given.head, given.rows)


@pytest.mark.parametrize("first", range(0, FAST, CHUNK))
def test_both_paths_play_random_seasons_alike(first: int) -> None:
    """Outcomes, journal and assignment of the two paths are equal."""
    for number in range(first, first + CHUNK):
        _alike(number)


@pytest.mark.long
@pytest.mark.parametrize("first", range(FAST, THOROUGH, CHUNK))
def test_both_paths_play_random_seasons_alike_without_end(first: int) -> None:
    """The same of ten thousand."""
    for number in range(first, first + CHUNK):
        _alike(number)


def _alike(number: int) -> None:
    district, events = random_season(number)
    assert play_in_model(district, events) == book.play(district, events), f"season {number}"


@pytest.mark.parametrize("name", [name for name in conformance.names() if name.startswith(("0", "protect", "tier"))])
def test_a_summer_without_events_is_the_procedure(name: str) -> None:
    """Openings alone give procedure.md's rows (section 7)."""
    district, expected = conformance.load(name)
    played = play_in_model(*quiet_season(district))
    assert set(played.outcomes) == {ACCEPTED}
    assert [row[:5] for row in played.rows] == [row[:5] for row in expected]


# Who moves of those who wait


@pytest.mark.parametrize("number", range(200))
def test_one_answer_alone_fills_the_seats(number: int) -> None:
    """Of all ways to let some of a list move, the count holds for one, and that is the model's."""
    rng = random.Random(number)
    sizes = rng.choices((1, 1, 1, 2, 3), k=rng.randint(0, 8))
    seats = SchoolSeats(rng.randint(-1, 5), rng.choice((-1, 0, 2, 3, 6)))
    answers = [
        [at for at, moves in enumerate(all_moves) if moves] for all_moves in product((False, True), repeat=len(sizes))
    ]
    assert [one for one in answers if filling.is_filled(sizes, seats, one)] == [_one_by_one(sizes, seats)]
    assert filling.who_moves_when_filling(sizes, seats, "a refill") == _one_by_one(sizes, seats)


def _one_by_one(sizes: list[int], seats: SchoolSeats) -> list[int]:
    """Walk through the list with the words of procedure.md section 3."""
    moving, left, under_cap = [], seats.free, seats.under_cap
    for at, size in enumerate(sizes):
        if size <= left or (left > 0 and size <= under_cap):
            moving.append(at)
            left, under_cap = left - size, under_cap - size
    return moving


def test_long_lists_are_solved_at_their_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind as many single children as there are seats nobody is asked: the solver sees three of a thousand."""
    asked: list[int] = []

    def counting(order: Sequence[Comer], *rest: Any) -> list[str]:
        asked.append(len(order))
        return solve_cut(order, *rest)

    monkeypatch.setattr(filling, "solve_cut", counting)
    assert filling.who_moves_when_filling([3, 1, 2, 1, *[1] * 1000], SchoolSeats(2, -1), "a refill") == [1, 3]
    assert asked == [3]


def test_a_wrong_answer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the search says, the count has the last word."""
    monkeypatch.setattr(filling, "solve_cut", lambda order, *_: [""] * len(order))
    with pytest.raises(DisagreementError) as raised:
        filling.who_moves_when_filling([1, 1], SchoolSeats(1, -1), "batch-A refill fuli")
    assert raised.value.code == "agree.refill"
    assert "batch-A refill fuli" in text(raised.value.code, "en", **raised.value.params)


# A party that exchanges a seat for another one at the same school


def test_a_seat_exchanged_at_the_same_school_is_filled_again() -> None:
    """A volunteer leaves; the next one comes from its batch seat at the same school, which goes to the next batch."""
    children = [Applicant(name, "xincheng-1", "A", voluntary_1=("sizhong-fuli",)) for name in ("V1", "V2")]
    children.append(Applicant("W1", "xincheng-1", "B"))
    district = primary({"sizhong-fuli": 2}, children, offered_1={"sizhong-fuli": 1})
    first, second = by_lot(district, "voluntary-1/sizhong-fuli", ["V1", "V2"])
    events = opened(district, until="batch-B")
    assert fates(district, events) == {
        first: ("admitted", "voluntary-1"), second: ("diverted", "batch-A"), "W1": ("pending", ""),
    }  # fmt: skip
    leaves = {**events[-1], "type": "withdrawal", "party": first, "then": "leave", "reason": "moves away"}
    del leaves["round"]
    assert fates(district, [*events, leaves]) == {
        first: ("withdrawn", ""), second: ("admitted", "voluntary-1"), "W1": ("diverted", "batch-B"),
    }  # fmt: skip


# What else a book must know


def test_further_adjustments_go_on_without_end() -> None:
    """Rounds after the last are adjustment-2, -3, …; no other number, and none before it."""
    rounds = Rounds(conformance.policy())
    begun = [one.name for one in rounds.listed]
    assert (rounds.upcoming(begun), rounds.upcoming([*begun, "adjustment-2"])) == ("adjustment-2", "adjustment-3")
    assert rounds["adjustment-12"].place == rounds["adjustment"].place + 11
    none = ("adjustment-1", "adjustment-0", "adjustment-02", "batch-Z", "")
    assert {rounds.named(name) for name in none} == {None}


def test_digests_of_other_files_are_refused() -> None:
    """Where the program knows the digests of its own files, it refuses others."""
    given = season("12-book-plain")
    right = {(e["type"], "policy"): e["policy"] for e in given.events if "policy" in e}
    assert play_in_model(given.district, given.events, right).outcomes == given.outcomes  # type: ignore[arg-type]
    wrong = play_in_model(given.district, given.events[:4], {("frozen", "roster"): "0" * 64})
    assert wrong.outcomes == (ACCEPTED, ACCEPTED, "state", "season")
