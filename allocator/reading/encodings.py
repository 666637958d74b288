"""Which encoding a CSV file has: by its byte order mark, else strict UTF-8, else strict GB18030, or as the user says.

Guessing from letter frequencies was tried and took short Chinese files for Korean; these three steps do not guess.
"""

from __future__ import annotations

import codecs
import re

from allocator.ground import Fault, some_as_text

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
    if _decodes(raw, candidates[0]):
        return candidates[0], []
    if len(candidates) > 1 and (mixed := _mixed(raw)):
        return None, [Fault("file.mixed", file, params=mixed)]
    if _decodes(raw, candidates[-1]):
        return candidates[-1], []
    return None, [Fault("file.encoding", file, params={"tried": ", ".join(candidates)})]


_UTF8_WORD = re.compile(rb"(?<![\x80-\xff])(?:[\xe3-\xe9\xef][\x80-\xbf]{2})+(?![\x80-\xff])")
_MOST_LINES_TOLD = 5


def _mixed(raw: bytes) -> dict[str, str]:
    """Return the first lines in UTF-8 and the first in something else; empty if a file has not both.

    Joined files have both, and GB 18030 can read many a word of UTF-8 as rare characters. A word is one of UTF-8 if
    it has only common characters there, and as GB 18030 rare ones or none: chance hardly makes such a word.
    """
    if not any(map(_is_utf8, _UTF8_WORD.finditer(raw))):
        return {}
    utf8: list[str] = []
    others: list[str] = []
    for number, line in enumerate(raw.splitlines(), start=1):
        if any(map(_is_utf8, _UTF8_WORD.finditer(line))):
            utf8.append(str(number))
        if not _decodes(line, "utf-8"):
            others.append(str(number))
    return {name: some_as_text(numbers, _MOST_LINES_TOLD) for name, numbers in (("utf8", utf8), ("others", others))}


def _is_utf8(word: re.Match[bytes]) -> bool:
    """Whether a word that may be UTF-8 makes sense so, and in no other way."""
    return _is_common(word[0], "utf-8") and not _is_common(word[0], "gb18030")


def _is_common(word: bytes, codec: str) -> bool:
    """Whether a word can be read, and has no character but those of GB 2312."""
    try:
        word.decode(codec).encode("gb2312")
    except UnicodeError:
        return False
    return True


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
    if name in ("gbk", "gb2312"):  # what is called so today holds characters of GB 18030, which reads all of theirs
        name = "gb18030"
    return (name,) if name in ENCODINGS else ()


def _decodes(raw: bytes, codec: str) -> bool:
    """Whether every byte can be read."""
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
