"""The readings of the policy that bear on a child: each switch, where its value is not the usual one and it counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from allocator.domain import SWITCHES
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


def switches_told(party: KnownParty, events: Sequence[Event], words: StoryWords) -> Iterator[str]:
    """Give a line for every switch that bears on the child and has another value than the first one."""
    for name, values in SWITCHES.items():
        value = getattr(party.policy.switches, name)
        if value != values[0] and COUNTS[name](party, events, words):
            yield words.say(f"switch.{name}.{value}")
