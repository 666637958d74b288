"""A book in its folder: written, read again, the same; and every way in which somebody may have changed it refused."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.casebook.kept import open_book, reading, writing
from allocator.casebook.store import DATABASE, JOURNAL
from allocator.casebook.writer import LOCK, one_writer
from allocator.checking import Docket
from allocator.domain import ACCEPTED, Violation
from allocator.ground import DisagreementError, InputError, fault_text
from allocator.models.book import ProvenBook
from tests.book_folders import FOLDERS
from tests.cli_calls import as_json, contents, copy, good, refused
from tests.kept_books import NOW, drawn, event, freezing, opened
from tests.test_book_replay import folder_of
from tests.test_schemas import wrong


def test_a_book_is_what_was_written(tmp_path: Path) -> None:
    """Head, rows and state after a second start are those before."""
    folder = tmp_path / "book"
    drawn(folder)
    with writing(folder, "u-1", NOW) as book:
        assert book.propose([event("round_opened", round="preferential")]) == (ACCEPTED,)
        head, rows = book.head, book.rows
    with reading(folder) as again:
        assert (again.head, again.rows, len(again.journal)) == (head, rows, 5)
        assert again.book.state.rounds["preferential"].state == "opened"


def test_all_or_none(tmp_path: Path) -> None:
    """Where one of some events is refused, none is written."""
    folder = tmp_path / "book"
    drawn(folder)
    with writing(folder, "u-1", NOW) as book:
        before = book.head
        good, bad = event("round_opened", round="preferential"), event("round_opened", round="adjustment")
        assert book.propose([good, bad]) == (ACCEPTED, "state")
        assert book.preview([good]).outcomes == (ACCEPTED,)
        assert book.head == before
    with reading(folder) as again:
        assert again.head == before


def test_before_the_freeze_there_are_no_children(tmp_path: Path) -> None:
    """And after it is annulled, or taken back, again none; annulling that brings the frozen ones back."""
    folder = tmp_path / "book"
    district = opened(folder)
    with writing(folder, "u-1", NOW) as book:
        assert book.district.applicants == ()
        assert set(book.propose(freezing(folder, district))) == {ACCEPTED}
        assert book.district.applicants == district.applicants
        book.propose([event("annulled", annuls=3, reason="x")])
        assert book.district.applicants == ()
        assert book.propose([freezing(folder, district)[1]]) == (ACCEPTED,)
        assert book.propose([event("unfrozen", role="group", reason="x")]) == (ACCEPTED,)
        assert book.district.applicants == ()
        assert book.propose([event("annulled", annuls=6, reason="x")]) == (ACCEPTED,)
    with reading(folder) as again:
        assert again.book.state.season == "frozen"
        assert again.district.applicants == district.applicants


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a book of five lines; a test that changes it works on a copy."""
    folder = tmp_path_factory.mktemp("kept") / "book"
    drawn(folder)
    with writing(folder, "u-1", NOW) as book:
        book.propose([event("round_opened", round="preferential")])
    return folder


def changed(lines: list[bytes]) -> list[bytes]:
    """A word of the second line is another."""
    return [lines[0], lines[1].replace(b"u-1", b"u-2"), *lines[2:]]


def chained(lines: list[bytes]) -> list[bytes]:
    """The same, and all digests after it made to fit."""
    made: list[bytes] = []
    for line in changed(lines):
        before = sha256(made[-1][:-1]).hexdigest() if made else "0" * 64
        made.append(re.sub(rb'"prev":"[0-9a-f]{64}"', f'"prev":"{before}"'.encode(), line))
    return made


TAMPERED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str, str]] = {
    "changed": (changed, "line 3", "does not follow"),
    "changed and chained anew": (chained, "line 5", "not the confirmed one"),
    "removed": (lambda lines: [*lines[:2], *lines[3:]], "line 3", "does not follow"),
    "removed at the end": (lambda lines: lines[:-1], "", "4 lines, and 5 are confirmed"),
    "exchanged": (lambda lines: [*lines[:2], lines[3], lines[2], lines[4]], "line 3", "does not follow"),
    "appended": (lambda lines: [*lines, lines[-1]], "line 6", "1 line was not written"),
    "begun": (lambda lines: [*lines, b'{"at":'], "line 6", "1 line was not written"),
    "last line cut short": (lambda lines: [*lines[:-1], lines[-1][:-5]], "", "4 lines, and 5 are confirmed"),
    "another book's": (lambda lines: [line.replace(b"u-1", b"u-9") for line in lines], "", "another book"),
    "emptied": (lambda lines: [], "", "0 lines, and 5 are confirmed"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_journal_that_was_touched_is_refused(how: str, kept: Path, tmp_path: Path) -> None:
    """In words, by reader and writer, and nothing is overwritten."""
    folder = copy(kept, tmp_path)
    tamper, place, words = TAMPERED[how]
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    (folder / JOURNAL).write_bytes(b"".join(tamper(lines)))
    before = contents(folder, LOCK)
    for found in _refusals(folder):
        assert f"{JOURNAL} {place}".strip() in found or DATABASE in found
        assert words in found
    assert contents(folder, LOCK) == before


@pytest.mark.parametrize("saved", [lambda raw: raw.replace(b"\n", b"\r\n"), lambda raw: b"\xef\xbb\xbf" + raw])
def test_a_journal_that_an_editor_saved_again_is_told_so(
    saved: Callable[[bytes], bytes], kept: Path, tmp_path: Path
) -> None:
    """Line ends of Windows, a byte order mark: refused like any change, with its cause."""
    folder = copy(kept, tmp_path / "book")
    (folder / JOURNAL).write_bytes(saved((folder / JOURNAL).read_bytes()))
    assert all("book.saved_again" in said for said in _refusals(folder))


def _refusals(folder: Path) -> Iterator[str]:
    """What reader and writer are told, in English; the Chinese is there too."""
    for way in (reading(folder), writing(folder, "u-1", NOW)):
        with pytest.raises(InputError) as refused, way:
            raise AssertionError
        assert all(fault_text(fault, "zh") for fault in refused.value.faults)
        yield " | ".join(fault_text(fault, "en") for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("name", "words"),
    [(JOURNAL, "journal is missing"), (DATABASE, "database of the book is missing"),
     ("frozen/applicants.csv", "frozen file"), ("frozen/zones.csv", "frozen file"), ("draw-freeze.txt", "frozen file"),
     ("transcript.txt", "transcript is missing")],
)  # fmt: skip
def test_a_file_that_is_missing_is_told(name: str, words: str, kept: Path, tmp_path: Path) -> None:
    """Journal, database, whatever was frozen, the transcript."""
    folder = copy(kept, tmp_path)
    (folder / name).unlink()
    assert all(words in found for found in _refusals(folder))


FORGED = (
    "UPDATE confirmed SET value = 'x' WHERE name = 'length'", "DELETE FROM confirmed WHERE name = 'head'",
    "DELETE FROM confirmed", "INSERT INTO intent VALUES ('x')", "DROP TABLE access", "CREATE VIEW more AS SELECT 1",
    "PRAGMA user_version = 9",
)  # fmt: skip
"""What somebody may do to a database."""


def test_a_database_of_another_year_is_refused(kept: Path, tmp_path: Path) -> None:
    """So is a policy of another year, a table of another roster, rows that somebody changed, what is no database."""
    folder = copy(kept, tmp_path)
    other = tmp_path / "other"
    folder_of(FOLDERS["12-book-plain"], other)
    of_year(other, 2024)
    open_book(other, "u-1", NOW)
    shutil.copy(other / DATABASE, folder / DATABASE)
    assert all("that of another book (2024)" in found for found in _refusals(folder))
    shutil.copy(kept / DATABASE, folder / DATABASE)
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("UPDATE assignment SET outcome = 'admitted'")
        database.commit()
    assert all("of the assignment in the database differ" in found for found in _refusals(folder))
    for sentence in FORGED:
        shutil.copy(kept / DATABASE, folder / DATABASE)
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            database.execute(sentence)
            database.commit()
        assert all(found for found in _refusals(folder)), sentence
    for content in (b"a letter", b"", kept.joinpath(DATABASE).read_bytes()[:5000]):
        (folder / DATABASE).write_bytes(content)
        assert all(DATABASE in found for found in _refusals(folder))


def of_year(folder: Path, year: int) -> None:
    """Let the policy of a folder be that of another year."""
    policy = (folder / "policy.yaml").read_text("utf-8").partition("\noffice:\n")[0]
    (folder / "policy.yaml").write_text(f"{policy}\noffice:\n  year: {year}\n", "utf-8")


def test_a_policy_of_another_year_is_refused(tmp_path: Path) -> None:
    """Before the freeze the policy of the folder decides."""
    folder = tmp_path / "book"
    opened(folder)
    of_year(folder, 2024)
    assert all("book is that of 2023" in found for found in _refusals(folder))


def test_a_lost_database_is_made_anew(kept: Path, tmp_path: Path) -> None:
    """From the journal alone; not where one lies there, and not of a journal that is not sound."""
    folder = copy(kept, tmp_path)
    by = ("--by", "u-1")
    assert "look into it first" in refused("book", "open", folder, "--rebuild", *by)
    (folder / DATABASE).unlink()
    assert "--rebuild" in refused("book", "open", folder, *by)
    journal = (folder / JOURNAL).read_bytes()
    changed_line = journal.replace(b"u-1", b"u-2", 1)
    for touched, words in ((journal[:-1], "incomplete"), (changed_line, "line 2"), (b"", "missing")):
        (folder / JOURNAL).write_bytes(touched)
        assert words in refused("book", "open", folder, "--rebuild", *by)
        assert not (folder / DATABASE).exists()
    (folder / JOURNAL).write_bytes(journal)
    told = as_json("book", "open", folder, "--rebuild", *by)
    assert wrong("book-open", told) == []
    with reading(folder) as book, reading(kept) as before:
        assert (book.head, book.rows, told["head"]) == (before.head, before.rows, before.head)
        assert [row[2] for row in book.accesses()] == ["rebuild"]


def test_opening_is_once(tmp_path: Path) -> None:
    """Over the tables of a policy that a book takes, by an officer of the office, and never over a book."""
    folder = folder_of(FOLDERS["12-book-plain"], tmp_path / "book")
    assert "begun" in good("book", "open", folder, "--by", "u-1")
    assert (folder / "persons.csv").read_text("utf-8") == "person,roles\nu-1,office\n"
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir() if path.name.startswith(("book", "jour"))} == {0}
    before = contents(folder)
    assert "already" in refused("book", "open", folder, "--by", "u-1")
    assert "u-2" in refused("book", "open", folder, "--by", "u-2")
    assert contents(folder) == before
    other = folder_of(FOLDERS["12-book-plain"], tmp_path / "other")
    policy = (other / "policy.yaml").read_text("utf-8")
    other_policy = policy.replace("receiving_order: category_then_local", "receiving_order: locals_all_first")
    (other / "policy.yaml").write_text(other_policy, "utf-8")
    assert "receiving_order" in refused("book", "open", other, "--by", "u-1")
    assert "malformed" in refused("book", "open", folder_of(FOLDERS["12-book-plain"], tmp_path / "x"), "--by", "")
    assert not (other / JOURNAL).exists()


def test_the_second_writer_is_told_who_works(kept: Path, tmp_path: Path) -> None:
    """At once, or after waiting; a reader is not kept out; when the first is done, the second gets in."""
    folder = copy(kept, tmp_path)
    with writing(folder, "Liu", NOW):
        with pytest.raises(InputError) as refusal, writing(folder, "u-2", NOW, 0.1):
            raise AssertionError
        assert f"Liu has been working in this book since {NOW}" in fault_text(refusal.value.faults[0], "en")
        with reading(folder) as book:
            assert len(book.journal) == 5
    with writing(folder, "u-2", NOW) as book:
        assert book.propose([event("note", text="x")]) == (ACCEPTED,)


def test_the_second_writer_waits(kept: Path, tmp_path: Path) -> None:
    """As long as it was told to."""
    folder = copy(kept, tmp_path)
    got: list[str] = []

    def _second() -> None:
        with writing(folder, "u-2", NOW, 20) as book:
            got.append(book.propose([event("note", text="second")])[0])

    with writing(folder, "u-1", NOW) as book:
        other = threading.Thread(target=_second)
        other.start()
        book.propose([event("note", text="first")])
        assert got == []
    other.join()
    with reading(folder) as book:
        assert [b"first" in line for line in book.journal[-2:]] == [True, False]
        assert got == [ACCEPTED]


@pytest.mark.parametrize("opens", ["writer", "reader", "reader beside a writer"])
@pytest.mark.parametrize("step", ["intent", "torn", "appended"])
def test_a_writer_killed_between_two_steps(step: str, opens: str, kept: Path, tmp_path: Path) -> None:
    """What was wholly in the journal is completed, anything less taken back, by whoever opens the book next.

    A clerk who looks whether an event is on record, and enters it again because it is not, enters it once.
    """
    folder = copy(kept, tmp_path)
    with reading(kept) as book:
        trial = book.book.another()
        trial.propose(event("note", text="x"))
        line = trial.journal[-1] + b"\n"
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("INSERT INTO intent VALUES (?)", (line,))
        database.commit()
    with (folder / JOURNAL).open("ab") as file:
        file.write({"intent": b"", "torn": line[:30], "appended": line}[step])
    lines = 6 if step == "appended" else 5
    if opens == "reader beside a writer":
        with one_writer(folder, "u-1", NOW, 0), reading(folder) as book:
            assert len(book.journal) == 5
    if opens != "writer":
        with reading(folder) as book:
            assert len(book.journal) == lines
        assert (folder / JOURNAL).read_bytes().count(b"\n") == lines
    elif step == "appended":  # told once, before anything is entered again
        with pytest.raises(InputError) as refusal, writing(folder, "u-1", NOW):
            raise AssertionError
        assert "1 line from here on" in fault_text(refusal.value.faults[0], "en")
    with writing(folder, "u-1", NOW) as book:
        assert len(book.journal) == lines
        assert book.propose([event("note", text="y")]) == (ACCEPTED,)
    with reading(folder) as book:
        assert len(book.journal) == lines + 1


def test_nothing_is_written_that_a_path_disputes(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where the model says something else nor where the checker does; afterwards the book goes on."""
    folder = copy(kept, tmp_path)
    rows = ProvenBook.rows
    with writing(folder, "u-1", NOW) as book:
        for target, name, other in (
            (ProvenBook, "rows", lambda model: rows(model)[1:]),
            (Docket, "findings", lambda *given: [Violation("check.book.order", "", "", "")]),
        ):
            with monkeypatch.context() as patch:
                patch.setattr(target, name, other)
                with pytest.raises(DisagreementError):
                    book.propose([event("note", text="x")])
        assert book.propose([event("note", text="x")]) == (ACCEPTED,)
    with reading(folder) as book:
        assert len(book.journal) == 6


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of files there")
@pytest.mark.parametrize("most", [6_000, 12_000, 42_000, 45_000])
def test_a_disk_that_takes_no_more(most: int, kept: Path, tmp_path: Path) -> None:
    """Real files that may not grow beyond a size: a database that cannot, then a journal torn in a line.

    The event is not there, whole or in part, and can be entered later.
    """
    import resource

    folder = copy(kept, tmp_path)
    with writing(folder, "u-1", NOW) as book:
        book.propose([event("note", text="x" * 500) for _ in range(60)])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (folder / JOURNAL).stat().st_size
    assert 40_000 < size < 45_000
    with writing(folder, "u-1", NOW) as book:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40 if most > size else most, limits[1]))
        try:
            with pytest.raises(InputError) as refusal:
                book.propose([event("note", text="x")])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert refusal.value.faults[0].code == "book.not_written"
    with reading(folder) as book:
        assert len(book.journal) == 65
    with writing(folder, "u-1", NOW) as book:
        assert book.propose([event("note", text="x")]) == (ACCEPTED,)
