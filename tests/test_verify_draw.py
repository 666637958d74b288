"""Whoever verifies a published draw at home, by page or by program, finds every change, and all find the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli_calls import call
from tests.family_page import FamilyPage, Found, family_browser
from tests.page_browser import BROWSER
from tests.published_sets import published_sets
from tests.tampered_sets import KINDS, Files, Tampered, files_of, tampered_sets, write_files

PROGRAM = Path(__file__).resolve().parent.parent / "docs" / "verify_draw.py"
FEW = ("made:60", "conformance:05:numbers", "conformance:12:ring:2:3")
MANY = (
    *FEW, "conformance:08", "conformance:13", "conformance:bundle_at_cut=skip-1",
    "conformance:ticket_scope=per_session-1", "shipped:tongliao-2023-primary", "shipped:tongliao-2023-junior",
    "shipped:ranked-choice", "conformance:20:ring:1:7",
)  # fmt: skip
STATUS = {"ok": 0, "incomplete": 1, "mismatch": 3}
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")


def program() -> ModuleType:
    """The program of the docs as a module."""
    spec = spec_from_file_location("verify_draw", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY = program()


def by_program(files: Mapping[str, bytes]) -> Found:
    """What the program finds in a folder."""
    found = frozenset((code, file) for code, file, _, _ in VERIFY.Folder(dict(files)).check())
    codes = {code for code, _ in found}
    is_wrong = bool(codes - VERIFY.MISSING - VERIFY.LATER)
    return Found("mismatch" if is_wrong else "incomplete" if codes else "ok", found)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """A generated district, and one of each other order."""
    found = published_sets(tmp_path_factory.mktemp("few"), FEW)
    return {name: files_of(folder) for name, folder in found.items()}


@pytest.fixture(scope="module")
def browser() -> Iterator[FamilyPage]:
    """One browser for all pages."""
    with family_browser() as page:
        yield page


def differences(one: Tampered, folder: Path, browser: FamilyPage) -> list[str]:
    """What is wrong with how a changed folder is found: by page and program alike, and the file named by all three."""
    page = folder.parent / "page.html"
    page.write_bytes(one.files["verify.html"])
    write_files(one.files, folder)
    browser.open(page)
    shown, found = browser.folder(folder), by_program(one.files)
    wrong = [] if shown == found else [f"page and program differ: {shown.findings ^ found.findings}"]
    if not any(file in one.touched for _, file in found.findings) or found.state == "ok":
        wrong.append(f"not named: {sorted(found.findings)}")
    (folder / "verify.html").write_bytes(one.files["verify.html"])
    told = call("draw", "verify", folder)
    said = told.stdout + told.stderr
    if told.exit_code == 0 or not any(file in said for file in one.touched):
        wrong.append(f"draw verify: {told.exit_code} {said[:400]}")
    return [f"{one.kind} {sorted(one.touched)}: {word}" for word in wrong]


def test_a_batch_may_end_between_two_claims_without_a_draw() -> None:
    """In a book earlier claims go first: some are admitted, some not, and no two were equal before the ticket."""
    row = {"school_id": "s1", "phase": "batch-E", "step": "home", "tier": "", "category": "", "wanted": "5",
           "admitted": "3", "draw_id": "", "last_ticket": "a", "last_rank": "3", "first_refused": "b"}  # fmt: skip
    assert VERIFY.wrong_cell(row) == ""
    assert VERIFY.wrong_cell(row | {"step": "receiving"}) == "draw_id"


@needs_browser
def test_a_change_is_found_and_named_alike(few: dict[str, Files], browser: FamilyPage, tmp_path: Path) -> None:
    """Thirty changed folders: page, verify_draw.py, draw verify name a file that was changed; the first two agree."""
    assert len(KINDS) >= 25
    wrong = [line for at, one in enumerate(tampered_sets(7, 30, few))
             for line in differences(one, tmp_path / str(at), browser)]  # fmt: skip
    assert wrong == []


def others_added(files: Files) -> frozenset[str]:
    """Add more empty lists than there are files, so that those that are the same become few."""
    added = {f"lists/zz-{at}.csv": b"number,masked_name,batch,school_id,rank,ticket\n" for at in range(len(files) + 5)}
    files.update(added)
    return frozenset(added)


def all_names(files: Files) -> frozenset[str]:
    """Change the first masked name of every list."""
    names = [name for name in files if name.startswith("lists/") and files[name].count(b"\n") > 1]
    for name in names:
        head, first, *rows = files[name].split(b"\n")
        cells = first.split(b",")
        files[name] = b"\n".join((head, b",".join((cells[0], "孔*己".encode(), *cells[2:])), *rows))
    return frozenset(names)


def strange_party(files: Files) -> frozenset[str]:
    """Put a party of no registration number on the roster."""
    files["draw-roster.csv"] += "～,1\n".encode()
    return frozenset({"draw-roster.csv"})


@needs_browser
@pytest.mark.parametrize("change", [others_added, all_names, strange_party])
def test_what_was_changed_everywhere_is_found(
    few: dict[str, Files], browser: FamilyPage, tmp_path: Path, change: Callable[[Files], frozenset[str]]
) -> None:
    """Files added until few are the same, a name in every list: the transcript says of which draw the page is."""
    files = dict(few["made:60"])
    touched = change(files)
    assert differences(Tampered(change.__name__, files, touched), tmp_path / "set", browser) == []
    found = by_program(files).findings
    assert {file for _, file in found} >= touched


@pytest.mark.long
@needs_browser
def test_five_hundred_changes_are_found_and_named_alike(browser: FamilyPage, tmp_path: Path) -> None:
    """The same of shipped districts, conformance districts, other orders, other switches."""
    sets = {name: files_of(folder) for name, folder in published_sets(tmp_path / "sets", MANY).items()}
    all_sets = list(tampered_sets(2026, 500, sets))
    assert len(all_sets) >= 490
    wrong = [line for at, one in enumerate(all_sets) for line in differences(one, tmp_path / str(at), browser)]
    assert wrong == []


def test_what_nobody_changed_is_right(few: dict[str, Files], tmp_path: Path) -> None:
    """The program ends with 0 and says so in both languages; draw verify agrees."""
    for at, files in enumerate(few.values()):
        folder = write_files(files, tmp_path / str(at))
        result = subprocess.run([sys.executable, "-I", PROGRAM, folder], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stdout) == (0, "ok 全部相符\n")
        assert "the public lists are right" in call("draw", "verify", folder).stdout


def test_what_is_missing_is_not_wrong(few: dict[str, Files], tmp_path: Path) -> None:
    """Any part of the files is checked for itself: the state is incomplete, and each file that is missing is named."""
    files = few["made:60"]
    for name in files:
        found = by_program({other: raw for other, raw in files.items() if other not in (name, "verify.html")})
        assert found.state == ("ok" if name == "verify.html" else "incomplete"), name
        assert name == "verify.html" or name in {file for _, file in found.findings} or name.startswith("lists/")
    folder = write_files({"transcript.txt": files["transcript.txt"]}, tmp_path / "alone")
    result = subprocess.run([sys.executable, PROGRAM, folder], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "draw.file_missing policy.yaml" in result.stdout
    assert subprocess.run([sys.executable, PROGRAM], capture_output=True, check=False).returncode == 2


def test_the_program_needs_nothing_but_python() -> None:
    """It imports the standard library alone, and nothing of the program."""
    lines = PROGRAM.read_text("utf-8").splitlines()
    rooms = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert rooms <= sys.stdlib_module_names


def test_every_code_that_the_program_tells_is_described() -> None:
    """Each stands in docs/verify-page.md."""
    page = (PROGRAM.parent / "verify-page.md").read_text("utf-8")
    source = PROGRAM.read_text("utf-8")
    for code in sorted(VERIFY.MISSING | VERIFY.LATER):
        assert f"`{code}`" in page
        assert code.removeprefix("draw.") in source
