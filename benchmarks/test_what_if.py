"""One what-if: the whole command, from the files of a district to the figures side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from allocator.district_folder import read_district
from allocator.planning.draws import Lists
from allocator.planning.whatif import compose
from allocator.procedure import run_procedure
from allocator.reading.what_if_file import read_what_if
from benchmarks import districts

CHANGE = """\
format_version: 1
what_if: more
title: {zh: 增班与增长, en: a class and growth}
changes:
  - {change: growth, percent: 5}
  - {change: classes, school: xincheng-1, add: 1, size: 45}
"""

GOAL_SECONDS = 2
"""For 3,000 children after start-up; what is measured holds the start-up too."""


@pytest.mark.parametrize("size", ["smoke", "3k"])
def test_what_if(benchmark: Any, tmp_path: Path, size: str) -> None:
    """Both engines, checker and planning optimum for the base and the what-if; figures are the procedure's own."""
    folder, file = districts.folder(size), tmp_path / "more.yaml"
    file.write_text(CHANGE, encoding="utf-8")
    command = [sys.executable, "-m", "allocator", "what-if", str(folder), str(file), "--json"]

    def whole() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return found

    found = benchmark.pedantic(whole, rounds=3)
    benchmark.extra_info.update(children=districts.SIZES[size], goal_s=GOAL_SECONDS if size == "3k" else None)
    district = read_district(folder, trial_seed=1)
    for variant, what_ifs in zip(found["variants"], ([], [read_what_if(file)]), strict=True):
        lists = Lists(compose(district, what_ifs))
        assert variant["figures"] == lists.figures(lists.outcome(run_procedure(lists.district)))
