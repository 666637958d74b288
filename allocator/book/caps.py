"""The least hard caps with which no bundle in the voluntary rounds can break one (procedure.md P6), of the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from allocator.domain import STATUSES, ChoicePhase, DecisionPhase, DeferredAcceptancePhase, District
from allocator.eligibility import eligible_parties


def least_caps(district: District) -> Mapping[str, int]:
    """Return by school the least cap that the check before the draw accepts; only schools for which a bundle bids."""
    phases = district.policy.phases
    rounds = [p for p in phases if isinstance(p, DeferredAcceptancePhase) and p.seats != "left"]
    largest, entitled = _largest_bids(district, rounds), _entitled(district)
    found = {}
    for school in district.schools.values():
        sizes = [largest[phase.phase_id, school.school_id] for phase in rounds]
        most = entitled[school.school_id]
        for phase, size, before in zip(rounds, sizes, _running(sizes), strict=True):
            most += school.offered(phase.seats) + max(size - 1, 0)
            if before:
                found[school.school_id] = most
    return found


def _running(sizes: list[int]) -> list[int]:
    """Return the largest of the sizes so far."""
    return [max(sizes[: at + 1]) for at in range(len(sizes))]


def _largest_bids(district: District, rounds: Sequence[DeferredAcceptancePhase]) -> Counter[tuple[str, str]]:
    """Return by round and school the size of the largest bundle of verified bidders; 0 where none bids."""
    found: Counter[tuple[str, str]] = Counter()
    for party in eligible_parties(district.applicants):
        if party.lead.bundle and party.lead.status == STATUSES[0]:
            for phase in rounds:
                for school in getattr(party.lead, phase.column):
                    found[phase.phase_id, school] = max(found[phase.phase_id, school], party.size)
    return found


def _entitled(district: District) -> Counter[str]:
    """Count by school the verified children whose decision or open choice names it, each once."""
    phases = district.policy.phases
    columns = [p.column for p in phases if isinstance(p, DecisionPhase)]
    chosen = {school for p in phases if isinstance(p, ChoicePhase) for school in p.schools}
    found: Counter[str] = Counter()
    for child in district.applicants:
        if child.status == STATUSES[0]:
            named = {getattr(child, column) for column in columns}
            found.update(named | ({child.open_choice} & chosen))
    return found
