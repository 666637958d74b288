"""English names of schools: an optional column that no list and no digest depends on, on English pages where given."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from allocator.district_folder import read_district
from allocator.domain import District, Text, what_ifs_digest
from allocator.lottery import inputs_digest
from allocator.planning.compare import compare, parts_of, report_bytes, summarise_comparison, write_comparison
from allocator.planning.extra_seats import seat_effects
from allocator.reading.what_if_file import parse_what_if, read_what_ifs
from allocator.sheets import school_names, show, zone_names, zone_titles
from tests.cli_calls import good
from tests.conformance import ROOT
from tests.test_what_if import town as small
from tests.what_if_cases import parsed

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"
CHINESE = re.compile(r"[\u3400-\u9fff]")


def named(district: District) -> District:
    """The district with an English name for every school."""
    schools = {name: replace(school, name_en=f"School {name.title()}") for name, school in district.schools.items()}
    return replace(district, schools=schools)


@pytest.mark.parametrize("heading", ["name_en", "英文名称", "Name_EN"])
def test_the_column_is_read_and_changes_no_digest(town: Path, tmp_path: Path, heading: str) -> None:
    """Under either heading, empty cells and all; the canonical tables, and so transcript and lists, stay the same."""
    folder = tmp_path / "named"
    folder.mkdir()
    for path in town.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    rows = list(csv.reader((town / "schools.csv").read_text(encoding="utf-8-sig").splitlines()))
    with (folder / "schools.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*rows[0], heading], [*rows[1], "East, Primary"]])
        csv.writer(file).writerows([*row, ""] for row in rows[2:])
    plain, read = read_district(town, trial_seed=1), read_district(folder, trial_seed=1)
    first, second = rows[1][0], rows[2][0]
    assert read.schools[first].title == Text(plain.schools[first].name, "East, Primary")
    assert read.schools[second].title.en == plain.schools[second].name
    assert inputs_digest(read) == inputs_digest(plain)
    good("check", folder)


def test_names_are_told_apart_in_each_language() -> None:
    """Two schools that are called alike in one language carry their ids there, and there alone."""
    district = named(read_district(PRIMARY, trial_seed=1))
    twin = replace(district.schools["fuli"], name_en="School Xincheng-1")
    district = replace(district, schools={**district.schools, "fuli": twin})
    assert school_names(district)["fuli"] == "富力小学"
    assert school_names(district, "en")["fuli"] == "School Xincheng-1 (fuli)"
    assert zone_names(district, "en")["xincheng-1"] == "School Xincheng-1 (xincheng-1)"
    assert zone_titles(district)["fuli"] == Text("富力小学", "School Xincheng-1 (fuli)")


NEW = """\
format_version: 1
what_if: ninth
title: {zh: 新建一所学校, en: one school more}
changes:
  - {change: new_school, school: no-9, name: 第九小学, name_en: School Nine, plan: 90, zones: [fuantun], place: [1, 2]}
"""


def test_a_name_in_english_changes_no_digest() -> None:
    """Results of a new school stay those of the same school without an English name."""
    without = NEW.replace("name_en: School Nine, ", "")
    made = [parse_what_if(content.encode(), "ninth.yaml")[0] for content in (NEW, without)]
    assert len({what_ifs_digest([what_if]) for what_if in made if what_if}) == 1


def test_english_pages_have_english_names(tmp_path: Path) -> None:
    """With a name for every school no Chinese is left in the English half of the page, and no English in the other."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    district = named(read_district(PRIMARY, trial_seed=1))
    (tmp_path / "ninth.yaml").write_text(NEW, encoding="utf-8")
    chosen = [PRIMARY / "what-if" / "neighbourhood-to-fuli.yaml", tmp_path / "ninth.yaml"]
    found = compare(district, read_what_ifs(chosen))
    page = report_bytes(found, summarise_comparison(found), seat_effects(found.district)).decode()
    chinese, english = re.findall(r'<main class="in-\w+"[^>]*>(.*?)</main>', page, re.DOTALL)
    assert not CHINESE.search(english)
    told = ("School Xincheng-1 118", "needs 118 more", "School Fuli", "do most at School Xincheng-1", "School Nine")
    for words in told:
        assert words in re.sub(r"<[^>]*>", "", english)
    assert "新城一小" in chinese
    assert "School Xincheng" not in chinese


def test_zones_of_a_what_if_have_their_english_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the English terminal alone, in files beside the Chinese; JSON has the Chinese and the id."""
    found = compare(named(small()), [parsed("change: seats, school: s1, set: 1")], optimum=False)
    summary = summarise_comparison(found)
    zone = summary["variants"][1]["by_group"][0]
    for language, own, other in (("en", "School S1", "s1"), ("zh", "s1", "School S1")):
        show(parts_of(found, summary), language)  # type: ignore[arg-type]
        table = capsys.readouterr().out
        assert own in table
        assert other not in table
    assert (zone["zone"], zone["zone_name"]) == ("z1", "s1")
    write_comparison(tmp_path / "out", found, summary, [])
    for name in ("groups.csv", "gains.csv"):
        assert "z1,s1 School S1," in (tmp_path / "out" / name).read_text("utf-8-sig")
