"""What a draw froze, and what was changed since: cell by cell for tables, line by line for the policy.

A digest is of bytes. Notepad, Excel, WPS and Git for Windows change line ends, add a byte order mark or a last line
end; nothing that anybody reads is changed by it. Whoever stands before witnesses must be told which of the two it is.
Both versions are given as bytes, so that anyone who holds the frozen files can compare them with nothing but this.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import product
from pathlib import Path

from allocator.ground import MOST_OF_A_TABLE, Fault, open_file_bytes
from allocator.lottery.canonical import APPLICANT_COLUMNS, SCHOOL_COLUMNS, ZONE_COLUMNS, canonical_csv_text
from allocator.lottery.digests import FrozenDigests

BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_frozen_but_saved_again(raw: bytes, stated: str) -> bool:
    """Return whether a file differs from the one of a digest in nothing but how an editor saved it.

    Parameters
    ----------
    stated : str
        SHA-256 of the file as it was, as 64 lower-case hexadecimal digits.
    """
    found = sha256(raw).hexdigest()
    return found != stated and any(sha256(guess).hexdigest() == stated for guess in _spellings(raw))


def frozen_plain_bytes(raw: bytes) -> bytes:
    """Return a file without byte order mark, with LF as line end, no space at the end of a line, one last line end."""
    lines = _without_mark(raw).split(b"\n")
    return b"\n".join(line.rstrip(b" \t") for line in lines).rstrip(b"\n") + b"\n"


def _spellings(raw: bytes) -> Iterator[bytes]:
    """Yield the ways in which the same text may have been saved before; few, so trying them all costs nothing."""
    bare = _without_mark(raw)
    texts = (bare, b"\n".join(line.rstrip(b" \t") for line in bare.split(b"\n")))
    bodies = {text.rstrip(b"\n") + b"\n" * ends for text in texts for ends in range(4)}
    for body, mark, end in product(sorted(bodies), (b"", BOM), (b"\n", b"\r\n", b"\r")):
        yield mark + body.replace(b"\n", end)


def _without_mark(raw: bytes) -> bytes:
    """Return a file in UTF-8 without byte order mark, every line end an LF; one in UTF-16 is taken out of it."""
    if raw.startswith(_UTF16):
        try:
            raw = raw.decode("utf-16").encode("utf-8")
        except UnicodeDecodeError:
            return raw
    return raw.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


_SHOWN = 120  # most characters of a line or cell told


def frozen_table_differences(
    name: str, was: bytes, now: bytes, file: str | None = None, lines: Mapping[str, int] | None = None
) -> Iterator[Fault]:
    """Yield every cell that differs between two canonical tables, and the rows that came or went.

    Parameters
    ----------
    was, now : bytes
        The frozen table and that of today, both in canonical spelling.
    file : str, optional
        Name of the office's own file; default: ``name``.
    lines : Mapping of str to int, optional
        Line of the office's file by the id of the row; without it that of the canonical table.
    """
    (columns, old), (_, new) = _rows(was), _rows(now)
    places = {key: row for row, key in enumerate(new, start=2)} if lines is None else lines
    for key in sorted(old.keys() | new.keys()):
        row = places.get(key, 0)
        if key not in new:
            yield Fault("draw.changed_row_gone", file or name, 0, columns[0], "", {"id": key, "was": _cut(old[key])})
        elif key not in old:
            yield Fault("draw.changed_row_new", file or name, row, columns[0], "", {"id": key})
        elif old[key] != new[key]:
            for column, one, other in zip(columns, old[key], new[key], strict=False):
                if one != other:
                    words = {"id": key, "was": one[:_SHOWN], "now": other[:_SHOWN]}
                    yield Fault("draw.changed_cell", file or name, row, column, "", words)


def frozen_line_differences(file: str, was: bytes, now: bytes) -> Iterator[Fault]:
    """Yield every line that differs between two texts, with its line in the one of today."""
    old, new = _lines(was), _lines(now)
    for kind, one, one_end, two, two_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _changed_lines(file, old[one:one_end], new[two:two_end], two + 1)


def _changed_lines(file: str, old: Sequence[str], new: Sequence[str], first: int) -> Iterator[Fault]:
    """Yield the faults of one changed passage, pairs of lines first."""
    for at, (was, now) in enumerate(zip(old, new, strict=False)):
        words = {"was": was.strip()[:_SHOWN], "now": now.strip()[:_SHOWN]}
        yield Fault("draw.changed_line", file, first + at, "", "", words)
    for at, now in enumerate(new[len(old) :], start=first + len(old)):
        yield Fault("draw.changed_line_new", file, at, "", "", {"now": now.strip()[:_SHOWN]})
    for was in old[len(new) :]:
        yield Fault("draw.changed_line_gone", file, first + len(new), "", "", {"was": was.strip()[:_SHOWN]})


def _rows(raw: bytes) -> tuple[list[str], dict[str, list[str]]]:
    """Return header and rows by first cell of a canonical table."""
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    return (rows[0] if rows else [""]), {row[0]: row for row in rows[1:] if row}


def _lines(raw: bytes) -> list[str]:
    """Return the lines of a text without what editors put at their ends."""
    return [line.rstrip() for line in raw.decode("utf-8-sig", "replace").splitlines()]


def _cut(row: Sequence[str]) -> str:
    """Return a row as one line, its id left out, cut to what can be shown."""
    return ",".join(row[1:])[:_SHOWN]


FROZEN, POLICY, ROSTER = "frozen", "policy.yaml", "draw-roster.csv"
TABLES = ("applicants.csv", "schools.csv", "zones.csv")
_COLUMNS = dict(zip(TABLES, (APPLICANT_COLUMNS, SCHOOL_COLUMNS, ZONE_COLUMNS), strict=True))


def frozen_files(frozen: Path, digests: FrozenDigests) -> dict[str, bytes]:
    """Return the frozen files that are still what the digests say; those missing or changed are left out."""
    found = {name: raw for name in (*TABLES, POLICY, ROSTER) if (raw := _bytes(frozen / name)) is not None}
    whole = all(name in found for name in TABLES)
    right = {POLICY: digests.policy, ROSTER: digests.roster}
    kept = {name: raw for name, raw in found.items() if name in right and _sha(raw) == right[name]}
    return kept | (
        {name: found[name] for name in TABLES} if whole and frozen_table_digest(found) == digests.inputs else {}
    )


def frozen_table_digest(tables: dict[str, bytes]) -> str:
    """Return the digest ``inputs`` of the three canonical tables."""
    return _sha(b"".join(f"{name}\n".encode("ascii") + tables[name] for name in TABLES))


def published_but_not_frozen(folder: Path, changed: list[str], stated: FrozenDigests, frozen: Path) -> Iterator[Fault]:
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
            told = frozen_line_differences if name == "policy" else frozen_table_differences
            yield from told(file, kept[file], now)
    if "inputs" in changed and TABLES[0] in kept:
        for name, now in canonical_copies(folder).items():
            yield from frozen_table_differences(name, kept[name], now, f"inputs/{name}")


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
    return canonical_csv_text([header[:width], *(row[:width] for row in rows)]).encode("utf-8")


def _bytes(path: Path) -> bytes | None:
    """Return the content of a file, None where it cannot be read."""
    try:
        return open_file_bytes(path, MOST_OF_A_TABLE)
    except OSError:
        return None


def _sha(raw: bytes) -> str:
    return sha256(raw).hexdigest()
