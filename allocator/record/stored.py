"""What lies in an output folder, read back: bytes, JSON objects, and files that are not what the manifest says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.ground import MOST_OF_AN_OUTPUT, Fault, json_file, readable
from allocator.lottery.resaved import only_saved_again


def output_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    InputError
        Naming the file, if it cannot be read.
    """
    return readable(path, MOST_OF_AN_OUTPUT)


def json_object(path: Path) -> dict[str, Any]:
    """Return the content of a JSON file; empty if it cannot be read or holds no object."""
    found = json_file(path)
    return found if isinstance(found, dict) else {}


def changed_files(folder: Path, outputs: Mapping[str, str]) -> Iterator[Fault]:
    """Give the files that are missing, or whose digest is not that of the manifest."""
    for name, digest in sorted(outputs.items()):
        path = folder / name
        if not path.is_file():
            yield Fault("cli.missing_file", name)
        elif sha256(raw := output_bytes(path)).hexdigest() != digest:
            yield Fault("cli.changed_file" + "_resaved" * only_saved_again(raw, digest), name)
