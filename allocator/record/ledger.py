"""Seats left at every school before every section, counted from the assignment (procedure.md section 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from allocator.domain import DeferredAcceptancePhase, District, Row
from allocator.record.sections import Timeline


class Ledger:
    """Seats left before each section.

    Parameters
    ----------
    district : District
        Plans and seats set aside.
    timeline : Timeline
        Its sections.
    rows : sequence of Row
        The assignment.
    """

    def __init__(self, district: District, timeline: Timeline, rows: Sequence[Row]) -> None:
        taken = Counter(map(attrgetter("phase", "outcome", "school_id"), rows))
        admitted: Counter[tuple[int, str]] = Counter()
        for (phase, outcome, school), children in taken.items():
            if not phase:
                continue
            admitted[timeline.of_row(Row("", school, phase, outcome, "")), school] += children
        self._left: list[dict[str, int]] = []
        left = {school: row.plan - _aside(district, school) for school, row in district.schools.items()}
        for section in timeline.sections:
            self._left.append(dict(left))
            for school in left:
                left[school] += _returned(district, section.phase, school) - admitted[section.number, school]
        self.at_end = left

    def left(self, section: int) -> dict[str, int]:
        """Seats left by school when a section begins: plan minus admitted minus set aside. Below 0 when over plan."""
        return dict(self._left[section])


def _aside(district: District, school: str) -> int:
    """Seats of a school that voluntary rounds of this policy set aside."""
    return sum(_returned(district, phase, school) for phase in district.policy.phases)


def _returned(district: District, phase: object, school: str) -> int:
    """Seats of a school that return to the plan when a phase has ended."""
    if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
        return district.schools[school].offered(phase.seats)
    return 0
