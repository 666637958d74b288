"""What the checker holds a seat to be worth to a child: reach, metres and nearest schools, exactly."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from allocator.checking.optimum import vicinity as vicinity_module
from allocator.checking.optimum.values import Values, seats_for_values
from allocator.checking.optimum.vicinity import Vicinity
from allocator.domain import AdjustmentPhase, School
from tests.optimum_towns import SPLIT, TWO_PAIRS, codes, judge, town
from tests.planning_oracle import leaves, options, small_planning_districts, units, with_planning
from tests.small_districts import kid, phase


def test_reach_and_values_are_those_of_the_page() -> None:
    """Options of every party of 2,000 random districts, worked out a second time from the page."""
    many = 0
    for seed in range(2000):
        district = small_planning_districts(seed)
        values, expected = Values(district), {unit.ids[0]: unit for unit in units(district)}
        for i, kind in zip(values.parties, values.kinds, strict=True):
            unit = expected.pop(values.roster.children[i].applicant_id)
            found = {values.own[s]: value for s, value in values.options(kind)}
            assert found == options(district, unit)
            many += len(found)
        assert all(leaves(district, unit) for unit in expected.values())
    assert many > 10_000


def at(x: str, y: str, **places: tuple[str, str]) -> list[int]:
    """Values of the schools of a list for a child at a place, with 1 taken off a metre and 1,000 given for a seat."""
    rules = (phase(AdjustmentPhase, "adjust", schools=tuple(places), draw="adjust"),)
    district = town(dict.fromkeys(places, 1), [kid(1, x=x, y=y)], rules, metre=1, home=0, category={"A": 1000})
    schools = {s: School(s, s, plan=1, x=place[0], y=place[1]) for s, place in places.items()}
    values = Values(replace(district, schools=schools))
    return [value for _, value in values.options(0)]


def test_metres_are_rounded_half_up_and_exactly() -> None:
    """Half a metre counts as one, the least bit less as none; 15 decimals are told apart."""
    half, less = ("100.5", "0"), ("100.499999999999999", "0")
    assert at("100", "0", s1=half, s2=less) == [999, 1000]
    assert at("-1.5", "2", s1=("1.5", "6"), s2=("1.5", "-2"), s3=("-1.5", "-0.5")) == [995, 995, 997]
    assert at("0", "0", s1=("999999999.5", "0"), s2=("999999999.499999999999999", "0")) == [
        1000 - 10**9, 1001 - 10**9
    ]  # fmt: skip


def test_nearest_are_compared_exactly() -> None:
    """Of two schools the one nearer by a trillionth of a millimetre is the nearest; at a tie the smaller id is."""
    rules = (phase(AdjustmentPhase, "adjust", schools=("s3", "s2", "s1"), draw="adjust"),)
    district = town({"s1": 1, "s2": 1, "s3": 1}, [kid(1, x="0.1", y="0")], rules, nearest=1)
    for places, nearest in (
        (("1.1", "1.099999999999999", "5"), "s2"),
        (("1.1", "-0.9", "5"), "s1"),
        (("5", "-0.9", "1.1"), "s2"),
        (("", "", "9"), "s3"),
        (("", "", ""), "s3"),
    ):
        made = {s: School(s, s, plan=1, x=x, y=x and "0") for s, x in zip(("s1", "s2", "s3"), places, strict=True)}
        values = Values(replace(district, schools=made))
        assert [values.own[s] for s, _ in values.options(0)] == [nearest]


def test_a_short_list_counts_as_a_whole_and_one_without_homes_from_its_head() -> None:
    """Up to `nearest` schools all count; of a longer list a child without coordinates has the first ones."""
    rules = (phase(AdjustmentPhase, "adjust", schools=("s3", "s2", "s1"), draw="adjust"),)
    for nearest, expected in ((3, ["s1", "s2", "s3"]), (2, ["s2", "s3"]), (1, ["s3"])):
        values = Values(town({"s1": 1, "s2": 1, "s3": 1}, [kid(1)], rules, nearest=nearest))
        assert [values.own[s] for s, _ in values.options(0)] == expected


def test_a_metre_with_a_weight_needs_coordinates() -> None:
    """Where distances count, a home without a place is refused instead of guessed."""
    with pytest.raises(ValueError, match="coordinates"):
        Values(town({"s1": 1, "s2": 1}, [kid(1)], metre=1))


@pytest.mark.parametrize("quarters", [0, 3, 30_000])
@pytest.mark.parametrize(("across", "count"), [(1, 40), (8, 60), (1000, 300), (10**17, 300)])
def test_the_nearest_schools_are_those_of_a_sort(
    across: int, count: int, quarters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few and many places, crowded with ties or wide apart, homes far out; finer quarters or none."""
    monkeypatch.setattr(vicinity_module, "MOST_QUARTERS", quarters)
    rng = Random(across + quarters)
    places = [(rng.randrange(across), rng.randrange(across), school) for school in range(count)]
    for nearest in (1, 3, 8):
        this = Vicinity(places, (), nearest, (-across, 2 * across))
        for _ in range(60):
            x, y = rng.randrange(-across, 2 * across), rng.randrange(-across, 2 * across)
            near = sorted(((left - x) ** 2 + (low - y) ** 2, school) for left, low, school in places)
            assert this.schools((x, y)) == tuple(school for _, school in near[:nearest])


def test_a_few_near_schools_do_not_hide_the_others() -> None:
    """Of three nearest the third is one of many far away, whichever quarter the home lies in."""
    places = [(0, 0, 5), (0, 0, 6), *((900 + n, 900, 10 + n) for n in range(40))]
    this = Vicinity(places, (), 3, (0, 1023))
    assert [this.schools((n, n)) for n in range(9)] == [(5, 6, 10)] * 9


def test_a_school_outside_the_quarter_wins_a_tie_by_its_id() -> None:
    """At the corner of a quarter the farthest school within is as far as one beyond, whose id is smaller."""
    places = [(-12, -12, 0), (12, 12, 1), *((-16, 15, 2 + n) for n in range(20))]
    assert Vicinity(places, (), 1, (-16, 15)).schools((0, 0)) == (0,)


def test_weights_beyond_the_compact_columns_stay_exact() -> None:
    """Numbers of more than 64 bits are added up as they are."""
    huge = 10**25
    district = with_planning(TWO_PAIRS, category={"A": huge})
    verdict = judge(district, SPLIT, {"s1": 3, "s2": 0})
    assert (verdict.violations, verdict.objective, verdict.gap) == ((), 4 * huge + 6, 3)
    assert codes(judge(district, dict.fromkeys(SPLIT, ""), {"s1": 3, "s2": 0})) == ["check.optimum_better"]


def test_seats_are_plans_or_hard_caps() -> None:
    """External schools have none; without a hard cap the plan holds."""
    district = town({"s1": 3, "s2": 4}, [], caps={"s1": 5})
    assert seats_for_values(district, False) == {"s1": 3, "s2": 4}
    assert seats_for_values(district, True) == {"s1": 5, "s2": 4}
