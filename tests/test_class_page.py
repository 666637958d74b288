"""classes.html deals the classes again in a browser: equal to the answers, every change found, readable on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from allocator.verifier import CLASS_PAGE, class_page
from tests.class_cases import FOLDER, NAMES, write_tables, write_transcript
from tests.cli_calls import call, good
from tests.family_page import FamilyPage, Found, family_browser
from tests.page_browser import BROWSER
from tests.tampered_sets import Files, files_of, write_files

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium found")
RIGHT = Found("ok", frozenset())
LATE = "arrival,id,school_id,track,sex,together\n1,L1,s,,F,b\n1,L2,s,,M,b\n2,L3,s,,M,\n"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FamilyPage]:
    """A browser with the page beside its test."""
    file = tmp_path_factory.mktemp("page") / CLASS_PAGE
    file.write_bytes(class_page())
    with family_browser() as opened:
        opened.open(file)
        yield opened


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A placement by the commands: bundles, groups apart, scores, teams, late children."""
    folder = tmp_path_factory.mktemp("placed")
    rng = Random(3)
    rows = [f"T{at:03},s,,{rng.choice('FM')},{rng.randint(300, 500)}.5,{'B' if at in (4, 9) else ''},"
            f"{'A' if at in (1, 2, 3) else ''}\n" for at in range(40)]  # fmt: skip
    write_tables(folder, "id,school_id,track,sex,score,together,apart\n" + "".join(rows),
                 "school_id,track,classes,mean_spread\ns,,4,20\n")  # fmt: skip
    write_transcript(folder)
    good("classes", "draw", folder, "--transcript", folder / "transcript.txt", "--out", folder / "out")
    assert (folder / "out" / CLASS_PAGE).read_bytes() == class_page()
    (folder / "teams.csv").write_text("school_id,track,team_id\n" + "".join(f"s,,G{at}\n" for at in range(4)))
    (folder / "late.csv").write_text(LATE)
    for name, made in (("teams", "team-classes.csv"), ("late", "late-placement.csv")):
        command = "teachers" if name == "teams" else name
        good("classes", command, folder / "out", f"--{name}", folder / f"{name}.csv", "--out", folder / made)
    files = {name: raw for name, raw in files_of(folder / "out").items() if name.endswith((".csv", ".txt"))}
    more = ("teams.csv", "team-classes.csv", "late.csv", "late-placement.csv")
    return files | {name: (folder / name).read_bytes() for name in more}


def found(browser: FamilyPage, folder: Path) -> Found:
    """What the page finds in a folder, opened anew."""
    browser.page.reload()
    return browser.folder(folder)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_deals_as_the_answers_say(browser: FamilyPage, name: str) -> None:
    """Every conformance folder is found right, attempts included."""
    assert found(browser, FOLDER / name) == RIGHT


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], None]:
    """Change the first place of some bytes in a file."""

    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return change


def lines_swapped(files: Files) -> None:
    """Two children of the placement exchange their classes."""
    head, *rows = files["placement.csv"].decode().splitlines()
    cells = [row.split(",") for row in rows]
    other = next(at for at, row in enumerate(cells) if row[3] != cells[0][3])
    cells[0][3], cells[other][3] = cells[other][3], cells[0][3]
    files["placement.csv"] = "".join(",".join(row) + "\n" for row in ([head], *cells)).encode()


CHANGES: dict[str, tuple[str, Callable[[Files], None]]] = {
    "exchange": ("placement.csv", lines_swapped),
    "class": ("placement.csv", lambda files: files.update(
        {"placement.csv": files["placement.csv"][:-2] + (b"2\n" if files["placement.csv"].endswith(b"1\n") else b"1\n")}
    )),
    "row gone": ("placement.csv", lambda files: files.update(
        {"placement.csv": b"".join(files["placement.csv"].splitlines(keepends=True)[:-1])})),
    "row twice": ("placement.csv", lambda files: files.update(
        {"placement.csv": files["placement.csv"] + files["placement.csv"].splitlines(keepends=True)[-1]})),
    "stranger": ("placement.csv", replaced("placement.csv", b"T005", b"T999")),
    "track": ("placement.csv", replaced("placement.csv", b",day,", b",boarding,")),
    "school": ("placement.csv", replaced("placement.csv", b",s,", b",t,")),
    "attempt": ("attempts.csv", lambda files: files.update({"attempts.csv": files["attempts.csv"][:-1] + b"9\n"})),
    "no attempts": ("attempts.csv", replaced("attempts.csv", b"s,day", b"t,day")),
    "sex": ("class-roster.csv", replaced("class-roster.csv", b",F,", b",M,")),
    "score": ("class-roster.csv", replaced("class-roster.csv", b".5,", b".6,")),
    "together": ("class-roster.csv", replaced("class-roster.csv", b",B,", b",,")),
    "apart": ("class-roster.csv", replaced("class-roster.csv", b",A\n", b",\n")),
    "spread": ("classes.csv", replaced("classes.csv", b",20", b",30")),
    "classes": ("classes.csv", replaced("classes.csv", b",4,", b",5,")),
    "digits": ("transcript.txt", replaced("transcript.txt", b"witness-1:6", b"witness-1:7")),
    "event": ("transcript.txt", replaced("transcript.txt", b"event=", b"event=x")),
    "digest": ("transcript.txt", replaced("transcript.txt", b"roster=sha256:", b"roster=sha256:0")),
    "CR LF": ("transcript.txt", lambda files: files.update(
        {"transcript.txt": files["transcript.txt"].replace(b"\n", b"\r\n")})),
    "mark": ("placement.csv", lambda files: files.update({"placement.csv": b"\xef\xbb\xbf" + files["placement.csv"]})),
    "header": ("placement.csv", replaced("placement.csv", b"id,", b"ID,")),
    "teams": ("team-classes.csv", replaced("team-classes.csv", b"G0", b"G9")),
    "late": ("late-placement.csv", replaced("late-placement.csv", b"L3", b"L4")),
    "late sex": ("late-placement.csv", replaced("late.csv", b"3,s,,M", b"3,x,,M")),
    "gone": ("classes.csv", lambda files: files.__delitem__("classes.csv")),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_found_and_named(browser: FamilyPage, placed: Files, tmp_path: Path, kind: str) -> None:
    """The state is mismatch, of a file that is not there incomplete, and a finding names the file."""
    files = dict(placed)
    file, change = CHANGES[kind]
    change(files)
    told = found(browser, write_files(files, tmp_path / "f"))
    assert told.state == ("incomplete" if kind == "gone" else "mismatch"), told
    touched = {file} | {name for name in files if files[name] != placed.get(name)}
    assert {name for _, name in told.findings} & touched, told


def test_the_answer_and_the_page_on_a_phone(browser: FamilyPage, placed: Files, tmp_path: Path) -> None:
    """A number is told its class and its team, in both languages; nothing is wider than a phone; nothing is fetched."""
    folder = write_files(placed, tmp_path / "f")
    browser.page.set_viewport_size({"width": 390, "height": 800})
    assert found(browser, folder) == RIGHT
    row = placed["placement.csv"].decode().splitlines()[1].split(",")
    for language, words in (("zh", f"{row[0]} 分在"), ("en", f"{row[0]} is in class {row[3]} of s")):
        browser.page.select_option("#lang", language)
        outcome, said = browser.ask(row[0])
        assert (outcome, words in said, "G" in said) == ("placed", True, True), said
        wide = browser.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    assert browser.ask("L3")[0] == "joined"
    assert browser.ask("T999")[0] == "unknown"
    assert all(url.startswith("file:") for url in browser.asked)
    browser.page.reload()
    assert browser.files([folder / name for name in placed]) == RIGHT


@pytest.mark.long
def test_a_thousand_children_are_dealt_again_in_the_page(browser: FamilyPage, tmp_path: Path) -> None:
    """1,000 children in 22 classes with 25 groups apart and a spread of 1.0."""
    rng = Random(22)
    rows = [f"T{at:04},s,,{rng.choice('FM')},{min(999, max(0, rng.gauss(450, 45))):.1f},,"
            f"{f'A{at % 25}' if at < 60 else ''}\n" for at in range(1000)]  # fmt: skip
    write_tables(tmp_path, "id,school_id,track,sex,score,together,apart\n" + "".join(rows),
                 "school_id,track,classes,mean_spread\ns,,22,1.0\n")  # fmt: skip
    write_transcript(tmp_path)
    out = tmp_path / "out"
    result = call("classes", "draw", tmp_path, "--transcript", tmp_path / "transcript.txt", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert json.loads((out / "manifest.json").read_text())["outputs"]
    assert found(browser, out) == RIGHT
