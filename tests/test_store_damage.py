"""A damaged results file of a sweep is a fault of the file, told with its name; never one of the program."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from allocator.planning.sweep import store as store_module
from tests.cli_calls import GARBAGE, call, copy

GRID = """
format_version: 1
grid: g
title: {zh: 甲, en: a}
axes:
  - axis: one
    title: {zh: 甲, en: a}
    options:
      - {option: two, title: {zh: 乙, en: b}, changes: [{change: seats, school: fuli, add: 2}]}
"""


@pytest.fixture(scope="module")
def swept(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a district, a grid and the results of a small sweep."""
    folder = tmp_path_factory.mktemp("swept")
    (folder / "grid.yaml").write_text(GRID, encoding="utf-8")
    copy(town, folder).rename(folder / "town")
    assert sweep(folder)[0] == 0
    return folder


def sweep(folder: Path) -> tuple[int, str]:
    """Sweep, and return the status and what is said."""
    made = call("sweep", folder / "town", folder / "grid.yaml", "--draws", 3, "--workers", 1, "--quiet",
                "--store", folder / "results.sqlite")  # fmt: skip
    return made.exit_code, made.stderr


@pytest.fixture
def folder(swept: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may damage."""
    return copy(swept, tmp_path)


def told(folder: Path) -> str:
    """Return what is said of a damaged file: status 2 and its name; the file stays as it is."""
    path = folder / "results.sqlite"
    before = path.read_bytes() if path.is_file() else b""
    status, words = sweep(folder)
    assert status == 2, words
    assert "results.sqlite" in words
    assert not path.is_file() or path.read_bytes() == before
    return words


SQL = {
    "no results table": "DROP TABLE result",
    "no table about": "DROP TABLE about",
    "another table": "CREATE TABLE more (x)",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON about BEGIN SELECT 1; END",
    "a view in its place": "ALTER TABLE result RENAME TO old; CREATE VIEW result AS SELECT * FROM old",
    "a column more": "ALTER TABLE result ADD COLUMN x",
    "text for a number": "UPDATE result SET diverted = 'many' WHERE draw = 2",
    "a broken list": "UPDATE result SET taken = '[1, 2' WHERE draw = 1",
    "a list of words": "UPDATE result SET without_seat = '[\"a\"]' WHERE draw = 1",
    "a list too short": "UPDATE result SET taken = '[1]' WHERE draw = 1",
    "brackets without end": f"UPDATE result SET taken = '{'[' * 100_000}'",
    "a number below 0": "UPDATE result SET taken = replace(taken, '[', '[-') WHERE draw = 1",
    "bytes": "UPDATE result SET taken = x'ff00fe' WHERE draw = 1",
    "other schools": "UPDATE composition SET schools = '[\"x\"]'",
    "schools that are no list": "UPDATE composition SET schools = '{'",
    "other changes": "UPDATE composition SET changes = '[]x'",
    "a digest that is none": "UPDATE composition SET digest = x'ff' WHERE number = 1",
    "categories that are no list": "UPDATE about SET value = 'x' WHERE key = 'categories'",
    "about of bytes": "UPDATE about SET value = x'ff' WHERE key = 'seed'",
}


@pytest.mark.parametrize("damage", SQL)
def test_wrong_content(folder: Path, damage: str) -> None:
    """Tables, columns and cells that no sweep has written."""
    with closing(sqlite3.connect(folder / "results.sqlite")) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(result)")]
        connection.executescript(SQL[damage].replace("diverted =", f"{names[4]} ="))
        connection.commit()
    told(folder)


@pytest.mark.parametrize("size", [0, 1, 50, 99, 100, 1000, 4096, 5000, 8192, 12288])
def test_truncated(folder: Path, size: int) -> None:
    """A file cut off anywhere."""
    path = folder / "results.sqlite"
    with path.open("r+b") as file:
        file.truncate(min(size, path.stat().st_size - 1))
    told(folder)


@pytest.mark.parametrize("start", [0, 16, 72, 100, 4096, 8192])
def test_garbage(folder: Path, start: int) -> None:
    """Garbage in head, schema and pages."""
    path = folder / "results.sqlite"
    raw = path.read_bytes()
    path.write_bytes(raw[:start] + GARBAGE + raw[start + len(GARBAGE) :])
    told(folder)


def test_locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that does not let go."""
    monkeypatch.setattr(store_module, "_PATIENCE", 0.1)
    with closing(sqlite3.connect(folder / "results.sqlite", isolation_level=None)) as connection:
        connection.execute("DELETE FROM result WHERE draw = 3")  # something to write is left
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        status, words = sweep(folder)
    assert status == 2
    assert "results.sqlite" in words


def test_a_folder_or_a_device_in_its_place(folder: Path) -> None:
    """What is no file at all."""
    path = folder / "results.sqlite"
    path.unlink()
    path.mkdir()
    told(folder)
    if os.name == "posix":
        path.rmdir()
        os.mkfifo(path)
        told(folder)


@pytest.mark.parametrize("count", [40, pytest.param(600, marks=pytest.mark.long)])
def test_random_damage(swept: Path, tmp_path: Path, count: int) -> None:
    """Bytes changed anywhere: the sweep either goes on or tells the file; it never stops with a fault of its own."""
    folder = copy(swept, tmp_path)
    path = folder / "results.sqlite"
    raw = path.read_bytes()
    for number in range(count):
        chance = random.Random(number)
        damaged = bytearray(raw)
        for _ in range(chance.choice((1, 3, 30))):
            damaged[chance.randrange(len(raw))] = chance.randrange(256)
        path.write_bytes(damaged)
        for side in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + side).unlink(missing_ok=True)
        status, words = sweep(folder)
        assert status in (0, 2, 3)
        assert status == 0 or "results.sqlite" in words
    shutil.rmtree(folder)
