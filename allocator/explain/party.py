"""What the family gave and where it lives: the child's own rows of ``inputs/``, and the policy of the run."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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
from allocator.reading.policy_file import parse_policy
from allocator.reading.scenarios import plan_sections

INPUTS = ("inputs/applicants.csv", "inputs/schools.csv", "inputs/zones.csv")
POLICY = "policy.yaml"
LISTS = ("voluntary_1", "voluntary_2", "preferred_diversion")


@dataclass(frozen=True)
class Party:
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
        for phase in self.policy.phases:
            labels = [f"{phase.phase_id}-{c}" for c in phase.categories] if isinstance(phase, BatchPhase) else []
            if label in (phase.phase_id, *labels):
                return phase
        return None

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


def read_party(raw: Mapping[str, bytes], ids: Collection[str]) -> Party | None:
    """Return the party of some children from the bytes of ``INPUTS`` and ``POLICY``; None where they do not say.

    Only the children's own rows are taken apart, so that a large roster costs no more than looking for them.

    Raises
    ------
    KeyError, ValueError, TypeError
        If a table is not as a run writes it.
    """
    policy, _ = parse_policy(raw[POLICY], POLICY)
    applicants, schools, zones = (raw[name].decode("utf-8").splitlines() for name in INPUTS)
    wanted = [line for line in applicants[1:] if any(name in line for name in ids)]
    children = [_applicant(row) for row in csv.DictReader([applicants[0], *wanted]) if row["applicant_id"] in ids]
    if policy is None or not children:
        return None
    found = {row["school_id"]: _school(row) for row in csv.DictReader(schools)}
    places = {row["zone"]: _zone(row) for row in csv.DictReader(zones)}
    return Party(policy, found, places, tuple(sorted(children)))


def _applicant(row: Mapping[str, str]) -> Applicant:
    cells: dict[str, Any] = {name: row.get(name, "") for name in Applicant._fields}
    return Applicant(**{**cells, **{name: _ids(cells[name]) for name in LISTS}})


def _school(row: Mapping[str, str]) -> School:
    external = row["jurisdiction"] == "external"
    cap = int(row["hard_cap"]) if row["hard_cap"] else None
    return School(row["school_id"], row["name"], external, int(row["plan"] or 0), cap, x=row["x"], y=row["y"])


def _zone(row: Mapping[str, str]) -> Zone:
    return Zone(row["zone"], row["school_id"], row["e_school_id"], _ids(row["dual_school_ids"]))


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()
