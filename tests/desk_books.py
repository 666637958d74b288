"""A book kept at the desk: a folder with officers, a clock that a test sets, and the commands of a clerk."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from allocator.book import BookState
from allocator.casebook.kept import reading
from allocator.cli.app import cli
from tests.book_folders import FOLDERS, SUMMER
from tests.cli_calls import call, good
from tests.test_book_replay import folder_of

OFFICERS = "person,roles\nli,office\nwang,group\nzhao,principal\nsun,school\nqian,office;school\n"
DIGITS = ("58209417360284719365028471", "91736402857193046285710394", "73914826450918273645")
ROUNDS = ("preferential", "sibling", "open-choice", "voluntary-1", "voluntary-2")


class ClerksDesk:
    """The commands of clerks on one book, with the clock under control.

    Attributes
    ----------
    now : datetime
        What the clock of the machine says.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.now = folder, datetime(2023, 7, 3, 9, 0, 0)
        patch.setattr("allocator.cli.clock.clock_time", lambda: self.now.isoformat(timespec="seconds"))

    def later(self, **time: int) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def tried(self, kind: str, *options: object, by: str = "li", language: str = "en") -> Result:
        """Call ``book do`` with every question answered by yes."""
        self.later(seconds=1)
        return call("book", "do", self.folder, kind, "--by", by, "--yes", *options, language=language)

    def do(self, kind: str, *options: object, by: str = "li") -> str:
        """Enter an event that must be accepted; return what is said."""
        result = self.tried(kind, *options, by=by)
        assert result.exit_code == 0, result.stdout + result.stderr
        return result.stdout

    def refused(self, kind: str, *options: object, by: str = "li", status: int = 1, language: str = "en") -> str:
        """Try an event that must be refused; return why. Nothing is written."""
        before = self.journal()
        result = self.tried(kind, *options, by=by, language=language)
        assert result.exit_code == status, result.stdout + result.stderr
        assert self.journal() == before
        return result.stderr

    def asked(self, answers: str, *words: object) -> Result:
        """Call ``book`` as on a terminal, with what somebody types."""
        with pytest.MonkeyPatch.context() as patch:
            for module in ("book_desk", "commands_book_person"):
                patch.setattr(f"allocator.cli.{module}.asking_is_possible", lambda: True)
            result = CliRunner().invoke(cli, ["--lang", "en", "book", *map(str, words)], input=answers)
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result

    def draw(self) -> None:
        """Put the transcript together and enter it."""
        sources = [word for at, one in enumerate(DIGITS, start=1) for word in ("--source", f"witness-{at}:{one}")]
        good("draw", "transcript", self.folder, "--event", "2023-01", *sources)
        self.do("drawn", "--transcript", self.folder / "transcript.txt")

    def confirm(self, *rounds: str) -> None:
        """Open, publish where somebody has a seat, and confirm rounds."""
        for name in rounds:
            self.do("round_opened", "--round", name)
            if any(party.round == name for party in self.state().parties.values()):
                self.do("publicity", "--round", name)
                self.later(days=8)
            self.do("round_confirmed", "--round", name)

    def journal(self) -> bytes:
        """Return the journal; nothing before it is begun."""
        path = self.folder / "journal.jsonl"
        return path.read_bytes() if path.exists() else b""

    def lines(self) -> list[dict[str, Any]]:
        """Return the journal's lines."""
        return [json.loads(line) for line in self.journal().splitlines()]

    def state(self) -> BookState:
        """Return where the book stands, as it is rebuilt."""
        with reading(self.folder) as kept:
            return kept.book.state

    def parties(self, state: str) -> list[str]:
        """Return the parties in a state."""
        return [name for name, party in self.state().parties.items() if party.state == state]


def desk_over(folder: Path, patch: pytest.MonkeyPatch, name: str = "") -> ClerksDesk:
    """Return a desk over the tables of a conformance folder, with officers and no book yet; default: the summer."""
    folder_of(FOLDERS[name] if name else SUMMER, folder)
    (folder / "events.jsonl").unlink()
    (folder / "applicants.csv").unlink() if not name else None
    (folder / "persons.csv").write_text(OFFICERS, "utf-8")
    return ClerksDesk(folder, patch)


def copied(desk: ClerksDesk, to: Path, patch: pytest.MonkeyPatch) -> ClerksDesk:
    """Return a desk over a copy of a book, with its own clock at the same time."""
    shutil.copytree(desk.folder, to)
    found = ClerksDesk(to, patch)
    found.now = desk.now
    return found
