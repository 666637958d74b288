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
from allocator.ground import Fault


class _Entitled(NamedTuple):
    """What the verified children of a district have a right to.

    ``direct``: children whose decision or open choice names a school, by school; a child counts once a school.
    ``largest``: children of the largest bundle that bids, by (column, school).
    """

    direct: Counter[str]
    largest: dict[tuple[str, str], int]


def hard_cap_faults(district: District) -> list[Fault]:
    """Return a fault for every school and phase after which a bundle's bid could have carried it above its hard cap.

    For seats set aside, the most that a school can hold after a phase is: the verified children whose decision or open
    choice names it, plus, for each round so far, its offered seats and one less than the largest bundle that bids. It
    is looked at from the first round on in which a bundle bids: who comes later takes the seats that are his, and finds
    the bundle's there too. For a phase that fills what is left of the plan, it is the plan without the seats still set
    aside, and one less than the largest bundle.
    """
    entitled = _entitled(district)
    return [
        fault
        for school in district.schools.values()
        if not school.external
        for fault in _school_faults(district.policy, school, entitled)
    ]


def _school_faults(policy: Policy, school: School, entitled: _Entitled) -> Iterator[Fault]:
    """Follow one school through the phases, keeping the most children that it can hold."""
    most, aside, largest = entitled.direct[school.school_id], _aside(policy, school), 0
    for phase in policy.phases:
        if isinstance(phase, BatchPhase):
            cut = school.most if policy.switches.bundle_at_cut == "over_plan" else school.plan  # section 3
            most = max(most, cut - aside)
        if not isinstance(phase, DeferredAcceptancePhase):
            continue
        bundle = entitled.largest.get((phase.column, school.school_id), 0)
        largest = max(largest, bundle)
        over = max(bundle - 1, 0)
        if phase.seats == "left":
            most = max(most, school.plan - aside + over)  # where nothing is left nobody is held
        else:
            # Seats set aside for a round that cannot use them count all the same (procedure.md P6).
            most += school.offered(phase.seats) + over
            aside -= school.offered(phase.seats)
        if (bundle if phase.seats == "left" else largest) and most > school.most:
            yield _fault(school, phase, largest, most)


def _aside(policy: Policy, school: School) -> int:
    """Return the seats of a school that are set aside before any phase."""
    rounds = (phase for phase in policy.phases if isinstance(phase, DeferredAcceptancePhase))
    return sum(school.offered(phase.seats) for phase in rounds if phase.seats != "left")


def _fault(school: School, phase: DeferredAcceptancePhase, bundle: int, most: int) -> Fault:
    """Return the fault with its advice."""
    words = {"school": school.school_id, "phase": phase.phase_id, "bundle": str(bundle), "most": str(most)}
    code = "draw.hard_cap_left" if phase.seats == "left" else "draw.hard_cap_offered"
    return Fault(code, "schools.csv", 0, "hard_cap", str(school.most), words)


def _entitled(district: District) -> _Entitled:
    """Count them in one pass over the roster."""
    phases = district.policy.phases
    decisions = [phase.column for phase in phases if isinstance(phase, DecisionPhase)]
    open_schools = {school for phase in phases if isinstance(phase, ChoicePhase) for school in phase.schools}
    columns = [phase.column for phase in phases if isinstance(phase, DeferredAcceptancePhase)]
    direct: Counter[str] = Counter()
    bundles: Counter[tuple[str, str, str]] = Counter()
    for child in district.applicants:
        may_count = child.bundle or child.preferential_school or child.sibling_school or child.open_choice
        if child.status != "verified" or not may_count:  # few children have one
            continue
        direct.update(_direct(child, decisions, open_schools))
        if child.bundle:
            bids = {(child.bundle, column, school) for column in columns for school in getattr(child, column)}
            bundles.update(bids)
    largest: dict[tuple[str, str], int] = {}
    for (_, column, school), size in bundles.items():
        largest[column, school] = max(size, largest.get((column, school), 0))
    return _Entitled(direct, largest)


def _direct(child: Applicant, decisions: Sequence[str], open_schools: set[str]) -> set[str]:
    """Return the schools that a child's decisions and open choice name."""
    named = {getattr(child, column) for column in decisions}
    named.add(child.open_choice if child.open_choice in open_schools else "")
    return named - {""}
