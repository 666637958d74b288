"""The published files of a draw against ``manifest.json``, where that is there (file-formats.md)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from allocator.errors import Fault
from allocator.lottery.resaved import only_saved_again

MANIFEST = "manifest.json"


def manifest_faults(folder: Path, orders: Collection[str], others: Collection[str]) -> list[Fault]:
    """Return the files of a draw that are not those of the manifest; nothing where no manifest is there.

    Parameters
    ----------
    folder : Path
        The published folder.
    orders : collection of str
        Paths of the orders that are there.
    others : collection of str
        Paths of the other files that the draw rests on; those that are there are compared.
    """
    if not (folder / MANIFEST).exists():
        return []
    outputs = _outputs(folder / MANIFEST)
    if outputs is None:
        return [Fault("draw.manifest", MANIFEST)]
    listed = {name for name in outputs if name.startswith("draws/")}
    unknown = [Fault("draw.not_in_manifest", name) for name in sorted(set(orders) - listed)]
    present = [name for name in others if name in outputs and (folder / name).exists()]
    return [*unknown, *_differing(folder, outputs, sorted([*listed, *present]))]


def _differing(folder: Path, outputs: dict[str, object], names: list[str]) -> Iterator[Fault]:
    """Yield the files that are missing or have another digest."""
    for name in names:
        path = folder / name
        if not path.is_file():
            yield Fault("draw.missing_order", name)
        elif sha256(raw := path.read_bytes()).hexdigest() != outputs[name]:
            yield Fault("draw.changed_file" + "_resaved" * only_saved_again(raw, str(outputs[name])), name)


def _outputs(path: Path) -> dict[str, object] | None:
    """Return the digests of the manifest by path; None if it cannot be read as one."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    outputs = found.get("outputs") if isinstance(found, dict) else None
    return outputs if isinstance(outputs, dict) else None
