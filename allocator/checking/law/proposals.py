"""Deferred acceptance: the bidding of one phase and its student-optimal matching (procedure.md section 4, P6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from allocator.checking.law.case import Case, Step
from allocator.checking.parties import VERIFIED, bids_of_party, tier_of_party
from allocator.domain import DeferredAcceptancePhase


@dataclass(slots=True)
class Bidding:
    """Bidders and pools of one phase.

    Attributes
    ----------
    lists : dict[int, tuple of str]
        Ranked schools of every party that takes part.
    size : dict[int, int]
        Its children.
    pools : dict[str, int]
        Seats of every school.
    bidders : dict[str, list of int]
        Who names a school.
    places : dict[int, dict[str, int]]
        Place of each school in a party's list, the first being 0.
    """

    case: Case
    step: Step
    lists: dict[int, tuple[str, ...]]
    size: dict[int, int]
    pools: dict[str, int]
    bidders: dict[str, list[int]]
    places: dict[int, dict[str, int]]
    _ranks: dict[str, Mapping[int, int]] = field(default_factory=dict)

    def rank(self, school: str) -> Mapping[int, int]:
        """Place of every bidder in a school's order, the first being 0."""
        assert isinstance(self.step.phase, DeferredAcceptancePhase)
        if school not in self._ranks:
            before, draw = self.before_ticket(school), f"{self.step.phase.draw}/{school}"
            ordered = sorted(self.bidders[school], key=lambda i: (before(i), self.case.ticket(draw, i)))
            self._ranks[school] = {i: n for n, i in enumerate(ordered)}
        return self._ranks[school]

    def before_ticket(self, school: str) -> Callable[[int], tuple[object, ...]]:
        """What counts before a party's ticket in a school's order; those alike in it are equals."""
        return _before_ticket(self.case, self.step, school)

    def contested(self, school: str) -> bool:
        """Whether not everyone who names the school would fit."""
        return sum(self.size[i] for i in self.bidders[school]) > self.pools[school]


def proposals_of_step(case: Case, step: Step) -> Bidding:
    """Who takes part in a phase, by the list's claims, and which seats it fills."""
    assert isinstance(step.phase, DeferredAcceptancePhase)
    phase, roster = step.phase, case.roster
    lists: dict[int, tuple[str, ...]] = {}
    for i in case.claims.present(roster.filled(phase.column), step.position):
        kid = roster.children[i]
        if kid.status == VERIFIED and kid.category in phase.categories and tier_of_party(roster, phase, i) is not None:
            lists[i] = bids_of_party(roster, phase, i)
    bidders: dict[str, list[int]] = {}
    for i, schools in lists.items():
        for school in schools:
            bidders.setdefault(school, []).append(i)
    pools = {s: case.seats.pool(s, phase.seats) for s in bidders}
    places = {i: {school: place for place, school in enumerate(schools)} for i, schools in lists.items()}
    return Bidding(case, step, lists, {i: roster.size(i) for i in lists}, pools, bidders, places)


BidKey = Callable[[Case, DeferredAcceptancePhase, str, int], object]


def _tier(case: Case, phase: DeferredAcceptancePhase, school: str, party: int) -> object:
    return 0 if case.district.policy.switches.tiers == "pooled" else tier_of_party(case.roster, phase, party)


def _category(case: Case, phase: DeferredAcceptancePhase, school: str, party: int) -> object:
    return case.roster.rank[case.roster.children[party].category]


def _sibling(case: Case, phase: DeferredAcceptancePhase, school: str, party: int) -> object:
    return case.roster.children[party].sibling_school != school


def _walk_zone(case: Case, phase: DeferredAcceptancePhase, school: str, party: int) -> object:
    return case.district.zones[case.roster.children[party].zone].school_id != school


BEFORE_TICKET: Mapping[str, BidKey] = {
    "tier": _tier, "sibling": _sibling, "walk_zone": _walk_zone, "category": _category,
}  # fmt: skip
"""Value of a party by every key of an order but the ticket; the smaller one comes first."""


def _before_ticket(case: Case, step: Step, school: str) -> Callable[[int], tuple[object, ...]]:
    """The phase's keys of a party at a school, switches ``tiers`` and ``tier_inner`` applied."""
    assert isinstance(step.phase, DeferredAcceptancePhase)
    phase = step.phase
    keys = [BEFORE_TICKET[key] for key in phase.order if key != "ticket"]
    if case.district.policy.switches.tier_inner == "by_category":
        keys.append(_category)
    return lambda party: tuple([key(case, phase, school, party) for key in keys])


def student_optimal_proposals(bidding: Bidding) -> dict[int, str]:
    """School of every party that gets one in the student-optimal stable matching (Gale and Shapley 1962).

    A school holds, in its order, every party while a seat of the pool is left before it; so among those who have
    come, the last one goes as soon as the others fill the pool. The result does not depend on who proposes first.

    Why: whoever comes can only push back those behind, so a school never wants again whom it let go (its choice is
    substitutable, bundles included). Then nobody is let go by a school that some stable matching gives him: the first
    one for whom that were untrue would have been pushed out by parties who prefer the school to all that they can
    get, and these would block that matching (Gale and Shapley 1962, theorem 2; Roth 1984).
    """
    held: dict[str, list[tuple[int, int]]] = {s: [] for s in bidding.bidders}
    children = dict.fromkeys(bidding.bidders, 0)
    ranks = {
        s: bidding.rank(s) if bidding.contested(s) else dict.fromkeys(who, 0) for s, who in bidding.bidders.items()
    }
    step = dict.fromkeys(bidding.lists, 0)
    waiting = list(bidding.lists)
    while waiting:
        i = waiting.pop()
        if step[i] == len(bidding.lists[i]):
            continue
        school = bidding.lists[i][step[i]]
        heappush(held[school], (-ranks[school][i], i))
        children[school] += bidding.size[i]
        waiting.extend(_released(held[school], children, school, bidding, step))
    return {i: bidding.lists[i][n] for i, n in step.items() if n < len(bidding.lists[i])}


def _released(
    heap: list[tuple[int, int]], children: dict[str, int], school: str, bidding: Bidding, step: dict[int, int]
) -> list[int]:
    """Let go the last ones for whom no seat is left before them."""
    gone = []
    while heap and children[school] - bidding.size[heap[0][1]] >= bidding.pools[school]:
        _, worst = heappop(heap)
        children[school] -= bidding.size[worst]
        step[worst] += 1
        gone.append(worst)
    return gone
