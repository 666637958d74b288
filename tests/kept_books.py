"""Books in folders, with tables, frozen files and transcripts whose digests stand in the events."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.casebook.kept import open_book, writing
from allocator.domain import ACCEPTED, BookEvent, District
from allocator.lottery import TRANSCRIPT, canonical_tables, frozen_digests
from allocator.reading.folder import read_folder
from allocator.record import write_freeze
from tests.book_folders import FOLDERS
from tests.test_book_replay import folder_of

NOW = "2023-07-01T09:00:00"
DIGEST = sha256(b"a file").hexdigest()
BEFORE_DRAW = ("determined", "frozen", "drawn")


def event(kind: str, at: str = NOW, role: str = "office", **fields: Any) -> BookEvent:
    """Return a proposed event."""
    return {"at": at, "by": "u-1", "role": role, "type": kind, **fields}


def opened(folder: Path, name: str = "12-book-plain") -> District:
    """Make the tables of a conformance folder and open a book over them; return the district with its children."""
    folder_of(FOLDERS[name], folder)
    (folder / "events.jsonl").unlink()
    district = read_folder(folder)
    open_book(folder, "u-1", NOW)
    return district


def freezing(folder: Path, district: District) -> tuple[BookEvent, BookEvent]:
    """Freeze the tables and return the events of determination and freeze."""
    digests = frozen_digests(district)
    write_freeze(folder, district, digests)
    roster = sha256(dict(canonical_tables(district))["applicants.csv"]).hexdigest()
    determined = event("determined", inputs=DIGEST, determination=DIGEST)
    frozen = event("frozen", inputs=DIGEST, roster=roster, policy=district.policy_sha256, held=0)
    return determined, frozen


def drawing(folder: Path, seed: bytes = b"a transcript\n") -> BookEvent:
    """Write a transcript and return the event of the draw."""
    (folder / TRANSCRIPT).write_bytes(seed)
    return event("drawn", transcript=sha256(seed).hexdigest())


def drawn(folder: Path, name: str = "12-book-plain") -> District:
    """Make the tables of a conformance folder and a book over them as far as its draw."""
    folder_of(FOLDERS[name], folder)
    (folder / "events.jsonl").unlink()
    return begun(folder)


def begun(folder: Path) -> District:
    """Make a book over a folder's tables, as far as its draw."""
    district = read_folder(folder)
    open_book(folder, "u-1", NOW)
    with writing(folder, "u-1", NOW) as book:
        events = (*freezing(folder, district), drawing(folder))
        assert set(book.propose(events)) == {ACCEPTED}
    return district
