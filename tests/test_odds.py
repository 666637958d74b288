"""Odds against exact enumeration on tiny districts, their standard errors, and that nothing depends on the workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from statistics import stdev
from typing import Any

import numpy as np
import pytest

from allocator.domain import AdjustmentPhase, Applicant, Cohort, District, SeatChange, Text, WhatIf
from allocator.ground import InputError
from allocator.planning.draws import Outcome, Simulator
from allocator.planning.odds import Odds, odds
from allocator.planning.odds.count import Chances, Fate, Tally, counted_columns, counted_results
from allocator.planning.odds.kinds import ChildKind, kinds_of
from allocator.planning.odds.run import MOST_DRAWS
from allocator.planning.whatif import compose
from tests.odds_exact import Exact, every_outcome, every_resampling, exact, exact_with_demand
from tests.small_districts import Town, all_phases, batches, bids, kid, phase, policy, random_district, with_switches

DRAWS = 600


def simulated(district: District, **options: Any) -> Odds:
    """Odds of a tiny district, in this process."""
    return odds(district, **{"draws": DRAWS, "workers": 1, **options})


def compared(found: Odds, chances: Mapping[Any, Chances], expected: Exact) -> int:
    """Compare all kinds and results with the exact ones, to 4 standard errors; returns how many are neither 0 nor 1."""
    kinds = {kind for kind, _ in expected}
    assert {name for name in chances if isinstance(name, ChildKind)} == kinds
    open_ones = 0
    for kind in kinds:
        for i, result in enumerate(found.results[: 3 * len(found.district.schools) + 3]):
            p = expected.get((kind, result), Fraction(0))
            error = chances[kind].errors[i]
            assert error is not None
            assert abs(chances[kind].probability(i) - float(p)) <= 4 * error + 1e-12, (kind, result, p)
            open_ones += p not in (0, 1)
    return open_ones


def one_seat(children: list[Applicant], seats: int = 1, **options: Any) -> District:
    """Children of zone z1 before a school s1 of few seats, and no other way."""
    rules = policy([batches(("s1",))], **options)
    return Town(plan={"s1": seats, "s2": 0, "s3": 0}, caps={"s1": 9}).district(rules, children)


def twins(number: int, zone: str = "z1", category: str = "A", **cells: Any) -> list[Applicant]:
    """Two children who may not be separated."""
    return [Applicant(f"K{number}-{i}", zone, category, bundle=f"b{number}", **cells) for i in range(2)]


def test_two_children_one_seat_worked_out_by_hand() -> None:
    """Each gets the seat in half of all draws; both are of one kind, so every draw shows exactly one half."""
    found = simulated(one_seat([kid(1), kid(2)]))
    (kind,) = found.kinds
    chances = found.draw["over_plan"][kind]
    seat, none = (found.results.index(Fate(*r)) for r in (("seat", "s1"), ("unplaced", "")))
    half = Fraction(1, 2)
    assert exact(found.district) == {(kind, Fate("seat", "s1")): half, (kind, Fate("unplaced")): half}
    assert (chances.probability(seat), chances.errors[seat]) == (0.5, 0.0)
    assert (chances.probability(none), chances.children, chances.units) == (0.5, 2, DRAWS)


def test_two_kinds_one_seat() -> None:
    """Children who differ in their diversion wishes are two kinds, each with one half, now within the error."""
    found = simulated(one_seat([kid(1), kid(2, preferred_diversion=("s2",))]))
    assert len(found.kinds) == 2
    assert compared(found, found.draw["over_plan"], exact(found.district)) == 4


def test_a_bundle_at_the_cut_by_hand_and_under_both_rules() -> None:
    """Twins and two single children before two seats.

    By hand: twins first (1/3) get both seats. Second (1/3): one seat is left; admitted whole, they make three; passed
    over, both single children are in. Third: the single children are in. So twins have 2/3 or 1/3, a single child
    (0 + 1/2 + 1) / 3 = 1/2 or (0 + 1 + 1) / 3 = 2/3.
    """
    district = one_seat([*twins(1), kid(2), kid(3)], seats=2)
    found = simulated(district)
    single, bundle = sorted(found.kinds, key=lambda kind: kind.size)
    seat = found.results.index(Fate("seat", "s1"))
    by_hand = {"over_plan": (Fraction(1, 2), Fraction(2, 3)), "skip": (Fraction(2, 3), Fraction(1, 3))}
    for rule, (of_single, of_bundle) in by_hand.items():
        expected = exact(with_switches(district, bundle_at_cut=rule))
        assert expected[single, Fate("seat", "s1")] == of_single
        assert expected[bundle, Fate("seat", "s1")] == of_bundle
        assert compared(found, found.draw[rule], expected) == 4
    everyone, category, pair = found.twins
    assert (pair.group.zone, pair.group.category, pair.families, pair.children) == ("z1", "A", (2, 1), (2, 2))
    for row in (everyone, category, pair):
        for rule, (of_single, of_bundle) in by_hand.items():
            beside = row.under[rule]
            assert beside.single.share[0] == pytest.approx(found.draw[rule][single].probability(seat), abs=1e-9)
            assert beside.bundles.share[0] == pytest.approx(found.draw[rule][bundle].probability(seat), abs=1e-9)
            assert abs(beside.difference.share[0] - float(of_bundle - of_single)) <= 4 * beside.difference.error[0]
            assert sum(beside.single.share) == pytest.approx(1)


def test_twins_are_compared_with_single_children_of_the_same_make_up() -> None:
    """Two groups of unlike size: taken together, single children count by the bundles of their group."""
    children = [*twins(1), kid(2), kid(3), *twins(4, "z3"), *twins(5, "z3"), kid(6, "z3")]
    rules = policy([batches(("s2",))])
    found = simulated(Town(plan={"s1": 1, "s2": 0, "s3": 9}, caps={"s1": 9}).district(rules, children), draws=300)
    everyone, _, first, second = found.twins
    for rule in ("over_plan", "skip"):
        expected = (2 * first.under[rule].single.share[0] + 4 * second.under[rule].single.share[0]) / 6
        assert everyone.under[rule].single.share[0] == pytest.approx(expected)
        assert second.under[rule].single.share[0] == 1


def voluntary() -> District:
    """A voluntary round with ranked lists, then batches."""
    rules = policy(all_phases(rounds=[bids()]))
    children = [
        kid(1, voluntary_1=("s2", "s3")), kid(2, voluntary_1=("s2",)), kid(3, "z2", registered_school="s1"),
        kid(4, voluntary_1=("s3", "s2")),
    ]  # fmt: skip
    return Town(offered={"s2": 1, "s3": 1}, caps={"s1": 9, "s2": 9, "s3": 9}).district(rules, children)


def diverted() -> District:
    """Four children of one zone, one seat at home, two elsewhere; one family has an order of its own; adjustment."""
    rules = policy(all_phases(listed=("s1", "s2", "s3"), last=("s2", "s3")))
    children = [kid(1), kid(2), kid(3, preferred_diversion=("s3",)), kid(4, status="late")]
    return Town().district(rules, children)


def by_distance() -> District:
    """Late children who are adjusted to the nearest school."""
    rules = policy([phase(AdjustmentPhase, "adjust", schools=("s3", "s2", "s1"), draw="adjust")], adjust_by="distance")
    places: tuple[dict[str, str], ...] = ({"x": "0", "y": "0"}, {"x": "199", "y": "0"}, {"x": "400", "y": "0"}, {})
    return Town().district(rules, [kid(i, status="late", **place) for i, place in enumerate(places)])


@pytest.mark.parametrize("make", [voluntary, diverted, by_distance])
def test_odds_are_those_of_exact_enumeration(make: Any) -> None:
    """A voluntary round, a diversion and an adjustment by distance: all within 4 standard errors of the exact odds."""
    district = make()
    found = simulated(district)
    assert compared(found, found.draw["over_plan"], exact(district)) >= 4


def test_one_ticket_a_session() -> None:
    """Under single tie-breaking the draws depend on each other; the odds are still exact."""
    district = with_switches(diverted(), ticket_scope="per_session")
    found = simulated(district)
    assert compared(found, found.draw["over_plan"], exact(district)) >= 4


def test_random_districts() -> None:
    """Every kind of phase, every switch, up to six parties: both cut rules against enumeration where that is short."""
    open_ones = done = 0
    for seed in range(80):
        district = random_district(seed, 6)
        try:
            expected = {rule: exact(with_switches(district, bundle_at_cut=rule), 250) for rule in ("over_plan", "skip")}
        except OverflowError:
            continue
        if all(p in (0, 1) for table in expected.values() for p in table.values()):
            continue
        found = simulated(district, draws=200, seed=seed)
        for rule, chances in found.draw.items():
            open_ones += compared(found, chances, expected[rule])
        done += 1
    assert done >= 8
    assert open_ones >= 30


def test_demand_draws_are_those_of_all_resamplings() -> None:
    """Three parties resampled in all ways: the chance of a child that is of a kind, within 4 standard errors."""
    district = one_seat([kid(1), kid(2, category="B"), kid(3, preferred_diversion=("s2",))])
    assert sum(1 for _ in every_resampling(district)) == 27
    expected = exact_with_demand(district)
    found = simulated(district, draws=4, demand_draws=400)
    assert compared(found, found.demand, expected) >= 4
    kind = next(kind for kind in found.kinds if kind.category == "B")
    # By hand: a child of B needs both others in B too, and then the first ticket: (1/3)² / 3.
    assert expected[kind, Fate("seat", "s1")] == Fraction(1, 27)
    assert abs(found.demand[kind].children - 1) < 0.2


def test_demand_draws_with_twins() -> None:
    """Bundles are resampled among bundles."""
    district = one_seat([*twins(1), *twins(2, category="B"), kid(3)], seats=2)
    found = simulated(district, draws=4, demand_draws=300)
    assert compared(found, found.demand, exact_with_demand(district)) >= 4


def test_probabilities_of_a_kind_are_one() -> None:
    """Of the first columns every child has exactly one in every draw; the sums behind are theirs."""
    found = simulated(random_district(4, 30), draws=50, demand_draws=5)
    m = len(found.district.schools)
    for table in (*found.draw.values(), found.demand):
        for chances in table.values():
            ways = np.array(chances.hits[: 3 * m]).reshape(3, m)
            assert sum(chances.hits[: 3 * m + 3]) == chances.trials
            assert chances.hits[3 * m + 3 : 4 * m + 3] == tuple(ways.sum(axis=0).tolist())
            assert chances.hits[4 * m + 3 :] == tuple(ways.sum(axis=1).tolist())
    assert len(set(found.results)) == len(found.results) == 4 * m + 6


def test_standard_errors_are_those_over_draws() -> None:
    """The error of a kind is the spread of its shares over draws divided by the root of their number."""
    district = diverted()
    found = simulated(district, draws=60, seed=7)
    simulator = Simulator(compose(district, ()))
    kinds, of = kinds_of(simulator.instance)
    column = counted_results(simulator.instance.school_ids).index(Fate("seat", "s1"))
    plain = next(i for i, kind in enumerate(kinds) if (of == i).sum() == 2)
    shares = []
    for number in range(60):
        columns = counted_columns(simulator.draw(7, number), len(simulator.instance.school_ids))
        shares.append(float((columns[of == plain] == column).mean()))
    chances = found.draw["over_plan"][kinds[plain]]
    assert chances.probability(column) == pytest.approx(sum(shares) / 60)
    assert chances.errors[column] == pytest.approx(stdev(shares) / sqrt(60))


def test_ratio_over_clusters() -> None:
    """The two-level error by its formula, a row that is absent in one demand draw and one that is in one only."""
    tally = Tally(draws=10)
    counts = [(2, 5), (0, 0), (3, 24), (1, 9)]  # children of the row, and hits among children times draws
    for children, hit in counts:
        tally.add(["row"], np.array([children]), [[hit]], [[hit * hit]], 1)
    chances = tally.chances("row")
    ratio = 38 / 60
    spread = sum((hit - ratio * 10 * children) ** 2 for children, hit in counts)
    assert chances.probability(0) == pytest.approx(ratio)
    assert chances.errors[0] == pytest.approx(sqrt(4 / 3 * spread) / 60)
    assert (chances.children, chances.units, chances.trials) == (1.5, 3, 60)
    tally.add(["rare"], np.array([1]), [[4]], [[16]], 1)
    assert tally.chances("rare").errors == (None,)


def test_workers_and_blocks_change_nothing() -> None:
    """One process or two: the same sums, errors and comparisons."""
    district = random_district(11, 40)
    one, two = (odds(district, draws=90, demand_draws=3, workers=workers) for workers in (1, 2))
    assert one == two
    told: list[str] = []
    assert odds(district, draws=90, demand_draws=3, workers=1, progress=told.append) == one
    assert told[-1].split(" / ")[0] == told[-1].split(" / ")[1]


def test_seeds_and_demand_draws_share_no_tickets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another seed gives other draws; every demand draw has numbers of its own, both cut rules have the same."""
    district = diverted()
    assert simulated(district, seed=1, draws=40).draw != simulated(district, seed=2, draws=40).draw
    numbers: list[int] = []
    draw = Simulator.draw

    def noted(simulator: Simulator, seed: int, number: int) -> Outcome:
        """Draw, and note the number."""
        numbers.append(number)
        return draw(simulator, seed, number)

    monkeypatch.setattr(Simulator, "draw", noted)
    simulated(one_seat([*twins(1), kid(2)]), draws=30, demand_draws=4)
    assert Counter(numbers) == Counter([*range(30), *range(150)])


def test_what_ifs_are_made_first() -> None:
    """One seat more, and both children surely have one."""
    more = WhatIf("more", Text("加", "more"), (SeatChange(school="s1", add=1),))
    found = simulated(one_seat([kid(1), kid(2)]), what_ifs=[more])
    (kind,) = found.kinds
    chances = found.draw["over_plan"][kind]
    seat = found.results.index(Fate("seat", "s1"))
    assert (chances.hits[seat], chances.errors[seat]) == (chances.trials, 0.0)


def test_enumeration_weighs_every_way_once() -> None:
    """The probabilities of all ways of all draws add up to 1."""
    assert sum(weight for weight, _ in every_outcome(Simulator(compose(voluntary(), ())).instance)) == 1


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"draws": 1}, ["odds.few_draws"]),
        ({"draws": -5, "demand_draws": 1}, ["odds.few_demand_draws", "odds.few_draws"]),
        ({"demand_draws": -1}, ["odds.few_demand_draws"]),
        ({"draws": MOST_DRAWS}, ["odds.many_draws"]),
        ({"draws": 1000, "demand_draws": 99}, ["odds.many_draws"]),
    ],
)
def test_numbers_of_draws_that_make_no_sense_are_refused(options: dict[str, Any], codes: list[str]) -> None:
    """All that is wrong with them is told at once."""
    with pytest.raises(InputError) as caught:
        odds(diverted(), **options)
    assert [fault.code for fault in caught.value.faults] == codes


def test_what_does_not_fit_is_refused() -> None:
    """An unknown school of a what-if, and a diversion that the model decides."""
    wrong = WhatIf("wrong", Text("错", "wrong"), (SeatChange(school="nowhere", add=1),))
    with pytest.raises(InputError, match=r"what_if\.unknown_school"):
        simulated(diverted(), what_ifs=[wrong])
    with pytest.raises(InputError, match=r"simulate\.model_decides"):
        simulated(with_switches(diverted(), divert_assign="least_distance"))


def test_a_zone_that_a_demand_draw_leaves_empty_is_no_fault() -> None:
    """In a resampling without children of the zone nobody is there whom a cohort could take after: that is chance."""
    more = WhatIf("cohort", Text("增", "cohort"), (Cohort(zones={"z3": 2}),))
    found = odds(one_seat([kid(1), kid(2, "z3")]), [more], draws=2, demand_draws=40, workers=1)
    assert found.demand_draws == 40
