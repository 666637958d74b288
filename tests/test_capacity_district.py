"""Where to add seats in a district: by hand, against trying everything, and what is refused."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from math import prod
from typing import Any

import pytest

from allocator.domain import Applicant, District, Draw, Planning
from allocator.ground import InputError
from allocator.lottery import hard_cap_faults
from allocator.models.extra_seats.program import program_of_optimum, program_of_rules, without_diversions
from allocator.models.extra_seats.search import search_best_seats, search_fewest_units
from allocator.models.limit import Limit
from allocator.planning.draws import Simulator
from allocator.planning.extra_seats import Request, request_default_not_diverted, rules_search, search_extra_seats
from allocator.planning.extra_seats.answer import NotEnoughError
from allocator.planning.extra_seats.rules_judge import RulesJudge
from allocator.planning.whatif import compose
from tests.planning_oracle import relations, small_planning_districts, units
from tests.seats_oracle import (
    optimum,
    optimum_meets,
    rules,
    rules_meet,
    vector_of_placed,
    ways,
)
from tests.small_districts import Town, all_phases, bids, kid, policy, random_district

WEIGHTS = Planning(
    category=dict.fromkeys("ABEU", 10**6), home=0, chosen=0, diverted=0, metre=0, nearest=9, closed={}
)  # fmt: skip
QUESTIONS = ((2, 1), (1, 2), (3, 1), (2, 2))
"""Units and seats of one unit."""


def asked(units_: int, step: int, **more: Any) -> Request:
    """A question for seats or for classes."""
    if step == 1:
        return Request(extra_seats=units_, **more)
    return Request(classes=units_, class_size=step, **more)


def fewest(step: int, categories: tuple[str, ...], **more: Any) -> Request:
    """The inverse question."""
    return Request(fewest=True, class_size=step if step > 1 else None, not_diverted=categories, **more)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search try no way after another: every district is too large for that."""
    monkeypatch.setattr(rules_search, "MOST_LISTS", 0)


def varied(seed: int) -> District:
    """A random district with every kind of phase, bundles at cuts and rounds; weights serve the oracle alone."""
    district = random_district(seed, 8)
    return replace(district, policy=replace(district.policy, planning=WEIGHTS), draw=Draw(trial_seed=1))


def planned(seeds: range, most: int) -> Iterator[tuple[int, District]]:
    """Random districts with few enough lists to try them all."""
    for seed in seeds:
        district = replace(small_planning_districts(seed), draw=Draw(trial_seed=1))
        lists = prod(1 + len(relations(district, unit)) for unit in units(district))
        if lists <= most and not hard_cap_faults(district):
            yield seed, district


def short_of_one(distance: int = 100) -> District:
    """s1 has one seat for two children; the diverted one takes the only seat of s2 from the child there."""
    kids = [
        kid(1, x="100", y="0"), kid(2, x="100", y="0"),
        kid(3, "z2", "B", registered_school="s2", x=str(100 + distance), y="0"),
    ]  # fmt: skip
    return Town(plan={"s1": 1, "s2": 1, "s3": 1}).district(policy(all_phases(listed=("s2",), last=("s2",))), kids)


@pytest.mark.parametrize("by", ["rules", "optimum"])
def test_one_seat_by_hand(by: str) -> None:
    """One seat goes to s1: nobody is without a seat then, and nobody diverted; at s2 one child would stay diverted."""
    found = search_extra_seats(short_of_one(), Request(extra_seats=1, by=by))
    assert dict(found.extra) == {"s1": 1, "s2": 0, "s3": 0}
    assert found.after == found.bound == (0, 0, 0, 0, 0, 0)
    assert found.before[:4] == (0, 1, 0, 0)
    assert (found.proven, found.units) == (True, 1)


@pytest.mark.parametrize("by", ["rules", "optimum"])
def test_a_class_goes_where_a_seat_would(by: str) -> None:
    """Seats come by classes of three: one class is enough, a second one is not used."""
    found = search_extra_seats(short_of_one(), Request(classes=2, class_size=3, by=by))
    assert dict(found.extra) == {"s1": 3, "s2": 0, "s3": 0}
    assert (found.units, found.proven) == (1, True)


@pytest.mark.parametrize("by", ["rules", "optimum"])
def test_only_schools_allowed_get_seats(by: str) -> None:
    """With seats at s2 alone the child there has a seat, and one of s1 stays diverted."""
    found = search_extra_seats(short_of_one(), Request(extra_seats=5, where=("s2",), by=by))
    assert dict(found.extra) == {"s1": 0, "s2": 1, "s3": 0}
    assert found.after[-2] == 1
    with pytest.raises(NotEnoughError):
        search_extra_seats(short_of_one(), fewest(1, ("A",), where=("s2",), by=by))


@pytest.mark.parametrize("by", ["rules", "optimum"])
def test_the_fewest_by_hand(by: str) -> None:
    """One seat is enough, and none is not; where nobody must be undiverted, one at s2 is as good as one at s1."""
    found = search_extra_seats(short_of_one(), fewest(1, ("A", "B"), by=by))
    assert (found.units, found.bound_units, found.proven) == (1, 1, True)
    assert found.extra["s1"] == 1
    nobody = search_extra_seats(short_of_one(), Request(fewest=True, by=by))
    assert (nobody.units, nobody.proven) == (1, True)
    enough = Town(plan={"s1": 5, "s2": 5, "s3": 5}).district(policy(all_phases()), [kid(1)])
    assert search_extra_seats(enough, fewest(1, ("A", "B"), by=by)).units == 0


def test_whom_no_seat_helps_is_told_apart() -> None:
    """A child of category U without an adjustment list, and a late one of A that can be adjusted only."""
    kids = [kid(1, "z3", "E"), kid(2, status="late")]
    town = Town(plan={"s1": 1, "s2": 1, "s3": 1})
    found = search_extra_seats(town.district(policy(all_phases()), kids), fewest(1, ("A", "B")))
    assert (found.hopeless, found.beyond, found.units) == (1, 1, 0)
    assert found.after == (0, 0, 1, 0, 1, 0)


def test_seats_of_a_round_are_not_extra_seats() -> None:
    """A round offers one seat of s3 to two bidders from z1: extra seats at s3 are not the round's, those at s1 help."""
    rules_ = policy(all_phases(listed=("s2",), rounds=(bids(),), last=("s2",)))
    kids = [kid(n, voluntary_1=("s3",)) for n in (1, 2, 3)]
    town = Town(plan={"s1": 1, "s2": 0, "s3": 2}, offered={"s3": 1})
    found = search_extra_seats(town.district(rules_, kids), fewest(1, ("A", "B")))
    assert (dict(found.extra), found.bound_units) == ({"s1": 1, "s2": 0, "s3": 0}, 1)


def test_a_bundle_at_the_edge_of_a_round_is_within_the_bound() -> None:
    """A round offers one seat and holds twins whole: the program of the rules lets both in, and no third child."""
    twins = [Applicant(f"T{n}", "z1", "A", voluntary_1=("s3",), bundle="t") for n in (1, 2)]
    kids = [*twins, kid(3, voluntary_1=("s3",)), kid(4, voluntary_1=("s3",))]
    rules_ = policy(all_phases(listed=("s2",), rounds=(bids(),), last=("s2",)))
    town = Town(plan={"s1": 0, "s2": 9, "s3": 5}, caps={"s3": 9}, offered={"s3": 1})
    vectors = set()
    for trial in range(1, 12):
        district = town.district(rules_, kids, trial)
        vectors.add(search_extra_seats(district, Request(extra_seats=0, trial_seed=trial)).after[-2])
        program = program_of_rules(district)
        assert search_best_seats(program, program.seats < 0, 0, 1, Limit()).vector[-2] == 2
    assert vectors == {2, 3}  # the twins, or one of the others


def test_optimum_equals_trying_every_way_and_every_list() -> None:
    """Extra seats and classes on random small districts: outcome before and after, bound, list, and its proof."""
    for seed, district in planned(range(90), 800):
        most, step = QUESTIONS[seed % 4]
        found = search_extra_seats(district, asked(most, step, by="optimum"))
        best = min(optimum(district, extra) for extra in ways(district, most, step))
        assert found.after == found.bound == best, seed
        assert optimum(district, found.extra) == vector_of_placed(district, found.placed) == best, seed
        assert found.before == optimum(district, {}), seed
        assert found.proven


def test_optimum_of_the_fewest_equals_trying_everything() -> None:
    """The fewest units on random small districts, and that there are none where nothing helps."""
    for seed, district in planned(range(90), 500):
        step, categories = QUESTIONS[seed % 4][1], (("A", "B"), ("A",), ("A", "B", "E", "U"), ())[seed % 4]
        totals = (t for t in range(8) for w in ways(district, t, step) if optimum_meets(district, w, categories))
        least = next(totals, None)
        try:
            found = search_extra_seats(district, fewest(step, categories, by="optimum"))
        except NotEnoughError:
            assert least is None, seed
            continue
        assert (found.units, found.bound_units, found.proven) == (least, least, True), seed
        assert optimum_meets(district, found.extra, categories)


@pytest.mark.parametrize("seed", range(40))
def test_rules_equal_trying_every_way(seed: int) -> None:
    """Every way is computed where there are few: the best one, its outcome, and the outcome without seats."""
    district = varied(seed)
    most, step = QUESTIONS[seed % 4]
    found = search_extra_seats(district, asked(most, step))
    best = min(rules(district, extra) for extra in ways(district, most, step))
    assert found.after == found.bound == best == rules(district, found.extra)
    assert found.before == rules(district, {})
    assert (found.proven, found.exhausted) == (True, True)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(40))
def test_bound_of_the_rules_is_never_better_than_the_truth(seed: int) -> None:
    """A local search finds no more than there is, its bound promises no less, and it is proven only where both meet."""
    district = varied(seed)
    most, step = QUESTIONS[seed % 4]
    found = search_extra_seats(district, asked(most, step))
    best = min(rules(district, extra) for extra in ways(district, most, step))
    assert found.bound <= best <= found.after == rules(district, found.extra)
    assert found.proven == (found.after == found.bound)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(12))
def test_bound_holds_over_several_draws(seed: int) -> None:
    """The bounds of single draws are added up, and stay below the best sum that any way reaches."""
    district = varied(seed)
    judge = RulesJudge(district, program_of_rules(district), 3)
    found = search_extra_seats(district, asked(2, 1, draws=3))
    every = [tuple(extra[name] for name in found.extra) for extra in ways(district, 2)]
    best = min(judge.vector(extra) for extra in every)
    assert found.bound <= best <= found.after == judge.vector(tuple(found.extra.values()))


@pytest.mark.parametrize("exhausting", [True, False])
@pytest.mark.parametrize("seed", range(30))
def test_rules_with_the_fewest_equal_trying_every_way(
    seed: int, exhausting: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fewest units: exact where every way is tried, else a number that is enough and one that is not exceeded."""
    if not exhausting:
        monkeypatch.setattr(rules_search, "MOST_LISTS", 0)
    district = varied(seed)
    step, categories = QUESTIONS[seed % 4][1], (("A", "B"), ("A",), ("A", "B", "E", "U"), ())[seed % 4]
    totals = (t for t in range(6) for w in ways(district, t, step) if rules_meet(district, w, categories))
    least = next(totals, None)
    try:
        found = search_extra_seats(district, fewest(step, categories))
    except NotEnoughError:
        assert least is None
        return
    assert rules_meet(district, found.extra, categories)
    if least is None:
        assert found.units > 5
    else:
        assert found.bound_units <= least <= found.units
        assert found.proven == (found.units == found.bound_units)
        assert found.proven or not exhausting


@pytest.mark.parametrize("seed", range(6))
def test_several_draws_are_summed_up(seed: int) -> None:
    """The same seats for all draws: the sum of their outcomes is minimised, and each draw is the simulator's."""
    district = varied(seed)
    found = search_extra_seats(district, asked(2, 1, draws=4))
    judge, simulator = RulesJudge(district, program_of_rules(district), 4), Simulator(compose(district, []))
    drawn = [judge.vector_of(simulator.draw(1, number)) for number in range(1, 5)]
    assert found.before == tuple(map(sum, zip(*drawn, strict=True)))
    every = [tuple(w[name] for name in found.extra) for w in ways(district, 2)]
    assert found.after == min(judge.vector(extra) for extra in every) == found.bound
    assert found.lists == 4


def test_a_program_of_the_rules_holds_every_list_of_the_rules() -> None:
    """The relaxation is no better than the truth in any of many districts, seeds and numbers of seats."""
    for seed in range(60):
        district = varied(seed)
        program = program_of_rules(district)
        for extra in ways(district, 1):
            more = sum(extra.values())
            found = search_best_seats(program, program.seats >= 0, more, 1, Limit())
            assert found.vector <= rules(district, extra), seed


def test_fewest_units_without_bundles_is_exact() -> None:
    """Single children only: the flow's number is enough, and one less is not."""
    for seed, district in planned(range(200), 10**9):
        if any(child.bundle for child in district.applicants):
            continue
        program = without_diversions(program_of_optimum(district), [0, 1])
        everywhere = program.seats >= 0
        least = search_fewest_units(program, everywhere, 1, Limit())
        if least is None:
            continue
        lost = int((program.size * program.count)[program.hopeless].sum())
        assert sum(search_best_seats(program, everywhere, least, 1, Limit()).vector[:-2]) == lost, seed
        if least:
            assert sum(search_best_seats(program, everywhere, least - 1, 1, Limit()).vector[:-2]) > lost, seed


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("by", ["rules", "optimum"])
def test_a_limit_that_is_over_ends_with_what_is_known(by: str) -> None:
    """No time at all: no seats are recommended, nothing is called proven, and the bound is no better than the truth."""
    limit = Limit(1e-9)
    found = search_extra_seats(short_of_one(), Request(extra_seats=1, by=by, time_limit=1e-9), limit=limit)
    assert not found.proven
    assert found.bound <= (0, 0, 0, 0, 0, 0) <= found.after


def test_the_answer_does_not_depend_on_the_order_of_the_tables() -> None:
    """Schools upside down: the same seats, by either method."""
    for by in ("rules", "optimum"):
        for seed in range(8):
            district = varied(seed)
            turned = replace(district, schools=dict(list(district.schools.items())[::-1]))
            one, other = (search_extra_seats(d, asked(2, 1, by=by)) for d in (district, turned))
            assert (one.extra, one.after, one.bound) == (other.extra, other.after, other.bound)


def test_usual_categories_are_those_that_register() -> None:
    """Without --not-diverted the goal holds for the categories whose home rule is ``registered``."""
    assert request_default_not_diverted(short_of_one()) == ("A", "B")


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        (Request(), ["capacity.one_question"]),
        (Request(extra_seats=1, fewest=True), ["capacity.one_question"]),
        (Request(extra_seats=-1), ["capacity.number"]),
        (Request(classes=1), ["capacity.no_size"]),
        (Request(classes=-2, class_size=0), ["capacity.number", "capacity.number"]),
        (Request(extra_seats=1, class_size=45), ["capacity.size_unused"]),
        (Request(extra_seats=1, by="luck"), ["capacity.by"]),
        (Request(extra_seats=1, by="optimum", draws=3), ["capacity.draws_unused"]),
        (Request(extra_seats=1, draws=-3), ["capacity.number"]),
        (Request(extra_seats=1, time_limit=0.0), ["planning.time_limit"]),
        (Request(extra_seats=1, not_diverted=("A",)), ["capacity.goal_unused"]),
        (Request(extra_seats=1, where=("s9", "x")), ["what_if.external", "what_if.unknown_school"]),
        (Request(fewest=True, not_diverted=("Z",)), ["what_if.unknown_category"]),
        (Request(fewest=True, by="ranks"), ["capacity.ranks_fewest"]),
        (Request(extra_seats=1, by="ranks"), ["capacity.not_ranked"]),
    ],
)
def test_bad_questions_are_refused(request_: Request, codes: list[str]) -> None:
    """Each fault has its code."""
    with pytest.raises(InputError) as raised:
        search_extra_seats(short_of_one(), request_)
    assert sorted(fault.code for fault in raised.value.faults) == codes


def test_districts_without_a_list_of_their_own_are_refused() -> None:
    """Least distance under ``rules``; a broken hard-cap rule by either method."""
    model = random_district(1, 4, divert_assign="least_distance")
    with pytest.raises(InputError) as raised:
        search_extra_seats(model, Request(extra_seats=1))
    assert [fault.code for fault in raised.value.faults] == ["simulate.model_decides"]
    twins = [Applicant(f"T{n}", "z1", "A", voluntary_1=("s3",), bundle="t") for n in (1, 2)]
    over = Town(offered={"s3": 1}).district(policy(all_phases(rounds=(bids(),))), twins)
    for by in ("rules", "optimum"):
        with pytest.raises(InputError) as raised:
            search_extra_seats(over, Request(extra_seats=1, by=by))
        assert [fault.code for fault in raised.value.faults] == ["draw.hard_cap_offered"]


def test_ctrl_c_ends_the_search() -> None:
    """The first Ctrl-C is the end of the search, not of the program."""
    limit = Limit()
    with limit.listening():
        os.kill(os.getpid(), signal.SIGINT)
        found = search_extra_seats(short_of_one(), Request(extra_seats=1), limit=limit)
    assert sum(found.extra.values()) <= 1
