"""The journal of a draw day: every answer is kept when it is given, so that the ceremony can be left at any step.

``ceremony/journal.jsonl`` is for its owner alone and only ever added to: one JSON object a line, each with the digest
of the line before it, durably written before the next question is asked. It holds what the minutes need (place, time,
witnesses with name and office) and the digits of each witness who has given them twice; nothing of it is published.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.ground import (
    MOST_OF_A_TEXT,
    OWN_FILE,
    Fault,
    InputError,
    create_owner_only,
    make_folder_owner_only,
    open_file_bytes,
)
from allocator.record import sync_folder

CEREMONY, JOURNAL, LOCK = "ceremony", "journal.jsonl", ".lock"
_FIRST = "0" * 64
_NAME = f"{CEREMONY}/{JOURNAL}"
_FORGET = "forget"
_WINDOWS_LINE_END = b"\r\n"


class CeremonyJournal:
    """What was answered so far on the draw day of a folder.

    Parameters
    ----------
    folder : Path
        The district folder or the folder of a case book.

    Attributes
    ----------
    answers : dict of str to str
        What was answered, by the name of the question; the last answer of each counts.
    head : str
        SHA-256 of the last line.

    Raises
    ------
    InputError
        If a line is not the one that was written (code ``ceremony.journal``), with its number.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / CEREMONY / JOURNAL
        self.answers: dict[str, str] = {}
        self.head, self.heads = _FIRST, dict[str, str]()
        self._length = 0
        for row, line in enumerate(self._lines(), start=1):
            self._take(row, line)

    def _lines(self) -> list[bytes]:
        """The whole lines; a last one that a power cut left half written counts for nothing."""
        try:
            raw = open_file_bytes(self.path, MOST_OF_A_TEXT)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError([Fault("file.unreadable", _NAME, params={"reason": error.strerror or "-"})]) from error
        if _WINDOWS_LINE_END in raw:
            raise InputError([Fault("ceremony.journal_saved", _NAME, 1)])
        self._length = raw.rfind(b"\n") + 1
        return raw[: self._length].splitlines(keepends=True)

    def _take(self, row: int, line: bytes) -> None:
        try:
            found = json.loads(line)
            right = found["line"] == row and found["before"] == self.head
            name, value = str(found["name"]), str(found["value"])
        except (ValueError, KeyError, TypeError):
            right, name, value = False, "", ""
        if not right:
            raise InputError([Fault("ceremony.journal", _NAME, row)])
        if name == _FORGET:
            for one in value.split():
                self.answers.pop(one, None)
        else:
            self.answers[name] = value
        self.head = self.heads[name] = sha256(line).hexdigest()
        self.rows = row

    rows = 0
    """Lines so far."""

    def forget(self, names: Iterable[str], time: str) -> None:
        """Let answers be asked for again; what was answered before stays in the file."""
        self.note(_FORGET, " ".join(names), time)

    def note(self, name: str, value: str, time: str) -> None:
        """Keep an answer, durably; only then it counts.

        Parameters
        ----------
        time : str
            Of the clock of this machine.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        entry: Mapping[str, Any] = {
            "line": self.rows + 1, "before": self.head, "time": time, "name": name, "value": value,
        }  # fmt: skip
        line = json.dumps(entry, ensure_ascii=True).encode("ascii") + b"\n"
        make_folder_owner_only(self.path.parent)
        made = not os.path.lexists(self.path)
        with open(create_owner_only(self.path) if made else os.open(self.path, _ADDING), "wb") as file:
            file.truncate(self._length)
            file.seek(self._length)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if made:
            sync_folder(self.path.parent)
            sync_folder(self.path.parent.parent)
        self._length += len(line)
        self._take(self.rows + 1, line)


_ADDING = os.O_WRONLY | getattr(os, "O_BINARY", 0)


def loose_answers(folder: Path) -> dict[str, str]:
    """Return what a journal says as far as it can be read, its digests unproven; for a draw that is void."""
    try:
        raw = open_file_bytes(folder / CEREMONY / JOURNAL, MOST_OF_A_TEXT)
    except OSError:
        return {}
    found: dict[str, str] = {}
    for line in raw.splitlines():
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            found[str(entry["name"])] = str(entry["value"])
    return found


@contextmanager
def ceremony_lock(folder: Path) -> Iterator[None]:
    """Hold the draw day of a folder, so that nobody leads it from a second terminal.

    Raises
    ------
    InputError
        If another terminal holds it (code ``ceremony.busy``).
    """
    from filelock import FileLock, Timeout

    make_folder_owner_only(folder / CEREMONY)
    lock = FileLock(folder / CEREMONY / LOCK, timeout=0, mode=OWN_FILE)
    try:
        lock.acquire()
    except Timeout as error:
        raise InputError([Fault("ceremony.busy", CEREMONY)]) from error
    try:
        yield
    finally:
        lock.release()
