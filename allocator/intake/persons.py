"""Numbers of identity cards: what is wrong with one, and what it says of the person (GB 11643, ISO 7064 MOD 11-2)."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from allocator.intake.cell_readers import LOST_DIGITS, UnreadableError

_CARD = re.compile(r"[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]", re.ASCII)
_OTHER = re.compile(r"[A-Z]{1,3}[0-9]{6,12}(?:\([0-9A-Z]\))?", re.ASCII)
"""Passports and permits, of which nothing can be checked."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


class Card(NamedTuple):
    """What a card says: date of birth, and ``F`` or ``M``."""

    born: str
    sex: str


def person_check_digit(first: str) -> str:
    """Return the last sign of a card by its first seventeen digits."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first, strict=True)) % 11]


def read_person_card(text: str) -> str:
    """Return the number of a card, or of a passport, without space and in capitals.

    Raises
    ------
    UnreadableError
        If a spreadsheet cut it, its form or date is wrong, or its check digit.
    """
    number = "".join(text.split()).upper().removeprefix("'")
    if LOST_DIGITS.fullmatch(number):
        raise UnreadableError("intake.lost_digits")
    if _OTHER.fullmatch(number):
        return number
    found = _CARD.fullmatch(number)
    if found is None:
        raise UnreadableError("intake.card_form")
    try:
        date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise UnreadableError("intake.card_date") from None
    if person_check_digit(number[:17]) != number[17]:
        raise UnreadableError("intake.card_check")
    return number


def told_by_person_card(number: str) -> Card | None:
    """Return what a card says; nothing for a passport."""
    found = _CARD.fullmatch(number)
    return Card(f"{found[1]}-{found[2]}-{found[3]}", "M" if int(found[4]) % 2 else "F") if found else None
