"""Who can come to a school that opens: nobody at all is a fault of the what-if, not so many empty seats."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from allocator.domain import AdjustmentPhase, Applicant, BatchPhase, District
from allocator.eligibility import VERIFIED, diversion_list, home_rules, home_school, overflow_school, parties
from allocator.instance import make_instance
from allocator.procedure import allocate
from allocator.procedure.words import SimulatedLots

WAYS = ("reach_home", "reach_receiving", "reach_adjustment")
"""Children whose home school it is, who may be diverted there, and who come there by adjustment."""


def ways_in(district: District, place: Mapping[str, int], school: str, *, draw: bool = True) -> dict[str, int]:
    """Return how many children have each way to a school that opens; all 0: nobody can come there.

    At home and by diversion those count whom a batch admits. An adjustment list is gone through from its front, so a
    school at its end is reached only when all before it are full: where it has no other way in, one list is drawn and
    those count who come there. Where the adjustment goes by distance everyone counts whose home has a place, if the
    school has one.

    Parameters
    ----------
    district : District
        With the school, composed.
    place : Mapping of str to int
        Place of each child's word in simulated draws.
    school : str
        Its id.
    draw : bool
        Whether a list may be drawn: not where something else is wrong with the district.
    """
    found = dict.fromkeys(WAYS, 0)
    known: dict[tuple[str, ...], str] = {}
    for party in parties(district.applicants):
        lead = party.lead
        key = (lead.zone, lead.category, lead.registered_school, lead.status)
        if key not in known:
            known[key] = _way(district, lead, school)
        if known[key]:
            found[known[key]] += party.size
    found["reach_adjustment"] = _adjusted(district, place, school, only=draw and not any(found.values()))
    return found


def _way(district: District, child: Applicant, school: str) -> str:
    """The first way in of a child like this before any adjustment; empty where it has none."""
    if child.status != VERIFIED:
        return ""
    rule = home_rules(district.policy)[child.category]
    overflow = district.policy.switches.e_route == "overflow"
    home = home_school(child, rule, district.zones, overflow=overflow)
    first = overflow_school(child, rule, district.zones, overflow=overflow)
    for phase in district.policy.phases:
        if isinstance(phase, BatchPhase) and child.category in phase.categories and home:
            if home == school:
                return "reach_home"
            if school in diversion_list(phase, home, (), first):
                return "reach_receiving"
    return ""


def _adjusted(district: District, place: Mapping[str, int], school: str, *, only: bool) -> int:
    """Children who can come to a school by adjustment: by distance all with a home, else those of a draw, if asked."""
    if not listed_for_adjustment(district, school):
        return 0
    if district.policy.switches.adjust_by == "distance":
        return sum(bool(child.x) for child in district.applicants) if district.schools[school].x else 0
    return _drawn_there(district, place, school) if only else 0


def listed_for_adjustment(district: District, school: str) -> bool:
    """Return whether a school stands on an adjustment list."""
    return any(isinstance(phase, AdjustmentPhase) and school in phase.schools for phase in district.policy.phases)


def _drawn_there(district: District, place: Mapping[str, int], school: str) -> int:
    """Children who come to a school in one simulated draw by the procedure."""
    instance = make_instance(district)
    words = np.array([place[name] for name in instance.party_ids], dtype=np.int64)
    state = allocate(instance, SimulatedLots(district.policy, words, 1, 1))
    return int(instance.size[state.seat == instance.school(school)].sum())
