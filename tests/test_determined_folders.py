"""What ``determine`` writes of random families is a district: ``check`` and ``run`` take it as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.domain import Determined
from tests.cli_calls import call, good
from tests.determinations import DETERMINE
from tests.office_folders import table, write
from tests.office_inputs import office_folder
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


def test_children_that_are_held_are_told(tmp_path: Path) -> None:
    """They are on no roster: whoever checks, runs or freezes it must know, and hears nothing once nobody is held."""
    district = tmp_path / "district"
    good("determine", office_folder(tmp_path / "office", "09-random-case-60"), "--out", district, "--quiet")
    rows = (district / "determination.csv").read_text("utf-8").splitlines(keepends=True)
    held = [row.split(",")[0] for row in rows if row.split(",")[1] == "held"]
    trial = ("run", district, "--out", tmp_path / "lists", "--trial-seed", 1, "--engine", "procedure")
    for command in (("check", district), trial, ("draw", "freeze", district)):
        told = call(*command).stderr
        assert f"{len(held)} child" in told
        assert held[0] in told
        assert "[warn.held]" in told
    assert "[warn.held]" not in call(*trial, "--quiet", "--replace").stderr
    (district / "determination.csv").write_text("".join(row for row in rows if row.split(",")[1] != "held"), "utf-8")
    assert "[warn.held]" not in call("draw", "freeze", district).stderr
