"""The shape of a policy file, as pydantic models; every key and every value that may stand there is listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model
from pydantic_core import PydanticCustomError

from allocator.domain import SWITCHES, OrderKey

FORMAT_VERSION = 1

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
"""A phase id or draw id: it becomes part of the ticket's text and of file names."""
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,32}$")]
"""An id of a school, zone or category."""
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]{1,200}$")]
"""A text that people read."""
Clause = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f,\"=+@＝＋＠－﹢﹣﹦−\p{Z}\p{C}\p{M}-][^\x00-\x1f,\"]{0,31}$")
]
"""Name of a rule of the published plan; it stands in ``assignment.csv`` and begins with no sign of a formula."""


def whole(least: int, most: int | None = None) -> BeforeValidator:
    """Return the demand of a whole number within limits, which its fault tells both."""

    def judged(value: object) -> object:
        if type(value) is not int or value < least or (most is not None and value > most):
            raise PydanticCustomError("whole", "-", {"least": least, "most": most})
        return value

    return BeforeValidator(judged)


class Shape(BaseModel):
    """Base of all parts: unknown keys are refused, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextShape(Shape):
    """A text in both languages."""

    zh: Words
    en: Words


class NoticeShape(Shape):
    """A text in both languages that may be empty."""

    zh: Words | Literal[""]
    en: Words | Literal[""]


class CategoryShape(Shape):
    """One entry of ``categories``."""

    id: Name
    zh: Words
    en: Words
    home: Literal["zone", "registered", "e_school"]


class SwitchesBase(Shape):
    """The block ``switches``; every switch must be stated, so that the published file shows each reading."""


if TYPE_CHECKING:
    SwitchesShape = SwitchesBase
else:  # one required key for every switch of the domain, which alone says what they are
    _KEYS = {name: (Literal[values], ...) for name, values in SWITCHES.items()}
    SwitchesShape = create_model("SwitchesShape", __base__=SwitchesBase, **_KEYS)


class PhaseShape(Shape):
    """What every phase has."""

    phase: Slug
    zh: Words
    en: Words
    clauses: dict[str, Clause]


class ExportShape(PhaseShape):
    """``kind: export``."""

    kind: Literal["export"]


class DecisionShape(PhaseShape):
    """``kind: decision``."""

    kind: Literal["decision"]
    column: Literal["preferential_school", "sibling_school"]


class ReferralShape(PhaseShape):
    """``kind: referral``."""

    kind: Literal["referral"]


class ChoiceShape(PhaseShape):
    """``kind: choice``."""

    kind: Literal["choice"]
    schools: Annotated[dict[Name, list[Name]], Field(min_length=1)]
    draw: Slug


class DeferredAcceptanceShape(PhaseShape):
    """``kind: deferred_acceptance``."""

    kind: Literal["deferred_acceptance"]
    column: Literal["voluntary_1", "voluntary_2"]
    categories: Annotated[list[Name], Field(min_length=1)]
    tiers: list[Annotated[list[Name], Field(min_length=1)]]
    schools: Annotated[list[Name], Field(min_length=1)]
    seats: Literal["offered_voluntary_1", "offered_voluntary_2", "left"]
    order: Annotated[list[OrderKey], Field(min_length=1)]
    own_zone_choice: bool
    draw: Slug


class ReceivingShape(Shape):
    """The block ``receiving`` of a batch phase."""

    lists: Annotated[dict[Slug, list[Name]], Field(min_length=1)]
    of: dict[Name, Slug]
    others: Slug


class BatchesShape(PhaseShape):
    """``kind: batches``."""

    kind: Literal["batches"]
    categories: Annotated[list[Name], Field(min_length=1)]
    draw: Slug
    divert_draw: Slug
    receiving: ReceivingShape


class AdjustmentShape(PhaseShape):
    """``kind: adjustment``."""

    kind: Literal["adjustment"]
    schools: Annotated[list[Name], Field(min_length=1)]
    draw: Slug


AnyPhaseShape = Annotated[
    ExportShape
    | DecisionShape
    | ReferralShape
    | ChoiceShape
    | DeferredAcceptanceShape
    | BatchesShape
    | AdjustmentShape,
    Field(discriminator="kind"),
]


class PlanningShape(Shape):
    """The block ``planning``: weights of the planning optimum, all in the unit of ``metre``."""

    category: dict[Name, Annotated[int, whole(0)]]
    home: Annotated[int, whole(0)]
    chosen: Annotated[int, whole(0)]
    diverted: Annotated[int, whole(0)]
    metre: Annotated[int, whole(0)]
    nearest: Annotated[int, whole(1)]
    closed: dict[Name, list[Name]]
    far_metres: Annotated[int, whole(1)] | None = None


class WarningsShape(Shape):
    """The block ``warnings``: where each level begins, in percent of the plan."""

    year: Annotated[int, whole(1)]
    yellow: Annotated[int, whole(1)]
    orange: Annotated[int, whole(1)] | None = None
    red: Annotated[int, whole(1)]


class PolicyShape(Shape):
    """A whole policy file."""

    format_version: Literal[1]
    policy_id: Slug
    title: TextShape
    notice: NoticeShape
    unplaced_clause: Clause
    categories: Annotated[list[CategoryShape], Field(min_length=1)]
    switches: SwitchesShape
    phases: Annotated[list[AnyPhaseShape], Field(min_length=1)]
    planning: PlanningShape | None = None
    warnings: WarningsShape | None = None
