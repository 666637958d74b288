"""Simulated draws by the thousand: the whole command, from the files of a district to the stored results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.district_folder import read_district
from allocator.planning.draws import FIGURES, Simulator
from allocator.planning.whatif import compose
from benchmarks import districts

GRID = """\
format_version: 1
grid: base
title: {zh: 现状, en: base}
axes: [{axis: nothing, options: [{option: none}]}]
"""
"""The base alone, so that every draw is one of the same district."""

DRAWS = {"smoke": 200, "3k": 10_000}
GOAL_SECONDS = 60
"""For 10,000 draws of 3,000 children by the procedure alone, on two cores."""

ANSWERS = Path(__file__).with_name("sweep_answers.json")
"""SHA-256 of the figures of the summary by size: means and standard errors over all draws."""


@pytest.mark.parametrize("size", list(DRAWS))
def test_sweep(benchmark: Any, tmp_path: Path, size: str) -> None:
    """Two workers, results stored as they arrive; the summary is the asserted one."""
    folder, grid = districts.folder(size), tmp_path / "grid.yaml"
    grid.write_text(GRID, encoding="utf-8")
    command = [sys.executable, "-m", "allocator", "sweep", str(folder), str(grid), "--draws", str(DRAWS[size]),
               "--workers", "2", "--json", "--store", str(tmp_path / "results.sqlite")]  # fmt: skip

    def whole() -> dict[str, Any]:
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "ALLOCATOR_LANG": "en"})
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    found = benchmark.pedantic(whole, rounds=1)
    children = districts.SIZES[size]
    benchmark.extra_info.update(children=children, draws=DRAWS[size], goal_s=GOAL_SECONDS if size == "3k" else None)
    assert digest(found) == json.loads(ANSWERS.read_text(encoding="utf-8"))[size]


def digest(summary: dict[str, Any]) -> str:
    """Return the SHA-256 of a summary's figures."""
    return sha256(json.dumps(summary["cells"][0]["figures"], sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize("size", ["smoke"])
def test_means_are_the_simulators(tmp_path: Path, size: str) -> None:
    """The means of the summary, from the simulator in this process."""
    folder, grid = districts.folder(size), tmp_path / "grid.yaml"
    grid.write_text(GRID, encoding="utf-8")
    command = [sys.executable, "-m", "allocator", "sweep", str(folder), str(grid), "--draws", "20", "--workers", "1",
               "--json", "--store", str(tmp_path / "results.sqlite")]  # fmt: skip
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["cells"][0]["figures"]
    simulator = Simulator(compose(read_district(folder, trial_seed=1), []))
    drawn = [simulator.figures(simulator.draw(1, number)) for number in range(1, 21)]
    for name, figure in zip(FIGURES, found, strict=False):
        assert figure["figure"] == name
        assert figure["mean"] == pytest.approx(sum(figures[name] for figures in drawn) / 20, abs=1e-4)
