"""The order of each school in a deferred-acceptance phase: one table of its keys (procedure.md section 4, P6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from allocator.domain import COLUMN_OF_KEY, TICKET, DeferredAcceptancePhase, Ints
from allocator.eligibility import (
    Instance,
    instance_named_school,
    instance_tiers,
    instance_zone_schools,
    keys_before_ticket,
)
from allocator.procedure.state import Lots, entries_by_school


class Entries(NamedTuple):
    """All entries of the ranked lists of a phase.

    Attributes
    ----------
    phase : DeferredAcceptancePhase
        The phase.
    instance : Instance
        The district as arrays.
    lots : Lots
        Gives the order in each draw.
    parties : (k,) int64
        Who bids.
    bidder, school : (entries,) int64
        Whose entry it is, as a place in ``parties``, and at which school.
    """

    phase: DeferredAcceptancePhase
    instance: Instance
    lots: Lots
    parties: Ints
    bidder: Ints
    school: Ints


def _tier(entries: Entries) -> Ints:
    return instance_tiers(entries.instance, entries.phase, entries.parties)[entries.bidder]


def _category(entries: Entries) -> Ints:
    category: Ints = entries.instance.category[entries.parties[entries.bidder]]
    return category


def _sibling(entries: Entries) -> Ints:
    named = instance_named_school(entries.instance, COLUMN_OF_KEY["sibling"])[entries.parties[entries.bidder]]
    elsewhere: Ints = (named != entries.school).astype(np.int64)
    return elsewhere


def _walk_zone(entries: Entries) -> Ints:
    nearby = instance_zone_schools(entries.instance, entries.parties)[entries.bidder]
    elsewhere: Ints = (nearby != entries.school).astype(np.int64)
    return elsewhere


def _ticket(entries: Entries) -> Ints:
    phase, instance = entries.phase, entries.instance
    ticket = np.zeros(len(entries.bidder), dtype=np.int64)
    for s, here in entries_by_school(entries.school):
        drawing = entries.parties[entries.bidder[here]]
        ticket[here] = entries.lots.rank(f"{phase.draw}/{instance.school_ids[s]}", drawing)
    return ticket


KEYS: Mapping[str, Callable[[Entries], Ints]] = {
    "tier": _tier, "sibling": _sibling, "walk_zone": _walk_zone, "category": _category, TICKET: _ticket,
}  # fmt: skip
"""Value of every key of ``ORDER_KEYS`` for each entry; the smaller one comes first."""


def school_keys(entries: Entries) -> list[Ints]:
    """Return the keys of every entry in its school's order, the first counts first, the ticket last (C093, C094)."""
    before = keys_before_ticket(entries.phase, entries.instance.district.policy.switches)
    return [KEYS[key](entries) for key in (*before, TICKET)]
