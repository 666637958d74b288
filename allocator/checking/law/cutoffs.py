"""The table of cut-offs, derived again from a list that the rules accept (public.md section 2).

A line tells of one school in one step: who asked for a seat there, in the order of the step, and what the list gave
them. Seats are counted as the steps go by, because only they say who was passed over at a cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, TypeAlias

from allocator.checking.distances import Plane, distance_squared
from allocator.checking.law.case import ADJUST, BIDS, CHOICE, DECISION, DIVERT, HOME, REFERRAL, Case, Step
from allocator.checking.law.proposals import proposals_of_step
from allocator.checking.law.rules import case_of_claims
from allocator.checking.parties import VERIFIED
from allocator.domain import (
    STATUSES,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Row,
)

CELLS = (
    "school_id", "phase", "step", "tier", "category", "wanted", "admitted", "draw_id", "last_ticket", "last_rank",
    "first_refused",
)  # fmt: skip
"""Heads of the columns."""
Tried: TypeAlias = Callable[[int, str], Iterable[str]]
"""The schools that a party came to in vain before the one that took it; empty text where none did."""
STEP_NAMES: Mapping[str, str] = {HOME: "home", DIVERT: "receiving"}


@dataclass(slots=True)
class SeatsAsked:
    """One order at one school, gone through from the first to the last.

    Attributes
    ----------
    case, step, school, draw
        Where it stands; ``draw`` is the id that its tickets are made of.
    tier, category : bool
        Whether the order has the tier, or the category, as a key.
    always : bool
        Whether the order is a draw whoever was admitted.
    wanted, admitted : int
        Children who asked for a seat so far, and who got one.
    last : (int, int) or None
        Party and rank of the last one admitted so far.
    refused : int or None
        The first party that got none.
    won, lost : set
        What counts before the ticket of those admitted, and of those who were not.
    """

    case: Case
    step: Step
    school: str
    draw: str
    tier: bool = False
    category: bool = False
    always: bool = False
    wanted: int = 0
    admitted: int = 0
    last: tuple[int, int] | None = None
    refused: int | None = None
    won: set[object] = field(default_factory=set)
    lost: set[object] = field(default_factory=set)

    def ask(self, party: int, rank: int, before: object = 0) -> bool:
        """Count a party that asks for a seat, and return whether the list gives it one here."""
        size, given = self.case.roster.size(party), self.case.claims.takes(party, self.step.position, self.school)
        self.wanted += size
        if given:
            self.admitted += size
            self.last = party, rank
        elif self.refused is None:
            self.refused = party
        (self.won if given else self.lost).add(before)
        return given

    def cells(self) -> tuple[str, ...]:
        """Return the line."""
        last, rank = self.last or (None, 0)
        held = self.always or not self.won.isdisjoint(self.lost)
        return (
            self.school, self.step.name, STEP_NAMES.get(self.step.kind, ""), self._tier(last), self._category(last),
            str(self.wanted), str(self.admitted), self.draw if held else "",
            self._ticket(last), str(rank) if rank else "", self._ticket(self.refused),
        )  # fmt: skip

    def _tier(self, last: int | None) -> str:
        """Tier of the last admitted, 1 first, where the order has tiers."""
        if last is None or not self.tier:
            return ""
        assert isinstance(self.step.phase, DeferredAcceptancePhase)
        roster = self.case.roster
        return str(roster.tiers(self.step.phase)[roster.claim_zone(last)] + 1)

    def _category(self, last: int | None) -> str:
        return "" if last is None or not self.category else self.case.roster.children[last].category

    def _ticket(self, party: int | None) -> str:
        """The ticket of a party as it is written."""
        if party is None:
            return ""
        return self.case.lottery.written(self.draw, self.case.roster.children[party].applicant_id)


def cutoffs_by_list(district: District, rows: Sequence[Row], source: bytes) -> list[tuple[str, ...]]:
    """Return the lines of ``cutoffs.csv``, each with its eleven cells, for a list in which the rules find no fault.

    Parameters
    ----------
    district : District
        Policy, schools, zones and roster.
    rows : sequence of Row
        The list, in any order.
    source : bytes
        The transcript's bytes, or ``trial|N``.
    """
    case = case_of_claims(district, source, rows)
    found: list[tuple[int, str, int, tuple[str, ...]]] = []
    names = list(dict.fromkeys(step.name for step in case.steps if step.name))
    for step in case.steps:
        _take_out(case, step)
        here = QUEUES[step.kind](case, step) if step.kind in QUEUES else ()
        found += [(names.index(step.name), t.school, step.position, t.cells()) for t in here if t.wanted]
        for school, children in case.claims.placed(step.position).items():
            case.seats.take(school, children)
        if isinstance(step.phase, DeferredAcceptancePhase):
            case.seats.release(step.phase.seats)
    return [line for *_, line in sorted(found)]


def _take_out(case: Case, step: Step) -> None:
    """Whoever awaits a ruling stands in no order after the step that sent it there: a decision, or the referral."""
    if step.kind not in (DECISION, REFERRAL):
        return
    kids, column = case.roster.children, step.phase.column if isinstance(step.phase, DecisionPhase) else ""
    for i in case.claims.present(sorted(case.claims.ruling), step.position):
        named = column and kids[i].status == VERIFIED and getattr(kids[i], column)
        if named or (step.kind == REFERRAL and not case.roster.home[i]):
            case.claims.rule(i, step.position, "")


def _choices(case: Case, step: Step) -> Iterator[SeatsAsked]:
    """Everybody who chose a school open to its category, by category and ticket."""
    assert isinstance(step.phase, ChoicePhase)
    kids, choosers = case.roster.children, dict[str, list[int]]()
    for i in case.claims.present(case.roster.filled("open_choice"), step.position):
        if kids[i].status == VERIFIED and kids[i].category in step.phase.schools.get(kids[i].open_choice, ()):
            choosers.setdefault(kids[i].open_choice, []).append(i)
    for school, parties in choosers.items():
        tally = SeatsAsked(case, step, school, f"{step.phase.draw}/{school}", category=True)
        rank = {i: case.roster.rank[kids[i].category] for i in parties}
        for place, i in enumerate(_in_order(tally, parties, rank), start=1):
            tally.ask(i, place, rank[i])
        yield tally


def _in_order(tally: SeatsAsked, parties: Iterable[int], before: Mapping[int, Any]) -> list[int]:
    """The parties by what counts before the ticket, then by ticket."""
    return sorted(parties, key=lambda i: (before[i], tally.case.ticket(tally.draw, i)))


def _bids(case: Case, step: Step) -> Iterator[SeatsAsked]:
    """Who proposed to a school: who names it and got no school that stands before it on the own list."""
    assert isinstance(step.phase, DeferredAcceptancePhase)
    phase, bidding, switches = step.phase, proposals_of_step(case, step), case.district.policy.switches
    tier = "tier" in phase.order and bool(phase.tiers) and switches.tiers != "pooled"
    category = "category" in phase.order or switches.tier_inner == "by_category"
    got = {i: case.claims.school[i] for i in bidding.lists if case.claims.step[i] == step.position}
    for school, bidders in bidding.bidders.items():
        tally = SeatsAsked(case, step, school, f"{phase.draw}/{school}", tier, category)
        key, places = bidding.before_ticket(school), bidding.places
        before = {i: key(i) for i in bidders}
        for rank, i in enumerate(_in_order(tally, bidders, before), start=1):
            if i not in got or places[i][got[i]] >= places[i][school]:
                tally.ask(i, rank, before[i])
        yield tally


def _home(case: Case, step: Step) -> Iterator[SeatsAsked]:
    """A batch at each home school; whoever finds too few seats at its turn is passed over."""
    assert isinstance(step.phase, BatchPhase)
    for school, batch in case.roster.verified.get(step.category, {}).items():
        if not school:
            continue
        tally = SeatsAsked(case, step, school, f"{step.phase.draw}-{step.category}/{school}")
        parties, left = case.claims.present(batch, step.position), case.seats.left(school)
        for rank, i in enumerate(_in_order(tally, parties, dict.fromkeys(parties, 0)), start=1):
            if tally.ask(i, rank):
                left -= case.roster.size(i)
            elif left > 0:
                case.passed_over.add(i)
        yield tally


def _diversion(case: Case, step: Step) -> Iterator[SeatsAsked]:
    """The diverted of a batch at each school that they come to on the way to the one that takes them."""
    assert isinstance(step.phase, BatchPhase)
    phase, roster, draw = step.phase, case.roster, f"{step.phase.divert_draw}-{step.category}"
    by_home = roster.verified.get(step.category, {})
    diverted = [i for home, batch in by_home.items() if home for i in case.claims.present(batch, step.position)]
    by_sum = case.district.policy.switches.divert_assign == "least_distance"
    ordered = sorted(diverted, key=lambda i: (by_sum or i not in case.passed_over, case.ticket(draw, i)))

    def _tried(i: int, taken: str) -> Iterable[str]:
        listed = roster.receiving(phase, i)
        if by_sum:  # whoever has a seat was refused no other: the sum decided
            return () if taken else listed
        own = [school for school in roster.children[i].preferred_diversion if school in listed]
        return takewhile(lambda school: school != taken, dict.fromkeys((*own, *listed)))

    yield from _on_the_way(case, step, ordered, draw, _tried)


def _adjustment(case: Case, step: Step) -> Iterator[SeatsAsked]:
    """Everyone still without a seat, by status, category and ticket, along the list or by distance."""
    assert isinstance(step.phase, AdjustmentPhase)
    draw, roster, schools = step.phase.draw, case.roster, step.phase.schools
    status = {name: n for n, name in enumerate(STATUSES)}
    rank = [(status[kid.status], roster.rank[kid.category]) for kid in roster.children]
    parties = case.claims.present(roster.parties, step.position)
    ordered = sorted(parties, key=lambda i: (rank[i], case.ticket(draw, i)))
    tried = _listed(schools)
    if case.district.policy.switches.adjust_by == "distance":
        tried = _nearer(case, schools, ordered)
    yield from _on_the_way(case, step, ordered, draw, tried, category=True)


def _listed(schools: tuple[str, ...]) -> Tried:
    """The schools of the list before the one taken."""
    return lambda _, taken: takewhile(lambda school: school != taken, schools)


def _nearer(case: Case, schools: tuple[str, ...], parties: Sequence[int]) -> Tried:
    """The schools nearer than the one taken, ties by id; those without a place come last, in the order of the list."""
    kids = case.roster.children
    near = [case.district.schools[s] for s in schools if case.district.schools[s].x]
    plane = Plane([*near, *(kids[i] for i in parties if kids[i].x)])
    points = {school.school_id: plane.point(school) for school in near}
    listed, far = _listed(schools), _listed(tuple(s for s in schools if s not in points))

    def _tried(i: int, taken: str) -> Iterable[str]:
        if not kids[i].x:
            return listed(i, taken)
        home = plane.point(kids[i])
        if taken not in points:
            return (*points, *far(i, taken))
        most = distance_squared(home, points[taken]), taken
        return [school for school, point in points.items() if (distance_squared(home, point), school) < most]

    return _tried


def _on_the_way(
    case: Case, step: Step, ordered: Sequence[int], draw: str, tried: Tried, *, category: bool = False
) -> Iterable[SeatsAsked]:
    """Every school that somebody came to in vain or that took somebody."""
    found: dict[str, SeatsAsked] = {}
    for rank, i in enumerate(ordered, start=1):
        taken = case.claims.school[i] if case.claims.step[i] == step.position else ""
        for school in (*tried(i, taken), *((taken,) if taken else ())):
            if school not in found:
                found[school] = SeatsAsked(case, step, school, draw, category=category, always=True)
            found[school].ask(i, rank)
    return found.values()


QUEUES: Mapping[str, Callable[[Case, Step], Iterable[SeatsAsked]]] = {
    CHOICE: _choices, BIDS: _bids, HOME: _home, DIVERT: _diversion, ADJUST: _adjustment,
}  # fmt: skip
"""The orders of every kind of step; the other steps have none."""
