"""Which schools some phase of the policy could give a party, whatever seats there are (docs/planning.md section 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch
from operator import attrgetter
from typing import NamedTuple

from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Phase,
    ReferralPhase,
)
from allocator.models.parties import Party, party_of, receiving, tier_of_child

HOME, CHOSEN, DIVERTED = 0, 1, 2
"""What a school is to a party; the first that holds counts (docs/planning.md section 3)."""


class Reach(NamedTuple):
    """The schools that parties with equal columns may get.

    Attributes
    ----------
    leaves : str
        The external school for which such a party leaves; empty where it takes part.
    relation : dict[str, int]
        ``HOME``, ``CHOSEN`` or ``DIVERTED`` by school, the adjustment left out.
    adjusted : tuple of str
        The adjustment list, of which the nearest schools count; empty where it does not reach the party.
    home : str
        Home school; whatever phase gives it, its relation is ``HOME``.
    category : str
        The category of such a party.
    """

    leaves: str
    relation: Mapping[str, int]
    adjusted: tuple[str, ...]
    home: str
    category: str


DECIDES = attrgetter(
    "zone", "category", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferential_school",
    "sibling_school", "status",
)  # fmt: skip
"""Columns on which a party's reach depends."""


def reach_of(district: District, child: Applicant, *, closed: bool = True) -> Reach:
    """Return the reach of a party by one of its children; coordinates and bundle are not looked at.

    Parameters
    ----------
    district : District
        Its policy has planning weights.
    closed : bool
        Whether to leave out the schools that planning closes to the category.
    """
    party = party_of(district, child)
    found: dict[str, int] = {}
    adjusted: tuple[str, ...] = ()
    for phase in district.policy.phases:
        if isinstance(phase, ExportPhase) and party.home and district.schools[party.home].external:
            return Reach(party.home, {}, (), party.home, child.category)
        if isinstance(phase, ReferralPhase) and not party.home:
            break
        if isinstance(phase, AdjustmentPhase):
            adjusted = phase.schools
        for school in _gives(phase, district, party):
            if not district.schools[school].external:
                found[school] = min(found.get(school, DIVERTED), _relation(phase, school, party))
    shut = _closed(district, child.category)
    relation = {school: kind for school, kind in found.items() if not (closed and shut(school))}
    listed = tuple(school for school in adjusted if not district.schools[school].external)
    return Reach("", relation, listed, party.home, child.category)


def _closed(district: District, category: str) -> Callable[[str], bool]:
    """Whether a school does not take a category in planning."""
    planning = district.policy.planning
    assert planning is not None
    return lambda school: category in planning.closed.get(school, ())


def _relation(phase: Phase, school: str, party: Party) -> int:
    """What a school that a phase gives is to a party."""
    if school == party.home:
        return HOME
    return DIVERTED if isinstance(phase, BatchPhase) else CHOSEN


@singledispatch
def _gives(phase: Phase, district: District, party: Party) -> tuple[str, ...]:
    """Return the schools that a phase other than an adjustment could give a party."""
    return ()


@_gives.register
def _decided(phase: DecisionPhase, district: District, party: Party) -> tuple[str, ...]:
    named: str = getattr(party.child, phase.column)
    return (named,) if named and party.child.status == "verified" else ()


@_gives.register
def _chosen(phase: ChoicePhase, district: District, party: Party) -> tuple[str, ...]:
    child = party.child
    named = child.open_choice
    return (named,) if child.status == "verified" and child.category in phase.schools.get(named, ()) else ()


@_gives.register
def _bid(phase: DeferredAcceptancePhase, district: District, party: Party) -> tuple[str, ...]:
    child = party.child
    if child.status != "verified" or child.category not in phase.categories:
        return ()
    named: tuple[str, ...] = getattr(child, phase.column)
    if not named or tier_of_child(district, phase, child) is None:
        return ()
    return tuple(school for school in named if school in phase.schools)


@_gives.register
def _batched(phase: BatchPhase, district: District, party: Party) -> tuple[str, ...]:
    child = party.child
    if child.status != "verified" or child.category not in phase.categories or not party.home:
        return ()
    return (party.home, *receiving(district, phase, party))
