"""The schools of an adjustment in the order in which a family comes to them (P9; switch ``adjust_by``)."""

from __future__ import annotations

from allocator.checking.book.statute import Statute
from allocator.checking.distances import Plane, distance_squared
from allocator.domain import AdjustmentPhase, Applicant


def nearest_adjustment_schools(statute: Statute, phase: AdjustmentPhase, child: Applicant) -> tuple[str, ...]:
    """The adjustment list, or the nearest first where the party has coordinates and the switch says so."""
    if statute.policy.switches.adjust_by != "distance" or not child.x:
        return phase.schools
    schools = [statute.district.schools[school] for school in phase.schools]
    placed = [school for school in schools if school.x]
    plane = Plane([child, *placed])
    here = plane.point(child)
    near = sorted(placed, key=lambda school: (distance_squared(here, plane.point(school)), school.school_id))
    return (*(school.school_id for school in near), *(school.school_id for school in schools if not school.x))
