"""Honest errors: Student's t for the number of demand draws, paired differences, nothing clear below ten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from allocator.planning.draws import FEWEST_UNITS, FIGURES, SUMS, estimate_mean, mean_of, t95_of_mean
from allocator.planning.draws.means import half_width_of_mean, is_mean_clear
from allocator.planning.odds.count import Chances
from allocator.planning.odds.twins import Side
from allocator.planning.sweep import Sweep, announce_run, open_store, pack_for_workers, run_missing
from allocator.planning.sweep import runners as pools
from allocator.procedure.words import by_word
from tests.cli_calls import as_json, good
from tests.sweep_cases import grid_file, planned, read

TABLE = {2: 12.706205, 3: 4.302653, 4: 3.182446, 5: 2.776445, 6: 2.570582, 10: 2.262157, 11: 2.228139, 20: 2.093024,
         30: 2.045230, 61: 2.000298, 121: 1.979930, 201: 1.971896, 1001: 1.962339, 10**7: 1.959964}  # fmt: skip
"""97.5 % points of Student's t with one degree of freedom less than draws, from printed tables."""


def test_students_t_by_the_tables() -> None:
    """From two draws to ten million; every further draw brings the end nearer, also where the series takes over."""
    assert {draws: t95_of_mean(draws) for draws in TABLE} == pytest.approx(TABLE, abs=6e-7)
    ends = [t95_of_mean(draws) for draws in range(2, 500)]
    assert ends == sorted(ends, reverse=True)
    with pytest.raises(ValueError, match="2 draws"):
        t95_of_mean(1)


def test_students_t_by_another_program() -> None:
    """SciPy, where it is installed."""
    student: Any = pytest.importorskip("scipy.stats", reason="needs scipy").t
    for draws in (*range(2, 60), 199, 200, 201, 202, 203, 5000):
        assert t95_of_mean(draws) == pytest.approx(float(student.ppf(0.975, draws - 1)), abs=6e-7)


def test_the_half_is_that_of_the_units() -> None:
    """Five demand draws of two draws each: 2.776 standard errors of five units, not of ten."""
    found = estimate_mean(np.array([1, 3, 2, 4, 9, 7, 5, 5, 0, 4], dtype=np.int64), 5)  # units 2, 3, 8, 5, 2
    assert (found.mean, found.units) == (40000, 5)
    assert found.error == round(1e4 * (26 / 20) ** 0.5)
    assert found.half is not None
    assert found.half == pytest.approx(2.776445 * 1e4 * (26 / 20) ** 0.5, abs=1)
    assert estimate_mean(np.array([4], dtype=np.int64)).half is None


def test_what_ifs_odds_and_seats_use_the_same_end() -> None:
    """Means over draws, chances of a row and of twins: half the interval is t times the error, by their own units."""
    assert mean_of([1, 2, 6]).half == pytest.approx(4.302653 * (7 / 3) ** 0.5, abs=1e-5)
    assert mean_of([4, 4, 4]).half == pytest.approx(4.92)  # nobody else in three draws, but four children may be
    assert mean_of([5]).half is None
    assert Chances(1.0, 5, 10, (5,), (0.1,)).half(0) == pytest.approx(0.2776445)
    assert Chances(1.0, 1, 10, (5,), (None,)).half(0) is None
    assert Side((0.5,), (0.1,), 10).half == pytest.approx((0.2262157,))


@pytest.mark.parametrize(("units", "expected"), [(2, False), (9, False), (10, True), (500, True)])
def test_below_ten_draws_nothing_is_clear(units: int, expected: bool) -> None:
    """However far from 0 a difference lies; of ten and more one outside its interval is."""
    assert is_mean_clear(100.0, 1.0, units=units) is expected
    assert not is_mean_clear(1.0, 1.0, units=units)
    assert not is_mean_clear(100.0, None, units=units)
    assert mean_of([100, 101] * (units // 2) + [100] * (units % 2)).clear is expected
    assert half_width_of_mean(None, units) is None


def drawn(town: Path, folder: Path, **wish: Any) -> Iterator[tuple[str, dict[str, np.ndarray[Any, Any]]]]:
    """Differences to the base of every composition of the grid, by figure, a column for each demand draw."""
    plan, header = planned(town, folder, **wish)
    with open_store(folder / "r.sqlite", header) as store, pools.runner_here(pack_for_workers(read(town))) as runner:
        announce_run(plan, store)
        run_missing(plan, store, runner)
        base: dict[str, np.ndarray[Any, Any]] = {}
        for digest in plan.settings:
            rows = np.array([row.figures for row in store.rows(digest, plan.demands, plan.draws)], dtype=np.int64)
            values = {name: rows[:, i] for i, name in enumerate(FIGURES)}
            values |= {name: np.sum([values[part] for part in parts], axis=0) for name, parts in SUMS.items()}
            base = base or values
            yield digest, {name: values[name] - base[name] for name in values}


DISTRICTS = ((90, 41), (120, 12), (180, 42), (300, 9))
"""Children and seed of more generated districts, with figures that hardly vary and with skewed ones."""


def coverage(units: np.ndarray[Any, Any], times: int) -> tuple[float, float]:
    """How often five of 200 demand draws hold the mean of all: by the interval, and by 1.96 standard errors."""
    truth = units.mean()
    hits = near = 0
    for time in range(times):
        found = estimate_mean(units[by_word(f"coverage|{time}", len(units))[:5]].ravel(), 5)
        assert found.half is not None
        assert found.error is not None
        hits += abs(found.mean / 1e4 - truth) <= found.half / 1e4 + 1e-4
        near += abs(found.mean / 1e4 - truth) <= 1.96 * found.error / 1e4
    return hits / times, near / times


@pytest.mark.parametrize(("children", "seed", "times"), [(60, 5, 2000), *((*one, 300) for one in DISTRICTS)])
def test_five_of_two_hundred_demand_draws_hold_the_mean_of_all(
    tmp_path: Path, children: int, seed: int, times: int
) -> None:
    """Five demand draws are picked out of 200, by words: the 95 % interval holds the mean of the 200.

    For every figure that is not the same in all 200, of each what-if against the base; also those that hardly ever are
    another one, of which five draws are mostly alike. 1.96 standard errors hold the mean in far fewer. In the town
    every figure is held in 93 %; elsewhere all together are, and no single one falls far below (what is skewed: a
    class that helps nobody in one roster of six).
    """
    good("generate", tmp_path / "town", "--children", children, "--seed", seed)
    held: dict[tuple[str, str], float] = {}
    plain: list[float] = []
    for digest, differences in drawn(tmp_path / "town", tmp_path, draws=2, demand_draws=200):
        for name in differences:
            units = differences[name].reshape(200, 2)
            if len(set(units.sum(axis=1).tolist())) > 1:
                held[digest, name], near = coverage(units, times)
                plain.append(near)
    assert len(held) >= 12
    assert min(plain) < 0.93, plain
    assert sum(held.values()) >= 0.95 * len(held)
    assert sum(share < 0.93 for share in held.values()) <= (0 if times == 2000 else 0.1 * len(held)), held
    assert min(held.values()) >= 0.87, held


def grid_object(town: Path, folder: Path, *wish: object) -> list[dict[str, Any]]:
    """The figures of the second cell of the grid, as JSON."""
    found = as_json("sweep", town, grid_file(folder), "--store", folder / "r.sqlite", "--workers", 1, *wish)
    figures: list[dict[str, Any]] = json.loads(json.dumps(found))["cells"][2]["figures"]
    return figures


def test_a_sweep_says_when_it_may_not_call_anything_clear(town: Path, tmp_path: Path) -> None:
    """Nine demand draws: not one figure of any cell is clear, and it is said; ten: some are; none at all: by draws."""
    few = grid_object(town, tmp_path, "--draws", 4, "--demand-draws", FEWEST_UNITS - 1)
    assert not any(figure["clearly_different"] for figure in few)
    said = good("sweep", town, grid_file(tmp_path), "--store", tmp_path / "r.sqlite", "--workers", 1, "--draws", 4,
                "--demand-draws", 9)  # fmt: skip
    assert "fewer than 10 demand draws: no difference is called clear" in " ".join(said.split())
    enough = grid_object(town, tmp_path, "--draws", 4, "--demand-draws", FEWEST_UNITS)
    children = next(figure for figure in enough if figure["figure"] == "children")
    assert children["difference"] > 0
    assert children["clearly_different"]
    for figure in enough:
        inside = abs(figure["difference"]) <= figure["difference_half_width"]
        assert figure["clearly_different"] is not inside
    one = grid_object(town, tmp_path, "--draws", 40, "--demand-draws", 1)
    assert not any(figure["clearly_different"] for figure in one)


def test_a_sweep_is_judged_by_its_demand_draws(tmp_path: Path) -> None:
    """Without demand draws the draws count; with them these alone."""
    wish: dict[str, Any] = {"grid": None, "cells": (), "settings": {}, "seed": 1, "children": 1}
    for draws, demands, expected in ((10, 0, True), (9, 0, False), (1000, 9, False), (1, 10, True), (1000, 1, False)):
        assert Sweep(**wish, draws=draws, demand_draws=demands).enough is expected
