"""The journal of a book and the database that mirrors it, written so that no kill loses or doubles a decision.

Lines are written in three steps: (1) the database notes them as an intent; (2) they are appended to the journal,
durably; (3) the database notes the journal's new length and head and the rows that changed, and drops the intent. Only
then they count. What a start finds is the confirmed journal and a prefix of the intent, or somebody has changed it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from allocator.domain import NO_HEAD, Row
from allocator.ground import MOST_OF_AN_OUTPUT, Fault, InputError, create_owner_only, open_file_bytes
from allocator.record import sync_folder

if TYPE_CHECKING:
    from sqlite3 import Connection

JOURNAL, DATABASE = "journal.jsonl", "book.db"
APPLICATION, VERSION = 0x53534142, 1
"""By which the database of a book is known."""

_BOM = b"\xef\xbb\xbf"

Statement: TypeAlias = tuple[str, Sequence[Sequence[Any]]]
"""A sentence of SQL and the rows for which it is run."""

_TABLES = (
    "CREATE TABLE confirmed (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    "CREATE TABLE intent (lines BLOB NOT NULL)",
    "CREATE TABLE assignment (applicant_id TEXT PRIMARY KEY, school_id TEXT NOT NULL, phase TEXT NOT NULL,"
    " outcome TEXT NOT NULL, draw_id TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE access (at TEXT NOT NULL, person TEXT NOT NULL, action TEXT NOT NULL, what TEXT NOT NULL)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


class Disk:
    """What a book asks of its disk; each step may fail (``OSError``) or be the last one before the machine stops."""

    def content(self, path: Path) -> bytes | None:
        """Return a file; None where it is not there."""
        try:
            return open_file_bytes(path, MOST_OF_AN_OUTPUT)
        except FileNotFoundError:
            return None

    def append(self, path: Path, content: bytes) -> None:
        """Add to a file, which is made where needed, and make it durable."""
        made = not os.path.lexists(path)
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
        with open(create_owner_only(path) if made else os.open(path, flags), "ab") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if made:
            sync_folder(path.parent)

    def cut(self, path: Path, length: int) -> None:
        """Shorten a file and make that durable."""
        with open(path, "r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())

    def connect(self, path: Path) -> Connection:
        """Open the database; one that is not there is made, empty and for its owner alone."""
        import sqlite3

        if not os.path.lexists(path):
            os.close(create_owner_only(path))
            sync_folder(path.parent)
        may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        beside = os.path.lexists(f"{path}-wal")  # of a writer at work, or one that was killed
        query = "mode=rw" if may_write else "mode=ro" if beside else "mode=ro&immutable=1"
        made = None
        try:
            made = sqlite3.connect(f"{path.absolute().as_uri()}?{query}", uri=True, isolation_level=None)
            if may_write:
                made.execute("PRAGMA journal_mode = WAL")
                made.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error as error:
            if made is not None:
                made.close()
            raise OSError(0, str(error)) from error
        return made

    def commit(self, database: Connection, statements: Iterable[Statement]) -> None:
        """Run statements in one durable transaction: all or none."""
        import sqlite3

        try:
            database.execute("BEGIN IMMEDIATE")
            for sentence, rows in statements:
                database.executemany(sentence, rows)
            database.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise OSError(0, str(error)) from error


class Confirmed(NamedTuple):
    """What the database knows of the journal.

    Attributes
    ----------
    year, stage, season : of the book
        As section 8 has them.
    first : str
        Digest of the first line: by it a book is told from any other.
    lines, length : int
        Lines and bytes of the journal.
    head : str
        Digest of its last line.
    """

    year: int
    stage: str
    season: str
    first: str
    lines: int
    length: int
    head: str


class StoreLook(NamedTuple):
    """What stands in the folder: the confirmed part, the intent, and the journal as bytes."""

    confirmed: Confirmed | None
    intent: bytes
    journal: bytes | None


class BookStore:
    """Journal and database of one folder.

    Parameters
    ----------
    folder : Path
        The folder of the book.
    disk : Disk, optional
        By which they are read and written.

    Raises
    ------
    InputError
        If the database cannot be opened.
    """

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder, self.disk, self._unsure = folder, disk or Disk(), False
        try:
            self._database = self.disk.connect(folder / DATABASE)
        except OSError as error:
            raise InputError([_fault("book.database_unreadable", DATABASE, reason=_reason(error))]) from error

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def found(self, sentence: str) -> list[tuple[Any, ...]]:
        """Return what the database says to a question.

        Raises
        ------
        InputError
            If it is not the database of a book, or damaged.
        """
        import sqlite3

        try:
            return self._database.execute(sentence).fetchall()
        except sqlite3.Error as error:
            raise InputError([_fault("book.database_unreadable", DATABASE, reason=str(error))]) from error

    def begin(self, confirmed: Confirmed | None = None, changes: Sequence[Statement] = ()) -> None:
        """Make the tables of a database that has none yet, with what is confirmed already where there is a journal.

        Raises
        ------
        InputError
            If it has others, if there is something to be confirmed and it has tables, or the disk refuses.
        """
        blank = not self.found("SELECT name FROM sqlite_master")
        if confirmed is not None and not blank:
            raise InputError([_fault("book.database_there", DATABASE)])
        if blank:
            known = [] if confirmed is None else [_known(confirmed)]
            self._commit([*((sentence, [()]) for sentence in _TABLES), *known, *changes])
        self._demand_ours()

    def _demand_ours(self) -> None:
        marks = [self.found(f"PRAGMA {name}")[0][0] for name in ("application_id", "user_version")]
        tables = {row[0] for row in self.found("SELECT sql FROM sqlite_master WHERE sql NOT NULL")}
        if marks != [APPLICATION, VERSION] or tables != {s for s in _TABLES if s.startswith("CREATE")}:
            raise InputError([_fault("book.database_foreign", DATABASE)])

    def look(self) -> StoreLook:
        """Return what stands there; the database is asked before and after the journal, as somebody may be writing."""
        self._demand_ours()
        while True:
            before = self._confirmed(), self._intent()
            try:
                journal = self.disk.content(self.folder / JOURNAL)
            except OSError as error:
                raise InputError([_fault("file.unreadable", JOURNAL, reason=_reason(error))]) from error
            if before == (self._confirmed(), self._intent()):
                return StoreLook(*before, journal)

    def _confirmed(self) -> Confirmed | None:
        known = dict(self.found("SELECT name, value FROM confirmed"))
        if not known:
            return None
        counts = {"year", "lines", "length"}
        right = known.keys() == set(Confirmed._fields)
        if not right or any(not isinstance(value, int if name in counts else str) for name, value in known.items()):
            raise InputError([_fault("book.database_foreign", DATABASE)])
        return Confirmed(**known)

    def _intent(self) -> bytes:
        lines = [row[0] for row in self.found("SELECT lines FROM intent")]
        if not all(isinstance(line, bytes) for line in lines):
            raise InputError([_fault("book.database_foreign", DATABASE)])
        return b"".join(lines)

    def rows(self) -> list[Row]:
        """Return the assignment as the database has it."""
        sentence = "SELECT applicant_id, school_id, phase, outcome, draw_id FROM assignment ORDER BY applicant_id"
        return [Row(*row) for row in self.found(sentence)]

    def write(self, lines: Sequence[bytes], after: Confirmed, changes: Sequence[Statement]) -> None:
        """Write lines and what follows from them, in three steps.

        Raises
        ------
        InputError
            If the disk refuses. What had been written is taken back now or, where that fails too, settled at the next
            start; until then nothing more is written.
        """
        if self._unsure:
            raise InputError([_fault("book.unsure", JOURNAL)])
        content, before = b"".join(line + b"\n" for line in lines), self._confirmed()
        noted: list[Statement] = [_CLEAR, ("INSERT INTO intent VALUES (?)", [(content,)])]
        self._unsure = True
        try:
            self.disk.commit(self._database, noted)
            self.disk.append(self.folder / JOURNAL, content)
            self.confirm(after, changes)
        except OSError as error:
            with suppress(OSError):
                self.disk.commit(self._database, noted)  # whatever became of the third step, this says what holds now
                if self._confirmed() == before:
                    self.cut_back(before)
                    self._unsure = False
            raise InputError([_fault("book.not_written", JOURNAL, reason=_reason(error))]) from error
        self._unsure = False

    def confirm(self, after: Confirmed, changes: Sequence[Statement]) -> None:
        """Note that the journal is so long now; the third step.

        Raises
        ------
        OSError
            If the disk refuses.
        """
        self.disk.commit(self._database, [_CLEAR, _known(after), *changes])

    def cut_back(self, confirmed: Confirmed | None) -> None:
        """Take what was not confirmed back from the journal, and drop the intent.

        Raises
        ------
        OSError
            If the disk refuses.
        """
        length = confirmed.length if confirmed else 0
        if len(self.disk.content(self.folder / JOURNAL) or b"") > length:
            self.disk.cut(self.folder / JOURNAL, length)
        self.disk.commit(self._database, [_CLEAR])

    def log(self, at: str, person: str, action: str, what: str) -> None:
        """Note who looked at what.

        Raises
        ------
        InputError
            If that cannot be noted; nothing may be shown then.
        """
        self._commit([("INSERT INTO access VALUES (?, ?, ?, ?)", [(at, person, action, what)])])

    def accesses(self) -> list[tuple[str, str, str, str]]:
        """Return the access log: when, who, what was done, with what."""
        return [tuple(row) for row in self.found("SELECT at, person, action, what FROM access ORDER BY rowid")]

    def copy(self) -> bytes:
        """Return the database as one file, whole and without what is only beside it on the disk."""
        import sqlite3

        with TemporaryDirectory() as place:
            with closing(sqlite3.connect(path := Path(place) / DATABASE)) as target:
                self._database.backup(target)
            return path.read_bytes()

    def _commit(self, statements: Sequence[Statement]) -> None:
        try:
            self.disk.commit(self._database, statements)
        except OSError as error:
            raise InputError([_fault("book.not_written", DATABASE, reason=_reason(error))]) from error


_CLEAR: Statement = ("DELETE FROM intent", [()])


def _known(confirmed: Confirmed) -> Statement:
    """Return the statement that notes what is confirmed."""
    return "INSERT OR REPLACE INTO confirmed VALUES (?, ?)", list(confirmed._asdict().items())


def confirmed_lines(look: StoreLook) -> tuple[list[bytes], bytes]:
    """Return the lines that count, and what stands after them: a prefix of the intent.

    Raises
    ------
    InputError
        If journal and database are not of one book, or somebody changed, removed, added or exchanged lines.
    """
    confirmed, intent, journal = look
    length = confirmed.length if confirmed else 0
    if journal is None and length:
        raise InputError([_fault("book.journal_missing", JOURNAL)])
    whole = journal or b""
    known, rest = whole[:length], whole[length:]
    lines = known.split(b"\n")[:-1]
    if confirmed and (faults := list(_line_faults(confirmed, whole, lines))):
        raise InputError(faults[:1])
    if not intent.startswith(rest):
        more = rest.count(b"\n") + (not rest.endswith(b"\n"))
        raise InputError([_fault("book.lines_added", JOURNAL, row=len(lines) + 1, count=str(more))])
    return lines, rest


def _line_faults(confirmed: Confirmed, whole: bytes, lines: Sequence[bytes]) -> Iterator[Fault]:
    """Yield why the confirmed part of a journal is not the one that the database knows."""
    every = whole.split(b"\n")[:-1]
    plain = whole.removeprefix(_BOM).replace(b"\r\n", b"\n")
    if plain != whole and sha256(plain[: confirmed.length - 1].rpartition(b"\n")[2]).hexdigest() == confirmed.head:
        yield _fault("book.saved_again", JOURNAL)
    if every and sha256(every[0]).hexdigest() != confirmed.first:
        yield _fault("book.other_book", DATABASE, year=str(confirmed.year))
    for number, line in enumerate(every[: confirmed.lines], start=1):
        before = sha256(every[number - 2]).hexdigest() if number > 1 else NO_HEAD
        if f'"prev":"{before}"'.encode() not in line or f'"seq":{number}'.encode() not in line:
            yield _fault("book.chain_broken", JOURNAL, row=number)
            return
    if len(every) < confirmed.lines:
        yield _fault("book.lines_missing", JOURNAL, found=str(len(every)), expected=str(confirmed.lines))
    head = sha256(lines[-1]).hexdigest() if lines else NO_HEAD
    if (len(lines), head) != (confirmed.lines, confirmed.head):
        yield _fault("book.head_differs", JOURNAL, row=confirmed.lines, expected=confirmed.head)


def row_changes(before: Sequence[Row], after: Sequence[Row]) -> list[Statement]:
    """Return what turns the rows of the database into those after an event."""
    was, now = ({row.applicant_id: row[:5] for row in rows} for rows in (before, after))
    gone = [(child,) for child in was if child not in now]
    new = [row for child, row in now.items() if was.get(child) != row]
    return [
        ("DELETE FROM assignment WHERE applicant_id = ?", gone),
        ("INSERT OR REPLACE INTO assignment VALUES (?, ?, ?, ?, ?)", new),
    ]


def _fault(code: str, file: str, *, row: int = 0, **words: str) -> Fault:
    return Fault(code, file, row, params=words)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
