"""What no way to give extra seats can make better under the rules, given the lots (docs/where-to-add-seats.md).

Decisions, open choices and rounds with seats of their own come before the batches, and extra seats change their results
at a few schools only: those that decisions and choices name too often. For every number of extra seats there, these
phases are run with the lots as they are; the rest is a flow over those who wait then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from allocator.domain import (
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Ints,
    Mask,
    Phase,
    ReferralPhase,
    School,
)
from allocator.eligibility import instance_named_school, may_choose
from allocator.models.extra_seats.program import SeatsProgram, Vector, program_of_rules, without_diversions
from allocator.models.extra_seats.search import Settled, search_fewest_units, search_seat_flow
from allocator.models.limit import Limit
from allocator.planning.draws import RULING, SEATED, simulation_outcome
from allocator.planning.extra_seats.rules_judge import RulesJudge
from allocator.procedure import Lots, State, run_phase

MOST_RUNS = 600
"""Runs of the early phases; where there would be more, the flow over all parties has to do."""

_NAMED = ExportPhase | DecisionPhase | ReferralPhase | ChoicePhase


@dataclass(frozen=True, slots=True)
class Late:
    """What the early phases leave over in one draw.

    Attributes
    ----------
    program : SeatsProgram
        Those who wait, the seats that are left, the phases to come.
    settled : Vector
        Outcome of all others.
    lost : bool
        Whether the goal of the fewest seats is missed whatever comes.
    """

    program: SeatsProgram
    settled: Vector
    lost: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """One possibility: extra seats at the schools on which the early phases depend.

    Attributes
    ----------
    least : (m,) int64
        These seats, 0 elsewhere.
    open : (m,) bool
        Schools that may get seats besides.
    draws : tuple of Late
        What follows in each draw.
    """

    least: Ints
    open: Mask
    draws: tuple[Late, ...]


def branches_of_bound(
    judge: RulesJudge, where: Mask, step: int, seats: int, over: Callable[[], bool]
) -> tuple[Branch, ...]:
    """Return the branches that together cover every way to give so many seats; none where they would be too many.

    Parameters
    ----------
    judge : RulesJudge
        The district under its draws.
    where : (m,) bool
        Schools that may get seats.
    step, seats : int
        Seats of one unit, and most seats in all.
    over : callable
        Whether to end the work; then there are no branches.
    """
    early, late = _parted(judge.lists.district.policy.phases)
    needs = _needs(judge, early)
    numbers = []
    for place, need in enumerate(needs.tolist()):
        top = -(-need // step) * step if where[place] else 0
        numbers.append(range(0, min(top, seats // step * step) + 1, step))
    count = 1
    for choices in numbers:
        count *= len(choices)
    if count * len(judge.lots) > MOST_RUNS:
        return ()
    branches = []
    for least in product(*numbers):
        if over():
            return ()
        if sum(least) <= seats:
            at = np.array(least, dtype=np.int64)
            draws = tuple(_late(judge, at, lots, early, late) for lots in judge.lots)
            branches.append(Branch(at, where & (at >= needs), draws))
    return tuple(branches)


def _parted(phases: Sequence[Phase]) -> tuple[list[Phase], list[Phase]]:
    """Phases that extra seats hardly change: first those that name one school, then rounds with seats of their own."""
    at = 0
    while at < len(phases) and isinstance(phases[at], _NAMED):
        at += 1
    while at < len(phases) and (_own_seats(phases[at]) or isinstance(phases[at], ExportPhase | ReferralPhase)):
        at += 1
    return list(phases[:at]), list(phases[at:])


def _own_seats(phase: Phase) -> bool:
    return isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left"


def _aside(judge: RulesJudge, phases: Sequence[Phase]) -> Ints:
    """Seats set aside for rounds among some phases, by school of the instance."""
    aside = np.zeros(len(judge.instance.plan), dtype=np.int64)
    for phase in phases:
        if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
            aside += judge.instance.offered(phase.seats)
    return aside


def _needs(judge: RulesJudge, early: Sequence[Phase]) -> Ints:
    """Extra seats with which all who are named for a school early on fit for certain, by own school.

    As all fit there, more seats change nothing in these phases.
    """
    instance, wanted = judge.instance, np.zeros(len(judge.instance.plan), dtype=np.int64)
    for phase in early:
        if isinstance(phase, DecisionPhase):
            named = instance_named_school(instance, phase.column)
            parties = np.flatnonzero((named >= 0) & (instance.status == 0))
        elif isinstance(phase, ChoicePhase):
            named = instance_named_school(instance, "open_choice")
            chosen = [may_choose(instance.leads[i], phase) for i in np.flatnonzero(named >= 0).tolist()]
            parties = np.flatnonzero(named >= 0)[np.array(chosen, dtype=bool)]
        else:
            continue
        wanted += np.bincount(named[parties], instance.size[parties], len(wanted)).astype(np.int64)
    left = instance.plan - _aside(judge, judge.lists.district.policy.phases)
    needs: Ints = np.where(wanted > 0, np.maximum(wanted - left, 0), 0)[judge.own]
    return needs


def _late(judge: RulesJudge, least: Ints, lots: Lots, early: Sequence[Phase], late: Sequence[Phase]) -> Late:
    """Run the early phases of one draw; what is left is a district of its own."""
    district = judge.lists.district
    state = State(judge.with_seats(least.tolist()))
    state.aside += _aside(judge, district.policy.phases)
    for phase in early:
        run_phase(phase, state, lots)
    waiting, outcome = state.waiting(), simulation_outcome(state)
    settled = judge.vector_of(replace(outcome, standing=np.where(waiting, SEATED, outcome.standing)))
    of_child = waiting[judge.instance.party_of_child]
    children = tuple(child for child, stays in zip(district.applicants, of_child.tolist(), strict=True) if stays)
    schools = {
        name: school if school.external else _less(school, int(taken))
        for (name, school), taken in zip(district.schools.items(), state.taken.tolist(), strict=True)
    }
    rest = District(replace(district.policy, phases=tuple(late)), schools, district.zones, children, district.draw)
    left = program_of_rules(rest)
    left = replace(left, seats=np.maximum(left.seats, 0))
    lost = bool(((outcome.standing == RULING) & ~judge.hopeless).any())
    return Late(left, settled, lost or _cornered(judge, left, waiting))


def _less(school: School, taken: int) -> School:
    """A school with the seats that are left; its hard cap goes down with them."""
    return replace(school, plan=school.plan - taken, hard_cap=school.most - taken)


def _cornered(judge: RulesJudge, left: SeatsProgram, waiting: Mask) -> bool:
    """Whether somebody who waits could be seated early on alone, as the goal asks."""
    kinds = left.market.type_of  # the parties that wait, in the order of their ids, as in the whole district
    at = np.flatnonzero(waiting)
    protected, hopeless = judge.protected[at], judge.hopeless[at]
    divertible, out = np.append(left.divertible, False)[kinds], np.append(left.hopeless, True)[kinds]
    return bool((protected & ~divertible).any() or (out & ~hopeless).any())


def bound_by_least_vector(branches: Sequence[Branch], seats: int, limit: Limit) -> Vector | None:
    """Return an outcome, summed up over the draws, that no way to give the seats is below; None for not known."""
    found = []
    for branch in branches:
        total = np.zeros(0, dtype=np.int64)
        for late in branch.draws:
            most = np.maximum(np.where(branch.open, seats, 0), branch.least)
            flow = search_seat_flow(late.program, Settled(branch.least, most, seats), limit)
            if flow is None:
                return None
            part = np.array(late.settled, dtype=np.int64) + np.array(flow.vector, dtype=np.int64)
            total = part if not len(total) else total + part
        found.append(tuple(total.tolist()))
    return min(found, default=None)


def bound_by_least_units(branches: Sequence[Branch], protected: Sequence[int], step: int, limit: Limit) -> int | None:
    """Return a number of units below which the goal is missed in some draw, whatever the way; None for not known."""
    found = (_units(branch, protected, step, limit) for branch in branches)
    return min((units for units in found if units is not None), default=None)


def _units(branch: Branch, protected: Sequence[int], step: int, limit: Limit) -> int | None:
    """The same for one branch; None where no number is enough."""
    worst = int(branch.least.sum()) // step
    for late in branch.draws:
        goal = without_diversions(late.program, protected)
        units = None if late.lost else search_fewest_units(goal, branch.open, step, limit, branch.least)
        if units is None:
            return None
        worst = max(worst, units)
    return worst
