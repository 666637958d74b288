"""The two solvers behind the planning optimum give the same answers, and never call anything proven that is not."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from allocator.domain import NO_SCHOOL
from allocator.models.limit import Limit
from allocator.models.optimum.component import Component, solve_component
from allocator.models.solver import IntegerProgram, minimise_exactly, minimise_linear


def program(seed: int, most: int | None = None) -> IntegerProgram:
    """Return a small random program; every row adds weighted variables up to a number."""
    dice = random.Random(seed)
    variables, rows = dice.randint(1, 5), dice.randint(1, 3)
    terms = [(r, v, dice.choice((1, 1, 2, 3))) for r in range(rows) for v in range(variables) if dice.random() < 0.7]
    row, column, weight = (np.array([term[at] for term in terms], dtype=np.int64) for at in range(3))
    return IntegerProgram(
        cost=np.array([dice.randint(0, 9) for _ in range(variables)]),
        upper=np.array([dice.randint(0, 3) for _ in range(variables)]),
        rows=row, columns=column, weights=weight,
        right=np.array([dice.randint(0, 5) for _ in range(rows)]),
        most=most,
    )  # fmt: skip


def cheapest(case: IntegerProgram) -> int | None:
    """Return the least cost by enumeration, None where nothing fits."""
    every = itertools.product(*(range(most + 1) for most in case.upper.tolist()))
    costs = [int(case.cost @ np.array(v)) for v in every if case.fits(np.array(v, dtype=np.int64))]
    return min(costs, default=None)


@pytest.mark.parametrize("seed", range(150))
def test_both_solvers_find_the_cheapest(seed: int) -> None:
    """CP-SAT and HiGHS equal enumeration, also where nothing fits."""
    case, best = program(seed), cheapest(program(seed))
    for solve in (minimise_exactly, minimise_linear):
        values, proven = solve(case, Limit())
        assert proven
        assert (None if values is None else int(case.cost @ values)) == best
        assert values is None or case.fits(values)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_dearer_than_what_is_known_is_given(seed: int) -> None:
    """With a known cost CP-SAT gives something as cheap, or proves that there is nothing."""
    best = cheapest(program(seed))
    if best is not None:
        values, proven = minimise_exactly(program(seed, best), Limit())
        assert proven
        assert values is not None
        values, proven = minimise_exactly(program(seed, best - 1), Limit())
        assert (values, proven) == (None, True)


@pytest.mark.parametrize("seed", range(20))
def test_a_solver_without_time_claims_nothing_false(seed: int) -> None:
    """Asked to stop at once, a solver may know the answer already; what it does not know it does not call proven."""
    case, best = program(seed), cheapest(program(seed))
    for solve in (minimise_exactly, minimise_linear):
        values, proven = solve(case, Limit(0.0))
        assert not proven or (None if values is None else int(case.cost @ values)) == best


@pytest.mark.parametrize(("seats", "loss"), [(3, 0), (2, 4), (1, 11), (0, 14)])
def test_smallest_component(seats: int, loss: int) -> None:
    """Twins and a single child, one school, dear to leave out: what is lost by the seats that there are."""
    component = Component(
        size=np.array([2, 1]), count=np.array([1, 1]), owner=np.array([0, 1, 0, 1]),
        school=np.array([0, 0, NO_SCHOOL, NO_SCHOOL]), loss=np.array([0, 0, 10, 4]),
        seats=np.array([seats]), price=np.array([1]),
    )  # fmt: skip
    found = solve_component(component, None, Limit())
    assert found.proven
    assert found.placed is not None
    left = seats - int(found.placed[:2] @ component.size)
    assert int(found.placed @ component.loss) + left == loss - (1 if seats == 1 else 0)
