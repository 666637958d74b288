"""The schools at which a party tries for a seat after its own, and the seats kept from it (procedure.md 4, 8)."""

from __future__ import annotations

from allocator.domain import AdjustmentPhase, BatchPhase, District
from allocator.eligibility import diversion_list, home_rules, nearest_first, overflow_school
from allocator.record.queues import Queues
from allocator.record.sections import DIVERSION_STEP, HOME_STEP, Section, Stand, Timeline


class Walks:
    """Lists of schools of the diverted and the adjusted.

    Parameters
    ----------
    district : District
        Policy, schools and zones.
    timeline : Timeline
        Its sections.
    queues : Queues
        Who came where.
    """

    def __init__(self, district: District, timeline: Timeline, queues: Queues) -> None:
        self._district = district
        self._timeline = timeline
        self._queues = queues
        self._switches = district.policy.switches
        self._rules = home_rules(district.policy)

    def of(self, section: Section, stand: Stand) -> tuple[str, ...]:
        """Return the schools at which a party tries for a seat in a diversion or adjustment, in its order."""
        phase, lead = section.phase, stand.party.lead
        if isinstance(phase, AdjustmentPhase):
            if self._switches.adjust_by == "distance" and lead.x:
                return nearest_first(lead, [self._district.schools[s] for s in phase.schools])
            return phase.schools
        assert isinstance(phase, BatchPhase)
        overflow = self._switches.e_route == "overflow"
        first = overflow_school(lead, self._rules[lead.category], self._district.zones, overflow=overflow)
        return diversion_list(phase, stand.home, lead.preferred_diversion, first)

    def one_by_one(self, section: Section) -> bool:
        """Whether each party takes the first school with room; otherwise the least sum of distances decides."""
        return isinstance(section.phase, AdjustmentPhase) or self._switches.divert_assign == "serial_by_ticket"

    def kept(self, section: Section) -> dict[str, int]:
        """Return the seats by school that stay free for later batches' own children (``protect_local_demand: all``)."""
        kept: dict[str, int] = {}
        phase = section.phase
        if section.step != DIVERSION_STEP or self._switches.protect_local_demand == "none":
            return kept
        assert isinstance(phase, BatchPhase)
        later = phase.categories[phase.categories.index(section.category) + 1 :]
        for home in self._timeline.sections:
            if home.phase is phase and home.step == HOME_STEP and home.category in later:
                for school, stands in self._queues.came(home).items():
                    # Those whom an earlier section has seated by now need no seat kept.
                    waiting = sum(stand.party.size for stand in stands if stand.settled >= section.number)
                    kept[school] = kept.get(school, 0) + waiting
        return kept
