"""Single cells: what is read as the same text, what is refused, and how a value may be shown in a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

from allocator.ground import CARD_NUMBER, starred
from allocator.reading.characters import LETTERS_UNSEEN, character_problem
from allocator.reading.layout import Holds

LONGEST_NAME = 100  # characters; longer than any name, shorter than pasted text
LONGEST_LIST = 2000  # characters of a cell of ids
MOST_SEATS = 1_000_000
_SHOWN = 60  # characters of a value that a message repeats

_LONG_NUMBER = re.compile(r"\d(?:[- ]?\d){13,}(?:[- ]?[\dXx])?")
_ID = re.compile(r"[A-Za-z0-9-]{1,32}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,15})?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,6}")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")

# Texts that stay as they are and have nothing wrong, so that most cells need one match and no further look. They hold
# no run of digits that an identity card could hide in.
_SHORT = r"[A-Za-z0-9][A-Za-z0-9-]{0,13}(?![A-Za-z0-9-])"
_WORDY = r"(?=[A-Za-z0-9-]{1,32}(?![A-Za-z0-9-]))[A-Za-z](?:[A-Za-z-]|[0-9]{1,5}(?![0-9]))*"
_PLAIN: Mapping[Holds, str] = {
    Holds.ID: rf"(?:{_SHORT}|{_WORDY})?",
    Holds.IDS: rf"(?:(?:{_SHORT}|{_WORDY})(?:;(?:{_SHORT}|{_WORDY}))*)?",
    Holds.WORD: r"[A-Za-z]{0,14}",
    Holds.NAME: rf"[^\W\d_{LETTERS_UNSEEN}]{{0,14}}",
    Holds.SEATS: r"(?:0|[1-9][0-9]{0,5})?",
    Holds.PLACE: rf"(?:{_DECIMAL.pattern})?",
}
# Only full-width forms are made ordinary ones: a superscript or a circled number is no digit that was meant so.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_LONG_RUN = re.compile(r"[0-9]{15}", re.ASCII)
PLAIN_CELL = {holds: re.compile(pattern) for holds, pattern in _PLAIN.items()}
"""Matches a whole cell that is certainly in order."""
PLAIN_COLUMN = {holds: re.compile(rf"(?:{pattern}\n)*") for holds, pattern in _PLAIN.items()}
"""The same for many cells at once, each followed by a line feed."""


def clean(raw: str, holds: Holds) -> str:
    """Return the value of a cell: without surrounding space, full-width letters and digits made ordinary ones.

    Names keep their characters. A leading tab or carriage return is kept, because spreadsheets take what follows for
    a formula and the cell must be refused.
    """
    value = raw.strip()
    if holds is not Holds.NAME:
        value = value.translate(_FULL_WIDTH).strip()
    if holds is Holds.IDS and ";" in value:
        value = ";".join(item.strip() for item in value.split(";"))
    return "\t" + value if value and raw[0] in "\t\r" else value


def items(value: str) -> tuple[str, ...]:
    """Return the ids of a cleaned cell of ids joined by ``;``."""
    return tuple(value.split(";")) if value else ()


def cell_problem(value: str, holds: Holds) -> str | None:
    """Return the code of what is wrong with a cleaned cell taken by itself, None if nothing is.

    An empty cell is in order here; whether it may be empty is another question.
    """
    if not value:
        return None
    if holds in (Holds.SEATS, Holds.PLACE) and _NUMBER.fullmatch(value):
        return _number_problem(value, holds)
    if value[0] == "\t" or normalize("NFKC", value[0]) in ("=", "+", "-", "@"):
        return "cell.formula"
    if wrong := character_problem(value):
        return wrong
    if CARD_NUMBER.search(normalize("NFKC", value)) or (holds in (Holds.ID, Holds.IDS) and _LONG_RUN.search(value)):
        return "cell.identity_number"  # in an id any fifteen digits: a mistyped card number exposes a person as well
    return _text_problem(value, holds)


def _number_problem(value: str, holds: Holds) -> str | None:
    """Tell what is wrong with a plain number as seats or as a coordinate."""
    if holds is Holds.PLACE:
        return None if _DECIMAL.fullmatch(value) else "place.not_decimal"
    if value[0] == "-":
        return "seats.negative"
    if "." in value:
        return "seats.fraction"
    if value[0] in "+0" and value != "0":
        return "seats.not_whole"
    return "seats.too_many" if len(value) > 7 or int(value) > MOST_SEATS else None


def _text_problem(value: str, holds: Holds) -> str | None:
    """Tell what is wrong with a text of its kind."""
    if holds is Holds.SEATS:
        return "seats.not_whole"
    if holds is Holds.PLACE:
        return "place.not_decimal"
    if len(value) > (LONGEST_LIST if holds is Holds.IDS else LONGEST_NAME):
        return "cell.too_long"
    if holds is Holds.ID:
        return None if _ID.fullmatch(value) else "id.characters"
    if holds is Holds.IDS:
        if "" in items(value):
            return "list.empty_item"
        return None if all(map(_ID.fullmatch, items(value))) else "list.characters"
    return None


def whole_number(value: str) -> int | None:
    """Return a cleaned cell of seats as a number; None where it is empty or no such number."""
    return int(value) if _WHOLE.fullmatch(value) else None


def shown(value: str) -> str:
    """Return a value as a message may repeat it: long numbers masked, shortened, printable.

    Any number of fifteen or more digits is masked, whether or not it is an identity card's.
    """
    value = "".join(c if c.isprintable() else "?" for c in value[: 4 * _SHOWN])
    value = _LONG_NUMBER.sub(starred, normalize("NFC", value))
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
