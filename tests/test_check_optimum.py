"""The checker of the planning optimum: a list is accepted exactly if it is feasible and none is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from allocator.checking import Certificate, OptimumVerdict, check_optimum
from allocator.domain import District
from tests.optimum_towns import SPLIT, TWO_PAIRS, codes, judge, town, twins
from tests.planning_oracle import (
    brute_force,
    feasible_lists,
    is_feasible,
    leaves,
    objective_of,
    options,
    seats,
    small_planning_districts,
    units,
)
from tests.small_districts import batches, kid


def test_prices_prove_a_list_by_one_addition() -> None:
    """Two children want the one seat of s1, worth 3 more than s2: at the price of 3 both sides are 17."""
    district = town({"s1": 1, "s2": 5}, [kid(1), kid(2)])
    verdict = judge(district, {"K1": "s1", "K2": "s2"}, {"s1": 3, "s2": 0})
    assert verdict == OptimumVerdict((), objective=17, bound=17, gap=0, width=0, searched=0, on_word=())


def test_other_prices_prove_the_same_list_by_search() -> None:
    """Without prices the bound is 20; the gap of 3 is closed by trying all lists."""
    district = town({"s1": 1, "s2": 5}, [kid(1), kid(2)])
    verdict = judge(district, {"K1": "s1", "K2": "s2"}, {"s1": 0, "s2": 0})
    assert verdict == OptimumVerdict((), objective=17, bound=20, gap=3, width=3, searched=1, on_word=())


def test_a_better_list_is_told_with_what_it_is_worth_more() -> None:
    """With a seat of s1 empty and a child without a seat, 13 more are possible: 10 for the one, 3 for the other."""
    district = town({"s1": 2, "s2": 5}, [kid(1), kid(2)])
    verdict = judge(district, {"K1": "", "K2": "s2"}, {"s1": 0, "s2": 0})
    assert codes(verdict) == ["check.optimum_better"]
    assert dict(verdict.violations[0].params) == {"schools": "s1, s2", "more": "13"}
    assert verdict.violations[0].school_id == "s1"
    assert verdict.violations[0].clause == "end"


def test_bundles_leave_a_gap_that_is_searched() -> None:
    """Three seats for two pairs: the best prices leave 3, what the seat that stays empty would be worth to a child."""
    verdict = judge(TWO_PAIRS, SPLIT, {"s1": 3, "s2": 0})
    assert verdict == OptimumVerdict((), objective=34, bound=37, gap=3, width=3, searched=1, on_word=())
    both_away = judge(TWO_PAIRS, dict.fromkeys(SPLIT, "s2"), {"s1": 3, "s2": 0})
    assert [dict(v.params)["more"] for v in both_away.violations] == ["6"]


@pytest.mark.parametrize("budget", [0, 1])
def test_beyond_the_budget_the_solver_must_have_given_its_word(budget: int) -> None:
    """A component that is too large is accepted only where the certificate names its schools and its gap."""
    prices = {"s1": 3, "s2": 0}
    silent = judge(TWO_PAIRS, SPLIT, prices, budget=budget)
    assert codes(silent) == ["check.optimum_unproven"]
    assert dict(silent.violations[0].params) == {"schools": "s1, s2", "gap": "3"}
    word = ((("s1", "s2"), 3),)
    given = judge(TWO_PAIRS, SPLIT, prices, budget=budget, solver_word=word)
    assert (given.violations, given.on_word, given.searched) == ((), word, 0)
    for other in (((("s1", "s2"), 2),), ((("s1",), 3),), ((("s2", "s1"), 3),)):
        assert codes(judge(TWO_PAIRS, SPLIT, prices, budget=budget, solver_word=other)) == ["check.optimum_unproven"]


def test_a_word_is_not_asked_for_where_the_search_decides() -> None:
    """A solver's word does not save a list that the search refutes."""
    word = ((("s1", "s2"), 9),)
    verdict = judge(TWO_PAIRS, dict.fromkeys(SPLIT, "s2"), {"s1": 3, "s2": 0}, solver_word=word)
    assert codes(verdict) == ["check.optimum_better"]


def two_markets() -> tuple[District, dict[str, str]]:
    """The two pairs twice, at schools that no child shares."""
    lists = {"left": ("s1", "s2"), "right": ("s3", "s4")}
    rules = (batches(lists=lists, list_of={"s3": "right"}, others="left"),)
    kids = [*twins(1), *twins(2), *twins(3, "z3"), *twins(4, "z3")]
    district = town({"s1": 3, "s2": 4, "s3": 3, "s4": 4}, kids, rules)
    right = {"K3-0": "s3", "K3-1": "s3", "K4-0": "s4", "K4-1": "s4"}
    return district, SPLIT | right


def test_components_are_searched_one_by_one() -> None:
    """Two markets with a gap of 3 each are two components; the width is the sum of both."""
    district, placed = two_markets()
    verdict = judge(district, placed, {"s1": 3, "s2": 0, "s3": 3, "s4": 0})
    assert verdict == OptimumVerdict((), objective=68, bound=74, gap=6, width=6, searched=2, on_word=())


def test_every_component_beyond_the_budget_needs_the_word() -> None:
    """One of two components named is not enough."""
    district, placed = two_markets()
    prices = {"s1": 3, "s2": 0, "s3": 3, "s4": 0}
    verdict = judge(district, placed, prices, budget=0, solver_word=((("s3", "s4"), 3),))
    assert codes(verdict) == ["check.optimum_unproven"]
    assert verdict.on_word == ((("s3", "s4"), 3),)


def test_a_bound_is_told_and_not_judged() -> None:
    """Under the claim `bound` any feasible list is accepted, with its gap; an infeasible one is not."""
    placed = dict.fromkeys(SPLIT, "s2")
    verdict = judge(TWO_PAIRS, placed, {"s1": 3, "s2": 0}, "bound")
    assert verdict == OptimumVerdict((), objective=28, bound=37, gap=9, width=0, searched=0, on_word=())
    assert codes(judge(TWO_PAIRS, dict.fromkeys(SPLIT, "s1"), {"s1": 3, "s2": 0}, "bound")) == ["check.seats_exceeded"]


def test_hard_caps_are_seats_where_the_certificate_says_so() -> None:
    """Four at s1 are too many for the plan and just right for the hard cap."""
    district = town({"s1": 3, "s2": 4}, [*twins(1), *twins(2)], caps={"s1": 4})
    placed = dict.fromkeys(SPLIT, "s1")
    verdict = judge(district, placed, {"s1": 0, "s2": 0})
    assert [(v.code, v.school_id, dict(v.params)) for v in verdict.violations] == [
        ("check.seats_exceeded", "s1", {"children": "4", "seats": "3"})
    ]
    at_cap = check_optimum(district, placed, Certificate("optimal", True, {"s1": 0, "s2": 0}, ()))
    assert (at_cap.violations, at_cap.objective, at_cap.gap) == ((), 40, 0)


INFEASIBLE: Sequence[tuple[dict[str, str | None], list[tuple[str, str, str]]]] = (
    ({"K3": None}, [("check.missing_child", "K3", "")]),
    ({"K9": ""}, [("check.unknown_child", "K9", "")]),
    ({"K1-1": "s2"}, [("check.bundle_separated", "K1-1", "s2")]),
    ({"K1-1": ""}, [("check.bundle_separated", "K1-1", "")]),
    ({"K3": "s3"}, [("check.out_of_reach", "K3", "s3")]),
    ({"K3": "x"}, [("check.out_of_reach", "K3", "x")]),
    ({"K3": "nowhere"}, [("check.unknown_school", "K3", "nowhere")]),
    ({"K4": ""}, [("check.external_home", "K4", "x")]),
    ({"K4": "s2"}, [("check.external_home", "K4", "x")]),
    ({"K3": "s1"}, [("check.seats_exceeded", "", "s1")]),
)


@pytest.mark.parametrize(("change", "expected"), INFEASIBLE)
def test_infeasible_lists_are_refused(change: Mapping[str, str | None], expected: list[tuple[str, str, str]]) -> None:
    """Each thing that cannot be bent has its code, with child and school; no number is told then."""
    district = town({"s1": 2, "s2": 2, "s3": 1}, [*twins(1), kid(3), kid(4, "zx")])
    prices = dict.fromkeys(("s1", "s2", "s3"), 0)
    placed = {"K1-0": "s1", "K1-1": "s1", "K3": "s2", "K4": "x"}
    assert judge(district, placed, prices).violations == ()
    changed = {child: school for child, school in {**placed, **change}.items() if school is not None}
    verdict = judge(district, changed, prices)
    assert [(v.code, v.applicant_id, v.school_id) for v in verdict.violations] == expected
    assert verdict.gap == -1


@pytest.mark.parametrize("price", [-1, 0.0, 1.5, "3", True, None])
def test_a_price_is_a_whole_number_of_0_or_more(price: object) -> None:
    """Anything else proves nothing and is told with its school."""
    verdict = judge(TWO_PAIRS, SPLIT, {"s1": 3, "s2": price})
    assert [(v.code, v.school_id) for v in verdict.violations] == [("check.price_wrong", "s2")]
    assert verdict.gap == -1


@pytest.mark.parametrize(("prices", "school"), [({"s1": 3}, "s2"), ({"s1": 3, "s2": 0, "x": 0}, "x")])
def test_every_own_school_has_a_price_and_no_other(prices: Mapping[str, int], school: str) -> None:
    """A price that is missing and one that belongs to no own school are told."""
    verdict = judge(TWO_PAIRS, SPLIT, prices, "bound")
    assert [(v.code, v.school_id) for v in verdict.violations] == [("check.price_wrong", school)]


def test_all_faults_are_told_at_once() -> None:
    """Faults of the list and of the prices stand side by side."""
    verdict = judge(TWO_PAIRS, SPLIT | {"K1-0": "s3"}, {"s1": -3})
    assert codes(verdict) == [
        "check.unknown_school", "check.bundle_separated", "check.price_wrong", "check.price_wrong"
    ]  # fmt: skip


def test_a_policy_without_weights_has_no_optimum() -> None:
    """Without the block there is nothing to judge by."""
    bare = replace(TWO_PAIRS, policy=replace(TWO_PAIRS.policy, planning=None))
    with pytest.raises(ValueError, match="weights"):
        judge(bare, SPLIT, {"s1": 3, "s2": 0})


def price_vectors(district: District, use_hard_cap: bool, rng: Random) -> list[dict[str, int]]:
    """No prices, small, large and huge ones at random, and for most schools what one more seat would add."""
    own = sorted(seats(district))
    best = brute_force(district, use_hard_cap)[0]
    added = {s: brute_force(with_a_seat_more(district, s, use_hard_cap), use_hard_cap)[0] - best for s in own}
    drawn = [{s: rng.randrange(most) for s in own} for most in (9, 9, 200, 10**30)]
    return [dict.fromkeys(own, 0), added, *drawn]


def with_a_seat_more(district: District, school: str, use_hard_cap: bool) -> District:
    """The same district with one more seat at a school."""
    old = district.schools[school]
    new = replace(old, hard_cap=old.most + 1) if use_hard_cap else replace(old, plan=old.plan + 1)
    return replace(district, schools={**district.schools, school: new})


def judged_right(seed: int, most: int) -> list[OptimumVerdict]:
    """Try the optimal lists and others of a random district, up to so many of each, under all price vectors."""
    rng, district, use_hard_cap = Random(seed), small_planning_districts(seed), seed % 3 == 0
    best, good = brute_force(district, use_hard_cap)
    bad = [(value, placed) for value, placed in feasible_lists(district, use_hard_cap) if value < best]
    accepted = []
    for prices in price_vectors(district, use_hard_cap, rng):
        certificate = Certificate("optimal", use_hard_cap, prices, ())
        for placed in rng.sample(good, min(most, len(good))):
            verdict = check_optimum(district, placed, certificate)
            assert (verdict.violations, verdict.objective) == ((), best)
            accepted.append(verdict)
        for value, placed in rng.sample(bad, min(most, len(bad))):
            verdict = check_optimum(district, placed, certificate)
            assert set(codes(verdict)) == {"check.optimum_better"}
            # parts of a better list are told by component; together they are worth no more than the best list
            assert sum(int(dict(v.params)["more"]) for v in verdict.violations) <= best - value
    return accepted


@pytest.mark.parametrize("block", range(8))
def test_exactly_the_optimal_lists_are_accepted(block: int) -> None:
    """In 400 random districts lists of the largest value are accepted and others refused, whatever the prices."""
    verdicts = [verdict for seed in range(50 * block, 50 * block + 50) for verdict in judged_right(seed, 3)]
    assert sum(verdict.gap == 0 for verdict in verdicts) > 40
    assert sum(verdict.searched > 1 for verdict in verdicts) > 5


def test_of_all_lists_exactly_the_optimal_ones_are_accepted() -> None:
    """In 60 random districts of up to 100 lists every one is tried."""
    tried = 0
    for seed in range(5000, 5200):
        district = small_planning_districts(seed)
        if 2 <= len(list(feasible_lists(district))) <= 100 and tried < 60:
            judged_right(seed, 100)
            tried += 1
    assert tried == 60


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_exactly_the_optimal_lists_are_accepted_in_more_districts(block: int) -> None:
    """The same as above for 3,000 more districts."""
    for seed in range(10_000 + 300 * block, 10_300 + 300 * block):
        judged_right(seed, 8)


def test_any_list_is_accepted_as_feasible_exactly_if_it_is() -> None:
    """Lists with children anywhere: those without a violation under the claim `bound` are the feasible ones."""
    rng, found = Random(1), {True: 0, False: 0}
    for seed in range(300):
        district = small_planning_districts(seed)
        certificate = Certificate("bound", False, dict.fromkeys(seats(district), 0), ())
        for _ in range(6):
            placed = random_list(district, rng)
            verdict = check_optimum(district, placed, certificate)
            feasible = is_feasible(district, placed)
            assert (not verdict.violations) == feasible
            assert not feasible or verdict.objective == objective_of(district, placed)
            found[feasible] += 1
    assert min(found.values()) > 200


def random_list(district: District, rng: Random) -> dict[str, str]:
    """Children mostly where they may be, bundles mostly whole."""
    placed: dict[str, str] = {}
    for unit in units(district):
        usual = [unit.home] if leaves(district, unit) else ["", *options(district, unit)]
        school = rng.choice(usual if rng.random() < 0.9 else ["", *district.schools])
        placed |= {child: school if rng.random() < 0.95 else rng.choice(usual) for child in unit.ids}
    return placed
