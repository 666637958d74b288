"""The opening of a round as constraints: the phase's own, on what is true now (office-procedure.md section 9.3).

Each opening is made of the models of the law: decisions all or none, the cut, the stable matching of ranked lists.
Their solutions are proven unique there. The seats they fill are those left now, after every event so far and by the
book's own state. Beside seats an opening fixes claims and queues, by which seats freed later are filled (section 10).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import singledispatch
from typing import TypeAlias

from ortools.sat.python import cp_model

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    NEEDS_RULING,
    STATUSES,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
)
from allocator.models.book.rounds import CaseRound, RoundPhase
from allocator.models.book.state import (
    NO_BATCH,
    OPENED,
    WAITING,
    CaseParty,
    CaseQueue,
    CaseSeat,
    CaseState,
    RoundProgress,
)
from allocator.models.law.bids import Bid
from allocator.models.law.cut import Comer, solve_cut
from allocator.models.law.school_orders import school_order, school_order_before_ticket
from allocator.models.law.stability import solve_stable
from allocator.models.law.strict import strictly_all_or_none
from allocator.models.parties import party_adjust_routes, party_divert_route, tier_of_child
from allocator.models.solver import solve_unique

Groups: TypeAlias = dict[str, list[CaseParty]]
"""Parties by the school they come to, in order."""


def solve_round(state: CaseState, rnd: CaseRound) -> None:
    """Give the seats of a round, fix its claims and queues, and refer those without a home school where that is due."""
    solve_opening(rnd.phase, rnd, state)
    state.begun[rnd.name] = RoundProgress(OPENED)
    if rnd.refers:
        for one in list(state.parties.values()):
            if one.standing == WAITING and not one.party.home and not one.p9_only:
                state.put(one.but(standing=NEEDS_RULING))


@singledispatch
def solve_opening(phase: RoundPhase, rnd: CaseRound, state: CaseState) -> None:
    """Solve the opening of one round; the kinds of phases are registered below."""
    raise TypeError(f"Expected a phase, found {type(phase).__name__}.")


def _entrants(state: CaseState) -> list[CaseParty]:
    """Who may take part in a round before adjustment."""
    parties = state.parties.values()
    return [one for one in parties if one.standing == WAITING and one.verified and not one.p9_only]


def _claim(state: CaseState, rnd: CaseRound, one: CaseParty, schools: Sequence[str]) -> CaseParty:
    """Write what a party claims in a round; returns the party."""
    claiming = one.but(claims={**one.claims, rnd.name: tuple(schools)})
    state.put(claiming)
    return claiming


@solve_opening.register
def _decisions(phase: DecisionPhase, rnd: CaseRound, state: CaseState) -> None:
    """All whom decisions name for a school are placed there exactly if they fit; otherwise none (C109, C116, C117)."""
    named: Groups = defaultdict(list)
    for one in _entrants(state):
        if school := getattr(one.child, phase.column):
            named[school].append(one)
    model = cp_model.CpModel()
    placed = [strictly_all_or_none(model, [one.party for one in group], state.left(s)) for s, group in named.items()]
    for (school, group), fits in zip(named.items(), solve_unique(model, placed, rnd.name), strict=True):
        for one in group:
            seat = CaseSeat(school, rnd.name, rnd.label, ADMITTED)
            state.put(one.seated(seat) if fits else one.but(standing=NEEDS_RULING))


@solve_opening.register
def _choices(phase: ChoicePhase, rnd: CaseRound, state: CaseState) -> None:
    """At each Zone-wide school the cut in the order category, ticket (C089)."""
    groups: Groups = defaultdict(list)
    for one in _entrants(state):
        school = one.child.open_choice
        if one.child.category in phase.schools.get(school, ()):
            groups[school].append(_claim(state, rnd, one, [school]))
    for school, group in groups.items():
        ticket = state.lot(f"{phase.draw}/{school}")
        group.sort(key=lambda one: (one.party.rank, ticket(one.party.name)))
        state.queues[rnd.name, school] = CaseQueue(_names(group))
    _cut(state, rnd, phase.draw, groups, lambda one: one.party.rank)


def _names(group: Iterable[CaseParty]) -> tuple[str, ...]:
    return tuple(one.party.name for one in group)


def _cut(
    state: CaseState, rnd: CaseRound, draw: str, groups: Mapping[str, Sequence[CaseParty]],
    alike: Callable[[CaseParty], int],
) -> set[str]:  # fmt: skip
    """Solve the cut where each party comes to one school only; returns those passed over while seats were left.

    A draw was held among those who are equal in ``alike`` if some of them are admitted and some are not.
    """
    seats = {school: state.seats(school, state.left(school)) for school in groups}
    order = [(school, one) for school in sorted(groups) for one in groups[school]]
    held = solve_cut([Comer(one.party.size, [school]) for school, one in order], seats, f"{rnd.name} step 1")
    refused = {(school, alike(one)) for (school, one), seat in zip(order, held, strict=True) if not seat}
    passed: set[str] = set()
    inside: Counter[str] = Counter()
    for (school, one), seat in zip(order, held, strict=True):
        if seat:
            inside[school] += one.party.size
            draw_id = f"{draw}/{school}" if (school, alike(one)) in refused else ""
            state.put(one.seated(CaseSeat(school, rnd.name, rnd.label, ADMITTED, draw_id)))
        elif inside[school] < seats[school].free:
            passed.add(one.party.name)
    return passed


@solve_opening.register
def _voluntary(phase: DeferredAcceptancePhase, rnd: CaseRound, state: CaseState) -> None:
    """The student-optimal stable matching within the pools (C092, C095, C097)."""
    bidders = [_claim(state, rnd, one, named) for one in _entrants(state) if (named := opening_bids(state, phase, one))]
    bids = [Bid(one.party.name, one.party.size, one.claims[rnd.name]) for one in bidders]
    groups: Groups = defaultdict(list)
    for one in bidders:
        for school in one.claims[rnd.name]:
            groups[school].append(one)
    district = state.season.district
    orders = {
        s: school_order(phase, district, s, [one.party for one in group], lots=state.lot) for s, group in groups.items()
    }
    pools = {s: district.schools[s].offered(rnd.offered) if rnd.offered else state.left(s) for s in groups}
    held = solve_stable(bids, orders, pools, rnd.name)
    refused = {(s, key) for s, group in groups.items() for key in _refused(state, phase, rnd, s, group, held)}
    for school, order in orders.items():
        state.queues[rnd.name, school] = CaseQueue(tuple(order))
    for one in bidders:
        if school := held.get(one.party.name, ""):
            is_drawn = (school, school_order_before_ticket(phase, district, school, one.party)) in refused
            draw_id = f"{phase.draw}/{school}" if is_drawn else ""
            state.put(one.seated(CaseSeat(school, rnd.name, rnd.label, ADMITTED, draw_id)))


def opening_bids(state: CaseState, phase: DeferredAcceptancePhase, party: CaseParty) -> list[str]:
    """Return a party's bids in a round; none where it is no bidder; one at the school of its present zone lapses."""
    if not is_opening_bidder(state, phase, party):
        return []
    own = "" if phase.own_zone_choice else state.season.district.zones[party.child.zone].school_id
    return [school for school in getattr(party.child, phase.column) if school != own]


def is_opening_bidder(state: CaseState, phase: DeferredAcceptancePhase, party: CaseParty) -> bool:
    """Whether a party's category and counting zone may bid."""
    return (
        party.child.category in phase.categories
        and tier_of_child(state.season.district, phase, party.child) is not None
    )


def _refused(
    state: CaseState, phase: DeferredAcceptancePhase, rnd: CaseRound, school: str, group: Sequence[CaseParty],
    held: Mapping[str, str],
) -> set[tuple[int, ...]]:  # fmt: skip
    """What counted before the tickets of those a school refused: a party proposes down to the school it holds."""
    found = set()
    for one in group:
        schools = one.claims[rnd.name]
        reached = schools.index(held[one.party.name]) if one.party.name in held else len(schools)
        if schools.index(school) < reached:
            found.add(school_order_before_ticket(phase, state.season.district, school, one.party))
    return found


@solve_opening.register
def _batch(phase: BatchPhase, rnd: CaseRound, state: CaseState) -> None:
    """The batch at home, carried parties before all others, then its diversion (C057 to C063, Q-23)."""
    group = [one for one in _entrants(state) if one.party.home and _in_batch(one, rnd.category)]
    group = [_claim(state, rnd, one, _route(state, phase, one)) for one in group]
    draw, divert = f"{phase.draw}-{rnd.category}", f"{phase.divert_draw}-{rnd.category}"
    groups: Groups = defaultdict(list)
    for one in group:
        groups[one.party.home].append(one)
    for school, locals_ in groups.items():
        ticket = state.lot(f"{draw}/{school}")
        locals_.sort(key=lambda one: (_carried(one), ticket(one.party.name)))
    passed = _cut(state, rnd, draw, groups, _carried)
    ticket = state.lot(divert)
    group.sort(key=lambda one: (one.party.name not in passed, _carried(one), ticket(one.party.name)))
    _queue(state, rnd, groups, group)
    _divert(state, rnd, divert, [one for one in group if state.parties[one.party.name].standing == WAITING])
    for one in group:
        if one.target:
            state.put(state.parties[one.party.name].but(target=NO_BATCH))


def _in_batch(one: CaseParty, category: str) -> bool:
    """Whether a party is of a batch: carried to it, or of its category and carried nowhere."""
    return (one.target or one.child.category) == category


def _carried(one: CaseParty) -> int:
    """Place before the ticket in a batch: carried parties by category, then all others."""
    return one.party.rank if one.target else NOT_CARRIED


NOT_CARRIED = 1_000
"""After every category."""


def _route(state: CaseState, phase: BatchPhase, one: CaseParty) -> list[str]:
    """Home school, then where a party of the batch is diverted to."""
    return [one.party.home, *party_divert_route(state.season.district, phase, one.party)]


def _queue(state: CaseState, rnd: CaseRound, groups: Groups, group: Sequence[CaseParty]) -> None:
    """Fix the queue at every school of a batch: those at home there, then the others in the order of diversion."""
    others: dict[str, list[str]] = defaultdict(list)
    for one in group:
        for school in one.claims[rnd.name][1:]:
            others[school].append(one.party.name)
    for school in {*groups, *others}:
        state.queues[rnd.name, school] = CaseQueue(_names(groups.get(school, ())), tuple(others.get(school, ())))


def _divert(state: CaseState, rnd: CaseRound, draw: str, group: Sequence[CaseParty]) -> None:
    """Step 2: the diverted of all schools in one order."""
    routes = [one.claims[rnd.name][1:] for one in group]
    schools = sorted({school for route in routes for school in route})
    seats = {school: state.seats(school, state.left(school) - state.protected(school, rnd)) for school in schools}
    comers = [Comer(one.party.size, route) for one, route in zip(group, routes, strict=True)]
    for one, school in zip(group, solve_cut(comers, seats, f"{rnd.name} step 2"), strict=True):
        if school:
            state.put(one.seated(CaseSeat(school, rnd.name, rnd.label, DIVERTED, draw)))


@solve_opening.register
def _adjustment(phase: AdjustmentPhase, rnd: CaseRound, state: CaseState) -> None:
    """Everyone who waits: first those owed a seat, then by status, category, ticket (C065, Q-35)."""
    ticket = state.lot(phase.draw)
    group = [one for one in state.parties.values() if one.standing == WAITING]
    order = STATUSES.index
    group.sort(key=lambda one: (not one.first, order(one.child.status), one.party.rank, ticket(one.party.name)))
    lists = party_adjust_routes(state.season.district, phase.schools, [one.party for one in group])
    routes = [_from_first(one.school_first, schools) for one, schools in zip(group, lists, strict=True)]
    comers = [Comer(one.party.size, route) for one, route in zip(group, routes, strict=True)]
    schools = sorted({school for route in routes for school in route})
    seats = {school: state.seats(school, state.left(school)) for school in schools}
    for one, school in zip(group, solve_cut(comers, seats, rnd.name), strict=True):
        if school:
            state.put(one.seated(CaseSeat(school, rnd.name, phase.phase_id, ADJUSTED, phase.draw)))


def _from_first(first: str, schools: Sequence[str]) -> Sequence[str]:
    """Put a school before the adjustment list, where one is tried first."""
    return [first, *(school for school in schools if school != first)] if first else schools
