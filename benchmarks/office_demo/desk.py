"""The desk of the demonstration: the commands of an office, in this process, by the clock of the summer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from allocator.cli import clock
from allocator.cli.app import cli
from allocator.domain import BookEvent
from benchmarks.office_demo.author import Entry

GOOD, UNFINISHED, BAD_INPUT = 0, 1, 2
_FILLED_IN = "digest"
"""Of the list that is signed: the program finds it."""


class UnexpectedStatusError(Exception):
    """A command of the summer ended otherwise than it must."""


class SummerDesk:
    """An office that enters one command after another.

    Parameters
    ----------
    folder : Path
        Of the book.
    language : str
        In which the program answers.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        self.now = datetime(2023, 7, 28, 9)
        self.commands = 0

    def run(self, *words: object, status: int = GOOD) -> str:
        """Run a command that must end with a status; returns what it says.

        Raises
        ------
        UnexpectedStatusError
            If it ends with another one.
        """
        self.commands += 1
        self.now += timedelta(minutes=1)
        line = [*map(str, words), "--lang", self.language]
        with patch.object(clock, "datetime", _Clock(self.now)):
            done = CliRunner().invoke(cli, line)
        if done.exit_code != status:
            told = f"allocator {' '.join(line)}: status {done.exit_code}, expected {status}\n{done.output}"
            raise UnexpectedStatusError(told) from (None if isinstance(done.exception, SystemExit) else done.exception)
        return str(done.output)

    def book(self, command: str, *words: object, status: int = GOOD) -> str:
        """Run a command of the book."""
        return self.run("book", command, self.folder, *words, status=status)

    def take(self, entries: Sequence[Entry]) -> None:
        """Enter many events at once, as ``book import`` takes them; those that are refused one by one."""
        together: list[BookEvent] = []
        for entry in entries:
            if entry.outcome == "accepted":
                together.append(entry.event)
                continue
            self._import(together)
            together = []
            self._import([entry.event], BAD_INPUT if entry.outcome == "malformed" else UNFINISHED)
        self._import(together)

    def _import(self, events: Sequence[BookEvent], status: int = GOOD) -> None:
        """Import a table of events."""
        if not events:
            return
        columns = list(dict.fromkeys(key for event in events for key in event if key != _FILLED_IN))
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(dict(event) for event in events)
        table = self.folder / f"events-{self.commands}.csv"
        table.write_text(text.getvalue(), encoding="utf-8")
        self.now = max(self.now, datetime.fromisoformat(str(events[-1]["at"])))
        self.book("import", table, "--yes", status=status)

    def journal(self) -> list[BookEvent]:
        """Return the events of the journal as they were proposed."""
        lines = (self.folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()
        return [{k: v for k, v in json.loads(line).items() if k not in ("seq", "prev")} for line in lines]


class _Clock:
    """Stands where the program asks the clock of the machine."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the time of the summer."""
        return self._now
