"""The least hard caps with which no bundle in the voluntary rounds can break one (procedure.md P6), of the roster."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.domain import STATUSES, ChoicePhase, DecisionPhase, DeferredAcceptancePhase, District
from allocator.eligibility import eligible_parties


def least_caps(district: District) -> Mapping[str, int]:
    """Return by school the least cap that the check before the draw accepts; only schools for which a bundle bids."""
    phases = district.policy.phases
    rounds = [p for p in phases if isinstance(p, DeferredAcceptancePhase) and p.seats != "left"]
    found = {}
    for school in district.schools.values():
        largest = [_largest_bid(district, phase, school.school_id) for phase in rounds]
        most = _entitled(district, school.school_id)
        for phase, size, before in zip(rounds, largest, _running(largest), strict=True):
            most += school.offered(phase.seats) + max(size - 1, 0)
            if before:
                found[school.school_id] = most
    return found


def _running(sizes: list[int]) -> list[int]:
    """Return the largest of the sizes so far."""
    return [max(sizes[: at + 1]) for at in range(len(sizes))]


def _largest_bid(district: District, phase: DeferredAcceptancePhase, school: str) -> int:
    """Return the size of the largest bundle of verified bidders for a school in a round; 0 where none bids."""
    bidders = (p for p in eligible_parties(district.applicants) if p.lead.bundle and p.lead.status == STATUSES[0])
    return max((p.size for p in bidders if school in getattr(p.lead, phase.column)), default=0)


def _entitled(district: District, school: str) -> int:
    """Count the verified children whose decision or open choice names a school."""
    phases = district.policy.phases
    columns = [p.column for p in phases if isinstance(p, DecisionPhase)]
    choices = [p for p in phases if isinstance(p, ChoicePhase) and school in p.schools]
    names = [*columns, *("open_choice" for _ in choices)]
    return sum(
        child.status == STATUSES[0] and any(getattr(child, name) == school for name in names)
        for child in district.applicants
    )
