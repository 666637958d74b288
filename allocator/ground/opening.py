"""The one way in which files are opened for reading: nothing but ordinary files, and not more of one than is allowed.

A pipe that nobody writes to would make the program wait for ever, a device or a file of the system can be without end,
and a file of the right name can be too large for this machine. Each is told as a fault, with the name of the file.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Any

from allocator.ground.errors import Fault, InputError

MOST_OF_A_TABLE = 400_000_000
"""Bytes of a table; a roster of a million children takes about 110,000,000."""
MOST_OF_A_TEXT = 1_000_000
"""Bytes of a file that people write: policy, what-if, grid, transcript, digits of witnesses."""
MOST_OF_AN_OUTPUT = 2_000_000_000
"""Bytes of a file that this program wrote; the record of a large run is the longest."""
MOST_OF_JSON = 25_000_000
"""Bytes of a file that is one JSON object; half a million students with a school each are as long."""
_MOST_BRACKETS = 2_000_000
"""Lists and objects of JSON; an empty one takes thirty times its two characters."""


def open_file_bytes(path: Path, most: int, *, code: str = "file.too_large") -> bytes:
    """Return the content of an ordinary file.

    Parameters
    ----------
    path : Path
        The file; a link to an ordinary file is followed.
    most : int
        Bytes that it may have.
    code : str
        Code of the fault of a longer one; its words may be ``size`` and ``most``.

    Raises
    ------
    InputError
        If it is no ordinary file or too long.
    OSError
        If it is not there or may not be read; each caller has its own words for that.
    """
    with open(_opened(path), "rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        raw = b"" if size > most else (file.readall() if size else _some(file, most + 1))
    if size > most or len(raw) > most:
        params = {"size": f"{max(size, len(raw)):,}", "most": f"{most:,}"}
        raise InputError([Fault(code, path.name, params=params)])
    return raw


def _some(file: FileIO, most: int) -> bytes:
    """Return what a file gives that says it is empty, as files of the system do; no more than is asked for."""
    pieces: list[bytes] = []
    while most > 0 and (piece := file.read(min(most, 1 << 20))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _opened(path: Path) -> int:
    """Return the descriptor of an ordinary file; opening waits for nobody."""
    if not stat.S_ISDIR(found := os.stat(path).st_mode) and not stat.S_ISREG(found):
        raise InputError([Fault("file.not_ordinary", path.name)])  # not opened: a device may act on it
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    found = os.fstat(descriptor).st_mode
    if stat.S_ISREG(found):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(found):
        raise IsADirectoryError(21, "Is a directory", str(path))
    raise InputError([Fault("file.not_ordinary", path.name)])


def open_readable(path: Path, most: int) -> bytes:
    """Return the content of a file that must be there.

    Raises
    ------
    InputError
        If it is not there, may not be read, is no ordinary file or too long.
    """
    try:
        return open_file_bytes(path, most)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Fault("file.unreadable", path.name, params={"reason": reason})]) from error


def opened_json(raw: str | bytes, made: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """Return what JSON says.

    Parameters
    ----------
    raw : str or bytes
        The text.
    made : callable or None
        Makes an object of its keys and values; a dictionary where None.

    Raises
    ------
    ValueError
        If it is no JSON, brackets stand in brackets without end, or there are too many of them.
    """
    brackets = sum(map(raw.count, "[{")) if isinstance(raw, str) else sum(map(raw.count, (b"[", b"{")))
    if brackets > _MOST_BRACKETS:
        raise ValueError("Expected fewer lists and objects.")
    try:
        return json.loads(raw, object_pairs_hook=made)
    except RecursionError as error:
        raise ValueError("Expected fewer brackets in brackets.") from error


def open_json_file(path: Path) -> Any:
    """Return what a JSON file says; None where it cannot be read or is no JSON.

    Raises
    ------
    InputError
        If it is no ordinary file or too long.
    """
    try:
        raw = open_file_bytes(path, MOST_OF_JSON)
    except OSError:
        return None
    try:  # apart from the reading: an InputError is a ValueError too, and must be told
        return opened_json(raw)
    except ValueError:
        return None
