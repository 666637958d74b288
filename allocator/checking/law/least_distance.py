"""Rule of a diversion by least distance, proven without a solver (switch ``divert_assign: least_distance``).

The claimed assignment must place the most children without going over plan, at the least sum of size x distance in
whole metres, and be, among equals, the lexicographically best by the parties in order of ticket, each preferring the
earlier school of its receiving list.

Method. A child without a seat costs more than all distances together, so that placing more children always counts
first. Let every child of a bundle move alone: this only adds assignments, and a child of a bundle costs the same
wherever the others are. The relaxed problem is a transport problem; an assignment is optimal there exactly if no
exchange between schools, "no seat" and empty seats lowers the cost (no negative cycle in the residual graph; Ahuja,
Magnanti and Orlin 1993). So:

* an exchange that moves only children without a bundle and lowers the cost refutes the list;
* if no exchange at all lowers the cost, the list is optimal, bundles included, and the shortest-path prices show which
  moves an equally good assignment can use (those of reduced cost 0). A party can then have an earlier school, with
  all parties ahead of it staying, only if such moves of parties behind it lead from that school back to its own:
  if only children without a bundle move, that refutes the list, and if no such moves exist, the list is proven;
* otherwise bundles decide. The relaxed problem is solved by exchanges from the list on; its prices tell what every
  option loses against the bound, and no better assignment holds an option that loses more than the list as a whole.
  All assignments of the options left are searched; where these are too many, the batch is named as unproven.

So the verdict is exact wherever no bundle takes part, and wherever few options are left open by the bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from allocator.checking.law.case import Case, Step
from allocator.checking.law.exchanges import EMPTY, Exchange, exchange_graph, exchange_reaches, prices_or_exchange
from allocator.checking.law.exhaustive import BETTER, PROVEN, Destination, exhaustive_search
from allocator.checking.law.transport import NO_SCHOOL_NODE, Transport, transport_problem
from allocator.domain import BatchPhase

Better = tuple[str, int, int] | tuple[()] | None
"""Code, party and node of what is better; empty: proven best; None: neither."""


def judge_least_distance(case: Case, step: Step, ordered: Sequence[int], left: Callable[[str], int]) -> None:
    """The diversion is within the seats, and no other serves more children, or the same nearer, or earlier tickets."""
    _settle_open(case, step, ordered)
    problem = transport_problem(case, step, ordered, left)
    if not _within_seats(case, step, problem) or any(i in case.claims.open for i in ordered):
        return
    found = _refutation(problem)
    if found is None:
        case.unproven.append(step.name)
    elif found:
        _report(case, step, problem, found)


def _settle_open(case: Case, step: Step, ordered: Sequence[int]) -> None:
    """Settle open claims at the school wanted, where it is on the receiving list."""
    assert isinstance(step.phase, BatchPhase)
    for i in ordered:
        wanted = case.claims.open.get(i, "")
        listed = wanted in case.roster.receiving(step.phase, i) and not case.district.schools[wanted].external
        if listed and case.claims.is_open(i):
            case.settle(step, i, wanted)


def _within_seats(case: Case, step: Step, problem: Transport) -> bool:
    """A diversion by least distance never goes over plan."""
    used = {n: problem.children_at(n, problem.at) for n in range(1, len(problem.schools))}
    over = [n for n, children in used.items() if children > problem.seats[n]]
    for n in over:
        numbers = {"children": str(used[n]), "left": str(problem.seats[n])}
        clause, school = step.clause("no_room"), problem.schools[n]
        case.note("check.least_over_plan", clause, "", school, phase=step.name, **numbers)
    return not over


def _refutation(problem: Transport) -> Better:
    """Code, party and node of what is better than the list; empty if it is proven best; None if neither is."""
    nodes = len(problem.schools)
    _, cycle = prices_or_exchange(exchange_graph(problem.moves(bundles=False), problem.spare(), nodes))
    if cycle:
        return _improvement(problem, cycle)
    bound = relaxed_least_distance(problem)
    if bound is None or bound.gap:
        return None if bound is None else _by_search(problem, bound)
    first = _tie(problem, bound.prices, bundles=False)
    if first:
        return ("check.least_tie", *first)
    return _by_search(problem, bound) if _tie(problem, bound.prices, bundles=True) else ()


def _improvement(problem: Transport, cycle: list[tuple[int, int, Exchange]]) -> tuple[str, int, int]:
    """Name an exchange by a child that would get a seat, or by the one that gains the most metres."""
    arcs = [(x, y, move) for x, y, move in cycle if move.mover != EMPTY]
    unplaced = [(y, move) for x, y, move in arcs if x == NO_SCHOOL_NODE]
    if unplaced and not any(y == NO_SCHOOL_NODE for _, y, _ in arcs):
        return "check.least_fewer", unplaced[0][1].mover, unplaced[0][0]
    _, y, move = min(arcs, key=lambda arc: (arc[2].cost, arc[2].mover))
    return "check.least_farther", move.mover, y


def _tie(problem: Transport, prices: Sequence[int], bundles: bool) -> tuple[int, int] | tuple[()]:
    """First party by ticket that could have an earlier school at the same cost, only later parties moving.

    Arcs of later parties are added from the last party to the first, so that at a party's turn exactly those
    behind it may move.
    """
    arcs: dict[int, set[int]] = {n: set() for n in range(len(problem.schools))}
    for x in problem.spare():
        if prices[x] == prices[NO_SCHOOL_NODE]:
            arcs[x].add(NO_SCHOOL_NODE)
    arcs[NO_SCHOOL_NODE].update(n for n in range(1, len(prices)) if prices[n] == prices[NO_SCHOOL_NODE])
    found: tuple[int, int] | tuple[()] = ()
    for p in reversed(range(len(problem.parties))):
        options, here = problem.options[p], problem.at[p]
        if problem.sizes[p] > 1 and not bundles:
            continue
        tight = [n for n, c in options.items() if n != here and c - options[here] + prices[here] == prices[n]]
        earlier = list(options)[: list(options).index(here)]
        better = [n for n in earlier if n in tight and exchange_reaches(arcs, n, here)]
        found = (p, better[0]) if better else found
        arcs[here].update(tight)
    return found


def _by_search(problem: Transport, bound: Bound) -> Better:
    """Search all assignments that the bound allows, where bundles leave the matter open."""
    every = least_distance_options(problem, bound)
    free = [p for p, options in enumerate(every) if len(options) > 1]
    seats = list(problem.seats)
    for p in set(range(len(every))).difference(free):
        seats[problem.at[p]] -= problem.sizes[p]
    options, sizes, given = [every[p] for p in free], [problem.sizes[p] for p in free], [problem.at[p] for p in free]
    verdict, better = exhaustive_search(options, sizes, seats, given, bound.gap)
    if verdict != BETTER:
        return () if verdict == PROVEN else None
    at = list(problem.at)
    for p, node in zip(free, better, strict=True):
        at[p] = node
    return _compared(problem, at)


def _compared(problem: Transport, at: Sequence[int]) -> tuple[str, int, int]:
    """Name a better assignment by the party that gains the most, or by the first one where only tickets decide."""
    cost = [problem.options[p][at[p]] - problem.options[p][here] for p, here in enumerate(problem.at)]
    total = sum(size * c for size, c in zip(problem.sizes, cost, strict=True))
    if total == 0:
        p = next(p for p, here in enumerate(problem.at) if at[p] != here)
        return "check.least_tie", p, at[p]
    fewer = problem.children_at(NO_SCHOOL_NODE, at) < problem.children_at(NO_SCHOOL_NODE, problem.at)
    p = min(range(len(at)), key=lambda p: cost[p])
    return "check.least_fewer" if fewer else "check.least_farther", p, at[p]


def _report(case: Case, step: Step, problem: Transport, found: tuple[str, int, int]) -> None:
    """Report the better assignment by one of the children it serves better."""
    code, p, node = found
    school = problem.schools[problem.at[p]]
    better = problem.schools[node]
    case.report(code, step.clause("no_room"), problem.parties[p], school, phase=step.name, better=better)


ROUNDS = 400
"""Most exchanges made on the way from the list to the bound; a list farther away is not proven."""


class Bound(NamedTuple):
    """What the relaxed problem shows.

    Attributes
    ----------
    prices : list of int
        Price of every node; each child of the relaxed optimum stands where cost less price is least.
    gap : int
        Cost of the list less cost of the relaxed optimum.
    """

    prices: list[int]
    gap: int


def relaxed_least_distance(problem: Transport) -> Bound | None:
    """Solve the relaxed problem by cheaper and cheaper exchanges, starting from the list; None if they are too many."""
    single = _single(problem)
    gap, nodes = 0, len(problem.schools)
    for _ in range(ROUNDS):
        prices, cycle = prices_or_exchange(exchange_graph(single.moves(bundles=True), single.spare(), nodes))
        if not cycle:
            return Bound(prices, gap)
        for _, y, move in cycle:
            gap -= move.cost
            if move.mover != EMPTY:
                single.at[move.mover] = y
    return None


def _single(problem: Transport) -> Transport:
    """The same children, each a party of its own."""
    of = [p for p, size in enumerate(problem.sizes) for _ in range(size)]
    options, at = [problem.options[p] for p in of], [problem.at[p] for p in of]
    return Transport([problem.parties[p] for p in of], [1] * len(of), options, at, problem.seats, problem.schools)


def least_distance_options(problem: Transport, bound: Bound) -> list[list[Destination]]:
    """Options of every party that an assignment no worse than the list can hold.

    Such an assignment costs at least the bound and what its options lose: for a party, the size times the excess of
    cost less price over the least there is (weak duality: the price of a seat is never negative, and 0 where a seat
    is empty). So an option that loses more than the gap is in none.
    """
    found = []
    for size, options in zip(problem.sizes, problem.options, strict=True):
        least = min(cost - bound.prices[n] for n, cost in options.items())
        mine = [Destination(n, cost * size, (cost - bound.prices[n] - least) * size) for n, cost in options.items()]
        found.append([option for option in mine if option.loss <= bound.gap])
    return found
