"""The shape of a what-if file: what every key of a change may hold. Which keys there are says the domain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from allocator.domain import SWITCHES, Change
from allocator.reading.characters import character_words
from allocator.reading.layout import DEVICES, Holds
from allocator.reading.policy_shape import WEIGHTS
from allocator.reading.shape import (
    FileName,
    Name,
    Shape,
    ShortText,
    Slug,
    TextShape,
    one_shape_of,
    shape_of,
    whole_shape,
)
from allocator.reading.table import clean_table_cell, table_cell_problem

BASE = "base"
"""Name of the district without changes; no what-if may carry it."""

_COORDINATE = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,15})?")


def _coordinate(value: object) -> str:
    """Turn a number or its text into the text of a coordinate, as the tables hold it."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        text = format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)
        if _COORDINATE.fullmatch(text):
            return text
    raise ValueError("123.5")


def _new(holds: Holds) -> Callable[[str], str]:
    """Return the judgement of a new cell of the table of schools, as reading the table would judge it."""

    def _judged(value: str) -> str:
        value = clean_table_cell(value, holds)
        code = table_cell_problem(value, holds) if value else "cell.empty"
        if code is None and holds is Holds.ID and value.casefold() in DEVICES:
            code = "school.reserved_id"
        if code is not None:
            raise PydanticCustomError(code, "-", {**character_words(code, value)})
        return value

    return _judged


def _not_base(value: str) -> str:
    """Refuse the name that is taken; each what-if becomes a folder."""
    if value == BASE:
        raise PydanticCustomError("what_if.reserved_name", "-")
    return value


def _one_of(first: str, second: str) -> type[Shape]:
    """Return the base of changes that give exactly one of two keys."""

    class _OneOfTwo(Shape):
        @model_validator(mode="after")
        def _one(self) -> _OneOfTwo:
            if (getattr(self, first) is None) == (getattr(self, second) is None):
                raise ValueError(f"{first} | {second}")
            return self

    return _OneOfTwo


if TYPE_CHECKING:
    SwitchName = str
else:  # the names of the domain, which alone says what switches there are
    SwitchName = Literal[tuple(SWITCHES)]
Count = Annotated[int, whole_shape(0, 1_000_000)]
CountOfName = Annotated[dict[Name, Count], Field(min_length=1)]
PlaceShape = Annotated[list[Annotated[str, BeforeValidator(_coordinate)]], Field(min_length=2, max_length=2)]
NewName = Annotated[ShortText, AfterValidator(_new(Holds.NAME))]

_HOLDS: Mapping[str, Any] = {
    **dict.fromkeys(("school", "to", "zone", "from_zone", "to_zone"), Name),
    **dict.fromkeys(("zones", "categories"), list[Name]),
    **dict.fromkeys(("set", "plan", "hard_cap"), Count),
    "add": Annotated[int, whole_shape(-1_000_000, 1_000_000)],
    "size": Annotated[int, whole_shape(1, 1000)],
    "cost_per_seat": Annotated[int, whole_shape(0, 10**12)],
    "place": PlaceShape,
    "receiving": list[Slug],
    "homes": Annotated[list[PlaceShape], Field(min_length=1)] | None,
    "polygon": Annotated[list[PlaceShape], Field(min_length=3)] | None,
    "percent": Annotated[int, whole_shape(-100, 1000)],
    "children": CountOfName,
    "phase": Slug,
    **WEIGHTS,
}
_OWN: Mapping[str, Mapping[str, Any]] = {
    "classes": {"add": Annotated[int, whole_shape(-1000, 1000)]},
    "new_school": {"school": Annotated[Name, AfterValidator(_new(Holds.ID))], "name": NewName, "name_en": NewName},
    "register": {"percent": Annotated[int, whole_shape(0, 100)]},
    "cohort": {"zones": CountOfName},
    "switches": {"set": Annotated[dict[SwitchName, str], Field(min_length=1)]},
}
"""What a key holds in one kind of change alone."""
_BASES = {kind: _one_of("add", "set") for kind in ("seats", "hard_cap")} | {"move_homes": _one_of("homes", "polygon")}

CHANGES: Mapping[str, type[Change]] = {made.kind: made for made in get_args(Change)}
"""Class of each value of ``change``."""
CHANGE_SHAPES: Mapping[str, Any] = {
    kind: shape_of(made, {**_HOLDS, **_OWN.get(kind, {})}, base=_BASES.get(kind, Shape), tag="change")
    for kind, made in CHANGES.items()
}
if TYPE_CHECKING:
    AnyChangeShape = Any
else:
    AnyChangeShape = one_shape_of(CHANGE_SHAPES.values(), "change")


class WhatIfShape(Shape):
    """A whole what-if file."""

    format_version: Literal[1]
    what_if: Annotated[FileName, AfterValidator(_not_base)]
    title: TextShape
    kind: Literal["decision", "future"] | None = None
    changes: list[AnyChangeShape]
