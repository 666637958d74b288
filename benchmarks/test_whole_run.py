"""The whole command, from a district's files to its lists, as a user starts it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from allocator.record import read_assignment
from benchmarks import process_tree
from benchmarks.districts import answer, digest, folder

GOAL_SECONDS = 20
"""For the whole run of 1,000,000 children."""


def run(case: Path, out: Path, *options: str) -> float | None:
    """Run the command; returns the peak memory in MB of all its processes together."""
    command = [sys.executable, "-m", "allocator", "run", str(case), "--out", str(out), "--quiet", *options]
    status, peak = process_tree.run(command, {**os.environ, "ALLOCATOR_LANG": "en"})
    assert status in (0, 1)
    return peak


@pytest.mark.parametrize("size", ["smoke", "3k", "100k", "1m"])
def test_whole_run_of_the_procedure(benchmark: Any, tmp_path: Path, size: str) -> None:
    """CSV files to assignment, draws and manifest, checker included, without workbook and trace."""
    options = ("--engine", "procedure", "--no-workbook", "--no-trace")
    case = folder(size)
    memory = benchmark.pedantic(run, args=(case, tmp_path / "out", *options), rounds=1)
    benchmark.extra_info.update(peak_mb=round(memory or 0), goal_s=GOAL_SECONDS if size == "1m" else None)
    rows, faults = read_assignment((tmp_path / "out" / "assignment.csv").read_bytes(), "assignment.csv")
    assert not faults
    assert digest(rows) == answer(size)


@pytest.mark.parametrize("size", ["smoke", "3k", "10k"])
def test_whole_run_of_both_engines(benchmark: Any, tmp_path: Path, size: str) -> None:
    """CSV files to everything that an office gets, both engines and the checker agreeing."""
    case = folder(size)
    memory = benchmark.pedantic(run, args=(case, tmp_path / "out"), rounds=1)
    benchmark.extra_info["peak_mb"] = round(memory or 0)
    rows, faults = read_assignment((tmp_path / "out" / "assignment.csv").read_bytes(), "assignment.csv")
    assert not faults
    assert digest(rows) == answer(size)
