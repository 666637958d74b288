"""The folder for the website in a browser: its page takes it as it is, with the lists for people beside the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_calls import call, good
from tests.conformance import ROOT
from tests.family_page import family_browser
from tests.page_browser import BROWSER
from tests.test_publish_book import book

pytestmark = [pytest.mark.long, pytest.mark.skipif(BROWSER is None, reason="no Chromium here")]


def test_a_published_run_is_right_and_a_book_is_incomplete(tmp_path: Path) -> None:
    """Of a run all agrees; of a book later changes are told, and nothing is wrong but the transcript made for tests."""
    district = ROOT / "scenarios" / "tongliao-2023-primary"
    words = ("--engine", "procedure", "--no-trace", "--quiet", "--out", tmp_path / "out")
    assert call("run", district, *words).exit_code == 1
    good("publish", tmp_path / "out", tmp_path / "run", "--format", "xlsx", "--quiet")
    good("publish", book(tmp_path / "summer", "33-whole-summer"), tmp_path / "book", "--format", "xlsx", "--quiet")
    with family_browser() as page:
        page.open(tmp_path / "run" / "verify.html")
        assert page.folder(tmp_path / "run") == ("ok", frozenset())
        page.open(tmp_path / "book" / "verify.html")
        told = {code for code, _ in page.folder(tmp_path / "book").findings}
    assert told == {"draw.later_change", "draw.version", "draw.line_missing"}
