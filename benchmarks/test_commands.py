"""Whole commands on the shipped district, from its files to what an office or a planner gets.

Nothing of the program is imported, so that ``two_checkouts`` can run this on a version that was there before this file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DISTRICT = Path(__file__).parent.parent / "scenarios" / "tongliao-2023-primary"
WHAT_IFS = " ".join(map(str, sorted((DISTRICT / "what-if").glob("*.yaml"))))

COMMANDS = {
    "help": "--help",
    "check": f"check {DISTRICT}",
    "run": f"run {DISTRICT} --out run-again",
    "verify": "verify run",
    "explain": "explain run T23-002222",
    "optimum": f"optimum {DISTRICT} --out optimum",
    "what-if": f"what-if {DISTRICT} {WHAT_IFS}",
    "what-if-report": f"what-if {DISTRICT} {WHAT_IFS} --draws 100 --report report.html",
    "sweep": f"sweep {DISTRICT} {DISTRICT}/grid.yaml --draws 50 --store results.sqlite",
    "odds": f"odds {DISTRICT} --draws 50",
    "seats": f"seats {DISTRICT}",
    "capacity": f"capacity {DISTRICT} --classes 2 --class-size 45",
    "warnings": f"warnings {DISTRICT}",
    "generate": "generate generated --children 20000 --seed 1",
}
"""By name."""


def allocator(folder: Path, words: str) -> None:
    """Run a command; 1 is its exit status where children are unplaced, or need a ruling."""
    environment = {**os.environ, "PYTHONPATH": os.getcwd(), "ALLOCATOR_LANG": "en"}
    command = [sys.executable, "-m", "allocator", *words.split()]
    done = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the district was run once, for what starts from a run."""
    path = tmp_path_factory.mktemp("commands")
    allocator(path, f"run {DISTRICT} --out run --quiet")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_command(benchmark: Any, folder: Path, name: str) -> None:
    """A whole command, start-up included."""
    benchmark.pedantic(allocator, args=(folder, COMMANDS[name]), rounds=1)
