"""What ``determine`` writes of random families is a district: ``check`` and ``run`` take it as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.domain import Determined
from tests.cli_calls import call, good
from tests.determinations import DETERMINE
from tests.office_folders import table, write
from tests.random_families import random_tables


@pytest.mark.parametrize("seed", [0, 3, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(100, 130))])
def test_a_determined_folder_is_run_as_it_is(seed: int, tmp_path: Path) -> None:
    """Random families, any values, homes and choices: a roster that needs nothing more than a seed."""
    tables = random_tables(seed, 50)
    folder, district = write(tables, tmp_path / "office"), tmp_path / "district"
    good("determine", folder, "--out", district, "--quiet")
    found = sorted(table(district, "determination", Determined))
    assert found == list(DETERMINE["checker"](tables).rows)
    run = call("run", district, "--out", tmp_path / "lists", "--trial-seed", 1, "--engine", "procedure", "--quiet")
    assert run.exit_code in (0, 1), run.stderr
    assert (tmp_path / "lists" / "assignment.csv").is_file()
