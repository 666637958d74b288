"""Shapes of YAML files, as pydantic models made from the domain's dataclasses: a field is stated there and only there.

A shape adds what a dataclass cannot say: which texts and numbers a key may hold, and how the file calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model
from pydantic_core import PydanticCustomError

from allocator.domain import Text
from allocator.reading.layout import DEVICES


def _no_device(value: str) -> str:
    """Refuse names that Windows keeps."""
    if value in DEVICES:
        raise PydanticCustomError("school.reserved_id", "-")
    return value


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
"""A phase id or draw id: it becomes part of the ticket's text and of file names."""
FileName = Annotated[Slug, AfterValidator(_no_device)]
"""A name of which a file or a folder is made."""
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,32}$")]
"""An id of a school, zone or category."""
ShortText = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]{1,200}$")]
"""A text that people read."""
Clause = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f,\"=+@＝＋＠－﹢﹣﹦−\p{Z}\p{C}\p{M}-][^\x00-\x1f,\"]{0,31}$")
]
"""Name of a rule of the published plan; it stands in ``assignment.csv`` and begins with no sign of a formula."""


def whole_shape(least: int, most: int | None = None) -> BeforeValidator:
    """Return the demand of a whole number within limits, which its fault tells both."""

    def _judged(value: object) -> object:
        if type(value) is not int or value < least or (most is not None and value > most):
            raise PydanticCustomError("whole", "-", {"least": least, "most": most})
        return value

    return BeforeValidator(_judged)


class Shape(BaseModel):
    """Base of all parts: unknown keys are refused, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextShape(Shape):
    """A text in both languages."""

    zh: ShortText
    en: ShortText


_RECEIVING = ("receiving",)
_KEYS = {
    "line": (), "phase_id": ("phase",), "category_id": ("id",),
    "lists": _RECEIVING, "list_of": _RECEIVING, "others": _RECEIVING,
}  # fmt: skip
"""Keys of a field that files call otherwise than the domain."""


def shape_of(made: type, holds: Mapping[str, Any], *, base: type[Shape] = Shape, tag: str = "") -> Any:
    """Return the shape of a block: a key for each field of a dataclass, in their order, which is that of the faults.

    Parameters
    ----------
    made : type
        Dataclass of the domain. A field without a default is a key that must be there; one whose default is None or
        "" may be null.
    holds : mapping
        What each key of the file may hold; a key that is missing here holds what its field can be.
    tag : str
        Key that chooses this shape among others, if one does; it holds the ``kind`` of the dataclass.
    """
    keys: dict[str, Any] = {tag: (Literal[made.kind], ...)} if tag else {}  # type: ignore[attr-defined]
    for field in fields(made):
        hint = _hints(made)[field.name]
        here = ("zh", "en") if field.name == "name" and hint is Text else _KEYS.get(field.name, (field.name,))
        needed = field.default is MISSING and field.default_factory is MISSING
        for key in here:
            held = holds.get(key, hint)
            keys[key] = (held | None if field.default in (None, "") else held, ... if needed else None)
    return create_model(f"{made.__name__}Shape", __base__=base, **keys)


def one_shape_of(shapes: Iterable[Any], tag: str) -> Any:
    """Return the annotation of one of several shapes, chosen by the value of a key."""
    return Annotated[reduce(or_, shapes), Field(discriminator=tag)]


def some_shape(item: Any) -> Any:
    """Return the annotation of a list that is not empty."""
    return Annotated[list[item], Field(min_length=1)]


def made_of_shape(made: type, values: Mapping[str, Any]) -> Any:
    """Return a dataclass of the domain from what stands under its fields' names; null is as if it were left out."""
    given = {field.name: values.get(field.name) for field in fields(made)}
    return made(**{name: _frozen(v, _hints(made)[name]) for name, v in given.items() if v is not None})


_hints = cache(get_type_hints)


def _frozen(value: Any, hint: Any) -> Any:
    """A value of a file as the domain keeps it: tuples and sets instead of lists, objects instead of blocks."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):  # what may be None
        return _frozen(value, parts[0])
    if origin in (tuple, frozenset):
        return origin(_frozen(item, parts[0]) for item in value)
    if origin is Mapping:
        return {key: _frozen(item, parts[1]) for key, item in value.items()}
    return made_of_shape(hint, value) if isinstance(value, dict) else value
