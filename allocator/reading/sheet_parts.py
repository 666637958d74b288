"""The parts of an .xlsx workbook, unpacked a piece at a time."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, LookupError)
"""What the reading of a damaged archive may raise."""

PIECE = 4_000_000  # bytes unpacked at a time
LONGEST_TEXT = 1_000_000  # bytes; nothing between two ">" of a real sheet is longer


def sheet_part_pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the text of a part, cut between tags."""
    rest = b""
    with archive.open(entry) as stream:
        while block := stream.read(PIECE):
            piece, mark, tail = (rest + block).rpartition(b">")
            if mark:
                yield piece + mark
            rest = tail
            if len(rest) > LONGEST_TEXT:
                raise zipfile.BadZipFile("endless text")
    if rest:
        yield rest
