"""What a freeze keeps: the digests to publish, the draw roster, and the frozen files themselves (docs/file-formats.md).

``draw-freeze.txt`` holds the digests, ``frozen/`` the canonical tables, the policy and the draw roster as they were,
for the owner alone: they say where children live. With them a later change is told cell by cell. Nothing of an earlier
freeze or draw is lost: it gets a number, and ``draw-log.txt`` says when and why.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from allocator.domain import District
from allocator.ground import MOST_OF_A_TABLE, MOST_OF_A_TEXT, open_file_bytes, write_owner_only
from allocator.lottery import FROZEN, POLICY, ROSTER, FrozenDigests, canonical_tables, draw_roster
from allocator.record.swap import mend_swap, swap_file, swap_in, swap_staging, sync_folder
from allocator.sheets import harmless

FREEZE, LOG = "draw-freeze.txt", "draw-log.txt"

LOG_HEADER = "time\tact\tfile\tevent\tsha256\treason\n"


def freeze_bytes(digests: FrozenDigests) -> bytes:
    """Return the record of a freeze: the three lines that the transcript will hold."""
    return "".join(f"{name}=sha256:{value}\n" for name, value in digests._asdict().items()).encode("ascii")


def frozen_before(folder: Path) -> FrozenDigests | None:
    """Return the digests of the freeze of a district folder; None where there is none, or where it cannot be read.

    The file is the office's own note: line ends and byte order marks of editors make no difference in it.
    """
    try:
        text = open_file_bytes(folder / FREEZE, MOST_OF_A_TEXT).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    found = dict(line.strip().split("=sha256:", 1) for line in text.splitlines() if "=sha256:" in line)
    return FrozenDigests(**found) if found.keys() == set(FrozenDigests._fields) else None


def write_freeze(
    folder: Path, district: District, digests: FrozenDigests, beside: Mapping[str, bytes] = MappingProxyType({})
) -> None:
    """Write the frozen files, the draw roster and, last, the digests.

    Parameters
    ----------
    beside : mapping of str to bytes
        Further files to keep with the frozen ones, by their path in ``frozen``; no digest is made of them.

    Raises
    ------
    OSError
        If they cannot be written; without ``draw-freeze.txt`` nothing counts as frozen.
    """
    roster = draw_roster(district)
    files = {**dict(canonical_tables(district)), POLICY: district.policy_bytes, ROSTER: roster, **beside}
    _write_frozen(folder, files)
    swap_file(folder / ROSTER, roster)
    swap_file(folder / FREEZE, freeze_bytes(digests))


def number_earlier_frozen(folder: Path, *paths: Path) -> dict[Path, Path]:
    """Give earlier files and folders the first number that is free for all of them; return the new path of each."""
    present = [path for path in paths if os.path.lexists(path)]
    number = 1
    while any(os.path.lexists(_numbered(path, number)) for path in paths):
        number += 1
    moved = {path: _numbered(path, number) for path in present}
    for path, kept in moved.items():
        path.rename(kept)
    for parent in {folder, *(path.parent for path in present)}:
        sync_folder(parent)
    return moved


def log_frozen_act(folder: Path, act: str, file: str, event: str = "", digest: str = "", reason: str = "") -> None:
    """Add a line with the time to the log of freezes and draws."""
    path = folder / LOG
    old = _bytes(path)
    time = datetime.now().astimezone().isoformat(timespec="seconds")
    line = "\t".join((time, act, harmless(file), harmless(event), digest, harmless(reason))) + "\n"
    swap_file(path, (LOG_HEADER.encode() if old is None else old) + line.encode("utf-8"))


def numbered_transcripts(path: Path) -> Iterator[bytes]:
    """Yield the earlier transcripts beside one, in the order of their numbers."""
    number = 1
    while (raw := _bytes(_numbered(path, number))) is not None or os.path.lexists(_numbered(path, number)):
        yield raw or b""
        number += 1


def _numbered(path: Path, number: int) -> Path:
    """Return the path of an earlier file: ``transcript-1.txt``, ``frozen-1``."""
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def _write_frozen(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the folder ``frozen`` whole or not at all, for its owner alone; an earlier one gets a number."""
    target = folder / FROZEN
    mend_swap(target)
    with swap_staging(target) as new:
        for name, content in files.items():
            write_owner_only(new / name, content)
        sync_folder(new)
        number_earlier_frozen(folder, target)
        swap_in(new, target)


def _bytes(path: Path) -> bytes | None:
    """Return the content of a file, None where it cannot be read."""
    try:
        return open_file_bytes(path, MOST_OF_A_TABLE)
    except OSError:
        return None
