"""The pages of families in a browser without a network: opened from a file, given files, and asked what they found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.page_browser import BROWSER

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND")
READ_ALL = """() => [document.body.dataset.state, [...document.querySelectorAll("#findings li[data-code]")]
    .map((item) => [item.dataset.code, item.dataset.file])]"""
DONE = """() => !["empty", "working"].includes(document.body.dataset.state)"""


class Found(NamedTuple):
    """What was found: the state, and (code, file) of every finding."""

    state: str
    findings: frozenset[tuple[str, str]]


@dataclass
class FamilyPage:
    """A page of the program in a browser; requests that it makes beside its own file are kept."""

    page: Page
    asked: list[str]
    errors: list[str]

    def open(self, file: Path, width: int = 1280) -> None:
        """Open a page from the disk in a window of some width, with nothing chosen."""
        self.asked.clear()
        self.errors.clear()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(file.resolve().as_uri())

    def folder(self, folder: Path) -> Found:
        """Choose a folder, files keep their paths in it; return what is found when the page has done."""
        return self._given("#folder", folder)

    def files(self, files: list[Path]) -> Found:
        """Choose files by their names alone; return what is found when the page has done."""
        return self._given("#files", files)

    def ask(self, number: str) -> tuple[str, str]:
        """Type a number; return outcome and words of the answer."""
        self.page.fill("#applicant", number)
        answer = self.page.locator("#answer")
        return answer.get_attribute("data-outcome") or "", answer.inner_text()

    def _given(self, chooser: str, chosen: Path | list[Path]) -> Found:
        self.page.set_input_files(chooser, chosen)
        self.page.wait_for_function(DONE, timeout=120_000)
        assert self.errors == [], self.errors
        state, findings = self.page.evaluate(READ_ALL)
        return Found(state, frozenset((code, file) for code, file in findings))


@contextmanager
def family_browser() -> Iterator[FamilyPage]:
    """Start a browser; it takes a second, so one serves many tests."""
    assert BROWSER is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        page = browser.new_context(offline=True).new_page()
        found = FamilyPage(page, [], [])
        page.on("request", lambda request: found.asked.append(request.url))
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        yield found
        browser.close()
