"""The schools at which a party tries for a seat after its own, and the seats kept from it (procedure.md 4, 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat

from allocator.domain import AdjustmentPhase, BatchPhase, District
from allocator.eligibility import diversion_list, home_rules, overflow_school
from allocator.record.queues import Queues
from allocator.record.section import DIVERSION_STEP, HOME_STEP, Section, Stand, Timeline

PAIRS = 1_000_000
"""Distances that are in memory at a time."""


class Walks:
    """Lists of schools of the diverted and the adjusted.

    Parameters
    ----------
    district : District
        Policy, schools and zones.
    timeline : Timeline
        Its sections.
    """

    def __init__(self, district: District, timeline: Timeline) -> None:
        self._district = district
        self._timeline = timeline
        self._switches = district.policy.switches
        self._rules = home_rules(district.policy)

    def of(self, section: Section, stands: Sequence[Stand]) -> Iterator[tuple[str, ...]]:
        """Give for each party the schools at which it tries for a seat in a diversion or adjustment, in its order."""
        phase = section.phase
        if isinstance(phase, AdjustmentPhase):
            if self.by_distance(section):
                yield from self._nearest_first(phase.schools, stands)
            else:
                yield from repeat(phase.schools, len(stands))
            return
        assert isinstance(phase, BatchPhase)
        overflow = self._switches.e_route == "overflow"
        for stand in stands:
            lead = stand.party.lead
            first = overflow_school(lead, self._rules[lead.category], self._district.zones, overflow=overflow)
            yield diversion_list(phase, stand.home, lead.preferred_diversion, first)

    def by_distance(self, section: Section) -> bool:
        """Whether a section is an adjustment by distance."""
        return isinstance(section.phase, AdjustmentPhase) and self._switches.adjust_by == "distance"

    def _nearest_first(self, schools: tuple[str, ...], stands: Sequence[Stand]) -> Iterator[tuple[str, ...]]:
        """Give the schools by distance from each party's home; as listed for homes without a place."""
        import numpy as np  # only here: most policies sort no school by distance

        from allocator.eligibility import Nearest

        nearest = Nearest([self._district.schools[school] for school in schools])
        at_once = max(1, PAIRS // len(schools))
        for start in range(0, len(stands), at_once):
            leads = [stand.party.lead for stand in stands[start : start + at_once]]
            homes = list(dict.fromkeys((lead.x, lead.y) for lead in leads if lead.x))
            names = np.array(schools, dtype=object)[nearest.orders(homes)].tolist()
            walks = {home: tuple(order) for home, order in zip(homes, names, strict=True)}
            yield from (walks.get((lead.x, lead.y), schools) for lead in leads)

    def one_by_one(self, section: Section) -> bool:
        """Whether each party takes the first school with room; otherwise the least sum of distances decides."""
        return isinstance(section.phase, AdjustmentPhase) or self._switches.divert_assign == "serial_by_ticket"

    def kept(self, section: Section, queues: Queues) -> dict[str, int]:
        """Return the seats by school that stay free for later batches' own children (``protect_local_demand: all``).

        ``queues`` are all queues of the run: who came where.
        """
        kept: dict[str, int] = {}
        phase = section.phase
        if section.step != DIVERSION_STEP or self._switches.protect_local_demand == "none":
            return kept
        assert isinstance(phase, BatchPhase)
        later = phase.categories[phase.categories.index(section.category) + 1 :]
        for home in self._timeline.sections:
            if home.phase is phase and home.step == HOME_STEP and home.category in later:
                for school, stands in queues.came(home).items():
                    # Those whom an earlier section has seated by now need no seat kept.
                    waiting = sum(stand.party.size for stand in stands if stand.settled >= section.number)
                    kept[school] = kept.get(school, 0) + waiting
        return kept
