"""What ``check`` counts: children by category, status, zone and school named, in words and in JSON."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from allocator.district_folder import read_district
from allocator.reporting.application_totals import CHOICES as OF_APPLICATIONS
from allocator.reporting.totals import CHOICES, MOST_LINES, totals, totals_parts
from tests import tables
from tests.cli_calls import as_json, good
from tests.conformance import ROOT

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"


def test_the_totals_are_those_of_the_table() -> None:
    """Of the shipped district, counted once more from the file as it is."""
    with (PRIMARY / "applicants.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = as_json("check", PRIMARY)["totals"]
    pairs = {(name, status): n for name, count in told["categories"].items() for status, n in count.items()}
    assert pairs == Counter((row["category"], row["status"]) for row in rows)
    assert told["zones"] == Counter(row["zone"] for row in rows)
    named = Counter(
        (school, column) for row in rows for column in CHOICES for school in set(row[column].split(";")) if school
    )
    assert {(name, column): n for name, count in told["schools"].items() for column, n in count.items()} == named


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Children by category and status", "A hukou and home", "1,094", "in all", "3,000", "Children by zone")),
     ("zh", ("按类别、审核状态统计", "A 有户有房", "1,094", "合计", "3,000", "按学区统计", "诚信黑名单"))],
)  # fmt: skip
def test_the_totals_are_shown(language: str, words: tuple[str, ...]) -> None:
    """On 80 columns, no word of a school's name broken."""
    said = good("check", PRIMARY, language=language)
    assert all(word in said for word in (*words, "新城一中(小学部)", "新城实验小学")), said
    assert max(len(line) for line in said.splitlines()) <= 100


def test_a_child_that_names_a_school_twice_counts_once(tmp_path: Path) -> None:
    """In one column; a district in which nobody names a school has no such table."""
    rows = [tables.child("T1", preferred_diversion="fuli;hexi-primary"), tables.child("T2", zone="hexi-primary")]
    district = read_district(tables.write(tmp_path, applicants=rows))
    assert totals(district).schools == {"fuli": {"preferred_diversion": 1}, "hexi-primary": {"preferred_diversion": 1}}
    assert len(list(totals_parts(totals(district), district))) == 3
    alone = read_district(tables.write(tmp_path, applicants=[tables.child("T1")]))
    assert len(list(totals_parts(totals(alone), alone))) == 2


def test_of_very_many_zones_the_largest_are_shown(tmp_path: Path) -> None:
    """The others stand together in one line, so that the sum is still that of all children."""
    more = [tables.zone(f"z{n:02}", school_id="fuli", e_school_id="fuli") for n in range(MOST_LINES + 2)]
    rows = [tables.child(f"T{n}", zone=zone["zone"]) for n, zone in enumerate([*more, more[0]])]
    district = read_district(tables.write(tmp_path, applicants=rows, zones_=[*tables.zones(), *more]))
    _, zones = totals_parts(totals(district), district)
    assert len(zones.rows) == MOST_LINES + 2
    name, count = zones.rows[-2]
    assert (getattr(name, "zh", ""), getattr(name, "en", ""), count) == ("其余 2 个", "2 others", 2)


APPLICATIONS = ROOT / "scenarios" / "tongliao-2023-applications"


def test_the_totals_of_applications_are_those_of_the_tables() -> None:
    """Of the worked district, counted once more from the files as they are."""
    tables = {}
    for path in APPLICATIONS.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    rows, told = tables["applications"], as_json("check", APPLICATIONS)
    assert (told["children"], told["families"]) == (len(rows), len({row["family"] for row in rows}))
    found = told["totals"]
    pairs = {(name, key): n for name, count in found["categories"].items() for key, n in count.items()}
    registered = {True: "registered", False: "not_registered"}
    assert pairs == Counter((row["declared_category"], registered[bool(row["registered_at"])]) for row in rows)
    homes = {row["home"]: row["zone"] for row in tables["homes"]}
    assert found["zones"] == Counter(homes.get(row["home"], "") or row["hukou_zone"] for row in rows)
    wishes = ((column, set(row[column].split(";")) - {""}) for row in rows for column in OF_APPLICATIONS)
    named = Counter((school, column) for column, schools in wishes for school in schools)
    assert {(name, column): n for name, count in found["schools"].items() for column, n in count.items()} == named
    assert found["tables"] == {name: len(tables[name]) for name in found["tables"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("no faults: 608 children, 600 families", "next: allocator determine", "Children by declared category")),
     ("zh", ("检查通过：608 名学生，600 个家庭", "按申报类别统计", "未在平台报名", "学位锁定台账"))],
)  # fmt: skip
def test_the_totals_of_applications_are_shown(language: str, words: tuple[str, ...]) -> None:
    """And that a shipped policy still says that all is invented."""
    said = good("check", APPLICATIONS, language=language)
    assert all(word in said for word in words), said
    assert max(len(line) for line in said.splitlines()) <= 100
    assert [w["code"] for w in as_json("check", APPLICATIONS)["warnings"]] == ["warn.shipped_notice"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [("x", "122.26", "warn.degrees"), ("registered_at", "2023-08-02", "warn.all_late"),
     ("registered_at", "", "warn.all_late"), ("hukou_area", "elsewhere", "warn.all_alike"),
     ("declared_category", "E", "warn.all_alike"), ("declared_category", "", "")],
)  # fmt: skip
def test_mistaken_columns_of_applications_are_suspected(tmp_path: Path, column: str, value: str, code: str) -> None:
    """Each put into every row; a column of declared categories that is empty is as good as any."""
    folder = Path(shutil.copytree(APPLICATIONS, tmp_path / "mine"))
    with (folder / "applications.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if column != "x" or row["x"]:
            row |= {column: value} | ({"y": "43.6"} if column == "x" else {})
    with (folder / "applications.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    told = [warning["code"] for warning in as_json("check", folder)["warnings"]]
    assert told == ([code] if code else []) + ["warn.shipped_notice"]
