"""``allocator determine`` and ``allocator rulings``: exact bytes, nothing written where anything is wrong, in words."""

from __future__ import annotations

import csv
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.checking.determination import private_draw_answers
from allocator.determination import determine_by_steps
from allocator.domain import Contribution, Determination, OfficeTables
from allocator.lottery import FrozenDigests, build_transcript, parse_transcript
from allocator.office import agreement, private_bytes
from allocator.reading.office import read_office
from tests import conformance
from tests.chinese_words import refused_in
from tests.cli_calls import as_json, call, good, refused
from tests.office_folders import FOLDER, names
from tests.office_inputs import edit, office_folder, put, table, write_table
from tests.test_schemas import wrong

NAMES = names(expected="determination")
SEED = "5" * 64
WITNESSES = tuple(
    Contribution(f"witness-{n}", digits)
    for n, digits in enumerate(("31415926535897932384", "27182818284590452353", "16180339887498948482"), start=1)
)


@pytest.fixture(scope="module")
def summer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a whole summer; a test that changes a file makes its own."""
    return office_folder(tmp_path_factory.mktemp("summer") / "in", "33-whole-summer")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Tables with Chinese words, to be changed."""
    return office_folder(tmp_path / "in", "34-chinese-tables")


def written(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def expected(name: str, file: str) -> bytes:
    """An expected file."""
    return (FOLDER / name / f"expected-{file}").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_byte_for_byte_those_expected(name: str, tmp_path: Path) -> None:
    """Determination and roster of every conformance folder."""
    good("determine", office_folder(tmp_path / "in", name), "--out", tmp_path / "out")
    assert (tmp_path / "out" / "determination.csv").read_bytes() == expected(name, "determination.csv")
    assert (tmp_path / "out" / "applicants.csv").read_bytes() == expected(name, "roster.csv")


@pytest.mark.parametrize("name", ["33-whole-summer", "34-chinese-tables", "11-random-case-120"])
def test_the_folder_runs_as_it_is(name: str, tmp_path: Path) -> None:
    """Without another touch: the procedure takes roster, schools, zones and policy."""
    folder = office_folder(tmp_path / "in", name)
    heads, *rows = table(folder / "schools.csv")
    write_table(folder / "schools.csv", [[*heads, "name_en"], *([*row, ""] for row in rows)])
    put(folder / "schools.csv", 1, "name_en", "No. 1, New Town")
    good("determine", folder, "--out", tmp_path / "out")
    assert call("run", tmp_path / "out", "--trial-seed", 1, "--out", tmp_path / "lists").exit_code in (0, 1)
    assert (tmp_path / "out" / "policy.yaml").read_bytes() == (folder / "policy.yaml").read_bytes()
    assert table(tmp_path / "out" / "schools.csv")[0][-1] == "name_en"


def test_the_folder_is_for_its_owner_and_the_same_each_time(summer: Path, tmp_path: Path) -> None:
    """An earlier one is replaced; one with another's file in it is not."""
    out = tmp_path / "out"
    good("determine", summer, "--out", out)
    first = written(out)
    assert set(first) == {
        "determination.csv", "applicants.csv", "schools.csv", "zones.csv", "policy.yaml", "manifest.json",
    }  # fmt: skip
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    good("determine", summer, "--out", out)
    assert written(out) == first
    (out / "notes.txt").write_text("mine")
    assert "notes.txt" in refused("determine", summer, "--out", out)
    assert written(out) == {**first, "notes.txt": b"mine"}


def test_without_out_the_roster_stands_in_the_folder_itself(own: Path) -> None:
    """As ``run`` does; the tables that were read stay as they are."""
    before = written(own)
    assert "roster" in good("determine", own)
    assert written(own) == before
    assert (own / "roster" / "applicants.csv").read_bytes() == expected("34-chinese-tables", "roster.csv")
    refused("determine", own, "--out", own)


def test_with_any_fault_the_old_folder_stays(own: Path, tmp_path: Path) -> None:
    """All faults are told; nothing is written anywhere."""
    good("determine", own, "--out", tmp_path / "out")
    before = written(tmp_path / "out")
    put(own / "homes.csv", 1, "用途", "商用")
    put(own / "guardians.csv", 1, "抚养权", "")
    told = refused("determine", own, "--out", tmp_path / "out")
    assert "homes.csv line 2, 用途(use)" in told
    assert "guardians.csv line 2, 抚养权(custody)" in told
    assert written(tmp_path / "out") == before
    assert as_json("determine", own, "--out", tmp_path / "new", status=2)["faults"]
    assert not (tmp_path / "new").exists()


def changed(tables: OfficeTables) -> Determination:
    """A determination with one child in another zone, on the roster and in the table."""
    found = determine_by_steps(tables)
    first = found.roster[0]
    rows = tuple(row._replace(zone="?") if row.applicant_id == first.applicant_id else row for row in found.rows)
    return Determination(rows, (first._replace(zone="?"), *found.roster[1:]))


def test_two_determinations_that_differ_write_nothing(
    summer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 3, with the first child and the column; so for a list of rulings and the private draw."""
    monkeypatch.setattr(agreement, "determine_by_steps", changed)
    monkeypatch.setattr(agreement, "private_draw", lambda tables, seed, drawn: private_draw_answers(tables, seed)[1:])
    child = determine_by_steps(read_office(summer)).roster[0]
    result = call("determine", summer, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert f"First: {child.applicant_id}, zone: '?' and '{child.zone}'" in result.stderr
    assert not (tmp_path / "out").exists()
    assert call("rulings", summer).exit_code == 3
    assert call("determine", summer, "--private-seed", SEED, "--out", tmp_path / "draw").exit_code == 3
    assert not (tmp_path / "draw").exists()


def test_the_summary_counts_what_the_table_holds(summer: Path, tmp_path: Path) -> None:
    """Results, categories, statuses, grounds and flags, as JSON and in the words of both languages."""
    found = as_json("determine", summer, "--out", tmp_path / "out")
    rows = list(conformance.rows(tmp_path / "out" / "determination.csv"))
    roster = list(conformance.rows(tmp_path / "out" / "applicants.csv"))
    assert found["children"] == len(rows)
    assert found["results"] == Counter(row["result"] for row in rows)
    assert found["categories"] == Counter(row["category"] for row in roster)
    assert found["statuses"] == Counter(row["status"] for row in roster)
    for column in ("ruling", "flags", "missing"):
        assert found[column] == Counter(word for row in rows for word in filter(None, row[column].split(";")))
    assert {warning["code"] for warning in found["warnings"]} >= {"warn.locks_years"}
    for language in ("zh", "en"):
        shown = call("determine", summer, "--out", tmp_path / "out", language=language)
        assert "2020" in shown.stdout  # the year without a lock, loudly
        for number in {*found["results"].values(), *found["flags"].values()}:
            assert re.search(rf"\b{number}\b", shown.stdout)
        assert refused_in(shown.stdout if language == "zh" else "") == []
    assert call("determine", summer, "--out", tmp_path / "out", "--quiet").output == ""


def test_json_is_as_its_schemas_say(tmp_path: Path) -> None:
    """Of every answer of both commands, and the manifest of the folder."""
    folder = office_folder(tmp_path / "in", "08-random-case-40")
    told = {
        "rulings": as_json("rulings", folder), "freeze": as_json("determine", folder, "--private-freeze"),
        "private-draw": as_json("determine", folder, "--private-seed", SEED),
        "determination": as_json("determine", folder, "--out", tmp_path / "out"),
        "manifest": json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8")),
    }  # fmt: skip
    assert [line for name, found in told.items() for line in wrong(name, found)] == []


def test_a_large_table_is_determined_on_two_cores(
    summer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes, whichever way; a difference is told from there as well."""
    good("determine", summer, "--out", tmp_path / "out")
    before = written(tmp_path / "out")
    monkeypatch.setattr(agreement, "MANY", 1)
    good("determine", summer, "--out", tmp_path / "out")
    assert written(tmp_path / "out") == before
    monkeypatch.setattr(agreement, "determine_by_steps", changed)
    assert call("determine", summer, "--out", tmp_path / "out").exit_code == 3


def test_whoever_is_held_is_named(own: Path, tmp_path: Path) -> None:
    """In JSON and on the terminal, with the ground."""
    found = as_json("determine", own, "--out", tmp_path / "out")
    assert found["held"]
    shown = good("determine", own, "--out", tmp_path / "out")
    assert all(child in shown for child in found["held"])


@pytest.mark.parametrize("name", names(expected="private-result"))
def test_the_private_draw_gives_the_expected_bytes(name: str, tmp_path: Path) -> None:
    """By the seed of the folder, into its own place; another result that is there is kept unless one says otherwise."""
    folder = office_folder(tmp_path / "in", name)
    before = written(folder)
    seed = (FOLDER / name / "seed.txt").read_text("utf-8").strip()
    good("determine", folder, "--private-seed", seed)
    assert written(folder) == before | {"private-result.csv": expected(name, "private-result.csv")}
    good("determine", folder, "--private-seed", seed)
    there = expected(name, "private-result.csv")
    other = next(seed for seed in (str(digit) * 64 for digit in range(9)) if _rows(folder, seed) != there)
    assert "private-result.csv" in refused("determine", folder, "--private-seed", other)
    assert written(folder)["private-result.csv"] == there
    good("determine", folder, "--private-seed", other, "--replace")
    assert written(folder)["private-result.csv"] == _rows(folder, other)


def _rows(folder: Path, seed: str) -> bytes:
    """The private result of a seed by the checker's draw."""
    return private_bytes(private_draw_answers(read_office(folder), seed))


def frozen(folder: Path) -> FrozenDigests:
    """The digests that a freeze prints, and leaves in its file."""
    found = as_json("determine", folder, "--private-freeze")
    lines = (folder / "private-draw-freeze.txt").read_text("ascii").splitlines()
    assert dict(line.split("=sha256:") for line in lines) == found
    return FrozenDigests(**found)


def test_the_transcript_binds_roster_policy_and_tables(tmp_path: Path) -> None:
    """Its digest is the seed; each changed table is told at its line; winners leave at the next determination."""
    folder = office_folder(tmp_path / "in", "08-random-case-40")
    digests = frozen(folder)
    inputs = sorted(f"{p.name} {sha256(p.read_bytes()).hexdigest()}\n" for p in folder.glob("*.csv")
                    if p.name != "private-draw-roster.csv")  # fmt: skip
    assert digests.inputs == sha256("".join(inputs).encode()).hexdigest()
    assert digests.policy == sha256((folder / "policy.yaml").read_bytes()).hexdigest()
    roster = (folder / "private-draw-roster.csv").read_bytes()
    assert digests.roster == sha256(roster).hexdigest()
    transcript = tmp_path / "private.txt"
    transcript.write_bytes(build_transcript("2023-M1", digests, WITNESSES))
    good("determine", folder, "--private-draw", transcript)
    assert (folder / "private-result.csv").read_bytes() == _rows(folder, sha256(transcript.read_bytes()).hexdigest())
    good("determine", folder, "--private-draw", transcript)  # the result itself is no input of its draw
    won = {row["applicant_id"] for row in conformance.rows(folder / "private-result.csv") if row["result"] == "won"}
    good("determine", folder, "--out", tmp_path / "out")
    results = {row["applicant_id"]: row["result"] for row in conformance.rows(tmp_path / "out" / "determination.csv")}
    assert {child for child, result in results.items() if result == "private"} == won
    put(folder / "owners.csv", 1, "share", "12.34")
    told = refused("determine", folder, "--private-draw", transcript)
    assert re.findall(r"private\.txt line (\d), (\w+)", told) == [("5", "inputs")]


def test_the_draw_roster_is_of_those_who_draw(tmp_path: Path) -> None:
    """Every child of the result is in a party; the sizes make up their number."""
    folder = office_folder(tmp_path / "in", "09-random-case-60")
    frozen(folder)
    parties = list(conformance.rows(folder / "private-draw-roster.csv"))
    rows = private_draw_answers(read_office(folder), SEED)
    assert sum(int(party["size"]) for party in parties) == len(rows)
    assert {party["id"] for party in parties} <= {row.applicant_id for row in rows}


def test_a_weak_or_broken_transcript_is_refused(tmp_path: Path) -> None:
    """Unless a weak seed is allowed; nothing is written."""
    folder = office_folder(tmp_path / "in", "07-private-draw")
    weak = tmp_path / "weak.txt"
    weak.write_bytes(build_transcript("2023-M1", frozen(folder), WITNESSES[:1]))
    assert "draw.few_witnesses" in refused("determine", folder, "--private-draw", weak)
    weak.with_name("bad.txt").write_bytes(b"school-draw/2\n")
    assert "draw.version" in refused("determine", folder, "--private-draw", weak.with_name("bad.txt"))
    assert "file.unreadable" in refused("determine", folder, "--private-draw", tmp_path / "none.txt")
    assert not (folder / "private-result.csv").exists()
    good("determine", folder, "--private-draw", weak, "--allow-weak-seed")


def test_one_draw_at_a_time(tmp_path: Path) -> None:
    """Two of the options together are refused, and a seed that is none."""
    folder = office_folder(tmp_path / "in", "07-private-draw")
    told = refused("determine", folder, "--private-freeze", "--private-seed", "5" * 63)
    assert "private.one_of" in told
    assert "private.seed" in told


def _waiting(found: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Days and ids of those who wait, by ground."""
    for ground in dict.fromkeys(one["ground"] for one in found["waiting"]):
        some = [one for one in found["waiting"] if one["ground"] == ground]
        yield ground, [(one["registered_at"] or "9999", one["applicant_id"]) for one in some]


@pytest.mark.parametrize("name", ["01-conditions-alone", "11-random-case-120", "34-chinese-tables"])
def test_rulings_lists_who_waits_oldest_first(name: str, tmp_path: Path) -> None:
    """By ground; every code of the column ``ruling`` is there, with words of the plan in both languages."""
    folder = office_folder(tmp_path / "in", name)
    found = as_json("rulings", folder)
    rows = list(csv.DictReader(expected(name, "determination.csv").decode().splitlines()))
    told = Counter(code for row in rows for code in filter(None, row["ruling"].split(";")))
    assert Counter(one["ground"] for one in found["waiting"]) == told
    for _, children in _waiting(found):
        assert children == sorted(children)
    for language in ("zh", "en"):
        shown = good("rulings", folder, language=language)
        heads = set(re.findall(r"^([CQ][-0-9b]+)[:　]", shown, re.MULTILINE))
        assert heads == set(told)


def test_rulings_tells_who_ruled_why_and_when(own: Path) -> None:
    """And which of two on one field counts."""

    def twice(rows: list[list[str]]) -> None:
        rows[1:] = [["R9", "T23-000006", "报名状态", "逾期", "补交材料超过期限", "领导小组", "2023-07-30"], *rows[1:]]

    edit(own / "rulings.csv", twice)
    found = {one["ruling_id"]: one for one in as_json("rulings", own)["given"]}
    assert (found["R9"]["counts"], found["R1"]["counts"]) == (True, False)
    shown = "".join(good("rulings", own, language="zh").split())
    for word in ("补交材料超过期限", "领导小组", "2023-07-30", "逾期报名", "报名状态", "已被后一次取代"):
        assert word in shown


def test_no_output_holds_a_number_that_could_be_a_card(own: Path, tmp_path: Path) -> None:
    """Not even where the number stands in a reason; it is refused."""
    put(own / "rulings.csv", 1, "理由", "150404201701010012 号")
    result = call("rulings", own)
    assert result.exit_code == 2
    assert "150404201701010012" not in result.output
    assert not re.search(r"\d{15}", json.dumps(as_json("determine", own, "--out", tmp_path / "out", status=2)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_where_nothing_can_be_written_is_told(summer: Path, tmp_path: Path) -> None:
    """Before the tables are read."""
    tmp_path.chmod(0o500)
    assert "out.read_only" in refused("determine", summer, "--out", tmp_path / "out")
    tmp_path.chmod(0o700)


GIVEN = [word for n in "123" for word in ("--source", f"witness-{n}:{n * 5}31415926535897932")]


def test_witnesses_make_the_transcript_of_the_private_draw(tmp_path: Path) -> None:
    """After its freeze only, of the tables that were frozen, and never in place of one that is there."""
    folder = office_folder(tmp_path / "in", "08-random-case-40")
    call = ("draw", "transcript", folder, "--event", "2023-M1", *GIVEN)
    assert "private.not_frozen" in refused(*call)
    digests = frozen(folder)
    assert "private-transcript.txt" in good(*call)
    path = folder / "private-transcript.txt"
    found, _ = parse_transcript(path.read_bytes())
    assert found is not None
    assert (found.roster_sha256, found.policy_sha256, found.inputs_sha256) == digests
    assert "private.transcript_there" in refused(*call)
    assert "private.transcript_there" in refused(*call, "--again", "dropped the cards")
    good("determine", folder, "--private-draw", path)
    assert (folder / "private-result.csv").read_bytes() == _rows(folder, sha256(path.read_bytes()).hexdigest())
    path.unlink()
    put(folder / "owners.csv", 1, "share", "12.34")
    assert "private.changed" in refused(*call)
    assert "draw.few_witnesses" in refused("draw", "transcript", office_again(tmp_path), "--event", "M1", *GIVEN[:2])


def office_again(tmp_path: Path) -> Path:
    """Another folder that is frozen."""
    folder = office_folder(tmp_path / "again", "08-random-case-40")
    frozen(folder)
    return folder
