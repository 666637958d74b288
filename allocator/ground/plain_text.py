"""Text of files as people see it: characters that would steer a terminal or turn a line around are shown instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, among them escape; tab and line feed stay
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # seen by nobody
    "\ud800-\udfff]"  # halves of characters
)
"""Joiners and the signs of Mongolian writing are none of them."""

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
CARD_NUMBER = re.compile(
    rf"(?<!\d)[1-9]\d{{5}}[- ]?(?:(?:18|19|20)\d\d{_DAY}[- ]?\d{{3}}[\dXx]|\d\d{_DAY}[- ]?\d{{3}})(?!\d)", re.ASCII
)
"""A number with the form of an identity card: area, birth date, serial, check digit; the old form has a short year and
no check digit. The date decides, so that ordinary long numbers stay allowed."""


def starred_text(match: re.Match[str]) -> str:
    """Return a number of which the first two digits are left."""
    return match[0][:2] + "*" * (len(match[0]) - 2)


def without_card_numbers(words: str) -> str:
    """Return words in which numbers with the form of an identity card keep their first two digits only."""
    return CARD_NUMBER.sub(starred_text, words)


def visible_text(words: str) -> str:
    """Return words in which U+FFFD stands for every character that steers a terminal or is seen by nobody."""
    return words if words.isascii() and words.isprintable() else STEERING.sub("\ufffd", words)


def some_as_text(places: Iterable[object], most: int = 20) -> str:
    """Return the first of some places, as messages name them."""
    many = list(map(str, places))
    return ", ".join(many[:most]) + " …" * (len(many) > most)


def masked_name(name: str) -> str:
    """Return a name as public lists show it: 张*三, 李*, 欧**明; one character as it is (public.md section 3).

    Counted are whole characters after NFC, marks with the character that bears them; ``·`` and spaces stay as they are
    and are not counted, so that no name of two characters is ever read whole.

    Parameters
    ----------
    name : str
        In full; what is masked already stays as it is.
    """
    signs: list[str] = []
    for sign in normalize("NFC", name).strip():
        kind = category(sign)
        if signs and kind in ("Mn", "Me", "Mc", "Cf"):
            signs[-1] += sign
        elif sign.isspace() or kind not in ("Cc", "Cf"):  # what nobody sees is no character of a name
            signs.append(sign)
    counted = [at for at, sign in enumerate(signs) if sign != "·" and not sign.isspace()]
    kept = {*counted[:1], *(counted[-1:] if len(counted) > 2 else ())}
    return "".join("*" if at in counted and at not in kept else sign for at, sign in enumerate(signs))
