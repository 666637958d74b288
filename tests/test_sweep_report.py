"""The page of a sweep: its figures are those of the summary, and it replaces nothing but an earlier page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli_calls import as_json, good, refused
from tests.sweep_cases import grid_file

pytest.importorskip("altair")
pytest.importorskip("vl_convert")


@pytest.fixture(scope="module")
def swept(town: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A grid, its results and its page."""
    folder = tmp_path_factory.mktemp("swept")
    grid, store, page = grid_file(folder), folder / "results.sqlite", folder / "page.html"
    good("sweep", town, grid, "--draws", 4, "--demand-draws", 2, "--store", store, "--workers", 1, "--quiet",
         "--report", page)  # fmt: skip
    return grid, store, page


def test_page_holds_every_cell(town: Path, swept: tuple[Path, Path, Path]) -> None:
    """A row for each cell with the means of the summary; nothing leaves the page; it is marked."""
    grid, store, path = swept
    page = path.read_text(encoding="utf-8")
    cells = as_json("sweep", town, grid, "--draws", 4, "--demand-draws", 2, "--store", store, "--workers", 1)["cells"]
    words = re.sub(r"<[^>]*>", " ", page)
    for cell in cells:
        diverted = next(f for f in cell["figures"] if (f["figure"], f["of"]) == ("diverted", ""))
        assert f"{diverted['mean']:,.1f}" in words
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|src\s*=|url\(", page)
    assert "SIMULATED, for planning only" in page
    assert "模拟，仅供规划测算" in page


def test_same_page_again_and_no_other_file(town: Path, swept: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """A resumed sweep writes the same page over the old one; any other file is refused before anything runs."""
    grid, store, page = swept
    before = page.read_bytes()
    good("sweep", town, grid, "--draws", 4, "--demand-draws", 2, "--store", store, "--quiet", "--report", page)
    assert page.read_bytes() == before
    other = tmp_path / "mine.html"
    other.write_text("mine")
    new = tmp_path / "new.sqlite"
    told = refused("sweep", town, grid, "--draws", 4, "--store", new, "--report", other)
    assert "[report.other_file]" in told
    assert (other.read_text(), new.exists()) == ("mine", False)
