"""Ranked lists of every shape, and adjustment by distance: both engines and the checker, in seconds of the processor.

Every list is asserted to be that of both engines, proven unique by the model and accepted by the checker. Ratios say
more than seconds: model to procedure, and the exponent of all three in children and in list length. Each part counts
with the lesser of two runs, as other work on the machine only ever adds.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from math import log2
from typing import Any

import pytest

from allocator.checking import check_list_by_rules
from allocator.domain import District
from allocator.models.law.strict import run_strict
from allocator.procedure import run_procedure
from benchmarks.shapes import SHAPES, Shape, by_distance, ranked

GOALS = {"one-order-30": 10, "own-orders-30": 10, "short-lists": 5, "district-20k": 30}
"""Seconds for the whole run of the shape, as wanted."""

FAR = {"smoke": (600, 20, 30), "centres": (62_296, 143, 1_200), "homes": (62_296, 143, 0)}
"""Children, schools, and places that children share (0: none do)."""

DISTANCE_GOAL = 30
"""Seconds of the processor for procedure and checker."""


@pytest.fixture(autouse=True)
def _without_collector() -> Iterator[None]:
    """The command line runs without the collector of cyclic garbage; so do its benchmarks."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What some work gives, and the processor's seconds that it took."""
    since = time.process_time()
    found = work()
    return found, time.process_time() - since


def judged(district: District) -> dict[str, float]:
    """Seconds of procedure, strict model and checker; all three agree."""
    assert district.draw is not None
    source = district.draw.source
    rows, procedure = timed(lambda: run_procedure(district))
    strict, model = timed(lambda: run_strict(district))
    found, checker = timed(lambda: check_list_by_rules(district, rows, source))
    assert strict == rows
    assert found == ()
    return {"procedure_s": procedure, "strict_s": model, "checker_s": checker}


def least(shape: Shape) -> dict[str, float]:
    """Seconds of a shape, for each part the lesser of two runs."""
    first, second = judged(ranked(shape)), judged(ranked(shape))
    return {part: min(first[part], second[part]) for part in first}


def exponent(whole: float, half: Shape) -> float:
    """With which power seconds grow, from those of a shape of half the children or length to the whole."""
    return round(log2(whole / sum(least(half).values())), 2)


@pytest.mark.parametrize("name", SHAPES)
def test_ranked_lists(benchmark: Any, name: str) -> None:
    """A shape, and the same with half the children and with lists of half the length."""
    shape = SHAPES[name]
    took = benchmark.pedantic(least, args=(shape,), rounds=1)
    ratio = round(took["strict_s"] / (took["procedure_s"] + took["checker_s"]), 1)
    whole = round(sum(took.values()), 2)
    powers = {} if name.startswith("smoke") else _exponents(shape, sum(took.values()))
    benchmark.extra_info.update(solve_s=whole, goal_s=GOALS.get(name), model_to_procedure_and_checker=ratio, **powers)


def _exponents(shape: Shape, whole: float) -> dict[str, float]:
    """How the whole grows with children, and with the length of lists where there is any to halve."""
    found = {"exponent_children": exponent(whole, shape.half())}
    if shape.length > 1:
        found["exponent_length"] = exponent(whole, shape.shorter())
    return found


@pytest.mark.parametrize("name", FAR)
def test_adjustment_by_distance(benchmark: Any, name: str) -> None:
    """Everybody goes to the nearest school with a seat; equal distances by id."""
    took = benchmark.pedantic(judged, args=(by_distance(*FAR[name]),), rounds=1)
    both = round(took["procedure_s"] + took["checker_s"], 2)
    goal = None if name == "smoke" else DISTANCE_GOAL
    benchmark.extra_info.update(solve_s=both, goal_s=goal, strict_s=round(took["strict_s"], 2))
