"""``allocator classes roster``: from the admitted list of a run or a book to the roster, every fault at once."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from allocator.reading.class_files import read_class_tables
from tests.class_example import EXAMPLE, SCHOOL, roster_of_example
from tests.cli_calls import as_json, call, contents, good, refused
from tests.conformance import rows
from tests.test_schemas import wrong

PUPILS = "id,sex,score,track,together,apart\n"
APPLICANTS = "applicant_id,name,sex"
SCHOOLS = "school_id,name,jurisdiction\ns,一小,own\nt,二小,own\ne,外校,external\n"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Return what a run would have written: six children at s, one at t, one for whom others admit, one without."""
    folder = tmp_path / "run"
    (folder / "inputs").mkdir(parents=True)
    children = "".join(f"A{n},{'例一' if n in (1, 2) else f'例{n}'},{'FM'[n % 2]}\n" for n in range(1, 7))
    (folder / "inputs" / "applicants.csv").write_text(f"{APPLICANTS}\n{children}B1,,\nE1,,F\nU1,,F\n", encoding="utf-8")
    (folder / "inputs" / "schools.csv").write_text(SCHOOLS, encoding="utf-8")
    lines = [f"A{n},s,p,admitted,,C060" for n in range(1, 7)]
    lines += ["B1,t,p,diverted,,C060", "E1,e,p,external,,C060", "U1,,,unplaced,,C060"]
    header = "applicant_id,school_id,phase,outcome,draw_id,clause"
    (folder / "assignment.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    manifest = {"made_by": "school-seat-allocator", "kind": "assignment", "trial": False, "outputs": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def pupils(tmp_path: Path, *lines: str) -> Path:
    """Write a table of pupils."""
    path = tmp_path / "pupils.csv"
    path.write_text(PUPILS + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_roster_is_the_admitted_list_and_nothing_else(tmp_path: Path, run: Path) -> None:
    """Everybody seated at a school is in it; sex from the roster, the rest from the office's table, names as groups."""
    given = pupils(tmp_path, "A3,,410.50,,,", "A4,M,0,住宿,,x", "A5,,,,T1,", "A6,,,,T1,x;y", "B1,女,,,,")
    out = tmp_path / "classes"
    found: Any = as_json("classes", "roster", run, "--pupils", given, "--out", out)
    assert (out / "class-roster.csv").read_text() == (
        "id,school_id,track,sex,score,together,apart\n"
        "A1,s,day,M,,,n1\nA2,s,day,F,,,n1\nA3,s,day,M,410.5,,\nA4,s,boarding,M,0,,x\nA5,s,day,M,,T1,\n"
        "A6,s,day,F,,T1,x;y\nB1,t,day,F,,,\n"
    )
    assert wrong("classes-roster", found) == []
    assert found["not_in_pupils"] == ["A1", "A2"]
    assert found["other_sex"] == ["A4"]
    table = (out / "restricted" / "name-groups.csv").read_text(encoding="utf-8-sig")
    assert "n1" in table
    assert "例一" in table
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*.csv")} == {0o600}
    (out / "classes.csv").write_text("school_id,track,classes,mean_spread\ns,,2,\ns,boarding,1,\nt,,1,\n")
    assert len(read_class_tables(out).groups) == 3
    before = contents(out)
    assert "6 children" not in good("classes", "roster", run, "--pupils", given, "--out", out)
    assert contents(out) == before


def test_a_workbook_with_chinese_headings_gives_the_same_bytes(tmp_path: Path, run: Path) -> None:
    """Numbers as numbers; columns in any order; those that nobody fills in left out."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (("性别", "报名号", "成绩", "就读方式"), ("女", "B1", 95.5, "走读生"), (None, "A1", 80, "住校")):
        sheet.append(line)
    book.save(tmp_path / "pupils.xlsx")
    good("classes", "roster", run, "--pupils", tmp_path / "pupils.xlsx", "--out", tmp_path / "one", "--quiet")
    given = pupils(tmp_path, "A1,,80.00,boarding,,", "B1,F,95.50,,,")
    good("classes", "roster", run, "--pupils", given, "--out", tmp_path / "two", "--quiet")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert "A1,s,boarding,M,80,," in (tmp_path / "one" / "class-roster.csv").read_text()


def test_all_faults_at_once_and_nothing_written(tmp_path: Path, run: Path) -> None:
    """Of cells first; then of what the list and the table say together."""
    words = ("classes", "roster", run, "--out", tmp_path / "out", "--pupils")
    cells = ("A1,x,,,,", "A1,,,,,", ",F,,,,", "A2,,1.234,,,", "A3,,,night,,", "A4,,,,,a;a", "A5,,,,a b,")
    told = refused(*words, pupils(tmp_path, *cells))
    for code in ("classes.word", "id.repeated", "cell.empty", "pupils.score", "list.repeated", "id.characters"):
        assert f"[{code}]" in told, code
    rest = ("A1,,90,,,", "U1,,,,,", "E1,,,,,", "Z9,,,,,", "A2,,,,T1,", "A3,,,,T2,", "A4,,,住宿,T2,")
    told = refused(*words, pupils(tmp_path, *rest), "--grade", 1, "--school", "nowhere", "--school", "t", "--school",
                   "s", "--leave-out", "n7")  # fmt: skip
    assert told.count("[classes.not_admitted]") == 3
    for code in ("classes.score_in_grade_1", "classes.no_such_school", "classes.no_sex", "bundle.size",
                 "classes.bundle_parted", "classes.no_such_group"):  # fmt: skip
        assert f"[{code}]" in told, code
    assert not (tmp_path / "out").exists()
    told = refused("classes", "roster", tmp_path, "--out", tmp_path / "out", "--pupils", tmp_path / "nowhere.csv")
    assert "[classes.no_book]" in told
    assert "[file.missing]" in told


def test_a_group_larger_than_the_classes_is_told_before_without_names(tmp_path: Path, run: Path) -> None:
    """Status 1: the office looks into the restricted table, and leaves it out or asks the families."""
    out, words = tmp_path / "out", ("classes", "roster", run, "--pupils", pupils(tmp_path, "B1,F,,,,"))
    assert "there must be 2 classes at least" in good(*words, "--out", out)
    (out / "classes.csv").write_text("school_id,track,classes,mean_spread\ns,,1,\nt,,1,\n")
    result = call(*words, "--out", out)
    assert result.exit_code == 1
    assert "group apart n1 has 2 members" in result.stdout
    assert "例" not in result.stdout + result.stderr
    found: Any = as_json(*words, "--out", out, status=1)
    assert found["crowded"] == [
        {"group": "n1", "school_id": "s", "track": "day", "children": 2, "classes": 1, "of_names": True}
    ]
    assert wrong("classes-roster", found) == []
    good(*words, "--out", out, "--leave-out", "n1", "--replace")
    good(*words, "--out", out, "--names", "none", "--quiet")
    assert ",n1" not in (out / "class-roster.csv").read_text()
    asked = ("classes", "roster", run, "--pupils", pupils(tmp_path, "B1,F,,,,", "A3,,,,,x", "A4,,,,,x"))
    result = call(*asked, "--out", out, "--leave-out", "n1", "--replace")
    assert "group apart x, asked for by families" in result.stdout


def test_a_roster_is_not_replaced_unasked_and_never_after_the_freeze(tmp_path: Path, run: Path) -> None:
    """Another roster needs a word; one that a transcript froze stays; inside a run's folder nothing is written."""
    out, given = tmp_path / "out", pupils(tmp_path, "B1,F,,,,")
    words = ("classes", "roster", run, "--pupils", given)
    good(*words, "--out", out)
    assert "[classes.roster_there]" in refused(*words, "--out", out, "--names", "none")
    good(*words, "--out", out, "--names", "none", "--replace")
    (out / "transcript.txt").write_text("any")
    assert "[classes.roster_frozen]" in refused(*words, "--out", out, "--replace")
    good(*words, "--out", out, "--names", "none")
    manifest = json.loads((run / "manifest.json").read_text()) | {"seed": "0" * 64}
    (run / "manifest.json").write_text(json.dumps(manifest))
    assert "[out.inside_result]" in refused(*words, "--out", run / "classes")
    good(*words)
    assert (tmp_path / "run-classes" / "class-roster.csv").exists()


def test_the_shipped_example_is_of_the_shipped_district(tmp_path: Path) -> None:
    """Its transcript freezes the roster of whom the district's own draw admits: ``python -m tests.class_example``."""
    run, out = tmp_path / "run", tmp_path / "classes"
    assert call("run", EXAMPLE.parent, "--out", run, "--quiet").exit_code == 1
    roster_of_example(run, out)
    admitted = {row["applicant_id"] for row in rows(run / "assignment.csv") if row["school_id"] == SCHOOL}
    assert admitted == {row["id"] for row in rows(EXAMPLE / "pupils.csv")}
    words = ("classes", "draw", out, "--grade", 1, "--transcript", EXAMPLE / "transcript.txt", "--out")
    good(*words, tmp_path / "placed")
    good("classes", "teachers", tmp_path / "placed", "--teams", EXAMPLE / "teams.csv", "--out", tmp_path / "teams.csv")
    good("classes", "lists", tmp_path / "placed", "--book", run, "--persons", EXAMPLE / "persons.csv",
         "--team-classes", tmp_path / "teams.csv", "--format", "csv", "--out", tmp_path / "lists")  # fmt: skip
    assert len(list(rows(tmp_path / "lists" / "public" / "day" / f"{SCHOOL}.csv"))) == len(admitted)
