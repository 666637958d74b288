"""A summer of clerks on a faulty disk: one seed decides events, clerks, clock and faults; so does it the trace.

The disk lies in memory. Any of its steps may fail before, in the middle of, or after what it does (full, read-only,
broken), or be the last one before the machine stops; an append that is cut short leaves the beginning of its bytes.
"""

from __future__ import annotations

import errno
import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from allocator.book import Book, Digests, present_rows
from allocator.casebook.kept import KeptBook
from allocator.casebook.kept_tables import KeptTables
from allocator.casebook.store import JOURNAL, BookStore, Disk, Statement
from allocator.checking.book.lines import judge_journal_lines
from allocator.domain import ACCEPTED, BookEvent, District
from allocator.ground import InputError
from tests.random_seasons import random_season

FOLDER = Path("book")
_REASONS = (errno.ENOSPC, errno.EROFS, errno.EIO)


class KilledError(BaseException):
    """The machine stopped here; nothing of the program runs any more."""


class MemoryDatabase(sqlite3.Connection):
    """A database that outlives the program."""

    def close(self) -> None:
        """Undo what was not committed, as after a stop; stay open."""
        self.rollback()


class FaultyDisk(Disk):
    """A disk in memory.

    Parameters
    ----------
    rng : random.Random
        Decides which step fails, and how.
    """

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.share, self.trace = rng, 0.0, sha256()
        self.files: dict[Path, bytes] = {}
        self.database = sqlite3.connect(":memory:", factory=MemoryDatabase, isolation_level=None)
        self.read_only, self.limbo = 0, tuple[Statement, ...]()

    def content(self, path: Path) -> bytes | None:
        """Return a file; now and then it cannot be read."""
        self._step(f"read {path.name}")
        return self.files.get(path)

    def append(self, path: Path, content: bytes) -> None:
        """Add to a file; what is cut short leaves a beginning."""
        with self._torn(f"append {len(content)}", writes=True) as share:
            self.files[path] = self.files.get(path, b"") + content[: int(share * len(content))]

    def cut(self, path: Path, length: int) -> None:
        """Shorten a file, or not."""
        with self._torn(f"cut {length}", writes=True) as share:
            if share >= 0.5:
                self.files[path] = self.files[path][:length]

    def connect(self, path: Path) -> sqlite3.Connection:
        """Return the database."""
        self._step("connect")
        return self.database

    def commit(self, database: sqlite3.Connection, statements: Iterable[Statement]) -> None:
        """Run a transaction; a fault comes before it, or after it was made durable.

        One that failed may turn out durable after a stop, unless another was made durable meanwhile.
        """
        kept = tuple(statements)
        with self._torn("commit", writes=True) as share:
            if share >= 0.5:
                super().commit(database, kept)
            self.limbo = kept if 0 < share < 0.5 else () if share else self.limbo

    def stop(self) -> None:
        """Let the program end, or the machine."""
        self.database.close()
        if self.limbo and self.rng.random() < 0.5:
            super().commit(self.database, self.limbo)
        self.limbo = ()

    def _torn(self, name: str, *, writes: bool) -> _Torn:
        return _Torn(self, name, writes=writes)

    def _step(self, name: str) -> None:
        with self._torn(name, writes=False):
            pass

    def decide(self, name: str, *, writes: bool) -> tuple[float, BaseException | None]:
        """Return how much of a step is done, and how it ends."""
        self.read_only = max(0, self.read_only - 1)
        if writes and self.read_only:
            return 0.0, self._noted(name, OSError(errno.EROFS, "read-only"))
        if self.rng.random() >= self.share:
            return 1.0, self._noted(name, None)
        done = self.rng.choice((0.0, self.rng.random(), 1.0))
        if self.rng.random() < 0.6:
            return done, self._noted(f"{name} {done:.3f}", KilledError())
        number = self.rng.choice(_REASONS)
        if number == errno.EROFS:
            self.read_only = self.rng.randrange(8)
        return done, self._noted(f"{name} {done:.3f}", OSError(number, errno.errorcode[number]))

    def _noted(self, name: str, error: BaseException | None) -> BaseException | None:
        self.trace.update(f"{name} {error!r}\n".encode())
        return error


class _Torn:
    """A step of which a share is done before it ends as was decided."""

    def __init__(self, disk: FaultyDisk, name: str, *, writes: bool) -> None:
        self.share, self.error = disk.decide(name, writes=writes)

    def __enter__(self) -> float:
        return self.share

    def __exit__(self, *exc: object) -> None:
        if self.error is not None:
            raise self.error


class OneDistrict(KeptTables):
    """Tables that were read once, whatever the season's state; digests of files are not compared."""

    def __init__(self, district: District) -> None:
        super().__init__(FOLDER)
        self.one = district

    def district(self, events: Sequence[BookEvent]) -> District:
        """Return it."""
        return self.one

    def digests(self, events: Sequence[BookEvent], district: District, given: Digests) -> Digests:
        """Compare none."""
        return Digests()


class FaultySummer:
    """One seed's clerks, who hear what is on record, and look after every stop whether it still is.

    Parameters
    ----------
    seed : int
        Decides everything.
    most : int
        Events of the season, at most.
    """

    def __init__(self, seed: int, most: int = 30) -> None:
        self.rng = random.Random(f"faulty summer|{seed}")
        self.disk = FaultyDisk(self.rng)
        self.season = random_season(seed, most)
        self.tables = OneDistrict(self.season.district)
        self.todo = list(self.season.events)
        self.heard = Book(self.season.district)
        self.doubtful: tuple[BookEvent, ...] = ()
        self.looked: list[tuple[str, ...]] = []
        self.doubtful_look: tuple[str, ...] = ()
        self.stops = self.failures = self.singly = 0

    def run(self) -> str:
        """Play the season, a session of a clerk at a time; return the digest of the trace."""
        self.disk.share = self.rng.choice((0.0, 0.03, 0.1, 0.25))
        sessions = 0
        while self.todo or self.doubtful:
            sessions += 1
            assert sessions < 1000, "the book does not open any more"
            try:
                self._session(f"clerk-{self.rng.randrange(3)}")
            except KilledError:
                self.stops += 1
            except InputError as error:
                self.failures += 1
                self.disk.trace.update(repr(error).encode())
            self.disk.stop()
        self.disk.share, self.disk.read_only = 0.0, 0
        with closing(BookStore(FOLDER, self.disk)) as store:
            store.begin()
            self._compare(KeptBook(self.tables, store, writes=True))
        lines = self.disk.files.get(FOLDER / JOURNAL, b"").splitlines()
        accepted = [{k: v for k, v in json.loads(line).items() if k not in ("seq", "prev")} for line in lines]
        assert list(judge_journal_lines(lines, accepted)) == []
        assert lines == self.heard.journal
        sqlite3.Connection.close(self.disk.database)
        return self.disk.trace.hexdigest()

    def _session(self, clerk: str) -> None:
        """Open the book, look whether it is what was heard, and enter a few events, some of them together."""
        with closing(BookStore(FOLDER, self.disk)) as store:
            store.begin()
            book = KeptBook(self.tables, store, writes=True)
            self._compare(book)
            for _ in range(self.rng.randrange(1, 6)):
                batch = tuple(self.todo[: 1 if self.singly > 0 else self.rng.choice((1, 1, 1, 2, 5))])
                del self.todo[: len(batch)]
                self.singly -= len(batch)
                self.doubtful = batch
                outcomes = self._propose(book, batch)
                self.doubtful = ()
                self._hear(batch, outcomes)
                if len(batch) > 1 and set(outcomes) != {ACCEPTED}:  # all or none: now one by one
                    self.todo[:0], self.singly = batch, len(batch)
                if self.rng.random() < 0.2:
                    self._look(book, clerk)

    def _propose(self, book: KeptBook, batch: Sequence[BookEvent]) -> tuple[str, ...]:
        """Enter some events; now and then at once again where the disk refused them."""
        try:
            return book.propose(batch)
        except InputError:
            if self.rng.random() < 0.5:
                raise
            return book.propose(batch)

    def _look(self, book: KeptBook, clerk: str) -> None:
        """Look at something restricted, which is noted first."""
        self.doubtful_look = (str(len(self.looked)), clerk, "show", "K01-0")
        book.log(*self.doubtful_look)
        self.looked.append(self.doubtful_look)
        self.doubtful_look = ()

    def _hear(self, batch: Sequence[BookEvent], outcomes: Sequence[str]) -> None:
        """Take what the clerk was told into the book of what was heard; it must say the same."""
        trial = self.heard.another()
        assert tuple(map(trial.propose, batch)) == tuple(outcomes)
        if all(outcome == ACCEPTED for outcome in outcomes):
            self.heard = trial

    def _compare(self, book: KeptBook) -> None:
        """No decision that was heard is lost or doubled; one in doubt is there whole or not at all."""
        if len(book.journal) > len(self.heard.journal):
            self._hear(self.doubtful, (ACCEPTED,) * len(self.doubtful))
        else:
            self.todo[:0] = self.doubtful  # entered again, as it is not on record
        self.doubtful = ()
        assert book.journal == tuple(self.heard.journal)
        assert book.rows == present_rows(self.heard.state)
        seen = [tuple(row) for row in book.accesses()]
        if self.doubtful_look and len(seen) > len(self.looked):
            self.looked.append(self.doubtful_look)
        self.doubtful_look = ()
        assert seen == self.looked


def traces(seeds: Iterable[int]) -> Iterator[tuple[FaultySummer, str]]:
    """Yield the summers of some seeds, each with the digest of its trace."""
    for seed in seeds:
        summer = FaultySummer(seed)
        yield summer, summer.run()
