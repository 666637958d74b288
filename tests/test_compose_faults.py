"""Compositions that are refused: names that are not there, schools that cannot be, homes moved twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.domain import District
from allocator.ground import fault_text
from allocator.planning.whatif import draft
from tests.small_districts import Town, all_phases, bids, kid, policy
from tests.test_compose import at, town
from tests.what_if_cases import composed, faults_of, parsed, refused

BASE = town(at(1, "z1", 5), at(2, "z1", 6), at(3, "z3", 5), at(4, "z2", 7, registered_school="s2"),
            caps={"s1": 12}, offered={"s1": 3})  # fmt: skip

NEW = "change: new_school, school: {}, name: n, plan: 1"
MOVE = "change: move_homes, from_zone: {}, to_zone: {}, {}"

UNKNOWN = [
    ("change: seats, school: q, add: 1", "[seats].school", "q", "what_if.unknown_school"),
    ("change: classes, school: q, add: 1, size: 1", "[classes].school", "q", "what_if.unknown_school"),
    ("change: hard_cap, school: q, add: 1", "[hard_cap].school", "q", "what_if.unknown_school"),
    ("change: offered, school: q, column: offered_voluntary_1, set: 1", "[offered].school", "q",
     "what_if.unknown_school"),
    ("change: close_school, school: q", "[close_school].school", "q", "what_if.unknown_school"),
    ("change: close_school, school: s1, to: q", "[close_school].to", "q", "what_if.unknown_school"),
    ("change: seats, school: x, add: 1", "[seats].school", "x", "what_if.external"),
    ("change: close_school, school: x", "[close_school].school", "x", "what_if.external"),
    ("change: close_school, school: s1, to: x", "[close_school].to", "x", "what_if.external"),
    ("change: close_school, school: s1, to: s1", "[close_school].to", "s1", "what_if.same_school"),
    (NEW.format("s1"), "[new_school].school", "s1", "what_if.school_there"),
    (NEW.format("S1"), "[new_school].school", "S1", "what_if.school_there"),
    (NEW.format("n") + ", zones: [q]", "[new_school].zones", "q", "what_if.unknown_zone"),
    (NEW.format("n") + ", receiving: [q]", "[new_school].receiving", "q", "what_if.unknown_list"),
    (MOVE.format("q", "z1", "homes: [[5, 0]]"), "[move_homes].from_zone", "q", "what_if.unknown_zone"),
    (MOVE.format("z1", "q", "homes: [[5, 0]]"), "[move_homes].to_zone", "q", "what_if.unknown_zone"),
    (MOVE.format("z1", "z1", "homes: [[5, 0]]"), "[move_homes].to_zone", "z1", "what_if.same_zone"),
    (MOVE.format("z1", "z2", "homes: [[5, 0], [9, 0]]"), "[move_homes].homes", "9, 0", "what_if.unknown_home"),
    (MOVE.format("z1", "z2", "polygon: [[50, 0], [60, 0], [60, 1]]"), "[move_homes].polygon", "z1", "what_if.no_home"),
    ("change: register, zone: q, school: s1", "[register].zone", "q", "what_if.unknown_zone"),
    ("change: register, zone: z1, school: s1", "[register].school", "s1", "what_if.not_dual"),
    ("change: register, zone: z2, school: s3", "[register].school", "s3", "what_if.not_dual"),
    ("change: growth, percent: 1, zones: [q]", "[growth].zones", "q", "what_if.unknown_zone"),
    ("change: growth, percent: 1, categories: [q]", "[growth].categories", "q", "what_if.unknown_category"),
    ("change: cohort, zones: {q: 1}", "[cohort].zones", "q", "what_if.unknown_zone"),
    ("change: cohort, zones: {zx: 1}", "[cohort].zones.zx", "1", "what_if.empty_zone"),
    ("change: estate, zone: q, children: {A: 1}", "[estate].zone", "q", "what_if.unknown_zone"),
    ("change: estate, zone: z1, children: {q: 1}", "[estate].children", "q", "what_if.unknown_category"),
    ("change: take_up, phase: batch, percent: 1", "[take_up].phase", "batch", "what_if.unknown_round"),
    ("change: take_up, phase: bids, percent: 1", "[take_up].phase", "bids", "what_if.nobody_bids"),
    ("change: switches, set: {tiers: q}", "[switches].set.tiers", "q", "policy.wrong_value"),
    ("change: weights, metre: 1", "[weights].category", "", "planning.missing"),
    ("change: offered, school: s1, column: offered_voluntary_2, set: 1", "[offered].column", "offered_voluntary_2",
     "column.no_round"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "value", "code"), UNKNOWN, ids=[f"{u[3]}{u[1]}" for u in UNKNOWN])
def test_what_is_not_there_is_refused_with_its_line(text: str, key: str, value: str, code: str) -> None:
    """One fault each, with file, line, number and kind of the change, key and value, in both languages."""
    told = faults_of(BASE, parsed("change: seats, school: s2, add: 1", text))
    assert [(f.file, f.row, f.column, f.value, f.code) for f in told] == [("w.yaml", 6, f"changes.1{key}", value, code)]
    assert all(fault_text(told[0], language) for language in ("zh", "en"))


def test_all_faults_of_all_files_are_told_at_once() -> None:
    """Two files with three bad names and a school that cannot be: four faults, each in its place."""
    one = parsed("change: seats, school: q, add: 1", "change: seats, school: s2, add: -11", name="one")
    two = parsed("change: growth, percent: 1, zones: [q, r]", name="two")
    assert refused(BASE, one, two) == [
        ("one.yaml", 5, "changes.0[seats].school", "q", "what_if.unknown_school"),
        ("one.yaml", 6, "changes.1[seats]", "-1", "what_if.negative_seats"),
        ("two.yaml", 5, "changes.0[growth].zones", "q", "what_if.unknown_zone"),
        ("two.yaml", 5, "changes.0[growth].zones", "r", "what_if.unknown_zone"),
    ]


@pytest.mark.parametrize(
    ("changes", "line", "value", "code"),
    [
        (["change: seats, school: s1, add: -11"], 5, "-1", "what_if.negative_seats"),
        (["change: classes, school: s1, add: -1, size: 11"], 5, "-1", "what_if.negative_seats"),
        (["change: seats, school: s1, add: -20", "change: seats, school: s1, add: 5"], 6, "-5",
         "what_if.negative_seats"),
        (["change: hard_cap, school: s1, set: 9"], 5, "9", "what_if.cap_below_plan"),
        (["change: hard_cap, school: s1, add: -3", "change: seats, school: s1, add: 1"], 6, "10",
         "what_if.cap_below_plan"),
        (["change: hard_cap, school: s2, add: -1"], 5, "9", "what_if.cap_below_plan"),
        ([NEW.format("n") + ", hard_cap: 0"], 5, "0", "what_if.cap_below_plan"),
        (["change: offered, school: s1, column: offered_voluntary_1, set: 11"], 5, "11", "what_if.offered_above_plan"),
        (["change: seats, school: s1, add: -8"], 5, "3", "what_if.offered_above_plan"),
        (["change: seats, school: s1, add: 1000000"], 5, "1000012", "what_if.too_many_seats"),
        (["change: classes, school: s2, add: 1000, size: 1000"], 5, "1000010", "what_if.too_many_seats"),
        (["change: hard_cap, school: s2, add: 1000000"], 5, "1000010", "what_if.too_many_seats"),
        (["change: close_school, school: s1", "change: offered, school: s1, column: offered_voluntary_1, set: 1"], 6,
         "1", "what_if.offered_above_plan"),
    ],
)  # fmt: skip
def test_schools_that_cannot_be(changes: list[str], line: int, value: str, code: str) -> None:
    """What the whole comes to is judged, and told where the school's seats were changed last."""
    assert [(fault[1], fault[3], fault[4]) for fault in refused(BASE, parsed(*changes))] == [(line, value, code)]


@pytest.mark.parametrize(
    "changes",
    [
        ["change: seats, school: s1, add: -20", "change: seats, school: s1, add: 20"],
        ["change: hard_cap, school: s1, set: 0", "change: hard_cap, school: s1, set: 12"],
        ["change: offered, school: s1, column: offered_voluntary_1, set: 30", "change: seats, school: s1, add: 20"],
        ["change: seats, school: s1, add: 1000000", "change: seats, school: s1, set: 10"],
        ["change: seats, school: s1, add: -9", "change: close_school, school: s1"],
    ],
)
def test_what_lies_between_is_not_judged(changes: list[str]) -> None:
    """A plan below 0 on the way, or a cap below it, is nobody's fault if the end is in order; across files too."""
    assert refused(BASE, parsed(*changes)) == []
    assert refused(BASE, *(parsed(change, name=f"w{i}") for i, change in enumerate(changes))) == []


HOME, AREA = "homes: [[5, 0]]", "polygon: [[4, -1], [5.5, -1], [5.5, 1], [4, 1]]"


@pytest.mark.parametrize("first", [HOME, AREA])
@pytest.mark.parametrize("second", [HOME, AREA])
@pytest.mark.parametrize("start", ["z1", "z3"])
def test_a_home_moves_once(first: str, second: str, start: str) -> None:
    """A second move of a home is refused, from the zone it left or the one it came to, in one file and in two."""
    one, two = MOVE.format("z1", "z3", first), MOVE.format(start, "z2", second)
    key = second.split(":")[0]
    assert refused(BASE, parsed(one, two)) == [
        ("w.yaml", 6, f"changes.1[move_homes].{key}", "5, 0", "what_if.moved_twice")
    ]
    told = faults_of(BASE, parsed(one, name="one"), parsed(two, name="two"))
    assert [(f.file, f.row, f.code, f.params) for f in told] == [
        ("two.yaml", 5, "what_if.moved_twice", {"other": "one.yaml:5"})
    ]


def test_moves_that_share_no_home_go_together() -> None:
    """Neighbours, and children of another zone at the same place, move by themselves."""
    made = composed(BASE, MOVE.format("z1", "z2", HOME), MOVE.format("z1", "z3", "homes: [[6, 0]]"))
    assert [child.zone for child in made.applicants] == ["z2", "z3", "z3", "z2"]
    made = composed(BASE, MOVE.format("z1", "z2", HOME), MOVE.format("z3", "zx", HOME))
    assert [child.zone for child in made.applicants] == ["z2", "z1", "zx", "z2"]


def test_a_what_if_cannot_empty_the_district() -> None:
    """A roster without children is no input of the program."""
    assert refused(BASE, parsed("change: growth, percent: -100")) == [("w.yaml", 0, "", "", "what_if.no_children")]
    assert refused(BASE, parsed("change: growth, percent: -100", "change: estate, zone: z1, children: {A: 1}")) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("change: growth, percent: 200", "12"),
        ("change: cohort, zones: {z1: 9}", "11"),
        ("change: estate, zone: z1, children: {A: 3, E: 4}", "11"),
    ],
)
def test_growth_upon_growth_has_an_end(monkeypatch: pytest.MonkeyPatch, text: str, value: str) -> None:
    """More children than any district has are refused before they fill the memory."""
    monkeypatch.setattr(draft, "MOST_CHILDREN", 10)
    assert [(fault[1], fault[3], fault[4]) for fault in refused(BASE, parsed(text))] == [
        (5, value, "what_if.too_many_children")
    ]


def with_places() -> District:
    """A district whose diversion goes by distance, every place known."""
    base = town(at(1, "z1", 5), at(2, "z1", 6))
    switches = replace(base.policy.switches, divert_assign="least_distance")
    return replace(base, policy=replace(base.policy, switches=switches))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("change: estate, zone: z1, children: {A: 1}", "place.home_needed"),
        ("change: estate, zone: z1, children: {A: 1}, place: [1, 1]", None),
        (NEW.format("n") + ", receiving: [all]", "place.school_needed"),
        (NEW.format("n") + ", receiving: [all], place: [1, 1]", None),
        (NEW.format("n"), None),
    ],
)
def test_distances_need_places(text: str, code: str | None) -> None:
    """Where the diversion goes by distance, a new school that receives and new homes must have a place."""
    assert [fault[4] for fault in refused(with_places(), parsed(text))] == ([code] if code else [])
    switch = "change: switches, set: {divert_assign: least_distance, e_route: overflow}"
    base = town(kid(1), kid(2, status="late"), kid(3, "z3", "E", x="1", y="1"))
    outside = replace(base.schools["x"], x="1", y="1")  # the E school of a zone, so it needs a place
    told = refused(replace(base, schools={**base.schools, "x": outside}), parsed(switch))
    assert [(fault[0], fault[3], fault[4]) for fault in told] == [("w.yaml", "K1", "place.home_needed")]


def test_caps_that_a_bundle_can_break_are_refused_as_before_a_draw() -> None:
    """Twins bid for s3, where one seat is set aside: the hard cap must leave room for both (procedure.md P6)."""
    rules = policy(all_phases(rounds=(bids(),)))
    twins = [kid(i, bundle="b", voluntary_1=("s3",)) for i in (1, 2)]
    base = Town({"s1": 2, "s2": 2, "s3": 1}, caps={"s3": 2}, offered={"s3": 1}).district(rules, twins)
    assert refused(base, parsed()) == []
    told = refused(base, parsed("change: hard_cap, school: s3, set: 1"))
    assert [(fault[0], fault[4]) for fault in told] == [("w.yaml", "draw.hard_cap_offered")]
    broken = composed(replace(base, applicants=()), "change: hard_cap, school: s3, set: 1",
                      "change: estate, zone: z1, children: {A: 1}")  # fmt: skip
    broken = replace(base, schools=broken.schools)  # the base has the fault itself: running it tells so
    assert refused(broken, parsed("change: seats, school: s1, add: 1")) == []
    more = [kid(i, bundle="c", voluntary_1=("s3",)) for i in (3, 4, 5)]
    worse = replace(broken, applicants=tuple(sorted((*broken.applicants, *more))))
    assert refused(worse, parsed("change: hard_cap, school: s3, set: 2")) == []  # still too few: with other numbers
