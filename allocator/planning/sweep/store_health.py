"""Whether a results file is whole: SQLite's own look at it, its tables, and each result as it is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from allocator.ground import Fault, InputError, opened_json

_MISREAD = (sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)
"""What reading a damaged file can raise."""


@contextmanager
def store_health_faults(path: Path) -> Iterator[None]:
    """Turn what SQLite or the content of a file refuses into a fault of the file.

    Raises
    ------
    InputError
        Naming the file (codes ``sweep.store_fails``, ``sweep.damaged``).
    """
    try:
        yield
    except sqlite3.Error as error:
        raise InputError([store_failed(path, error)]) from error
    except _MISREAD as error:
        raise InputError([store_damaged(path, str(error)[:80] or type(error).__name__)]) from error


def store_failed(path: Path, error: Exception) -> Fault:
    """Return what SQLite or the system says of a file, as a fault."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return Fault("sweep.store_fails", path.name, params={"reason": reason})


def store_damaged(path: Path, damage: str) -> Fault:
    """Return the fault of a file that says what no sweep has written."""
    return Fault("sweep.damaged", path.name, params={"what": damage})


def demand_healthy_store(path: Path, connection: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Demand that a file is sound for SQLite and has the tables of a results file and nothing else.

    Raises
    ------
    InputError
        Naming the file.
    """
    with store_health_faults(path):
        found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise ValueError(str(found[0] if found else "quick_check"))
        sql = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex_%' ORDER BY rowid"
        there = list(connection.execute(sql))
        if [text for _, text in there] != list(tables):
            raise ValueError(", ".join(str(name) for name, _ in there) or "no tables")


def demand_healthy_line(stored_line: Sequence[object], expected: Sequence[object], line_name: str) -> None:
    """Demand that a stored line is the one expected.

    Raises
    ------
    ValueError
        Naming the line; ``store_health_faults`` makes a fault of it.
    """
    if list(stored_line) != list(expected):
        raise ValueError(line_name)


def healthy_counts(cell: Any) -> tuple[int, ...]:
    """Return the whole numbers, not below 0, of a JSON list.

    Raises
    ------
    ValueError
        If it is no such list.
    """
    found = opened_json(cell)
    if not isinstance(found, list) or any(type(one) is not int or one < 0 for one in found):
        raise ValueError(str(cell)[:40])
    return tuple(found)


def demand_healthy_figures(cells: Sequence[object]) -> None:
    """Demand whole numbers.

    Raises
    ------
    ValueError
        Naming the first cell that is none.
    """
    for cell in cells:
        if type(cell) is not int:
            raise ValueError(str(cell)[:40])
