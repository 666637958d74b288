"""Any part of an untouched published folder is at most incomplete, whichever way its files are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.cli_calls import good
from tests.family_page import FamilyPage, Found, family_browser
from tests.page_browser import BROWSER
from tests.published_sets import published_sets
from tests.tampered_sets import Files, files_of, write_files
from tests.test_publish_book import book
from tests.test_verify_draw import VERIFY, by_program

FEW = ("made:60", "conformance:05:numbers", "conformance:12:ring:2:3")
MANY = (*FEW, "conformance:08", "conformance:13", "conformance:ticket_scope=per_session-1",
        "shipped:tongliao-2023-primary", "shipped:tongliao-2023-junior", "shipped:ranked-choice")  # fmt: skip
INCOMPLETE = {"file_missing", "list_missing", "order_missing", "numbers_missing", "later_change", "later_none",
              "place_unknown"}  # fmt: skip
READ = (".csv", ".txt", ".yaml")
DIGESTS = re.compile(rb'("digests":\s*)\{[^}]*\}')
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium found")


@pytest.fixture(scope="module")
def browser() -> Iterator[FamilyPage]:
    """One browser for all pages."""
    with family_browser() as page:
        yield page


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """A generated district, and one of each other order."""
    return sets_of(tmp_path_factory.mktemp("few"), FEW)


def sets_of(work: Path, names: tuple[str, ...]) -> dict[str, Files]:
    """Published folders by name."""
    return {name: files_of(folder) for name, folder in published_sets(work, names).items()}


def parts(seed: int, files: Files) -> tuple[Random, Files]:
    """A part of the files that are read, without the page."""
    rng = Random(seed)
    share = rng.choice((0.2, 0.5, 0.8, 0.95))
    return rng, {name: raw for name, raw in files.items() if name.endswith(READ) and rng.random() < share}


def by_folder(files: Files) -> Found:
    """What verify_draw.py finds in a folder with these files; others beside them it leaves alone."""
    names = (*VERIFY.TOP, "verify.html")
    return by_program({name: raw for name, raw in files.items() if name in names or VERIFY.PATHS.fullmatch(name)})


def wrong(found: Found) -> set[str]:
    """The codes that say that something is wrong."""
    return {code for code, _ in found.findings if code.removeprefix("draw.") not in INCOMPLETE}


def seen_by_page(browser: FamilyPage, seed: int, files: Files, folder: Path) -> Found:
    """What the page finds in a part of a folder: by names alone, of a third of them without its own digests."""
    rng, part = parts(seed, files)
    page = folder.parent / f"{folder.name}.html"
    page.write_bytes(files["verify.html"] if seed % 3 else DIGESTS.sub(rb"\1{}", files["verify.html"]))
    write_files(part, folder)
    paths = [folder / name for name in part]
    rng.shuffle(paths)
    browser.open(page)
    if not paths:
        return Found("incomplete", frozenset())
    found = browser.files(paths)
    assert browser.page.locator("#findings li:not([data-code][data-file])").count() == 0
    return found


def program_alarms(sets: dict[str, Files], count: int) -> list[str]:
    """False alarms of verify_draw.py, with the page in the folder and without it."""
    told = []
    for seed in range(count):
        name = sorted(sets)[seed % len(sets)]
        _, part = parts(seed, sets[name])
        if seed % 2:
            part["verify.html"] = sets[name]["verify.html"]
        codes = wrong(by_folder(part)) - wrong(by_folder(sets[name]))
        told += [f"{name} {seed}: {codes}"] if codes else []
    return told


def page_alarms(browser: FamilyPage, sets: dict[str, Files], seeds: range, work: Path) -> list[str]:
    """False alarms of the page."""
    told = []
    for seed in seeds:
        name = sorted(sets)[seed % len(sets)]
        codes = wrong(seen_by_page(browser, seed, sets[name], work / str(seed))) - wrong(by_folder(sets[name]))
        told += [f"{name} {seed}: {codes}"] if codes else []
    return told


def folder_alarms(browser: FamilyPage, sets: dict[str, Files], count: int, work: Path) -> list[str]:
    """Folders of which page and verify_draw.py find something else, or something wrong."""
    told = []
    for seed in range(count):
        name = sorted(sets)[seed % len(sets)]
        part = parts(seed, sets[name])[1]
        if not part:
            continue
        folder = write_files(part, work / f"folder-{seed}")
        page = work / "page.html"
        page.write_bytes(sets[name]["verify.html"])
        browser.open(page)
        found = browser.folder(folder)
        other = by_folder({**part, "verify.html": sets[name]["verify.html"]})
        codes = (wrong(found) - wrong(by_folder(sets[name]))) | {code for code, _ in found.findings ^ other.findings}
        told += [f"{name} {seed}: {codes}"] if codes else []
    return told


def test_no_part_of_a_folder_is_wrong_to_the_program(few: dict[str, Files]) -> None:
    """Whatever is missing, verify_draw.py says no more than that."""
    assert program_alarms(few, 15) == []


@needs_browser
def test_no_part_of_a_folder_is_wrong_to_the_page(few: dict[str, Files], browser: FamilyPage, tmp_path: Path) -> None:
    """Neither by names alone nor as a folder."""
    assert page_alarms(browser, few, range(8), tmp_path) == []
    assert folder_alarms(browser, few, 6, tmp_path) == []


@pytest.mark.long
@needs_browser
def test_three_hundred_parts_of_many_districts_and_a_book(browser: FamilyPage, tmp_path: Path) -> None:
    """The same of shipped districts, other switches and a book."""
    sets = sets_of(tmp_path / "sets", MANY)
    good("publish", book(tmp_path / "summer", "33-whole-summer"), tmp_path / "book", "--format", "xlsx", "--quiet")
    sets["book"] = files_of(tmp_path / "book")
    assert program_alarms(sets, 300) == []
    assert page_alarms(browser, sets, range(300), tmp_path) == []
    assert folder_alarms(browser, sets, 100, tmp_path) == []
