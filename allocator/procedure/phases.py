"""The phases in order, each in one function (procedure.md section 4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch

import numpy as np
import numpy.typing as npt

from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    EXTERNAL,
    NEEDS_RULING,
    NO_SCHOOL,
    STATUSES,
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Ints,
    Mask,
    Phase,
    ReferralPhase,
    Row,
    from_columns,
)
from allocator.eligibility import (
    NO_TIER,
    VERIFIED,
    Instance,
    Routes,
    filled_in_instance,
    instance_adjustment_lists,
    instance_diversion_lists,
    instance_local_demand,
    instance_named_school,
    instance_ranked_lists,
    instance_tiers,
    make_instance,
    may_bid,
    may_choose,
)
from allocator.procedure.acceptance import deferred_acceptance
from allocator.procedure.kernels import take_seats_kernel
from allocator.procedure.school_orders import Entries, school_keys
from allocator.procedure.state import Lots, PublicLots, State, ranks_by_keys

PAIRS = 4_000_000
"""Distances that are in memory at a time."""


def run_procedure(district: District, progress: Callable[[str], None] = lambda _: None) -> tuple[Row, ...]:
    """Return the rows of ``assignment.csv``, one a child in order of ``applicant_id``; clauses stay empty.

    Parameters
    ----------
    progress : callable
        Told the id of each phase as it begins.

    Raises
    ------
    ValueError
        If the district has no draw, or its policy leaves the diversion to the model (``least_distance``).
    """
    if district.draw is None:
        raise ValueError("Expected a district with a draw.")
    if district.policy.switches.divert_assign == "least_distance":
        raise ValueError("Expected divert_assign: serial_by_ticket; under least_distance the model decides.")
    instance = make_instance(district)
    return rows_after_phases(run_all_phases(instance, PublicLots.of(instance, district.draw), progress))


def run_all_phases(instance: Instance, lots: Lots, progress: Callable[[str], None] = lambda _: None) -> State:
    """Run all phases and return the final state.

    Parameters
    ----------
    progress : callable
        Told the id of each phase as it begins.
    """
    state = State(instance)
    for phase in instance.district.policy.phases:
        if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
            state.aside += instance.offered(phase.seats)
    for phase in instance.district.policy.phases:
        progress(phase.phase_id)
        run_phase(phase, state, lots)
    return state


def rows_after_phases(state: State) -> tuple[Row, ...]:
    """Return the state as rows by child, names instead of indices."""
    instance = state.instance
    names = np.array([*instance.school_ids, ""], dtype=object)
    external = state.outcome == EXTERNAL
    school = names[np.where(external, instance.home, state.seat)]
    of = instance.party_of_child
    return from_columns(
        Row,
        applicant_id=[child.applicant_id for child in instance.district.applicants],
        school_id=school[of].tolist(),
        phase=state.phase[of].tolist(),
        outcome=state.outcome[of].tolist(),
        draw_id=state.draw[of].tolist(),
        clause=[""] * len(of),
    )


@singledispatch
def run_phase(phase: Phase, state: State, lots: Lots) -> None:
    """Run one phase; the kinds are registered below."""
    raise TypeError(f"Expected a phase, found {type(phase).__name__}.")


@run_phase.register
def _export(phase: ExportPhase, state: State, lots: Lots) -> None:
    """Parties whose home school is external leave, whatever their status (C091)."""
    home = state.instance.home
    state.refer((home >= 0) & state.instance.external[home], EXTERNAL)


@run_phase.register
def _decision(phase: DecisionPhase, state: State, lots: Lots) -> None:
    """Each to the school named; where more are named than seats are left, nobody there (P5a, P5b; C109, C116, C117)."""
    instance = state.instance
    named = instance_named_school(instance, phase.column)
    parties = np.flatnonzero(state.waiting() & _verified(instance) & (named >= 0))
    wanted = np.bincount(named[parties], instance.size[parties], len(instance.school_ids))
    fits = wanted <= state.left()
    placed, referred = parties[fits[named[parties]]], parties[~fits[named[parties]]]
    state.seat_at(placed, named[placed])
    state.settle(placed, ADMITTED, phase.phase_id)
    state.refer(referred, NEEDS_RULING)


@run_phase.register
def _referral(phase: ReferralPhase, state: State, lots: Lots) -> None:
    """Parties of any status without a seat and without a home school stay out of all later phases (C007)."""
    state.refer(state.waiting() & (state.instance.home == NO_SCHOOL), NEEDS_RULING)


@run_phase.register
def _choice(phase: ChoicePhase, state: State, lots: Lots) -> None:
    """At each Zone-wide school, by category, then ticket (P5c; C089)."""
    instance = state.instance
    parties = _those(state, "open_choice", lambda child: may_choose(child, phase))
    school = instance_named_school(instance, "open_choice")[parties]
    drawn = _take_at_one_school(state, lots, parties, school, phase.draw, by_category=True)
    _record(state, parties, ADMITTED, phase.phase_id, drawn)


@run_phase.register
def _voluntary(phase: DeferredAcceptancePhase, state: State, lots: Lots) -> None:
    """Deferred acceptance within the pools, then seats set aside return (P6, P7; C081, C085, C092, C095).

    Who is seated waits for nothing any more (C097); who is not waits as before (C064).
    """
    instance = state.instance
    parties = _those(state, phase.column, lambda child: may_bid(child, phase))
    parties = parties[instance_tiers(instance, phase, parties) != NO_TIER]
    pool = state.left() if phase.seats == "left" else instance.offered(phase.seats)
    routes = instance_ranked_lists(instance, phase.column, parties)
    begins, school = _entries(routes)
    bidder = np.repeat(np.arange(len(parties)), np.diff(begins))
    keys = school_keys(Entries(phase, instance, lots, parties, bidder, school))
    seat = deferred_acceptance(begins, school, ranks_by_keys(keys), instance.size[parties], pool)
    drawn = _drawn(bidder, school, seat, _equals([school, *keys[:-1]]))
    placed = np.flatnonzero(seat >= 0)
    state.seat_at(parties[placed], seat[placed])
    if phase.seats != "left":
        state.aside -= instance.offered(phase.seats)
    draws = _draw_ids(instance, phase.draw)[seat[placed]]
    draws[~drawn[placed]] = ""
    _record(state, parties[placed], ADMITTED, phase.phase_id, draws)


def _entries(routes: Routes) -> tuple[Ints, Ints]:
    """Where each party's list begins, one item more than parties; and the schools of all lists, best first."""
    lengths = np.diff(routes.starts)[routes.of]
    begins = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=begins[1:])
    within = np.arange(begins[-1]) - np.repeat(begins[:-1], lengths)
    return begins, routes.items[np.repeat(routes.starts[routes.of], lengths) + within]


def _equals(keys: list[Ints]) -> Ints:
    """Number the entries so that those alike in all keys have one number: they are equal before the ticket."""
    order = np.lexsort(keys)
    begins = np.zeros(len(order), dtype=bool)
    for key in keys:
        begins[1:] |= np.diff(key[order]) != 0
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(begins)
    return number


def _drawn(bidder: Ints, school: Ints, seat: Ints, equal: Ints) -> Mask:
    """Mask of the parties admitted where an equal proposed in vain: there a draw was held (procedure.md section 2)."""
    got = seat[bidder] == school
    first = np.full(len(seat), len(bidder))
    np.minimum.at(first, bidder[got], np.flatnonzero(got))
    in_vain = np.zeros(len(bidder) + 1, dtype=bool)
    in_vain[equal[np.arange(len(bidder)) < first[bidder]]] = True
    drawn = np.zeros(len(seat), dtype=bool)
    drawn[bidder[got]] = in_vain[equal[got]]
    return drawn


def _draw_ids(instance: Instance, draw: str) -> npt.NDArray[np.object_]:
    """Id of a draw at every school."""
    return np.array([f"{draw}/{name}" for name in instance.school_ids], dtype=object)


@run_phase.register
def _batches(phase: BatchPhase, state: State, lots: Lots) -> None:
    """Each batch at home, then its diversion; or all batches at home first (P8; C018, C057, C063)."""
    switches = state.instance.district.policy.switches
    passed: dict[str, Mask] = {}
    if switches.receiving_order == "locals_all_first":
        for category in phase.categories:
            passed[category] = _home_step(phase, category, state, lots)
        for category in phase.categories:
            _diversion_step(phase, category, state, lots, passed[category])
    else:
        for category in phase.categories:
            _diversion_step(phase, category, state, lots, _home_step(phase, category, state, lots))


def _home_step(phase: BatchPhase, category: str, state: State, lots: Lots) -> Mask:
    """Step 1 of a batch; returns the (n,) mask of parties passed over while seats were left."""
    instance = state.instance
    parties = np.flatnonzero(_batch(instance, category) & state.waiting() & (instance.home >= 0))
    passed = np.zeros(instance.parties, dtype=bool)
    label = f"{phase.draw}-{category}"
    drawn = _take_at_one_school(state, lots, parties, instance.home[parties], label, passed=passed)
    _record(state, parties, ADMITTED, f"{phase.phase_id}-{category}", drawn)
    return passed


def _diversion_step(phase: BatchPhase, category: str, state: State, lots: Lots, passed: Mask) -> None:
    """Step 2 of a batch: all its diverted in one order, each to the first school with room (C061, C062, C096)."""
    instance = state.instance
    waiting = state.waiting() & (instance.home >= 0)
    parties = np.flatnonzero(_batch(instance, category) & waiting)
    if not len(parties):
        return
    draw_id = f"{phase.divert_draw}-{category}"
    ticket = lots.rank(draw_id, parties)
    order = np.lexsort([ticket, ~passed[parties]])
    kept = np.zeros(len(instance.plan), dtype=np.int64)
    if instance.district.policy.switches.protect_local_demand == "all":
        later = phase.categories[phase.categories.index(category) + 1 :]
        masks = [np.flatnonzero(_batch(instance, k) & waiting) for k in later]
        kept = sum((instance_local_demand(instance, mask) for mask in masks), kept)
    _take_in_order(state, parties, order, instance_diversion_lists(instance, phase, parties), kept)
    _record(state, parties, DIVERTED, f"{phase.phase_id}-{category}", draw_id)


@run_phase.register
def _adjustment(phase: AdjustmentPhase, state: State, lots: Lots) -> None:
    """Everyone still waiting, by status, category, ticket, to the first school with room (P9; C065)."""
    instance = state.instance
    parties = np.flatnonzero(state.waiting())
    if not len(parties):
        return
    keys = [lots.rank(phase.draw, parties), instance.category[parties], instance.status[parties]]
    in_order = parties[np.lexsort(keys)]
    by_distance = instance.district.policy.switches.adjust_by == "distance"
    at_once = max(1, PAIRS // len(phase.schools)) if by_distance else len(in_order)
    for start in range(0, len(in_order), at_once):
        some, left = in_order[start : start + at_once], state.left()
        # Lists by distance are long, and a school without a seat stays so: those who come later need not know of it.
        schools = tuple(school for school in phase.schools if left[instance.school(school)] > 0)
        routes = instance_adjustment_lists(instance, schools, some)
        _take_in_order(state, some, np.arange(len(some)), routes, np.zeros(len(instance.plan), dtype=np.int64))
    _record(state, parties, ADJUSTED, phase.phase_id, phase.draw)


def _verified(instance: Instance) -> Mask:
    verified: Mask = instance.status == STATUSES.index(VERIFIED)
    return verified


def _batch(instance: Instance, category: str) -> Mask:
    """Mask of the verified parties of a category."""
    number = [c.category_id for c in instance.district.policy.categories].index(category)
    batch: Mask = (instance.category == number) & _verified(instance)
    return batch


def _those(state: State, column: str, wanted: Callable[[Applicant], bool]) -> Ints:
    """Waiting parties that filled a column in and whose lead child is wanted."""
    parties = np.flatnonzero(state.waiting() & filled_in_instance(state.instance, column))
    leads = (state.instance.leads[i] for i in parties.tolist())
    those: Ints = parties[np.fromiter(map(wanted, leads), dtype=bool, count=len(parties))]
    return those


def _take_at_one_school(
    state: State, lots: Lots, parties: Ints, school: Ints, draw: str, *, by_category: bool = False,
    passed: Mask | None = None,
) -> npt.NDArray[np.object_]:  # fmt: skip
    """Seat parties that each come to one school, by ticket; returns the draw of each one that a draw decided on.

    Where all fit, all are seated (C058); where no seat is left, nobody (C059): only in between does the order matter
    (C060).
    """
    instance, left = state.instance, state.left()
    wanted = np.bincount(school, instance.size[parties], len(left))
    whole = parties[(wanted <= left)[school]]
    state.seat_at(whole, school[(wanted <= left)[school]])
    contested = np.flatnonzero((wanted > left) & (left > 0))
    rest = np.flatnonzero(np.isin(school, contested))
    rest = rest[np.argsort(school[rest], kind="stable")]
    for s, group in zip(contested.tolist(), np.split(rest, np.searchsorted(school[rest], contested)[1:]), strict=False):
        here = parties[group]
        keys = [lots.rank(f"{draw}/{instance.school_ids[s]}", here)]
        keys += [instance.category[here]] if by_category else []
        routes = Routes(np.zeros(len(here), dtype=np.int64), np.array([0, 1]), np.array([s]))
        skipped = _take_in_order(state, here, np.lexsort(keys), routes, np.zeros_like(left))
        if passed is not None:
            passed[here[skipped & (state.seat[here] == NO_SCHOOL)]] = True
    equal = school * len(instance.district.policy.categories) + instance.category[parties] if by_category else school
    return _drawn_at_one_school(state, parties, school, draw, equal)


def _drawn_at_one_school(state: State, parties: Ints, school: Ints, draw: str, equal: Ints) -> npt.NDArray[np.object_]:
    """Draw of each party; empty where none of its equals stayed without a seat (procedure.md section 2)."""
    in_vain = np.zeros(equal.max(initial=0) + 1, dtype=bool)
    in_vain[equal[state.seat[parties] != school]] = True
    draws = _draw_ids(state.instance, draw)[school]
    draws[~in_vain[equal]] = ""
    return draws


def _take_in_order(state: State, parties: Ints, order: Ints, routes: Routes, kept: Ints) -> Mask:
    """Run the kernel on some parties; ``kept`` seats stay free at each school."""
    instance = state.instance
    over_plan = instance.district.policy.switches.bundle_at_cut == "over_plan"
    limit = instance.cap - state.aside if over_plan else np.full_like(instance.cap, -1)
    seats = instance.plan - state.aside - kept
    seat, passed = take_seats_kernel(order, instance.size[parties], routes, seats, state.taken, limit)
    state.seat[parties] = seat
    return passed


def _record(state: State, parties: Ints, outcome: str, phase: str, draw: str | npt.NDArray[np.object_]) -> None:
    """Write outcome, phase and draw of those of some parties who have a seat now; ``draw`` is for all or for each."""
    seated = state.seat[parties] >= 0
    placed = parties[seated]
    state.settle(placed, outcome, phase)
    state.draw[placed] = draw if isinstance(draw, str) else draw[seated]
