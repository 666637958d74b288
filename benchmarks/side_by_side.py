"""Entries beside each other: each in a process of its own, within a limit, with the same answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.districts import scratch
from benchmarks.planning_instances import KINDS, write_district

SIZES = {"smoke": 300, "1k": 1_000, "3k": 3_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
"""Children or parties by name of the size."""

ROUNDS = 3
LIMIT = float(os.environ.get("ALLOCATOR_BENCH_LIMIT", "60"))
"""Seconds that a preparation or a solve may take."""

NEEDS = {"scipy milp": "scipy", "scipy assignment": "scipy", "matching": "matching", "algmatch": "algmatch"}
"""Package of the extra ``[peers]`` that an entry needs."""

LARGEST = {"scipy assignment": 10_000}
"""Where an entry's input does not fit in memory beyond: a full table of children and seats."""

Result = dict[str, Any]

_answers: dict[tuple[str, str], Any] = {}
_over: dict[tuple[str, str], str] = {}


def reason_to_skip(entry: str, kind: str, size: str) -> str:
    """Return why an entry is not tried on an instance; empty where it is."""
    if find_spec(NEEDS.get(entry, "allocator")) is None:
        return "needs the extra [peers]"
    if (kind, entry) in _over:
        return f"over the limit with {_over[kind, entry]} already"
    return "its input does not fit in memory" if SIZES[size] > LARGEST.get(entry, SIZES[size]) else ""


def compare(entry: str, kind: str, size: str) -> Result:
    """Run an entry, and demand the answer of those that ran before it on the same instance.

    Returns
    -------
    dict
        ``solve_s`` and ``prepare_s`` (medians), ``rounds``, ``peak_mb``; or ``over``, what took longer than the limit.
    """
    found = run(entry, kind, size)
    if "over" in found:
        _over[kind, entry] = size
    else:
        answer = _answers.setdefault((kind, size), found["answer"])
        assert found["answer"] == answer
    return found


def run(entry: str, kind: str, size: str, limit: float = LIMIT) -> Result:
    """Run an entry on an instance; returns what ``compare`` does, with its answer and the bound that it proved."""
    source = str(folder(kind, size)) if kind in KINDS else str(SIZES[size])
    command = [sys.executable, "-m", "benchmarks.run_entry", entry, kind, source, str(ROUNDS), str(limit)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if done.returncode == -signal.SIGALRM:
        return {"over": lines[-1], "limit_s": limit}
    assert done.returncode == 0, done.stderr
    found: Result = json.loads(lines[-1])
    took = {"solve_s": median(found.pop("solve")), "prepare_s": median(found.pop("prepare")), "rounds": ROUNDS}
    return found | took


@cache
def folder(kind: str, size: str) -> Path:
    """Return the folder of the generated district of a kind and size."""
    path = scratch() / size
    write_district(path, kind, SIZES[size])
    return path
