"""``draw verify`` compares published lists with orders: every edit of a list is found, and its file named."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path
from random import Random

import pytest

from allocator.domain import Draw
from allocator.ground import Written
from allocator.lottery import parse_transcript, recheck_published
from allocator.record import Retelling
from allocator.reporting import summarise_run, write_outputs
from allocator.reporting.list_words import list_words
from allocator.verification import verified_policy
from tests import conformance, list_edits
from tests.cli_calls import call, copy, good
from tests.test_cli_tampering import reseal

NAMES = ("张三", "欧阳娜娜", "李四", "王小明", "A*B")
PRIVATE = ("assignment.csv", "inputs", "manifest.json", "lists.xlsx", "summary.json", "trace.jsonl")
"""What families do not have."""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the lists of a district of 300 children with names, twins, draws of every kind and all outcomes."""
    folder = tmp_path_factory.mktemp("lists")
    good("generate", folder / "d", "--children", 300, "--seed", 5)
    path = folder / "d" / "applicants.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(
        [[*head, "name"], *([*row, NAMES[at % len(NAMES)]] for at, row in enumerate(rows))]
    )
    path.write_text(text.getvalue(), encoding="utf-8")
    assert call("run", folder / "d", "--engine", "procedure", "--no-trace", "--out", folder / "o").exit_code == 1
    return folder / "o"


def published(out: Path) -> Path:
    """Leave in a folder what families have."""
    for name in PRIVATE:
        path = out / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return out


def found(out: Path, named: str) -> None:
    """Demand that an edit is found and its file named."""
    told = call("draw", "verify", out)
    assert told.exit_code == 3, told.stdout
    assert named in told.stdout, told.stdout


def test_lists_that_nobody_edited_are_right(result: Path, tmp_path: Path) -> None:
    """The whole folder, and what is published of it, are found right; what was not compared is said."""
    said = good("draw", "verify", result)
    assert "8 draws held and 5 orders of diversion and adjustment" in said
    assert "15 lists with 300 children agree with the orders" in said
    assert "'allocator verify' does that" in said
    assert "not checked: the numbers of the sheets of lists.xlsx that are no lists" in said
    out = published(copy(result, tmp_path))
    said = good("draw", "verify", out)
    assert "15 lists with 300 children" in said
    assert "not checked: lists.xlsx" in said
    assert "not checked: the way, name and sex of children who stood in no draw" in said
    for path in (out / "office").glob("_*"):
        path.unlink()
    assert "not checked: 13 parties" in good("draw", "verify", out)
    shutil.rmtree(out / "office")
    assert "the public lists are right" in good("draw", "verify", out)
    shutil.rmtree(out / "lists")
    said = good("draw", "verify", out)
    assert "not checked: no lists are here" in said
    assert "未核对：没有公布的名单" in good("draw", "verify", out, language="zh")


@pytest.mark.parametrize("kind", list_edits.FIND)
def test_an_edit_is_found_with_the_published_files_alone(result: Path, tmp_path: Path, kind: str) -> None:
    """Transcript, draw roster, orders and lists are enough: no manifest, no roster, no list of the office."""
    out = published(copy(result, tmp_path))
    named = list_edits.FIND[kind](out)
    found(out, named)


@pytest.mark.parametrize("kind", list_edits.OFFICE)
def test_an_edit_is_found_in_the_office(result: Path, tmp_path: Path, kind: str) -> None:
    """The whole folder, with a manifest that somebody made anew after the edit."""
    out = copy(result, tmp_path)
    named = list_edits.OFFICE[kind](out)
    unsealed(out)
    found(out, named)


@pytest.mark.long
@pytest.mark.parametrize("kind", list_edits.FIND)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_families_find_the_office_finds(result: Path, tmp_path: Path, kind: str, language: str) -> None:
    """The same edits beside the office's files, with the old manifest and with a new one, in both languages."""
    out = copy(result, tmp_path)
    named = list_edits.FIND[kind](out)
    for seal in (lambda _: None, unsealed):
        seal(out)
        told = call("draw", "verify", out, language=language)
        assert told.exit_code == 3
        assert named in told.stdout


@pytest.mark.parametrize("lists", ["zh", "en"])
def test_lists_in_one_language_are_read(result: Path, tmp_path: Path, lists: str) -> None:
    """Lists in Chinese or English alone are compared as those in both, by their words."""
    district = result.parent / "d"
    words = ("run", district, "--engine", "procedure", "--no-trace", "--lists", lists, "--out", tmp_path / "o")
    assert call(*words).exit_code == 1
    assert "15 lists with 300 children" in good("draw", "verify", tmp_path / "o")
    path = tmp_path / "o" / "office" / "xincheng-2.csv"
    path.write_bytes(path.read_bytes().replace("第 E 批".encode(), "第 D 批".encode()).replace(b"batch E", b"batch D"))
    found(published(tmp_path / "o"), path.name)


def test_lists_of_a_trial_are_compared(result: Path, tmp_path: Path) -> None:
    """A trial's lists carry its number; published without the manifest it must be given, and be the right one."""
    out = tmp_path / "o"
    words = ("run", result.parent / "d", "--engine", "procedure", "--no-trace", "--trial-seed", 4, "--out", out)
    assert call(*words).exit_code == 1
    good("draw", "verify", out)
    good("draw", "verify", published(out), "--trial-seed", 4)
    assert call("draw", "verify", out, "--trial-seed", 5).exit_code == 3


@pytest.mark.parametrize("name", conformance.names())
def test_lists_of_the_conformance_districts_are_right(tmp_path: Path, name: str) -> None:
    """Under every switch the lists of a run agree with its orders, in the office and as published."""
    district, rows = conformance.load(name)
    retelling = Retelling(district, rows)
    write_outputs(tmp_path / "o", retelling, summarise_run(retelling), trace=False)
    draw = district.draw
    assert draw is not None
    for out in (tmp_path / "o", published(tmp_path / "o")):
        scope = district.policy.switches.ticket_scope
        told = recheck_published(out, scope, None, lambda lists: list_words(district.policy, draw, Written(lists)))
        assert {fault.code for fault in told.faults} <= {"draw.changed_policy", "draw.changed_roster"}
        assert told.lists.faults == []
        assert told.lists.children == len(rows)


def unsealed(out: Path) -> None:
    """Make the manifest anew; what is gone from the folder is gone from it."""
    import json

    path = out / "manifest.json"
    manifest = json.loads(path.read_bytes())
    there = {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()} - {"manifest.json"}
    manifest["outputs"] = dict.fromkeys(sorted(there), "")
    path.write_text(json.dumps(manifest), encoding="utf-8")
    reseal(out)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_no_edit_of_a_list_is_passed_over_in_the_office(result: Path, tmp_path: Path, seed: int) -> None:
    """Characters, lines and cells changed, exchanged, doubled or left out at random are found without a manifest."""
    out = copy(result, tmp_path)
    (out / "manifest.json").unlink()
    policy = verified_policy(out)
    transcript, _ = parse_transcript((out / "transcript.txt").read_bytes())
    assert transcript is not None
    words = lambda lists: list_words(policy, Draw(transcript=transcript), Written(lists))
    files, chance = sorted((out / "office").glob("*.csv")), Random(seed)
    for _ in range(100):
        path = chance.choice(files)
        raw, rows = path.read_bytes(), list_edits.load(path)
        list_edits.anything(rows, chance)
        if rows != list_edits.load(path):
            list_edits.save(path, rows)
            assert recheck_published(out, policy.switches.ticket_scope, None, words).faults, (path.name, rows)
        path.write_bytes(raw)


def test_a_run_without_lists_has_none_to_compare(result: Path, tmp_path: Path) -> None:
    """``run --no-workbook`` makes no lists: that is said and no fault; an emptied folder of lists is one."""
    words = ("run", result.parent / "d", "--engine", "procedure", "--no-trace", "--no-workbook")
    assert call(*words, "--out", tmp_path / "o").exit_code == 1
    assert "not checked: no lists are here" in good("draw", "verify", tmp_path / "o")
    (tmp_path / "o" / "office").mkdir()
    found(tmp_path / "o", "office/xincheng-2.csv")


def test_columns_are_told_in_the_words_of_the_office(result: Path, tmp_path: Path) -> None:
    """In Chinese a list's column is called by its heading, an order's by its word with the heading behind it."""
    out = copy(result, tmp_path)
    for path in (*(out / "office").glob("*.csv"), *(out / "draws").glob("*.csv")):
        path.write_bytes(path.read_bytes().replace(b"T23-", b"T24-").replace("摇号".encode(), "抽签".encode()))
    unsealed(out)
    told = call("draw", "verify", out, language="zh")
    assert told.exit_code == 3
    columns = set(re.findall(r"，列 ([^，:]*)", told.stdout))
    assert columns
    assert all(column[0] >= "\u4e00" for column in columns), columns
    assert {"报名号", "报名户（id）"} <= columns
