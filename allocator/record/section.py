"""The run as a row of sections, where in it each party was settled, and the seats left before each.

A section is a phase, or one step of one batch: the smallest part of a run before which the state is well defined.
Nothing is decided here. The assignment says who was settled where; the record retells it (procedure.md section 4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from allocator.domain import (
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    Applicant,
    BatchPhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Phase,
    Policy,
    ReferralPhase,
    Row,
)
from allocator.eligibility import VERIFIED, Homes, Party

HOME_STEP, DIVERSION_STEP = 1, 2


class Section(NamedTuple):
    """A part of the run.

    Attributes
    ----------
    number : int
        Place in the run, 0 first.
    phase : Phase
        The phase of the policy.
    label : str
        What stands in the column ``phase``, e.g. ``batch-A``.
    step : int
        1 (home school) or 2 (diversion) of a batch; 0 in other phases.
    category : str
        Category of the batch; empty in other phases.
    """

    number: int
    phase: Phase
    label: str
    step: int = 0
    category: str = ""


class Stand(NamedTuple):
    """A party with its home school, its row, and the section in which it was settled.

    ``settled`` is the section's index; the number of sections if the party stays without a seat at the end.
    """

    party: Party
    row: Row
    home: str
    settled: int


def sections(policy: Policy) -> tuple[Section, ...]:
    """Return the sections of a run in order; ``receiving_order`` says how the steps of the batches interleave."""
    found: list[Section] = []
    for phase in policy.phases:
        if isinstance(phase, BatchPhase):
            for category, step in _batch_steps(phase, policy.switches.receiving_order):
                found.append(Section(len(found), phase, f"{phase.phase_id}-{category}", step, category))
        else:
            found.append(Section(len(found), phase, phase.phase_id))
    return tuple(found)


def _batch_steps(phase: BatchPhase, receiving_order: str) -> list[tuple[str, int]]:
    """Category and step in order: both steps of a batch together, or the home steps of all batches first."""
    if receiving_order == "locals_all_first":
        return [(k, step) for step in (HOME_STEP, DIVERSION_STEP) for k in phase.categories]
    return [(k, step) for k in phase.categories for step in (HOME_STEP, DIVERSION_STEP)]


class Timeline:
    """Sections of a district's run, and the section that a row names."""

    def __init__(self, district: District) -> None:
        self.sections = sections(district.policy)
        self.homes = Homes(district)
        self._by_row: Mapping[tuple[str, bool], int] = {
            (s.label, s.step == DIVERSION_STEP): s.number for s in self.sections
        }

    def of_row(self, row: Row) -> int:
        """Index of the section in which a row with a phase was settled.

        Raises
        ------
        KeyError
            If the policy has no such phase.
        """
        return self._by_row[row.phase, row.outcome == DIVERTED]

    def settled(self, child: Applicant, home: str, row: Row) -> int:
        """Index of the section in which a child was settled; the number of sections if it has no seat at the end."""
        if row.phase:
            return self.of_row(row)
        if row.outcome == EXTERNAL:
            return next(s.number for s in self.sections if isinstance(s.phase, ExportPhase))
        if row.outcome == NEEDS_RULING:
            return next((s.number for s in self.sections if section_refers(s.phase, child, home)), len(self.sections))
        return len(self.sections)

    def stands(self, parties: Sequence[Party], rows: Mapping[str, Row]) -> list[Stand]:
        """Return parties with their homes, rows and sections, in the order given."""
        found = []
        for party in parties:
            row, home = rows[party.party_id], self.homes.of(party.lead)
            found.append(Stand(party, row, home, self.settled(party.lead, home, row)))
        return found


def section_refers(phase: Phase, child: Applicant, home: str) -> bool:
    """Whether a phase can have marked this child ``needs_ruling``: a decision names a school, or no home school."""
    if isinstance(phase, DecisionPhase):
        return child.status == VERIFIED and bool(getattr(child, phase.column))
    return isinstance(phase, ReferralPhase) and not home


class Ledger:
    """Seats left before each section, counted from the assignment (procedure.md section 3).

    Parameters
    ----------
    district : District
        Plans and seats set aside.
    timeline : Timeline
        Its sections.
    placed : Mapping
        Children by phase, outcome and school.
    """

    def __init__(
        self, district: District, timeline: Timeline, placed: Mapping[tuple[str, str, str], int]
    ) -> None:
        admitted: Counter[tuple[int, str]] = Counter()
        for (phase, outcome, school), children in placed.items():
            if phase:
                admitted[timeline.of_row(Row("", school, phase, outcome, "")), school] += children
        self.timeline = timeline
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
