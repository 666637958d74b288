"""The purge of a book: not before its day, with proof of what went; the book is read-only and whole afterwards."""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.casebook import purge as purging
from allocator.casebook.kept import reading, writing
from allocator.casebook.kept_tables import PURGED
from allocator.cli import clock
from tests.book_folders import FOLDERS
from tests.cli_calls import call, good, refused
from tests.kept_books import begun, drawn
from tests.test_book_replay import folder_of
from tests.test_schemas import wrong

UNTIL = 'retain_until: "2023-10-01"'
DAY, BEFORE = "2023-10-01T09:00:00", "2023-09-30T23:59:59"
PERSONAL = {
    "restricted/persons.csv": "applicant_id,name\nA001,欧阳小明\n", "restricted/ids.csv": "kind,id,by,key\n",
    "guardians.csv": "x\n", "applications.xlsx": "x\n", "determination/determination.csv": "x\n",
    "determination-1/determination.csv": "x\n", "frozen-1/tables/guardians.csv": "x\n",
    "lists/event-0004/restricted/roll/s-1.csv": "欧阳小明\n",
    "导出 2.XLSX": "欧阳小明\n",
}  # fmt: skip
KEPT = (
    "columns.csv", "lists/event-0004/public/admitted/s-1.csv",
    "schools.csv", "zones.csv", "policy.yaml", "journal.jsonl",
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn book whose personal data may go from 1 October on."""
    folder = tmp_path_factory.mktemp("purge") / "book"
    folder_of(FOLDERS["12-book-plain"], folder)
    (folder / "events.jsonl").unlink()
    with (folder / "policy.yaml").open("a", encoding="utf-8") as policy:
        policy.write(f"\noffice:\n  {UNTIL}\n")
    begun(folder)
    return folder


@pytest.fixture
def book(drawn_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its copy, with tables, lists and officers, on that day."""
    folder = tmp_path / "book"
    shutil.copytree(drawn_book, folder)
    (folder / "persons.csv").write_text("person,roles\nu-1,office\nu-2,principal\n", encoding="utf-8")
    for name, words in {**PERSONAL, **dict.fromkeys(KEPT[:2], "欧**明\n"), "notes/其他.txt": "x"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    monkeypatch.setattr(clock, "clock_time", lambda: DAY)
    return folder


def there(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def record(folder: Path) -> list[dict[str, str]]:
    """The lines of the record."""
    return list(csv.DictReader((folder / PURGED).read_text("utf-8").splitlines()))


def test_before_its_day_and_without_one_nothing_goes(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is told; a policy that states none is told so."""
    drawn(tmp_path / "other")
    (tmp_path / "other" / "persons.csv").write_text("person,roles\nu-1,office\n", encoding="utf-8")
    assert "retain_until" in refused("book", "purge", tmp_path / "other", "--by", "u-1", "--yes")
    monkeypatch.setattr(clock, "clock_time", lambda: BEFORE)
    before = there(book)
    assert "2023-10-01" in refused("book", "purge", book, "--by", "u-1", "--yes")
    assert {n: c for n, c in there(book).items() if "db" not in n} == {n: c for n, c in before.items() if "db" not in n}


def test_what_went_is_proven_and_the_rest_stays_whole(book: Path) -> None:
    """Digest, size and day of each file; journal, frozen roster and public lists stay; the book only opens."""
    before = there(book)
    told = json.loads(good("book", "purge", book, "--by", "u-1", "--yes", "--json"))
    assert wrong("book-purge", told) == []
    assert {one["file"] for one in told["removed"]} == {*PERSONAL, "applicants.csv"}
    assert told["unknown"] == ["notes/其他.txt"]
    after = there(book)
    assert before.keys() - after.keys() == {*PERSONAL, "applicants.csv"}
    assert {*KEPT, "frozen/applicants.csv", "notes/其他.txt"} <= after.keys()
    assert not (book / "restricted").exists()
    assert not (book / "determination-1").exists()
    rows = record(book)
    assert {row["file"]: (row["sha256"], int(row["bytes"])) for row in rows} == {
        name: (sha256(before[name]).hexdigest(), len(before[name])) for name in (*PERSONAL, "applicants.csv")
    }
    assert {(row["day"], row["by"]) for row in rows} == {("2023-10-01", "u-1")}
    assert stat.S_IMODE(os.stat(book / PURGED).st_mode) == 0o600
    with reading(book) as kept:
        assert kept.journal == tuple(before["journal.jsonl"].splitlines())
        kept.prove()
        assert ("u-1", "purge", str(len(rows))) in [line[1:] for line in kept.accesses()]
    note = ("book", "do", "note", book, "--by", "u-1", "--text", "迟到", "--yes")
    assert "2023-10-01" in refused(*note)
    assert PURGED not in before
    again = good("book", "purge", book, "--by", "u-1", "--yes")
    assert "nothing to remove" in again
    assert there(book)[PURGED] == after[PURGED]


def test_a_purge_that_was_cut_short_is_finished(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was removed before the disk refused: the next call goes on, and the record names every file once."""
    before = there(book)
    unlink = Path.unlink
    gone: list[str] = []

    def failing(path: Path, missing_ok: bool = False) -> None:
        if book in path.parents and path.name not in ("book.writer",) and path.suffix.lower() in (".csv", ".xlsx"):
            if len(gone) == 3:
                raise OSError(5, "Input/output error")
            gone.append(path.name)
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", failing)
    cut_short = call("book", "purge", book, "--by", "u-1", "--yes")
    assert (cut_short.exit_code, "Input/output error" in cut_short.stderr) == (2, True)
    monkeypatch.setattr(Path, "unlink", unlink)
    assert len(before.keys() - there(book).keys()) == 3
    with pytest.raises(Exception, match="book"), writing(book, "u-1", DAY):
        pass
    with reading(book):
        pass
    monkeypatch.setattr(clock, "clock_time", lambda: "2023-10-02T09:00:00")
    good("book", "purge", book, "--by", "u-1", "--yes")
    rows = record(book)
    assert sorted(row["file"] for row in rows) == sorted((*PERSONAL, "applicants.csv"))
    assert {row["sha256"] for row in rows} == {sha256(before[row["file"]]).hexdigest() for row in rows}
    assert not before.keys() & {*PERSONAL} & there(book).keys()


def test_links_and_others_are_refused(book: Path, tmp_path: Path) -> None:
    """A person of a school, somebody unknown, nobody there to be asked; a link among what would go."""
    for person in ("u-2", "u-9"):
        assert person in refused("book", "purge", book, "--by", person, "--yes")
        assert person in refused("book", "access", book, "--by", person)
    asked = call("book", "purge", book, "--by", "u-1")
    assert (asked.exit_code, "--yes" in asked.stderr) == (2, True)
    if os.name != "nt":
        (book / "homes.csv").symlink_to(tmp_path / "elsewhere")
        assert "homes.csv" in refused("book", "purge", book, "--by", "u-1", "--yes")
    assert not (book / PURGED).exists()


@pytest.mark.long
def test_a_backup_from_before_the_purge_does_not_come_back(book: Path, tmp_path: Path) -> None:
    """Not over the purged book; a backup made afterwards does, with its record."""
    secret = tmp_path / "passphrase"
    secret.write_text("a long passphrase\n", encoding="utf-8")
    by = ("--by", "u-1", "--passphrase-file", secret)
    good("book", "export", book, tmp_path / "old.age", *by)
    good("book", "purge", book, "--by", "u-1", "--yes", "--quiet")
    assert "purged" in refused("book", "restore", tmp_path / "old.age", book, *by)
    good("book", "export", book, tmp_path / "new.age", *by)
    good("book", "restore", tmp_path / "new.age", tmp_path / "again", *by)
    assert (tmp_path / "again" / PURGED).read_bytes() == (book / PURGED).read_bytes()


def test_what_would_go_is_shown_and_the_log_is_read(book: Path) -> None:
    """Asked about at a terminal; both languages; the log tells acts by their names."""
    assert "restricted/persons.csv" in call("book", "purge", book, "--by", "u-1", language="en").output
    assert "将清除 10 个" in call("book", "purge", book, "--by", "u-1", language="zh").output
    good("book", "purge", book, "--by", "u-1", "--yes")
    told = json.loads(good("book", "access", book, "--by", "u-1", "--json"))
    assert wrong("book-access", told) == []
    assert [line["action"] for line in told["lines"]] == ["purge", "access"]
    assert "清除个人信息" in good("book", "access", book, "--by", "u-1", language="zh")


def test_a_book_folder_has_only_names_that_are_sorted_out(book: Path) -> None:
    """Every file that a book makes is either kept or personal, so that nothing of its own is told as unknown."""
    with reading(book) as kept:
        assert purging.purge_plan(kept, "u-1", DAY).unknown == ("notes/其他.txt",)
    assert "13-book-refill" in FOLDERS
