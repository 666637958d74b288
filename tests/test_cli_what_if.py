"""``allocator what-if`` as a planner uses it, and everything that it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.domain import what_ifs_digest
from allocator.reading.what_if_file import read_what_if
from tests.cli_calls import GARBAGE, as_json, call, contents, copy, good, refused
from tests.what_if_cases import HEAD, written

CLASS = "change: classes, school: xincheng-1, add: 1, size: 9, cost_per_seat: 7"
GROWTH = "change: growth, percent: 20, zones: [xincheng-1]"
NEW = "change: new_school, school: new-school, name: 新校, plan: 5, zones: [fuli], place: [0, 0]"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two what-ifs: a class and more children, a new school."""
    folder = tmp_path_factory.mktemp("what-ifs")
    (folder / "one.yaml").write_bytes(written(CLASS, GROWTH, name="one"))
    (folder / "two.yaml").write_bytes(written(NEW, name="two"))
    return folder / "one.yaml", folder / "two.yaml"


@pytest.fixture(scope="module")
def out(town: Path, files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both what-ifs with ten draws."""
    folder = tmp_path_factory.mktemp("compared") / "out"
    assert good("what-if", town, *files, "--draws", 10, "--workers", 1, "--out", folder, "--quiet") == ""
    return folder


def table(raw: bytes) -> tuple[set[str], list[dict[str, str]]]:
    """The marks of a table, and its rows by the names of its columns."""
    lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    return {mark for line in lines for mark in line["mark"].split(" | ")}, lines


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["TRIAL: seed trial|1", "for planning only", "The base beside each what-if", "at the home or a chosen",
                "5 simulated draws", "±", "seats added", "cost per seat", "price of the rules", "new children",
                "Who gains and who loses"]),
        ("zh", ["模拟测算：第 1 号模拟种子", "仅供规划测算", "现状与各假设方案", "在对口学校或所选学校", "5 次模拟摇号",
                "±", "增加的学位", "每个学位的费用", "与理论最优的差距", "新增学生", "谁的结果变好、谁的结果变差"]),
    ],
)  # fmt: skip
def test_the_table_in_both_languages(town: Path, files: tuple[Path, Path], language: str, expected: list[str]) -> None:
    """Marks, both tables of figures and the groups stand there in either language."""
    said = " ".join(good("what-if", town, *files, "--draws", 5, "--workers", 1, language=language).split())
    for words in expected:
        assert words in said


def test_many_what_ifs_are_an_overview_that_fits_the_screen(town: Path, tmp_path: Path) -> None:
    """More than three stand under each other; no line is cut at 80 columns; the first three figures are everybody."""
    paths = []
    for number in range(5):
        path = tmp_path / f"w{number}.yaml"
        path.write_bytes(written(CLASS, name=f"w{number}").replace(b"en: a", b"en: a rather long title of a what-if"))
        paths.append(path)
    for draws in (0, 3):
        said = good("what-if", town, *paths, "--draws", draws, "--workers", 1, "--no-optimum")
        frame = [line for line in said.splitlines() if line[:1] in "┏┃┡│└"]
        assert {line[-1] for line in frame} <= set("┓┃┩│┘")
        assert max(map(len, frame)) <= 80
        assert "moved" in said
        base = next(line for line in frame if "base" in line).split("│")[2:5]
        children = as_json("what-if", town, paths[0], "--no-optimum")["variants"][0]["figures"]["children"]
        assert sum(float(cell.replace(",", "")) for cell in base) == pytest.approx(children, abs=0.2)


def test_titles_are_words_and_no_markup(town: Path, tmp_path: Path) -> None:
    """Brackets and colons of a title are shown as they are, wherever it stands."""
    path = tmp_path / "w.yaml"
    path.write_bytes(written(CLASS).replace(b"en: a", b'en: "[/red] [bold]x :smile:"'))
    assert "[/red] [bold]x :smile:" in good("what-if", town, path, "--no-optimum")


def test_the_folder(town: Path, files: tuple[Path, Path], out: Path) -> None:
    """Every file is there and sealed; each list is marked in its name, each table in its last column."""
    lists = {f"{name}/trial-assignment.csv" for name in ("base", "one", "two")}
    changed = {f"{name}/{file}" for name in ("one", "two") for file in ("changes.json", "moves.csv", "moves.xlsx")}
    found = contents(out)
    whole = {"summary.json", "comparison.csv", "groups.csv", "answers.csv", "gains.csv", "tables.xlsx", "manifest.json"}
    assert found.keys() == whole | lists | changed
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["outputs"] == {name: digest for name, digest in found.items() if name != "manifest.json"}
    assert (manifest["kind"], manifest["trial"], manifest["trial_seed"]) == ("what-if", True, 1)
    for path in files:
        name = f"{path.stem}/{path.name}"
        assert manifest["inputs"][name] == sha256(path.read_bytes()).hexdigest()
    assert manifest["inputs"]["applicants.csv"] == sha256((town / "applicants.csv").read_bytes()).hexdigest()
    for name in ("comparison.csv", "groups.csv", "one/moves.csv", "two/moves.csv"):
        marks, _ = table((out / name).read_bytes())
        assert any("模拟测算" in mark and "TRIAL" in mark for mark in marks)
        assert any("仅供规划" in mark and "planning only" in mark for mark in marks)


def test_moves_are_had_as_a_workbook(out: Path) -> None:
    """``moves.xlsx`` has the lines of ``moves.csv``, with its marks above."""
    for name in ("one", "two"):
        _, lines = table((out / name / "moves.csv").read_bytes())
        rows = list(openpyxl.load_workbook(out / name / "moves.xlsx").worksheets[0].iter_rows(values_only=True))
        assert "TRIAL" in str(rows[: -len(lines)])
        assert [row[0] for row in rows[-len(lines) :]] == [line["applicant_id"] for line in lines]


def test_summary_and_tables_say_the_same(out: Path, files: tuple[Path, Path]) -> None:
    """Each line of the comparison is a figure of the summary; moves and groups add up to its totals."""
    summary = json.loads((out / "summary.json").read_bytes())
    variants = {variant["name"]: variant for variant in summary["variants"]}
    assert list(variants) == ["base", "one", "two"]
    assert (summary["draws"], summary["trial_seed"]) == (10, 1)
    for path in files:
        assert variants[path.stem]["digest"] == what_ifs_digest([read_what_if(path)])
        changes = (out / path.stem / "changes.json").read_bytes()
        assert variants[path.stem]["digest"] == sha256(changes.rstrip(b"\n")).hexdigest()
    _, lines = table((out / "comparison.csv").read_bytes())
    for line in lines:
        variant, base = variants[line["what_if"]], variants["base"]
        name = line["figure"]
        if name.startswith("price_of_rules."):
            pair = [one["price_of_rules"][name.split(".")[1]] for one in (base, variant)]
        else:
            pair = [one["figures"].get(name, one.get(name)) for one in (base, variant)]
        assert [line["base"], line["value"]] == ["" if value is None else str(value) for value in pair]
        if None not in pair:
            assert int(line["difference"]) == pair[1] - pair[0]
        drawn = variant["mean_differences"].get(name)
        told = [line["mean_difference"], line["standard_error"]]
        assert told == ([f"{drawn['mean']:.3f}", f"{drawn['error']:.3f}"] if drawn else ["", ""])
    assert variants["one"]["cost"] == 9 * 7
    _, groups = table((out / "groups.csv").read_bytes())
    for name in ("gained", "lost", "moved"):
        totals: Counter[str] = Counter()
        for group in groups:
            totals[group["what_if"]] += int(group[name])
        assert all(totals[what_if] == variants[what_if][name] for what_if in ("one", "two"))


def rows_of(out: Path, name: str) -> dict[str, dict[str, str]]:
    """The trial list of a what-if by child."""
    lines = (out / name / "trial-assignment.csv").read_text(encoding="utf-8").splitlines()
    return {row["applicant_id"]: row for row in csv.DictReader(lines)}


def test_moves_are_the_differences_of_the_lists(out: Path) -> None:
    """Whoever has another school, is new or is gone, with both outcomes; nobody else."""
    base = rows_of(out, "base")
    for name in ("one", "two"):
        after = rows_of(out, name)
        expected = []
        for child in sorted(base.keys() | after.keys()):
            pair = [one.get(child, {"school_id": "", "outcome": ""}) for one in (base, after)]
            if pair[0]["school_id"] != pair[1]["school_id"] or child not in base or child not in after:
                expected.append([child, *(p["school_id"] for p in pair), *(p["outcome"] for p in pair)])
        _, lines = table((out / name / "moves.csv").read_bytes())
        columns = ("applicant_id", "school_before", "school_after", "standing_before", "standing_after")
        assert [[line[name] for name in columns] for line in lines] == expected
        assert expected
        words = Counter(line["effect"] for line in lines)
        summary = json.loads((out / "summary.json").read_bytes())["variants"][1 if name == "one" else 2]
        assert (words["gained"], words["lost"]) == (summary["gained"], summary["lost"])


def test_json_is_the_summary(town: Path, files: tuple[Path, Path], out: Path) -> None:
    """``--json`` prints what the folder holds, and nothing else on either stream."""
    found = as_json("what-if", town, *files, "--draws", 10, "--workers", 1)
    assert found == json.loads((out / "summary.json").read_bytes())


def test_the_same_bytes_again(town: Path, files: tuple[Path, Path], out: Path, tmp_path: Path) -> None:
    """A second run, in the other language, writes the same folder, and may write over it."""
    for _ in range(2):
        good("what-if", town, *files, "--draws", 10, "--workers", 1, "--out", tmp_path / "out", language="zh")
    assert contents(tmp_path / "out") == contents(out)


def test_together(town: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    """``--together`` is one composition; files of one name in two folders stay apart in the manifest."""
    (tmp_path / "one.yaml").write_bytes(written(CLASS, name="three"))
    good("what-if", town, *files, tmp_path / "one.yaml", "--together", "--no-optimum", "--out", tmp_path / "out")
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert [variant["name"] for variant in summary["variants"]] == ["base", "one+two+three"]
    assert summary["variants"][1]["seats_added"] == 9 + 5 + 9
    inputs = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["inputs"]
    assert {"one/one.yaml", "two/two.yaml", "three/one.yaml"} < inputs.keys()
    changes = [*read_what_if(files[0]).changes, *read_what_if(files[1]).changes]
    assert len(json.loads((tmp_path / "out" / "one+two+three" / "changes.json").read_bytes())) == len(changes) + 1


def test_a_folder_with_something_else_in_it_is_left_alone(town: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    """Refused before any work, and not a byte changed."""
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "diary.txt").write_text("mine", encoding="utf-8")
    assert "foreign" in refused("what-if", town, *files, "--out", foreign)
    assert [path.name for path in foreign.iterdir()] == ["diary.txt"]
    assert (foreign / "diary.txt").read_text(encoding="utf-8") == "mine"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused("what-if", town, *files, "--out", tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_faults_of_district_and_what_ifs_are_told_at_once(town: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    """A roster and a what-if at fault are one message, in words and as JSON; nothing is written."""
    broken = copy(town, tmp_path)
    path = broken / "applicants.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("verified", "verifyed", 1), encoding="utf-8")
    (tmp_path / "bad.yaml").write_bytes(written("change: seats, school: a"))
    arguments = ("what-if", broken, files[0], tmp_path / "bad.yaml", tmp_path / "none.yaml", "--out", tmp_path / "out",
                 "--draws", -1)  # fmt: skip
    said = refused(*arguments)
    places = ("applicants.csv line", "bad.yaml line 5", "none.yaml", "--draws")
    for words in (*places, "status.unknown", "file.unreadable"):
        assert words in said
    codes = {fault["code"] for fault in as_json(*arguments, status=2)["faults"]}
    assert codes == {"status.unknown", "policy.wrong_value", "file.unreadable", "what_if.draws"}
    assert not (tmp_path / "out").exists()


def test_names_are_judged_by_the_district(town: Path, tmp_path: Path) -> None:
    """Unknown names and impossible schools of all files, each with file and line."""
    (tmp_path / "a.yaml").write_bytes(written("change: seats, school: nowhere, add: 1", name="a"))
    (tmp_path / "b.yaml").write_bytes(written("change: seats, school: fuli, add: -100000", name="b"))
    said = refused("what-if", town, tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert "a.yaml line 5, changes.0[seats].school, value 'nowhere'" in said
    assert "b.yaml line 5" in said
    assert "negative number of seats" in said


NASTY: dict[str, bytes] = {
    "binary": GARBAGE,
    "empty": b"",
    "long": b"a: b\n" * 2_000_000,
    "deep": b"a: " + b"[" * 600,
    "deep-maps": b"{a: " * 50_000,
    "deep-keys": b"\n".join(b" " * i + b"a:" for i in range(2000)),
    "bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "tags": b"!!python/object/apply:os.system ['echo']\n",
    "merge": b"<<: {a: 1}\n",
    "documents": b"a: 1\n---\nb: 2\n",
    "control": HEAD.format(name="w").encode() + b"  - \x07\n",
    "wide": "format_version： 1\n".encode(),
    "utf-16": HEAD.format(name="w").encode("utf-16"),
    "gbk": "title: {zh: 新城}\n".encode("gbk"),
    "number": written("change: seats, school: fuli, add: " + "9" * 5000),
    "hex": written("change: seats, school: fuli, add: 0x10"),
    "sixty": written("change: seats, school: fuli, add: 1:30"),
    "null": written("change: seats, school: ~, add: 1"),
    "list": written("change: seats, school: [fuli], add: {a: 1}"),
    "keys": written("change: seats, ? [a] : b, school: fuli, add: 1"),
    "date": written("change: seats, school: fuli, add: 2023-01-01"),
}


@pytest.mark.parametrize("name", NASTY)
def test_nasty_files_are_refused_in_words(town: Path, tmp_path: Path, name: str) -> None:
    """Whatever stands in a file, the answer is a message with its name, exit status 2 and no traceback."""
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(NASTY[name])
    for language in ("en", "zh"):
        said = call("what-if", town, path, "--no-optimum", language=language)
        assert said.exit_code == 2
        assert path.name in said.stderr
        assert len(said.stderr) < 10_000


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--draws", "-1"], 2, "number of draws"),
        (["--draws", "20001"], 2, "number of draws"),
        (["--draws", "many"], 2, "many"),
        (["--trial-seed", "-1"], 2, "-1"),
        (["--workers", "0"], 2, "0"),
        (["--encoding", "klingon"], 2, "klingon"),
    ],
)
def test_options_out_of_range(
    town: Path, files: tuple[Path, Path], arguments: list[str], status: int, words: str
) -> None:
    """Numbers that make no sense are refused."""
    said = call("what-if", town, files[0], *arguments)
    assert (said.exit_code, said.stdout) == (status, "")
    assert words in said.stderr


def test_missing_things(town: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    """No file at all, a folder as a file, a district that is not there, one name twice."""
    assert call("what-if", town).exit_code == 2
    assert "unreadable" in refused("what-if", town, tmp_path)
    assert "folder.missing" in refused("what-if", tmp_path / "nowhere", files[0])
    assert "same_name" in refused("what-if", town, files[0], files[0])


def test_a_what_if_that_cannot_be_drawn(town: Path, tmp_path: Path) -> None:
    """Least distance is compared as one list; with draws it is refused in words."""
    path = tmp_path / "w.yaml"
    path.write_bytes(written("change: switches, set: {divert_assign: least_distance}"))
    assert "TRIAL" in good("what-if", town, path)
    assert "model_decides" in refused("what-if", town, path, "--draws", 5)


def test_a_district_without_weights(town: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    """The comparison is whole but for the price of the rules, and the reason is told on stderr."""
    plain = copy(town, tmp_path)
    rules = (plain / "policy.yaml").read_text(encoding="utf-8")
    head, rest = rules.split("\nplanning:\n", 1)
    kept = [line for line in rest.splitlines() if line and not line.startswith(" ")]
    after = rest[rest.index(kept[0]) :] if kept else ""
    (plain / "policy.yaml").write_text(f"{head}\n{after}", encoding="utf-8")
    (plain / "transcript.txt").unlink(missing_ok=True)
    said: Any = call("what-if", plain, files[0])
    assert said.exit_code == 0, said.stderr
    assert "no planning optimum beside it" in said.stderr
    assert "price of the rules" not in said.stdout


def test_a_district_without_places_is_told_in_few_lines(town: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    """However many homes have no place, each kind of reason is told once, with the number of the others."""
    bare = copy(town, tmp_path)
    for name in ("applicants.csv", "schools.csv"):
        rows = list(csv.DictReader(io.StringIO((bare / name).read_text(encoding="utf-8-sig"))))
        lines = [",".join("" if head in ("x", "y") else row[head] for head in rows[0]) for row in rows]
        (bare / name).write_text("\n".join([",".join(rows[0]), *lines, ""]), encoding="utf-8")
    (bare / "transcript.txt").unlink(missing_ok=True)
    said: Any = call("what-if", bare, files[0])
    assert said.exit_code == 0, said.stderr
    told = [line for line in said.stderr.splitlines() if not line.endswith(" s")]
    assert "[planning.school_place]" in said.stderr
    assert len(told) <= 4
    assert told[-1].endswith("more of the same kinds")


def test_planning_results_are_neither_verified_nor_explained(out: Path) -> None:
    """A comparison holds no list that counts: ``verify`` and ``explain`` say so instead of judging it."""
    assert "[cli.only_planning]" in refused("verify", out)
    assert "[explain.no_assignment]" in refused("explain", out, "T23-000001")
