"""The output folder: written whole or not at all, and never over somebody else's files.

The result of a public draw is never replaced by accident: not by a rehearsal, not by another draw, not by planning. A
folder of such a result is replaced freely by the same command under the same transcript: the digests in it bind the
inputs, so the same lists come out. Anything else must be asked for in words (``--replace``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.domain import Draw
from allocator.ground import Fault, InputError, make_folder_owner_only, open_json_file, write_owner_only
from allocator.record.manifest import MADE_BY, MANIFEST, manifest_outputs
from allocator.record.swap import left_aside_by_swap, mend_swap, swap_in, swap_staging, sync_folder
from allocator.record.writable import demand_writable, writable_file_faults, writable_folder_faults

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
        make_folder_owner_only(target.parent)
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
        if faults := writable_folder_faults(out, inputs):
            return faults
        return _folder_faults(out, left_aside_by_swap(Path(os.path.realpath(out))) or out)
    except OSError as error:
        return [_write_failed(out, error)]


def _write_failed(out: Path, error: OSError) -> Fault:
    """Return the fault of a folder that the system does not let us read or write."""
    return Fault("out.write_failed", str(out), params={"reason": error.strerror or str(error)})


def _folder_faults(out: Path, folder: Path) -> list[Fault]:
    """Say why a folder may not be replaced if it is there."""
    present = set(folder_file_paths(folder))
    if not present:
        return []
    known = manifest_outputs(folder)
    if known is None:
        return [Fault("out.not_ours", str(out))]
    added = sorted(present - set(known) - {MANIFEST})
    return [Fault("out.foreign_file", str(out), value=name) for name in added]


def folder_file_paths(folder: Path) -> Iterator[str]:
    """Give the paths of all files under a folder, with ``/``, without what file browsers leave."""
    for path in folder.rglob("*"):
        if (path.is_symlink() or not path.is_dir()) and path.name not in STRAY:
            yield path.relative_to(folder).as_posix()


def _write(
    target: Path, files: Iterable[tuple[str, bytes]], seal: Callable[[Mapping[str, str]], bytes]
) -> dict[str, str]:
    """Write everything into a staging folder, then put it in place."""
    digests: dict[str, str] = {}
    with swap_staging(target) as new:
        for name, content in files:
            _write_file(new, name, content)
            digests[name] = sha256(content).hexdigest()
        _write_file(new, MANIFEST, seal(digests))
        mend_swap(target, but=new.parent)
        for folder in sorted({path.parent for path in new.rglob("*")} | {new}):
            sync_folder(folder)
        swap_in(new, target)
    return digests


def _write_file(folder: Path, name: str, content: bytes) -> None:
    """Write one file durably; its folders are made where needed."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} or "\\" in part for part in parts):
        raise ValueError(f"Expected a path inside the folder, found {name!r}.")
    write_owner_only(folder.joinpath(*parts), content)


ASSIGNMENT = "assignment"
_SHOWN = 16  # digits of a seed: enough to tell two draws apart


def folder_replacement_faults(out: Path, draw: Draw | None, kind: str = ASSIGNMENT) -> list[Fault]:
    """Say whether a folder holds the result of a public draw that a command would replace, or lies inside such a one.

    Parameters
    ----------
    out : Path
        The output folder, there or not.
    draw : Draw or None
        Draw of the new result; None where it has none, or where that is not known yet.
    kind : str
        Kind of the new folder, as its manifest will say.
    """
    transcript = None if draw is None else draw.transcript
    new = {"trial": transcript is None, "kind": kind, "seed": None if draw is None else draw.seedhex}
    return _replaced(out, new) + inside_folder_faults(out)


def sealed_folder_manifest(out: Path, manifest: bytes, *, replace: bool) -> bytes:
    """Return the manifest of a new folder, at the last moment before it takes the place of what is there.

    Raises
    ------
    InputError
        If that is the result of a public draw, which may have been written since the work began.
    """
    if not replace and (faults := _replaced(out, json.loads(manifest))):
        raise InputError(faults)
    return manifest


def _replaced(out: Path, new: Mapping[str, Any]) -> list[Fault]:
    """Return the fault of replacing a result by another one, of which trial, kind and seed are known."""
    old = _official(out)
    if old is None:
        return []
    same = (new.get("trial"), new.get("kind"), new.get("seed")) == (False, old.get("kind", ASSIGNMENT), old.get("seed"))
    return [] if same else [Fault("out.result", str(out), params=_words(old))]


def file_in_folder_faults(path: Path) -> list[Fault]:
    """Say why a single file cannot stand at a place, or would stand in the folder of such a result.

    There no run could replace it any more.
    """
    return writable_file_faults(path) or inside_folder_faults(path)


def inside_folder_faults(path: Path) -> list[Fault]:
    """Say whether a file or folder would stand in the folder of such a result."""
    for folder in Path(os.path.realpath(path)).parents:
        old = _official(folder)
        if old is not None:
            return [Fault("out.inside_result", str(path), params={**_words(old), "folder": folder.name})]
    return []


def demand_new_folder(folder: Path) -> None:
    """Refuse a place where no folder can be made, and one inside the folder of such a result.

    Raises
    ------
    InputError
        Saying why.
    """
    demand_writable(folder)
    if faults := inside_folder_faults(folder):
        raise InputError(faults)


def _official(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a folder that holds the result of a public draw; None where it holds none."""
    found = open_json_file((left_aside_by_swap(folder) or folder) / MANIFEST)
    ours = isinstance(found, dict) and found.get("made_by") == MADE_BY
    return found if ours and found.get("trial") is False and found.get("seed") else None


def _words(old: Mapping[str, Any]) -> dict[str, str]:
    """Return what is told of the result that is there."""
    return {"event": str(old.get("event"))[:100], "seed": str(old.get("seed"))[:_SHOWN]}
