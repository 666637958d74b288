"""Grids and sweeps for tests: files as a planner writes them, and sweeps of one cell."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from allocator.district_folder import read_district
from allocator.domain import District
from allocator.planning.sweep import Header, Sweep, announce_run, fitted_for_run, open_store, store_header
from allocator.planning.sweep.run import run_tasks
from allocator.planning.sweep.workers import Task
from allocator.reading.what_if_file import read_what_if_grid

GRID = """\
format_version: 1
grid: classes
title: {zh: 增班, en: more classes}
axes:
  - axis: seats
    options:
      - {option: none}
      - {option: one-class, changes: [{change: classes, school: xincheng-2, add: 1, size: 4}]}
  - axis: growth
    options:
      - {option: none, changes: []}
      - {option: more, title: {zh: 增长, en: growth}, changes: [{change: growth, percent: 50}]}
"""
"""Two options each of seats and of growth: five cells, four of them different."""


def grid_file(folder: Path, text: str = GRID) -> Path:
    """Write a grid and return its path."""
    path = folder / "grid.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(town: Path) -> District:
    """Return the district of a folder."""
    return read_district(town, trial_seed=1)


def planned(town: Path, folder: Path, *, draws: int = 3, **wish: Any) -> tuple[Sweep, Header]:
    """Return the sweep of ``GRID`` over a town, and the header of its results."""
    district = read(town)
    sweep = fitted_for_run(district, read_what_if_grid(grid_file(folder)), draws=draws, **wish)
    return sweep, store_header(district, sweep.seed)


def command(*arguments: object) -> list[str]:
    """Return the command line of ``allocator sweep`` as a process of its own."""
    return [sys.executable, "-m", "allocator", "sweep", *map(str, arguments), "--lang", "en"]


def started(folder: Path, *arguments: object) -> subprocess.Popen[str]:
    """Start ``allocator sweep`` in a folder, in a process group of its own."""
    return subprocess.Popen(
        command(*arguments), cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, env={**os.environ, "PYTHONWARNINGS": "default"},
    )  # fmt: skip


def stored(path: Path) -> int:
    """Return how many results a file holds by now; 0 before it is there."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM result").fetchone()[0])


def wait_for_results(path: Path, process: subprocess.Popen[str], seconds: float = 60) -> int:
    """Wait until some results are there while a process still runs, and return how many."""
    end = time.monotonic() + seconds
    while not (count := stored(path)):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "no result in time"
        time.sleep(0.02)
    return count


def group_is_gone(group: int, seconds: float = 10) -> bool:
    """Whether every process of a group ends in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def tasks_of(plan: Sweep, folder: Path) -> Iterator[Task]:
    """The tasks of a sweep nothing of which is stored."""
    with open_store(folder / "tasks.sqlite", Header("p", "d", 1, {}, ())) as store:
        announce_run(plan, store)
        yield from run_tasks(plan, store)
