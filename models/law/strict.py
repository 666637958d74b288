"""The strict model, phase by phase: each phase's solution is an input of the next, never the procedure's.

Every phase and step is a model of its own whose solution is proven unique, so the whole list is unique by induction.
Nothing here is shared with the procedure but the domain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from operator import attrgetter

from ortools.sat.python import cp_model

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    STATUSES,
    UNPLACED,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Phase,
    ReferralPhase,
    Row,
)
from allocator.models.law.bids import Bid
from allocator.models.law.cut import Comer, SchoolSeats, solve_cut
from allocator.models.law.least_distance import Diverted, solve_least_distance
from allocator.models.law.school_orders import school_order, school_order_before_ticket
from allocator.models.law.stability import solve_stable
from allocator.models.parties import (
    Party,
    lots_of_parties,
    parties_of,
    party_adjust_routes,
    party_divert_route,
    party_route_metres,
    receiving_list_of_party,
    tier_of_child,
)
from allocator.models.solver import solve_unique


@dataclass(slots=True)
class Solution:
    """What the phases solved so far say.

    Attributes
    ----------
    open : dict of str to Party
        Parties without an outcome, by name.
    rows : list of Row
        Those of the children of the others.
    seated : Counter
        Children by school.
    aside : Counter
        Seats still set aside by school.
    """

    district: District
    open: dict[str, Party]
    rows: list[Row] = field(default_factory=list)
    seated: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)

    def left(self, school: str) -> int:
        """Plan minus seated minus set aside; 0 at an external school."""
        there = self.district.schools[school]
        return 0 if there.external else there.plan - self.seated[school] - self.aside[school]

    def seats(self, school: str, kept: int = 0) -> SchoolSeats:
        """What the cut needs to know of a school (switch ``bundle_at_cut``); ``kept`` seats stay free."""
        there = self.district.schools[school]
        most = 0 if there.external else there.most
        over_plan = self.district.policy.switches.bundle_at_cut == "over_plan"
        under_cap = most - self.seated[school] - self.aside[school] if over_plan else -1
        return SchoolSeats(self.left(school) - kept, under_cap)

    def close(self, party: Party, school: str, phase: str, outcome: str, draw: str = "") -> None:
        """Write a party's outcome and count its children."""
        del self.open[party.name]
        self.rows += [Row(member, school, phase, outcome, draw) for member in party.members]
        if outcome != EXTERNAL and school:
            self.seated[school] += party.size

    def verified(self) -> list[Party]:
        """Verified parties without an outcome."""
        return [party for party in self.open.values() if party.child.status == STATUSES[0]]


def run_strict(district: District, progress: Callable[[str], None] = lambda _: None) -> tuple[Row, ...]:
    """Return the rows of ``assignment.csv`` as the constraints determine them; clauses stay empty.

    Parameters
    ----------
    progress : callable
        Told the id of each phase as it begins.

    Raises
    ------
    ValueError
        If the district has no draw.
    DisagreementError
        If some phase has no solution, or more than one.
    """
    if district.draw is None:
        raise ValueError("Expected a district with a draw.")
    solution = Solution(district, {party.name: party for party in parties_of(district)})
    for phase in district.policy.phases:
        if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
            solution.aside.update({s.school_id: s.offered(phase.seats) for s in district.schools.values()})
    for phase in district.policy.phases:
        progress(phase.phase_id)
        solve_strict_phase(phase, solution)
    for party in list(solution.open.values()):
        solution.close(party, "", "", UNPLACED)
    return tuple(sorted(solution.rows, key=attrgetter("applicant_id")))


@singledispatch
def solve_strict_phase(phase: Phase, solution: Solution) -> None:
    """Solve one phase; the kinds are registered below."""
    raise TypeError(f"Expected a phase, found {type(phase).__name__}.")


@solve_strict_phase.register
def _export(phase: ExportPhase, solution: Solution) -> None:
    """Parties whose home school is external leave (C091)."""
    for party in list(solution.open.values()):
        if party.home and solution.district.schools[party.home].external:
            solution.close(party, party.home, "", EXTERNAL)


@solve_strict_phase.register
def _referral(phase: ReferralPhase, solution: Solution) -> None:
    """Parties without a home school need a ruling (C007)."""
    for party in list(solution.open.values()):
        if not party.home:
            solution.close(party, "", "", NEEDS_RULING)


@solve_strict_phase.register
def _decision(phase: DecisionPhase, solution: Solution) -> None:
    """All whom decisions name for a school are placed there exactly if they fit; otherwise none (C109, C116, C117)."""
    named: dict[str, list[Party]] = defaultdict(list)
    for party in solution.verified():
        if school := getattr(party.child, phase.column):
            named[school].append(party)
    model = cp_model.CpModel()
    placed = {school: strictly_all_or_none(model, group, solution.left(school)) for school, group in named.items()}
    values = solve_unique(model, list(placed.values()), phase.phase_id)
    for (school, group), fits in zip(named.items(), values, strict=True):
        for party in group:
            if fits:
                solution.close(party, school, phase.phase_id, ADMITTED)
            else:
                solution.close(party, "", "", NEEDS_RULING)


def strictly_all_or_none(model: cp_model.CpModel, group: Sequence[Party], left: int) -> cp_model.IntVar:
    """Placed <=> the children of the group fit into the seats left."""
    placed = model.new_bool_var("")
    children = sum(party.size for party in group)
    demand = model.new_constant(children)
    model.add(demand <= left).only_enforce_if(placed)
    model.add(demand >= left + 1).only_enforce_if(~placed)
    return placed


@solve_strict_phase.register
def _choice(phase: ChoicePhase, solution: Solution) -> None:
    """At each Zone-wide school the cut in the order category, ticket (C089)."""
    by_school: dict[str, list[Party]] = defaultdict(list)
    for party in solution.verified():
        if party.child.category in phase.schools.get(party.child.open_choice, ()):
            by_school[party.child.open_choice].append(party)
    for school, group in sorted(by_school.items()):
        draw = f"{phase.draw}/{school}"
        ticket = lots_of_parties(solution.district, draw)
        group.sort(key=lambda party: (party.rank, ticket(party.name)))
    _cut_at_one_school(phase.phase_id, f"{phase.draw}/", by_school, solution, lambda party: party.child.category)


@solve_strict_phase.register
def _voluntary(phase: DeferredAcceptancePhase, solution: Solution) -> None:
    """The student-optimal stable matching within the pools; then seats set aside return (C092, C095, C097)."""
    bidders = [party for party in solution.verified() if _bids(phase, solution.district, party)]
    bids = [Bid(party.name, party.size, getattr(party.child, phase.column)) for party in bidders]
    by_school: dict[str, list[Party]] = defaultdict(list)
    for party in bidders:
        for school in getattr(party.child, phase.column):
            by_school[school].append(party)
    orders = {school: school_order(phase, solution.district, school, group) for school, group in by_school.items()}
    offered = {
        s: solution.left(s) if phase.seats == "left" else solution.district.schools[s].offered(phase.seats)
        for s in by_school
    }
    held = solve_stable(bids, orders, offered, phase.phase_id)
    refused = _refused(phase, solution.district, bidders, held)
    for party in bidders:
        if school := held.get(party.name, ""):
            is_drawn = school_order_before_ticket(phase, solution.district, school, party) in refused[school]
            solution.close(party, school, phase.phase_id, ADMITTED, f"{phase.draw}/{school}" * is_drawn)
    if phase.seats != "left":
        solution.aside.subtract({s.school_id: s.offered(phase.seats) for s in solution.district.schools.values()})


def _bids(phase: DeferredAcceptancePhase, district: District, party: Party) -> bool:
    """Whether a party takes part."""
    child = party.child
    return (
        bool(getattr(child, phase.column))
        and child.category in phase.categories
        and tier_of_child(district, phase, child) is not None
    )


def _refused(
    phase: DeferredAcceptancePhase, district: District, bidders: Sequence[Party], held: dict[str, str]
) -> dict[str, set[tuple[int, ...]]]:
    """By school what counted before the tickets of those it refused: a party proposes down to the school it holds."""
    refused: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for party in bidders:
        for school in getattr(party.child, phase.column):
            if school == held.get(party.name):
                break
            refused[school].add(school_order_before_ticket(phase, district, school, party))
    return refused


@solve_strict_phase.register
def _batches(phase: BatchPhase, solution: Solution) -> None:
    """Each batch at home, then its diversion; or all batches at home first (C057, C063; switch ``receiving_order``)."""
    if solution.district.policy.switches.receiving_order == "locals_all_first":
        passed = {category: _at_home(phase, category, solution) for category in phase.categories}
        for category in phase.categories:
            _divert(phase, category, solution, passed[category])
    else:
        for category in phase.categories:
            _divert(phase, category, solution, _at_home(phase, category, solution))


def _batch(solution: Solution, category: str) -> list[Party]:
    """The batch: verified, of the category, with a home school, without a seat."""
    return [f for f in solution.verified() if f.child.category == category and f.home]


def _at_home(phase: BatchPhase, category: str, solution: Solution) -> set[str]:
    """Step 1: the cut at each home school by ticket (C058-C060); returns those passed over while seats were left."""
    by_school: dict[str, list[Party]] = defaultdict(list)
    for party in _batch(solution, category):
        by_school[party.home].append(party)
    for school, group in by_school.items():
        ticket = lots_of_parties(solution.district, f"{phase.draw}-{category}/{school}")
        group.sort(key=lambda party: ticket(party.name))
    return _cut_at_one_school(f"{phase.phase_id}-{category}", f"{phase.draw}-{category}/", by_school, solution)


def _cut_at_one_school(
    label: str, draw: str, by_school: dict[str, list[Party]], solution: Solution,
    before_ticket: Callable[[Party], str] = lambda party: "",
) -> set[str]:  # fmt: skip
    """Solve the cut where each party comes to one school only; returns the parties passed over.

    A draw was held among those who are alike in ``school_order_before_ticket`` if some of them are admitted and some
    are not.
    """
    seats = {school: solution.seats(school) for school in by_school}
    order = [(school, party) for school in sorted(by_school) for party in by_school[school]]
    held = solve_cut([Comer(party.size, [school]) for school, party in order], seats, f"{label} step 1")
    refused = {(school, before_ticket(f)) for (school, f), seat in zip(order, held, strict=True) if not seat}
    passed: set[str] = set()
    inside: Counter[str] = Counter()
    for (school, party), seat in zip(order, held, strict=True):
        if seat:
            inside[school] += party.size
            is_drawn = (school, before_ticket(party)) in refused
            solution.close(party, school, label, ADMITTED, f"{draw}{school}" if is_drawn else "")
        elif inside[school] < seats[school].free:
            passed.add(party.name)
    return passed


def _divert(phase: BatchPhase, category: str, solution: Solution, passed: set[str]) -> None:
    """Step 2: the diverted of all schools in one order, passed over first, then by ticket (C061, C062)."""
    district = solution.district
    draw = f"{phase.divert_draw}-{category}"
    ticket = lots_of_parties(district, draw)
    group = sorted(_batch(solution, category), key=lambda f: (f.name not in passed, ticket(f.name)))
    routes = [party_divert_route(district, phase, party) for party in group]
    kept = _later_locals(phase, category, solution)
    seats = {s: solution.seats(s, kept[s]) for s in sorted({school for route in routes for school in route})}
    label = f"{phase.phase_id}-{category}"
    if district.policy.switches.divert_assign == "least_distance":
        held = _by_least_distance(phase, group, seats, district, ticket, label)
    else:
        held = solve_cut([Comer(f.size, r) for f, r in zip(group, routes, strict=True)], seats, f"{label} step 2")
    for party, school in zip(group, held, strict=True):
        if school:
            solution.close(party, school, label, DIVERTED, draw)


def _later_locals(phase: BatchPhase, category: str, solution: Solution) -> Counter[str]:
    """Children of later batches by home school, if their seats are protected (switch ``protect_local_demand``)."""
    kept: Counter[str] = Counter()
    if solution.district.policy.switches.protect_local_demand == "all":
        later = phase.categories[phase.categories.index(category) + 1 :]
        for party in solution.verified():
            if party.child.category in later and party.home:
                kept[party.home] += party.size
    return kept


def _by_least_distance(
    phase: BatchPhase, group: Sequence[Party], seats: dict[str, SchoolSeats], district: District,
    ticket: Callable[[str], tuple[str, str]], label: str,
) -> list[str]:  # fmt: skip
    """Solve step 2 by distance, parties in order of ticket, and return schools in the order of ``group``.

    Here the receiving list alone counts, not the party's own order (procedure.md section 8).
    """
    by_ticket = sorted(range(len(group)), key=lambda i: ticket(group[i].name))
    routes = [receiving_list_of_party(district, phase, party) for party in group]
    far = party_route_metres(district, group, routes)
    diverted = [Diverted(group[i].size, routes[i], far[i]) for i in by_ticket]
    free = {school: there.free for school, there in seats.items()}
    held = solve_least_distance(diverted, free, f"{label} step 2")
    return [school for _, school in sorted(zip(by_ticket, held, strict=True))]


@solve_strict_phase.register
def _adjustment(phase: AdjustmentPhase, solution: Solution) -> None:
    """Everyone without a seat, by status, category, ticket: the first school of the list with room (C065)."""
    district = solution.district
    ticket = lots_of_parties(district, phase.draw)
    group = sorted(solution.open.values(), key=lambda f: (STATUSES.index(f.child.status), f.rank, ticket(f.name)))
    routes = party_adjust_routes(district, phase.schools, group)
    comers = [Comer(party.size, route) for party, route in zip(group, routes, strict=True)]
    seats = {school: solution.seats(school) for school in phase.schools}
    for party, school in zip(group, solve_cut(comers, seats, phase.phase_id), strict=True):
        if school:
            solution.close(party, school, phase.phase_id, ADJUSTED, phase.draw)
