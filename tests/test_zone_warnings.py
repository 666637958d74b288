"""School-zone warnings: demand, plan and level by hand, forecasts, and what a policy file may say of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.domain import Applicant, District, School, WarningLevels, Zone
from allocator.generator import generate
from allocator.ground import InputError
from allocator.planning.zone_warnings.levels import (
    LEVELS,
    ZoneWarning,
    forecast_levels,
    warning_level_of,
    warning_levels,
    zone_warnings,
)
from allocator.reading.folder import read_folder
from allocator.reading.policy_file import parse_policy
from tests.conformance import ROOT, policy
from tests.small import kids, shipped

SHIPPED = ("tongliao-2023-primary", "tongliao-2023-junior", "ranked-choice")
TWO = WarningLevels(year=2023, yellow=90, red=100)
THREE = WarningLevels(year=2023, yellow=80, orange=90, red=100)


def district(plan: dict[str, int], zones: dict[str, str], children: list[Applicant]) -> District:
    """A district whose zones have these schools; a school without a plan is external."""
    schools = {
        name: School(name, f"School {name}", external=name not in plan, plan=plan.get(name, 0))
        for name in {*plan, *zones.values()}
    }
    areas = {name: Zone(name, school) for name, school in zones.items()}
    return District(policy(), schools, areas, tuple(sorted(children)))


def levels_of(found: tuple[ZoneWarning, ...]) -> dict[str, str | None]:
    """Level by zone."""
    return {side.zone: side.level for side in found}


def test_worked_example() -> None:
    """C129: every zone of a small town, counted by hand.

    ``at`` 90 of 100: exactly 90 %, yellow. ``full`` 50 of 50: exactly 100 %, red. ``below`` 8999 of 10000: 89.99 %,
    green. ``none``: one child, plan 0: red. ``empty``: nobody, plan 0: green. ``away``: external, not judged.
    """
    town = district(
        {"p": 100, "q": 50, "r": 10_000, "s": 0, "t": 0},
        {"at": "p", "full": "q", "below": "r", "none": "s", "empty": "t", "away": "x"},
        [*kids(90, "at", "A"), *kids(50, "full", "B"), *kids(8999, "below", "C"), *kids(1, "none", "D"),
         *kids(3, "away", "A")],
    )  # fmt: skip
    found = zone_warnings(town, TWO)
    assert [(w.zone, w.school_id, w.demand, w.school_demand, w.plan, w.level, w.percent) for w in found] == [
        ("at", "p", 90, 90, 100, "yellow", 90),
        ("away", "x", 3, 3, None, None, None),
        ("below", "r", 8999, 8999, 10_000, "green", Fraction(8999, 100)),
        ("empty", "t", 0, 0, 0, "green", None),
        ("full", "q", 50, 50, 50, "red", 100),
        ("none", "s", 1, 1, 0, "red", None),
    ]
    assert found[0].school == "School p"


def test_one_child_less_than_each_threshold() -> None:
    """Q-29: 89, 90, 99 and 100 children on 100 seats, and 80 and 90 with orange: a level begins at its percentage."""
    assert [warning_level_of(n, 100, TWO) for n in (0, 89, 90, 99, 100, 101)] == [
        "green", "green", "yellow", "yellow", "red", "red",
    ]  # fmt: skip
    assert [warning_level_of(n, 100, THREE) for n in (79, 80, 89, 90, 99, 100)] == [
        "green", "yellow", "yellow", "orange", "orange", "red",
    ]  # fmt: skip


def test_a_threshold_that_no_float_can_tell() -> None:
    """One child in 10**17 below 90 % is green: floats would say 90 %."""
    plan = 10**17
    assert 100 * (plan * 9 // 10 - 1) / plan == 90.0
    assert warning_level_of(plan * 9 // 10 - 1, plan, TWO) == "green"
    assert warning_level_of(plan * 9 // 10, plan, TWO) == "yellow"


def test_zones_of_one_school_are_judged_together_and_each_is_shown() -> None:
    """C129: 30 and 60 children on 100 seats are 90 %, yellow in both zones, though neither is by itself."""
    town = district({"p": 100}, {"east": "p", "west": "p"}, [*kids(30, "east", "A"), *kids(60, "west", "A")])
    found = zone_warnings(town, TWO)
    assert [(w.zone, w.demand, w.school_demand, w.level) for w in found] == [
        ("east", 30, 90, "yellow"), ("west", 60, 90, "yellow"),
    ]  # fmt: skip


def test_late_and_blacklisted_children_do_not_count() -> None:
    """C129: demand is that of verified applicants: with 89 of them, one late and one blacklisted, the zone is green."""
    children = [*kids(89, "z", "A"), *kids(1, "z", "B", status="late"), *kids(1, "z", "C", status="blacklisted")]
    assert [(w.demand, w.level) for w in zone_warnings(district({"p": 100}, {"z": "p"}, children), TWO)] == [
        (89, "green"),
    ]  # fmt: skip


def test_everybody_counts_where_it_lives() -> None:
    """C129: E children of another school, U, dual registrations, decisions and open choices stay in their zone."""
    children = [
        *kids(2, "z", "E"), *kids(3, "z", "U"), *kids(5, "z", "A", start="x", registered_school="q"),
        *kids(7, "z", "A", start="y", preferential_school="q"), *kids(11, "z", "A", start="o", open_choice="q"),
    ]  # fmt: skip
    town = district({"p": 28, "q": 1000}, {"z": "p", "other": "q"}, children)
    zone = replace(town.zones["z"], e_school_id="q", dual_school_ids=("q",))
    found = zone_warnings(replace(town, zones={**town.zones, "z": zone}), TWO)
    assert [(w.zone, w.demand, w.level) for w in found] == [("other", 0, "green"), ("z", 28, "red")]


def test_schools_on_one_campus_have_their_own_plans() -> None:
    """C080, C129: the shipped zone of the school that lends its grounds is held against its own plan alone."""
    found = {w.zone: w for w in zone_warnings(shipped("tongliao-2023-primary"), TWO)}
    assert found["fuli"].plan == shipped("tongliao-2023-primary").schools["fuli"].plan
    assert "xincheng-2" not in {w.school_id for w in found.values()}  # no zone of its own: nowhere in the warnings


@given(st.integers(0, 400), st.integers(0, 300), st.integers(1, 120), st.integers(1, 60), st.integers(1, 60))
def test_level_is_that_of_the_exact_fraction(demand: int, plan: int, yellow: int, more: int, most: int) -> None:
    """Q-29: the level is the strongest whose share of the plan is reached, in fractions; more demand lowers none."""
    levels = WarningLevels(year=1, yellow=yellow, orange=yellow + more, red=yellow + more + most)
    shares = {name: Fraction(getattr(levels, name), 100) * plan for name in LEVELS[1:]}
    reached = ["green", *(name for name, share in shares.items() if demand >= share and demand > 0)]
    assert warning_level_of(demand, plan, levels) == reached[-1]
    assert LEVELS.index(warning_level_of(demand, plan, levels)) <= LEVELS.index(
        warning_level_of(demand + 1, plan, levels)
    )
    assert LEVELS.index(warning_level_of(demand, plan + 1, levels)) <= LEVELS.index(
        warning_level_of(demand, plan, levels)
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_districts_counted_again(name: str) -> None:
    """C129, Q-29: each shipped policy states 90 and 100, and every zone's figures are those of a plain recount."""
    given_ = shipped(name)
    levels = warning_levels(given_)
    assert (levels.year, levels.yellow, levels.orange, levels.red) == (2023, 90, None, 100)
    lives = Counter(child.zone for child in given_.applicants if child.status == "verified")
    found = zone_warnings(given_, levels)
    assert {w.zone: w.demand for w in found} == {zone: lives[zone] for zone in given_.zones}
    for w in found:
        same = [zone for zone, area in given_.zones.items() if area.school_id == w.school_id]
        assert w.school_demand == sum(lives[zone] for zone in same)
        assert (w.level is None) == given_.schools[w.school_id].external


def test_order_of_children_and_zones_changes_nothing() -> None:
    """The same district with rows in another order has the same warnings."""
    base = shipped("tongliao-2023-junior")
    children, zones = list(base.applicants), list(base.zones.items())
    random.Random(5).shuffle(children)
    mixed = replace(base, applicants=tuple(children), zones=dict(reversed(zones)))
    assert zone_warnings(mixed, TWO) == zone_warnings(base, TWO)


def test_a_forecast_stands_beside_this_year_with_its_change() -> None:
    """C129: worse, better, same; none where a side is not judged or the zone is only in one of the two."""
    zones = {"a": "p", "b": "q", "c": "r", "d": "x", "gone": "s"}
    now = district({"p": 10, "q": 10, "r": 10, "s": 10}, zones, [*kids(9, "b", "A"), *kids(10, "c", "A")])
    then = district({"p": 10, "q": 10, "r": 20, "t": 10}, {"a": "p", "b": "q", "c": "r", "d": "x", "new": "t"},
                    [*kids(10, "b", "A"), *kids(10, "c", "A"), *kids(4, "d", "A")])  # fmt: skip
    found = forecast_levels(zone_warnings(now, TWO), zone_warnings(then, TWO))
    assert [(row.any_side.zone, row.change) for row in found] == [
        ("a", "same"), ("b", "worse"), ("c", "better"), ("d", None), ("gone", None), ("new", None),
    ]  # fmt: skip
    b = found[1]
    assert b.now is not None
    assert b.then is not None
    assert (b.now.level, b.then.level) == ("yellow", "red")
    assert (found[4].then, found[5].now) == (None, None)


def test_the_same_district_as_forecast_changes_no_level() -> None:
    """A what-if that changes nothing gives this year's figures twice."""
    now = zone_warnings(shipped("tongliao-2023-primary"), TWO)
    for row in forecast_levels(now, now):
        assert row.now == row.then
        assert row.change in ("same", None)


def test_a_policy_without_levels_is_refused() -> None:
    """Q-29: no threshold is assumed; the fault names the block that is missing."""
    bare = district({}, {}, [])
    bare = replace(bare, policy=replace(bare.policy, warnings=None))
    with pytest.raises(InputError) as caught:
        warning_levels(bare)
    (fault,) = caught.value.faults
    assert (fault.code, fault.file, fault.column) == ("warnings.missing", "policy.yaml", "warnings")


def read(block: str) -> tuple[Any, list[tuple[str, str, str]]]:
    """Levels, and faults by code, key and value, of the shipped policy with another block; empty: none."""
    raw = (ROOT / "scenarios" / "ranked-choice" / "policy.yaml").read_text(encoding="utf-8")
    head = raw.split("\nwarnings:")[0] + "\n"
    made, faults = parse_policy((head + block).encode(), "policy.yaml")
    assert all(f.file == "policy.yaml" for f in faults)
    return None if made is None else made.warnings, [(f.code, f.column, f.value) for f in faults]


def test_blocks_that_are_right() -> None:
    """With and without orange, in flow style, or no block at all."""
    plain = WarningLevels(year=2024, yellow=85, red=110)
    assert read("warnings: {year: 2024, yellow: 85, red: 110}\n") == (plain, [])
    assert read("warnings: {year: 2024, yellow: 85, orange: 95, red: 110}\n") == (replace(plain, orange=95), [])
    assert read("") == (None, [])


@pytest.mark.parametrize(
    ("block", "faults"),
    [
        ("{year: 2023, yellow: 90}", [("policy.missing_key", "warnings.red", "")]),
        ("{yellow: 90, red: 100}", [("policy.missing_key", "warnings.year", "")]),
        ("{year: 2023, yellow: 90, red: 100, blue: 1}", [("policy.unknown_key", "warnings.blue", "")]),
        ("{year: 2023, yellow: 0, red: 100}", [("policy.wrong_value", "warnings.yellow", "0")]),
        ("{year: 0, yellow: 90, red: -1}",
         [("policy.wrong_value", "warnings.year", "0"), ("policy.wrong_value", "warnings.red", "-1")]),
        ("{year: 2023, yellow: 90.5, red: 100}", [("policy.wrong_value", "warnings.yellow", "90.5")]),
        ("{year: 2023, yellow: '90', red: 100}", [("policy.wrong_value", "warnings.yellow", "90")]),
        ("{year: 2023, yellow: 90, red: true}", [("policy.wrong_value", "warnings.red", "true")]),
        ("{year: 2023, yellow: 100, red: 100}", [("policy.wrong_value", "warnings.red", "100")]),
        ("{year: 2023, yellow: 90, orange: 90, red: 100}", [("policy.wrong_value", "warnings.orange", "90")]),
        ("{year: 2023, yellow: 90, orange: 100, red: 100}", [("policy.wrong_value", "warnings.red", "100")]),
        ("{year: 2023, yellow: 90, orange: 80, red: 70}",
         [("policy.wrong_value", "warnings.orange", "80"), ("policy.wrong_value", "warnings.red", "70")]),
    ],
)  # fmt: skip
def test_blocks_that_are_wrong(block: str, faults: list[tuple[str, str, str]]) -> None:
    """Q-29: missing and unknown keys, no whole numbers, levels that do not rise: every fault at its key."""
    found = read(f"warnings: {block}\n")
    assert found[0] is None
    assert sorted(found[1]) == sorted(faults)


def test_a_scaled_district_states_the_same_levels(tmp_path: Path) -> None:
    """The policy of a generated district of two quarters has the block of the shipped one."""
    generate(tmp_path / "large", 5001, 3)
    made = read_folder(tmp_path / "large")
    assert made.policy.policy_id.endswith("quarters")
    assert made.policy.warnings == shipped("tongliao-2023-primary").policy.warnings
