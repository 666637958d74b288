"""Files of an output folder that no run wrote, that are missing, or that stand under another name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from allocator.errors import Fault
from allocator.record.folder import STRAY, paths


def stranger_faults(folder: Path, written: Collection[str], digests: Mapping[str, str]) -> Iterator[Fault]:
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
    present = set(paths(folder))
    missing = {name for name in written if name not in present}
    for name in sorted(present - set(written)):
        digest = sha256((folder / name).read_bytes()).hexdigest() if (folder / name).is_file() else ""
        was = next((other for other in sorted(missing) if digests.get(other) == digest), "")
        missing.discard(was)
        yield Fault("verify.renamed" if was else "verify.added", name, params={"was": was})
    for name in sorted(missing):
        yield Fault("cli.missing_file", name)


def stray(folder: Path) -> list[str]:
    """Return the paths of what file browsers leave."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name in STRAY)
