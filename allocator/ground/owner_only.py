"""Files and folders for the account alone that runs the program, whatever its mask of permissions says.

They say where children live and what is claimed for them. What is published is copied and opened on purpose
(docs/publishing.md).
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IMODE

OWN_FILE, OWN_FOLDER = 0o600, 0o700


def write_owner_only(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, durably; its folders are made where needed.

    Raises
    ------
    OSError
        If it is there, or cannot be written.
    """
    make_folder_owner_only(path.parent)
    with open(create_owner_only(path), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def create_owner_only(path: Path) -> int:
    """Make an empty file that is not there yet; returns its descriptor, open for writing.

    Raises
    ------
    OSError
        If it is there, or cannot be made.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWN_FILE)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, OWN_FILE)  # the mask may have taken the owner's own rights
    return descriptor


def make_folder_owner_only(path: Path) -> None:
    """Make a folder and those above it where they are not there yet.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    if path.is_dir():
        return
    if path.parent != path:
        make_folder_owner_only(path.parent)
    try:
        path.mkdir(OWN_FOLDER)
    except FileExistsError:  # another process made it
        if not path.is_dir():
            raise
        return
    path.chmod(OWN_FOLDER)


def close_to_others(path: Path) -> None:
    """Take the rights of others from a file of ours that was left open; that of others stays.

    A file that is closed already is not touched, so that it can be read on a disk that cannot be written.
    """
    found = path.stat()
    if hasattr(os, "geteuid") and found.st_uid == os.geteuid() and S_IMODE(found.st_mode) != OWN_FILE:
        path.chmod(OWN_FILE)
