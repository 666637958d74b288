"""Results of simulated draws in one SQLite file, as they arrive (docs/sweep.md describes every column).

A row is found by the digest of its canonical composition, its demand draw and its public draw; so what is there need
not be computed again, and reading gives rows in the order of that key, whatever the order in which they came.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from allocator.domain import District
from allocator.ground import TEXTS, DisagreementError, Fault, InputError, close_to_others, opened_json
from allocator.lottery import inputs_digest
from allocator.planning.draws import FIGURES
from allocator.planning.sweep.store_health import (
    demand_healthy_figures,
    demand_healthy_line,
    demand_healthy_store,
    healthy_counts,
    store_damaged,
    store_failed,
    store_health_faults,
)
from allocator.record import MADE_BY, file_in_folder_faults

KIND = "allocator sweep"
FORMAT_VERSION = 1
APPLICATION_ID = 0x53574550
"""Mark in the head of the file ("SWEP"), by which it is known before SQLite touches it."""

_MAGIC, _MARK = b"SQLite format 3\x00", slice(68, 72)
_PATIENCE = 30.0  # seconds for another process to end its transaction

_TABLES = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE composition (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, changes TEXT NOT NULL, "
    "schools TEXT NOT NULL)",
    "CREATE TABLE result (composition INTEGER NOT NULL REFERENCES composition, demand INTEGER NOT NULL, "
    "draw INTEGER NOT NULL, " + ", ".join(f"{name} INTEGER NOT NULL" for name in FIGURES) + ", "
    "taken TEXT NOT NULL, without_seat TEXT NOT NULL, diverted_or_adjusted TEXT NOT NULL, "
    "PRIMARY KEY (composition, demand, draw)) WITHOUT ROWID",
)
_PLACES = ", ".join("?" * (6 + len(FIGURES)))
_INSERT = f"INSERT INTO result VALUES ({_PLACES}) ON CONFLICT DO NOTHING"  # noqa: S608  (no input in the text)
_RANGE = "composition = ? AND demand BETWEEN ? AND ? AND draw BETWEEN 1 AND ?"


class ResultRow(NamedTuple):
    """What one draw of one composition gave.

    Attributes
    ----------
    demand, draw : int
        Number of the demand draw (0: the roster itself) and of the public draw under it.
    figures : tuple of int
        In the order of ``FIGURES``.
    taken : tuple of int
        Children seated at each own school of the composition, in code-point order of the schools.
    without_seat, away : tuple of int
        Children without a seat, and diverted children, by category in the order of the policy.
    """

    demand: int
    draw: int
    figures: tuple[int, ...]
    taken: tuple[int, ...]
    without_seat: tuple[int, ...]
    away: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What all results of a file have in common.

    Attributes
    ----------
    policy_id, district : str
        Name of the policy, and digest of the district (``store_district_digest``).
    seed : int
        Seed of the simulation.
    schools : Mapping[str, str]
        Names of the base's own schools by id.
    categories : tuple of str
        Ids, in the order of the policy.
    """

    policy_id: str
    district: str
    seed: int
    schools: Mapping[str, str]
    categories: tuple[str, ...]

    @property
    def about(self) -> dict[str, str]:
        """Contents of the table ``about``."""
        return {
            "kind": KIND,
            "format_version": str(FORMAT_VERSION),
            "program": f"{MADE_BY} {version(MADE_BY)}",
            "mark": " · ".join(TEXTS["sweep.mark"]),
            "policy_id": self.policy_id,
            "district": self.district,
            "seed": str(self.seed),
            "schools": json.dumps(dict(self.schools), ensure_ascii=False),
            "categories": json.dumps(self.categories),
        }


def store_header(district: District, seed: int) -> Header:
    """Return the header of a district's results under a simulation seed."""
    own = {name: school.name for name, school in sorted(district.schools.items()) if not school.external}
    categories = tuple(category.category_id for category in district.policy.categories)
    return Header(district.policy.policy_id, store_district_digest(district), seed, own, categories)


def store_district_digest(district: District) -> str:
    """Return the SHA-256 of the two digests of policy file and canonical inputs (lottery.md section 1), a line each."""
    return sha256(f"{district.policy_sha256}\n{inputs_digest(district)}\n".encode("ascii")).hexdigest()


def store_faults(path: Path, header: Header) -> list[Fault]:
    """Return what forbids putting results into a file; one that is not there is no fault.

    The file is only read, and no side file made (``immutable``): ``about`` never changes once it is written.
    """
    if not path.parent.is_dir():
        return [Fault("sweep.no_folder", "--store", value=str(path.parent))]
    if inside := file_in_folder_faults(path):
        return inside
    if not path.exists():
        return []
    try:
        if not _is_ours(path):
            return [Fault("sweep.not_results", path.name)]
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            found = dict(connection.execute("SELECT key, value FROM about"))
    except (OSError, sqlite3.Error) as error:
        return [store_failed(path, error)]
    except (ValueError, TypeError) as error:  # a table of another shape
        return [store_damaged(path, str(error)[:80])]
    return list(_differences(path, found, header.about))


def _is_ours(path: Path) -> bool:
    """Whether the first bytes are those of a results file."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(100)
    return head.startswith(_MAGIC) and head[_MARK] == APPLICATION_ID.to_bytes(4, "big")


def _differences(path: Path, found: Mapping[str, str], expected: Mapping[str, str]) -> Iterator[Fault]:
    """What the table ``about`` says otherwise."""
    codes = {
        "kind": "sweep.not_results",
        "format_version": "sweep.other_version",
        "program": "sweep.other_version",
        "district": "sweep.other_district",
        "seed": "sweep.other_seed",
    }
    for key, code in codes.items():
        if found.get(key) != expected[key]:
            value = str(found.get(key, ""))[:80]
            yield Fault(code, path.name, 0, f"about.{key}", value, {"expected": expected[key]})


class Store:
    """A results file that is open for reading and writing, by one process; see ``open_store``."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        with store_health_faults(path):
            demand_healthy_store(path, connection, _TABLES)
            found = list(connection.execute("SELECT digest, number FROM composition"))
            demand_healthy_line([type(digest) for digest, _ in found], [str] * len(found), "composition")
            self._numbers: dict[str, int] = dict(found)

    def announce(self, digest: str, changes: str, schools: Sequence[str]) -> None:
        """Make a composition known, if it is not yet: its digest, its canonical changes and its own schools."""
        row = (digest, changes, json.dumps(list(schools)))
        with store_health_faults(self.path), self._connection:
            if digest not in self._numbers:
                self._connection.execute("INSERT INTO composition (digest, changes, schools) VALUES (?, ?, ?)", row)
            sql = "SELECT number, digest, changes, schools FROM composition WHERE digest = ?"
            number, *found = self._connection.execute(sql, (digest,)).fetchone()
            demand_healthy_line(found, row, f"composition {digest[:12]}")
            self._numbers[digest] = int(number)

    def add(self, digest: str, rows: Iterable[ResultRow]) -> int:
        """Keep some results in one transaction; returns how many of them are new.

        Raises
        ------
        DisagreementError
            If a result is there already and is another one; then none of these is kept.
        InputError
            If the file cannot be written.
        """
        number, new = self._numbers[digest], 0
        with store_health_faults(self.path), self._connection:
            for row in rows:
                cells = _cells(number, row)
                if self._connection.execute(_INSERT, cells).rowcount == 1:
                    new += 1
                else:
                    self._demand_equal(digest, cells)
        return new

    def _demand_equal(self, digest: str, cells: tuple[int | str, ...]) -> None:
        """Demand that a result that came twice is the same."""
        key = "SELECT * FROM result WHERE composition = ? AND demand = ? AND draw = ?"
        if self._connection.execute(key, cells[:3]).fetchone() != cells:
            params = {"file": self.path.name, "digest": digest[:12], "demand": str(cells[1]), "draw": str(cells[2])}
            raise DisagreementError("sweep.not_same", params)

    def count(self, digest: str, demands: range, draws: int) -> int:
        """Return how many results there are of some demand draws and of the public draws 1 to ``draws``."""
        sql = f"SELECT COUNT(*) FROM result WHERE {_RANGE}"  # noqa: S608
        with store_health_faults(self.path):
            return int(self._connection.execute(sql, self._range(digest, demands, draws)).fetchone()[0])

    def there(self, digest: str, demand: int, draws: int) -> list[int]:
        """Return in order the public draws 1 to ``draws`` of a demand draw whose results are there."""
        sql = f"SELECT draw FROM result WHERE {_RANGE} ORDER BY draw"  # noqa: S608
        key = self._range(digest, range(demand, demand + 1), draws)
        with store_health_faults(self.path):
            return [int(draw) for (draw,) in self._connection.execute(sql, key)]

    def rows(self, digest: str, demands: range, draws: int) -> Iterator[ResultRow]:
        """Give the results of some demand draws and of the public draws 1 to ``draws``, in order."""
        sql = f"SELECT * FROM result WHERE {_RANGE} ORDER BY demand, draw"  # noqa: S608
        schools, categories = len(self.schools(digest)), self._categories()
        key = self._range(digest, demands, draws)
        with store_health_faults(self.path):
            cursor = self._connection.execute(sql, key)
        while True:
            with store_health_faults(self.path):
                if (found := cursor.fetchone()) is None:
                    return
                row = _row(found[1:])
                lengths = [len(row.taken), len(row.without_seat), len(row.away)]
                demand_healthy_line(lengths, (schools, categories, categories), f"result {found[1]}/{found[2]}")
            yield row

    def schools(self, digest: str) -> tuple[str, ...]:
        """Return the own schools of a composition."""
        sql = "SELECT schools FROM composition WHERE number = ?"
        with store_health_faults(self.path):
            return tuple(map(str, opened_json(self._connection.execute(sql, (self._numbers[digest],)).fetchone()[0])))

    def _categories(self) -> int:
        """Return the number of categories."""
        with store_health_faults(self.path):
            sql = "SELECT value FROM about WHERE key = 'categories'"
            return len(opened_json(self._connection.execute(sql).fetchone()[0]))

    def _range(self, digest: str, demands: range, draws: int) -> tuple[int, int, int, int]:
        """Values of ``_RANGE``."""
        return self._numbers[digest], demands.start, demands.stop - 1, draws



def _row(cells: Sequence[Any]) -> ResultRow:
    """The columns of the table as a result.

    Raises
    ------
    ValueError
        If a cell is no number or no list of numbers.
    """
    demand, draw, *others = cells
    figures = others[: len(FIGURES)]
    demand_healthy_figures((demand, draw, *figures))
    return ResultRow(demand, draw, tuple(figures), *map(healthy_counts, others[len(FIGURES) :]))


def _cells(number: int, row: ResultRow) -> tuple[int | str, ...]:
    """A result as the columns of its table."""
    lists = (json.dumps(counts, separators=(",", ":")) for counts in row[3:])
    return (number, row.demand, row.draw, *row.figures, *lists)


@contextmanager
def open_store(path: Path, header: Header) -> Iterator[Store]:
    """Open a results file, made anew where there is none, and close it whatever happens.

    Raises
    ------
    InputError
        If ``store_faults`` finds something, or SQLite does.
    """
    if faults := store_faults(path, header):
        raise InputError(faults)
    if not path.exists():
        _make(path, header)
    with contextlib.suppress(OSError):
        close_to_others(path)
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
            yield Store(path, connection)
    except sqlite3.Error as error:
        raise InputError([store_failed(path, error)]) from error


def _make(path: Path, header: Header) -> None:
    """Make a results file whole beside its place and put it there, so that no half-made one is ever found."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.new-", dir=path.parent)  # for its owner alone
        os.close(descriptor)
    except OSError as error:
        raise InputError([store_failed(path, error)]) from error
    new = Path(name)
    try:
        with closing(sqlite3.connect(new)) as connection:
            with connection:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                for table in _TABLES:
                    connection.execute(table)
                connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(header.about.items()))
            connection.execute("PRAGMA journal_mode = WAL")
        _put(new, path)
    except (OSError, sqlite3.Error) as error:
        raise InputError([store_failed(path, error)]) from error
    finally:
        new.unlink(missing_ok=True)


def _put(new: Path, path: Path) -> None:
    """Give a file its place; one that another process has put there by now is not replaced."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        new.rename(path)
