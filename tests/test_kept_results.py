"""A result is never replaced by accident: what a folder of a public draw's result withstands, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_calls import as_json, call, contents, copy, good, refused
from tests.conformance import ROOT

GRID = ROOT / "scenarios" / "tongliao-2023-primary" / "grid.yaml"
OTHER = ("--source", "witness-1:53184209761842095317", "--source", "witness-2:90417263554018273645",
         "--source", "witness-3:26174093851627409831")  # fmt: skip


@pytest.fixture(scope="module")
def second_draw(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town under another public draw: same tables, another event and seed."""
    folder = copy(town, tmp_path_factory.mktemp("second"))
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    good("draw", "transcript", folder, "--event", "SYNTHETIC-6", *OTHER)
    return folder


def run(folder: Path, out: Path, *more: object) -> tuple[object, ...]:
    """Return the words of a quick run."""
    return ("run", folder, "--engine", "procedure", "--no-workbook", "--quiet", "--out", out, *more)


def test_a_result_withstands_trials_other_draws_and_planning(
    town: Path, second_draw: Path, lists: Path, tmp_path: Path
) -> None:
    """A trial, another event, an optimum and a what-if are refused with status 2, and no byte is changed."""
    out = copy(lists, tmp_path)
    before = contents(out)
    what_if = tmp_path / "w.yaml"
    what_if.write_text("format_version: 1\nwhat_if: w\n", encoding="utf-8")
    for words in (
        run(town, out, "--trial-seed", 1),
        run(second_draw, out),
        ("optimum", town, "--out", out),
        ("what-if", town, what_if, "--out", out),
    ):
        said = refused(*words)
        assert "out.result" in said
        assert "SYNTHETIC-5" in said
        assert contents(out) == before


def test_nothing_is_written_into_the_folder_of_a_result(town: Path, lists: Path, tmp_path: Path) -> None:
    """Tables, pages, pictures and results of sweeps do not go into it: the next run could not replace it."""
    out = copy(lists, tmp_path)
    before = contents(out)
    for words in (
        ("seats", town, "--out", out / "seats.csv"),
        ("odds", town, "--out", out / "lists" / "odds.csv"),
        ("warnings", town, "--out", out / "warnings.csv"),
        ("capacity", town, "--extra-seats", 3, "--out", out / "capacity.csv"),
        ("sweep", town, GRID, "--draws", 2, "--out", out / "sweep.csv"),
        ("sweep", town, GRID, "--draws", 2, "--store", out / "sweep.sqlite"),
        ("run", town, "--trial-seed", 1, "--out", out / "trial"),
        ("optimum", town, "--out", out / "inputs" / "optimum"),
        ("new", out / "mine"),
        ("generate", out / "big", "--children", 60, "--seed", 1),
    ):
        assert "out.inside_result" in refused(*words), words
        assert contents(out) == before


def test_the_same_draw_replaces_its_result_freely(town: Path, lists: Path, tmp_path: Path) -> None:
    """The same transcript gives the same lists, with the workbook or without."""
    out = copy(lists, tmp_path)
    assert call(*run(town, out)).exit_code == 0
    assert not (out / "lists").exists()
    good("run", town, "--out", out)
    assert contents(out, "manifest.json") == contents(lists, "manifest.json")


def test_replace_says_so_explicitly(town: Path, second_draw: Path, lists: Path, tmp_path: Path) -> None:
    """``--replace`` replaces a result of another draw; files of nobody's run stay protected even then."""
    out = copy(lists, tmp_path)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert "out.foreign_file" in refused(*run(second_draw, out, "--replace"))
    (out / "notes.txt").unlink()
    assert call(*run(second_draw, out, "--replace")).exit_code == 0
    assert "SYNTHETIC-6" in (out / "manifest.json").read_text(encoding="utf-8")
    assert call(*run(town, out, "--trial-seed", 1, "--replace")).exit_code == 0


def test_a_trial_is_replaced_by_anything(town: Path, tmp_path: Path) -> None:
    """A rehearsal gives way to another one and to the draw that counts, and not the other way round."""
    out = tmp_path / "out"
    for more in (("--trial-seed", 1), ("--trial-seed", 2), ()):
        assert call(*run(town, out, *more)).exit_code == 0
    assert as_json("run", town, "--trial-seed", 2, "--out", out, status=2)["faults"][0]["code"] == "out.result"


def test_a_result_that_came_while_a_run_worked_is_not_replaced(
    town: Path, lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands there is looked at again at the last moment, when all files are ready."""
    from allocator.cli import commands_run

    out = copy(lists, tmp_path)
    before = contents(out)
    monkeypatch.setattr(commands_run, "folder_replacement_faults", lambda *_: [])
    assert "out.result" in refused(*run(town, out, "--trial-seed", 1))
    assert contents(out) == before
