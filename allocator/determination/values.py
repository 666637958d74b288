"""Three values: held, failed, or open with the codes of what is lacking (section 3.2).

Held is ``True``, failed ``False``, open a set of codes that is never empty: ``m:`` marks what the family may still
bring, ``r:`` what needs a ruling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

Truth: TypeAlias = bool | frozenset[str]

NO_CODES: frozenset[str] = frozenset()


@cache
def open_value(*codes: str) -> Truth:
    """Return the open value with these codes."""
    return frozenset(codes)


def negated_value(value: Truth) -> Truth:
    """Return held for failed and failed for held; open stays as it is."""
    return not value if isinstance(value, bool) else value


def all_values(values: Iterable[Truth]) -> Truth:
    """Return failed if any is, else open with all codes if any is, else held."""
    codes = NO_CODES
    for value in values:
        if value is False:
            return False
        if value is not True:
            codes |= value
    return codes or True


def any_value(values: Iterable[Truth]) -> Truth:
    """Return held if any is, else open with all codes if any is, else failed."""
    codes = NO_CODES
    for value in values:
        if value is True:
            return True
        if value is not False:
            codes |= value
    return codes or False


def lowered_value(value: Truth, checks: Mapping[str, str], subject: str) -> Truth:
    """Return a value lowered by what the other offices found of a subject (C040); nothing raises a value."""
    result = checks.get(subject)
    if result is None or result == "pass" or value is False:
        return value
    if result == "fail":
        return False
    if value is not True:
        return value
    return open_value("r:C040") if result == "conflict" else open_value(f"m:check:{subject}")
