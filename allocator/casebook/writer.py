"""One writer of a book at a time: a lock that dies with its process, and a note of who works since when."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from allocator.ground import (
    MOST_OF_A_TEXT,
    OWN_FILE,
    Fault,
    InputError,
    close_to_others,
    open_file_bytes,
    write_owner_only,
)

LOCK, NOTE = "book.lock", "book.writer"


@contextmanager
def one_writer(folder: Path, person: str, since: str, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of a book while the block runs.

    Parameters
    ----------
    person, since : str
        What the next one is told who finds the book locked.
    wait_seconds : float
        How long to wait for another writer.

    Raises
    ------
    InputError
        If another one works for longer than that, with name and time; or if the lock cannot be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=wait_seconds, mode=OWN_FILE)
    try:
        lock.acquire()
    except Timeout as error:
        who, when = _writer(folder)
        raise InputError([Fault("book.busy", LOCK, params={"person": who, "since": when})]) from error
    except OSError as error:
        raise InputError([_not_locked(error)]) from error
    try:
        _note(folder, person, since)
        yield
    finally:
        with suppress(OSError):
            (folder / NOTE).unlink(missing_ok=True)
        lock.release()


def _note(folder: Path, person: str, since: str) -> None:
    """Say who works; what a killed writer left is replaced."""
    try:
        close_to_others(folder / LOCK)
        (folder / NOTE).unlink(missing_ok=True)
        write_owner_only(folder / NOTE, f"{person}\n{since}\n{os.getpid()}\n".encode())
    except OSError as error:
        raise InputError([_not_locked(error)]) from error


def _writer(folder: Path) -> tuple[str, str]:
    """Return who works and since when, as far as the note says it."""
    try:
        lines = open_file_bytes(folder / NOTE, MOST_OF_A_TEXT).decode("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    return (lines[0], lines[1]) if len(lines) > 1 else ("?", "?")


def _not_locked(error: OSError) -> Fault:
    return Fault("book.not_locked", LOCK, params={"reason": error.strerror or str(error)})
