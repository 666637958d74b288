"""The published files of a draw against ``manifest.json``, where that is there (file-formats.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from allocator.ground import MOST_OF_AN_OUTPUT, Fault, open_file_bytes, open_json_file
from allocator.lottery.frozen import is_frozen_but_saved_again

MANIFEST, LISTS, ASSIGNMENT = "manifest.json", "lists", "assignment.csv"


def draw_manifest_faults(folder: Path, orders: Collection[str], others: Collection[str]) -> list[Fault]:
    """Return the files of a draw that are not those of the manifest; nothing where no manifest is there.

    Parameters
    ----------
    others : collection of str
        Paths of the other files that the draw rests on; those that are there are compared.
    """
    if not (folder / MANIFEST).exists():
        return []
    outputs = _outputs(folder / MANIFEST)
    if outputs is None:
        return [Fault("draw.manifest", MANIFEST)]
    listed = {name for name in outputs if name.startswith("draws/")}
    lists = {path.relative_to(folder).as_posix() for path in (folder / LISTS).rglob("*") if not path.is_dir()}
    unknown = sorted((set(orders) - listed) | (lists - outputs.keys()))
    wanted = listed | {name for name in others if name in outputs and (folder / name).exists()}
    wanted |= _lists_wanted(folder, outputs, lists)
    return [*(Fault("draw.not_in_manifest", name) for name in unknown), *_differing(folder, outputs, sorted(wanted))]


def _lists_wanted(folder: Path, outputs: dict[str, object], there: set[str]) -> set[str]:
    """Return the lists that must be there: all, beside the office's own list; of the published ones those of schools.

    Where no list at all is there, none was published, as after a draw whose orders alone go out.
    """
    listed = {name for name in outputs if name.startswith(f"{LISTS}/")}
    if (folder / ASSIGNMENT).exists():
        return listed
    return {name for name in listed if there and (name in there or not name.startswith(f"{LISTS}/_"))}


def _differing(folder: Path, outputs: dict[str, object], names: list[str]) -> Iterator[Fault]:
    """Yield the files that are missing or have another digest."""
    for name in names:
        path = folder / name
        if not path.is_file():
            yield Fault("draw.missing_order", name)
        elif sha256(raw := open_file_bytes(path, MOST_OF_AN_OUTPUT)).hexdigest() != outputs[name]:
            yield Fault("draw.changed_file" + "_resaved" * is_frozen_but_saved_again(raw, str(outputs[name])), name)


def _outputs(path: Path) -> dict[str, object] | None:
    """Return the digests of the manifest by path; None if it cannot be read as one."""
    found = open_json_file(path)
    outputs = found.get("outputs") if isinstance(found, dict) else None
    return outputs if isinstance(outputs, dict) else None
