"""Putting a finished folder in the place of an old one, so that a killed run never leaves half of either.

A run makes a hidden folder beside the target, ``.NAME.new-…``, with a mark in it, and holds a lock on it while it
lives. The new files stand in its sub-folder ``files``. On Linux this and the target then change places in one step.
Elsewhere the target steps aside as the sub-folder ``old`` for the moment between two renames; a run killed just there
is mended by the next one (``mend_swap``).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from allocator.ground import OWN_FILE, OWN_FOLDER, make_folder_owner_only, write_owner_only

if sys.platform != "win32":
    import fcntl

AT_FDCWD, RENAME_EXCHANGE = -100, 2
CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM}


MARK, MARKED = ".school-seat-allocator", b"unfinished run of school-seat-allocator\n"
"""File by which a hidden folder is known for one of ours, and what stands in it."""

FILES, OLD = "files", "old"
_SUFFIX = re.compile(r"[a-z0-9_]{8}")  # as tempfile makes it


@contextlib.contextmanager
def swap_staging(target: Path) -> Iterator[Path]:
    """Give a new folder beside ``target``, locked while the block runs and gone after it, whatever it holds.

    Raises
    ------
    OSError
        If the folder cannot be made.
    """
    path, lock = _locked_folder(target)
    try:
        write_owner_only(path / MARK, MARKED)
        make_folder_owner_only(path / FILES)
        yield path / FILES
    finally:
        if lock is not None:
            os.close(lock)
        _remove(path)


def swap_in(new: Path, target: Path) -> None:
    """Put the complete folder ``new`` in the place of ``target``; an old one stands in the staging folder afterwards.

    Raises
    ------
    OSError
        If a folder cannot be renamed; ``target`` is then as before.
    """
    if not target.exists():
        new.rename(target)
    elif not swap_folders(new, target):
        _swap_by_renames(new, target)
    sync_folder(target.parent)


def swap_folders(one: Path, other: Path) -> bool:
    """Let two folders change places in one step (``renameat2``); False where the system cannot.

    Raises
    ------
    OSError
        If it can and fails.
    """
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def swap_file(path: Path, content: bytes) -> None:
    """Write one file whole or not at all, durably, in the place of an old one.

    Raises
    ------
    OSError
        If it cannot be written; the old file is then as before.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.new-", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(OWN_FILE)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def mend_swap(target: Path, *, but: Path | None = None) -> None:
    """Clear up what killed runs left beside ``target``; bring an old folder back where the new one never came.

    Only folders of this account that carry the mark are touched, and empty ones with a name of ours; those of runs that
    are still alive are left alone.

    Parameters
    ----------
    target : Path
        The output folder.
    but : Path, optional
        The staging folder of the caller.
    """
    for path in _left(target):
        if path != but:
            with _abandoned(path) as dead:
                if dead:
                    if (path / OLD).is_dir() and not os.path.lexists(target):
                        (path / OLD).rename(target)
                    _remove(path)


def left_aside_by_swap(target: Path) -> Path | None:
    """Return the old folder that a killed run left aside and ``mend_swap`` would bring back; None for none."""
    if os.path.lexists(target):
        return None
    return next((path / OLD for path in _left(target) if (path / OLD).is_dir()), None)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (where the system lets a folder be opened)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _swap_by_renames(new: Path, target: Path) -> None:
    """Let the old folder step aside for the new one, and come back if that cannot take its place."""
    aside = new.with_name(OLD)
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise


def _left(target: Path) -> list[Path]:
    """Hidden folders of runs into ``target`` that this account made: marked, or empty and named as ours are."""
    prefix = f".{target.name}.new-"
    if not target.parent.is_dir():
        return []
    beside = sorted(path for path in target.parent.iterdir() if path.name.startswith(prefix))
    return [path for path in beside if _is_ours(path, path.name.removeprefix(prefix))]


def _is_ours(path: Path, suffix: str) -> bool:
    """Whether a run of this account made a hidden folder."""
    seen = path.lstat()
    if not stat.S_ISDIR(seen.st_mode) or is_of_another_account(seen):
        return False
    mark = path / MARK
    try:
        if stat.S_ISREG(mark.lstat().st_mode):
            return mark.read_bytes() in (MARKED, b"")  # empty: killed between making and writing it
        return False
    except FileNotFoundError:  # killed before it was made, or after it was removed last of all
        return bool(_SUFFIX.fullmatch(suffix)) and not any(path.iterdir())
    except OSError:
        return False


def is_of_another_account(seen: os.stat_result) -> bool:
    """Whether a file or folder belongs to another account than the one that runs the program."""
    return hasattr(os, "geteuid") and seen.st_uid != os.geteuid()


def _remove(path: Path) -> None:
    """Remove a staging folder, its mark last of all, so that a kill in between leaves it known for ours."""
    for name in (FILES, OLD):
        shutil.rmtree(path / name, ignore_errors=True)
    with contextlib.suppress(OSError):
        if {found.name for found in path.iterdir()} <= {MARK}:
            (path / MARK).unlink(missing_ok=True)
            path.rmdir()


def _locked_folder(target: Path) -> tuple[Path, int | None]:
    """Make a staging folder and lock it; again if another run cleared it away between the two."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
        path.chmod(OWN_FOLDER)
        if sys.platform == "win32":
            return path, None
        lock = _lock(path)
        if lock is not None and path.exists():
            return path, lock


def _lock(path: Path) -> int | None:
    """Lock a folder for this process; None if another holds it or it is gone. The lock dies with the process."""
    if sys.platform == "win32":
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@contextlib.contextmanager
def _abandoned(path: Path) -> Iterator[bool]:
    """Say whether the run of a staging folder is dead, and keep its lock meanwhile (on Windows all count as dead)."""
    lock = _lock(path)
    try:
        yield lock is not None or sys.platform == "win32"
    finally:
        if lock is not None:
            os.close(lock)
