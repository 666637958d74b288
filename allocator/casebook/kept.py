"""A book as its folder keeps it: rebuilt from tables and journal at each start, written event by event."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from allocator.book import Book, Digests, present_rows
from allocator.casebook.agreement import BookProof
from allocator.casebook.events_file import events_of_file_bytes
from allocator.casebook.kept_tables import KeptTables, demand_names_kept
from allocator.casebook.private_words import demand_no_private_words
from allocator.casebook.store import DATABASE, JOURNAL, BookStore, Confirmed, Disk, confirmed_lines, row_changes
from allocator.casebook.writer import one_writer
from allocator.domain import ACCEPTED, NO_HEAD, BookEvent, District, OfficeValues, Played, Row
from allocator.ground import Fault, InputError


class Preview(NamedTuple):
    """What some events would do.

    Attributes
    ----------
    outcomes : tuple of str
        ``accepted`` or the code of the refusal, by event.
    before, after : tuple of Row
        The assignment now, and after those that would be accepted.
    """

    outcomes: tuple[str, ...]
    before: tuple[Row, ...]
    after: tuple[Row, ...]


class KeptBook:
    """The book of a folder, rebuilt and compared with its database.

    Use ``reading`` or ``writing`` to open one.

    Attributes
    ----------
    folder : Path
        Where it is kept.
    district : District
        What it is played over: before the freeze the folder's policy, schools and zones with no children, from then
        on the frozen tables.
    book : Book
        The state after the journal's last line.
    rows : tuple of Row
        The present assignment.
    completed : int
        Lines of a writer that was stopped, which were wholly written and have been confirmed at this start.

    Raises
    ------
    InputError
        If journal, database and tables are not those of one book, whole and unchanged.
    """

    def __init__(self, tables: KeptTables, store: BookStore, *, writes: bool = False) -> None:
        self.folder, self._tables, self._store = tables.folder, tables, store
        self._proof: BookProof | None = None
        self.completed = 0
        look = store.look()
        lines, rest = confirmed_lines(look)
        self._events = list(_proposed(lines))
        self.district = tables.district(self._events)
        self.book = _replayed(self.district, self._events, lines)
        self.rows = present_rows(self.book.state)
        self._demand_mirrored(look.confirmed)
        if writes and look.intent:
            self._mend(look.confirmed, look.intent, rest)

    @property
    def journal(self) -> tuple[bytes, ...]:
        """The lines, without their LF."""
        return tuple(self.book.journal)

    @property
    def head(self) -> str:
        """Digest of the journal's last line."""
        return self.book.head

    def preview(self, events: Sequence[BookEvent], digests: Digests | None = None) -> Preview:
        """Return what some events would do; nothing is changed. ``digests`` as in ``propose``."""
        trial, _, outcomes = self._tried(events, digests)
        return Preview(outcomes, self.rows, present_rows(trial.state))

    def propose(self, events: Sequence[BookEvent], digests: Digests | None = None) -> tuple[str, ...]:
        """Write events, all or none; return what became of each.

        Parameters
        ----------
        events : sequence of BookEvent
            Proposed events; where one is refused, none is written.
        digests : Digests, optional
            What digests in them must be beside those of the folder's own policy, frozen tables and transcript.

        Returns
        -------
        tuple of str
            ``accepted`` or the code of the refusal. When all are accepted, they are durable.

        Raises
        ------
        DisagreementError
            If the strict model or the checker says something else; nothing is written.
        InputError
            If a text names a person, or the disk refuses; nothing is written.
        """
        demand_no_private_words(self.folder, events)
        trial, district, outcomes = self._tried(events, digests)
        if not events or any(outcome != ACCEPTED for outcome in outcomes):
            return outcomes
        rows = present_rows(trial.state)
        self._prove(district, events, Played(outcomes, tuple(trial.journal), rows))
        lines = trial.journal[len(self.book.journal) :]
        proof, self._proof = self._proof, None
        self._store.write(lines, _confirmed(trial), row_changes(self.rows, rows))
        self._take(trial, district, (*self._events, *events), rows)
        self._proof = proof
        return outcomes

    def prove(self) -> None:
        """Let strict model and checker play the whole journal.

        Raises
        ------
        DisagreementError
            If they say something else.
        """
        self._proof = None
        self._prove(self.district, (), Played((), self.journal, self.rows))

    def database_copy(self) -> bytes:
        """Return the database as one file, whole."""
        return self._store.copy()

    def log(self, at: str, person: str, action: str, what: str) -> None:
        """Note in the access log that somebody looked at something; before it is shown.

        Raises
        ------
        InputError
            If that cannot be noted.
        """
        self._store.log(at, person, action, what)

    def accesses(self) -> list[tuple[str, str, str, str]]:
        """Return the access log: when, who, what was done, with what."""
        return self._store.accesses()

    def _tried(
        self, events: Sequence[BookEvent], digests: Digests | None
    ) -> tuple[Book, District, tuple[str, ...]]:
        """Return a book that went on by some events, what it is played over, and what became of each."""
        trial, district, outcomes = self.book.another(), self.district, []
        trial.digests = self._tables.digests(events, self.district, digests or Digests())
        for event in events:
            season = trial.state.season
            outcomes.append(trial.propose(event))
            if {season, trial.state.season} == {"open", "frozen"}:  # other tables from here on
                district = self._tables.district(list(_proposed(trial.journal)))
            elif season != trial.state.season == "drawn":  # perhaps another order than that of hashes
                district = self._tables.drawn(district, event)
            if district is not trial.law.district:
                known, digests = list(_proposed(trial.journal)), trial.digests
                trial = _replayed(district, known, trial.journal)
                trial.digests = digests
        return trial, district, tuple(outcomes)

    def _prove(self, district: District, events: Sequence[BookEvent], played: Played) -> None:
        """Let strict model and checker take the events too."""
        if self._proof is None or district is not self.district:
            self._proof = BookProof(district)
            events = (*self._events, *events)
            played = played._replace(outcomes=(ACCEPTED,) * len(events))
        try:
            self._proof.follow(events, played)
        except BaseException:
            self._proof = None
            raise

    def _take(self, trial: Book, district: District, events: Sequence[BookEvent], rows: tuple[Row, ...]) -> None:
        trial.digests = Digests()
        self.book, self.district, self._events, self.rows = trial, district, list(events), rows

    def _demand_mirrored(self, confirmed: Confirmed | None) -> None:
        """Compare what was rebuilt with the database."""
        made = _confirmed(self.book)
        if confirmed is not None and made != confirmed:
            name = next(name for name in made._fields if getattr(made, name) != getattr(confirmed, name))
            words = {"field": name, "found": str(getattr(confirmed, name)), "expected": str(getattr(made, name))}
            raise InputError([Fault("book.state_differs", DATABASE, params=words)])
        if (rows := self._store.rows()) != list(self.rows):
            count = str(len(set(rows) ^ set(self.rows)))
            raise InputError([Fault("book.rows_differ", DATABASE, params={"count": count})])

    def _mend(self, confirmed: Confirmed | None, intent: bytes, rest: bytes) -> None:
        """Complete what a killed writer had wholly written, or take back what it had not."""
        try:
            if rest != intent:
                self._store.cut_back(confirmed)
                return
            lines = [*self.book.journal, *intent.split(b"\n")[:-1]]
            events = list(_proposed(lines))
            district = self._tables.district(events)
            trial = _replayed(district, events, lines)
            rows = present_rows(trial.state)
            self._store.confirm(_confirmed(trial), row_changes(self.rows, rows))
        except OSError as error:
            words = {"reason": error.strerror or str(error)}
            raise InputError([Fault("book.not_written", JOURNAL, params=words)]) from error
        self.completed = len(lines) - len(self.book.journal)
        self._take(trial, district, events, rows)


@contextmanager
def reading(folder: Path) -> Iterator[KeptBook]:
    """Open a book to look at it; a writer may work meanwhile.

    What a stopped writer left is settled first, so that whoever looks whether an event is on record is told what holds.

    Raises
    ------
    InputError
        If there is none, or it is not whole and unchanged.
    """
    _demand_book(folder)
    with closing(BookStore(folder)) as store:
        if store.look().intent:
            with suppress(InputError), one_writer(folder, "-", "-", 0), unlocked(folder):
                pass  # where one is at work, or nobody may write, the confirmed lines are shown
        yield _begun(KeptBook(KeptTables(folder), store))


@contextmanager
def writing(
    folder: Path, person: str, since: str, wait_seconds: float = 0.0, *, even_purged: bool = False
) -> Iterator[KeptBook]:
    """Open a book to write in it, as the only writer.

    Parameters
    ----------
    person, since : str
        Who works, and the present time: the next one is told.
    wait_seconds : float
        How long to wait for another writer.
    even_purged : bool
        Whether a book whose personal data were purged is opened too: nothing is written in it then.

    Raises
    ------
    InputError
        If another one works, if there is no book, it is read-only, or it is not whole and unchanged; and, once, if
        lines of a writer that was stopped have just been confirmed, so that nobody enters them again unseen.
    """
    _demand_book(folder)
    if not even_purged:
        demand_names_kept(folder)
    with one_writer(folder, person, since, wait_seconds), unlocked(folder) as book:
        if book.completed:  # whoever enters these again would enter them twice
            first = len(book.journal) - book.completed + 1
            raise InputError([Fault("book.completed", JOURNAL, first, params={"count": str(book.completed)})])
        yield book


@contextmanager
def unlocked(folder: Path) -> Iterator[KeptBook]:
    """Open a book to write in it where nobody else can: under its lock, or in a folder that was just made.

    Raises
    ------
    InputError
        If it is not whole and unchanged.
    """
    with closing(BookStore(folder)) as store:
        yield _begun(KeptBook(KeptTables(folder), store, writes=True))


def open_book(folder: Path, person: str, at: str, wait_seconds: float = 0.0) -> str:
    """Begin the book of a folder with its first line; return the head.

    Parameters
    ----------
    person, at : str
        Who enters ``season_opened``, and when.
    wait_seconds : float
        How long to wait for another writer.

    Raises
    ------
    InputError
        If there is a book or half of one, if none can be kept of the policy, or the disk refuses.
    """
    tables = KeptTables(folder)
    district = tables.district(())
    if os.path.lexists(folder / JOURNAL) and not os.path.lexists(folder / DATABASE):
        raise InputError([Fault("book.is_open", JOURNAL), Fault("book.database_missing", DATABASE)])
    with one_writer(folder, person, at, wait_seconds), closing(BookStore(folder)) as store:
        store.begin()
        book = KeptBook(tables, store, writes=True)
        if book.journal:
            raise InputError([Fault("book.is_open", JOURNAL)])
        office = district.policy.office or OfficeValues()
        event: BookEvent = {
            "at": at, "by": person, "role": "office", "type": "season_opened",
            "year": office.year, "stage": office.stage, "policy": district.policy_sha256,
        }  # fmt: skip
        (outcome,) = book.propose([event])
        if outcome != ACCEPTED:
            raise InputError([Fault(f"book.refusal.{outcome}", "--by", value=person)])
        return book.head


def rebuild_database(folder: Path, person: str, at: str, wait_seconds: float = 0.0) -> str:
    """Make a lost database anew from the journal, which must be sound; parameters and return as of ``open_book``.

    The access log is lost with the database; the new one begins with this act.

    Raises
    ------
    InputError
        If there is a database, or the journal is missing, not sound, or not that of the tables.
    """
    tables, disk = KeptTables(folder), Disk()
    with one_writer(folder, person, at, wait_seconds):
        raw = disk.content(folder / JOURNAL)
        if not raw:
            raise InputError([Fault("book.journal_missing", JOURNAL)])
        if not raw.endswith(b"\n"):
            raise InputError([Fault("book.line_incomplete", JOURNAL, raw.count(b"\n") + 1)])
        lines = raw.split(b"\n")[:-1]
        events = list(_proposed(lines))
        book = _replayed(tables.district(events), events, lines)
        with closing(BookStore(folder, disk)) as store:
            store.begin(_confirmed(book), row_changes((), present_rows(book.state)))
            store.log(at, person, "rebuild", DATABASE)
    return book.head


def _demand_book(folder: Path) -> None:
    """Refuse a folder in which there is no book, or half of one."""
    if not os.path.isdir(folder):
        raise InputError([Fault("folder.missing", str(folder))])
    there = [os.path.lexists(folder / name) for name in (JOURNAL, DATABASE)]
    if not any(there):
        raise InputError([Fault("book.none", str(folder))])
    if not there[1]:
        raise InputError([Fault("book.database_missing", DATABASE)])


def _begun(book: KeptBook) -> KeptBook:
    """Return a book that has its first line; one whose opening was cut short is none yet."""
    if not book.journal:
        raise InputError([Fault("book.none", str(book.folder))])
    return book


def _proposed(lines: Sequence[bytes]) -> Iterator[BookEvent]:
    """Yield the events of a journal as they were proposed."""
    for event in events_of_file_bytes(b"".join(line + b"\n" for line in lines)):
        yield {key: value for key, value in event.items() if key not in ("seq", "prev")}


def _replayed(district: District, events: Sequence[BookEvent], lines: Sequence[bytes]) -> Book:
    """Return the book after a journal whose every line must be accepted and come out as it stands."""
    book = Book(district)
    for number, (event, line) in enumerate(zip(events, lines, strict=True), start=1):
        outcome = book.propose(event)
        if outcome != ACCEPTED:
            raise InputError([Fault("book.line_refused", JOURNAL, number, params={"outcome": outcome})])
        if book.journal[-1] != line:
            raise InputError([Fault("book.chain_broken", JOURNAL, number)])
    return book


def _confirmed(book: Book) -> Confirmed:
    """Return what the database must know of a book."""
    office = book.law.office
    first = sha256(book.journal[0]).hexdigest() if book.journal else NO_HEAD
    length = sum(map(len, book.journal)) + len(book.journal)
    return Confirmed(office.year, office.stage, book.state.season, first, len(book.journal), length, book.head)
