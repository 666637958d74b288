"""What the family gave, and what became of it: home, registered school, status, and each of its wishes.

Then the readings of the policy that bear on a child: each switch, where its value is not the usual one and it counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from allocator.domain import (
    ADMITTED,
    DIVERTED,
    NEEDS_RULING,
    SWITCHES,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    Phase,
)
from allocator.eligibility import VERIFIED, may_bid, may_choose
from allocator.explanation.party import KnownParty
from allocator.explanation.story.words import StoryWords
from allocator.record import Event

Counts = Callable[[KnownParty, Sequence[Event], StoryWords], bool]


def _of_kind(kind: str) -> Counts:
    """Whether the child came to a phase of a kind."""
    return lambda party, events, words: any(words.kind(event.phase) == kind for event in events)


def _several(party: KnownParty, events: Sequence[Event], words: StoryWords) -> bool:
    return len(party.children) > 1


def _by_e_school(party: KnownParty, events: Sequence[Event], words: StoryWords) -> bool:
    return party.rule == "e_school"


def _diverted(party: KnownParty, events: Sequence[Event], words: StoryWords) -> bool:
    return any(event.step == 2 for event in events)


def _has_lot(party: KnownParty, events: Sequence[Event], words: StoryWords) -> bool:
    return any(event.draw_id for event in events)


COUNTS: Mapping[str, Counts] = {
    "bundle_at_cut": _several, "tier_inner": _of_kind("deferred_acceptance"), "tiers": _of_kind("deferred_acceptance"),
    "e_route": _by_e_school, "receiving_order": _diverted, "protect_local_demand": _diverted, "ticket_scope": _has_lot,
    "adjust_by": _of_kind("adjustment"), "divert_assign": _diverted,
}  # fmt: skip
"""For every switch whether it bears on what happened to a child."""


def switches_on_wishes(party: KnownParty, events: Sequence[Event], words: StoryWords) -> Iterator[str]:
    """Give a line for every switch that bears on the child and has another value than the first one."""
    for name, values in SWITCHES.items():
        value = getattr(party.policy.switches, name)
        if value != values[0] and COUNTS[name](party, events, words):
            yield words.say(f"switch.{name}.{value}")


DIVERSION = 2
"""Step of a batch in which children are diverted."""


class Wishes:
    """The part of an explanation that is about the family."""

    def __init__(self, party: KnownParty, events: Sequence[Event], words: StoryWords) -> None:
        self._party = party
        self._events = events
        self._words = words

    def facts(self) -> Iterator[str]:
        """Give zone, home school, registered school and status, one sentence each."""
        say, lead = self._words.say, self._party.lead
        yield say("zone", zone=self._words.zone(lead.zone))
        yield self._home()
        if lead.registered_school:
            yield say("registered", school=self._words.school(lead.registered_school))
        if self._party.first:
            yield say("overflow", school=self._words.school(self._party.first))
        yield say(f"status_is.{lead.status}")

    def _home(self) -> str:
        """Return the sentence about the home school."""
        home = self._party.home
        if not home:
            return self._words.say("home.none")
        external = self._party.schools[home].external
        return self._words.say("home.external" if external else "home", school=self._words.school(home))

    def wishes(self) -> Iterator[str]:
        """Give a line for each wish or decision of the family and what became of it."""
        lead = self._party.lead
        for phase in self._party.policy.phases:
            if isinstance(phase, DecisionPhase) and getattr(lead, phase.column):
                school = getattr(lead, phase.column)
                yield self._wish("wish.decision", phase, school, "", self._decided(phase))
            if isinstance(phase, ChoicePhase) and lead.open_choice:
                yield self._wish("wish", phase, lead.open_choice, "", self._chosen(phase))
            if isinstance(phase, DeferredAcceptancePhase):
                for number, school in enumerate(getattr(lead, phase.column), start=1):
                    yield self._wish("wish.choice", phase, school, str(number), self._bid(phase, school))
        for number, school in enumerate(lead.preferred_diversion, start=1):
            name, fate = self._words.school(school), self._diversion(school)
            yield self._words.say("wish.diversion", number=number, school=name, fate=self._fate(fate))
        if not lead.preferred_diversion and self._diverted():
            yield self._words.say("wish.none")

    def place_on_list(self, phase: Phase, school: str) -> str:
        """Return where a school that received the child stood: among its wishes, or on the receiving list."""
        party = self._party
        if not isinstance(phase, BatchPhase) or not party.home:
            return ""
        wishes = [one for one in party.lead.preferred_diversion if one in party.receiving(phase)]
        if school in wishes:
            return self._words.say("place_on.wish", place=party.lead.preferred_diversion.index(school) + 1)
        home = self._words.school(party.home)
        if school == party.first:
            return self._words.say("place_on.overflow", home=home)
        listed = party.receiving(phase)
        if school not in listed:
            return ""
        return self._words.say("place_on.list", home=home, place=listed.index(school) + 1, count=len(listed))

    def _wish(self, code: str, phase: Phase, school: str, number: str, fate: str) -> str:
        """Return the line of one wish."""
        name = self._words.phase(phase.phase_id)
        words = {"phase": name, "school": self._words.school(school), "fate": self._fate(fate), "number": number}
        return self._words.say(code, **words)

    def _fate(self, code: str) -> str:
        """Return what became of a wish, in words."""
        home = self._words.school(self._party.home) if self._party.home else ""
        return self._words.say(f"fate.{code}", home=home, taken=self._words.school(self._seat().school))

    def _seat(self) -> Event:
        """Return the last event, that of the seat where there is one."""
        return self._events[-1]

    def _result(self, label: str, school: str = "") -> str:
        """Return what happened in a phase, at a school if one is named; empty where nothing did."""
        found = [e.result for e in self._events if e.phase == label and (not school or e.school == school)]
        return found[-1] if found else ""

    def _unheard(self, phase: Phase) -> str:
        """Return why nothing happened in a phase: not verified, or a seat before it, or no part in it."""
        if self._party.lead.status != VERIFIED:
            return "not_verified"
        if self._words.kind(self._seat().phase) == "export":
            return "external"
        if not self._settled_before(phase):
            return "no_part"
        return "after_ruling" if self._seat().result == NEEDS_RULING else "settled"

    def _settled_before(self, phase: Phase) -> bool:
        """Whether the child had its seat before a phase began."""
        order = [one.phase_id for one in self._party.policy.phases]
        seated = self._party.phase(self._seat().phase)
        return seated is not None and order.index(seated.phase_id) < order.index(phase.phase_id)

    def _decided(self, phase: DecisionPhase) -> str:
        """What became of a decision."""
        result = self._result(phase.phase_id)
        return {ADMITTED: "got", NEEDS_RULING: "ruling"}.get(result) or self._unheard(phase)

    def _chosen(self, phase: ChoicePhase) -> str:
        """What became of an open choice."""
        if result := self._result(phase.phase_id):
            return "got" if result == ADMITTED else "refused"
        lead = self._party.lead
        closed = lead.status == VERIFIED and not may_choose(lead, phase)
        return "category" if closed else self._unheard(phase)

    def _bid(self, phase: DeferredAcceptancePhase, school: str) -> str:
        """What became of one choice of a voluntary round."""
        if result := self._result(phase.phase_id, school):
            return "got" if result == ADMITTED else "refused"
        if self._result(phase.phase_id) == ADMITTED:
            return "better"
        lead = self._party.lead
        barred = lead.status == VERIFIED and not (may_bid(lead, phase) and self._party.has_tier(phase))
        return "no_part" if barred else self._unheard(phase)

    def _diversion(self, school: str) -> str:
        """What became of one wish for the diversion."""
        phase, lead = self._party.batches(), self._party.lead
        if lead.status != VERIFIED:
            return "not_verified"
        if self._words.kind(self._seat().phase) == "export":
            return "external"
        if phase is None:
            return "no_batch"
        if not self._diverted() and self._seat().result == NEEDS_RULING:
            return "after_ruling"
        if not self._party.home:
            return "no_home"
        if school not in self._party.receiving(phase):
            return "own_school" if school == self._party.home else "not_listed"
        return self._listed_wish(phase, school)

    def _listed_wish(self, phase: BatchPhase, school: str) -> str:
        """What became of a wish that stands on the receiving list."""
        steps = self._diverted()
        if not steps:
            return "not_diverted"
        if self._party.policy.switches.divert_assign == "least_distance":
            return "got_by_distance" if self._got(steps, school) else "distance"
        if self._got(steps, school):
            return "got"
        tried = {event.school for event in steps} | {one for event in steps for one in event.schools}
        return "full" if school in tried else "earlier"

    def _diverted(self) -> list[Event]:
        """Return what happened in a diversion."""
        return [event for event in self._events if event.step == DIVERSION]

    def _got(self, steps: Sequence[Event], school: str) -> bool:
        """Whether a diversion gave the school."""
        return any(event.result == DIVERTED and event.school == school for event in steps)
