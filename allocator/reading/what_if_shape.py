"""The shape of a what-if file, as pydantic models; every key and every value that may stand there is listed here."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from allocator.domain import SWITCHES
from allocator.reading.cells import clean, problem
from allocator.reading.characters import character_words
from allocator.reading.layout import Kind
from allocator.reading.policy_schema import Name, Shape, Slug, TextShape, Words, whole
from allocator.reading.schools import DEVICES

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


def _new(kind: Kind) -> Callable[[str], str]:
    """Return the judgement of a new cell of the table of schools, as reading the table would judge it."""

    def judged(value: str) -> str:
        value = clean(value, kind)
        code = problem(value, kind) if value else "cell.empty"
        if code is None and kind is Kind.ID and value.casefold() in DEVICES:
            code = "school.reserved_id"
        if code is not None:
            raise PydanticCustomError(code, "-", {**character_words(code, value)})
        return value

    return judged


def _what_if_name(value: str) -> str:
    """Refuse names that are taken; each what-if becomes a folder."""
    if value == BASE:
        raise PydanticCustomError("what_if.reserved_name", "-")
    if value in DEVICES:
        raise PydanticCustomError("school.reserved_id", "-")
    return value


Percent = Annotated[int, whole(-100, 1000)]
Seats = Annotated[int, whole(-1_000_000, 1_000_000)]
Count = Annotated[int, whole(0, 1_000_000)]
Cost = Annotated[int, whole(0, 10**12)]
Coordinate = Annotated[str, BeforeValidator(_coordinate)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]
if TYPE_CHECKING:
    SwitchName = str
else:  # the names of the domain, which alone says what switches there are
    SwitchName = Literal[tuple(SWITCHES)]


class _OneOfTwo(Shape):
    """Base of changes that give ``add`` or ``set``."""

    add: Seats | None = None
    set: Count | None = None

    @model_validator(mode="after")
    def _one(self) -> _OneOfTwo:
        """Demand exactly one of the two."""
        if (self.add is None) == (self.set is None):
            raise ValueError("add | set")
        return self


class SeatsShape(_OneOfTwo):
    """``change: seats``."""

    change: Literal["seats"]
    school: Name
    cost_per_seat: Cost | None = None


class ClassesShape(Shape):
    """``change: classes``."""

    change: Literal["classes"]
    school: Name
    add: Annotated[int, whole(-1000, 1000)]
    size: Annotated[int, whole(1, 1000)]
    cost_per_seat: Cost | None = None


class HardCapShape(_OneOfTwo):
    """``change: hard_cap``."""

    change: Literal["hard_cap"]
    school: Name


class OfferedShape(Shape):
    """``change: offered``."""

    change: Literal["offered"]
    school: Name
    column: Literal["offered_voluntary_1", "offered_voluntary_2"]
    set: Count


class NewSchoolShape(Shape):
    """``change: new_school``."""

    change: Literal["new_school"]
    school: Annotated[Name, AfterValidator(_new(Kind.ID))]
    name: Annotated[Words, AfterValidator(_new(Kind.NAME))]
    plan: Count
    hard_cap: Count | None = None
    place: Point | None = None
    zones: list[Name] = Field(default_factory=list)
    receiving: list[Slug] = Field(default_factory=list)
    adjustment: bool = True
    cost_per_seat: Cost | None = None
    name_en: Annotated[Words, AfterValidator(_new(Kind.NAME))] | None = None


class CloseSchoolShape(Shape):
    """``change: close_school``."""

    change: Literal["close_school"]
    school: Name
    to: Name | None = None


class MoveHomesShape(Shape):
    """``change: move_homes``."""

    change: Literal["move_homes"]
    from_zone: Name
    to_zone: Name
    homes: Annotated[list[Point], Field(min_length=1)] | None = None
    polygon: Annotated[list[Point], Field(min_length=3)] | None = None

    @model_validator(mode="after")
    def _one(self) -> MoveHomesShape:
        """Demand exactly one way of saying which homes."""
        if (self.homes is None) == (self.polygon is None):
            raise ValueError("homes | polygon")
        return self


class RegisterShape(Shape):
    """``change: register``."""

    change: Literal["register"]
    zone: Name
    school: Name
    percent: Annotated[int, whole(0, 100)] = 100


class GrowthShape(Shape):
    """``change: growth``."""

    change: Literal["growth"]
    percent: Percent
    zones: list[Name] = Field(default_factory=list)
    categories: list[Name] = Field(default_factory=list)


class CohortShape(Shape):
    """``change: cohort``."""

    change: Literal["cohort"]
    zones: Annotated[dict[Name, Count], Field(min_length=1)]


class EstateShape(Shape):
    """``change: estate``."""

    change: Literal["estate"]
    zone: Name
    children: Annotated[dict[Name, Count], Field(min_length=1)]
    place: Point | None = None


class TakeUpShape(Shape):
    """``change: take_up``."""

    change: Literal["take_up"]
    phase: Slug
    percent: Percent


class SwitchesChangeShape(Shape):
    """``change: switches``."""

    change: Literal["switches"]
    set: Annotated[dict[SwitchName, str], Field(min_length=1)]


class WeightsShape(Shape):
    """``change: weights``."""

    change: Literal["weights"]
    category: dict[Name, Annotated[int, whole(0)]] = Field(default_factory=dict)
    home: Annotated[int, whole(0)] | None = None
    chosen: Annotated[int, whole(0)] | None = None
    diverted: Annotated[int, whole(0)] | None = None
    metre: Annotated[int, whole(0)] | None = None
    nearest: Annotated[int, whole(1)] | None = None


AnyChangeShape = Annotated[
    SeatsShape | ClassesShape | HardCapShape | OfferedShape | NewSchoolShape | CloseSchoolShape | MoveHomesShape
    | RegisterShape | GrowthShape | CohortShape | EstateShape | TakeUpShape | SwitchesChangeShape | WeightsShape,
    Field(discriminator="change"),
]  # fmt: skip


class WhatIfShape(Shape):
    """A whole what-if file."""

    format_version: Literal[1]
    what_if: Annotated[Slug, AfterValidator(_what_if_name)]
    title: TextShape
    kind: Literal["decision", "future"] | None = None
    changes: list[AnyChangeShape]
