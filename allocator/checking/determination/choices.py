"""Choices as the roster has them: what a family may not choose is left out (section 3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.checking.determination.case import ChildCase
from allocator.domain import Applicant, ChoicePhase, DeferredAcceptancePhase, Policy, Zone

_CHOOSERS = frozenset("ABCD")
"""Categories that may register at a dual school and bid in voluntary rounds."""


class Choices:
    """What a policy lets be chosen.

    Parameters
    ----------
    policy : Policy
        Its phases name the voluntary rounds and the schools of open choice.
    zones : Mapping[str, Zone]
        By id.
    """

    def __init__(self, policy: Policy, zones: Mapping[str, Zone]) -> None:
        self._zones = zones
        self._zone_of_school = {zones[name].school_id: name for name in sorted(zones, reverse=True)}
        self._rounds = {p.column: p for p in policy.phases if isinstance(p, DeferredAcceptancePhase)}
        self._open = {school for p in policy.phases if isinstance(p, ChoicePhase) for school in p.schools}

    def applicant(self, case: ChildCase) -> Applicant:
        """Return the row of the roster; whatever was given and is left out raises ``choice_dropped``."""
        child = case.child
        registered = self._registered(case)
        first = self._bids(case, registered, self._rounds.get("voluntary_1"), child.voluntary_1)
        second = self._bids(case, registered, self._rounds.get("voluntary_2"), child.voluntary_2)
        chosen = child.open_choice if child.open_choice in self._open else ""
        kept = (registered, first, second, chosen)
        given = (child.registered_school or registered, child.voluntary_1, child.voluntary_2, child.open_choice)
        if kept != given:
            case.flags.add("choice_dropped")
        return Applicant(
            applicant_id=child.applicant_id,
            zone=case.zone,
            category=case.category,
            registered_school=registered,
            voluntary_1=first,
            voluntary_2=second,
            open_choice=chosen,
            bundle=case.bundle,
            preferential_school=case.preferential_school,
            sibling_school=case.sibling_school,
            status=case.status,
            preferred_diversion=child.preferred_diversion,
            x=child.x,
            y=child.y,
        )

    def _registered(self, case: ChildCase) -> str:
        """School at which the child counts as registered: in a dual zone one of its schools, else none."""
        zone, given = self._zones[case.zone], case.child.registered_school
        if case.category not in _CHOOSERS or not zone.dual_school_ids:
            return ""
        if given in (zone.school_id, *zone.dual_school_ids):
            return given
        case.flags.add("dual_default")
        return zone.school_id

    def _bids(
        self, case: ChildCase, registered: str, phase: DeferredAcceptancePhase | None, given: Iterable[str]
    ) -> tuple[str, ...]:
        """Schools of a voluntary round that the child may name, in its order, each once."""
        if phase is None or case.category not in _CHOOSERS or not self._is_tier(case.zone, registered, phase):
            return ()
        own = self._zones[case.zone].school_id
        return tuple(dict.fromkeys(school for school in given if school in phase.schools and school != own))

    def _is_tier(self, zone: str, registered: str, phase: DeferredAcceptancePhase) -> bool:
        """Whether the zone to which the child counts is named by the round; none named: every zone is."""
        if registered and self._zones[zone].school_id != registered:
            zone = self._zone_of_school.get(registered, zone)
        return not phase.tiers or any(zone in tier for tier in phase.tiers)
