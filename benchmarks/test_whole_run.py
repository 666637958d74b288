"""The whole command, from a district's files to its lists, as a user starts it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from allocator.record import read_assignment
from benchmarks.districts import answer, digest, folder


def run(case: Path, out: Path, *options: str) -> float:
    """Run the command; returns the peak memory in MB of the largest process so far."""
    command = [sys.executable, "-m", "allocator", "run", str(case), "--out", str(out), "--quiet", *options]
    done = subprocess.run(command, check=False, env={**os.environ, "ALLOCATOR_LANG": "en"})
    assert done.returncode in (0, 1)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


@pytest.mark.parametrize("size", ["smoke", "3k", "100k", "1m"])
def test_whole_run_of_the_procedure(benchmark: Any, tmp_path: Path, size: str) -> None:
    """CSV files to assignment, draws and manifest, checker included, without workbook and trace."""
    options = ("--engine", "procedure", "--no-workbook", "--no-trace")
    case = folder(size)
    memory = benchmark.pedantic(run, args=(case, tmp_path / "out", *options), rounds=1)
    benchmark.extra_info["peak_mb"] = round(memory)
    rows, faults = read_assignment((tmp_path / "out" / "assignment.csv").read_bytes(), "assignment.csv")
    assert not faults
    assert digest(rows) == answer(size)


@pytest.mark.parametrize("size", ["smoke", "3k", "10k"])
def test_whole_run_of_both_engines(benchmark: Any, tmp_path: Path, size: str) -> None:
    """CSV files to everything that an office gets, both engines and the checker agreeing."""
    case = folder(size)
    benchmark.pedantic(run, args=(case, tmp_path / "out"), rounds=1)
    rows, faults = read_assignment((tmp_path / "out" / "assignment.csv").read_bytes(), "assignment.csv")
    assert not faults
    assert digest(rows) == answer(size)
