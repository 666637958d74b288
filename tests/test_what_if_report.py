"""The planners' page of a comparison: its numbers are those of the lists, and nothing leaves the file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from allocator.district_folder import read_district
from allocator.domain import DIVERTED, EXTERNAL, Text, WarningLevels, WhatIf
from allocator.planning.compare import Comparison, compare, report_bytes, summarise_comparison, write_base_pictures
from allocator.planning.compare.base_sections import (
    base_flows,
    base_map_homes,
    base_map_schools,
    base_picture_files,
    base_school_bars,
    base_zone_levels,
)
from allocator.planning.extra_seats import seat_effects
from allocator.reading.what_if_file import read_what_ifs
from allocator.record import REPORT_MARK, write_kept_page
from allocator.sheets import zone_names
from tests.cli_calls import good, refused
from tests.conformance import ROOT

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"
FILES = sorted((PRIMARY / "what-if").glob("*.yaml"))


@pytest.fixture(scope="module")
def shipped() -> Comparison:
    """The shipped district beside two of its what-ifs, with a few draws."""
    chosen = [path for path in FILES if path.stem in ("one-class-more", "more-e-children")]
    return compare(read_district(PRIMARY, trial_seed=1), read_what_ifs(chosen), draws=3)


def test_six_what_ifs_are_shipped() -> None:
    """The district comes with the six what-ifs that its page shows."""
    assert [path.stem for path in FILES] == [
        "block-to-xincheng-1", "locals-first", "more-e-children", "neighbourhood-to-fuli", "one-class-more",
        "xincheng-3-smaller",
    ]  # fmt: skip


def test_nothing_leaves_the_page(shipped: Comparison) -> None:
    """No script, no address and no font from elsewhere stands in it; its own policy forbids them all."""
    page = report_bytes(shipped, summarise_comparison(shipped)).decode("utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<iframe|@import|src\s*=|url\(", page)
    addresses = set(re.findall(r"https?://[^\"' <>]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', page))
    assert page == report_bytes(shipped, summarise_comparison(shipped)).decode("utf-8")


def test_page_is_marked_in_both_languages(shipped: Comparison) -> None:
    """Planning only, trial and synthetic data stand on it, and that it is no basis for buying a home."""
    page = report_bytes(shipped, summarise_comparison(shipped)).decode("utf-8")
    zh = ("模拟测算：第 1 号模拟种子", "合成数据", "仅供规划测算", "不作为购房或搬迁依据", "不作为以后年度的参考")
    en = ("TRIAL: seed trial|1", "SYNTHETIC DATA", "no basis for buying or moving", "no reference for later years")
    for words in (*zh, *en, REPORT_MARK):
        assert words in page, words


def test_pictures_count_every_child(shipped: Comparison) -> None:
    """Flows, homes and bars hold each child of the list once, by its outcome."""
    base = shipped.variants[0]
    staying = [row for row in base.result.rows if row.outcome != EXTERNAL]
    ways = base_flows(base)
    assert sum(flow.children for flow in ways) == len(staying) == base.figures["children"]
    assert sum(home.children for home in base_map_homes(base)) == len(staying)
    bars = base_school_bars(base)
    assert sum(bar.seated for bar in bars) == sum(bool(row.school_id) for row in staying)
    diverted = sum(row.outcome in (DIVERTED, "adjusted") for row in staying)
    assert sum(bar.diverted_in for bar in bars) == diverted
    assert sum(flow.children for flow in ways if flow.going == "diverted") == diverted
    assert base.ways.count(None) > 0
    assert len(base_map_schools(base.lists.district)) == len(bars)


def test_zones_are_named_apart() -> None:
    """Zones are called by their school; where two share one, their ids stand behind."""
    district = read_district(PRIMARY, trial_seed=1)
    assert zone_names(district)["fuli"] == "富力小学"
    twin = replace(district.zones["fuli"], zone="fuli-east")
    names = zone_names(replace(district, zones={**district.zones, "fuli-east": twin}))
    assert (names["fuli"], names["fuli-east"]) == ("富力小学 (fuli)", "富力小学 (fuli-east)")


def test_levels_stand_only_where_the_policy_has_them(shipped: Comparison) -> None:
    """Without a block of warnings there is no picture of them; external zones have no level."""
    district = shipped.district
    assert district.policy.warnings == WarningLevels(year=2023, yellow=90, red=100)
    assert len(base_zone_levels(shipped)) == len(district.zones) - 1
    bare = compare(replace(district, policy=replace(district.policy, warnings=None)), [], optimum=False)
    assert base_zone_levels(bare) == []


def test_district_without_coordinates_or_weights_has_a_page(town: Path, tmp_path: Path) -> None:
    """Map, levels and optimum are left out where a district has nothing for them."""
    district = read_district(town, trial_seed=1)
    bare = replace(
        district,
        policy=replace(district.policy, planning=None, warnings=None),
        applicants=tuple(child._replace(x="", y="") for child in district.applicants),
    )
    found = compare(bare, [])
    page = report_bytes(found, summarise_comparison(found)).decode("utf-8")
    assert [fault.code for fault in found.no_optimum] == ["planning.missing"]
    assert "Homes and schools" not in page
    assert "School-zone warnings" not in page
    names = [name for name, _ in base_picture_files(found)]
    assert names == ["supply.zh.svg", "supply.en.svg", "flows.zh.svg", "flows.en.svg"]


def test_what_if_that_moves_nobody_has_a_section(town: Path) -> None:
    """A what-if without effect is told as such."""
    found = compare(read_district(town, trial_seed=1), [WhatIf("nothing", Text("无变化", "no change"), ())], draws=2)
    page = report_bytes(found, summarise_comparison(found)).decode("utf-8")
    assert "0 children gain, 0 lose, 0 change their school" in page


def test_worth_of_seats_names_schools_but_no_child(shipped: Comparison) -> None:
    """With effects of seats the page says where a class does most and shows a chain of schools, without ids."""
    effects = seat_effects(shipped.district)
    page = report_bytes(shipped, summarise_comparison(shipped), effects).decode("utf-8")
    words = re.sub(r"<[^>]*>", "", page)
    assert "45 more seats do most at 新城一小: 58 children fewer diverted or without a seat" in words
    assert effects.chains
    assert " → ".join(shipped.district.schools[place].name for place in effects.chains[0].places) in words
    moved = [child for chain in effects.chains for move in chain.moves for child in move.children]
    assert moved
    assert not any(child in page for child in moved)


def test_other_files_are_never_replaced(town: Path, tmp_path: Path) -> None:
    """The command replaces an earlier page, and refuses any other file; nothing is written then."""
    what_if = PRIMARY / "what-if" / "more-e-children.yaml"
    page = tmp_path / "new" / "page.html"
    good("what-if", town, what_if, "--report", page, "--no-optimum")
    first = page.read_bytes()
    good("what-if", town, what_if, "--report", page, "--no-optimum")
    assert page.read_bytes() == first
    other = tmp_path / "other.html"
    other.write_text("mine")
    told = refused("what-if", town, what_if, "--report", other, "--out", tmp_path / "out")
    assert "[report.other_file]" in told
    assert other.read_text() == "mine"
    assert not (tmp_path / "out").exists()


def test_page_is_whole_or_the_old_one(shipped: Comparison, tmp_path: Path) -> None:
    """A page is written in one step into a folder that is made where needed."""
    path = tmp_path / "a" / "b" / "page.html"
    write_kept_page(path, report_bytes(shipped, summarise_comparison(shipped)))
    assert path.read_bytes() == report_bytes(shipped, summarise_comparison(shipped))
    assert [entry.name for entry in path.parent.iterdir()] == ["page.html"]


def test_pictures_of_the_readme_are_those_of_the_program(shipped: Comparison, tmp_path: Path) -> None:
    """The pictures in docs/pictures are what ``--pictures`` writes for the shipped district."""
    write_base_pictures(tmp_path, shipped)
    kept = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
    assert kept
    for path in kept:
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name
