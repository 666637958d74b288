"""What the family gave and where it lives: the child's own rows of ``inputs/``, and the policy of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    DeferredAcceptancePhase,
    Phase,
    Policy,
    School,
    Zone,
)
from allocator.eligibility import (
    diversion_list,
    home_rules,
    home_school,
    nearest_first,
    overflow_school,
    receiving_list,
    tier_of_zone,
    tier_zone,
    zone_of_school,
)
from allocator.reading import plan_sections
from allocator.record import sections


@dataclass(frozen=True)
class KnownParty:
    """The child, those with whom it stays together, and what decides where they may go.

    Attributes
    ----------
    policy : Policy
        Policy of the run.
    schools, zones : Mapping
        By id.
    children : tuple of Applicant
        All children of the party, the one that gives it its id first.
    """

    policy: Policy
    schools: Mapping[str, School]
    zones: Mapping[str, Zone]
    children: tuple[Applicant, ...]

    @property
    def lead(self) -> Applicant:
        """The child that gives the party its id."""
        return self.children[0]

    @property
    def rule(self) -> str:
        """By which rule the home school is found (``Category.home``)."""
        return home_rules(self.policy)[self.lead.category]

    @property
    def overflow(self) -> bool:
        """Whether ``e_route: overflow`` holds."""
        return self.policy.switches.e_route == "overflow"

    @cached_property
    def home(self) -> str:
        """Id of the home school; may be empty."""
        return home_school(self.lead, self.rule, self.zones, overflow=self.overflow)

    @cached_property
    def first(self) -> str:
        """Id of the E school that ``e_route: overflow`` puts first in the diversion; empty otherwise."""
        first = overflow_school(self.lead, self.rule, self.zones, overflow=self.overflow)
        return first if first != self.home else ""

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """Section of the published plan by clause; empty where none is known."""
        return plan_sections(self.policy)

    def phase(self, label: str) -> Phase | None:
        """Return the phase that writes a value of the column ``phase``."""
        found = (section.phase for section in sections(self.policy) if label in (section.label, section.phase.phase_id))
        return next(found, None)

    def batches(self) -> BatchPhase | None:
        """Return the phase of batches, if there is one that holds the child's category."""
        found = [phase for phase in self.policy.phases if isinstance(phase, BatchPhase)]
        return next((phase for phase in found if self.lead.category in phase.categories), None)

    def receiving(self, phase: BatchPhase) -> tuple[str, ...]:
        """Return the schools that may receive the child when it is diverted, wishes left out of account."""
        return diversion_list(phase, self.home, (), self.first) if self.home else ()

    def listed(self, phase: BatchPhase) -> tuple[str, ...]:
        """Return the receiving list of the home school as the policy has it."""
        return receiving_list(phase, self.home) if self.home else ()

    def walk(self, phase: Phase) -> tuple[str, ...]:
        """Return the schools at which the child tries for a seat in a diversion or adjustment, in order."""
        if isinstance(phase, BatchPhase):
            return diversion_list(phase, self.home, self.lead.preferred_diversion, self.first) if self.home else ()
        assert isinstance(phase, AdjustmentPhase)
        if self.by_distance:
            return nearest_first(self.lead, [self.schools[school] for school in phase.schools])
        return phase.schools

    @property
    def by_distance(self) -> bool:
        """Whether the adjustment goes by this child's distances."""
        return self.policy.switches.adjust_by == "distance" and bool(self.lead.x)

    def capped(self, school: str) -> int:
        """Return the hard cap of a school where the policy lets twins exceed the plan up to it; 0 where it does not."""
        over_plan = self.policy.switches.bundle_at_cut == "over_plan"
        return self.schools[school].most if over_plan and len(self.children) > 1 else 0

    def offers(self, label: str) -> bool:
        """Whether a phase is a voluntary round over seats that the schools offer."""
        phase = self.phase(label)
        return isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left"

    def tiers(self, label: str) -> Sequence[Sequence[str]]:
        """Return the zones of a voluntary round by tier, first tier first."""
        phase = self.phase(label)
        return phase.tiers if isinstance(phase, DeferredAcceptancePhase) else ()

    def has_tier(self, phase: DeferredAcceptancePhase) -> bool:
        """Whether the zone to which the child counts may take part in a voluntary round."""
        zone = tier_zone(self.lead, self.zones, zone_of_school(self.zones))
        return not phase.tiers or zone in tier_of_zone(phase)
