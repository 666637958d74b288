"""The policy: who may get which seats, in which order. One file per year and stage, published with its digest.

A policy is an ordered tuple of phases. Each phase is a priority-based many-to-one match that names who takes part,
which schools and seats it fills, in which order, and what happens to those not admitted. The kinds are those of
``procedure.md`` section 4; their meaning is stated here once, their computation stands in ``allocator.procedure``,
``allocator.models`` and ``allocator.checking``, which share nothing but these objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal, TypeAlias

from allocator.domain.office import OfficeValues

HomeRule: TypeAlias = Literal["zone", "registered", "e_school"]
DecisionColumn: TypeAlias = Literal["preferential_school", "sibling_school"]
VoluntaryColumn: TypeAlias = Literal["voluntary_1", "voluntary_2"]
OrderKey: TypeAlias = Literal["tier", "sibling", "walk_zone", "category", "ticket"]
OfferedColumn: TypeAlias = Literal["offered_voluntary_1", "offered_voluntary_2"]
SeatSource: TypeAlias = Literal[OfferedColumn, "left"]

STATUSES: tuple[str, ...] = ("verified", "late", "blacklisted")
"""Values of the column ``status`` in the order of their claim in an adjustment phase."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that people read, in both languages."""

    zh: str
    en: str

    def in_(self, language: Literal["zh", "en"]) -> str:
        """Return it in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Category:
    """A priority class; the order of ``Policy.categories`` is their order (C018, C025).

    Attributes
    ----------
    category_id : str
        Value of the column ``category``.
    name : Text
        What families call it.
    home : {"zone", "registered", "e_school"}
        Which school is the home school: the zone's ``school_id``; the ``registered_school`` where the zone has dual
        schools, else the zone's; or the zone's ``e_school_id``, which can be empty (then no rule covers the child).
        Only ``registered`` categories must name a registered school in a dual zone; all others leave it empty.
    """

    category_id: str
    name: Text
    home: HomeRule


@dataclass(frozen=True, slots=True)
class Switches:
    """The readings of open questions that change results (procedure.md sections 3, 4 and 8)."""

    bundle_at_cut: Literal["over_plan", "skip"] = "over_plan"
    tier_inner: Literal["pooled", "by_category"] = "pooled"
    tiers: Literal["strict", "pooled"] = "strict"
    e_route: Literal["direct", "overflow"] = "direct"
    receiving_order: Literal["category_then_local", "locals_all_first"] = "category_then_local"
    protect_local_demand: Literal["none", "all"] = "none"
    ticket_scope: Literal["per_draw", "per_session"] = "per_draw"
    adjust_by: Literal["list", "distance"] = "list"
    divert_assign: Literal["serial_by_ticket", "least_distance"] = "serial_by_ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBase:
    """What every phase has.

    Attributes
    ----------
    phase_id : str
        Name in the column ``phase``; a batch phase appends ``-<category>``.
    name : Text
        What lists and explanations call it.
    clauses : Mapping[str, str]
        Clause of the plan by result; the keys of each kind stand in ``CLAUSE_KEYS``.
    kind : str
        What the policy file calls phases of this class.
    """

    kind: ClassVar[str]
    phase_id: str
    name: Text
    clauses: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPhase(PhaseBase):
    """Parties whose home school is external leave the run (outcome ``external``), whatever their status (C091)."""

    kind = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPhase(PhaseBase):
    """P5a, P5b: verified parties of any category go to the school that a decision names, without a draw.

    If more children are named for one school than it has left, all of them there become ``needs_ruling``.
    """

    kind = "decision"
    column: DecisionColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPhase(PhaseBase):
    """Parties of any status without a seat and without a home school become ``needs_ruling`` (C007)."""

    kind = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePhase(PhaseBase):
    """P5c: verified parties with an ``open_choice``, by category, then ticket of ``<draw>/<school>``, against left.

    Attributes
    ----------
    schools : Mapping[str, frozenset[str]]
        Zone-wide schools and the categories each admits; a choice by another category is ignored.
    draw : str
        First part of the draw ids.
    """

    kind = "choice"
    schools: Mapping[str, frozenset[str]]
    draw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredAcceptancePhase(PhaseBase):
    """P6, P7: student-proposing deferred acceptance over ranked lists; a bundle at the cut is held whole.

    Attributes
    ----------
    column : {"voluntary_1", "voluntary_2"}
        Column of the ranked list.
    categories : frozenset[str]
        Categories that may take part; a list of any other verified party is an input error.
    tiers : tuple of tuple of str
        Zones by tier, first tier first; a party of any other zone may not bid. Empty: every zone, one tier.
    schools : tuple of str
        Schools that may be named.
    seats : {"offered_voluntary_1", "offered_voluntary_2", "left"}
        The pool of each school: seats set aside until this phase has ended, or what is left of the plan.
    order : tuple of {"tier", "sibling", "walk_zone", "category", "ticket"}
        Keys of each school's order, the last one ``ticket``. ``sibling``: those whose ``sibling_school`` is the
        school come first; ``walk_zone``: those whose home zone's ``school_id`` it is. The switches ``tiers: pooled``
        and ``tier_inner: by_category`` take ``tier`` out and put ``category`` before ``ticket``.
    own_zone_choice : bool
        Whether the school of the zone in which the home lies may be named.
    draw : str
        First part of the draw ids ``<draw>/<school>``.
    """

    kind = "deferred_acceptance"
    column: VoluntaryColumn
    categories: frozenset[str]
    tiers: tuple[tuple[str, ...], ...]
    schools: tuple[str, ...]
    seats: SeatSource
    order: tuple[OrderKey, ...]
    own_zone_choice: bool
    draw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPhase(PhaseBase):
    """P8: batches of verified parties by category, each at its home schools, then the diversion of those not admitted.

    Attributes
    ----------
    categories : tuple of str
        One batch each, in this order; ``phase`` and ``draw`` ids append ``-<category>``.
    draw : str
        First part of the home draws ``<draw>-<category>/<school>``.
    divert_draw : str
        First part of the diversion draws ``<divert_draw>-<category>``.
    lists : Mapping[str, tuple of str]
        Named receiving lists of schools.
    list_of : Mapping[str, str]
        Name of the receiving list of a home school; a school never receives its own diverted children.
    others : str
        Name of the list of every home school that ``list_of`` does not name.
    """

    kind = "batches"
    categories: tuple[str, ...]
    draw: str
    divert_draw: str
    lists: Mapping[str, tuple[str, ...]]
    list_of: Mapping[str, str]
    others: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentPhase(PhaseBase):
    """P9: everyone without a seat and without a referral, by status, category, ticket of ``draw``.

    Attributes
    ----------
    schools : tuple of str
        The adjustment list, in order.
    draw : str
        The draw id.
    """

    kind = "adjustment"
    schools: tuple[str, ...]
    draw: str


Phase: TypeAlias = (
    ExportPhase | DecisionPhase | ReferralPhase | ChoicePhase | DeferredAcceptancePhase | BatchPhase | AdjustmentPhase
)

CLAUSE_KEYS: Mapping[type, tuple[str, ...]] = {
    ExportPhase: ("external",),
    DecisionPhase: ("admitted", "needs_ruling"),
    ReferralPhase: ("needs_ruling",),
    ChoicePhase: ("admitted", "drawn", "refused"),
    DeferredAcceptancePhase: ("admitted", "drawn", "refused"),
    BatchPhase: ("admitted", "drawn", "whole_batch", "not_drawn", "no_room"),
    AdjustmentPhase: ("adjusted", "no_room"),
}
"""Results for which each kind of phase must name a clause.

``admitted``: admitted without a draw; ``drawn``: admitted where a draw was held; ``refused``: came, not admitted;
``whole_batch``: the batch was diverted because no seat was left; ``not_drawn``: diverted after some of the batch were
admitted; ``no_room``: a receiving or adjustment school had no room.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterValues:
    """What lists and letters to families say of the office; no seat is decided by it. What is empty is left blank.

    Attributes
    ----------
    papers : tuple of Text
        What a family brings when it registers at its school.
    place, date : Text
        Where and when it registers.
    objection : Text
        Where to object.
    deadline : Text
        Until when.
    telephone : str
        The office's telephone, as it is printed.
    """

    papers: tuple[Text, ...] = ()
    place: Text = Text("", "")
    date: Text = Text("", "")
    objection: Text = Text("", "")
    deadline: Text = Text("", "")
    telephone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """Weights and limits of the planning optimum (docs/planning.md); no list of children is decided by them.

    All weights are whole numbers in the unit of ``metre``.

    Attributes
    ----------
    category : Mapping[str, int]
        Weight of a seat at all, by category; every category of the policy.
    home, chosen, diverted : int
        Added by what the school is to the child: its home school; named by a decision, open choice or ranked list;
        any other.
    metre : int
        Taken off for each metre from home to school.
    nearest : int
        How many schools of a longer adjustment list a child can reach: the nearest ones.
    closed : Mapping[str, frozenset[str]]
        Categories that a school does not take.
    far_metres : int or None
        From so many metres on a way to school counts as far, in what-ifs; None: the policy says nothing.
    """

    category: Mapping[str, int]
    home: int
    chosen: int
    diverted: int
    metre: int
    nearest: int
    closed: Mapping[str, frozenset[str]]
    far_metres: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLevels:
    """Levels of the school-zone warnings, in percent of the plan (C129); no list of children is decided by them.

    A level begins where demand reaches its share of the plan; what reaches none of them is green.

    Attributes
    ----------
    year : int
        The year of the policy, printed on every warning: a plan is no reference for later years (C130).
    yellow, orange, red : int
        Where each level begins; yellow < orange < red. ``orange`` is None where the policy has no such level.
    """

    year: int
    yellow: int
    orange: int | None = None
    red: int


@dataclass(frozen=True, kw_only=True)  # no slots: the places of the categories are kept, as every party asks for them
class Policy:
    """A whole policy file.

    Attributes
    ----------
    format_version : int
        Version of the file format.
    policy_id : str
        Name of the policy, e.g. for file headers.
    title : Text
        Title of the plan.
    notice : Text
        Printed on every list; says, for instance, that the data are synthetic. May be empty.
    unplaced_clause : str
        Clause of those who stay without a seat at the end (C068).
    categories : tuple of Category
        In the order of their claim.
    switches : Switches
        Readings of open questions.
    phases : tuple of Phase
        In the order in which they run.
    planning : Planning or None
        Weights of the planning optimum; None where the file has none.
    warnings : WarningLevels or None
        Levels of the school-zone warnings; None where the file has none.
    office : OfficeValues or None
        Values of the office's procedure; None where the file has none.
    letters : LetterValues or None
        What lists and letters say of the office; None where the file has none.
    """

    format_version: int
    policy_id: str
    title: Text
    notice: Text
    unplaced_clause: str
    categories: tuple[Category, ...]
    switches: Switches
    phases: tuple[Phase, ...]
    planning: Planning | None = None
    warnings: WarningLevels | None = None
    office: OfficeValues | None = None
    letters: LetterValues | None = None

    @cached_property
    def rank(self) -> dict[str, int]:
        """Place of each category in their order, 0 first."""
        return {category.category_id: place for place, category in enumerate(self.categories)}
