"""Weights and instances that the planning optimum refuses, and those at the edge that it accepts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from allocator.ground import InputError
from allocator.models.optimum.market import make_market
from allocator.models.optimum.methods import METHODS, optimise
from allocator.models.optimum.weights import (
    largest_option_value,
    largest_safe_value,
    weight_dominance_faults,
    weight_size_faults,
    weight_sum_faults,
)
from allocator.planning.optimum import solve_and_check_optimum
from tests.planning_cases import one_seat
from tests.planning_oracle import (
    small_planning_districts,
    with_planning,
)


def test_weights_with_which_leaving_a_child_out_could_pay_are_refused() -> None:
    """A weight below the metres is refused, with the least that is enough; that least is accepted."""
    district = one_seat(distance=4)
    assert district.policy.planning is not None
    small = with_planning(district, category=dict.fromkeys("ABEU", 4))
    (fault,) = weight_dominance_faults(small.policy.planning, make_market(small))  # type: ignore[arg-type]
    assert (fault.code, fault.column, fault.params["least"]) == ("planning.too_small", "planning.category.A", "5")
    enough = with_planning(district, category=dict.fromkeys("ABEU", 5))
    assert weight_dominance_faults(enough.policy.planning, make_market(enough)) == []  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        solve_and_check_optimum(small)
    assert [f.code for f in caught.value.faults] == ["planning.too_small"]


@pytest.mark.parametrize("seed", range(0, 400, 2))
def test_dominant_weights_leave_nobody_out(seed: int) -> None:
    """With weights that are not refused, and without bundles, as many children are seated as can be."""
    district = small_planning_districts(seed)
    alone = replace(district, applicants=tuple(child._replace(bundle="") for child in district.applicants))
    assert alone.policy.planning is not None
    heavy = with_planning(alone, category=dict.fromkeys("ABEU", 10_000))
    market = make_market(heavy)
    assert weight_dominance_faults(heavy.policy.planning, market) == []  # type: ignore[arg-type]
    optimum = optimise(market)
    most = optimise(replace(market, value=np.ones_like(market.value))).objective
    assert int(optimum.placed.sum()) == most


def test_weights_that_could_overflow_are_refused_before_solving() -> None:
    """A weight above the safe value is named with the largest safe one; that one is accepted."""
    district = one_seat(distance=4)
    safe = largest_option_value(district) // 4
    huge = with_planning(district, category=dict.fromkeys("ABEU", safe + 1), metre=2**62)
    faults = {f.column: f.params["most"] for f in weight_size_faults(huge)}
    assert faults.keys() == {*(f"planning.category.{c}" for c in "ABEU"), "planning.metre"}
    assert faults["planning.category.A"] == str(safe)
    fits = with_planning(district, category=dict.fromkeys("ABEU", safe))
    assert weight_size_faults(fits) == []
    assert optimise(make_market(fits)).objective == safe


def test_missing_places_are_named_only_where_metres_count() -> None:
    """Without coordinates the optimum is refused unless metres weigh nothing."""
    district = one_seat(distance=4)
    blind = replace(district, applicants=tuple(c._replace(x="", y="") for c in district.applicants))
    with pytest.raises(InputError) as caught:
        solve_and_check_optimum(blind)
    assert {(f.code, f.value) for f in caught.value.faults} == {("planning.home_place", c) for c in ("near", "far")}
    found = solve_and_check_optimum(with_planning(blind, metre=0))
    assert found.optimum.objective == 100


def test_a_bundle_larger_than_any_school_stays_without_a_seat() -> None:
    """Twins and one seat: nobody parts them, the gap is closed by the proof, and the plan names them."""
    district = one_seat(distance=4)
    twins = replace(district, applicants=tuple(c._replace(bundle="b") for c in district.applicants))
    found = solve_and_check_optimum(twins)
    assert set(found.placed.values()) == {""}
    assert found.optimum.proven
    assert found.hopeless == ("far",)


def test_large_weights_that_are_accepted_are_solved_by_every_method() -> None:
    """At the largest safe value no method gives up, and none is told a model that the solver cannot add up."""
    for seed in range(40):
        district = small_planning_districts(seed)
        market = make_market(district)
        largest = int(np.abs(market.value).max(initial=0))
        if not largest:
            continue
        factor = largest_safe_value(market) // largest
        scaled = replace(market, value=market.value * factor)
        found = {method: optimise(scaled, method) for method in METHODS}
        assert all(optimum.proven for optimum in found.values())
        assert len({optimum.objective for optimum in found.values()}) == 1
        assert found["core"].objective == optimise(market).objective * factor


def test_sums_of_many_options_are_refused_with_the_largest_safe_weight() -> None:
    """A weight that fits one option but not the sum of all is refused; the weight named is accepted."""
    district = one_seat(distance=4)
    market = make_market(with_planning(district, category=dict.fromkeys("ABEU", 2**59 + 4)))
    planning = with_planning(district, category=dict.fromkeys("ABEU", 2**59 + 4)).policy.planning
    assert planning is not None
    (fault,) = weight_sum_faults(planning, market)
    assert fault.code == "planning.too_large"
    fits = with_planning(district, category=dict.fromkeys("ABEU", int(fault.params["most"])))
    assert weight_sum_faults(fits.policy.planning, make_market(fits)) == []  # type: ignore[arg-type]
