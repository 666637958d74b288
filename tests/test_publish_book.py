"""What of a case book goes on the website: each round as it stood at its opening, the lists of now, later changes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdf
import pytest

from allocator.casebook import reading, writing
from allocator.domain import ACCEPTED
from tests.book_folders import season
from tests.chinese_fonts import needs_chinese_font
from tests.clause_table import ROOT
from tests.cli_calls import as_json, call, contents, good, refused
from tests.kept_books import drawn, opened
from tests.test_schemas import wrong

NAME = "13-book-refill"
HEAD = "报名号,姓名,性别,身份证号,监护人姓名,联系电话,住址,平台编号\n"


def book(folder: Path, name: str, until: tuple[str, str] | None = None) -> Path:
    """A kept book whose children have names, played to its end or to an event."""
    district = drawn(folder, name)
    known = "".join(f"{c.applicant_id},欧阳小明,F,,王大明,13900000000,和平路1号,\n" for c in district.applicants)
    (folder / "restricted").mkdir()
    (folder / "restricted" / "persons.csv").write_text("\ufeff" + HEAD + known, encoding="utf-8")
    found = season(name)
    events = [e for e, outcome in zip(found.events, found.outcomes, strict=True) if outcome == ACCEPTED]
    kinds = [(event["type"], event.get("round")) for event in events]
    stop = len(events) if until is None else kinds.index(until) + 1
    with writing(folder, "u-1", "2023-08-01T09:00:00") as kept:
        assert set(kept.propose(events[kinds.index(("drawn", None)) + 1 : stop])) == {ACCEPTED}
    return folder


@pytest.fixture(scope="module")
def summer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book played to its end."""
    return book(tmp_path_factory.mktemp("book") / "summer", NAME)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_a_round_is_published_as_it_stood_at_its_opening(summer: Path, tmp_path: Path) -> None:
    """Orders, cut-offs and lists by round; later changes are told with their event; both give the lists of now."""
    web = tmp_path / "web"
    assert wrong("website", as_json("publish", summer, web, "--format", "xlsx")) == []
    assert wrong("website-manifest", json.loads((web / "manifest.json").read_bytes())) == []
    names = contents(web).keys()
    wanted = {"policy.yaml", "transcript.txt", "draw-roster.csv", "later-changes.csv", "manifest.json"}
    assert {name for name in names if "/" not in name} - {"verify.html"} == wanted
    assert (web / "policy.yaml").read_bytes() == (summer / "frozen" / "policy.yaml").read_bytes()
    assert {name.split("/")[0] for name in names if "/" in name} == {"rounds", "lists"}
    at_opening = {row["number"]: row["school_id"] for path in (web / "rounds" / "batch-A" / "lists").glob("*.csv")
                  for row in rows(path)}  # fmt: skip
    changes = rows(web / "later-changes.csv")
    assert [(row["number"], row["change"], row["school_id"]) for row in changes] == [
        ("K1", "gone", "xincheng-2"), ("K4", "gone", "xincheng-3"), ("K4", "came", "xincheng-2"),
    ]  # fmt: skip
    now = dict(at_opening)
    for row in changes:
        assert row["event"].isdecimal()
        if row["change"] == "came":
            now[row["number"]] = row["school_id"]
        elif now.get(row["number"]) == row["school_id"]:
            del now[row["number"]]
    listed = {row["number"]: row["school_id"] for path in (web / "lists").rglob("*.csv") for row in rows(path)}
    assert now == listed
    orders = [rows(path) for path in (web / "rounds" / "batch-A" / "draws").rglob("*.csv")]
    lots = {(row["id"], row["rank"], row["ticket"]) for order in orders for row in order}
    for path in (web / "rounds").rglob("lists/*.csv"):
        assert {(row["number"], row["rank"], row["ticket"]) for row in rows(path) if row["rank"]} <= lots


def test_no_round_tells_the_ground_of_a_decision(tmp_path: Path) -> None:
    """Rounds of decisions are one in public: no folder, list or column names preferential or sibling."""
    web = tmp_path / "web"
    good("publish", book(tmp_path / "summer", "33-whole-summer"), web, "--format", "xlsx", "--quiet")
    made = contents(web)
    assert any(name.startswith("rounds/decision/") for name in made)
    assert not any("preferential" in name or "sibling" in name for name in made)
    for name in made:
        if name.endswith(".csv"):
            words = (web / name).read_text(encoding="utf-8")
            assert not any(word in words for word in ("preferential", "sibling", "objection", "ruling", "欧阳小明"))


@needs_chinese_font
def test_digest_head_and_day_of_removal_stand_on_each_list(tmp_path: Path) -> None:
    """In publicity the day after it; digest of the CSV and head of the journal on every page, printed sheets too."""
    folder, web = book(tmp_path / "summer", NAME, ("publicity_opened", "batch-A")), tmp_path / "web"
    good("publish", folder, web, "--lists", "both", "--quiet")
    with reading(folder) as kept:
        head, events = kept.head, [json.loads(line) for line in kept.journal]
    last = events[-1]["last_day"]
    lists = sorted((web / "lists" / "publicity").rglob("*.csv"))
    assert lists
    for path in lists:
        digest = contents(web)[path.relative_to(web).as_posix()]
        sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).worksheets[0]
        first, end = (int(at) for at in str(sheet.print_title_rows).replace("$", "").split(":"))
        printed = [str(sheet.cell(row, 1).value) for row in range(first, end)]
        for page in pypdf.PdfReader(path.with_suffix(".pdf")).pages:
            text = page.extract_text().replace(" ", "").replace("\n", "")
            assert digest in text
            assert head in text
        assert any(digest in line.replace(" ", "") for line in printed)
        assert any(head in line.replace(" ", "") for line in printed)
        above = "".join(str(sheet.cell(row, 1).value) for row in range(1, end))
        assert f"最迟 {last[:8]}{int(last[8:]) + 1:02d}" in above


def test_a_book_before_its_draw_has_nothing_to_publish(tmp_path: Path) -> None:
    """Nothing to publish before the draw; a place inside the book's folder is refused."""
    folder = tmp_path / "early"
    opened(folder)
    assert "lists.before_draw" in refused("publish", folder, tmp_path / "web")
    assert "publish.inside" in refused("publish", folder, folder / "web")
    assert not (tmp_path / "web").exists()


def test_where_to_object_is_the_offices_own(summer: Path, tmp_path: Path) -> None:
    """The telephone and address given for objections are no family's."""
    words = ("--objection", "霍林河大街西段2号招生办", "--telephone", "0475-8212345", "--format", "csv")
    assert call("publish", summer, tmp_path / "web", *words).exit_code == 0


def test_a_family_that_registered_after_the_draw_is_told(tmp_path: Path) -> None:
    """A line for each of its children, so that later rounds are computed with it; nobody is named."""
    web = tmp_path / "web"
    good("publish", book(tmp_path / "summer", "33-whole-summer"), web, "--format", "csv", "--quiet")
    roster = {row["id"] for row in rows(web / "draw-roster.csv")}
    changes = rows(web / "later-changes.csv")
    late = {row["number"] for row in changes if row["change"] == "late"}
    assert late
    assert not late & roster
    assert {row["school_id"] for row in changes if row["change"] == "late"} == {""}
    for path in (web / "rounds").rglob("draws/**/*.csv"):
        assert {row["id"] for row in rows(path)} <= roster | late
    assert {row["change"] for row in changes} <= {"came", "gone", "late", "smaller"}
    told = subprocess.run(
        [sys.executable, ROOT / "docs" / "verify_draw.py", web], capture_output=True, text=True, check=False
    )
    wrong = {line.split()[0] for line in told.stdout.splitlines() if line.startswith("draw.")}
    assert wrong <= {"draw.later_change", "draw.version", "draw.line_missing"}  # a transcript made for tests
