"""``allocator optimum`` and ``verify`` of its folder, as a planner uses them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.models.limit import Limit
from allocator.planning.optimum import verify_optimum
from tests.cli_calls import call, contents

SIZE = 200


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated district of 200 children."""
    folder = tmp_path_factory.mktemp("planning") / "town"
    assert call("generate", folder, "--children", SIZE, "--seed", 4).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def out(town: Path) -> Path:
    """Its planning optimum."""
    folder = town.parent / "optimum"
    assert call("optimum", town, "--out", folder).exit_code == 0
    return folder


def summary(folder: Path) -> dict[str, Any]:
    """The summary of a folder."""
    found: dict[str, Any] = json.loads((folder / "summary.json").read_bytes())
    return found


def sealed(folder: Path) -> None:
    """Write the digests of all files into the manifest anew, as somebody would who tampers with care."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["outputs"] = {name: sha256((folder / name).read_bytes()).hexdigest() for name in manifest["outputs"]}
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_optimum_is_written_shown_and_verified(town: Path, out: Path, tmp_path: Path) -> None:
    """Both languages show both lists side by side, mark it as planning only, and say what proves it."""
    for language, words in (("en", "for planning only"), ("zh", "仅供规划测算")):
        said = call("optimum", town, "--out", tmp_path / language, language=language)
        assert said.exit_code == 0
        assert words in said.stdout
    assert contents(tmp_path / "en") == contents(tmp_path / "zh") == contents(out)
    found = summary(out)
    assert (found["gap"], found["proven"]) == (0, True)
    assert found["rules"]["justified_envy"] == found["rules"]["wasted_seats"] == 0
    assert found["optimum"]["objective"] == found["objective"] >= found["rules"]["objective"]
    lines = (out / "optimum.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "applicant_id,school_id,relation,metres"
    assert len(lines) == SIZE + 1
    assert (out / "schools.csv").read_bytes().startswith("\ufeff".encode())
    assert "proven" in call("verify", out).stdout
    assert "核验通过" in call("verify", out, language="zh").stdout
    told = json.loads(call("verify", out, "--json").stdout)
    assert told["gap"] == found["proof"]["price_bound"] - found["objective"]


def test_order_of_rows_changes_nothing_but_the_manifest(town: Path, out: Path, tmp_path: Path) -> None:
    """The same rows upside down give the same files; the manifest has the digest of the file as read."""
    turned = tmp_path / "turned"
    shutil.copytree(town, turned)
    for name in ("applicants.csv", "schools.csv", "zones.csv"):
        head, *rows = (turned / name).read_text(encoding="utf-8").splitlines()
        (turned / name).write_text("\n".join([head, *reversed(rows), ""]), encoding="utf-8")
    assert call("optimum", turned, "--out", tmp_path / "out").exit_code == 0
    assert contents(tmp_path / "out", "manifest.json") == contents(out, "manifest.json")


def test_an_optimum_has_nothing_to_explain(out: Path) -> None:
    """``explain`` says what the folder is, instead of asking for a record."""
    said = call("explain", out, "T23-000001")
    assert (said.exit_code, "explain.no_assignment" in said.stderr) == (2, True)


def test_hard_caps_and_methods(town: Path, tmp_path: Path) -> None:
    """More seats are worth no less; the plain method reaches the same objective as the quick ones."""
    for name, options in (("plan", ()), ("cap", ("--use-hard-cap",)), ("plain", ("--method", "plain")),
                          ("flow", ("--method", "flow"))):  # fmt: skip
        assert call("optimum", town, "--out", tmp_path / name, *options).exit_code == 0
        assert call("verify", tmp_path / name).exit_code == 0
    objectives = {name: summary(tmp_path / name)["objective"] for name in ("plan", "cap", "plain", "flow")}
    assert objectives["plan"] == objectives["plain"] == objectives["flow"] <= objectives["cap"]


def test_json_and_trial(town: Path, tmp_path: Path) -> None:
    """``--json`` prints the summary; a district without a draw uses trial 1, or the one named."""
    copy = tmp_path / "no-draw"
    shutil.copytree(town, copy)
    (copy / "transcript.txt").unlink()
    found = json.loads(call("optimum", copy, "--out", tmp_path / "one", "--json").stdout)
    assert found == summary(tmp_path / "one")
    assert found["trial_seed"] == 1
    assert call("optimum", town, "--out", tmp_path / "two", "--trial-seed", 9, "--quiet").stdout == ""
    assert summary(tmp_path / "two")["trial_seed"] == 9
    assert call("verify", tmp_path / "one").exit_code == call("verify", tmp_path / "two").exit_code == 0


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("certificate.json", lambda c: {**c, "prices": {**c["prices"], "xincheng-1": -1}}, "check.price_wrong"),
        ("certificate.json", lambda c: {**c, "prices": dict(list(c["prices"].items())[1:])}, "check.price_wrong"),
        ("certificate.json", lambda c: {**c, "claim": "surely"}, "certificate.wrong"),
        ("certificate.json", lambda c: {**c, "more": 1}, "certificate.wrong"),
        ("certificate.json", lambda c: {**c, "prices": {**c["prices"], "xincheng-1": 2**70}}, "certificate.wrong"),
        ("summary.json", lambda s: {**s, "objective": s["objective"] + 1}, "cli.not_implied"),
        ("summary.json", lambda s: {**s, "prices": {**s["prices"], "xincheng-1": 7}}, "cli.not_implied"),
    ],
)
def test_tampered_files_are_found_though_sealed_anew(
    out: Path, tmp_path: Path, name: str, change: Any, code: str
) -> None:
    """No digest stands in for the proof: a changed certificate or summary is found by what it says."""
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    content = json.loads((copy / name).read_bytes())
    (copy / name).write_text(json.dumps(change(content)), encoding="utf-8")
    assert any(f.code == "cli.changed_file" for f in verify_optimum(copy).faults)
    sealed(copy)
    report = verify_optimum(copy)
    assert code in {f.code for f in report.faults} | {v.code for v in report.violations}
    assert call("verify", copy).exit_code == 3


def test_the_school_table_is_made_again(out: Path, tmp_path: Path) -> None:
    """Another price in ``schools.csv`` is found though the manifest was sealed anew."""
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    raw = (copy / "schools.csv").read_bytes()
    (copy / "schools.csv").write_bytes(raw[:-3] + b"7\r\n" if raw[-3:-2] != b"7" else raw[:-3] + b"8\r\n")
    sealed(copy)
    assert [(f.code, f.file) for f in verify_optimum(copy).faults] == [("cli.not_implied", "schools.csv")]


def test_the_workbook_is_made_again(out: Path, tmp_path: Path) -> None:
    """Another word in it, or a summary that makes none, is found though the manifest was sealed anew."""
    copy = Path(shutil.copytree(out, tmp_path / "copy"))
    raw = (copy / "tables.xlsx").read_bytes()
    (copy / "tables.xlsx").write_bytes(raw.replace(b"by the rules", b"by the ruler"))
    sealed(copy)
    assert [(f.code, f.file) for f in verify_optimum(copy).faults] == [("cli.not_implied", "tables.xlsx")]
    (copy / "tables.xlsx").write_bytes(raw)
    (copy / "summary.json").write_text("[]", encoding="utf-8")
    sealed(copy)
    assert ("cli.not_implied", "tables.xlsx") in [(f.code, f.file) for f in verify_optimum(copy).faults]


def test_the_workbook_of_the_list_has_its_lines_and_is_made_again(out: Path, tmp_path: Path) -> None:
    """Every line of ``optimum.csv`` with the school's name and the relation in words; another word in it is found."""
    lines = [line.split(",") for line in (out / "optimum.csv").read_text(encoding="utf-8").splitlines()[1:]]
    rows = list(openpyxl.load_workbook(out / "optimum.xlsx").worksheets[0].iter_rows(values_only=True))
    marks, told = rows[: -len(lines)], rows[-len(lines) :]
    assert "planning only" in str(marks)
    assert "Registration no." in str(marks[-1])
    assert [(row[0], row[1] or "", "" if row[4] is None else str(row[4])) for row in told] == [
        (child, school, metres) for child, school, _, metres in lines
    ]
    copy = Path(shutil.copytree(out, tmp_path / "copy"))
    raw = (copy / "optimum.xlsx").read_bytes()
    assert b"home school" in raw
    (copy / "optimum.xlsx").write_bytes(raw.replace(b"home school", b"best school"))
    sealed(copy)
    assert [(f.code, f.file) for f in verify_optimum(copy).faults] == [("cli.not_implied", "optimum.xlsx")]


def test_schools_have_their_english_names(town: Path, tmp_path: Path) -> None:
    """``name_en`` stands in the English terminal and in JSON; the tables are made again without it."""
    copy = Path(shutil.copytree(town, tmp_path / "town"))
    head, *rows = (copy / "schools.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{row},School {row.split(',')[0]}" for row in rows]
    (copy / "schools.csv").write_text("\n".join([f"{head},name_en", *rows, ""]), encoding="utf-8")
    said = call("optimum", copy, "--trial-seed", 1, "--out", tmp_path / "out", language="en")
    names = summary(tmp_path / "out")["names_en"]
    assert names == {school: f"School {school}" for school in names}
    assert any(name in said.stdout for name in names.values())
    assert call("verify", tmp_path / "out").exit_code == 0


def test_folders_that_are_no_whole_optimum_are_told_in_words(out: Path, tmp_path: Path) -> None:
    """No weights in the policy copy, a certificate nested beyond reason or missing: faults, never a traceback."""
    for name, damage in (
        ("policy.yaml", lambda raw: raw.split(b"\nplanning:")[0] + b"\n"),
        ("certificate.json", lambda raw: b"[" * 100_000),
        ("certificate.json", None),
    ):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(out, copy)
        if damage is None:
            (copy / name).unlink()
        else:
            (copy / name).write_bytes(damage((copy / name).read_bytes()))
        assert call("verify", copy).exit_code in (2, 3)


def test_tampered_rows_are_found(out: Path, tmp_path: Path) -> None:
    """A seat taken away makes the list worse; a row missing or twice, a damaged file: each is told in words."""
    lines = (out / "optimum.csv").read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.split(",")[2] == "home")
    child = lines[at].split(",")[0]
    changes = {
        "unseated": [*lines[:at], f"{child},,,", *lines[at + 1 :]],
        "missing": [*lines[:at], *lines[at + 1 :]],
        "twice": [*lines, lines[at]],
        "cells": [*lines[:at], child, *lines[at + 1 :]],
        "header": lines[1:],
    }
    codes = {}
    for name, changed in changes.items():
        copy = tmp_path / name
        shutil.copytree(out, copy)
        (copy / "optimum.csv").write_text("\n".join([*changed, ""]), encoding="utf-8")
        sealed(copy)
        said = call("verify", copy)
        assert said.exit_code == 3
        codes[name] = said.stdout
    assert "check.optimum" in codes["unseated"]
    assert "check.missing_child" in codes["missing"]
    assert "cli.child_twice" in codes["twice"]
    assert "certificate.not_list" in codes["cells"]
    assert "certificate.not_list" in codes["header"]


def test_bad_input_is_told_and_nothing_written(town: Path, tmp_path: Path) -> None:
    """No weights, weights too small or large, a time limit of 0, a folder in use: exit 2, nothing written."""
    copy = tmp_path / "town"
    shutil.copytree(town, copy)
    policy = (copy / "policy.yaml").read_text(encoding="utf-8")
    head, block = policy.split("\nplanning:\n")
    for name, text, code in (
        ("none", head, "planning.missing"),
        ("small", policy.replace("A: 900000000", "A: 10"), "planning.too_small"),
        ("large", policy.replace("metre: 1", f"metre: {2**62}"), "planning.too_large"),
        ("key", policy.replace("  nearest: 8", "  nearest: 0\n  farthest: 3"), "policy.unknown_key"),
        ("category", policy.replace("U: 100000000", "Z: 100000000"), "policy.unknown_category"),
        ("school", policy.replace("closed: {}", "closed: {nowhere: [A]}"), "policy.unknown_school"),
    ):
        (copy / "policy.yaml").write_text(text, encoding="utf-8")
        said = call("optimum", copy, "--out", tmp_path / name, "--trial-seed", 1)
        assert (said.exit_code, code in said.stderr) == (2, True), said.stderr
        assert not (tmp_path / name).exists()
    assert block
    for seconds in ("0", "-1", "nan", "inf"):
        said = call("optimum", town, "--out", tmp_path / "x", f"--time-limit={seconds}")
        assert (said.exit_code, "planning.time_limit" in said.stderr) == (2, True)
    assert call("optimum", town, "--out", town).exit_code == 2


def test_verification_loads_no_solver(out: Path) -> None:
    """``verify`` of an optimum imports neither OR-Tools nor networkx."""
    code = (
        "import sys; from pathlib import Path; from allocator.planning.optimum.verification import verify_optimum; "
        f"report = verify_optimum(Path({str(out)!r})); assert not report.faults and not report.violations; "
        "print(sorted({'ortools', 'networkx', 'allocator.models'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_time_limit_ends_with_a_list_and_its_bound(town: Path, tmp_path: Path) -> None:
    """Ended at once: exit 1, a feasible list, not called optimal; ``verify`` says how far it is from the bound."""
    said = call("optimum", town, "--out", tmp_path / "early", "--time-limit", 1e-9)
    assert said.exit_code == 1
    assert "not proven optimal" in said.stdout
    found = summary(tmp_path / "early")
    assert not found["proven"]
    assert found["gap"] == found["bound"] - found["objective"] >= 0
    checked = call("verify", tmp_path / "early")
    assert checked.exit_code == 0
    assert "not claimed to be optimal" in checked.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_cleanly(tmp_path: Path) -> None:
    """Ctrl-C while the plain model is made or solved: the best list so far is written, with its bound or its proof."""
    folder, target = tmp_path / "town", tmp_path / "out"
    assert call("generate", folder, "--children", 20_000, "--seed", 4).exit_code == 0
    command = [sys.executable, "-m", "allocator", "optimum", str(folder), "--out", str(target), "--method", "plain"]
    environment = {**os.environ, "ALLOCATOR_LANG": "en"}
    run = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)
    time.sleep(6)  # by then it solves, and would for minutes
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert "Traceback" not in said
    assert "ending:" in said
    assert run.returncode == (0 if summary(target)["proven"] else 1)  # the prices can prove what was known by then
    assert call("verify", target).exit_code == 0


def test_the_first_ctrl_c_ends_the_search_and_the_second_everything() -> None:
    """Inside ``listening`` a signal sets the limit over; the next one interrupts; afterwards all is as before."""
    limit, told = Limit(), []
    before = signal.getsignal(signal.SIGINT)

    def twice() -> None:
        with limit.listening(lambda: told.append("once")):
            os.kill(os.getpid(), signal.SIGINT)
            assert limit.over
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        twice()
    assert told == ["once"]
    assert signal.getsignal(signal.SIGINT) is before
