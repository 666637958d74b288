"""``allocator sweep``: the same figures however it is run, resumed or interrupted."""

from __future__ import annotations

import csv
import io
import os
import signal
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from allocator.cli.meter import MeterLines, meter_time, metered
from allocator.planning.draws import FIGURES, Simulator
from allocator.planning.sweep import open_store, pack_for_workers, runners, summarise_sweep
from allocator.planning.sweep import run as sweep
from allocator.planning.sweep.store import ResultRow
from allocator.planning.sweep.summary import Measure
from allocator.planning.sweep.workers import worker_draw_number
from allocator.planning.whatif import compose
from allocator.reading.what_if_file import read_what_if_grid
from tests.cli_calls import as_json, call, good
from tests.conformance import ROOT
from tests.small import shipped
from tests.sweep_cases import (
    GRID,
    grid_file,
    group_is_gone,
    planned,
    read,
    started,
    stored,
    tasks_of,
    wait_for_results,
)

MARKS = ("模拟，仅供规划测算，不是录取结果", "SIMULATED, for planning only, no child's seat")
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")


def swept(town: Path, folder: Path, *options: object, draws: int = 20) -> bytes:
    """Return the table of a sweep that runs in this process or in its own workers."""
    out = folder / "table.csv"
    out.unlink(missing_ok=True)
    store = ("--store", folder / "results.sqlite")
    good("sweep", town, grid_file(folder), "--draws", draws, *store, "--out", out, "--quiet", *options)
    return out.read_bytes()


def sheet(raw: bytes) -> list[dict[str, str]]:
    """Rows of the CSV by the names of their columns."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_base_is_what_the_simulator_says(town: Path, tmp_path: Path) -> None:
    """Row by row the stored results of the base are those of ``Simulator``, of the roster and of demand draws."""
    for demand_draws, demands in ((0, [0]), (2, [1, 2])):
        swept, header = planned(town, tmp_path, draws=3, demand_draws=demand_draws, seed=7)
        assert list(swept.demands) == demands
        with (
            open_store(tmp_path / f"{demand_draws}.sqlite", header) as store,
            runners.runner_here(pack_for_workers(read(town))) as run,
        ):
            assert sweep.announce_run(swept, store) == 0
            sweep.run_missing(swept, store, run)
            rows = list(store.rows(swept.cells[0].digest, swept.demands, 3))
        assert [(row.demand, row.draw) for row in rows] == [(m, k) for m in demands for k in (1, 2, 3)]
        for row in rows:
            _demand_simulated(town, row, seed=7)


def _demand_simulated(town: Path, row: ResultRow, seed: int) -> None:
    """A stored result is that of the simulator, its parts included."""
    simulator = Simulator(compose(read(town), [], row.demand))
    outcome = simulator.draw(seed, worker_draw_number(row.demand, row.draw))
    figures = simulator.figures(outcome)
    assert row.figures == tuple(figures[name] for name in FIGURES)
    assert row.taken == tuple(simulator.taken(outcome)[~simulator.instance.external].tolist())
    assert sum(row.without_seat) == figures["needs_ruling"] + figures["unplaced"]
    assert sum(row.away) == figures["diverted"] + figures["adjusted"]
    assert sum(row.taken) == figures["seated"] + figures["diverted"] + figures["adjusted"]


def test_every_demand_draw_has_draws_of_its_own() -> None:
    """The roster's draws are numbered as they are; no two demand draws share one."""
    assert [worker_draw_number(0, k) for k in (1, 2)] == [1, 2]
    assert len({worker_draw_number(m, k) for m in range(4) for k in range(1, 1000)}) == 4 * 999


def test_a_combination_that_changes_nothing_is_the_base(town: Path, tmp_path: Path) -> None:
    """Its figures are those of the base, every difference is 0 with error 0, and it is computed once."""
    found = as_json("sweep", town, grid_file(tmp_path), "--draws", 5, "--store", tmp_path / "r.sqlite")
    base, same, *others = found["cells"]
    assert (base["options"], same["options"]) == ({}, {"seats": "none", "growth": "none"})
    assert (base["same_as"], same["same_as"]) == (None, 0)
    assert base["figures"] == same["figures"]
    for figure in base["figures"]:
        assert (figure["difference"], figure["difference_standard_error"]) == (0, 0)
    assert all(cell["same_as"] is None for cell in others)
    assert stored(tmp_path / "r.sqlite") == 4 * 5


def test_differences_are_paired_draw_by_draw(town: Path, tmp_path: Path) -> None:
    """Mean and error of a difference, from the stored results by hand in floating point."""
    swept, header = planned(town, tmp_path, draws=8)
    district = read(town)
    with open_store(tmp_path / "r.sqlite", header) as store, runners.runner_here(pack_for_workers(district)) as run:
        sweep.announce_run(swept, store)
        sweep.run_missing(swept, store, run)
        summary = summarise_sweep(swept, store, header, district.policy)
        base, more = (
            [row.figures[FIGURES.index("diverted")] for row in store.rows(cell.digest, range(1), 8)]
            for cell in (swept.cells[0], swept.cells[3])
        )
    shifts = [after - before for before, after in zip(base, more, strict=True)]
    mean = sum(shifts) / 8
    error = (sum((shift - mean) ** 2 for shift in shifts) / 56) ** 0.5
    found = summary.cells[3].differences[Measure("diverted")]
    assert found.mean == pytest.approx(mean * 1e4, abs=1)
    assert found.error == pytest.approx(error * 1e4, abs=1)


def test_resumed_sweeps_and_other_orders_give_the_same_bytes(town: Path, tmp_path: Path) -> None:
    """Fewer draws first, then all; all at once; and a file that held more: the same table."""
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    whole = swept(town, tmp_path / "whole", "--workers", 1)
    first = swept(town, tmp_path / "parts", "--workers", 1, draws=7)
    assert first != whole
    assert swept(town, tmp_path / "parts", "--workers", 1) == whole
    assert stored(tmp_path / "parts" / "results.sqlite") == 4 * 20
    assert swept(town, tmp_path / "parts", "--workers", 1, draws=7) == first


def test_workers_do_not_matter(town: Path, tmp_path: Path) -> None:
    """One process and two, with demand draws: the same table, byte for byte; all results stored once."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    demand = ("--demand-draws", 4)
    one = swept(town, tmp_path / "one", "--workers", 1, *demand, draws=25)
    assert swept(town, tmp_path / "two", "--workers", 2, *demand, draws=25) == one
    assert stored(tmp_path / "two" / "results.sqlite") == 4 * 4 * 25


def test_one_worker_starts_no_process(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither ``--workers 1`` nor a sweep of a single task makes processes."""
    monkeypatch.setattr(runners, "runner_of_processes", lambda *_: pytest.fail("processes"))
    swept(town, tmp_path, "--workers", 1)
    text = GRID.split("  - axis: growth")[0].replace("{option: one-class, changes:", "{option: o, changes: []} #")
    good("sweep", town, grid_file(tmp_path, text), "--draws", 3, "--store", tmp_path / "x.sqlite", "--workers", 8)


@POSIX
def test_a_killed_sweep_loses_nothing_that_was_stored(town: Path, tmp_path: Path) -> None:
    """SIGKILL in the middle; the same command goes on, and its table is that of an uninterrupted sweep."""
    for name in ("killed", "whole"):
        (tmp_path / name).mkdir()
    path = tmp_path / "killed" / "results.sqlite"
    process = started(
        tmp_path / "killed", town, grid_file(tmp_path / "killed"), "--draws", 400, "--store", path, "--workers", 2
    )
    try:
        wait_for_results(path, process)
        process.kill()
        process.communicate(timeout=30)  # which waits for the workers too
        assert group_is_gone(process.pid)
    finally:
        _end(process.pid)
    assert 0 < stored(path) < 4 * 400
    resumed = swept(town, tmp_path / "killed", "--workers", 1, draws=400)
    assert stored(path) == 4 * 400
    assert resumed == swept(town, tmp_path / "whole", "--workers", 2, draws=400)


@POSIX
def test_ctrl_c_keeps_what_is_stored_and_leaves_no_process(town: Path, tmp_path: Path) -> None:
    """SIGINT to the whole group, as a terminal sends it: status 130, words that say how to go on, nobody left."""
    path = tmp_path / "results.sqlite"
    process = started(tmp_path, town, grid_file(tmp_path), "--draws", 5000, "--store", path, "--workers", 2)
    try:
        wait_for_results(path, process)
        os.killpg(process.pid, signal.SIGINT)
        said, told = process.communicate(timeout=30)
        assert process.returncode == 130, told
        assert said == ""
        assert "the same command again goes on" in told
        assert "Traceback" not in told
        assert group_is_gone(process.pid)
    finally:
        _end(process.pid)
    assert 0 < stored(path) < 4 * 5000


def _end(group: int) -> None:
    """End whatever a failed test leaves of a process group."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_table_and_json_say_the_same_under_every_mark(town: Path, tmp_path: Path) -> None:
    """The CSV is for Excel, carries the marks in both languages, and has a line for every figure of every cell."""
    out = tmp_path / "t.csv"
    found = as_json("sweep", town, grid_file(tmp_path), "--draws", 4, "--store", tmp_path / "r.sqlite", "--out", out)
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(mark in raw.decode() for mark in MARKS)
    assert MARKS[0] in found["marks"]["zh"][0]
    assert MARKS[1] in found["marks"]["en"][0]
    rows = sheet(raw)
    figures = [(cell, figure) for cell in found["cells"] for figure in cell["figures"]]
    assert len(rows) == len(figures)
    for row, (cell, figure) in zip(rows, figures, strict=True):
        assert int(row["cell"]) == cell["cell"]
        assert float(row["mean"]) == figure["mean"]
        assert float(row["difference_error"]) == figure["difference_standard_error"]
    assert (found["draws"], found["demand_draws"], found["seed"], found["kind"]) == (4, 0, 1, "sweep")


@pytest.mark.parametrize(("language", "which"), [("zh", 0), ("en", 1)])
def test_terminal_speaks_either_language(town: Path, tmp_path: Path, language: str, which: int) -> None:
    """Title, mark, options and where the results are, in the language asked for."""
    store = tmp_path / "r.sqlite"
    said = good("sweep", town, grid_file(tmp_path), "--draws", 2, "--store", store, language=language)
    joined = "".join(said.split())
    for pair in (("增班", "more classes"), MARKS, ("现状", "base"), ("模拟结果保存在", "results are kept in")):
        assert "".join(pair[which].split()) in joined
    assert ("增长" if which == 0 else "growth") in joined


def test_store_is_named_after_the_grid(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ``--store`` results are kept in the current folder under the name of the grid."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    good("sweep", town, grid_file(tmp_path), "--draws", 1)
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["classes.sqlite"]


def test_no_name_of_a_child_travels_to_workers(town: Path) -> None:
    """What is sent has neither names nor the policy's text, and equal districts are sent under one digest."""
    district = read(town)
    named = tuple(child._replace(name="张三") for child in district.applicants)
    packed = pack_for_workers(replace(district, applicants=named))
    assert packed == pack_for_workers(district)
    assert "张三".encode() not in zlib.decompress(packed.raw)


def test_tasks_are_what_is_missing_in_pieces(town: Path, tmp_path: Path) -> None:
    """Together the tasks hold every missing draw of every composition once, none longer than a block."""
    swept, header = planned(town, tmp_path, draws=450)
    digest = swept.cells[2].digest
    zeros = (0,) * len(FIGURES)
    with open_store(tmp_path / "r.sqlite", header) as store:
        sweep.announce_run(swept, store)
        store.add(digest, [ResultRow(0, draw, zeros, (), (), ()) for draw in (1, 2, 7, 450)])
        found = list(sweep.run_tasks(swept, store))
    size = sweep.run_block_size(swept.children)
    drawn: dict[str, list[int]] = {}
    for task in found:
        for stretch in task.stretches:
            assert 0 <= stretch.last - stretch.first < size
            drawn.setdefault(task.composition.digest, []).extend(range(stretch.first, stretch.last + 1))
    assert drawn[digest] == [draw for draw in range(1, 451) if draw not in (1, 2, 7, 450)]
    assert all(draws == list(range(1, 451)) for name, draws in drawn.items() if name != digest)
    assert len(drawn) == 4


def test_the_shipped_grid_fits_the_shipped_district() -> None:
    """Every combination of the example can be composed; its base is one of them."""
    grid = read_what_if_grid(ROOT / "scenarios" / "tongliao-2023-primary" / "grid.yaml")
    swept = sweep.fitted_for_run(shipped("tongliao-2023-primary"), grid, draws=1)
    assert len(swept.cells) == grid.size == len(swept.settings) + 1


def test_many_demand_draws_share_a_task(town: Path, tmp_path: Path) -> None:
    """With one draw for each demand draw a task holds several of them."""
    swept, _ = planned(town, tmp_path, draws=1, demand_draws=100)
    tasks = list(tasks_of(swept, tmp_path))
    assert len(tasks) < 100
    assert sum(len(task.stretches) for task in tasks) == 4 * 100


@pytest.mark.parametrize(("children", "draws"), [(0, 200), (60, 200), (3000, 100), (100_000, 3), (10**6, 1)])
def test_block_size(children: int, draws: int) -> None:
    """A task takes about half a second, whatever the size of the district."""
    assert sweep.run_block_size(children) == draws


def test_a_line_every_ten_seconds() -> None:
    """Without a terminal: done, rate of this run alone, time left; quiet in between."""
    now, said = [0.0], list[str]()
    meter = MeterLines(said.append, 500, 1500, "en", clock=lambda: now[0])
    for second, more in ((4.0, 50), (10.0, 50), (15.0, 100), (25.0, 300)):
        now[0] = second
        meter(more)
    assert said == [
        "600 of 1500 runs, 10 a second, about 0:01:30 left",
        "1000 of 1500 runs, 20 a second, about 0:00:25 left",
    ]
    assert meter_time(3723) == "1:02:03"


def test_a_bar_in_a_terminal_and_nothing_when_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal gets a bar that counts what was there before; quiet shows nothing at all."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    for quiet in (True, False):
        with metered(4, 10, "en", quiet=quiet) as meter:
            meter(3)
            meter(3)
        said = capsys.readouterr()
        assert said.out == ""
        assert (said.err == "") is quiet
    assert "10/10" in said.err
    monkeypatch.delenv("FORCE_COLOR")
    with metered(0, 10, "en", quiet=False) as meter:
        meter(10)
    assert capsys.readouterr().err == ""


def test_a_resumed_sweep_says_what_is_there(town: Path, tmp_path: Path) -> None:
    """On stderr: how many results the file holds, and how many are to come."""
    wish = ("sweep", town, grid_file(tmp_path), "--store", tmp_path / "r.sqlite", "--workers", 1)
    assert "already" not in call(*wish, "--draws", 2).stderr
    assert "r.sqlite holds 8 runs already; 12 to go" in call(*wish, "--draws", 5).stderr
