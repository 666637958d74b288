"""Tables and commands of the balanced classes: every fault at once, outputs byte for byte, what follows a placement."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from allocator.ground import InputError
from allocator.reading.class_files import read_class_tables, read_late, read_lots, read_teams
from tests.class_cases import DIGITS, FOLDER, NAMES, write_tables, write_transcript
from tests.cli_calls import as_json, call, contents, copy, good, refused
from tests.conformance import ROOT

ROSTER = "id,school_id,track,sex,score,together,apart\n"
CLASSES = "school_id,track,classes,mean_spread\n"
GOOD = "".join(f"T{n},s,,{'FM'[n % 2]},{200 + n}.5,,\n" for n in range(6))


def faults_of(folder: Path, roster: str, classes: str = "s,day,2,\n", grade: str = "7") -> list[tuple[str, ...]]:
    """Return code, row and column of every fault of both tables."""
    write_tables(folder, ROSTER + roster, CLASSES + classes)
    with pytest.raises(InputError) as raised:
        read_class_tables(folder, grade)
    return [(fault.code, fault.file, str(fault.row), fault.column) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("T9,s,,F,,,", "", ""),
        ("T9,s,day,M,0,,", "", ""),
        ("T9,s,day,M,100000,,A", "", ""),
        ("T9,s,day,M,99999.99,,A;B", "", ""),
        ("T9,s,night,F,,,", "classes.word", "track"),
        ("T9,s,,f,,,", "classes.word", "sex"),
        ("T9,s,,,,,", "classes.word", "sex"),
        ("T9,s,,F,100000.01,,", "classes.score", "score"),
        ("T9,s,,F,1.005,,", "classes.score", "score"),
        ("T9,s,,F,-1,,", "classes.score", "score"),
        ("T9,s,,F,1e3,,", "classes.score", "score"),
        ("T9,s,,F,１,,", "classes.score", "score"),
        (",s,,F,,,", "cell.empty", "id"),
        ("T 9,s,,F,,,", "id.characters", "id"),
        ("110105199003071233,s,,F,,,", "cell.identity_number", "id"),
        ("T9,,,F,,,", "cell.empty", "school_id"),
        ("T9,t,,F,,,", "classes.no_group", "school_id"),
        ("T9,s,boarding,F,,,", "classes.no_group", "school_id"),
        ("T1,s,,F,,,", "id.repeated", "id"),
        ("T9,s,,F,,,A;A", "list.repeated", "apart"),
        ("T9,s,,F,,,A;", "list.empty_item", "apart"),
        ("T9,s,,F,,B,", "bundle.size", "together"),
        ("T9,s,,F,,", "table.number_of_cells", ""),
        ('T9,s,,F,,"', "file.csv", ""),
    ],
)
def test_a_cell_of_the_roster(tmp_path: Path, row: str, code: str, column: str) -> None:
    """Each cell as section 1 has it, and a fault with its place where it is not."""
    if code:
        assert faults_of(tmp_path, GOOD + row + "\n") == [(code, "class-roster.csv", "8", column)]
    else:
        write_tables(tmp_path, ROSTER + GOOD + row + "\n", CLASSES + "s,day,2,\n")
        assert len(read_class_tables(tmp_path).groups[0].pupils) == 7


@pytest.mark.parametrize(
    ("rows", "code", "row", "column"),
    [
        ("s,,0,\n", "classes.number", "2", "classes"),
        ("s,,100,\n", "classes.number", "2", "classes"),
        ("s,,2.0,\n", "classes.number", "2", "classes"),
        ("s,,2,0\n", "classes.spread", "2", "mean_spread"),
        ("s,,2,0.00\n", "classes.spread", "2", "mean_spread"),
        ("s,,2,1.234\n", "classes.spread", "2", "mean_spread"),
        ("s,,2,\ns,day,3,\n", "classes.group_twice", "3", "school_id"),
        ("s,,7,\n", "classes.few_pupils", "2", "classes"),
        ("s,,2,\nt,,1,\n", "classes.few_pupils", "3", "classes"),
    ],
)
def test_a_cell_of_the_classes(tmp_path: Path, rows: str, code: str, row: str, column: str) -> None:
    """More classes than pupils among them; none at all is fewer."""
    assert faults_of(tmp_path, GOOD, rows) == [(code, "classes.csv", row, column)]


def test_demands_that_contradict_each_other(tmp_path: Path) -> None:
    """Groups, bundles and spreads that cannot be, all told at once, each group by its name."""
    roster = (
        "T1,s,,F,,,A\nT2,s,,M,,,A\nT3,s,,F,,,A\n"  # three apart in two classes
        "T4,s,,F,,P,B\nT5,s,,M,,P,B\n"  # together and apart
        "T6,s,,F,,Q,\nT7,s,boarding,F,,Q,\n"  # over two tracks
        "T8,s,boarding,F,,,\n"
        "U1,u,,F,,R,\nU2,u,,F,,R,\nU3,u,,M,,R,\nU4,u,,M,,,\n"  # three together where classes have two
    )
    assert faults_of(tmp_path, roster, "s,,2,1.5\ns,boarding,1,\nu,,2,\n") == [
        ("classes.apart_too_many", "class-roster.csv", "2", "apart"),
        ("classes.bundle_apart", "class-roster.csv", "5", "together"),
        ("classes.bundle_parted", "class-roster.csv", "8", "together"),
        ("classes.bundle_too_large", "class-roster.csv", "10", "together"),
        ("classes.spread_without_scores", "classes.csv", "2", "mean_spread"),
    ]
    told = refused("classes", "rehearse", tmp_path)
    assert "value 'A': the group has 3 members to be kept apart in 2 classes" in told


def test_no_scores_in_grade_1(tmp_path: Path) -> None:
    """Every score is named; in grade 7 the same roster is in order."""
    found = faults_of(tmp_path, GOOD, grade="1")
    assert found == [("classes.score_in_grade_1", "class-roster.csv", str(row), "score") for row in range(2, 8)]
    assert read_class_tables(tmp_path).groups[0].classes == 2
    assert refused("classes", "draw", tmp_path, "--grade", 1, "--transcript", tmp_path / "transcript.txt", "--out",
                   tmp_path / "out").count("classes.score_in_grade_1") == 6  # fmt: skip
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xef\xbb\xbf" + ROSTER.encode() + GOOD.encode(), "classes.bom"),
        ((ROSTER + GOOD).replace("\n", "\r\n").encode(), "classes.carriage_return"),
        ((ROSTER + GOOD).encode("utf-16"), "classes.not_utf8"),
        (b"\n", "file.empty"),
        (ROSTER.encode(), "table.no_rows"),
        (b"id,school_id,track,sex,score,together\n", "classes.headings"),
    ],
)
def test_a_table_saved_otherwise(tmp_path: Path, raw: bytes, code: str) -> None:
    """Digests are of bytes, so nothing is forgiven, and the cure is said in a sentence."""
    write_tables(tmp_path, ROSTER + GOOD, CLASSES + "s,day,2,\n")
    (tmp_path / "class-roster.csv").write_bytes(raw)
    with pytest.raises(InputError) as raised:
        read_class_tables(tmp_path)
    assert code in {fault.code for fault in raised.value.faults}


def test_missing_tables_are_both_told(tmp_path: Path) -> None:
    """Neither hides the other, nor the transcript."""
    told = refused("classes", "draw", tmp_path, "--transcript", tmp_path / "transcript.txt", "--out", tmp_path / "out")
    assert told.count("[file.unreadable]") == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_draw_gives_the_expected_bytes(tmp_path: Path, name: str) -> None:
    """Placement and attempts as a separate program wrote them; the folder verifies itself, and is its owner's."""
    folder, out = FOLDER / name, tmp_path / "out"
    words = ("classes", "draw", folder, "--transcript", folder / "transcript.txt", "--out", out)
    good(*words)
    names = {"class-roster.csv", "classes.csv", "transcript.txt", "placement.csv", "attempts.csv", "manifest.json"}
    assert {path.name for path in out.iterdir()} == names | {"classes.html"}
    assert all((out / name).read_bytes() == (folder / name).read_bytes() for name in names - {"manifest.json"})
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    before = contents(out)
    good(*words, "--quiet")
    assert contents(out) == before
    assert "verified" in good("classes", "verify", out)


def test_a_changed_folder_is_not_verified(tmp_path: Path) -> None:
    """A class exchanged, a table changed, a transcript of another session: each is told."""
    folder, out = FOLDER / "03", tmp_path / "out"
    good("classes", "draw", folder, "--transcript", folder / "transcript.txt", "--out", out)
    for number, (name, old, new, status, code) in enumerate((
        ("placement.csv", ",2\n", ",1\n", 3, "other_class"),
        ("attempts.csv", ",1\n", ",2\n", 3, "check.classes.attempt"),
        ("placement.csv", ",2\n", ",x\n", 2, "classes.stored_row"),
        ("placement.csv", "id,", "no,", 2, "draw.header"),
        ("class-roster.csv", ",M,", ",F,", 2, "classes.changed]"),
        ("transcript.txt", "CLASS-3", "CLASS-4", 3, "check.classes"),
        ("manifest.json", '"placement.csv": "', '"placement.csv": "0', 3, "check.classes.changed_since"),
    )):  # fmt: skip
        changed = copy(out, tmp_path / str(number))
        text = (changed / name).read_text()
        assert old in text
        (changed / name).write_text(text.replace(old, new, 1))
        found = call("classes", "verify", changed)
        assert found.exit_code == status
        assert code in found.stdout + found.stderr


def test_the_transcript_must_freeze_the_tables(tmp_path: Path) -> None:
    """A roster changed since, one only saved again, a weak seed: refused, and nothing is written."""
    folder = write_tables(tmp_path / "in", ROSTER + GOOD, CLASSES + "s,day,2,\n")
    words = ("classes", "draw", folder, "--transcript", folder / "transcript.txt", "--out", tmp_path / "out")
    (folder / "class-roster.csv").write_text(ROSTER + GOOD.replace("T5", "T8"))
    assert "[classes.changed]" in refused(*words)
    (folder / "class-roster.csv").write_text(ROSTER + GOOD.removesuffix("\n"))
    assert "[classes.changed_resaved]" in refused(*words)
    (folder / "class-roster.csv").write_text(ROSTER + GOOD)
    write_transcript(folder, DIGITS[:2])
    assert "[draw.few_witnesses]" in refused(*words)
    assert not (tmp_path / "out").exists()
    assert "few digits" in good(*words, "--allow-weak-seed").casefold()
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["weak_seed"] is True


def test_a_transcript_is_written_once(tmp_path: Path) -> None:
    """Of digests and digits alone, byte for byte; a table with faults, a weak seed or a file that is there: refused."""
    folder = write_tables(tmp_path / "in", ROSTER + GOOD, CLASSES + "s,day,2,\n")
    expected = (folder / "transcript.txt").read_bytes()
    sources = [word for number, given in enumerate(DIGITS, 1) for word in ("--source", f"witness-{number}:{given}")]
    words = ("classes", "transcript", folder, "--event", "CLASS-1")
    assert "[classes.transcript_there]" in refused(*words, *sources)
    (folder / "transcript.txt").unlink()
    assert "[draw.few_witnesses]" in refused(*words, *sources[:4])
    assert "[classes.score_in_grade_1]" in refused(*words, *sources, "--grade", 1)
    assert not (folder / "transcript.txt").exists()
    good(*words, *sources)
    assert (folder / "transcript.txt").read_bytes() == expected
    good("classes", "draw", folder, "--transcript", folder / "transcript.txt", "--out", tmp_path / "out")


def test_a_school_without_a_placement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row, an empty attempt, status 1; what cannot be met is named, and the others stand."""
    monkeypatch.setattr("allocator.classes.deal.place_pupils.__defaults__", (30,))
    monkeypatch.setattr("allocator.checking.classes.verdict.MOST_ATTEMPTS", 30)
    pairs = "".join(f"T{n},s,,F,,,{names}\n" for n, names in enumerate(("A;B", "A;C", "B;C", "")))
    folder = write_tables(tmp_path / "in", ROSTER + pairs + "U1,u,boarding,F,,,\n", CLASSES + "s,,2,\nu,boarding,1,\n")
    found = call("classes", "draw", folder, "--transcript", folder / "transcript.txt", "--out", tmp_path / "out")
    assert found.exit_code == 1
    assert "smallest set of apart groups that cannot: A, B, C" in " ".join(found.stdout.split())
    assert (tmp_path / "out" / "placement.csv").read_text() == "id,school_id,track,class\nU1,u,boarding,1\n"
    assert (tmp_path / "out" / "attempts.csv").read_text().splitlines()[1:] == ["s,day,2,", "u,boarding,1,1"]
    assert call("classes", "verify", tmp_path / "out").exit_code == 0
    late = tmp_path / "late.csv"
    late.write_text("arrival,id,school_id,track,sex,together\n1,L1,s,,F,\n")
    assert "classes.late_group" in refused("classes", "late", tmp_path / "out", "--late", late, "--out", tmp_path / "l")


def test_a_rehearsal_in_both_languages_and_as_json(tmp_path: Path) -> None:
    """Digests for the transcript, what is proven, and how trial seeds fare; the object is as its schema says."""
    words = ("classes", "rehearse", FOLDER / "06", "--seeds", 5, "--time-limit", 20)
    for language, said in (("zh", "已证明要求可以满足"), ("en", "proven that the demands can be met")):
        shown = " ".join(good(*words, language=language).split())
        assert said in shown
        assert "roster=sha256:713902f8e48a2460176e1c3afe5b9281e6dcdc808b789df9ef2fc9bfda2319a1" in shown
    found: Any = as_json(*words)
    assert [group["placed"] for group in found["groups"]] == [5, 5]
    schema = json.loads((ROOT / "docs" / "schemas" / "classes-rehearsal.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(found)) == []


def test_a_spread_below_the_least_is_told_before_the_day(tmp_path: Path) -> None:
    """9 and 5 in two classes are 4 apart: a demand of 3.99 is refuted, and no seed is tried; 4 is met by all."""
    rows = ROSTER + "A,s,,F,9,,\nB,s,,F,5,,\n"
    folder = write_tables(tmp_path, rows, CLASSES + "s,,2,3.99\n")
    found = call("classes", "rehearse", folder, "--seeds", 5)
    assert found.exit_code == 1
    assert "least possible spread of means: 4 (proven)" in found.stdout
    assert "cannot be met" in found.stdout
    assert "Rehearsal" not in found.stdout
    write_tables(tmp_path, rows, CLASSES + "s,,2,4\n")
    assert "Rehearsal under 5 trial seeds" in good("classes", "rehearse", folder, "--seeds", 5)


def test_head_teachers_and_late_children_by_command(tmp_path: Path) -> None:
    """By tickets or by lots, which are marked; late children beside the placement; files outside its folder."""
    folder, out, made = FOLDER / "07", tmp_path / "out", tmp_path / "made.csv"
    good("classes", "draw", folder, "--transcript", folder / "transcript.txt", "--out", out)
    teams = tmp_path / "teams.csv"
    teams.write_text("school_id,track,team_id\nhexi-primary,,A\nhexi-primary,boarding,B\nhexi-primary,boarding,C\n")
    good("classes", "teachers", out, "--teams", teams, "--out", made)
    assert [line.rsplit(",", 2)[1:] for line in made.read_text().splitlines()[1:]] == [
        ["1", "tickets"], ["2", "tickets"], ["1", "tickets"],
    ]  # fmt: skip
    lots = tmp_path / "lots.csv"
    lots.write_text("team_id,class\nC,1\nB,2\nA,1\n")
    good("classes", "teachers", out, "--teams", teams, "--lots", lots, "--out", made)
    assert "hexi-primary,boarding,C,1,lots\nhexi-primary,boarding,B,2,lots\n" in made.read_text()
    lots.write_text("team_id,class\nC,2\nB,2\nD,1\n")
    told = refused("classes", "teachers", out, "--teams", teams, "--lots", lots, "--out", made)
    assert all(code in told for code in ("classes.lot_unknown", "classes.lot_missing", "classes.lot_class"))
    teams.write_text("school_id,track,team_id\nhexi-primary,,A\n")
    assert "classes.team_number" in refused("classes", "teachers", out, "--teams", teams, "--out", made)
    late = tmp_path / "late.csv"
    late.write_text("arrival,id,school_id,track,sex,together\n1,L1,hexi-primary,,F,\n1,L2,hexi-primary,boarding,M,\n")
    good("classes", "late", out, "--late", late, "--out", made)
    assert made.read_text().splitlines()[:2] == ["id,school_id,track,class,arrival", "L1,hexi-primary,day,1,1"]
    assert "out.inside_result" in refused("classes", "late", out, "--late", late, "--out", out / "late-placement.csv")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("1,L1,s,,F,\n3,L2,s,,F,\n", "classes.arrival_gap"),
        ("1,L1,s,,F,\n1,L2,s,,F,\n", "classes.arrival_mixed"),
        ("1,L1,s,,F,B\n1,L2,s,,F,\n", "classes.arrival_mixed"),
        ("1,L1,s,,F,B\n2,L2,s,,F,B\n", "classes.arrival_parted"),
        ("0,L1,s,,F,\n", "classes.arrival_number"),
        ("1,L1,s,,F,\n2,L1,s,,F,\n", "id.repeated"),
    ],
)
def test_late_children_come_by_arrivals(tmp_path: Path, rows: str, code: str) -> None:
    """Numbered 1, 2, … per school and track; a bundle is one arrival, and no other children are."""
    path = tmp_path / "late.csv"
    path.write_text("arrival,id,school_id,track,sex,together\n" + rows)
    with pytest.raises(InputError) as raised:
        read_late(path)
    assert code in {fault.code for fault in raised.value.faults}


def test_teams_and_lots_name_every_team_once(tmp_path: Path) -> None:
    """A team twice is a fault in either table."""
    (tmp_path / "teams.csv").write_text("school_id,track,team_id\ns,,A\ns,,A\n")
    (tmp_path / "lots.csv").write_text("team_id,class\nA,1\nA,0\n")
    for read, name in ((read_teams, "teams.csv"), (read_lots, "lots.csv")):
        with pytest.raises(InputError) as raised:
            read(tmp_path / name)
        assert "id.repeated" in {fault.code for fault in raised.value.faults}
    shutil.rmtree(tmp_path)
