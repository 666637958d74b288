"""The whole way of the office, from the platform's export to a run: the tables come out exactly, and names nowhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from allocator.generator.platform_export import EXPORT, OF_INTAKE, platform_export_persons
from tests.applications_district.__main__ import FOLDER
from tests.cli_calls import call, good


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped export after intake."""
    folder = tmp_path_factory.mktemp("intake") / "mine"
    good("new", folder, "--example", FOLDER.name)
    good("intake", folder / EXPORT, folder, "--columns", folder / "columns.csv", "--write")
    return folder


@pytest.mark.parametrize("name", OF_INTAKE)
def test_intake_makes_exactly_the_shipped_tables(taken: Path, name: str) -> None:
    """Byte for byte."""
    assert (taken / f"{name}.csv").read_bytes() == (FOLDER / f"{name}.csv").read_bytes()


def test_intake_keeps_the_persons_apart(taken: Path) -> None:
    """In one restricted table, exactly as they were made."""
    lines = (taken / "restricted" / "persons.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [",".join(one) for one in platform_export_persons(FOLDER)]


SOURCES = [word for n in "123" for word in ("--source", f"witness-{n}:{n * 5}31415926535897932")]
WITH_PERSONS = ("mine/restricted/", f"mine/{EXPORT}", "mine/faults")
"""Files that hold persons, and are their owner's alone."""


def planted() -> set[str]:
    """Whatever of the persons may be seen nowhere: names, cards, telephones, addresses, the platform's numbers."""
    return {word for one in platform_export_persons(FOLDER) for word in (one.name, *one[3:])}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder after the whole way, and what every command said, in either language and as JSON."""
    place = tmp_path_factory.mktemp("walk")
    mine, roster, out = place / "mine", place / "district", place / "out"
    take = ("intake", mine / EXPORT, mine, "--columns", mine / "columns.csv")
    steps: list[tuple[object, ...]] = [
        ("new", mine, "--example", FOLDER.name), take, (*take, "--json"), (*take, "--write"), take,
        ("check", mine), ("check", mine, "--json"), ("rulings", mine), ("rulings", mine, "--json"),
        ("determine", mine, "--private-freeze"), ("draw", "transcript", mine, "--event", "2023-M1", *SOURCES),
        ("determine", mine, "--private-draw", mine / "private-transcript.txt"),
        ("determine", mine, "--out", roster), ("determine", mine, "--out", place / "again", "--json"),
        *(("explain", mine, one.applicant_id) for one in platform_export_persons(FOLDER)[:20]),
        ("check", roster), ("check", roster, "--json"), ("draw", "freeze", roster),
        ("run", roster, "--trial-seed", 1, "--out", out), ("explain", out, "T23-000031"),
    ]  # fmt: skip
    said = {}
    for number, step in enumerate(steps):
        done = call(*step, language=("zh", "en")[number % 2])
        assert done.exit_code in ((0, 1) if step[0] == "run" else (0,)), (step, done.stderr)
        said[f"{number} {step[0]}"] = done.stdout + done.stderr
    return place, said


def texts(path: Path) -> Iterator[str]:
    """What a file says: its text, or every part of a workbook."""
    raw = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        yield raw.decode("utf-8")
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            yield archive.read(name).decode("utf-8", "replace")


def test_no_command_says_anything_of_a_person(walked: tuple[Path, dict[str, str]]) -> None:
    """Neither in words nor as JSON."""
    words = planted()
    for step, said in walked[1].items():
        assert [word for word in words if word in said] == [], step


def test_persons_stand_in_restricted_files_alone(walked: tuple[Path, dict[str, str]]) -> None:
    """Every file of every folder is looked into; those with persons are there, so that the search can find them."""
    words, found = planted(), set()
    for path in filter(Path.is_file, walked[0].rglob("*")):
        name = path.relative_to(walked[0]).as_posix()
        held = any(word in text for text in texts(path) for word in words)
        assert not held or name.startswith(WITH_PERSONS), name
        if held:
            found.add(name)
    assert found == {f"mine/{EXPORT}", "mine/restricted/persons.csv"}


def test_everything_written_is_the_owners_alone(walked: tuple[Path, dict[str, str]]) -> None:
    """Files and folders, whatever the mask of permissions says."""
    for path in walked[0].rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_faults_of_an_export_say_nothing_of_a_person(tmp_path: Path) -> None:
    """A row that cannot be read is told by its place; its name stands in the copy of the sheet alone."""
    mine = tmp_path / "mine"
    good("new", mine, "--example", FOLDER.name)
    book = openpyxl.load_workbook(mine / EXPORT)
    sheet = book["报名信息"]
    head = {str(cell.value): cell.column for cell in sheet[3]}
    wrong = {"出生日期": "去年", "身份证号": "990000201703010011", "登记学校": "无此学校", "户口性质": "其它"}
    for row, (heading, value) in enumerate(wrong.items(), start=20):
        sheet.cell(row, head[heading]).value = value
    book.save(mine / EXPORT)
    done = call("intake", mine / EXPORT, mine, "--columns", mine / "columns.csv", "--write")
    said = done.stdout + done.stderr
    assert done.exit_code == 2
    assert all(f"line {row}" in said for row in (20, 21, 22, 23)), said
    assert "990000201703010011" not in said
    assert [word for word in planted() if word in said] == []
    assert not (mine / "applications.csv").exists()
    (made,) = (path for path in mine.rglob("*") if path.name.startswith("faults"))
    assert made.stat().st_mode & 0o077 == 0


def test_a_corrected_export_is_told_row_by_row(walked: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    """Before anything is written; nothing else changes."""
    mine = walked[0] / "mine"
    book = openpyxl.load_workbook(mine / EXPORT)
    sheet = book["住房信息"]
    old = sheet.cell(4, 4).value
    sheet.cell(4, 4).value = "商住" if old != "商住" else "住宅"
    book.save(tmp_path / "corrected.xlsx")
    before = (mine / "homes.csv").read_bytes()
    said = good("intake", tmp_path / "corrected.xlsx", mine, "--columns", mine / "columns.csv")
    changes = [line for line in said.splitlines() if "becomes" in line]
    assert len(changes) == 1
    assert {"use:", "mixed"} <= set(re.findall(r"[\w:]+", changes[0]))
    assert (mine / "homes.csv").read_bytes() == before


def test_a_school_named_twice_stays_so(walked: tuple[Path, dict[str, str]]) -> None:
    """Whether a repetition counts is for the determination to say, which tells that a choice was left out."""
    rows = (walked[0] / "mine" / "applications.csv").read_text(encoding="utf-8").splitlines()
    (row,) = (row for row in rows if "shifuxiao;xincheng-1;shifuxiao" in row)
    determined = (walked[0] / "district" / "determination.csv").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith(row.partition(",")[0]) and "choice_dropped" in line for line in determined)
