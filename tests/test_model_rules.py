"""Each rule of the strict model on its smallest case: feasible, fixed feasible, fixed infeasible."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ortools.sat.python import cp_model

from allocator.checking import check_list_by_rules
from allocator.ground import DisagreementError
from allocator.models.law.bids import Bid
from allocator.models.law.cut import Comer, CutModel, SchoolSeats, solve_cut
from allocator.models.law.least_distance import DistanceModel, Diverted, solve_least_distance
from allocator.models.law.stability import StabilityModel, solve_stable
from allocator.models.law.strict import run_strict, strictly_all_or_none
from allocator.models.solver import solve_best, solve_unique
from tests.small import by_lot, kids, primary


def feasible(model: cp_model.CpModel, *literals: Any) -> bool:
    """Whether a model has a solution in which some literals hold."""
    for literal in literals:
        model.add_bool_and([literal])
    return bool(cp_model.CpSolver().solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE))


def cut(free: int, *claims: Comer, under_cap: int = -1) -> tuple[CutModel, list[list[cp_model.IntVar]]]:
    """A cut model of schools s and t with the same seats."""
    seats = {"s": SchoolSeats(free, under_cap), "t": SchoolSeats(free, under_cap)}
    total = sum(claim.size for claim in claims)
    model = CutModel(seats, {"s": 0, "t": 0}, {"s": total, "t": total})
    held = []
    for claim in claims:
        options = model.hold_first_with_room(claim)
        for school, y in zip(claim.route, options, strict=False):
            model.count(school, claim.size, y)
        held.append(options)
    return model, held


@pytest.mark.parametrize(("held", "fits"), [((1, 0), True), ((0, 1), False), ((1, 1), False), ((0, 0), False)])
def test_the_one_seat_goes_to_the_first_in_order(held: tuple[int, int], fits: bool) -> None:
    """Cut: one seat, two singles: the first holds it; nobody, the second, or both is infeasible."""
    model, options = cut(1, Comer(1, ["s"]), Comer(1, ["s"]))
    assert feasible(model.model, *(y if h else ~y for (y,), h in zip(options, held, strict=True))) is fits


@pytest.mark.parametrize(("size", "free", "under_cap", "fits"), [
    (2, 2, -1, True), (2, 1, -1, False), (2, 1, 2, True), (2, 1, 1, False), (2, 0, 9, False), (1, -1, 9, False),
    (3, 1, 3, True),
])  # fmt: skip
def test_room_follows_the_cut_rule(size: int, free: int, under_cap: int, fits: bool) -> None:
    """Room: enough seats; or some seats and, over plan, a hard cap that allows the whole party; never no seat."""
    model, ((y,),) = cut(free, Comer(size, ["s"]), under_cap=under_cap)
    assert feasible(model.model, y) is fits
    model, ((y,),) = cut(free, Comer(size, ["s"]), under_cap=under_cap)
    assert feasible(model.model, ~y) is not fits


@pytest.mark.parametrize(("where", "fits"), [((1, 0), True), ((0, 1), False), ((1, 1), False)])
def test_a_party_holds_the_first_school_with_room_and_no_other(where: tuple[int, int], fits: bool) -> None:
    """Route: with room at s the party holds s, not t, not both."""
    blocker = Comer(1, ["t"])
    model, held = cut(2, blocker, Comer(2, ["s", "t"]))
    options = held[1]
    if len(options) == 1:
        assert where[1] == 0 or not fits
        assert feasible(model.model, options[0]) is True
        return
    assert feasible(model.model, *(y if w else ~y for y, w in zip(options, where, strict=True))) is fits


def test_an_empty_order_and_an_empty_route_hold_nothing() -> None:
    """Trivially feasible: nobody in the order; a party that comes nowhere."""
    assert solve_cut([], {}, "r") == []
    assert solve_cut([Comer(1, [])], {}, "r") == [""]


def test_a_long_order_is_cut_into_blocks_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks: whatever their length, the list is the same."""
    order = [Comer(1 + (i % 5 == 0), ["s", "t"] if i % 2 else ["t", "s"]) for i in range(40)]
    seats = {"s": SchoolSeats(11, 12), "t": SchoolSeats(9, 9)}
    whole = solve_cut(order, seats, "r")
    for options in (1, 3, 7):
        monkeypatch.setattr("allocator.models.law.cut.OPTIONS_PER_BLOCK", options)
        assert solve_cut(order, seats, "r") == whole


def two_by_two(**fixed: bool) -> bool:
    """Feasibility of a market in which both orders and both lists cross; names like ``a_s`` fix who holds what."""
    model = StabilityModel([Bid("a", 1, ["s", "t"]), Bid("b", 1, ["t", "s"])])
    model.stable_at("s", ["b", "a"], 1)
    model.stable_at("t", ["a", "b"], 1)
    for key, holds in fixed.items():
        name, school = key.split("_")
        rank = model.rank[name, school]
        reached = model.reached[name]
        held = reached[rank] - reached[rank - 1] if rank else reached[rank]
        model.model.add(held == int(holds))
    return feasible(model.model)


def test_stability_allows_both_stable_matchings_and_no_other() -> None:
    """Stability: the families' best and the schools' best matching, but no blocking pair and no empty seat."""
    assert two_by_two(a_s=True, b_t=True)
    assert two_by_two(a_t=True, b_s=True)
    assert not two_by_two(a_s=True, b_t=False)
    assert not two_by_two(a_s=True, b_s=True)
    assert not two_by_two(a_s=True, a_t=True)


def test_the_objective_picks_the_students_best() -> None:
    """Ranks: of two stable matchings the families' best is the one, and it is unique."""
    bids = [Bid("a", 1, ["s", "t"]), Bid("b", 1, ["t", "s"])]
    assert solve_stable(bids, {"s": ["b", "a"], "t": ["a", "b"]}, {"s": 1, "t": 1}, "r") == {"a": "s", "b": "t"}


@pytest.mark.parametrize(("pool", "held"), [(1, {"w": "s"}), (2, {"w": "s"}), (3, {"w": "s", "c": "s"}), (0, {})])
def test_a_bundle_at_the_cut_is_held_whole(pool: int, held: dict[str, str]) -> None:
    """Pool: twins first in order are held while a seat is left before them; nobody where the pool is empty."""
    bids = [Bid("w", 2, ["s"]), Bid("c", 1, ["s"])]
    assert solve_stable(bids, {"s": ["w", "c"]}, {"s": pool}, "r") == held


@pytest.mark.parametrize(
    ("left", "placed", "fits"), [(2, True, True), (2, False, False), (1, False, True), (1, True, False)]
)
def test_decisions_are_all_or_none(left: int, placed: bool, fits: bool) -> None:
    """Decisions: two children named for a school are placed exactly if two seats are left."""
    from allocator.models.parties import parties_of

    group = parties_of(primary({}, kids(2, "fuli", "A")))
    model = cp_model.CpModel()
    literal = strictly_all_or_none(model, group, left)
    assert feasible(model, literal if placed else ~literal) is fits


def test_distance_model_keeps_to_the_seats() -> None:
    """Seats: twins do not go where one seat is left, and a negative number of seats counts as none."""
    model = DistanceModel([Diverted(2, ["s"], [5])], {"s": 1})
    assert not feasible(model.model, model.y[0][0])
    assert solve_least_distance([Diverted(1, ["s"], [5])], {"s": -1}, "r") == [""]
    assert solve_least_distance([Diverted(1, [], [])], {}, "r") == [""]


def test_distance_goals_come_in_their_order() -> None:
    """Goals: most children first, then metres, then the earlier school by order of ticket."""
    far = [Diverted(1, ["s"], [1]), Diverted(1, ["s", "t"], [1, 900])]
    assert solve_least_distance(far, {"s": 1, "t": 1}, "r") == ["s", "t"]
    near = [Diverted(1, ["s", "t"], [10, 10]), Diverted(1, ["s", "t"], [3, 9])]
    assert solve_least_distance(near, {"s": 1, "t": 1}, "r") == ["t", "s"]
    tie = [Diverted(1, ["s", "t"], [10, 10]), Diverted(1, ["s", "t"], [10, 10])]
    assert solve_least_distance(tie, {"s": 1, "t": 1}, "r") == ["s", "t"]


def test_least_distance_equals_enumeration() -> None:
    """On 60 small cases with twins the model's list is the best of all, goal by goal."""
    for number in range(60):
        rng = random.Random(number)
        parties = [_diverted(rng) for _ in range(rng.randint(1, 4))]
        seats = {name: rng.randint(-1, 3) for name in "stu"}
        assert solve_least_distance(parties, seats, "r") == _best(parties, seats)


def _diverted(rng: random.Random) -> Diverted:
    schools = rng.sample("stu", rng.randint(1, 3))
    return Diverted(rng.choice((1, 1, 2)), schools, [rng.randint(0, 3) for _ in schools])


def _best(parties: list[Diverted], seats: dict[str, int]) -> list[str]:
    """The best assignment by enumerating all."""

    def value(held: tuple[str, ...]) -> tuple[int, int, list[int]]:
        rows = [(p, p.schools.index(s) if s else len(p.schools)) for p, s in zip(parties, held, strict=True)]
        placed = sum(p.size for p, place in rows if place < len(p.schools))
        metres = sum(p.size * p.metres[place] for p, place in rows if place < len(p.schools))
        return (-placed, metres, [place for _, place in rows])

    def within(held: tuple[str, ...]) -> bool:
        return all(
            sum(p.size for p, s in zip(parties, held, strict=True) if s == name) <= max(free, 0)
            for name, free in seats.items()
        )

    lists: Iterator[tuple[str, ...]] = itertools.product(*[[*p.schools, ""] for p in parties])
    allowed = [held for held in lists if within(held)]
    best: tuple[str, ...] = min(allowed, key=value)
    return list(best)


def test_no_solution_and_two_solutions_are_told_apart() -> None:
    """Solver: an infeasible model and one with two solutions raise what names the rule."""
    model = cp_model.CpModel()
    y = model.new_bool_var("")
    with pytest.raises(DisagreementError, match="not_unique"):
        solve_unique(model, [y], "rule")
    model.add(y == 1)
    assert solve_best(model, [y], "rule") == [True]
    model.add(y == 0)
    with pytest.raises(DisagreementError, match="no_solution"):
        solve_best(model, [y], "rule")


def test_least_distance_uses_the_receiving_list_and_not_the_family_order() -> None:
    """Two schools equally far: the earlier one of the receiving list is taken, though the family prefers the other."""
    children = kids(2, "xincheng-shiyan", "A", preferred_diversion=("xincheng-3",), x="0", y="0")
    district = primary({"xincheng-2": 1, "xincheng-3": 2}, children, divert_assign="least_distance")
    places = {name: replace(school, x="30", y="40") for name, school in district.schools.items()}
    rows = run_strict(replace(district, schools=places))
    assert sorted(row.school_id for row in rows) == ["xincheng-2", "xincheng-3"]
    first = by_lot(district, "divert-A", [child.applicant_id for child in children])[0]
    assert next(row.school_id for row in rows if row.applicant_id == first) == "xincheng-2"


def test_least_distance_of_a_whole_batch_is_found_in_time() -> None:
    """A hundred diverted children in a dozen homes, twins among them: solved, unique, and accepted by the checker."""
    rng = random.Random(5)
    homes = [(str(rng.randint(0, 9000)), str(rng.randint(0, 9000))) for _ in range(12)]
    children = kids(90, "xincheng-shiyan", "A") + kids(5, "xincheng-shiyan", "A", start="t", size=2)
    placed = [child._replace(x=homes[i % 12][0], y=homes[i % 12][1]) for i, child in enumerate(children)]
    plan = {"xincheng-2": 25, "xincheng-3": 31, "fuli": 20, "hexi-primary": 30}
    district = primary(plan, placed, divert_assign="least_distance")
    schools = {n: replace(s, x=str(800 * i), y="4000") for i, (n, s) in enumerate(district.schools.items())}
    district = replace(district, schools=schools)
    rows = run_strict(district)
    assert sum(row.outcome == "diverted" for row in rows) == 100
    assert district.draw is not None
    assert check_list_by_rules(district, rows, district.draw.source) == ()


def test_the_places_of_categories_are_made_once() -> None:
    """Every party asks for them; making them anew each time cost more than all else about a party."""
    policy = primary({}, []).policy
    assert policy.rank is policy.rank
    assert list(policy.rank) == [category.category_id for category in policy.categories]
    assert replace(policy, categories=policy.categories[::-1]).rank != policy.rank
