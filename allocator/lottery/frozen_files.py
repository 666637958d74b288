"""The frozen files: what the digests of a transcript were made of, kept so that a later change can be told in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from allocator.ground import MOST_OF_A_TABLE, Fault, file_bytes
from allocator.lottery.canonical import APPLICANT_COLUMNS, SCHOOL_COLUMNS, ZONE_COLUMNS, csv_text
from allocator.lottery.differences import line_differences, table_differences
from allocator.lottery.digests import FrozenDigests

FROZEN, POLICY, ROSTER = "frozen", "policy.yaml", "draw-roster.csv"
TABLES = ("applicants.csv", "schools.csv", "zones.csv")
_COLUMNS = dict(zip(TABLES, (APPLICANT_COLUMNS, SCHOOL_COLUMNS, ZONE_COLUMNS), strict=True))


def frozen_files(frozen: Path, digests: FrozenDigests) -> dict[str, bytes]:
    """Return the frozen files that are still what the digests say; those missing or changed are left out."""
    found = {name: raw for name in (*TABLES, POLICY, ROSTER) if (raw := _bytes(frozen / name)) is not None}
    whole = all(name in found for name in TABLES)
    right = {POLICY: digests.policy, ROSTER: digests.roster}
    kept = {name: raw for name, raw in found.items() if name in right and _sha(raw) == right[name]}
    return kept | ({name: found[name] for name in TABLES} if whole and table_digest(found) == digests.inputs else {})


def table_digest(tables: dict[str, bytes]) -> str:
    """Return the digest ``inputs`` of the three canonical tables."""
    return _sha(b"".join(f"{name}\n".encode("ascii") + tables[name] for name in TABLES))


def published_changes(folder: Path, changed: list[str], stated: FrozenDigests, frozen: Path) -> Iterator[Fault]:
    """Yield what differs between the files of a published folder and the frozen ones, line by line and cell by cell.

    Parameters
    ----------
    changed : list of str
        Which of ``policy``, ``roster``, ``inputs`` has another digest.
    frozen : Path
        The folder of the frozen files; those in it that are not what was frozen tell nothing.
    """
    kept = frozen_files(frozen, stated)
    for name, file in (("policy", POLICY), ("roster", ROSTER)):
        if name in changed and file in kept and (now := _bytes(folder / file)) is not None:
            told = line_differences if name == "policy" else table_differences
            yield from told(file, kept[file], now)
    if "inputs" in changed and TABLES[0] in kept:
        for name, now in canonical_copies(folder).items():
            yield from table_differences(name, kept[name], now, f"inputs/{name}")


def canonical_copies(folder: Path) -> dict[str, bytes]:
    """Return the copies of the tables in an output folder without their optional columns; none where one is missing."""
    found = {name: raw for name in TABLES if (raw := _bytes(folder / "inputs" / name)) is not None}
    return {name: _canonical(name, raw) for name, raw in found.items()} if len(found) == len(TABLES) else {}


def _canonical(name: str, raw: bytes) -> bytes:
    """Return a table without its optional columns, which stand last and of which no digest is made."""
    try:
        header, *rows = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True)
    except (UnicodeDecodeError, ValueError, csv.Error):
        return raw
    width = len(_COLUMNS[name])
    if tuple(header[:width]) != _COLUMNS[name] or len(header) == width:
        return raw
    return csv_text([header[:width], *(row[:width] for row in rows)]).encode("utf-8")


def _bytes(path: Path) -> bytes | None:
    """Return the content of a file, None where it cannot be read."""
    try:
        return file_bytes(path, MOST_OF_A_TABLE)
    except OSError:
        return None


def _sha(raw: bytes) -> str:
    return sha256(raw).hexdigest()
