"""Which schools any phase could give a party, whatever seats there are, and what they are to it (planning.md 2, 3).

All this depends on a few columns only; where the nearest schools of an adjustment list count, the place of the home is
needed as well, and that is left to ``allocator.checking.optimum.values``. Own schools go by their position in the order
of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from allocator.checking.parties import VERIFIED, Roster, bids_of_party, tier_of_party
from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    Phase,
    Planning,
    ReferralPhase,
)

COLUMNS = (
    "zone", "category", "registered_school", "voluntary_1", "voluntary_2", "open_choice", "preferential_school",
    "sibling_school", "status",
)  # fmt: skip
"""All columns that the reach can depend on, but for the place of the home."""

assert set(COLUMNS) <= set(Applicant._fields)


class Reach(NamedTuple):
    """What parties that agree in ``COLUMNS`` may get.

    Attributes
    ----------
    fixed : tuple of int
        Schools that they may get wherever they live, ascending.
    lists : tuple of str
        Ids of the adjustment phases whose lists give their nearest schools besides.
    closed : frozenset of int
        Schools that do not take their category.
    weights : Mapping[int, int]
        Weight of category and relation at the home school and at the schools chosen.
    usual : int
        The same at every other school.
    """

    fixed: tuple[int, ...]
    lists: tuple[str, ...]
    closed: frozenset[int]
    weights: Mapping[int, int]
    usual: int


def reach_of(roster: Roster, planning: Planning, own: Mapping[str, int], party: int) -> Reach:
    """Return the reach of a party and all that agree with it in ``COLUMNS``."""
    category, home = roster.children[party].category, roster.home[party]
    chosen: list[str] = []
    others: list[str] = []
    lists: list[str] = []
    for phase in _phases(roster, party):
        if isinstance(phase, AdjustmentPhase):
            if len(phase.schools) > planning.nearest:
                lists.append(phase.phase_id)
            else:
                others.extend(phase.schools)
        elif roster.children[party].status == VERIFIED:
            chosen.extend(_chosen(roster, phase, party))
            others.extend(_batch(roster, phase, party))
    closed = {own[s] for s, shut in planning.closed.items() if category in shut and s in own}
    fixed = sorted({own[s] for s in (*chosen, *others) if s in own} - closed)
    base = planning.category[category]
    weights = dict.fromkeys(_positions(own, chosen), base + planning.chosen)
    weights |= dict.fromkeys(_positions(own, (home,)), base + planning.home)
    return Reach(tuple(fixed), tuple(lists), frozenset(closed), weights, base + planning.diverted)


def _phases(roster: Roster, party: int) -> Iterator[Phase]:
    """Phases that can give the party anything: none behind a referral if it has no home school."""
    for phase in roster.policy.phases:
        if isinstance(phase, ReferralPhase) and not roster.home[party]:
            return
        yield phase


def _chosen(roster: Roster, phase: Phase, party: int) -> tuple[str, ...]:
    """Schools that a decision, an open choice or a ranked list names with effect; what is ignored names nothing."""
    kid = roster.children[party]
    if isinstance(phase, DecisionPhase):
        return (getattr(kid, phase.column),)
    if isinstance(phase, ChoicePhase):
        return (kid.open_choice,) if kid.category in phase.schools.get(kid.open_choice, ()) else ()
    if isinstance(phase, DeferredAcceptancePhase) and kid.category in phase.categories:
        return () if tier_of_party(roster, phase, party) is None else bids_of_party(roster, phase, party)
    return ()


def _batch(roster: Roster, phase: Phase, party: int) -> tuple[str, ...]:
    """Home school and receiving list, where the phase has a batch of the party's category."""
    home = roster.home[party]
    if not isinstance(phase, BatchPhase) or roster.children[party].category not in phase.categories or not home:
        return ()
    return (home, *roster.receiving(phase, party))


def _positions(own: Mapping[str, int], schools: Iterable[str]) -> list[int]:
    """Positions of those schools that are own ones."""
    return [own[s] for s in schools if s in own]
