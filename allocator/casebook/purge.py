"""The purge of a book: personal data go when their time is over, with proof of what went; the decisions stay.

What goes is written down first, file by file with its digest. From that moment the book is read-only, and a purge that
was cut short is finished by the next one.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from allocator.casebook.kept import KeptBook, writing
from allocator.casebook.kept_tables import PURGED, PURGED_HEADINGS, purge_day
from allocator.domain import OfficeValues
from allocator.ground import MOST_OF_AN_OUTPUT, Fault, InputError, open_file_bytes
from allocator.lottery import canonical_csv_text
from allocator.record import swap_file, sync_folder

_ENDINGS = (".csv", ".xlsx", ".xls", ".et", ".ods")
_KEPT_FILES = (
    "journal.jsonl", PURGED, "policy.yaml", "persons.csv", "locks-new.csv", "columns.csv", "aliases.csv",
)  # fmt: skip
_KEPT_BEGINNINGS = ("book.", "draw-", "schools.", "zones.", "transcript", "numbers")


class PurgedFile(NamedTuple):
    """One line of the record."""

    file: str
    sha256: str
    bytes: int
    day: str
    by: str


class PurgePlan(NamedTuple):
    """What a purge would do.

    Attributes
    ----------
    files : tuple of PurgedFile
        What is there and will go.
    unknown : tuple of str
        Files that are none of the book's; they stay.
    begun : str
        Day of an earlier purge, empty before one.
    """

    files: tuple[PurgedFile, ...]
    unknown: tuple[str, ...]
    begun: str


def purge_plan(kept: KeptBook, person: str, at: str) -> PurgePlan:
    """Return what a purge would do now; nothing is changed.

    Raises
    ------
    InputError
        If the policy states no day, or a later one, or a link stands among what would go.
    """
    values = kept.book.law.office
    begun = purge_day(kept.folder)
    if not begun:
        _demand_time(values, date.fromisoformat(at[:10]))
    gone, unknown, links = [], [], []
    for name in _files(kept.folder):
        path = kept.folder / name
        if not _is_personal(name):
            unknown += [] if _is_kept(name) else [name]
        elif path.is_symlink():
            links.append(name)
        else:
            content = open_file_bytes(path, MOST_OF_AN_OUTPUT)
            gone.append(PurgedFile(name, sha256(content).hexdigest(), len(content), at[:10], person))
    if links:
        raise InputError(Fault("book.purge.link", name) for name in links)
    return PurgePlan(tuple(gone), tuple(unknown), begun)


def purge_book(folder: Path, plan: PurgePlan, person: str, at: str, wait_seconds: float = 0.0) -> int:
    """Write down what goes, remove it, and note that in the access log; return how many files went.

    Parameters
    ----------
    plan : PurgePlan
        As the clerk was shown it; a folder in which anything else is found now is refused.
    person, at : str
        Who purges, and when.

    Raises
    ------
    InputError
        If the folder changed since, or the disk refuses; a second purge goes on then.
    """
    with writing(folder, person, at, wait_seconds, even_purged=True) as kept:
        if purge_plan(kept, person, at) != plan:
            raise InputError([Fault("book.purge.changed", str(folder))])
        kept.log(at, person, "purge", f"{len(plan.files)}")
        try:
            swap_file(folder / PURGED, _record(folder, plan.files))
            for gone in plan.files:
                (folder / gone.file).unlink()
            _remove_empty(folder, {Path(gone.file).parent for gone in plan.files})
            sync_folder(folder)
        except OSError as error:
            words = {"reason": error.strerror or str(error)}
            raise InputError([Fault("book.purge.failed", str(folder), params=words)]) from error
    return len(plan.files)


def _demand_time(values: OfficeValues, today: date) -> None:
    """Refuse a purge before its day."""
    if values.retain_until is None:
        raise InputError([Fault("book.purge.no_day", "policy.yaml")])
    if today < values.retain_until:
        raise InputError([Fault("book.purge.too_early", "policy.yaml", params={"day": str(values.retain_until)})])


def _record(folder: Path, gone: Iterable[PurgedFile]) -> bytes:
    """Return the record with what goes now behind what went; what a purge that was cut short has named stands once."""
    lines = list(_lines(folder)) if purge_day(folder) else [PURGED_HEADINGS]
    known = {line[:3] for line in lines}
    added = [tuple(map(str, one)) for one in gone]
    return canonical_csv_text([*lines, *(line for line in added if line[:3] not in known)]).encode("utf-8")


def _lines(folder: Path) -> Iterator[tuple[str, ...]]:
    raw = open_file_bytes(folder / PURGED, MOST_OF_AN_OUTPUT).decode("utf-8")
    return (tuple(row) for row in csv.reader(io.StringIO(raw, newline="")))


def _files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files below a folder, links to files and folders included and not followed."""
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        folders[:] = sorted(set(folders) - set(links))
        for name in sorted([*names, *links]):
            yield Path(parent, name).relative_to(folder).as_posix()


def _is_personal(name: str) -> bool:
    """Whether a file of a book holds names, or evidence on families."""
    first, _, rest = name.partition("/")
    if not rest:
        # A sheet that is none of the book's is most often what a platform exported, with names and numbers of cards.
        return os.path.splitext(first)[1].lower() in _ENDINGS and not _is_kept(name)
    numbered = first.rpartition("-")[0] if first.rpartition("-")[2].isdigit() else first
    return (
        numbered in ("restricted", "determination")
        or (numbered == "frozen" and rest.startswith("tables/"))
        or (first == "lists" and "/restricted/" in f"/{rest}")
    )


def _is_kept(name: str) -> bool:
    """Whether a file is one of the book's that stay."""
    first, _, rest = name.partition("/")
    if not rest:
        return first in _KEPT_FILES or first.startswith(_KEPT_BEGINNINGS)
    return first == "lists" or first.partition("-")[0] == "frozen"


def _remove_empty(folder: Path, parents: Iterable[Path]) -> None:
    """Remove the folders that are empty now, the deepest first; never the book's own."""
    below = {one for parent in parents for one in (parent, *parent.parents) if one != Path()}
    for parent in sorted(below, key=lambda path: (-len(path.parts), path)):
        with suppress(OSError):
            (folder / parent).rmdir()
