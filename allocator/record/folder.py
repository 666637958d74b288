"""The output folder: written whole or not at all, and never over somebody else's files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from allocator.ground import Fault, InputError, make_folder, write_new
from allocator.record.manifest import MANIFEST, outputs_of
from allocator.record.swap import left_aside, mend, staging, swap_in, sync_folder
from allocator.record.writable import folder_place_faults

STRAY = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file browsers leave in any folder; they do not keep a folder from being replaced."""


def write_folder(
    out: Path, files: Iterable[tuple[str, bytes]], seal: Callable[[Mapping[str, str]], bytes]
) -> dict[str, str]:
    """Write an output folder; at every moment ``out`` is the old complete folder, the new complete one, or absent.

    Parameters
    ----------
    out : Path
        The folder; replaced only if an earlier run made it and nothing was added to it since.
    files : iterable of (str, bytes)
        Path inside the folder with ``/`` between its parts, and content. Consumed one by one.
    seal : callable
        Makes the content of ``manifest.json`` from the SHA-256 of every file by path.

    Returns
    -------
    dict[str, str]
        The SHA-256 of every file by path, the manifest left out.

    Raises
    ------
    InputError
        If the folder may not be replaced (``output_folder_faults``) or cannot be written; nothing is changed then.
    """
    target = Path(os.path.realpath(out))
    if faults := output_folder_faults(out):
        raise InputError(faults)
    try:
        make_folder(target.parent)
        return _write(target, files, seal)
    except OSError as error:
        raise InputError([_write_failed(out, error)]) from error


def output_folder_faults(out: Path, inputs: Path | None = None) -> list[Fault]:
    """Say why a folder may not be written; call it before the work begins. Nothing is changed.

    A folder may be written if it is not there yet, empty, or made by an earlier run of this account with nothing added
    to it since.

    Parameters
    ----------
    out : Path
        The output folder.
    inputs : Path, optional
        The folder that is read, which must not be inside.
    """
    try:
        if faults := folder_place_faults(out, inputs):
            return faults
        return _folder_faults(out, left_aside(Path(os.path.realpath(out))) or out)
    except OSError as error:
        return [_write_failed(out, error)]


def _write_failed(out: Path, error: OSError) -> Fault:
    """Return the fault of a folder that the system does not let us read or write."""
    return Fault("out.write_failed", str(out), params={"reason": error.strerror or str(error)})


def _folder_faults(out: Path, folder: Path) -> list[Fault]:
    """Say why a folder may not be replaced if it is there."""
    present = set(file_paths(folder))
    if not present:
        return []
    known = outputs_of(folder)
    if known is None:
        return [Fault("out.not_ours", str(out))]
    added = sorted(present - set(known) - {MANIFEST})
    return [Fault("out.foreign_file", str(out), value=name) for name in added]


def file_paths(folder: Path) -> Iterator[str]:
    """Give the paths of all files under a folder, with ``/``, without what file browsers leave."""
    for path in folder.rglob("*"):
        if (path.is_symlink() or not path.is_dir()) and path.name not in STRAY:
            yield path.relative_to(folder).as_posix()


def _write(
    target: Path, files: Iterable[tuple[str, bytes]], seal: Callable[[Mapping[str, str]], bytes]
) -> dict[str, str]:
    """Write everything into a staging folder, then put it in place."""
    digests: dict[str, str] = {}
    with staging(target) as new:
        for name, content in files:
            _write_file(new, name, content)
            digests[name] = sha256(content).hexdigest()
        _write_file(new, MANIFEST, seal(digests))
        mend(target, but=new.parent)
        for folder in sorted({path.parent for path in new.rglob("*")} | {new}):
            sync_folder(folder)
        swap_in(new, target)
    return digests


def _write_file(folder: Path, name: str, content: bytes) -> None:
    """Write one file durably; its folders are made where needed."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} or "\\" in part for part in parts):
        raise ValueError(f"Expected a path inside the folder, found {name!r}.")
    write_new(folder.joinpath(*parts), content)
