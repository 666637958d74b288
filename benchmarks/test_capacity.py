"""Extra seats under deferred acceptance: the published optima (benchmarks/instances/capacity)."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.capacity import Case, cases, solve

SMOKE = ("20x500-seed0-2-5", "20x500-seed1000-3-5", "60x1000-seed1000-2-5")
"""Small ones, which run with every change."""

MEAN, LONGEST = 7, 120
"""Seconds: the goals for the mean of all cases, and for the longest."""


@pytest.mark.parametrize("case", [case for case in cases() if case.name in SMOKE], ids=lambda case: case.name)
def test_capacity_smoke(benchmark: Any, case: Case) -> None:
    """A small case: equal to the published optimum, and proven."""
    found = benchmark.pedantic(solve, args=(case,), rounds=1)
    assert found.objective == found.bound == case.optimum


def test_capacity_all(benchmark: Any) -> None:
    """All 216 cases: equal to the published optimum, and proven; mean and longest time."""
    found = benchmark.pedantic(lambda: [(case, solve(case)) for case in cases()], rounds=1)
    wrong = [case.name for case, solved in found if not solved.objective == solved.bound == case.optimum]
    times = [solved.seconds for _, solved in found]
    benchmark.extra_info.update(solve_s=sum(times) / len(times), longest_s=max(times), goal_s=MEAN)
    assert (len(found), wrong) == (216, [])
    assert max(times) <= LONGEST
