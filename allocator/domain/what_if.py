"""What-ifs: changes on top of a district, as read from ``what-if/*.yaml`` (docs/what-if.md).

Each kind of change is a frozen dataclass; what it does to a district stands in ``allocator.planning`` (``changes_*``).
``line`` is where it stands in its file and has no meaning of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import ClassVar, Literal, TypeAlias

from allocator.domain.policy import OfferedColumn, Text

Coordinates: TypeAlias = tuple[str, str]
"""Coordinates in metres, text as read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBase:
    """What every change has."""

    kind: ClassVar[str]
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOrSet(ChangeBase):
    """What a change of a number has: exactly one of ``add`` and ``set``."""

    add: int | None = None
    set: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChange(AddOrSet):
    """Seats of a school: ``add`` to its plan (may be negative), or ``set`` it; a hard cap moves along.

    ``cost_per_seat`` is what each added seat costs, in any unit of money; None where unknown.
    """

    kind = "seats"
    school: str
    cost_per_seat: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChange(ChangeBase):
    """Classes of a school: ``add`` times ``size`` seats, a hard cap moves along."""

    kind = "classes"
    school: str
    add: int
    size: int
    cost_per_seat: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HardCapChange(AddOrSet):
    """The most children a school may hold: ``add`` to it, or ``set`` it."""

    kind = "hard_cap"
    school: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedChange(ChangeBase):
    """Seats of the plan set aside for a voluntary round: ``set`` under one of the ``offered_…`` columns."""

    kind = "offered"
    school: str
    column: OfferedColumn
    set: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSchool(ChangeBase):
    """A school that opens.

    Attributes
    ----------
    school, name : str
        Its id, which must be new, and its name.
    plan : int
        Seats.
    hard_cap : int or None
        Most children; None: the plan.
    place : (str, str) or None
        Coordinates; None where not known.
    zones : tuple of str
        Zones whose school it becomes.
    receiving : tuple of str
        Names of receiving lists at whose end it is put.
    adjustment : bool
        Whether it is put at the end of the adjustment lists.
    cost_per_seat : int or None
        What each seat costs.
    name_en : str
        Its English name for pages; "" where none is given.
    """

    kind = "new_school"
    school: str
    name: str
    plan: int
    hard_cap: int | None = None
    place: Coordinates | None = None
    zones: tuple[str, ...] = ()
    receiving: tuple[str, ...] = ()
    adjustment: bool = True
    cost_per_seat: int | None = None
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSchool(ChangeBase):
    """A school that closes: no seats, and its zones go ``to`` another school, if one is named."""

    kind = "close_school"
    school: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveHomes(ChangeBase):
    """A neighbourhood that changes its zone: the homes listed, or those within or on the edge of a polygon."""

    kind = "move_homes"
    from_zone: str
    to_zone: str
    homes: tuple[Coordinates, ...] = ()
    polygon: tuple[Coordinates, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(ChangeBase):
    """Of the children of a dual zone who registered elsewhere, so many of 100 register at ``school`` instead."""

    kind = "register"
    zone: str
    school: str
    percent: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth(ChangeBase):
    """More or fewer children of some zones and categories, in percent; empty: all of them."""

    kind = "growth"
    percent: int
    zones: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort(ChangeBase):
    """Children of a births cohort by zone; the categories of each zone keep their shares."""

    kind = "cohort"
    zones: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate(ChangeBase):
    """A new housing estate: children by category, all at one place, without choices."""

    kind = "estate"
    zone: str
    children: Mapping[str, int]
    place: Coordinates | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUp(ChangeBase):
    """More or fewer families that take part in a voluntary round, in percent."""

    kind = "take_up"
    phase: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchChange(ChangeBase):
    """Other values of the policy's switches."""

    kind = "switches"
    set: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightChange(ChangeBase):
    """Other weights of the planning optimum."""

    kind = "weights"
    category: Mapping[str, int] = field(default_factory=dict)
    home: int | None = None
    chosen: int | None = None
    diverted: int | None = None
    metre: int | None = None
    nearest: int | None = None


Change: TypeAlias = (
    SeatChange | ClassChange | HardCapChange | OfferedChange | NewSchool | CloseSchool | MoveHomes | Register
    | Growth | Cohort | Estate | TakeUp | SwitchChange | WeightChange
)  # fmt: skip


Role: TypeAlias = Literal["decision", "future", "mixed"]

DEMAND = (Register, Growth, Cohort, Estate, TakeUp)
"""Changes of what families are and do: they come true or not, whatever an authority decides."""


def is_what_if_of_demand(change: Change) -> bool:
    """Return whether a change is one of demand."""
    return isinstance(change, DEMAND)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A what-if.

    Attributes
    ----------
    name : str
        Its id.
    title : Text
        What planners call it.
    changes : tuple of Change
        In the order in which they are made.
    file, line : str, int
        Where it was read, and where its name stands, for messages.
    kind : {"decision", "future", "mixed"} or None
        What it is, as its file says, or the files that were composed; None: the file does not say it.
    """

    name: str
    title: Text
    changes: tuple[Change, ...]
    file: str = ""
    line: int = 0
    kind: Role | None = None

    @property
    def role(self) -> Role:
        """What it is: as it says itself, else by its changes; with changes of both kinds it is neither."""
        return self.kind or what_if_role(self.changes)


def what_if_role(changes: Sequence[Change]) -> Role:
    """Return what changes are by themselves: of demand a future, of supply and rules a decision, both mixed."""
    found = {is_what_if_of_demand(change) for change in changes}
    if found == {True, False}:
        return "mixed"
    return "future" if True in found else "decision"


def what_ifs_role_together(what_ifs: Sequence[WhatIf]) -> Role:
    """Return what a composition is: decisions and futures together are neither."""
    roles = {what_if.role for what_if in what_ifs}
    return roles.pop() if len(roles) == 1 else "mixed" if roles else "decision"


_WORDS = ("line", "name_en")  # keys of a change that have no meaning of their own


def canonical_what_ifs(what_ifs: Sequence[WhatIf]) -> bytes:
    """Return the one spelling of a composition: its changes in order, without names, titles and lines (JSON).

    As in tables of schools, a name in English changes no digest.
    """
    changes = [
        {"change": change.kind, **{key: value for key, value in asdict(change).items() if key not in _WORDS}}
        for what_if in what_ifs
        for change in what_if.changes
    ]
    return json.dumps(changes, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def what_ifs_digest(what_ifs: Sequence[WhatIf]) -> str:
    """Return the SHA-256 of ``canonical_what_ifs``, by which results are kept."""
    return sha256(canonical_what_ifs(what_ifs)).hexdigest()
