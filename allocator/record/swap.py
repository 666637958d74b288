"""Putting a finished folder in the place of an old one, so that a killed run never leaves half of either.

A run writes into a hidden folder beside the target, ``.NAME.new-…``, and holds a lock on it while it lives. On Linux
the two folders then change places in one step. Elsewhere the old one steps aside as ``.NAME.old-…`` for the moment
between two renames; a run killed just there is mended by the next one (``mend``).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

AT_FDCWD, RENAME_EXCHANGE = -100, 2
CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM}


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give a new hidden folder beside ``target``, locked while the block runs and gone after it, whatever it holds.

    Raises
    ------
    OSError
        If the folder cannot be made.
    """
    path, lock = _locked_folder(target)
    try:
        yield path
    finally:
        if lock is not None:
            os.close(lock)
        shutil.rmtree(path, ignore_errors=True)


def swap_in(new: Path, target: Path) -> None:
    """Put the complete folder ``new`` in the place of ``target``; an old one stands at ``new`` afterwards, or nowhere.

    Raises
    ------
    OSError
        If a folder cannot be renamed; ``target`` is then as before.
    """
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        _swap_by_renames(new, target)
    sync_folder(target.parent)


def exchange(one: Path, other: Path) -> bool:
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


def replace_file(path: Path, content: bytes) -> None:
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
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def mend(target: Path) -> None:
    """Clear up what killed runs left beside ``target``; bring an old folder back where the new one never came.

    Folders of runs that are still alive are left alone.
    """
    alive = [path for path in _siblings(target, "new") if not _remove_if_abandoned(path)]
    for old in _siblings(target, "old"):
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        elif not alive:
            old.rename(target)


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
    aside = new.with_name(new.name.replace(".new-", ".old-", 1))
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _siblings(target: Path, kind: str) -> list[Path]:
    """Hidden folders of runs into ``target``: ``kind`` is "new" or "old"."""
    prefix = f".{target.name}.{kind}-"
    if not target.parent.is_dir():
        return []
    return sorted(path for path in target.parent.iterdir() if path.name.startswith(prefix))


def _locked_folder(target: Path) -> tuple[Path, int | None]:
    """Make a staging folder and lock it; again if another run cleared it away between the two."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
        path.chmod(0o777 & ~_umask())
        if sys.platform == "win32":
            return path, None
        lock = _lock(path)
        if lock is not None and path.exists():
            return path, lock


def _umask() -> int:
    """Return the process's mask of permissions, which ``mkdtemp`` does not follow."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


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


def _remove_if_abandoned(path: Path) -> bool:
    """Remove a staging folder whose run is dead; False if the run is alive (on Windows all count as dead)."""
    lock = _lock(path)
    if lock is None and sys.platform != "win32":
        return not path.exists()
    shutil.rmtree(path, ignore_errors=True)
    if lock is not None:
        os.close(lock)
    return True
