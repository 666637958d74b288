"""Text from any file reaches terminal, pages, pictures and tables as text, through every command."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from rich.text import Text

from allocator.ground import visible_text
from allocator.ground.plain_text import STEERING
from allocator.reading.what_if_file import read_what_if
from allocator.sheets import PlainConsole, harmless
from tests import hostile, tables
from tests.cli_calls import call, copy, refused

DRAWN = ("--draws", 2, "--workers", 1)


@pytest.fixture(scope="module")
def district(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the town with hostile names."""
    return hostile.make_hostile(copy(town, tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def out(district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of its trial run."""
    folder = tmp_path_factory.mktemp("hostile-out") / "out"
    said_as_text("run", district, "--trial-seed", 1, "--out", folder)
    return folder


def said_as_text(*arguments: object, statuses: tuple[int, ...] = (0, 1)) -> str:
    """Return what a command says in Chinese and English: no traceback, nothing that steers a terminal."""
    words = ""
    for language in ("zh", "en"):
        result = call(*arguments, language=language)
        assert result.exit_code in statuses, result.stdout + result.stderr
        words += result.stdout + result.stderr
    assert not STEERING.search(words)
    assert "😄" not in words
    return words


def commands(district: Path, tmp: Path) -> dict[str, tuple[object, ...]]:
    """Return every command that reads a district and prints words, by a name."""
    what_if, grid = hostile.hostile_what_if(tmp / "hostile.yaml"), hostile.hostile_grid(tmp / "grid.yaml")
    return {
        "check": ("check", district),
        "what-if": ("what-if", district, what_if, *DRAWN, "--no-optimum"),
        "sweep": ("sweep", district, grid, *DRAWN, "--store", tmp / "store.sqlite", "--out", tmp / "sweep.csv"),
        "odds": ("odds", district, *DRAWN, "--out", tmp / "odds.csv", "--families", tmp / "families.csv"),
        "seats": ("seats", district, "--class-size", 2, "--out", tmp / "seats.csv"),
        "capacity": ("capacity", district, "--extra-seats", 2, "--out", tmp / "capacity.csv"),
        "warnings": ("warnings", district, "--forecast", what_if, "--out", tmp / "warnings.csv"),
        "optimum": ("optimum", district, "--trial-seed", 1, "--out", tmp / "best"),
    }


NAMED = ("check", "what-if", "sweep", "odds", "seats", "capacity", "warnings", "optimum")


@pytest.mark.parametrize("name", NAMED)
def test_every_command_takes_text_for_text(district: Path, tmp_path: Path, name: str) -> None:
    """Words on the terminal are those of the files; every table that is written has no live cell."""
    said_as_text(*commands(district, tmp_path)[name])
    for path in tmp_path.rglob("*.csv"):
        if path.parent.name != "inputs":
            assert_no_live_cell(path)


def test_the_terminal_shows_brackets_and_colons(district: Path, tmp_path: Path) -> None:
    """``East [north campus]`` is shown whole, ``:smile:`` is no picture, a title keeps its brackets."""
    words = said_as_text("run", district, "--trial-seed", 1, "--out", tmp_path / "out")
    for name in ("[/]", "East [north campus]", ":smile:", "</script>", "{0} {name}", "[bold red]"):
        assert name in words, name


def test_explanations_are_text(district: Path, out: Path) -> None:
    """What ``explain`` says of a child at every school holds the school's name as it stands."""
    rows = list(csv.DictReader((out / "assignment.csv").read_text(encoding="utf-8").splitlines()))
    first = {row["school_id"]: row["applicant_id"] for row in rows if row["school_id"]}
    for school, child in sorted(first.items()):
        assert school
        said_as_text("explain", out, child)


def test_draw_commands_are_text(district: Path, tmp_path: Path) -> None:
    """Freeze, and a transcript whose event is an instruction; the run and the list under it, and their verification."""
    folder = copy(district, tmp_path)
    said_as_text("draw", "freeze", folder, statuses=(0, 2))
    numbers = "31415926535897932384", "27182818284590452353", "16180339887498948482"
    given = [f"--source=witness-{place}:{number}" for place, number in enumerate(numbers, start=1)]
    event = "[/] :smile: <b>"
    said_as_text("draw", "transcript", folder, "--event", event, *given, statuses=(0, 2))
    words = said_as_text("check", folder)
    assert event in words
    said_as_text("run", folder, "--out", tmp_path / "drawn", "--quiet", statuses=(0, 1))
    said_as_text("verify", tmp_path / "drawn")
    assert_no_live_cell(next((tmp_path / "drawn" / "lists").glob("*.csv")))


def assert_no_live_cell(path: Path) -> None:
    """No cell of a table begins with a sign of a formula, whatever stands before it."""
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
        for cell in row:
            figure = re.fullmatch(r"[+-]?[0-9.]+", cell)
            assert figure or harmless(cell) == cell, (path.name, cell)


def test_lists_and_workbook_hold_text(out: Path) -> None:
    """No cell of the lists is live; in the workbook every text is a text cell and no cell a formula."""
    for path in (out / "lists").glob("*.csv"):
        assert_no_live_cell(path)
    for sheet in load_workbook(out / "lists.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), (sheet.title, cell.coordinate)
                assert cell.hyperlink is None
                assert cell.data_type == "n" or cell.number_format == "@"


class _Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a note of an element and its attributes."""
        self.found |= {tag, *(f"@{name}" for name, _ in attrs)}


def test_pages_and_pictures_hold_text(district: Path, tmp_path: Path) -> None:
    """The planners' page has no element and no attribute that a name brought in; pictures are whole XML."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    what_if = hostile.hostile_what_if(tmp_path / "hostile.yaml")
    page, pictures = tmp_path / "page.html", tmp_path / "pictures"
    said_as_text("what-if", district, what_if, *DRAWN, "--no-optimum", "--report", page, "--pictures", pictures)
    content = page.read_text(encoding="utf-8")
    elements = _Elements()
    elements.feed(content)
    assert not elements.found & {"script", "img", "b>", "iframe", "object", "embed", "@onload", "@onerror", "@src"}
    assert not STEERING.search(content)
    for path in pictures.glob("*.svg"):
        root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= {"svg", "title", "desc", "g", "path", "rect", "circle", "line", "text", "tspan"}
        assert not STEERING.search(path.read_text(encoding="utf-8"))


def test_a_console_shows_markup_and_emoji_as_they_stand() -> None:
    """Strings, texts, tables and their titles; only rich's own styles steer the terminal."""
    console = PlainConsole()
    with console.capture() as shown:
        for part in ("[/] :smile:", Text("[red]x\x1b[31m\u202e")):
            console.print(part)
    assert shown.get() == "[/] :smile:\n[red]x\ufffd[31m\ufffd\n"


@pytest.mark.parametrize("words", ["新城二小", "a\tb\nc", "ᠮᠣᠩᠭᠣᠯ\u180e\u200d", "😀", "é"])
def test_what_people_write_stays(words: str) -> None:
    """Chinese, Mongolian with its joiners, tabs and line ends are no steering."""
    assert visible_text(words) == words


def test_nobody_prints_past_the_plain_console() -> None:
    """No other file of the program makes a console of its own or prints by ``click.echo`` or ``print``."""
    root = Path(__file__).parent.parent / "allocator"
    past = re.compile(r"click\.(?:echo|secho)\(|(?<![A-Za-z_.])(?:Console|print)\(|from_markup")
    assert [str(path) for path in root.rglob("*.py") if past.search(path.read_text(encoding="utf-8"))] == []


def test_names_in_another_encoding_are_text(tmp_path: Path) -> None:
    """A name of bytes that are no UTF-8, as an encoding and as a what-if file."""
    folder = tables.write(tmp_path)
    assert "file.unknown_encoding" in refused("check", folder, "--encoding", "\udcff")
    try:
        path = hostile.hostile_what_if(tmp_path / "ordinary.yaml").rename(tmp_path / "\udcff.yaml")
    except (OSError, UnicodeError):
        pytest.skip("no such names here")
    assert read_what_if(path).file == "\ufffd.yaml"
