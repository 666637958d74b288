"""Processes that work on parts: answers in order, and an end at once, whoever ends them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from allocator.planning.draws import in_processes_in_order

INTERRUPTED = """
import time
from functools import partial
from allocator.planning.draws.processes import in_processes_in_order

if __name__ == "__main__":
    try:
        for _ in in_processes_in_order(time.sleep, [0.05] * 4000, 2):
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        print("interrupted")
"""

FAILING = """
import math
from allocator.planning.draws.processes import in_processes_in_order

if __name__ == "__main__":
    try:
        list(in_processes_in_order(math.sqrt, [4.0, -1.0] + [9.0] * 4000, 2))
    except ValueError:
        print("told")
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_of_the_items(workers: int) -> None:
    """Whichever process is done first, answers stand in the order of the items; none where there are none."""
    assert list(in_processes_in_order(abs, [-3, 2, -1, 0] * 5, workers)) == [3, 2, 1, 0] * 5
    assert list(in_processes_in_order(abs, list[int](), workers)) == []


@pytest.mark.parametrize(("script", "said"), [(INTERRUPTED, "interrupted"), (FAILING, "told")])
def test_whoever_stops_in_the_middle_is_free_at_once(tmp_path: Path, script: str, said: str) -> None:
    """Interrupted, or where a part fails, the rest is called off, without a word of the pool and without hanging."""
    path = tmp_path / "script.py"
    path.write_text(script, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, path], capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ)
    )  # fmt: skip
    assert ended.stdout.strip() == said
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.returncode == 0
