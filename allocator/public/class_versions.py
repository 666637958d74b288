"""A placement is never changed: a new version has a ruling and a session of its own, and names the old one (C106)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from allocator.class_folder import KIND, PLACEMENT, ClassSession
from allocator.domain import Violation
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_json_file, open_readable, without_card_numbers
from allocator.record import MADE_BY, MANIFEST, folder_replacement_faults, output_folder_faults

_LONGEST_RULING = 200
_DIGEST = re.compile(r"[0-9a-f]{16,64}")


class PlacementVersion(NamedTuple):
    """Which version of a placement this is.

    Attributes
    ----------
    version : int
        1 for the first.
    ruling : str
        On which it rests; empty for the first.
    replaces_event, replaces : str
        Session of the one before it, and the SHA-256 of its ``placement.csv``; empty for the first.
    """

    version: int = 1
    ruling: str = ""
    replaces_event: str = ""
    replaces: str = ""

    def told(self) -> dict[str, object]:
        """Return what the manifest says of it; nothing of a first version."""
        return dict(self._asdict()) if self.version > 1 else {}


def version_after(old: Path | None, ruling: str) -> PlacementVersion:
    """Return the version that comes after the placement of a folder, or the first one.

    Raises
    ------
    InputError
        If only one of folder and ruling is given, the folder holds no placement, or the ruling says too much.
    """
    if old is None and not ruling:
        return PlacementVersion()
    ruling = " ".join(ruling.split())
    if old is None or not ruling:
        raise InputError([Fault("classes.ruling_needed", "--after")])
    faults = []
    if len(ruling) > _LONGEST_RULING:
        faults.append(Fault("cell.too_long", "--ruling"))
    if without_card_numbers(ruling) != ruling:
        faults.append(Fault("cell.identity_number", "--ruling"))
    manifest = placement_manifest(old)
    if manifest is None:
        faults.append(Fault("classes.no_old_placement", old.name))
    if manifest is None or faults:
        raise InputError(faults)
    digest = sha256(open_readable(old / PLACEMENT, MOST_OF_A_TABLE)).hexdigest()
    return PlacementVersion(_version_of(manifest).version + 1, ruling, str(manifest.get("event")), digest)


def stored_version(folder: Path) -> PlacementVersion:
    """Return the version of the placement of a folder, as its manifest says."""
    return _version_of(placement_manifest(folder) or {})


def changed_since_written(folder: Path) -> list[Violation]:
    """Return the files of a placement that are not those its manifest names; nothing where there is no manifest."""
    manifest = placement_manifest(folder) or {}
    stated: dict[str, Any] = {}
    for key in ("inputs", "outputs"):
        found = manifest.get(key)
        stated |= found if isinstance(found, dict) else {}
    return [
        Violation("check.classes.changed_since", "", "", "", (("file", name),))
        for name, digest in sorted(stated.items())
        if sha256(open_readable(folder / name, MOST_OF_A_TABLE)).hexdigest() != digest
    ]


def placement_manifest(folder: Path) -> Mapping[str, Any] | None:
    """Return the manifest of a folder that holds a placement; None where it holds none."""
    found = open_json_file(folder / MANIFEST)
    ours = isinstance(found, dict) and found.get("made_by") == MADE_BY and found.get("kind") == KIND
    return found if ours else None


def _version_of(manifest: Mapping[str, Any]) -> PlacementVersion:
    number = manifest.get("version")
    if not isinstance(number, int) or isinstance(number, bool) or number < 2:
        return PlacementVersion()
    return PlacementVersion(number, *(str(manifest.get(key, "")) for key in PlacementVersion._fields[1:]))


def placement_folder_faults(out: Path, inputs: Path) -> list[Fault]:
    """Say why the folder of a placement may not be written, before the work begins."""
    return output_folder_faults(out, inputs)


def new_placement_faults(
    out: Path, session: ClassSession, version: PlacementVersion, *, replace: bool
) -> list[Fault]:
    """Say why a placement may not be written: another one stands there, which no option replaces, or another result.

    Parameters
    ----------
    version : PlacementVersion
        A new one needs a session of its own.
    replace : bool
        Whether the result of a draw that is no placement may be replaced.
    """
    found = placement_manifest(out)
    if found is not None and found.get("seed") != session.draw.seedhex:
        return [Fault("classes.placement_stays", str(out), params={"event": str(found.get("event"))[:100]})]
    event = session.transcript.event
    same = version.version > 1 and version.replaces_event == event
    faults = [Fault("classes.same_event", "--transcript", 0, "event", event)] if same else []
    return faults + ([] if replace else folder_replacement_faults(out, session.draw, KIND))


def typed_digest(words: str) -> str:
    """Return a digest as it was typed from a sheet, without spaces.

    Raises
    ------
    InputError
        If it has fewer than sixteen hexadecimal digits, or other signs.
    """
    digest = "".join(words.split()).lower()
    if not _DIGEST.fullmatch(digest):
        raise InputError([Fault("classes.digest_form", "--digest")])
    return digest
