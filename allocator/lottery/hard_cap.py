"""The check before any draw that no deferred-acceptance phase can break a hard cap (procedure.md section 4, P6).

Such a phase holds a bundle at the cut whole, whatever the cut's switch says, so a school can end above its pool. No
seed may be able to stop a run; therefore the worst case is counted beforehand, and refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allocator.domain import (
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Policy,
    School,
)
from allocator.errors import Fault


class _Claims(NamedTuple):
    """What the verified children of a district claim.

    ``direct``: children whose decision or open choice names a school, by school; a child counts once a school.
    ``largest``: children of the largest bundle that bids, by (column, school).
    """

    direct: Counter[str]
    largest: dict[tuple[str, str], int]


def hard_cap_faults(district: District) -> list[Fault]:
    """Return a fault for every school and phase in which a bundle's bid could carry the school above its hard cap.

    For seats set aside, the most that a school can hold after a phase is: the verified children whose decision or open
    choice names it, plus, for each round so far, its offered seats and one less than the largest bundle that bids.
    For a phase that fills what is left of the plan, it is the plan and one less than the largest bundle.
    """
    claims = _claims(district)
    return [
        fault
        for school in district.schools.values()
        if not school.external
        for fault in _school_faults(district.policy, school, claims)
    ]


def _school_faults(policy: Policy, school: School, claims: _Claims) -> Iterator[Fault]:
    """Follow one school through the phases, keeping the most children that it can hold."""
    most = claims.direct[school.school_id]
    for phase in policy.phases:
        if isinstance(phase, BatchPhase):
            most = max(most, school.most)
        if not isinstance(phase, DeferredAcceptancePhase):
            continue
        if school.school_id not in phase.schools:
            # Seats set aside for a round that cannot use them count all the same (procedure.md P6).
            most += 0 if phase.seats == "left" else school.offered(phase.seats)
            continue
        bundle = claims.largest.get((phase.column, school.school_id), 0)
        reached = _after(phase, school, most, bundle)
        if bundle and reached > school.most:
            yield _fault(school, phase, bundle, reached)
        most = max(most, reached)


def _after(phase: DeferredAcceptancePhase, school: School, most: int, bundle: int) -> int:
    """Return the most children that the school can hold after a phase that admits somebody there."""
    over = max(bundle - 1, 0)
    if phase.seats == "left":
        # What is left leaves out seats set aside for later rounds, and where nothing is left nobody is held.
        return school.plan + over
    return most + school.offered(phase.seats) + over


def _fault(school: School, phase: DeferredAcceptancePhase, bundle: int, most: int) -> Fault:
    """Return the fault with its advice."""
    words = {"school": school.school_id, "phase": phase.phase_id, "bundle": str(bundle), "most": str(most)}
    code = "draw.hard_cap_left" if phase.seats == "left" else "draw.hard_cap_offered"
    return Fault(code, "schools.csv", 0, "hard_cap", str(school.most), words)


def _claims(district: District) -> _Claims:
    """Count claims in one pass over the roster."""
    phases = district.policy.phases
    decisions = [phase.column for phase in phases if isinstance(phase, DecisionPhase)]
    open_schools = {school for phase in phases if isinstance(phase, ChoicePhase) for school in phase.schools}
    columns = [phase.column for phase in phases if isinstance(phase, DeferredAcceptancePhase)]
    direct: Counter[str] = Counter()
    bundles: Counter[tuple[str, str, str]] = Counter()
    for child in district.applicants:
        if child.status != "verified" or not (child.bundle or _may_name_directly(child)):
            continue
        direct.update(_direct(child, decisions, open_schools))
        if child.bundle:
            bids = {(child.bundle, column, school) for column in columns for school in getattr(child, column)}
            bundles.update(bids)
    largest: dict[tuple[str, str], int] = {}
    for (_, column, school), size in bundles.items():
        largest[column, school] = max(size, largest.get((column, school), 0))
    return _Claims(direct, largest)


def _may_name_directly(child: Applicant) -> bool:
    """Return whether a decision or an open choice stands in the row at all; few children have one."""
    return bool(child.preferential_school or child.sibling_school or child.open_choice)


def _direct(child: Applicant, decisions: Sequence[str], open_schools: set[str]) -> set[str]:
    """Return the schools that a child's decisions and open choice name."""
    named = {getattr(child, column) for column in decisions}
    named.add(child.open_choice if child.open_choice in open_schools else "")
    return named - {""}
