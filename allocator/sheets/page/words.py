"""Words of the page: escaping, and how wide words are when drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape as _escape

from allocator.ground import Language, visible

LANG_TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
"""Values of the attribute ``lang``."""

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NARROW, _WIDE = "iljtfrI.,:;'|!()[] ", "mwMW%@"


def escaped(words: str) -> str:
    """Return words for HTML or XML, quotes escaped too; characters that XML forbids become U+FFFD."""
    return _escape(_NOT_XML.sub("\ufffd", visible(words)), quote=True)


def is_chinese(words: str) -> bool:
    """Whether words hold Chinese characters."""
    return _CHINESE.search(words) is not None


def text_width(words: str, size: float) -> float:
    """Return about how wide words are drawn, in the unit of ``size``; on the safe side for the fonts of the page.

    No font is asked: the picture must be the same on every machine.
    """
    return size * sum(map(_advance, words))


def _advance(character: str) -> float:
    """Width of a character in parts of the font size."""
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.9
    return 0.68 if character.isupper() else 0.58


def wrapped(words: str, size: float, room: float) -> tuple[str, ...]:
    """Return words in as many lines as they need, none cut: broken at spaces, else behind hyphens, else anywhere.

    Parameters
    ----------
    words : str
        White space counts as single spaces.
    size, room : float
        Font size, and the width that a line may have; a single character may be wider.

    Returns
    -------
    tuple of str
        At least one line; joined they are the words, but for the space at a break.
    """
    lines = [""]
    for piece in _PIECE.findall(" ".join(words.split())):
        if text_width((lines[-1] + piece).rstrip(), size) <= room:
            lines[-1] += piece
            continue
        if lines[-1]:
            lines.append("")
        for part in _parts(piece, size, room):
            if lines[-1] and text_width((lines[-1] + part).rstrip(), size) > room:
                lines.append("")
            lines[-1] += part
    return tuple(line.rstrip() for line in lines)


def _parts(piece: str, size: float, room: float) -> Iterator[str]:
    """A word whole if it has room in a line, else what stands between its hyphens, else its characters."""
    if text_width(piece.rstrip(), size) <= room:
        yield piece
        return
    for part in _BEHIND_HYPHEN.split(piece):
        yield from [part] if text_width(part.rstrip(), size) <= room else part


_BEHIND_HYPHEN = re.compile(r"(?<=[^\d-]-)(?=[^-])|(?<=-)(?=[^\d-])")  # not between digits: no date is parted
_WIDE_CHARACTER = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSING = "，。、；：？！）」』”’)"
_PIECE = re.compile(
    rf"[{_WIDE_CHARACTER}][{_CLOSING}]*|[^\s{_WIDE_CHARACTER}]+(?:[{_CLOSING}]+|\s?)|\s|[{_CLOSING}]+"
)
"""What stays together: a Chinese character with what closes behind it, or a word with the space behind it."""
