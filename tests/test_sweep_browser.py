"""The page of a sweep in a real browser: in both languages, on a telephone and a screen, nothing is cut or covered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli_calls import good
from tests.conformance import ROOT
from tests.page_browser import BROWSER, in_english, measured
from tests.sweep_cases import GRID, grid_file

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium found")

PRIMARY = ROOT / "scenarios" / "tongliao-2023-primary"
LONG = """\
format_version: 1
grid: long-names
title: {zh: 新城区第一实验学校小学部东校区与各校增班, en: Classes at Affiliated-Primary-School-of-the-Works East}
axes:
  - axis: affiliated-primary-school-of-the-works
    title: {zh: 新城区第一实验学校小学部东校区（原机床厂子弟小学）,
            en: Affiliated-Primary-School-of-the-Machine-Works East}
    options:
      - {option: none}
      - option: class
        title: {zh: 增一个班（2026-11-30 起）, en: one class more from 2026-11-30}
        changes: [{change: classes, school: xincheng-1, add: 1, size: 45}]
  - axis: children
    options:
      - {option: none, changes: []}
      - option: more
        title: {zh: 进城务工人员随迁子女增加百分之二十, en: one in five more children of families who came to work}
        changes: [{change: growth, percent: 20, categories: [E]}]
      - {option: much-more-than-in-any-year-since-2019, changes: [{change: growth, percent: 60, categories: [E]}]}
"""
"""Long names, with brackets, without a place to break, and a date; options that change nothing, written in two ways."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The page of the grid that is shipped, and of one with long names and of demand draws."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    folder = tmp_path_factory.mktemp("pages")
    grids = {"shipped": (PRIMARY / "grid.yaml", 0), "long": (grid_file(folder, LONG), 2)}
    for name, (grid, demands) in grids.items():
        good("sweep", PRIMARY, grid, "--draws", 12, "--demand-draws", demands, "--store", folder / f"{name}.sqlite",
             "--workers", 1, "--quiet", "--report", folder / f"{name}.html", "--lists", "both")  # fmt: skip
    return {name: (folder / f"{name}.html").read_bytes() for name in grids}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["shipped", "long"])
def test_the_page_fits(tmp_path: Path, pages: dict[str, bytes], name: str, width: int) -> None:
    """No overflow of the page, no small, cut or covered word in a picture, no broken date."""
    for page in (pages[name], in_english(pages[name])):
        found = measured(tmp_path, page, width)
        assert found["wrong"] == []
        assert found["pictures"] >= 4


def test_an_option_that_changes_nothing_is_no_name(town: Path, tmp_path: Path) -> None:
    """Left out or written as an empty list, it stands in no label: who reads 'growth none' asks what that is."""
    page = tmp_path / "page.html"
    good("sweep", town, grid_file(tmp_path, GRID), "--draws", 2, "--store", tmp_path / "s.sqlite", "--workers", 1,
         "--quiet", "--report", page)  # fmt: skip
    words = re.sub(r"<[^>]*>", " ", page.read_text(encoding="utf-8"))
    assert "seats one-class；growth 增长" in words  # ids stand for titles that are not there
    assert not re.search(r"(seats|growth) ?none", words)
