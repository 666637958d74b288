"""The shape of a policy file: what every key may hold. Which keys there are says the domain, and the values of some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, create_model

from allocator.domain import (
    SWITCHES,
    Category,
    LetterValues,
    OrderKey,
    Phase,
    Planning,
    Policy,
    Text,
    WarningLevels,
)
from allocator.reading.policy_office import OfficeShape
from allocator.reading.shape import (
    Clause,
    Name,
    Shape,
    ShortText,
    Slug,
    TextShape,
    one_shape_of,
    shape_of,
    some_shape,
    whole_shape,
)

SomeNames = Annotated[list[Name], Field(min_length=1)]
WeightValue = Annotated[int, whole_shape(0)]
SomePapers = Annotated[list[TextShape], Field(min_length=1, max_length=20)]
"""So many fit on the page of a notice, in letters that are read with ease."""
_IN_LETTERS = dict.fromkeys(("place", "date", "objection", "deadline"), TextShape)
AtLeastOne = Annotated[int, whole_shape(1)]


class ReceivingShape(Shape):
    """The block ``receiving`` of a batch phase."""

    lists: Annotated[dict[Slug, list[Name]], Field(min_length=1)]
    of: dict[Name, Slug]
    others: Slug


CategoryShape = shape_of(Category, {"id": Name, "zh": ShortText, "en": ShortText})
_SWITCHES: Mapping[str, Any] = {name: (Literal[values], ...) for name, values in SWITCHES.items()}
SwitchesShape = create_model("SwitchesShape", __base__=Shape, **_SWITCHES)
"""Every switch must be stated, so that the published file shows each reading."""
PHASES: Mapping[str, type[Phase]] = {made.kind: made for made in get_args(Phase)}
"""Class of each value of ``kind``."""
_IN_PHASES: Mapping[str, Any] = {
    "phase": Slug, "zh": ShortText, "en": ShortText, "clauses": dict[str, Clause], "schools": SomeNames,
    "categories": SomeNames, "tiers": list[SomeNames], "order": some_shape(OrderKey), "draw": Slug, "divert_draw": Slug,
    "receiving": ReceivingShape,
}  # fmt: skip
_OWN: Mapping[str, Any] = {"choice": {"schools": Annotated[dict[Name, list[Name]], Field(min_length=1)]}}
"""What a key holds in one kind of phase alone."""
PHASE_SHAPES: Mapping[str, Any] = {
    kind: shape_of(made, {**_IN_PHASES, **_OWN.get(kind, {})}, tag="kind") for kind, made in PHASES.items()
}
WEIGHTS: Mapping[str, Any] = {
    "category": dict[Name, WeightValue], "home": WeightValue, "chosen": WeightValue, "diverted": WeightValue,
    "metre": WeightValue, "nearest": AtLeastOne,
}  # fmt: skip
"""Weights of the planning optimum, all in the unit of ``metre``."""
PlanningShape = shape_of(Planning, {**WEIGHTS, "closed": dict[Name, list[Name]], "far_metres": AtLeastOne})
WarningsShape = shape_of(WarningLevels, dict.fromkeys(("year", "yellow", "orange", "red"), AtLeastOne))
PolicyShape = shape_of(
    Policy,
    {
        "format_version": Literal[1],
        "policy_id": Slug,
        "title": TextShape,
        "notice": shape_of(Text, dict.fromkeys(("zh", "en"), ShortText | Literal[""])),
        "unplaced_clause": Clause,
        "categories": some_shape(CategoryShape),
        "switches": SwitchesShape,
        "phases": some_shape(one_shape_of(PHASE_SHAPES.values(), "kind")),
        "planning": PlanningShape,
        "warnings": WarningsShape,
        "office": OfficeShape,
        "letters": shape_of(LetterValues, {**_IN_LETTERS, "papers": SomePapers, "telephone": ShortText}),
    },
)
