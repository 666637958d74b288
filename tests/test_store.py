"""The results file: what goes in comes out in order, twice is once, and no other file is ever touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from allocator.ground import DisagreementError, InputError
from allocator.planning.draws import FIGURES
from allocator.planning.sweep import Header, Store, open_store, store_faults
from allocator.planning.sweep.store import ResultRow
from tests.cli_calls import GARBAGE
from tests.sweep_cases import stored

HEADER = Header("town-2023", "d" * 64, 1, {"a": "甲校", "b": "乙校"}, ("A", "E"))
ONE, TWO = "1" * 64, "2" * 64


def row(demand: int, draw: int, first: int = 5) -> ResultRow:
    """Return a result."""
    return ResultRow(demand, draw, (first, *range(1, len(FIGURES))), (3, 4), (0, 1), (2, 0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where results are kept."""
    return tmp_path / "results.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Return an open store that knows two compositions."""
    with open_store(path, HEADER) as opened:
        for digest in (ONE, TWO):
            opened.announce(digest, "[]", ("a", "b"))
        yield opened


def test_rows_come_back_in_order_whatever_the_order_they_came_in(store: Store) -> None:
    """Sorted by demand draw and draw, only the range asked for, each composition by itself."""
    store.add(ONE, [row(1, 2), row(0, 9)])
    store.add(TWO, [row(0, 1)])
    store.add(ONE, [row(1, 1), row(0, 1), row(2, 1)])
    assert list(store.rows(ONE, range(1), 10)) == [row(0, 1), row(0, 9)]
    assert list(store.rows(ONE, range(1, 3), 1)) == [row(1, 1), row(2, 1)]
    assert list(store.rows(TWO, range(1), 10)) == [row(0, 1)]
    assert (store.count(ONE, range(1, 3), 9), store.count(ONE, range(1), 8)) == (3, 1)
    assert store.there(ONE, 1, 10) == [1, 2]
    assert store.schools(ONE) == ("a", "b")


def test_a_result_that_comes_twice_is_kept_once(store: Store) -> None:
    """Equal results are counted once; another result under the same key is a disagreement, and its block is dropped."""
    assert store.add(ONE, [row(0, 1), row(0, 2)]) == 2
    assert store.add(ONE, [row(0, 2), row(0, 3)]) == 1
    with pytest.raises(DisagreementError) as caught:
        store.add(ONE, [row(0, 4), row(0, 3, first=6)])
    assert (caught.value.code, caught.value.params["draw"]) == ("sweep.not_same", "3")
    assert store.there(ONE, 0, 10) == [1, 2, 3]


def test_what_is_committed_is_there_for_others_and_after_closing(path: Path) -> None:
    """Another connection sees each block at once; closed, the file is one file, and opening it again goes on."""
    with open_store(path, HEADER) as store:
        store.announce(ONE, "[]", ("a", "b"))
        store.add(ONE, [row(0, 1)])
        assert stored(path) == 1
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    with open_store(path, HEADER) as store:
        store.announce(ONE, "[]", ("a", "b"))
        assert store.add(ONE, [row(0, 1), row(0, 2)]) == 1


def test_the_file_says_what_it_is(path: Path, store: Store) -> None:
    """Kind, version, mark, district, seed and names stand in it; nothing in it counts as a list."""
    with closing(sqlite3.connect(path)) as connection:
        about = dict(connection.execute("SELECT key, value FROM about"))
    assert about == HEADER.about
    assert "SIMULATED" in about["mark"]
    assert (about["kind"], about["seed"], about["categories"]) == ("allocator sweep", "1", '["A", "E"]')


CHANGED: dict[str, Callable[[Path], object]] = {
    "sweep.not_results": lambda path: path.write_bytes(GARBAGE),
    "sweep.store_fails": lambda path: path.write_bytes(path.read_bytes()[:100] + GARBAGE),
}


@pytest.mark.parametrize("code", CHANGED)
def test_a_damaged_file_is_refused_and_stays(path: Path, code: str) -> None:
    """Bytes that are no database, and a database cut off behind its head."""
    with open_store(path, HEADER):
        pass
    CHANGED[code](path)
    _refused(path, HEADER, code)


def _refused(path: Path, header: Header, *codes: str) -> None:
    """A file is refused with these codes, and not a byte of its folder changes."""
    before = {found.name: found.read_bytes() for found in path.parent.iterdir() if found.is_file()}
    assert [fault.code for fault in store_faults(path, header)] == list(codes)
    with pytest.raises(InputError), open_store(path, header):
        pytest.fail("opened")
    assert {found.name: found.read_bytes() for found in path.parent.iterdir() if found.is_file()} == before


def test_results_of_something_else_are_refused_and_stay(path: Path) -> None:
    """Another district, another seed, both at once."""
    with open_store(path, HEADER):
        pass
    _refused(path, replace(HEADER, district="e" * 64), "sweep.other_district")
    _refused(path, replace(HEADER, seed=2), "sweep.other_seed")
    _refused(path, replace(HEADER, seed=2, district="e" * 64), "sweep.other_district", "sweep.other_seed")
    assert store_faults(path, replace(HEADER, policy_id="renamed")) == []


@pytest.mark.parametrize("key", ["format_version", "program"])
def test_results_of_another_version_are_refused_and_stay(path: Path, key: str) -> None:
    """A file of a later format, and one made by another version of the program."""
    with open_store(path, HEADER):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE about SET value = value || '9' WHERE key = ?", (key,))
    _refused(path, HEADER, "sweep.other_version")


@pytest.mark.parametrize("content", [b"", b"hello", GARBAGE], ids=["empty", "short", "garbage"])
def test_other_files_are_refused_and_stay(path: Path, content: bytes) -> None:
    """An empty file, a short one, garbage."""
    path.write_bytes(content)
    _refused(path, HEADER, "sweep.not_results")


def test_another_program_s_database_is_refused_and_stays(path: Path) -> None:
    """A SQLite file without our mark."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE about (key TEXT, value TEXT)")
    _refused(path, HEADER, "sweep.not_results")


def test_a_folder_or_no_folder_is_refused(tmp_path: Path) -> None:
    """A folder in the place of the file, and a file in a folder that is not there."""
    assert [fault.code for fault in store_faults(tmp_path, HEADER)] == ["sweep.not_results"]
    assert [fault.code for fault in store_faults(tmp_path / "no" / "x.sqlite", HEADER)] == ["sweep.no_folder"]


def test_a_file_that_appears_meanwhile_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If another process makes the file between the check and the making, that one stays."""
    from allocator.planning.sweep import store as module

    made = module._make

    def slow(target: Path, header: Header) -> None:
        target.write_bytes(b"somebody else's")
        made(target, header)

    monkeypatch.setattr(module, "_make", slow)
    with pytest.raises(InputError) as caught, open_store(path, HEADER):
        pytest.fail("opened")
    assert caught.value.faults[0].code == "sweep.store_fails"
    assert [found.read_bytes() for found in path.parent.iterdir()] == [b"somebody else's"]


def test_a_locked_or_full_file_is_a_fault_not_a_traceback(store: Store) -> None:
    """Whatever SQLite refuses while results come in is told as a fault of the file, and the block is taken back."""
    store._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(InputError) as caught:
        store.add(ONE, [row(0, 1)])
    assert caught.value.faults[0].code == "sweep.store_fails"
    store._connection.execute("PRAGMA query_only = OFF")
    assert store.add(ONE, [row(0, 1)]) == 1
