"""``allocator classes lists``, versions and the digest that is signed: of a small school with two tracks."""

from __future__ import annotations

import json
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from tests.chinese_fonts import needs_chinese_font
from tests.class_cases import DIGITS, write_tables, write_transcript
from tests.cli_calls import as_json, call, contents, copy, good, refused
from tests.conformance import rows
from tests.test_schemas import wrong

HEADER = "id,school_id,track,sex,score,together,apart\n"
ROSTER = HEADER + "".join(f"T{n},s,{'boarding' if n > 6 else 'day'},{'FM'[n % 2]},,,\n" for n in range(1, 9))
CLASSES = "school_id,track,classes,mean_spread\ns,,2,\ns,boarding,1,\n"
TEAMS = "school_id,track,team_id\ns,,T-A\ns,,T-B\ns,boarding,T-C\n"
NAMES = ("欧阳小明", "李四", "张一三", "=1+1", "阿依·买买提", "例六", "例七", "例八")


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a placement in ``out``, persons, teams and their classes."""
    folder = tmp_path_factory.mktemp("classes")
    write_tables(folder / "in", ROSTER, CLASSES)
    good("classes", "draw", folder / "in", "--transcript", folder / "in" / "transcript.txt", "--out", folder / "out")
    lines = "".join(f"T{n},{name},\n" for n, name in enumerate(NAMES, start=1))
    (folder / "persons.csv").write_text("报名号,姓名,性别\n" + lines, encoding="utf-8")
    (folder / "teams.csv").write_text(TEAMS)
    found: Any = as_json("classes", "teachers", folder / "out", "--teams", folder / "teams.csv", "--out",
                         folder / "team-classes.csv")  # fmt: skip
    assert wrong("classes-teachers", found) == []
    return folder


def lists(placed: Path, out: Path, *more: object, status: int = 0) -> Any:
    """Return what a call of ``classes lists`` answers."""
    return as_json("classes", "lists", placed / "out", "--persons", placed / "persons.csv", "--out", out, *more,
                   status=status)  # fmt: skip


def test_the_public_list_says_number_masked_name_and_class(placed: Path, tmp_path: Path) -> None:
    """And nothing else; the school's list has names in full and sex, apart from it, all for their owner alone."""
    found = lists(placed, tmp_path / "lists", "--format", "csv")
    assert wrong("classes-lists", found) == []
    assert found["nameless"] == []
    assert not found["teams_drawn"]
    public = (tmp_path / "lists" / "public" / "day" / "s.csv").read_text(encoding="utf-8")
    assert wrong("classes-manifest", json.loads((tmp_path / "lists" / "manifest.json").read_text())) == []
    header, *lines = public.splitlines()
    assert header == "number,masked_name,class"
    assert [line.split(",")[:2] for line in lines] == [
        ["T1", "欧**明"], ["T2", "李*"], ["T3", "张*三"], ["T4", "'=**1"], ["T5", "阿*·**提"], ["T6", "例*"],
    ]  # fmt: skip
    classes = {row["id"]: row["class"] for row in rows(placed / "out" / "placement.csv")}
    assert all(line.split(",")[2] == classes[line.split(",")[0]] for line in lines)
    inside = (tmp_path / "lists" / "restricted" / "boarding" / "s.csv").read_text(encoding="utf-8")
    assert set(inside.splitlines()) == {"number,name,sex,class,team,arrival", "T7,例七,M,1,,", "T8,例八,F,1,,"}
    files = [path for path in (tmp_path / "lists").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    before = contents(tmp_path / "lists")
    lists(placed, tmp_path / "lists", "--format", "csv")
    assert contents(tmp_path / "lists") == before


@needs_chinese_font
@pytest.mark.parametrize("written", ["zh", "en"])
def test_sheets_to_be_signed_are_three_copies_of_one_digest(placed: Path, tmp_path: Path, written: str) -> None:
    """For the school, the public and the office; the digest of the placement at the foot of every page."""
    found = lists(placed, tmp_path / "lists", "--format", "pdf", "--lists", written, "--team-classes",
                  placed / "team-classes.csv")  # fmt: skip
    digest = sha256((placed / "out" / "placement.csv").read_bytes()).hexdigest()
    assert found["placement_sha256"] == digest
    fours = " ".join(digest[at : at + 4] for at in range(0, 64, 4))
    for path in sorted((tmp_path / "lists").rglob("*.pdf")):
        for page in pypdf.PdfReader(path).pages:
            assert fours in " ".join(page.extract_text().split()), path
    texts = {}
    for whose in ("school", "public", "office"):
        sheet = tmp_path / "lists" / "sign-off" / "day" / f"s-copy-{whose}.pdf"
        texts[whose] = " ".join(pypdf.PdfReader(sheet).pages[0].extract_text().split())
        assert "欧阳小明" not in texts[whose]
        for signed in ("T-A", "校长" if written == "zh" else "Principal", "监督" if written == "zh" else "Supervisors"):
            assert signed in texts[whose]
    assert len(set(texts.values())) == 3


def test_a_workbook_of_the_school_has_a_sheet_for_each_class(placed: Path, tmp_path: Path) -> None:
    """The whole list first; before head teachers drew, that class numbers are anonymous stands above it."""
    lists(placed, tmp_path / "one", "--format", "xlsx", "--lists", "zh")
    book = openpyxl.load_workbook(tmp_path / "one" / "restricted" / "day" / "s.xlsx")
    assert book.sheetnames == ["s", "1 班", "2 班"]
    words = " ".join(str(cell.value) for row in book["s"].iter_rows() for cell in row)
    assert "班号只是代号" in words
    assert "欧阳小明" in words
    lists(placed, tmp_path / "two", "--format", "xlsx", "--lists", "zh", "--team-classes", placed / "team-classes.csv")
    book = openpyxl.load_workbook(tmp_path / "two" / "public" / "day" / "s.xlsx")
    words = " ".join(str(cell.value) for row in book["s"].iter_rows() for cell in row)
    assert "班主任抽班结果" in words
    assert "T-A" in words
    assert "欧阳小明" not in words
    assert "女" not in words


def test_late_children_are_on_the_lists_but_not_on_signed_sheets(placed: Path, tmp_path: Path) -> None:
    """Where ``classes late`` puts them."""
    late = tmp_path / "late.csv"
    late.write_text("arrival,id,school_id,track,sex,together\n1,L1,s,,F,\n")
    told: Any = as_json("classes", "late", placed / "out", "--late", late, "--out", tmp_path / "late-placement.csv")
    assert wrong("classes-late", told) == []
    found = lists(placed, tmp_path / "lists", "--format", "csv", "--late", late)
    assert found["late"] == 1
    assert found["nameless"] == ["L1"]
    sizes = {(one["list"], one["track"]): one["rows"] for one in found["lists"]}
    assert (sizes["public", "day"], sizes["sign-off", "day"]) == (7, 6)
    public = (tmp_path / "lists" / "public" / "day" / "s.csv").read_text()
    assert f"L1,,{told['placed'][0]['class']}\n" in public


def test_lists_of_what_was_changed_are_refused(placed: Path, tmp_path: Path) -> None:
    """A placement, classes of teams, names of nobody: each is told, nothing is written."""
    words = ("--persons", placed / "persons.csv", "--out", tmp_path / "lists", "--format", "csv")
    assert "[classes.whose_names]" in refused("classes", "lists", placed / "out", "--out", tmp_path / "lists")
    teams = (placed / "team-classes.csv").read_text()
    (tmp_path / "teams.csv").write_text(teams.replace(",1,tickets", ",9,tickets").replace(",2,tickets", ",1,tickets"))
    told = refused("classes", "lists", placed / "out", *words, "--team-classes", tmp_path / "teams.csv")
    assert "[classes.team_class]" in told
    (tmp_path / "teams.csv").write_text(teams.replace("tickets", "dice").replace("T-A", "T-B"))
    told = refused("classes", "lists", placed / "out", *words, "--team-classes", tmp_path / "teams.csv")
    assert "[classes.word]" in told
    assert "[id.repeated]" in told
    changed = copy(placed / "out", tmp_path / "changed")
    text = (changed / "placement.csv").read_text()
    swapped = text.replace("T1,s,day,1", "T1,s,day,x").replace("T1,s,day,2", "T1,s,day,1").replace("day,x", "day,2")
    (changed / "placement.csv").write_text(swapped)
    assert call("classes", "lists", changed, *words).exit_code == 3
    assert not (tmp_path / "lists").exists()


def test_verify_tells_the_digest_and_compares_what_was_signed(placed: Path) -> None:
    """Typed from a sheet in groups of four; another one is a disagreement."""
    digest = sha256((placed / "out" / "placement.csv").read_bytes()).hexdigest()
    fours = " ".join(digest[at : at + 4] for at in range(0, 64, 4)).upper()
    assert "is the one that was signed" in good("classes", "verify", placed / "out", "--digest", fours)
    found: Any = as_json("classes", "verify", placed / "out", "--digest", digest[:16])
    assert wrong("classes-verification", found) == []
    assert found["signed"] is True
    other = call("classes", "verify", placed / "out", "--digest", "0" * 16)
    assert other.exit_code == 3
    assert "not the one that was signed" in " ".join(other.stdout.split())
    assert "[classes.digest_form]" in refused("classes", "verify", placed / "out", "--digest", "12")


def test_a_placement_is_never_replaced_and_a_new_version_names_its_ruling(placed: Path, tmp_path: Path) -> None:
    """Not even where --replace is said; the same session gives the same folder."""
    out, second = copy(placed / "out", tmp_path / "out"), tmp_path / "in"
    write_tables(second, ROSTER.replace("T6", "T9"), CLASSES)
    words = ("classes", "draw", second, "--transcript", second / "transcript.txt", "--out")
    before = contents(out)
    assert "[classes.placement_stays]" in refused(*words, out)
    assert "[classes.placement_stays]" in refused(*words, out, "--replace")
    assert "[classes.ruling_needed]" in refused(*words, tmp_path / "new", "--after", out)
    assert "[classes.ruling_needed]" in refused(*words, tmp_path / "new", "--ruling", "no. 7")
    told = refused(*words, tmp_path / "new", "--after", second, "--ruling", "110105199003071233")
    assert "[classes.no_old_placement]" in told
    assert "[cell.identity_number]" in told
    assert "[classes.same_event]" in refused(*words, tmp_path / "new", "--after", out, "--ruling", "no. 7")
    raw = (second / "transcript.txt").read_bytes().replace(b"event=CLASS-1", b"event=CLASS-2")
    (second / "transcript.txt").write_bytes(raw)
    found: Any = as_json(*words, tmp_path / "new", "--after", out, "--ruling", "no. 7")
    assert wrong("classes-draw", found) == []
    digest = sha256((out / "placement.csv").read_bytes()).hexdigest()
    assert found["version"] == {"version": 2, "ruling": "no. 7", "replaces_event": "CLASS-1", "replaces": digest}
    manifest = json.loads((tmp_path / "new" / "manifest.json").read_text())
    assert (manifest["event"], manifest["replaces_event"], manifest["replaces"]) == ("CLASS-2", "CLASS-1", digest)
    assert wrong("classes-manifest", manifest) == []
    assert wrong("classes-manifest", json.loads((out / "manifest.json").read_text())) == []
    assert "version 2, by ruling: no. 7" in good("classes", "verify", tmp_path / "new")
    assert contents(out) == before
    write_transcript(placed / "in", DIGITS)
    first = ("classes", "draw", placed / "in", "--transcript", placed / "in" / "transcript.txt", "--out", out)
    good(*first)
    assert contents(out) == before


def test_classes_drawn_by_lots_stand_on_the_lists(placed: Path, tmp_path: Path) -> None:
    """Whatever the tickets say; a class drawn twice is refused."""
    header, made = "school_id,track,team_id,class,by\n", tmp_path / "team-classes.csv"
    made.write_text(header + "s,day,T-A,2,lots\ns,day,T-B,1,lots\ns,boarding,T-C,1,lots\n")
    lists(placed, tmp_path / "lists", "--format", "csv", "--team-classes", made)
    inside = (tmp_path / "lists" / "restricted" / "day" / "s.csv").read_text(encoding="utf-8")
    assert {tuple(row.split(",")[3:5]) for row in inside.splitlines()[1:]} == {("1", "T-B"), ("2", "T-A")}
    made.write_text(header + "s,day,T-A,2,lots\ns,day,T-B,2,lots\ns,boarding,T-C,1,lots\n")
    told = refused("classes", "lists", placed / "out", "--persons", placed / "persons.csv", "--out", tmp_path / "l",
                   "--team-classes", made)  # fmt: skip
    assert "[classes.lot_class]" in told
