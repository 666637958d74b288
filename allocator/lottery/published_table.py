"""Published tables read strictly: UTF-8 without a mark, LF, RFC 4180 (public.md; lottery.md section 1)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from allocator.ground import MOST_OF_AN_OUTPUT, Fault, open_file_bytes

SHOWN = 20  # faults told of one kind and file; the rest is counted
_MARK = b"\xef\xbb\xbf"


def published_bytes(path: Path, file: str) -> tuple[bytes, list[Fault]]:
    """Return the bytes of a file, or the fault that it is not there."""
    try:
        return open_file_bytes(path, MOST_OF_AN_OUTPUT), []
    except OSError:
        return b"", [Fault("draw.file_missing", file)]


def published_table(path: Path, file: str, headers: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[Fault]]:
    """Return the rows of a published table, and the faults of its form; no rows where one has not the right cells.

    What an editor changed in saving it again is one fault, and the table is read on without it.
    """
    raw, faults = published_bytes(path, file)
    if faults:
        return [], faults
    plain = _before_saved_again(raw)
    faults = [] if plain == raw else [Fault("draw.saved_again", file)]
    try:
        text = plain.decode("utf-8")
        header, *rows = list(csv.reader(text.splitlines(), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error):
        return [], [*faults, Fault("draw.not_csv", file)]
    if header not in headers:
        words = {"expected": ",".join(headers[0])}
        return [], [*faults, Fault("draw.header", file, 1, "", ",".join(header)[:60], words)]
    wrong = [line for line, row in enumerate(rows, start=2) if len(row) != len(header)]
    words = {"expected": str(len(header))}
    faults += [Fault("draw.cells", file, line, "", "", words) for line in wrong[:SHOWN]]
    return [] if wrong else rows, faults


def _before_saved_again(raw: bytes) -> bytes:
    """Return bytes without a mark, with LF, without space at line ends, with one line end at the end."""
    raw = raw.removeprefix(_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = b"\n".join(line.rstrip(b" \t") for line in raw.split(b"\n")).rstrip(b"\n")
    return lines + b"\n" if raw else b""
