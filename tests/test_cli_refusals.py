"""What the command line refuses: bad input, garbage, weak seeds, tampered folders, engines that disagree."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from allocator import engines
from allocator.cli.app import cli
from allocator.district_folder import read_district
from allocator.domain import District, Row, Violation
from allocator.ground import DisagreementError
from allocator.procedure import run_procedure
from tests import tables
from tests.cli_calls import GARBAGE, as_json, call, contents, copy, good, refused
from tests.conformance import ROOT

WEAK = ("--source", "witness-1:12345", "--source", "witness-2:ABSENT", "--source", "witness-3:54321")


def faulty(folder: Path) -> Path:
    """Write a district with a fault in each of its five files."""
    children = [tables.child("T1", status="maybe"), tables.child("T1", zone="nowhere"), tables.child("T2", x="5")]
    schools = [row | {"plan": "-1"} if row["school_id"] == "fuli" else row for row in tables.schools()]
    zones = [*tables.zones(), tables.zone("extra", school_id="missing")]
    policy = tables.POLICY.replace("bundle_at_cut: over_plan", "bundle_at_cut: sometimes")
    tables.write(folder, applicants=children, schools_=schools, zones_=zones, policy=policy)
    (folder / "transcript.txt").write_bytes(b"school-draw/2\n")
    return folder


def test_all_faults_of_all_files_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    """One call names every file with its line; ``check`` and ``run`` say the same, and no file appears or changes."""
    folder = faulty(tmp_path / "bad")
    before = contents(tmp_path)
    said = refused("check", folder)
    places = (
        "applicants.csv line 2, status", "applicants.csv line 3, applicant_id", "applicants.csv line 3, zone",
        "applicants.csv line 4, y", "schools.csv line 3, plan", "zones.csv line 8, school_id", "policy.yaml line",
        "transcript.txt line 1",
    )  # fmt: skip
    assert [place for place in places if place not in said] == []
    assert refused("run", folder, "--out", tmp_path / "out") == said
    assert refused("run", folder, "--quiet") == said
    assert contents(tmp_path) == before


@pytest.mark.parametrize("command", ["check", "run", "freeze"])
def test_faults_as_json(tmp_path: Path, command: str) -> None:
    """``--json`` gives every fault with code, file, row, column, value and message as one document."""
    words = ("draw", "freeze") if command == "freeze" else (command,)
    found = as_json(*words, faulty(tmp_path / "bad"), status=2)["faults"]
    assert len(found) >= (6 if command == "freeze" else 7)
    assert all(fault.keys() == {"code", "file", "row", "column", "value", "message"} for fault in found)
    assert ("status.unknown", "applicants.csv", 2, "status", "maybe") in {
        (f["code"], f["file"], f["row"], f["column"], f["value"]) for f in found
    }


def test_faults_in_chinese(tmp_path: Path) -> None:
    """The same faults are told in Chinese, with the same stable codes."""
    result = call("check", faulty(tmp_path / "bad"), language="zh")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "applicants.csv 第2行" in result.stderr
    assert "[status.unknown]" in result.stderr


@pytest.mark.parametrize("name", ["applicants.csv", "schools.csv", "zones.csv", "policy.yaml", "transcript.txt"])
@pytest.mark.parametrize("kind", ["binary", "empty", "folder", "missing", "utf-16"])
def test_garbage_in_place_of_a_file(town: Path, tmp_path: Path, name: str, kind: str) -> None:
    """Bytes without sense, nothing, a folder, no file or UTF-16: the file is named, status 2, nothing written."""
    folder = copy(town, tmp_path)
    text = (folder / name).read_bytes()
    (folder / name).unlink()
    if kind == "folder":
        (folder / name).mkdir()
    elif kind != "missing":
        made = {"binary": GARBAGE, "empty": b"", "utf-16": text.decode().encode("utf-16")}
        (folder / name).write_bytes(made[kind])
    before = contents(tmp_path)
    assert name in refused("run", folder)
    if (name, kind) != ("transcript.txt", "missing"):  # before the draw there is none
        assert name in refused("check", folder)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["applicants", "schools", "zones"])
def test_garbage_in_place_of_a_workbook(town: Path, tmp_path: Path, name: str) -> None:
    """Bytes without sense named ``.xlsx`` are refused with the name of the file."""
    folder = copy(town, tmp_path)
    (folder / f"{name}.csv").rename(folder / f"{name}.xlsx")
    assert f"{name}.xlsx" in refused("check", folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable to this user")
def test_a_file_that_may_not_be_read(town: Path, tmp_path: Path) -> None:
    """A table without permission to read it is named with the reason."""
    folder = copy(town, tmp_path)
    (folder / "zones.csv").chmod(0)
    assert "zones.csv" in refused("check", folder)


def nowhere(tmp_path: Path) -> Path:
    """A path at which there is nothing."""
    return tmp_path / "nowhere"


def a_file(tmp_path: Path) -> Path:
    """A file where a folder is expected."""
    path = tmp_path / "file"
    path.write_bytes(GARBAGE)
    return path


def an_empty_folder(tmp_path: Path) -> Path:
    """A folder that holds nothing."""
    path = tmp_path / "empty"
    path.mkdir()
    return path


@pytest.mark.parametrize("make", [nowhere, a_file, an_empty_folder])
@pytest.mark.parametrize(
    "words",
    [
        "check {}", "run {}", "run {} --trial-seed 1", "draw freeze {}", "draw verify {}", "verify {}", "explain {} T1",
        "verify {} --list {}", "draw transcript {} --event 1 --source witness-1:1",
    ],
)  # fmt: skip
def test_a_folder_that_is_none_of_ours(tmp_path: Path, words: str, make: Callable[[Path], Path]) -> None:
    """Every command that takes a folder refuses one that is missing, a file, or empty, and leaves it as it was."""
    path = make(tmp_path)
    before = contents(tmp_path)
    refused(*(word.format(path) for word in words.split()))
    assert contents(tmp_path) == before


@pytest.mark.parametrize("words", ["check {}", "run {}", "draw freeze {}", "verify {}", "verify {} --list {}"])
def test_a_folder_that_is_none_of_ours_as_json(tmp_path: Path, words: str) -> None:
    """With ``--json`` the same refusal is one document with codes."""
    told = as_json(*(word.format(tmp_path) for word in words.split()), status=2)
    assert [fault["code"] for fault in told["faults"]]


@pytest.mark.parametrize("target", ["file", "district", "file/below"])
def test_an_output_folder_that_cannot_be_used(town: Path, tmp_path: Path, target: str) -> None:
    """``--out`` at a file, below a file, or at a folder that we did not write is refused and left alone."""
    a_file(tmp_path)
    shutil.copytree(town, tmp_path / "district")
    before = contents(tmp_path)
    assert target.split("/")[0] in refused("run", town, "--out", tmp_path / target)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "words",
    [
        "run {town} --trial-seed 1 --transcript {town}/transcript.txt",
        "run {town} --transcript {town}/nothing.txt",
        "run {town} --encoding klingon",
        "generate {town}/new --children 5 --seed 1",
        "generate {town}/new --children 50 --seed -1",
        "verify {town} --list {town}",
        "verify {town} --list {town}/nothing.csv",
        "verify {town} --list {town}/schools.csv",
        "draw transcript {town} --event X --source nobody:1 --out {town}/new.txt",
    ],
)
def test_options_that_do_not_fit(town: Path, words: str) -> None:
    """Two seeds, missing files, unknown encodings, sizes out of range and lists of another kind: status 2."""
    before = contents(town)
    assert " found:\n" in refused(*(word.format(town=town) for word in words.split()))
    assert contents(town) == before


OPTIONS = {
    "check {town} --encoding klingon": "--encoding, value 'klingon'",
    "run {town} --transcript {town}/transcript.txt --trial-seed 1": "--trial-seed:",
    "odds {town} --out {tmp}/x.csv --families {tmp}/x.csv": "--families, value 'x.csv'",
    "sweep {town} {grid} --draws 2 --out {tmp}/no/x.csv": "--out, value",
    "sweep {town} {grid} --draws 2 --store {tmp}/no/x.sqlite": "--store, value",
    "generate {tmp}/new --children 5 --seed 1": "--children, value '5'",
    "draw transcript {town} --event X --source witness-1:x --out {tmp}/t.txt": "--source, value 'witness-1:x'",
    "draw transcript {town} --event X --out {tmp}/t.txt": "--source:",
    "draw freeze {town} --again=": "--again:",
}


@pytest.mark.parametrize("words", OPTIONS)
def test_faults_of_options_name_the_option(town: Path, tmp_path: Path, words: str) -> None:
    """What is wrong with an option is told once, by its name and not by a file that is not there yet."""
    grid = ROOT / "scenarios" / "tongliao-2023-primary" / "grid.yaml"
    said = refused(*words.format(town=town, tmp=tmp_path, grid=grid).split())
    assert said.count(OPTIONS[words]) == 1, said


@pytest.mark.parametrize("words", ["run", "run {town} --engine best", "run {town} --trial-seed -1", "begin", "new a b"])
def test_misuse_of_the_command_line(town: Path, words: str) -> None:
    """A missing argument, an unknown choice, option or command: a usage message and status 2."""
    result = call(*(word.format(town=town) for word in words.split()))
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_input_changed_after_the_draw_is_refused(town: Path, tmp_path: Path) -> None:
    """A roster or policy that is not the one frozen in the transcript is no input; a trial of it may run."""
    folder = copy(town, tmp_path)
    text = (folder / "schools.csv").read_text(encoding="utf-8")
    (folder / "schools.csv").write_text(text.replace("fuli,富力小学,own,7", "fuli,富力小学,own,8"), encoding="utf-8")
    assert "draw.changed_inputs" in refused("run", folder)
    (folder / "policy.yaml").write_bytes((folder / "policy.yaml").read_bytes() + b"# a word more\n")
    said = refused("check", folder)
    assert "draw.changed_policy" in said
    assert "draw.changed_inputs" in said
    good("run", folder, "--trial-seed", 1, "--quiet")


def test_a_weak_seed_is_refused_and_marked_where_it_is_allowed(town: Path, tmp_path: Path) -> None:
    """Too few digits: no transcript and no run unless allowed; then summary, lists and sheets say so."""
    folder, out = copy(town, tmp_path), tmp_path / "out"
    (folder / "transcript.txt").unlink()
    made = ("draw", "transcript", folder, "--event", "1", *WEAK)
    good("draw", "freeze", folder)
    said = refused(*made)
    assert "draw.few_digits" in said
    assert "draw.few_bits" in said
    assert not (folder / "transcript.txt").exists()
    good(*made, "--allow-weak-seed")
    assert "draw.few_bits" in refused("run", folder, "--out", out)
    assert "draw.few_bits" in refused("check", folder)
    assert not out.exists()
    assert "WEAK SEED" in good("run", folder, "--out", out, "--allow-weak-seed")
    assert json.loads((out / "summary.json").read_bytes())["weak_seed"] is True
    assert all("WEAK SEED" in path.read_text(encoding="utf-8-sig") for path in (out / "office").glob("*.csv"))
    for sheet in openpyxl.load_workbook(out / "lists.xlsx").worksheets:
        assert any("WEAK SEED" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row), sheet.title
    good("verify", out)


def test_where_the_model_decides_both_lists_are_reported(town: Path, tmp_path: Path) -> None:
    """Under ``least_distance`` the procedure alone is refused; a run shows both lists and what the choice changes."""
    folder, out = copy(town, tmp_path), tmp_path / "out"
    policy = (folder / "policy.yaml").read_text(encoding="utf-8")
    changed = policy.replace("divert_assign: serial_by_ticket", "divert_assign: least_distance")
    (folder / "policy.yaml").write_text(changed, encoding="utf-8")
    said = refused("run", folder, "--trial-seed", 1, "--engine", "procedure")
    assert "run.model_decides" in said
    assert not (folder / "out").exists()
    summary = as_json("run", folder, "--trial-seed", 1, "--out", out)
    comparison = summary["comparison"]
    assert comparison["least_distance"]["metres"] <= comparison["serial_by_ticket"]["metres"]
    serial = (out / "assignment-serial-by-ticket.csv").read_text(encoding="utf-8").splitlines()
    chosen = (out / "assignment.csv").read_text(encoding="utf-8").splitlines()
    assert len(serial) == len(chosen) == 61
    differ = sum(a.split(",")[1] != b.split(",")[1] for a, b in zip(serial, chosen, strict=True))
    assert differ == comparison["children_who_differ"]
    good("verify", out)


def swapped(district: District) -> tuple[Row, ...]:
    """The procedure's list with two children of one batch at two schools exchanged."""
    rows = list(run_procedure(district))
    first = next(n for n, row in enumerate(rows) if row.phase == "batch-A")
    other = next(n for n, row in enumerate(rows) if row.phase == "batch-A" and row.school_id != rows[first].school_id)
    for one, two in ((first, other), (other, first)):
        rows[one] = rows[one]._replace(school_id=run_procedure(district)[two].school_id)
    return tuple(rows)


def test_engines_that_disagree(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lists: Path) -> None:
    """A model with another list: status 3, the first child, both outcomes and the rule named; the old lists stay."""
    out = copy(lists, tmp_path)
    before = contents(out)
    monkeypatch.setattr("allocator.models.law.strict.run_strict", lambda district, progress: swapped(district))
    district = read_district(town)
    first = next(r for r, s in zip(run_procedure(district), swapped(district), strict=True) if r != s)
    result = call("run", town, "--out", out)
    assert (result.exit_code, result.stdout) == (3, "")
    for word in (first.applicant_id, first.school_id, "batch-A"):
        assert word in result.stderr
    told = as_json("run", town, "--out", out, status=3)["disagreement"]
    assert told["code"] == "agree.engines"
    assert first.applicant_id in told["message"]
    assert contents(out) == before


def test_a_model_with_more_than_one_solution(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that cannot prove its list to be the only one: status 3 with the phase, and no lists."""

    def ambiguous(district: District, progress: object) -> tuple[Row, ...]:
        raise DisagreementError("agree.not_unique", {"rule": "batch-C step 2", "status": "OPTIMAL"})

    monkeypatch.setattr("allocator.models.law.strict.run_strict", ambiguous)
    result = call("run", town, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "batch-C step 2" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_list_that_the_checker_refuses(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines wrong in the same way: the checker finds it, status 3, every violation told, and no lists."""
    monkeypatch.setattr(engines, "run_procedure", lambda district, progress: swapped(district))
    result = call("run", town, "--out", tmp_path / "out", "--engine", "procedure")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "check." in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_fault_of_the_program_is_told_without_a_traceback(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody expected is one sentence and status 3, with ``--json`` one document; nothing is written."""
    def broken(*_: object) -> tuple[Violation, ...]:
        raise IndexError("list index out of range")

    monkeypatch.setattr(engines, "run_procedure", broken)
    words = ["run", str(town), "--out", str(tmp_path / "out"), "--lang", "en"]
    result = CliRunner().invoke(cli, words)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "IndexError: list index out of range" in result.stderr
    assert "Traceback" not in result.stderr
    assert json.loads(CliRunner().invoke(cli, [*words, "--json"]).stdout)["error"]["code"] == "cli.internal"
    assert not (tmp_path / "out").exists()
