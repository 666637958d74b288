"""The shape of a grid file, as pydantic models; the changes inside it have the shape of a what-if's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from allocator.reading.policy_schema import Shape, Slug, TextShape, Words
from allocator.reading.schools import DEVICES

MOST_AXES, MOST_OPTIONS, MOST_CELLS = 8, 1000, 100_000
"""Limits of a grid: axes, options of one axis, and combinations with the base."""


def _grid_name(value: str) -> str:
    """Refuse names that Windows keeps: a grid's results are kept in a file of its name."""
    if value in DEVICES:
        raise PydanticCustomError("school.reserved_id", "-")
    return value


class OptionShape(Shape):
    """One option: nothing, a what-if file, or changes that stand in the grid itself."""

    option: Slug
    title: TextShape | None = None
    what_if: Words | None = None
    changes: Any = None
    kind: Literal["decision", "future"] | None = None

    @model_validator(mode="after")
    def _one(self) -> OptionShape:
        """Demand at most one way of saying what changes."""
        if self.what_if is not None and self.changes is not None:
            raise ValueError("what_if | changes")
        if self.kind is not None and self.changes is None:  # a what-if file says itself what it is
            raise ValueError("kind + changes")
        return self


class AxisShape(Shape):
    """One axis."""

    axis: Slug
    title: TextShape | None = None
    options: Annotated[list[OptionShape], Field(min_length=1, max_length=MOST_OPTIONS)]


class GridShape(Shape):
    """A whole grid file."""

    format_version: Literal[1]
    grid: Annotated[Slug, AfterValidator(_grid_name)]
    title: TextShape
    axes: Annotated[list[AxisShape], Field(min_length=1, max_length=MOST_AXES)]
