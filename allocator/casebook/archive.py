"""A book taken away in one encrypted file, and brought back: nothing is put in place that is not proven whole.

The file is an age archive under a passphrase; in it lies a tar of the folder's files in the order of their names,
without times and owners, so that its bytes follow from the files. Whatever is not such a tar is refused.
"""

from __future__ import annotations

import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from allocator.casebook.kept import unlocked, writing
from allocator.casebook.kept_tables import PURGED, purge_day
from allocator.casebook.store import DATABASE, JOURNAL, Disk
from allocator.casebook.writer import LOCK, NOTE, one_writer
from allocator.ground import (
    MOST_OF_AN_OUTPUT,
    OWN_FILE,
    Fault,
    InputError,
    make_folder_owner_only,
    open_readable,
    write_owner_only,
)
from allocator.record import (
    folder_file_paths,
    mend_swap,
    swap_file,
    swap_staging,
    sync_folder,
    writable_file_faults,
    writable_folder_faults,
)

LEAST_PASSPHRASE = 12
"""Characters of a passphrase; the archive holds names and card numbers and may lie anywhere."""

_AGE = b"age-encryption.org/"
_BESIDE = {LOCK, NOTE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"}
_UNFINISHED = re.compile(r"\..+\.new-[a-z0-9_]{8}")
"""What a killed run may have left; no part of a book."""
_HOSTILE = re.compile(r"[\x00-\x1f\x7f\\:]")


class Archived(NamedTuple):
    """What an archive holds, or where it was brought back.

    Attributes
    ----------
    lines : int
        Lines of the journal.
    head : str
        Digest of the last one.
    sha256 : str
        Digest of the archive itself.
    aside : Path or None
        Where the folder lies now that was in the place.
    """

    lines: int
    head: str
    sha256: str
    aside: Path | None = None


def export_book(
    folder: Path, archive: Path, passphrase: str, person: str, at: str, wait_seconds: float = 0.0
) -> Archived:
    """Write the book of a folder to one encrypted file, for its owner alone, and read it back.

    Parameters
    ----------
    archive : Path
        A file that is not there yet, outside the folder.
    person, at : str
        Who takes the book away, and when, for the access log.

    Raises
    ------
    InputError
        If the book is not whole, the passphrase is short, or the file is there or cannot be written.
    """
    inside = Path(os.path.realpath(folder)) in Path(os.path.realpath(archive)).parents
    faults = [*passphrase_faults(passphrase), *writable_file_faults(archive)]
    faults += [Fault("book.archive_inside", str(archive))] if inside else []
    faults += [Fault("book.archive_there", str(archive))] if os.path.lexists(archive) else []
    if faults:
        raise InputError(faults)
    with writing(folder, person, at, wait_seconds, even_purged=True) as book:
        book.log(at, person, "export", archive.name)
        content = tar_bytes({**_files(folder), DATABASE: book.database_copy()})
        lines, head = len(book.journal), book.head
    sealed = _sealed(content, passphrase)
    try:
        swap_file(archive, sealed)
    except OSError as error:
        raise InputError([_failed(archive, error)]) from error
    if _unsealed(archive, passphrase) != (sealed, content):
        raise InputError([Fault("book.archive_damaged", str(archive))])
    return Archived(lines, head, sha256(sealed).hexdigest())


def restore_book(
    archive: Path, folder: Path, passphrase: str, person: str, at: str, wait_seconds: float = 0.0
) -> Archived:
    """Bring a book back from an archive, when all of it was found whole; parameters as of ``export_book``.

    A folder with the same book, no further than the archive, is kept aside under a number; nothing else is replaced.

    Raises
    ------
    InputError
        If the passphrase is another, the archive damaged or of something else, the book in it not whole, or the place
        holds a newer book, another one, or other files. Nothing is written then.
    DisagreementError
        If strict model or checker say something else than its journal.
    """
    if faults := [*passphrase_faults(passphrase), *writable_folder_faults(folder)]:
        raise InputError(faults)
    sealed, content = _unsealed(archive, passphrase)
    files = tar_files(content, archive.name)
    target = Path(os.path.realpath(folder))
    _demand_place(target, files)
    try:
        make_folder_owner_only(target.parent)
        mend_swap(target)  # what a killed restore left unpacked is removed
        with swap_staging(target) as new:
            for name, raw in files.items():
                write_owner_only(new / name, raw)
            lines, head = _proven(new, person, at, archive.name)
            aside = _put_in_place(new, target, files, person, at, wait_seconds)
    except OSError as error:
        raise InputError([_failed(folder, error)]) from error
    return Archived(lines, head, sha256(sealed).hexdigest(), aside)


def passphrase_faults(passphrase: str) -> list[Fault]:
    """Return why a passphrase is none for an archive."""
    short = len(passphrase) < LEAST_PASSPHRASE
    return [Fault("book.passphrase_short", "--passphrase-file", params={"least": str(LEAST_PASSPHRASE)})] * short


def _files(folder: Path) -> dict[str, bytes]:
    """Return the files that make up a book, by path, but for its database."""
    found = folder_file_paths(folder)
    names = [n for n in found if n not in _BESIDE and not any(map(_UNFINISHED.fullmatch, n.split("/")))]
    if links := [name for name in names if (folder / name).is_symlink() or not _is_plain_name(name)]:
        raise InputError([Fault("book.not_archived", name) for name in sorted(links)])
    return {name: open_readable(folder / name, MOST_OF_AN_OUTPUT) for name in names if name != DATABASE}


def tar_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a tar of files, in the order of their names, with nothing in it but names and contents."""
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(files):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(files[name]), OWN_FILE
            tar.addfile(member, BytesIO(files[name]))
    return made.getvalue()


def tar_files(content: bytes, archive: str) -> dict[str, bytes]:
    """Return the files of a tar that ``tar_bytes`` made; ``archive`` is its name in faults.

    Raises
    ------
    InputError
        If it is any other: names that lead elsewhere, links, devices, a file twice, anything beside.
    """
    try:
        found = dict(_members(content))
    except (tarfile.TarError, ValueError, OSError, EOFError) as error:
        raise InputError([Fault("book.archive_foreign", archive)]) from error
    if tar_bytes(found) != content or not {JOURNAL, DATABASE} <= found.keys():
        raise InputError([Fault("book.archive_foreign", archive)])
    return found


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each member; ``ValueError`` where one is no plain file with a plain name."""
    with tarfile.open(fileobj=BytesIO(content), mode="r:") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.type == tarfile.REGTYPE and not member.issparse() else None
            if file is None or not _is_plain_name(member.name):
                raise ValueError(f"Expected a plain file, found {member.name!r}.")
            yield member.name, file.read()


def _is_plain_name(name: str) -> bool:
    """Whether a path stays in its folder, on every system."""
    parts = name.split("/")
    return (
        not _HOSTILE.search(name)
        and not PurePosixPath(name).is_absolute()
        and all(part not in {"", ".", ".."} and part.rstrip(". ") == part for part in parts)
    )


def _sealed(content: bytes, passphrase: str) -> bytes:
    from pyrage import passphrase as age

    return bytes(age.encrypt(content, passphrase))


def _unsealed(archive: Path, passphrase: str) -> tuple[bytes, bytes]:
    """Return an archive as it lies there, and what is in it."""
    from pyrage import DecryptError
    from pyrage import passphrase as age

    sealed = open_readable(archive, MOST_OF_AN_OUTPUT)
    if not sealed.startswith(_AGE):
        raise InputError([Fault("book.archive_foreign", archive.name)])
    try:
        return sealed, bytes(age.decrypt(sealed, passphrase))
    except DecryptError as error:
        raise InputError([Fault("book.archive_closed", archive.name)]) from error


def _proven(folder: Path, person: str, at: str, archive: str) -> tuple[int, str]:
    """Open a book that was just unpacked, play it on every path; note in its log that it was brought back."""
    with unlocked(folder) as book:
        book.prove()
        book.log(at, person, "restore", archive)
        return len(book.journal), book.head


def _demand_place(target: Path, files: Mapping[str, bytes]) -> None:
    """Refuse a folder that holds anything but the same book, no further than the archive."""
    there = [name for name in os.listdir(target) if name not in _BESIDE] if target.is_dir() else []
    if not there:
        return
    if purge_day(target) and PURGED not in files:
        raise InputError([Fault("book.archive_purged", str(target))])
    journal = Disk().content(target / JOURNAL)
    if journal is None:
        raise InputError([Fault("book.place_taken", str(target))])
    if not files[JOURNAL].startswith(journal):
        words = {**_told("here", journal), **_told("archive", files[JOURNAL])}
        code = "book.archive_older" if journal.startswith(files[JOURNAL]) else "book.archive_other"
        raise InputError([Fault(code, str(target), params=words)])


def _told(which: str, journal: bytes) -> dict[str, str]:
    """Return lines and head of a journal, as the words of a fault."""
    lines = journal.split(b"\n")[:-1]
    head = sha256(lines[-1]).hexdigest() if lines else "-"
    return {f"{which}_lines": str(len(lines)), f"{which}_head": head}


def _put_in_place(
    new: Path, target: Path, files: Mapping[str, bytes], person: str, at: str, wait_seconds: float
) -> Path | None:
    """Put an unpacked book in its place; what lies there is kept aside, and comes back where that fails."""
    if not target.is_dir() or not os.listdir(target):
        new.rename(target)
        sync_folder(target.parent)
        return None
    with one_writer(target, person, at, wait_seconds):
        _demand_place(target, files)  # again: a writer may have gone on
        number = 1
        while os.path.lexists(aside := target.with_name(f"{target.name}-{number}")):
            number += 1
        target.rename(aside)
        try:
            new.rename(target)
        except OSError:
            aside.rename(target)
            raise
        sync_folder(target.parent)
    (aside / NOTE).unlink(missing_ok=True)
    return aside


def _failed(path: Path, error: OSError) -> Fault:
    return Fault("out.write_failed", str(path), params={"reason": error.strerror or str(error)})
