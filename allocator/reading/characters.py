"""Characters that no cell may hold, because people see something else or nothing; and those of older encodings.

A cell that looks like ``fuli`` and holds a zero-width space is another text. A character of the private area is drawn
only by the machine on which somebody drew it. Both are refused with the character's number and place.
"""

from __future__ import annotations

import re
from unicodedata import category

_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e007f"
)
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
_SUSPECT = re.compile(f"[{_CONTROL}{_INVISIBLE}{_PRIVATE}\ufffd]")
_CODES = (
    ("cell.control_character", re.compile(f"[{_CONTROL}]")),
    ("cell.private_use", re.compile(f"[{_PRIVATE}]")),
    ("cell.lost_character", re.compile("\ufffd")),
    ("cell.invisible_character", re.compile(f"[{_INVISIBLE}]")),
)
LETTERS_UNSEEN = "\u115f\u1160\u3164\uffa0"
"""Invisible characters that count as letters."""

# Mongolian joins and parts its letters by characters that cannot be seen; without such letters they have no business.
_MONGOLIAN = re.compile("[\u1800-\u180a\u1810-\u18aa]")
_MONGOLIAN_JOINERS = str.maketrans(dict.fromkeys("\u180b\u180c\u180d\u180e\u180f\u200c\u200d\ufe00\ufe01"))


def character_problem(value: str) -> str | None:
    """Return the code of what is wrong with a character of a value, None if nothing is."""
    if value.isascii() and value.isprintable():
        return None
    if _MONGOLIAN.search(value):
        value = value.translate(_MONGOLIAN_JOINERS).replace("\u202f", " ")
    if not _SUSPECT.search(value):
        return None
    return next(code for code, pattern in _CODES if pattern.search(value))


def character_words(code: str, value: str) -> dict[str, str]:
    """Return what the message of a code says of the first such character: its number, its place, a likely meaning."""
    pattern = dict(_CODES).get(code)
    found = pattern.search(value) if pattern is not None else None
    if found is None:
        return {}
    return {
        "character": f"U+{ord(found[0]):04X}",
        "at": str(found.start() + 1),
        "likely": likely_character(found[0]) or "–",
    }


def likely_character(character: str) -> str:
    """Return the character that one of the private area most often stands for; empty if there is none.

    Systems of before 2005 kept 80 Chinese characters at U+E815 to U+E864, in the order of their codes FE50 to FEA0.
    """
    place = ord(character) - 0xE815
    if not 0 <= place < 80:
        return ""
    second = 0x50 + place + (place >= 47)  # no code ends in 7F
    meant = bytes((0xFE, second)).decode("gb18030").translate(MOVED)
    return meant if category(meant) != "Co" else ""


_MOVED_CODES = {
    "A6D9": 0xFE10, "A6DA": 0xFE12, "A6DB": 0xFE11, "A6DC": 0xFE13, "A6DD": 0xFE14, "A6DE": 0xFE15, "A6DF": 0xFE16,
    "A6EC": 0xFE17, "A6ED": 0xFE18, "A6F3": 0xFE19, "A8BC": 0x1E3F, "FE51": 0x20087, "FE52": 0x20089, "FE53": 0x200CC,
    "FE59": 0x9FB4, "FE61": 0x9FB5, "FE66": 0x9FB6, "FE67": 0x9FB7, "FE6C": 0x215D7, "FE6D": 0x9FB8, "FE76": 0x2298F,
    "FE7E": 0x9FB9, "FE90": 0x9FBA, "FE91": 0x241FE, "FEA0": 0x9FBB,
}  # fmt: skip
MOVED = {ord(bytes.fromhex(code).decode("gb18030")): chr(meant) for code, meant in _MOVED_CODES.items()}
"""Private-use characters that Python's codec, of the edition of 2000, gives for two-byte codes of GB 18030 which the
editions of 2005 and 2022 moved to characters of their own."""

_ANY_MOVED = re.compile(f"[{''.join(map(chr, MOVED))}]")


def with_moved_characters(raw: bytes) -> tuple[bytes, str]:
    """Return a GB 18030 file and its codec; as UTF-8 if it holds a code that was moved out of the private area."""
    text = raw.decode("gb18030")
    return (text.translate(MOVED).encode("utf-8"), "utf-8") if _ANY_MOVED.search(text) else (raw, "gb18030")
