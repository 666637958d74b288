"""docs/office: every command of the guide runs on the shipped summer, on its day, and the book is whole at the end."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from allocator.cli import clock
from allocator.ground import LANGUAGES
from tests.cli_calls import call
from tests.conformance import ROOT

DOCS = ROOT / "docs"
HEADINGS = {"zh": r"(?:(\d{4}) 年 )?(\d+) 月 (\d+) 日", "en": r"(\d+) (July|August|September)(?: (\d{4}))?"}
MONTHS = {"July": 7, "August": 8, "September": 9}
BLOCK = re.compile(
    r"^(?:## (?P<heading>[^\n]*)|```(?P<kind>sh|csv|text)(?: (?P<file>\S+))?\n(?P<lines>.*?)^```)$", re.M | re.S
)


class Piece(NamedTuple):
    """A block of the guide: commands of a day, or a file."""

    day: datetime
    kind: str
    file: str
    lines: str


def pieces(language: str) -> Iterator[Piece]:
    """Yield the blocks of the guide in a language; each belongs to the day of the heading above it."""
    day = datetime(2023, 7, 28)
    for found in BLOCK.finditer((DOCS / f"office.{language}.md").read_text(encoding="utf-8")):
        if found["heading"] is None:
            yield Piece(day, found["kind"], found["file"] or "", found["lines"])
        elif told := re.search(HEADINGS[language], found["heading"]):
            words = told.groups()
            year, month, of = words if language == "zh" else (words[2], MONTHS[words[1]], words[0])
            day = datetime(int(year or 2023), int(month), int(of))


class Clock:
    """Stands where the program asks the clock: nine in the morning of the day, and a minute later at each question."""

    def __init__(self) -> None:
        self.time = datetime(2023, 7, 28)

    def now(self) -> datetime:
        """Return the time, which goes on."""
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def clock_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A folder to work in, and a clock that a test sets."""
    monkeypatch.chdir(tmp_path)
    found = Clock()
    monkeypatch.setattr(clock, "datetime", found)
    return found


def test_both_languages_give_the_same_commands_files_and_days() -> None:
    """Block for block."""
    assert list(pieces("zh")) == list(pieces("en"))


def test_the_officers_shown_are_those_of_the_example() -> None:
    """Each line of the table that the guide shows stands in the shipped one."""
    shipped = (ROOT / "scenarios" / "tongliao-2023-summer" / "persons.csv").read_text(encoding="utf-8").splitlines()
    (shown,) = (piece.lines.splitlines() for piece in pieces("en") if piece.kind == "csv" and not piece.file)
    assert set(shown) <= set(shipped)


def test_the_days_are_those_of_the_calendar() -> None:
    """Each publicity that the guide opens stands in its calendar, beside the day on which that is done."""
    page = (DOCS / "office.zh.md").read_text(encoding="utf-8")
    opened = re.findall(r"publicity (?:--round \S+ )+--first-day 2023-08-(\d\d) --last-day 2023-08-(\d\d)", page)
    told = re.findall(r"\| (\d+) 日至 (\d+) 日 \|$", page, re.M)
    assert told == [(first.lstrip("0"), last) for first, last in opened]


def commands_in_words() -> set[str]:
    """The commands that stand in the sentences of the guide, beside its blocks."""
    page = re.sub(r"^```.*?^```$", "", (DOCS / "office.zh.md").read_text(encoding="utf-8"), flags=re.M | re.S)
    found = set(re.findall(r"`(allocator [^`\n]+)`", page))
    untyped = ("allocator ceremony", "allocator notice verify")  # one asks; the other has an invented code
    return {line for line in found if not line.startswith(untyped)}


@pytest.mark.usefixtures("plain_cipher", "plain_pages")
def test_every_command_of_the_guide_runs(tmp_path: Path, clock_of_the_guide: Clock) -> None:
    """One after the other on its day, the program answering in one language and the other by turns.

    What stands in sentences, such as a lost database made anew, is typed before the purge.
    """
    done: list[str] = []

    def type_in(line: str, day: datetime) -> None:
        if "--rebuild" in line:
            (tmp_path / "summer" / "book.db").unlink()
        program, *words = shlex.split(line)
        done.append(program)
        said = call(*words, language=LANGUAGES[len(done) % 2])
        assert said.exit_code == 0, (day, line, said.stdout, said.stderr)

    for piece in pieces("zh"):
        clock_of_the_guide.time = max(clock_of_the_guide.time, piece.day + timedelta(hours=9))
        if piece.day.year > 2023:
            for line in sorted(commands_in_words()):
                type_in(line, piece.day)
        if piece.file:
            (tmp_path / piece.file).write_text(piece.lines, encoding="utf-8")
        for line in piece.lines.splitlines() if piece.kind == "sh" else ():
            type_in(line, piece.day)
    assert set(done) == {"allocator"}
    assert len(done) > 100
