"""The block ``office`` of a policy file: its shape, and what a shape cannot say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from allocator.domain import OfficeValues
from allocator.ground import share_in_hundredths
from allocator.reading.policy_lines import Path
from allocator.reading.shape import shape_of, whole_shape

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_WHOLE_HOME = 10_000


def _date(value: object) -> object:
    """Read a date as YAML or a text writes it."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("date.form", "-")


def _share(value: object) -> object:
    """Read per cent as hundredths of it: 50, 50.00 and "50.00" are the same, and nothing is rounded."""
    written = format(Decimal(repr(value)), "f").removesuffix(".0") if type(value) is float else str(value)
    share = share_in_hundredths(written) if type(value) in (int, float, str) and _SHARE.fullmatch(written) else 0
    if not 0 < share <= _WHOLE_HOME:
        raise PydanticCustomError("share.form", "-")
    return share


_Day = Annotated[date, BeforeValidator(_date)]
_Window = Annotated[list[_Day], Field(min_length=2, max_length=2)]
_HELD: Mapping[str, Any] = {
    "year": Annotated[int, whole_shape(1, 9999)], "lease_months": Annotated[int, whole_shape(0)],
    "publicity_days": Annotated[int, whole_shape(1)], "share": Annotated[int, BeforeValidator(_share)],
    **dict.fromkeys(("born_by", "born_from", "papers_before", "half_year_before"), _Day),
    **dict.fromkeys(("window_urban", "window_rural"), _Window),
    "retain_until": _Day,
    **dict.fromkeys(("holidays", "workdays"), list[_Day]),
}  # fmt: skip
OfficeShape = shape_of(OfficeValues, _HELD)
"""Every key may be left out: it has the value of Tongliao then."""


def policy_office_faults(policy: Mapping[str, Any]) -> Iterator[tuple[str, Path, str, dict[str, str]]]:
    """Yield windows that end before they begin, birth dates between which nobody is born, and days named twice."""
    block = policy.get("office") or {}
    for key in ("window_urban", "window_rural"):
        first, last = block.get(key) or getattr(OfficeValues(), key)
        if last < first:
            yield "policy.wrong_value", ("office", key), f"{first}, {last}", {"expected": f"[{first}, ≥ {first}]"}
    values = {key: block.get(key) or getattr(OfficeValues(), key) for key in ("born_from", "born_by")}
    if values["born_from"] > values["born_by"]:
        wanted = {"expected": f"born_from ≤ born_by ({values['born_by']})"}
        yield "policy.wrong_value", ("office", "born_from"), str(values["born_from"]), wanted
    seen: set[date] = set()
    for key, place, day in chain.from_iterable(_days(block, key) for key in ("holidays", "workdays")):
        if day in seen:
            yield "policy.twice", ("office", key, place), str(day), {}
        seen.add(day)


def _days(block: Mapping[str, Any], key: str) -> Iterator[tuple[str, int, date]]:
    """Yield the days of a list with their places."""
    return ((key, place, day) for place, day in enumerate(block.get(key) or ()))
