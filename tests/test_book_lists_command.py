"""``allocator book lists``: the files of a kept book, for their owner alone, the same each time; what is refused."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.casebook.kept import reading, writing
from allocator.casebook.kept_tables import PURGED, PURGED_HEADINGS
from allocator.domain import ACCEPTED
from tests.book_folders import season
from tests.chinese_fonts import needs_chinese_font
from tests.cli_calls import call, good, refused
from tests.kept_books import drawn
from tests.test_schemas import wrong

NAME = "13-book-refill"
PERSONS = "报名号,姓名,性别,身份证号,监护人姓名,联系电话,住址,平台编号\n"


@pytest.fixture(scope="module")
def summer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kept book in publicity with batch A, whose children have names."""
    folder = tmp_path_factory.mktemp("book") / "summer"
    district = drawn(folder, NAME)
    known = "".join(f"{c.applicant_id},欧阳小明,F,,欧阳大明,13900000000,和平路,\n" for c in district.applicants)
    (folder / "restricted").mkdir()
    (folder / "restricted" / "persons.csv").write_text("\ufeff" + PERSONS + known, encoding="utf-8")
    found = season(NAME)
    events = [e for e, outcome in zip(found.events, found.outcomes, strict=True) if outcome == ACCEPTED]
    kinds = [(event["type"], event.get("round")) for event in events]
    begun, stop = (kinds.index(pair) for pair in (("drawn", None), ("publicity_opened", "batch-A")))
    with writing(folder, "u-1", "2023-08-01T09:00:00") as book:
        assert set(book.propose(events[begun + 1 : stop + 1])) == {ACCEPTED}
    return folder


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


@needs_chinese_font
def test_every_list_is_written_in_three_formats_for_its_owner_alone(summer: Path) -> None:
    """Into a folder that names the last event, public and restricted apart; written again they are the same bytes."""
    said = good("book", "lists", summer, "--lists", "zh", language="zh")
    (folder,) = (summer / "lists").iterdir()
    made = dict(files(folder))
    assert folder.name == f"event-{len((summer / 'journal.jsonl').read_bytes().splitlines()):04d}"
    page = {name for name in made if name.startswith("public/verify/")}
    stems = {name.rpartition(".")[0] for name in made.keys() - page} - {"manifest"}
    forms = {f"{stem}.{form}" for stem in stems for form in ("csv", "pdf", "xlsx")}
    assert made.keys() - page == {"manifest.json", *forms}
    assert {"public/publicity/batch-A/fuli", "restricted/report"} <= stems
    assert wrong("manifest", json.loads(made["manifest.json"])) == []
    assert "公示名单" in said
    assert "须手填" in said
    with reading(summer) as kept:
        assert [(what, which) for _, _, what, which in kept.accesses()] == [("lists", f"event {len(kept.journal)}")]
    modes = {stat.S_IMODE(os.stat(path).st_mode) for path in folder.rglob("*")}
    assert modes == {0o700, 0o600}
    good("book", "lists", summer, "--lists", "zh", "--quiet")
    assert dict(files(folder)) == made


def test_the_familys_page_lies_among_the_lists_with_all_that_it_checks(summer: Path, tmp_path: Path) -> None:
    """Each round as it stood at its opening; the lists of one round come without it."""
    said = good("book", "lists", summer, "--format", "csv", "--out", tmp_path / "all", "--lang", "en")
    assert "public/verify/verify.html" in said
    checked = tmp_path / "all" / "public" / "verify"
    made = {name for name, _ in files(checked)}
    assert {"verify.html", "policy.yaml", "transcript.txt", "draw-roster.csv", "later-changes.csv"} <= made
    assert any(name.startswith("rounds/batch-A/lists/") for name in made)
    program = Path(__file__).resolve().parent.parent / "docs" / "verify_draw.py"
    run = subprocess.run([sys.executable, program, checked], capture_output=True, text=True, check=False, timeout=60)
    codes = {line.split()[0] for line in run.stdout.splitlines()[:-1]}
    assert codes <= {"draw.later_change", "draw.version", "draw.line_missing"}  # a transcript made for tests
    good("book", "lists", summer, "--round", "batch-A", "--format", "csv", "--out", tmp_path / "one")
    assert not (tmp_path / "one" / "public" / "verify").exists()


def test_digests_are_those_of_the_data_in_every_language(summer: Path, tmp_path: Path) -> None:
    """What JSON says is as its schema and as the files; workbooks have what a clerk reads."""
    told: dict[str, Any] = {}
    for lists in ("zh", "en", "both"):
        words = ("--lists", lists, "--out", tmp_path / lists, "--format", "csv", "--format", "xlsx")
        address = ("--objection", "教育局基教科", "--telephone", "0475-0000000")
        told[lists] = json.loads(good("book", "lists", summer, *words, *address, "--json"))
        assert wrong("book-lists", told[lists]) == []
        for one in told[lists]["lists"]:
            assert {Path(name).suffix for name in one["files"]} == {".csv", ".xlsx"}
            for name, digest in one["files"].items():
                assert sha256((tmp_path / lists / name).read_bytes()).hexdigest() == digest
                assert not name.endswith(".csv") or digest == one["data_sha256"]
    data = [[one["data_sha256"] for one in found["lists"]] for found in told.values()]
    assert data[0] == data[1] == data[2]
    sheet = openpyxl.load_workbook(tmp_path / "en" / "public/publicity/batch-A/fuli.xlsx").active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("0475-0000000" in cell for cell in cells)
    assert any("In publicity from" in cell for cell in cells)
    assert "欧**明" in cells
    roll = openpyxl.load_workbook(tmp_path / "zh" / "restricted/report.xlsx").active
    assert any("校" in str(cell.value) or "负责人" in str(cell.value) for row in roll.iter_rows() for cell in row)


def test_what_cannot_be_listed_is_refused(summer: Path, tmp_path: Path) -> None:
    """An unknown round or event, a table of persons in which a number stands twice, a book before its draw."""
    assert "lists.no_such_round" in call("book", "lists", summer, "--round", "batch-B").stderr
    assert "book.no_persons" in call("book", "lists", summer, "--by", "nobody").stderr
    assert "lists.no_such_event" in call("book", "lists", summer, "--since", "9999").stderr
    drawn(tmp_path / "book", NAME)
    (tmp_path / "book" / "restricted").mkdir()
    persons = tmp_path / "book" / "restricted" / "persons.csv"
    for words, code in (
        ("applicant_id,name\nK1,张三\nK1,李四\n".encode(), "lists.person_twice"),
        ("name\n张三\n".encode(), "lists.persons_headings"),
        ("报名号,姓名\n".encode("gbk"), "lists.persons_unreadable"),
    ):  # fmt: skip
        persons.write_bytes(words)
        assert code in refused("book", "lists", tmp_path / "book")
        assert not (tmp_path / "book" / "lists").exists()


def test_in_a_purged_book_the_lists_that_were_kept_stay(summer: Path, tmp_path: Path) -> None:
    """Lists without names would take their place."""
    folder = tmp_path / "purged"
    shutil.copytree(summer, folder)
    row = ["2029-09-01"] * len(PURGED_HEADINGS)
    (folder / PURGED).write_text(f"{','.join(PURGED_HEADINGS)}\n{','.join(row)}\n", encoding="utf-8")
    before = dict(files(folder))
    assert "2029-09-01" in refused("book", "lists", folder)
    assert dict(files(folder)) == before
