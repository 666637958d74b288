"""The result of a public draw is never replaced by accident: not by a rehearsal, not by another draw, not by planning.

A folder of such a result is replaced freely by the same command under the same transcript: the digests in it bind the
inputs, so the same lists come out. Anything else must be asked for in words (``--replace``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from allocator.domain import Draw
from allocator.ground import Fault, InputError, json_file
from allocator.record.manifest import MADE_BY, MANIFEST
from allocator.record.swap import left_aside
from allocator.record.writable import demand_place, file_place_faults

ASSIGNMENT = "assignment"
_SHOWN = 16  # digits of a seed: enough to tell two draws apart


def replacement_faults(out: Path, draw: Draw | None, kind: str = ASSIGNMENT) -> list[Fault]:
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
    return _replaced(out, new) + inside_result_faults(out)


def sealed(out: Path, manifest: bytes, *, replace: bool) -> bytes:
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


def single_file_faults(path: Path) -> list[Fault]:
    """Say why a single file cannot stand at a place, or would stand in the folder of such a result.

    There no run could replace it any more.
    """
    return file_place_faults(path) or inside_result_faults(path)


def inside_result_faults(path: Path) -> list[Fault]:
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
    demand_place(folder)
    if faults := inside_result_faults(folder):
        raise InputError(faults)


def _official(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a folder that holds the result of a public draw; None where it holds none."""
    found = json_file((left_aside(folder) or folder) / MANIFEST)
    ours = isinstance(found, dict) and found.get("made_by") == MADE_BY
    return found if ours and found.get("trial") is False and found.get("seed") else None


def _words(old: Mapping[str, Any]) -> dict[str, str]:
    """Return what is told of the result that is there."""
    return {"event": str(old.get("event"))[:100], "seed": str(old.get("seed"))[:_SHOWN]}
