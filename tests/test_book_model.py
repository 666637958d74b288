"""The case book through the strict model: the folders, random seasons as the first path plays them, and each refill."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from allocator import book
from allocator.checking import check_book
from allocator.domain import ACCEPTED, Applicant, BookEvent, District, OfficeValues, Row
from allocator.ground import DisagreementError, text
from allocator.models.book import filling, play_in_model
from allocator.models.book.rounds import Rounds
from allocator.models.law.cut import Comer, SchoolSeats, solve_cut
from tests import conformance
from tests.book_folders import FOLDERS, season
from tests.random_seasons import quiet_season, random_season
from tests.small import EXTERNAL, by_lot, primary

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
    events = _opened(district, until="batch-B")
    assert _seats(district, events) == {
        first: ("admitted", "voluntary-1"), second: ("diverted", "batch-A"), "W1": ("pending", ""),
    }  # fmt: skip
    leaves = {**events[-1], "type": "withdrawal", "party": first, "then": "leave", "reason": "moves away"}
    del leaves["round"]
    assert _seats(district, [*events, leaves]) == {
        first: ("withdrawn", ""), second: ("admitted", "voluntary-1"), "W1": ("diverted", "batch-B"),
    }  # fmt: skip


def _opened(district: District, until: str) -> list[dict[str, object]]:
    """Return the events of a season whose rounds are opened one after another, none confirmed."""
    quiet = [dict(event) for event in quiet_season(district).events]
    opened = [event for event in quiet if event["type"] not in ("publicity_opened", "round_confirmed")]
    last = next(at for at, event in enumerate(opened) if event.get("round") == until)
    return opened[: last + 1]


def _seats(district: District, events: Sequence[BookEvent]) -> dict[str, tuple[str, str]]:
    """Return outcome and phase of each child."""
    return {row.applicant_id: (row.outcome, row.phase) for row in _rows(district, events)}


def _rows(district: District, events: Sequence[BookEvent]) -> tuple[Row, ...]:
    """Return the assignment under ``after_opening``, on which both paths and the judge agree."""
    office = OfficeValues(next_round="after_opening")
    given = replace(district, policy=replace(district.policy, office=office))
    played = play_in_model(given, events)
    assert set(played.outcomes) == {ACCEPTED}
    assert played == book.play(given, events)
    assert check_book(given, events, played) == []
    return played.rows


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


# Cases that random seasons seldom meet


def _event(before: Mapping[str, object], kind: str, role: str = "group", **fields: object) -> dict[str, object]:
    """Return an event at the moment of another one."""
    return {"at": before["at"], "by": "u-1", "role": role, "type": kind, **fields}


def test_a_bid_at_the_school_of_the_present_zone_lapses() -> None:
    """Found to live in the zone of its first bid, a party registered elsewhere bids for its second one alone."""
    child = Applicant("V1", "xincheng-1", "A", voluntary_1=("shifuxiao", "sizhong-fuli"))
    seats = {"shifuxiao": 1, "sizhong-fuli": 1}
    district = primary(seats, [child], offered_1=seats)
    events = _opened(district, until="open-choice")
    moved = {"zone": "shifuxiao", "category": "A", "registered_school": "xincheng-1"}
    events.append(_event(events[-1], "reclassification", party="V1", **moved, reason="lives there"))
    events.append(_event(events[-1], "round_opened", "office", round="voluntary-1"))
    assert _placed(district, events) == {"V1": "sizhong-fuli"}


@pytest.mark.parametrize("earlier", ["X", "Y"])
def test_carried_parties_stand_by_category(earlier: str) -> None:
    """Of two carried to batch E, the one of category A has the seat, whatever the tickets; the E child has none."""
    district = primary({"hexi-primary": 1}, [Applicant(name, "hexi-primary", "E") for name in ("X", "Y", "Z")])
    events = _opened(district, until="batch-D")
    for name in ("X", "Y"):
        now = {"zone": "hexi-primary", "category": "A" if name == earlier else "B", "registered_school": ""}
        events.append(_event(events[-1], "reclassification", party=name, **now, reason="hukou found"))
    events.append(_event(events[-1], "round_opened", "office", round="batch-E"))
    assert _placed(district, events) == {earlier: "hexi-primary"}


def test_who_exchanges_a_seat_takes_none() -> None:
    """Behind it the next volunteer has the one seat left: twins leave a school that a ruling filled beyond its plan."""
    twins = [Applicant(f"T{i}", "xincheng-1", "A", voluntary_1=("sizhong-fuli",), bundle="T") for i in (1, 2)]
    singles = [Applicant(f"V{i}", "xincheng-1", "A", voluntary_1=("sizhong-fuli",)) for i in (1, 2)]
    children = [*twins, *singles, Applicant("P1", "fuli", "A")]
    district = _where_twins_win(children)
    events = _opened(district, until="batch-A")
    events.append(_event(events[-1], "ruling", party="P1", decision="place", school="sizhong-fuli", reason="x"))
    events.append(_event(events[-1], "withdrawal", "office", party="T1", then="leave", reason="moves away"))
    seats = _seats(district, events)
    assert {seats[name] for name in ("V1", "V2")} == {("admitted", "voluntary-1")}


def _where_twins_win(children: list[Applicant]) -> District:
    """Return a district whose draw puts the twins before the others, and in batch A the second volunteer first."""
    for seed in range(1000):
        made = primary({"sizhong-fuli": 3}, children, cap={"sizhong-fuli": 9}, offered_1={"sizhong-fuli": 2}, seed=seed)
        order = by_lot(made, "voluntary-1/sizhong-fuli", ["T1", "V1", "V2"])
        if order[0] == "T1" and by_lot(made, "divert-A", ["V1", "V2"])[0] == order[1]:
            return made
    raise AssertionError


def _placed(district: District, events: Sequence[BookEvent]) -> dict[str, str]:
    """Return who has a seat where."""
    return {row.applicant_id: row.school_id for row in _rows(district, events) if row.school_id}


def test_schools_are_filled_in_the_order_in_which_seats_became_free() -> None:
    """Twins leave fuli, then a child xincheng-3: fuli is filled first, and its two seats are gone for other twins."""
    twins = [Applicant(f"{name}{i}", "hexi-primary", "A", bundle=name) for name in "MT" for i in (1, 2)]
    children = [*twins, *(Applicant(name, "hexi-primary", "A") for name in ("N", "Y", "Z"))]
    order = ["M1", "N", "Y", "T1", "Z"]
    plan = {"xincheng-3": 1, "fuli": 2}
    seeds = (primary(plan, children, seed=seed, bundle_at_cut="skip") for seed in range(5000))
    district = next(made for made in seeds if by_lot(made, "divert-A", order) == order)
    events = _opened(district, until="batch-A")
    assert _placed(district, events) == {"M1": "fuli", "M2": "fuli", "N": "xincheng-3"}
    events.append(_event(events[-1], "seats_added", school="xincheng-2", seats=3, reason="a new class"))
    moved = dict.fromkeys(("M1", "M2", "N"), "xincheng-2")
    assert _placed(district, events) == {**moved, "Y": "xincheng-3", "Z": "fuli"}


def test_a_school_tried_first_is_so_until_a_seat() -> None:
    """Who was put to its original zone's school first and gives that seat back comes to the adjustment list as any."""
    district = primary({"fuli": 1, "hexi-primary": 1}, [Applicant("P1", "fuli", "A")])
    events = _opened(district, until="batch-R3")
    where = {"ground": "sham_residence", "then": "adjust", "zone": "hexi-primary"}
    events.append(_event(events[-1], "revocation", party="P1", **where, reason="found"))
    events.append(_event(events[-1], "round_opened", "office", round="adjustment"))
    assert _placed(district, events) == {"P1": "hexi-primary"}
    events.append(_event(events[-1], "withdrawal", "office", party="P1", then="stay", reason="too far"))
    events.append(_event(events[-1], "round_opened", "office", round="adjustment-2"))
    assert _placed(district, events) == {"P1": "fuli"}


def test_an_upheld_objection_without_room_waits_for_the_adjustment() -> None:
    """Of two who over-named a school, one is promised the first place of the adjustment: no batch seat before."""
    children = [Applicant(name, "fuli", "A", preferential_school="hexi-primary") for name in ("P1", "P2")]
    district = primary({"fuli": 1, "hexi-primary": 1}, children)
    events = _opened(district, until="batch-A")
    at = next(at for at, event in enumerate(events) if event.get("round") == "preferential")
    day = str(events[at]["at"])[:10]
    days = {"first_day": day, "last_day": f"{int(day[:4]) + 1}{day[4:]}"}
    objection = {"objection": "O1", "text": "x"}
    events[at + 1 : at + 1] = [
        _event(events[at], "publicity_opened", "office", round="preferential", **days),
        _event(events[at], "objection", "school", round="preferential", party="P1", **objection),
        _event(events[at], "objection_closed", result="upheld", school="xincheng-1", **objection),
    ]
    assert _seats(district, events) == {"P1": ("pending", ""), "P2": ("needs_ruling", "")}
    events.append(_event(events[-1], "ruling", party="P2", decision="adjust", school="", reason="x"))
    rounds = [f"batch-{category}" for category in ("B", "C", "D", "E", "R1", "R2", "R3")]
    events += [_event(events[-1], "round_opened", "office", round=name) for name in [*rounds, "adjustment"]]
    assert _placed(district, events)["P1"] == "fuli"


@pytest.mark.parametrize(("tiers", "phase"), [("strict", ""), ("pooled", "voluntary-1")])
def test_a_volunteer_of_a_later_tier_loses_its_seat(tiers: str, phase: str) -> None:
    """Found to live in a zone of the second tier, it would have stood behind; where tiers are pooled it would not."""
    child = Applicant("V1", "xincheng-1", "A", voluntary_1=("sizhong-fuli",))
    district = primary({"sizhong-fuli": 1}, [child], offered_1={"sizhong-fuli": 1}, tiers=tiers)
    events = _opened(district, until="voluntary-1")
    moved = {"zone": "fuli", "category": "A", "registered_school": ""}
    events.append(_event(events[-1], "reclassification", party="V1", **moved, reason="lives there"))
    assert _seats(district, events)["V1"][1] == phase


@pytest.mark.parametrize(("who", "is_kept"), [("verified", True), ("late", False), ("returned", False)])
def test_seats_are_kept_for_those_who_come_in_a_later_batch(who: str, is_kept: bool) -> None:
    """A seat is kept from the diverted of batch A for an E child of the school, not for those of adjustment alone."""
    children = [Applicant("A1", "fuli", "A")]
    if who != "late":
        children.append(Applicant("E1", "hexi-primary" if who == "verified" else EXTERNAL, "E"))
    district = primary({"hexi-primary": 1}, children, protect_local_demand="all")
    events = _opened(district, until="voluntary-2")
    now = {"zone": "hexi-primary", "category": "E", "registered_school": ""}
    if who == "late":
        events.append(_event(events[-1], "late_intake", "office", children=1, **now))
    if who == "returned":
        events.append(_event(events[-1], "returned", "office", party="E1", reason="sent back"))
        events.append(_event(events[-1], "reclassification", party="E1", **now, reason="lives there"))
    events.append(_event(events[-1], "round_opened", "office", round="batch-A"))
    assert _placed(district, events) == ({} if is_kept else {"A1": "hexi-primary"})
