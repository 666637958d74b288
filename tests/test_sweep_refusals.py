"""What ``allocator sweep`` refuses, and how it tells faults that show while it runs."""

from __future__ import annotations

import sys
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from allocator.ground import DisagreementError, InputError
from allocator.planning.sweep import pack_for_workers, runners
from allocator.planning.sweep import run as sweep
from allocator.planning.sweep.workers import Block, Composition, Stretch, Task, run_worker_task
from allocator.reading.what_if_file import read_what_if_grid
from tests.cli_calls import call, contents, copy, good, refused
from tests.sweep_cases import GRID, grid_file, planned, read, tasks_of


def test_more_than_a_million_runs_need_a_yes(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can be asked it is refused; asked, anything but yes runs nothing; ``--yes`` asks nobody."""
    wish = ("sweep", town, grid_file(tmp_path), "--draws", 200_001, "--store", tmp_path / "r.sqlite")
    assert "--yes" in refused(*wish)
    monkeypatch.setattr("allocator.cli.commands_sweep._may_ask", lambda: True)
    said = call(*wish)  # nothing to read on stdin, as after Ctrl-D
    assert said.exit_code == 130
    assert "1,000,005 runs (5 combinations)" in said.stderr
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    said = call(*wish)
    assert (said.exit_code, said.stdout) == (1, "")
    assert "nothing was run" in said.stderr
    assert not (tmp_path / "r.sqlite").exists()
    monkeypatch.setattr("click.confirm", lambda *_, **__: pytest.fail("asked"))
    monkeypatch.setattr("allocator.cli.commands_sweep.fitted_for_run", lambda *_, **__: sys.exit(7))
    assert call(*wish, "--yes").exit_code == 7


def test_everything_that_is_wrong_is_told_at_once(town: Path, tmp_path: Path) -> None:
    """A faulty grid, a damaged roster, a file in the way of the table, two places to run: all told, nothing written."""
    broken = copy(town, tmp_path)
    (broken / "zones.csv").write_bytes(b"zone\n")
    (tmp_path / "t.csv").write_bytes(b"mine")
    grid = grid_file(tmp_path, GRID.replace("size: 4", "size: 0"))
    before = contents(tmp_path)
    said = refused("sweep", broken, grid, "--draws", 1, "--store", tmp_path / "r.sqlite", "--out", tmp_path / "t.csv",
                   "--workers", 2, "--cluster", "tcp://127.0.0.1:1")  # fmt: skip
    assert all(words in said for words in ("zones.csv", "grid.yaml line 8", "sweep.other_file", "sweep.both"))
    assert contents(tmp_path) == before


def test_all_combinations_are_judged_before_any_is_run(town: Path, tmp_path: Path) -> None:
    """Names that are not there, and seats that only a combination makes negative: each once, with its line and cell."""
    text = """\
format_version: 1
grid: bad
title: {zh: 甲, en: A}
axes:
  - axis: one
    options:
      - {option: none}
      - {option: fewer, changes: [{change: seats, school: xincheng-2, add: -3}]}
      - {option: unknown, changes: [{change: seats, school: nowhere, add: 1}]}
  - axis: two
    options:
      - {option: none}
      - {option: fewer, changes: [{change: seats, school: xincheng-2, add: -3}]}
      - {option: least, changes: [{change: switches, set: {divert_assign: least_distance}}]}
"""
    said = refused("sweep", town, grid_file(tmp_path, text), "--draws", 9, "--store", tmp_path / "r.sqlite")
    assert said.count("what_if.unknown_school") == 1
    assert "grid.yaml line 9" in said
    assert "[unknown + none]" in said
    assert said.count("what_if.negative_seats") == 1
    assert "grid.yaml line 13" in said
    assert "[fewer + fewer]" in said
    assert said.count("simulate.model_decides") == 1
    assert not (tmp_path / "r.sqlite").exists()


def test_results_of_another_district_or_seed_are_refused(town: Path, tmp_path: Path) -> None:
    """One seat more in a table, or another seed: the file is refused and stays as it is."""
    store = ("--draws", 2, "--store", tmp_path / "r.sqlite")
    grid = grid_file(tmp_path)
    good("sweep", town, grid, *store)
    other = copy(town, tmp_path)
    schools = (other / "schools.csv").read_text(encoding="utf-8")
    (other / "schools.csv").write_text(schools.replace(",own,5,", ",own,6,", 1), encoding="utf-8")
    before = contents(tmp_path)
    assert "sweep.other_district" in refused("sweep", other, grid, *store)
    assert "sweep.other_seed" in refused("sweep", town, grid, *store, "--seed", 2)
    assert "sweep.not_results" in refused("sweep", town, grid, "--draws", 2, "--store", town / "schools.csv")
    assert "sweep.no_folder" in refused("sweep", town, grid, "--draws", 2, "--store", tmp_path / "no" / "r.sqlite")
    assert contents(tmp_path) == before


def test_a_composition_that_a_demand_draw_makes_impossible_is_told(town: Path, tmp_path: Path) -> None:
    """What a worker finds comes back as faults that name the demand draw; other exceptions come back as they are."""
    plan, _ = planned(town, tmp_path)
    task = next(iter(tasks_of(plan, tmp_path)))
    impossible = Composition("0" * 64, read_bad(tmp_path))
    block = run_worker_task(pack_for_workers(read(town)), Task(impossible, 1, (Stretch(2, 1, 1),)))
    assert block.rows == ()
    assert [fault.code for fault in block.faults] == ["what_if.unknown_school"]
    assert "[demand draw 2]" in block.faults[0].column
    with pytest.raises(InputError):
        sweep.run_missing(plan, None, lambda _: iter([block]))  # type: ignore[arg-type]
    with pytest.raises(DisagreementError) as caught:
        sweep.run_missing(plan, None, lambda _: iter([Block(task.composition.digest, (), (), "older")]))  # type: ignore[arg-type]
    assert caught.value.code == "sweep.worker_version"



def read_bad(folder: Path) -> Any:
    """Return a what-if with a school that is not there, which no grid that fits a district holds."""
    grid = read_what_if_grid(grid_file(folder, GRID.replace("xincheng-2", "nowhere")))
    return tuple(option.what_if for option in grid.axes[0].options if option.what_if)


@pytest.mark.parametrize(
    ("error", "code"),
    [(BrokenProcessPool(), "sweep.worker_lost"), (CancelledError(), "sweep.cluster_lost"), (ZeroDivisionError(), "")],
)
def test_a_lost_worker_is_told_and_a_fault_of_the_program_is_not_hidden(error: BaseException, code: str) -> None:
    """A process that is gone is a fault with words; what a worker raised otherwise comes through as it is."""
    future: Future[Block] = Future()
    future.set_exception(error)
    with pytest.raises(InputError if code else type(error)) as caught:
        runners._block(future)
    if isinstance(caught.value, InputError):
        assert [fault.code for fault in caught.value.faults] == [code]
