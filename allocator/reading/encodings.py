"""Which encoding a CSV file has: by its byte order mark, else strict UTF-8, else strict GB18030, or as the user says.

Guessing from letter frequencies was tried and took short Chinese files for Korean; these three steps do not guess.
"""

from __future__ import annotations

import codecs

from allocator.errors import Fault

ENCODINGS: tuple[str, ...] = ("utf-8", "gb18030", "gbk", "gb2312", "big5")
"""Encodings that a user may ask for."""

MOST_LINES = 3_000_000
"""Lines of a table; a spreadsheet has a third of them."""
LONGEST_LINE = 1_000_000
"""Bytes of a line of CSV; all cells of a row at their longest are a tenth of it."""

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How an .xls workbook begins, and one with a password."""
WORKBOOK_STARTS = (b"PK\x03\x04", OLD_WORKBOOK)
"""How the files of spreadsheets begin, whatever they are called."""
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def find_encoding(raw: bytes, file: str, asked: str | None) -> tuple[str | None, list[Fault]]:
    """Return the codec with which a whole file can be read, or None and why there is none.

    Parameters
    ----------
    raw : bytes
        The file.
    file : str
        Its name in messages.
    asked : str or None
        The encoding that the user names; None to find it.
    """
    code = _unreadable(raw)
    if code is not None:
        most = {"file.long_line": LONGEST_LINE, "file.too_many_lines": MOST_LINES}.get(code)
        return None, [Fault(code, file, params={"most": f"{most:,}"} if most else {})]
    candidates = _candidates(raw, asked)
    if not candidates:
        words = {"expected": ", ".join(ENCODINGS)}
        return None, [Fault("file.unknown_encoding", "--encoding", value=str(asked), params=words)]
    for codec in candidates:
        if _decodes(raw, codec):
            return codec, []
    return None, [Fault("file.encoding", file, params={"tried": ", ".join(candidates)})]


def _unreadable(raw: bytes) -> str | None:
    """Code of what no encoding can mend."""
    if not raw.strip() or raw == codecs.BOM_UTF8:
        return "file.empty"
    if raw.startswith(_WIDE_MARKS):
        return "file.utf16"
    if raw.startswith(OLD_WORKBOOK):
        return "sheet.old_or_locked"
    if raw.startswith(WORKBOOK_STARTS):
        return "file.workbook"
    if b"\0" in raw:
        return "file.nul"
    if raw.count(b"\n") > MOST_LINES:
        return "file.too_many_lines"
    return None if _has_lines(raw) else "file.long_line"


def _has_lines(raw: bytes) -> bool:
    """Whether no line is longer than any table has; a file that is one line of many million cells is none."""
    at = 0
    while len(raw) - at > LONGEST_LINE:
        end = max(raw.rfind(mark, at, at + LONGEST_LINE) for mark in (b"\n", b"\r"))
        if end < 0:
            return False
        at = end + 1
    return True


def _candidates(raw: bytes, asked: str | None) -> tuple[str, ...]:
    """Codecs to try, in order; none if the one asked for is not allowed."""
    if raw.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if asked is None:
        return ("utf-8", "gb18030")
    try:
        name = codecs.lookup(asked).name
    except (LookupError, ValueError):  # no such name, or bytes that are no text at all
        return ()
    return (name,) if name in ENCODINGS else ()


def _decodes(raw: bytes, codec: str) -> bool:
    """Whether every byte can be read."""
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
