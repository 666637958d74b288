"""What lies in an output folder, read back: bytes, JSON objects, and files that are not what the manifest says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.ground import MOST_OF_AN_OUTPUT, Fault, open_json_file, open_readable, opened_json
from allocator.lottery import is_frozen_but_saved_again
from allocator.record.folder import STRAY, folder_file_paths
from allocator.record.manifest import MANIFEST


def stored_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    InputError
        Naming the file, if it cannot be read.
    """
    return open_readable(path, MOST_OF_AN_OUTPUT)


def stored_json(path: Path) -> dict[str, Any]:
    """Return the content of a JSON file; empty if it cannot be read or holds no object."""
    found = open_json_file(path)
    return found if isinstance(found, dict) else {}


def changed_stored_files(folder: Path, outputs: Mapping[str, str]) -> Iterator[Fault]:
    """Give the files that are missing, or whose digest is not that of the manifest."""
    for name, digest in sorted(outputs.items()):
        path = folder / name
        if not path.is_file():
            yield Fault("cli.missing_file", name)
        elif sha256(raw := stored_bytes(path)).hexdigest() != digest:
            yield Fault("cli.changed_file" + "_resaved" * is_frozen_but_saved_again(raw, digest), name)


def stored_stranger_faults(folder: Path, written: Collection[str], digests: Mapping[str, str]) -> Iterator[Fault]:
    """Give every file that was added, and every missing one; a file under another name is told as renamed.

    Parameters
    ----------
    folder : Path
        The output folder.
    written : collection of str
        Paths that a run of this list writes.
    digests : Mapping[str, str]
        SHA-256 of what a run writes, as far as it is known, by path.
    """
    present = set(folder_file_paths(folder))
    missing = {name for name in written if name not in present}
    for name in sorted(present - set(written)):
        digest = sha256((folder / name).read_bytes()).hexdigest() if (folder / name).is_file() else ""
        was = next((other for other in sorted(missing) if digests.get(other) == digest), "")
        missing.discard(was)
        yield Fault("verify.renamed" if was else "verify.added", name, params={"was": was})
    for name in sorted(missing):
        yield Fault("cli.missing_file", name)


def stray_stored_files(folder: Path) -> list[str]:
    """Return the paths of what file browsers leave."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name in STRAY)


def stored_manifest_faults(raw: bytes, implied: bytes) -> Iterator[Fault]:
    """Give what a manifest says and the inputs do not imply; inputs as read and versions cannot be known again.

    Parameters
    ----------
    raw : bytes
        The manifest as it was found.
    implied : bytes
        The one made anew, without inputs and outputs.
    """
    stated, right = opened_json(raw), opened_json(implied)
    for key in sorted((right.keys() | stated.keys()) - {"versions", "inputs", "outputs"}):
        if key not in right or stated.get(key) != right[key]:
            yield Fault("cli.not_implied", MANIFEST, column=key[:80])
    yield from (Fault("verify.key_twice", MANIFEST, column=key[:80]) for key in sorted(_twice(raw)))


def _twice(raw: bytes) -> set[str]:
    """Keys that stand twice in an object of JSON: one reader sees the first, another the last."""
    found: set[str] = set()

    def _made(pairs: list[tuple[str, object]]) -> dict[str, object]:
        counted = Counter(key for key, _ in pairs)
        found.update(key for key, count in counted.items() if count > 1)
        return dict(pairs)

    json.loads(raw, object_pairs_hook=_made)
    return found
