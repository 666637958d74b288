"""Invented persons for a synthetic export: names, cards, telephones and addresses that nobody can have.

Cards carry an area code that does not exist (99…) and a right check digit, telephones begin with a digit pair that no
Chinese mobile number has (10), and every name begins with 例 or 范 (an example).
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

_SIGNS = "甲乙丙丁戊己庚辛壬癸"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PER_AREA = 500


class Person(NamedTuple):
    """A row of ``restricted/persons.csv``."""

    applicant_id: str
    name: str
    sex: str
    card: str
    guardian_name: str
    telephone: str
    address: str
    platform_no: str


def platform_person(applicant_id: str, family: str, home: str, born: str) -> Person:
    """Return the invented person of a child; children of one family have one guardian, telephone and address."""
    number, of_family = _digits(applicant_id), _digits(family)
    sex = "FM"[platform_person_number(applicant_id, 2)]
    return Person(
        applicant_id, "例" + _name(number), sex, platform_person_card(number, born, sex),
        "范" + _name(of_family % 1000),
        f"10{of_family % 10**9:09}", f"虚构路{of_family % 1000}号{_digits(home) % 90 + 1}栋", f"20230725{number:012}",
    )  # fmt: skip


def _digits(text: str) -> int:
    """Return the last digits of an id as a number."""
    found = re.search(r"(\d+)$", text)
    return int(found[1]) if found else 0


def _name(number: int) -> str:
    """Return three signs and, for numbers beyond a thousand, more: no two numbers have the same."""
    return "".join(_SIGNS[int(digit)] for digit in f"{number:03}")


def platform_person_card(number: int, born: str, sex: str) -> str:
    """Return a card number that is right in form, date and check digit, of an area that does not exist."""
    area, order = 990_000 + number // _PER_AREA, 2 * (number % _PER_AREA) + (sex == "M")
    first = f"{area}{born.replace('-', '')}{order:03}"
    return first + _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first, strict=True)) % 11]


def platform_person_number(seed_text: str, end: int) -> int:
    """Return a number from 0 to below ``end`` that is the same on every machine."""
    return int(sha256(seed_text.encode("utf-8")).hexdigest(), 16) % end
