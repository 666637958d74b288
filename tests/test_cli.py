"""The command line from end to end: every command and option does what its help says."""

from __future__ import annotations

import csv
import json
import shutil
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from allocator.book import FORMS
from allocator.ground import text
from tests import tables
from tests.cli_calls import as_json, call, commands, contents, copy, good, refused
from tests.conformance import ROOT

WITNESSES = ("witness-1:31415926535897932384", "witness-2:27182818284590452353", "witness-3:16180339887498948482")
SOURCES = [word for witness in WITNESSES for word in ("--source", witness)]
SUMMARY = (
    "summary.seats", "summary.phases", "summary.agreement.engines_agree.true", "summary.agreement.unique.true",
    "summary.agreement.checker.accepted",
)  # fmt: skip
"""Texts that the summary of a good run must hold."""
POLICIES = ("ranked-choice", "tongliao-2023-junior", "tongliao-2023-primary")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_help_shows_examples(words: tuple[str, ...]) -> None:
    """``--help`` of the whole and of every command succeeds and holds a line that can be typed."""
    result = call(*words, "--help", language="")
    assert result.exit_code == 0
    assert " ".join(("  allocator", *words)) in result.stdout


def test_commands_and_options_are_those_promised() -> None:
    """Every command and option of the documented interface is there."""
    promised = {
        "new": {"--example", "--empty", "--lang"},
        "generate": {"--children", "--seed", "--policy"},
        "ceremony": {"--void", "--order", "--allow-weak-seed", "--encoding", "--lists", "--lang"},
        "check": set(),
        "intake": {"--columns", "--propose", "--write", "--remove", "--encoding", "--json", "--lang"},
        "determine": {"--out", "--replace", "--private-draw", "--private-seed", "--private-freeze", "--json", "--quiet",
                      "--lang"},
        "rulings": {"--json", "--lang"},
        "book": set(),
        "book access": {"--by", "--json", "--lang"},
        "book calendar": {"--from", "--until", "--json", "--lang"},
        "book do": set(),
        **{f"book do {kind}": {"--by", "--role", "--yes", "--json", "--quiet", "--lang"} for kind in FORMS},
        "book export": {"--by", "--passphrase-file", "--wait", "--json", "--lang"},
        "book figures": {"--out", "--lists", "--replace", "--json", "--lang"},
        "book import": {"--yes", "--json", "--quiet", "--lang"},
        "book lists": {"--by", "--format", "--round", "--since", "--lists", "--out", "--json", "--quiet", "--lang"},
        "book next": {"--json", "--lang"},
        "book open": {"--by", "--rebuild", "--wait", "--json", "--quiet", "--lang"},
        "book person": {"--by", "--name", "--sex", "--card", "--telephone", "--address", "--json", "--quiet", "--lang"},
        "book purge": {"--by", "--yes", "--wait", "--json", "--quiet", "--lang"},
        "book replay": {"--out", "--trust-digests", "--replace", "--json", "--quiet", "--lang"},
        "book restore": {"--by", "--passphrase-file", "--wait", "--json", "--quiet", "--lang"},
        "book show": {"--by", "--names", "--json", "--lang"},
        "book status": {"--json", "--lang"},
        "classes": set(),
        "classes draw": {"--transcript", "--out", "--grade", "--after", "--ruling", "--replace", "--json", "--quiet",
                         "--lang"},
        "classes late": {"--late", "--out", "--json", "--quiet", "--lang"},
        "classes lists": {"--book", "--persons", "--team-classes", "--late", "--format", "--out", "--replace", "--json",
                          "--quiet", "--lang", "--lists"},
        "classes roster": {"--pupils", "--persons", "--grade", "--school", "--names", "--leave-out", "--out",
                           "--replace", "--json", "--quiet", "--lang", "--lists"},
        "classes rehearse": {"--grade", "--seeds", "--json", "--quiet", "--lang"},
        "classes teachers": {"--teams", "--lots", "--out", "--json", "--quiet", "--lang"},
        "classes transcript": {"--event", "--source", "--sources", "--out", "--grade", "--lang"},
        "classes verify": {"--digest", "--json", "--lang"},
        "draw": set(),
        "draw freeze": {"--again"},
        "draw transcript": {"--event", "--source", "--sources", "--order", "--again"},
        "draw verify": set(),
        "notice": set(),
        "notice make": {"--out", "--key", "--new-key", "--lost", "--school", "--district", "--by", "--lists",
                        "--json", "--quiet", "--lang"},
        "notice verify": {"--file", "--key", "--district", "--json", "--lang"},
        "publish": {"--from", "--remove-by", "--objection", "--telephone", "--district", "--format", "--lists",
                    "--json", "--quiet", "--lang"},
        "run": {"--transcript", "--trial-seed", "--out", "--engine", "--lang", "--json", "--no-workbook", "--no-trace",
                "--quiet", "--replace"},
        "optimum": {"--out", "--use-hard-cap", "--method", "--time-limit", "--trial-seed", "--lang", "--json",
                    "--quiet"},
        "warnings": {"--forecast", "--out", "--lang", "--json"},
        "what-if": {"--draws", "--together", "--trial-seed", "--out", "--report", "--pictures", "--json", "--lang"},
        "sweep": {"--draws", "--demand-draws", "--cluster", "--workers", "--store", "--seed", "--yes", "--out",
                  "--report", "--json"},
        "odds": {"--draws", "--demand-draws", "--zone", "--category", "--families", "--out", "--json", "--lang"},
        "seats": {"--class-size", "--trial-seed", "--draws", "--out", "--json", "--lang"},
        "capacity": {"--list-length", "--extra-seats", "--classes", "--class-size", "--where", "--by", "--fewest",
                     "--draws", "--time-limit", "--json", "--lang"},
        "verify": {"--list"},
        "explain": {"--letter", "--diverted", "--letters", "--district", "--lang"},
    }  # fmt: skip
    found = {" ".join(words): {o for p in command.params for o in p.opts} for words, command in commands().items()}
    del found[""]
    assert found.keys() == promised.keys()
    for words, options in promised.items():
        assert options <= found[words]


@pytest.mark.parametrize("policy", POLICIES)
def test_new_makes_a_district_without_faults(tmp_path: Path, policy: str) -> None:
    """``new --example`` copies a shipped district without its draw, and names the next step."""
    said = good("new", tmp_path / "mine", "--example", policy)
    assert f"allocator check {tmp_path / 'mine'}" in said
    assert "no transcript.txt yet" in good("check", tmp_path / "mine")
    assert not (tmp_path / "mine" / "demand.yaml").exists()
    what_ifs = sorted(path.name for path in (ROOT / "scenarios" / policy / "what-if").glob("*.yaml"))
    assert sorted(path.name for path in (tmp_path / "mine" / "what-if").glob("*")) == what_ifs


def test_new_leaves_a_folder_in_use_alone(town: Path) -> None:
    """``new`` and ``generate`` refuse a folder that holds anything, and change nothing in it."""
    before = contents(town)
    assert "not empty" in refused("new", town)
    assert "not empty" in refused("generate", town, "--children", 60, "--seed", 5)
    assert contents(town) == before


@pytest.mark.parametrize("policy", POLICIES)
def test_generate_gives_the_same_bytes_for_the_same_seed(tmp_path: Path, policy: str) -> None:
    """``generate`` twice gives equal folders without faults; another seed gives another roster."""
    for name, seed in (("one", 7), ("same", 7), ("other", 8)):
        good("generate", tmp_path / name, "--children", 40, "--seed", seed, "--policy", policy)
    assert contents(tmp_path / "one") == contents(tmp_path / "same")
    assert contents(tmp_path / "one")["applicants.csv"] != contents(tmp_path / "other")["applicants.csv"]
    assert as_json("check", tmp_path / "one")["children"] == 40


def test_check_tells_the_numbers_and_the_event(town: Path) -> None:
    """``check`` counts children and schools in words and in JSON, and says whether the transcript matches."""
    assert good("check", town).startswith("no faults: 60 children")
    assert "SYNTHETIC-5" in good("check", town)
    told = as_json("check", town)
    assert (told["faults"], told["children"], told["schools"]) == ([], 60, 14)
    assert "检查通过：60 名学生" in good("check", town, language="zh")


def test_check_without_a_transcript_advises_a_trial(town: Path, tmp_path: Path) -> None:
    """Before the draw ``check`` succeeds and points to the trial run; ``run`` is refused."""
    folder = copy(town, tmp_path)
    (folder / "transcript.txt").unlink()
    assert "--trial-seed" in good("check", folder)
    assert "draw.missing" in refused("run", folder)
    assert not (folder / "out").exists()


def test_the_draw_from_freeze_to_a_run(town: Path, tmp_path: Path) -> None:
    """Freeze prints the digests of what it wrote, transcript carries them, and a run under it verifies."""
    folder = copy(town, tmp_path)
    (folder / "transcript.txt").unlink()
    digests = as_json("draw", "freeze", folder)
    assert digests["roster"] == sha256((folder / "draw-roster.csv").read_bytes()).hexdigest()
    assert digests["policy"] == sha256((folder / "policy.yaml").read_bytes()).hexdigest()
    said = good("draw", "freeze", folder)
    assert all(f"{name}=sha256:{value}" in said for name, value in digests.items())
    made = good("draw", "transcript", folder, "--event", "2023-P1", *SOURCES)
    raw = (folder / "transcript.txt").read_bytes()
    assert sha256(raw).hexdigest() in made
    assert [line.split("=")[0] for line in raw.decode().splitlines()[1:5]] == ["event", "roster", "policy", "inputs"]
    assert "draw.exists" in refused("draw", "transcript", folder, "--event", "2023-P2", *SOURCES)
    good("run", folder, "--quiet")
    assert "the draw is right" in good("draw", "verify", folder / "out")
    good("verify", folder / "out")


def test_a_transcript_can_be_written_elsewhere_and_named_in_the_run(town: Path, tmp_path: Path) -> None:
    """``draw transcript --out`` and ``run --transcript`` take another file than that of the folder."""
    folder, elsewhere = copy(town, tmp_path), tmp_path / "second.txt"
    (folder / "transcript.txt").unlink()
    good("draw", "freeze", folder)
    good("draw", "transcript", folder, "--event", "SECOND", *SOURCES, "--out", elsewhere)
    summary = as_json("run", folder, "--transcript", elsewhere, "--out", tmp_path / "out")
    assert summary["event"] == "SECOND"
    assert (tmp_path / "out" / "transcript.txt").read_bytes() == elsewhere.read_bytes()


def test_no_draw_without_a_freeze_or_after_a_change(town: Path, tmp_path: Path) -> None:
    """A transcript needs a freeze and inputs unchanged since; a freeze needs a folder without a draw."""
    folder = copy(town, tmp_path)
    assert "draw.held_already" in refused("draw", "freeze", folder)
    (folder / "transcript.txt").unlink()
    made = ("draw", "transcript", folder, "--event", "1", *SOURCES)
    assert "draw.not_frozen" in refused(*made)
    good("draw", "freeze", folder)
    text = (folder / "schools.csv").read_text(encoding="utf-8")
    (folder / "schools.csv").write_text(text.replace("富力小学", "富力二小"), encoding="utf-8")
    assert "draw.changed_inputs" in refused(*made)
    assert not (folder / "transcript.txt").exists()
    assert "draw.frozen_already" in refused("draw", "freeze", folder)
    good("draw", "freeze", folder, "--again", "a school has another name")
    good(*made)


def test_run_writes_every_list_and_tells_the_summary(lists: Path, town: Path, tmp_path: Path) -> None:
    """A run shows seats, phases and agreement, and leaves all files; the manifest holds the digest of each."""
    said = good("run", town, "--out", tmp_path / "out")
    for code in SUMMARY:
        assert text(code, "en") in said
    assert str(tmp_path / "out") in said.replace("\n", "")
    found = contents(lists, "manifest.json")
    for name in ("assignment.csv", "summary.json", "trace.jsonl", "lists.xlsx", "policy.yaml", "transcript.txt",
                 "draw-roster.csv", "inputs/applicants.csv", "lists/fuli.csv"):
        assert name in found
    assert any(name.startswith("draws/") for name in found)
    assert json.loads((lists / "manifest.json").read_bytes())["outputs"] == found
    assert [row["applicant_id"] for row in rows_of(lists / "assignment.csv")] == sorted(
        row["applicant_id"] for row in rows_of(town / "applicants.csv")
    )


def test_run_without_out_writes_into_the_district(town: Path, tmp_path: Path) -> None:
    """The lists go to DIR/out where no folder is given, and a second run replaces them."""
    folder = copy(town, tmp_path)
    good("run", folder, "--quiet", "--no-workbook", "--no-trace")
    good("run", folder, "--quiet", "--no-workbook")
    assert (folder / "out" / "trace.jsonl").exists()


@pytest.mark.parametrize("engine", ["procedure", "strict"])
def test_one_engine_alone_gives_the_same_files(lists: Path, town: Path, tmp_path: Path, engine: str) -> None:
    """Each engine alone writes what both write together; only the summary says who computed it."""
    good("run", town, "--out", tmp_path / "out", "--engine", engine)
    assert contents(tmp_path / "out", "manifest.json", "summary.json", "lists.xlsx") == contents(
        lists, "manifest.json", "summary.json", "lists.xlsx"
    )
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["agreement"]["engine"] == engine


def test_run_leaves_out_what_it_is_told_to(town: Path, tmp_path: Path) -> None:
    """``--no-workbook`` makes no lists per school, ``--no-trace`` no record, and then nothing can be explained."""
    good("run", town, "--out", tmp_path / "out", "--no-workbook", "--no-trace")
    found = contents(tmp_path / "out")
    assert not [name for name in found if name.startswith("lists") or name == "trace.jsonl"]
    assert "--no-trace" in refused("explain", tmp_path / "out", "T23-000001")
    good("verify", tmp_path / "out")


def test_quiet_is_silent(town: Path, tmp_path: Path) -> None:
    """``--quiet`` prints nothing at all on either stream."""
    result = call("run", town, "--out", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_json_is_the_summary(lists: Path, town: Path, tmp_path: Path) -> None:
    """``--json`` prints one document, equal to summary.json, and nothing besides; ``--quiet`` does not take it away."""
    told = as_json("run", town, "--out", tmp_path / "out")
    assert told == json.loads((lists / "summary.json").read_bytes())
    assert as_json("run", town, "--out", tmp_path / "out", "--quiet") == told


def test_the_language_of_the_summary(town: Path, tmp_path: Path) -> None:
    """``--lang zh`` tells the run in Chinese; the files are the same in either language."""
    said = good("run", town, "--out", tmp_path / "zh", language="zh")
    assert all(text(code, "zh") in said for code in SUMMARY)
    good("run", town, "--out", tmp_path / "en")
    assert contents(tmp_path / "zh", "manifest.json") == contents(tmp_path / "en", "manifest.json")


def test_the_machines_language_is_the_default(monkeypatch: pytest.MonkeyPatch, town: Path) -> None:
    """Without ``--lang`` the locale decides."""
    for locale, word in (("zh_CN.UTF-8", "检查通过"), ("en_GB.UTF-8", "no faults")):
        monkeypatch.setenv("ALLOCATOR_LANG", locale)
        assert word in good("check", town, language="")


def test_a_trial_is_marked_on_every_list(town: Path, tmp_path: Path) -> None:
    """``--trial-seed`` needs no transcript and prints TRIAL on the screen, on every list and every sheet."""
    folder = copy(town, tmp_path)
    (folder / "transcript.txt").unlink()
    out = tmp_path / "trial"
    assert "TRIAL run no. 3" in good("run", folder, "--trial-seed", 3, "--out", out)
    found = sorted((out / "office").glob("*.csv"))
    assert len(found) >= 13
    assert all("TRIAL" in path.read_text(encoding="utf-8-sig") for path in found)
    book = openpyxl.load_workbook(out / "lists.xlsx")
    assert len(book.worksheets) >= 13
    for sheet in book.worksheets:
        assert any("TRIAL" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row), sheet.title
    assert json.loads((out / "summary.json").read_bytes())["trial"] is True
    assert "TRIAL" in good("explain", out, "T23-000001")
    good("verify", out)
    assert "the draw is right" in good("draw", "verify", out)


def test_a_public_draw_is_not_marked_as_a_trial(lists: Path) -> None:
    """No list of a run under a transcript holds the word TRIAL."""
    assert not [p for p in (lists / "office").glob("*.csv") if "TRIAL" in p.read_text(encoding="utf-8-sig")]


def test_verify_proves_an_output_folder(lists: Path) -> None:
    """``verify OUT`` counts the children in words and in JSON, and changes nothing."""
    before = contents(lists)
    assert "verified: 60 children, no violation" in good("verify", lists)
    told = as_json("verify", lists)
    assert (told["children"], told["violations"], told["faults"], told["phases_inferred"]) == (60, [], [], False)
    assert contents(lists) == before


def test_draw_verify_needs_the_published_files_alone(lists: Path, tmp_path: Path) -> None:
    """Policy, transcript, draw roster and orders are enough to recompute a draw; one of them missing is named."""
    published = tmp_path / "published"
    shutil.copytree(lists / "draws", published / "draws")
    for name in ("policy.yaml", "transcript.txt", "draw-roster.csv"):
        shutil.copyfile(lists / name, published / name)
    assert "the draw is right" in good("draw", "verify", published)
    (published / "draw-roster.csv").unlink()
    result = call("draw", "verify", published)
    assert result.exit_code == 3
    assert "draw-roster.csv" in result.stdout


def test_verify_a_list_made_elsewhere(lists: Path, town: Path, tmp_path: Path) -> None:
    """``verify DIR --list`` accepts ids and schools of the right list, infers the phases, and finds a change."""
    rows = rows_of(lists / "assignment.csv")
    pairs = [{"school_id": row["school_id"], "applicant_id": row["applicant_id"]} for row in reversed(rows)]
    path = tmp_path / "list.csv"
    path.write_bytes(tables.csv_bytes(pairs))
    assert "inferred" in good("verify", town, "--list", path)
    assert as_json("verify", town, "--list", path)["phases_inferred"] is True
    moved = next(pair for pair in pairs if pair["school_id"] == "xincheng-1")
    moved["school_id"] = "sanjiazi"
    path.write_bytes(tables.csv_bytes(pairs))
    result = call("verify", town, "--list", path)
    assert result.exit_code == 3
    assert moved["applicant_id"] in result.stdout
    found = as_json("verify", town, "--list", path, status=3)["violations"]
    assert moved["applicant_id"] in {violation["applicant_id"] for violation in found}


def test_verify_a_list_under_a_trial_seed(town: Path, tmp_path: Path) -> None:
    """``--list`` takes the draw of a trial; under another seed the same list has violations."""
    good("run", town, "--trial-seed", 4, "--out", tmp_path / "out", "--quiet")
    listed = ("--list", tmp_path / "out" / "assignment.csv")
    good("verify", town, *listed, "--trial-seed", 4)
    assert call("verify", town, *listed, "--trial-seed", 5).exit_code == 3


def test_explain_in_both_languages(lists: Path) -> None:
    """``explain`` names child, school and clause of every row, in Chinese and in English."""
    for row in rows_of(lists / "assignment.csv")[::6]:
        zh, en = (good("explain", lists, row["applicant_id"], language=language) for language in ("zh", "en"))
        for said in (zh, en):
            assert row["applicant_id"] in said
            assert row["clause"] in said
        assert "报名号" in zh
        assert "Registration number" in en


def test_status_one_where_children_are_left(tmp_path: Path) -> None:
    """A run that leaves a child for a ruling or without a seat finishes, writes its lists, and exits with 1."""
    waiting = [tables.child("T1", zone="shifuxiao", category="E")]
    short = [row | {"plan": row["plan"] and "0"} for row in tables.schools()]
    cases = {
        "ruling": tables.write(tmp_path / "ruling", applicants=waiting),
        "short": tables.write(tmp_path / "short", schools_=short),
    }
    for name, folder in cases.items():
        result = call("run", folder, "--trial-seed", 1, "--out", tmp_path / f"out-{name}")
        assert result.exit_code == 1
        assert (tmp_path / f"out-{name}" / "assignment.csv").exists()
        good("verify", tmp_path / f"out-{name}")
    shortage = as_json("run", cases["short"], "--trial-seed", 1, "--out", tmp_path / "json", status=1)["shortage"]
    assert sum(line["children"] for line in shortage["unplaced"]) == 3


def test_a_policy_of_another_kind_runs(tmp_path: Path) -> None:
    """The shipped district with ranked lists, siblings and walk zones runs with both engines and status 0."""
    summary = as_json("run", ROOT / "scenarios" / "ranked-choice", "--out", tmp_path / "out")
    assert (summary["children"], summary["agreement"]["engines_agree"]) == (600, True)
    good("verify", tmp_path / "out")


def test_a_trial_reduced_to_published_files_is_verified_by_its_number(town: Path, tmp_path: Path) -> None:
    """Without manifest and transcript the number of the trial gives the seed; another number is found out."""
    out = tmp_path / "trial"
    good("run", town, "--trial-seed", 5, "--out", out, "--quiet")
    (out / "manifest.json").unlink()
    good("draw", "verify", out, "--trial-seed", 5)
    assert call("draw", "verify", out, "--trial-seed", 6).exit_code == 3
    assert call("draw", "verify", out).exit_code == 3
