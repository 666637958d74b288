"""To which schools a party comes in a section, and its tier in a voluntary round (procedure.md section 4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeAlias

from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    ReferralPhase,
)
from allocator.eligibility import VERIFIED, may_bid, may_choose, tier_of_zone, tier_zone, zone_of_school
from allocator.record.section import HOME_STEP, Section, Stand, section_refers

Comes: TypeAlias = Callable[[Any, Section, Stand], tuple[str, ...]]

OF_NO_SCHOOL = ("",)
"""Stands in a queue that belongs to no school: a referral, a diversion, an adjustment."""


class Coming:
    """Where parties come, given that they were not settled before.

    Parameters
    ----------
    district : District
        Policy and zones.
    sections : collection of Section
        The sections that matter, in order.
    """

    def __init__(self, district: District, sections: Collection[Section]) -> None:
        kinds: dict[type, Comes] = {
            ExportPhase: self._exported,
            DecisionPhase: self._decided,
            ReferralPhase: self._referred,
            ChoicePhase: self._chosen,
            DeferredAcceptancePhase: self._bid,
            BatchPhase: self._batched,
            AdjustmentPhase: self._left_over,
        }
        self._zones = district.zones
        phases = district.policy.phases
        self._tiers = {p.phase_id: tier_of_zone(p) for p in phases if isinstance(p, DeferredAcceptancePhase)}
        self._zone_of_school = zone_of_school(district.zones)
        self._sections = {
            c.category_id: [(s, kinds[type(s.phase)]) for s in sections if s.category in {"", c.category_id}]
            for c in district.policy.categories
        }

    def places(self, stand: Stand) -> Iterator[tuple[Section, str]]:
        """Give section and school wherever a party comes until it is settled; no school where the queue has none."""
        for section, schools in self._sections[stand.party.lead.category]:
            if section.number > stand.settled:
                return
            for school in schools(section.phase, section, stand):
                yield section, school

    def tier(self, phase: DeferredAcceptancePhase, child: Applicant) -> int:
        """Return the tier of a child in a voluntary round, 0 first; 0 for everyone where there are no tiers."""
        return self._tiers[phase.phase_id].get(self._tier_zone(child), 0)

    def _tier_zone(self, child: Applicant) -> str:
        """Return the zone to which a child counts in tiers."""
        return tier_zone(child, self._zones, self._zone_of_school)

    def _exported(self, phase: ExportPhase, section: Section, stand: Stand) -> tuple[str, ...]:
        return (stand.home,) if stand.settled == section.number else ()

    def _decided(self, phase: DecisionPhase, section: Section, stand: Stand) -> tuple[str, ...]:
        lead = stand.party.lead
        return (getattr(lead, phase.column),) if section_refers(phase, lead, stand.home) else ()

    def _referred(self, phase: ReferralPhase, section: Section, stand: Stand) -> tuple[str, ...]:
        return OF_NO_SCHOOL if stand.settled == section.number else ()

    def _chosen(self, phase: ChoicePhase, section: Section, stand: Stand) -> tuple[str, ...]:
        lead = stand.party.lead
        return (lead.open_choice,) if lead.open_choice and may_choose(lead, phase) else ()

    def _bid(self, phase: DeferredAcceptancePhase, section: Section, stand: Stand) -> tuple[str, ...]:
        lead = stand.party.lead
        choices: tuple[str, ...] = getattr(lead, phase.column)
        tiers = self._tiers[phase.phase_id]
        if choices and may_bid(lead, phase) and (not tiers or self._tier_zone(lead) in tiers):
            return choices
        return ()

    def _batched(self, phase: BatchPhase, section: Section, stand: Stand) -> tuple[str, ...]:
        if stand.party.lead.status != VERIFIED or not stand.home:
            return ()
        return (stand.home,) if section.step == HOME_STEP else OF_NO_SCHOOL

    def _left_over(self, phase: AdjustmentPhase, section: Section, stand: Stand) -> tuple[str, ...]:
        return OF_NO_SCHOOL
