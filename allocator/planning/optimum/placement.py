"""Where a list puts each party, whoever made it: school, relation and metres (docs/planning.md sections 7 and 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from allocator.distance import rounded_metres, squared_distance
from allocator.domain import EXTERNAL_SCHOOL, NO_SCHOOL, Applicant, District, Ints
from allocator.eligibility import Homes
from allocator.models.optimum.market import Market
from allocator.models.optimum.reach import DIVERTED, HOME, reach_of


def placement_of(market: Market, options: Ints) -> dict[str, str]:
    """Return the school of every child, empty without a seat."""
    names = [*market.schools, ""]
    school = market.column("school", options).tolist()
    placed = {child.applicant_id: names[at] for child, at in zip(market.parties, school, strict=True)}
    for party, name in market.leaves.items():
        placed[market.parties[party].applicant_id] = name
    for party, children in market.members.items():
        placed |= dict.fromkeys(children, placed[market.parties[party].applicant_id])
    return placed


@dataclass(frozen=True, slots=True)
class Placement:
    """The parties that take part, in a list.

    Attributes
    ----------
    party : (p,) int64
        Place of the party in ``Market.parties``.
    size : (p,) int64
        Its children.
    school : (p,) int64
        School, -1 without a seat.
    relation, metres : (p,) int64
        What the school is to the party, and the distance; -1 without a seat, metres also without coordinates.
    value : (p,) int64
        Value of the seat for one child, 0 without a seat.
    """

    party: Ints
    size: Ints
    school: Ints
    relation: Ints
    metres: Ints
    value: Ints


def of_options(market: Market, options: Ints) -> Placement:
    """Return the placement by options of the parties."""
    party = np.flatnonzero(options != EXTERNAL_SCHOOL)
    option = options[party]
    school, relation, metres = (market.column(name, option) for name in ("school", "relation", "metres"))
    value = market.column("value", option, 0)
    return Placement(party, market.size[market.type_of[party]], school, relation, metres, value)


def of_list(district: District, market: Market, placed: Mapping[str, str]) -> Placement:
    """Return the placement of any list, also at schools outside a party's reach (an adjustment far from home)."""
    index = {name: i for i, name in enumerate(market.schools)}
    party = np.flatnonzero(market.type_of >= 0)
    names = [placed[market.parties[i].applicant_id] for i in party.tolist()]
    school = np.array([index.get(name, -1) for name in names], dtype=np.int64)
    keys = market.owner * len(market.schools) + market.school
    wanted = market.type_of[party] * len(market.schools) + school
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    known = (school >= 0) & (keys[at] == wanted) if len(keys) else np.zeros(len(party), dtype=bool)
    options = np.full(len(market.parties), EXTERNAL_SCHOOL, dtype=np.int64)
    options[party] = np.where(known, at, NO_SCHOOL)
    found = of_options(market, options)
    for i in np.flatnonzero((school >= 0) & ~known).tolist():
        _place_afar(district, market, found, i, int(school[i]))
    return found


def _place_afar(district: District, market: Market, found: Placement, i: int, school: int) -> None:
    """Enter a seat that lies outside the reach: too far for it, or closed to the category in planning."""
    child, planning = market.parties[int(found.party[i])], district.policy.planning
    there = district.schools[market.schools[school]]
    assert planning is not None
    distance = int(rounded_metres(squared_distance(child, there))) if child.x and there.x else -1
    relation = _relation(district, child, there.school_id)
    weight = (planning.home, planning.chosen, planning.diverted)[relation]
    found.school[i], found.relation[i], found.metres[i] = school, relation, distance
    found.value[i] = planning.category[child.category] + weight - planning.metre * max(distance, 0)


def _relation(district: District, child: Applicant, school: str) -> int:
    """What a school is to a child, in whatever reach: its home school, one that a phase lets it name, or another."""
    if school == Homes(district).of(child):
        return HOME
    return reach_of(district, child, closed=False).relation.get(school, DIVERTED)
