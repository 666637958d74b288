"""Odds as they are shown: marks, tables for families and planners, and ``allocator odds``."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from allocator.ground import TEXTS
from allocator.planning.odds import RowsWanted, families_table, kinds_table
from allocator.planning.odds.count import Fate
from allocator.planning.odds.kinds import Names
from allocator.planning.odds.words import marks, odds_notes_in_words
from allocator.sheets import csv_for_machines, csv_for_people, said
from tests.cli_calls import as_json, call, contents, good, refused
from tests.small import shipped
from tests.small_districts import Town, all_phases, batches, kid, policy
from tests.test_odds_families import simulated

ONLY = TEXTS["odds.only"]


@pytest.mark.parametrize(("language", "which"), [("zh", 0), ("en", 1)])
def test_marks_and_bounds(language: Any, which: int) -> None:
    """Simulation only, no promise; the bound of what never came is three draws' worth; what-ifs are named."""
    found = simulated(Town().district(policy([batches()]), [kid(i) for i in range(4)]), demand_draws=20)
    above = [said(mark.words, language) for mark in marks(found)]
    assert above[0] == TEXTS["odds.title"][which]
    assert ONLY[which] in above
    assert "" not in above
    below = "\n".join(note.in_(language) for note in odds_notes_in_words(found))
    assert "7.5 %" in below  # 3 / 40
    assert "92.5 %" in below
    assert "15 %" in below  # 3 / 20 rosters


def sheet(raw: bytes) -> list[list[str]]:
    """Rows of a CSV file as Excel reads it."""
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    return list(csv.reader(io.StringIO(raw[3:].decode(), newline="")))


def test_tables_say_what_was_counted() -> None:
    """Two of three children seated: families read 66.667; planners get both rules only where there are twins."""
    children = [kid(i) for i in range(3)]
    town = Town(plan={"s1": 2, "s2": 0, "s3": 0}, caps={"s1": 9})
    found = simulated(town.district(policy([batches()]), children))
    rows = sheet(csv_for_people(families_table(found, RowsWanted())))
    assert rows[-2:] == [
        ["学区 s1 · A 甲 · zone s1 · A first", "3", "名册不变 roster as it is", "s1", "66.667", "0.000"],
        [
            "学区 s1 · A 甲 · zone s1 · A first",
            "3",
            "名册不变 roster as it is",
            "尚未落实学位 · no seat",
            "33.333",
            "0.000",
        ],
    ]
    assert any(" · ".join(ONLY) == row[0] for row in rows)
    planners = sheet(csv_for_machines(kinds_table(found, RowsWanted())))
    assert {row[-1].split(" | ")[0] for row in planners[1:]} == {" · ".join(TEXTS["odds.office_only"])}
    assert len({len(row) for row in planners}) == 1
    assert planners[0][:2] == ["zone", "category"]
    assert [row[-5:-2] for row in planners[1:]] == [["s1", "66.667", "0.000"], ["", "33.333", "0.000"]]
    pair = [child._replace(applicant_id=f"t{i}", bundle="t") for i, child in enumerate(children[:2])]
    with_twins = simulated(town.district(policy([batches()]), [*children, *pair]))
    shown = {row[14] for row in sheet(csv_for_machines(kinds_table(with_twins, RowsWanted())))[1:]}
    assert len(shown) == 2


def test_no_formula_becomes_live_in_the_sheets() -> None:
    """A school that is called like a formula stays text in both tables."""
    district = Town().district(policy([batches()]), [kid(i, "z3", "U") for i in range(3)])
    schools = {**district.schools, "s3": replace(district.schools["s3"], name="=1+1", plan=5)}
    found = simulated(replace(district, schools=schools))
    families, kinds = families_table(found, RowsWanted()), kinds_table(found, RowsWanted())
    for raw in (csv_for_people(families), csv_for_machines(kinds)):
        cells = [cell for row in sheet(raw) for cell in row]
        assert "'=1+1" in cells
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_terminal_in_both_languages(town: Path) -> None:
    """Title, no promise, a table of each zone; the zone may be called by its school's name."""
    for language, which in (("zh", 0), ("en", 1)):
        said = "".join(good("odds", town, "--draws", 20, "--workers", 1, language=language).split())
        assert "".join(ONLY[which].split()) in said
        assert "".join(TEXTS["odds.mean_note"][which].split()) in said
    names = Names(shipped("tongliao-2023-primary"), "en")
    by_id = good("odds", town, "--draws", 20, "--workers", 1, "--zone", "fuantun")
    by_name = good("odds", town, "--draws", 20, "--workers", 1, "--zone", names.zone("fuantun"))
    assert by_id == by_name
    assert by_id.count(names.say("label.zone", zone="")) <= 1


def test_json_and_tables_from_any_number_of_workers(town: Path, tmp_path: Path) -> None:
    """One worker or two: the same document and the same bytes; probabilities of a kind add up to 1."""
    found = []
    for workers in (1, 2):
        out, families = tmp_path / f"kinds-{workers}.csv", tmp_path / f"families-{workers}.csv"
        options = ("--draws", 50, "--demand-draws", 2, "--workers", workers, "--out", out, "--families", families)
        found.append((as_json("odds", town, *options), out.read_bytes(), families.read_bytes()))
    assert found[0] == found[1]
    document = found[0][0]
    assert (document["kind"], document["draws"], document["demand_draws"]) == ("odds", 50, 2)
    for kind in document["kinds"]:
        for results in kind["draw"].values():
            assert sum(result["hits"] for result in results) == results[0]["trials"] == 50 * kind["children"]
    assert sum(kind["children"] for kind in document["kinds"]) == 60
    assert sum(row["children"] for row in document["families"]) + document["withheld"] == 60


def test_filters_and_quiet(town: Path) -> None:
    """Only the zone and category asked for; ``--quiet`` prints nothing; folding does not depend on the filter."""
    everything = as_json("odds", town, "--draws", 10, "--workers", 1)
    some = as_json("odds", town, "--draws", 10, "--workers", 1, "--zone", "fuantun", "--category", "R1")
    wanted = [k for k in everything["kinds"] if (k["kind"]["zone"], k["kind"]["category"]) == ("fuantun", "R1")]
    assert some["kinds"] == wanted
    assert [row for row in some["families"] if row not in everything["families"]] == []
    assert good("odds", town, "--draws", 10, "--workers", 1, "--quiet") == ""
    assert "no kind of child" in good(
        "odds", town, "--draws", 10, "--workers", 1, "--zone", "fuantun", "--category", "A"
    )


def test_everything_that_is_wrong_is_told_at_once(town: Path, tmp_path: Path) -> None:
    """Numbers, names, a faulty what-if, a file in the way: all told, nothing written."""
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "format_version: 1\nwhat_if: bad\ntitle: {zh: a, en: b}\nchanges:\n  - {change: no}\n", encoding="utf-8"
    )
    other = tmp_path / "other.csv"
    other.write_bytes(b"zone,odds\n")
    before = contents(tmp_path)
    said = refused("odds", town, bad, "--draws", 1, "--demand-draws", 1, "--seed", -1, "--zone", "nowhere",
                   "--category", "Q", "--out", other, "--families", other)  # fmt: skip
    codes = ("few_draws", "few_demand_draws", "seed", "unknown_zone", "unknown_category", "other_file", "same_file")
    assert [code for code in codes if f"odds.{code}" not in said] == []
    assert "bad.yaml" in said
    assert contents(tmp_path) == before


def test_only_an_earlier_table_of_odds_is_replaced(town: Path, tmp_path: Path) -> None:
    """An earlier table is written anew, a folder never; a folder that is not there is told."""
    target = tmp_path / "odds.csv"
    options = ("--draws", 10, "--workers", 1)
    good("odds", town, *options, "--families", target)
    first = target.read_bytes()
    good("odds", town, *options, "--families", target, language="zh")
    assert target.read_bytes() == first
    assert "odds.other_file" in refused("odds", town, *options, "--out", tmp_path)
    said = call("odds", town, *options, "--out", tmp_path / "nowhere" / "o.csv")
    assert (said.exit_code, said.stdout) == (2, "")


def test_results_have_words() -> None:
    """Every way has its words, at a school or without, in both languages."""
    found = simulated(Town().district(policy(all_phases()), [kid(i) for i in range(3)]))
    for way, school in found.results:
        if way != "any":
            assert (f"odds.at.{way}" if school else f"odds.way.{way}") in TEXTS
    assert Fate("external") in found.results
