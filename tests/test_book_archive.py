"""A book in one encrypted file: what comes back is what went, and nothing that is not whole is put in place."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pyrage
import pytest
from click.testing import CliRunner

from allocator.casebook.archive import Archived, export_book, restore_book, tar_bytes, tar_files
from allocator.casebook.kept import reading, writing
from allocator.casebook.store import DATABASE, JOURNAL
from allocator.cli.app import cli
from allocator.domain import ACCEPTED
from allocator.ground import InputError
from allocator.record.swap import MARK, MARKED
from tests.cli_calls import as_json, contents, refused
from tests.kept_books import NOW, drawn, event
from tests.test_schemas import wrong

PASSPHRASE = "correct horse battery"


@pytest.fixture
def words(tmp_path: Path) -> tuple[object, ...]:
    """Return the options of a call: who, and the passphrase."""
    (tmp_path / "pass").write_text(f"{PASSPHRASE}\n", "utf-8")
    return "--by", "u-1", "--passphrase-file", tmp_path / "pass"


@pytest.mark.long
def test_the_real_cipher(tmp_path: Path, words: tuple[object, ...]) -> None:
    """What comes back is what went; another passphrase, a torn file and a foreign one are refused."""
    _round(tmp_path, words)


@pytest.mark.usefixtures("plain_cipher")
def test_what_comes_back_is_what_went(tmp_path: Path, words: tuple[object, ...]) -> None:
    """The same with a cipher that takes no time."""
    _round(tmp_path, words)


def _round(tmp_path: Path, words: tuple[object, ...]) -> None:
    """Export, restore, and try to restore with another passphrase and another file."""
    folder, made, back = tmp_path / "book", tmp_path / "book.age", tmp_path / "back"
    drawn(folder)
    for left in (".frozen.new-abcd1234", "lists/.event-0004.new-abcd1234"):
        (folder / left).mkdir(parents=True)
        (folder / left / "half").write_text("of a run that was killed", "utf-8")
    told = as_json("book", "export", folder, made, *words)
    assert (told["lines"], made.stat().st_mode & 0o777) == (4, 0o600)
    again = as_json("book", "restore", made, back, *words)
    assert wrong("book-archive", told) == wrong("book-archive", again) == []
    assert (again["head"], again["sha256"]) == (told["head"], told["sha256"])
    unfinished = [name for name in contents(folder) if ".new-" in name]
    assert contents(back, DATABASE) == contents(folder, DATABASE, "book.lock", *unfinished)
    assert {path.stat().st_mode & 0o777 for path in back.rglob("*")} == {0o600, 0o700}
    with reading(back) as book:
        assert [row[1:3] for row in book.accesses()] == [("u-1", "export"), ("u-1", "restore")]
    (tmp_path / "pass").write_text("another passphrase\n", "utf-8")
    assert "another, or the file is damaged" in refused("book", "restore", made, tmp_path / "no", *words)
    (tmp_path / "pass").write_text(f"{PASSPHRASE}\n", "utf-8")
    made.write_bytes(made.read_bytes()[:-9])
    assert refused("book", "restore", made, tmp_path / "no", *words)
    made.write_bytes(b"a letter")
    assert "not an archive" in refused("book", "restore", made, tmp_path / "no", *words)
    assert not (tmp_path / "no").exists()


@pytest.mark.usefixtures("plain_cipher")
def test_nothing_is_overwritten(tmp_path: Path, words: tuple[object, ...]) -> None:
    """An older archive over a newer book, one of another book, other files, an archive that is there: each refused."""
    folder, made = tmp_path / "book", tmp_path / "book.age"
    drawn(folder)
    export_book(folder, made, PASSPHRASE, "u-1", NOW)
    assert "is not replaced" in refused("book", "export", folder, made, *words)
    assert "another disk" in refused("book", "export", folder, folder / "in.age", *words)
    with writing(folder, "u-1", NOW) as book:
        head = book.head
        assert book.propose([event("round_opened", round="preferential")]) == (ACCEPTED,)
        newer = book.head
    before = contents(folder)
    said = refused("book", "restore", made, folder, *words)
    assert all(word in said for word in ("older", "5 lines here", newer, "4 in the archive", head))
    assert contents(folder) == before
    other = tmp_path / "other"
    drawn(other, "13-book-refill")
    before = contents(other)
    assert "another" in refused("book", "restore", made, other, *words)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("dear", "utf-8")
    assert "other files" in refused("book", "restore", made, tmp_path / "taken", *words)
    assert contents(other) == before
    assert sorted(path.name for path in (tmp_path / "taken").iterdir()) == ["letter.txt"]


@pytest.mark.usefixtures("plain_cipher")
def test_an_older_folder_of_the_same_book_is_kept_aside(tmp_path: Path) -> None:
    """A book whose last line was lost comes back; what lay there keeps a number."""
    folder, made = tmp_path / "book", tmp_path / "book.age"
    drawn(folder)
    done = export_book(folder, made, PASSPHRASE, "u-1", NOW)
    journal = (folder / JOURNAL).read_bytes()
    (folder / JOURNAL).write_bytes(journal[: journal[:-1].rindex(b"\n") + 1])
    killed = tmp_path / ".book.new-abcd1234"  # what a restore leaves that is killed while it unpacks
    (killed / "files").mkdir(parents=True)
    (killed / MARK).write_bytes(MARKED)
    (killed / "files" / "names.csv").write_text("names", "utf-8")
    again = restore_book(made, folder, PASSPHRASE, "u-2", NOW)
    assert not killed.exists()
    assert again.aside == tmp_path / "book-1"
    assert (again.aside / JOURNAL).read_bytes() == journal[: journal[:-1].rindex(b"\n") + 1]
    with reading(folder) as book:
        assert book.head == done.head


@pytest.mark.usefixtures("plain_cipher")
@pytest.mark.parametrize("name", ["frozen/schools.csv", "frozen/policy.yaml", "transcript.txt", JOURNAL, DATABASE])
def test_a_book_that_is_not_whole_is_not_put_in_place(name: str, tmp_path: Path) -> None:
    """Whatever of it was changed before it was closed again with the right passphrase."""
    folder, made = tmp_path / "book", tmp_path / "book.age"
    drawn(folder)
    export_book(folder, made, PASSPHRASE, "u-1", NOW)
    files = tar_files(pyrage.passphrase.decrypt(made.read_bytes(), PASSPHRASE), "")
    raw = files[name]
    files[name] = b"".join(raw.splitlines(keepends=True)[:-1]) if name != DATABASE else raw[: len(raw) // 2]
    made.write_bytes(pyrage.passphrase.encrypt(tar_bytes(files), PASSPHRASE))
    with pytest.raises(InputError):
        restore_book(made, tmp_path / "back", PASSPHRASE, "u-1", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "book.age"]


@pytest.mark.parametrize(
    "name", ["../book.db", "/etc/passwd", "a/../../b", "a//b", "./a", "c:a", "a\\b", "a\nb", "a./b", "", "a/"]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    """On whatever system it would."""
    with pytest.raises(InputError):
        tar_files(tar_bytes({JOURNAL: b"", DATABASE: b"", name: b"x"}), "book.age")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_is_no_file_is_refused(kind: bytes) -> None:
    """Links, folders, pipes and devices; so too a file twice, and anything behind the last one."""
    whole = tar_bytes({JOURNAL: b"", DATABASE: b""})
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name in (JOURNAL, DATABASE, "odd"):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = (kind, "/etc/passwd") if name == "odd" else (tarfile.REGTYPE, "")
            tar.addfile(member)
    for content in (made.getvalue(), whole + b"\0", whole[:-1], whole[:600], b"", tar_bytes({DATABASE: b""})):
        with pytest.raises(InputError):
            tar_files(content, "book.age")
    assert set(tar_files(whole, "")) == {JOURNAL, DATABASE}


def test_passphrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[object, ...]) -> None:
    """None where nobody can be asked, a short one, a file that is no text: each is told. Asked for, it is hidden."""
    folder, made = tmp_path / "book", tmp_path / "book.age"
    drawn(folder)
    assert "--passphrase-file" in refused("book", "export", folder, made, "--by", "u-1")
    (tmp_path / "pass").write_text("short\nand a long second line\n", "utf-8")
    assert "at least 12" in refused("book", "export", folder, made, *words)
    (tmp_path / "pass").write_bytes(b"\xff" * 20)
    assert "UTF-8" in refused("book", "export", folder, made, *words)
    assert not made.exists()
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("allocator.cli.commands_book_folder.sys", terminal)
    monkeypatch.setattr("allocator.cli.commands_book_folder.export_book", lambda *given: Archived(4, *given[2:4]))
    arguments = ["book", "export", str(folder), str(made), "--by", "u-1", "--lang", "en"]
    done = CliRunner().invoke(cli, arguments, input=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert (done.exit_code, PASSPHRASE in done.stderr) == (0, False)
    assert f"head of the journal: {PASSPHRASE}" in done.stdout
    assert CliRunner().invoke(cli, arguments, input="short\nshort\n").exit_code == 2
