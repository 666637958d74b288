"""Where extra seats could go: parties by type, their ways to a seat, rooms (docs/where-to-add-seats.md).

Two readings of one district: what the planning optimum may do with its seats, and what no list of the policy's own
rules can exceed, whatever the lots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from allocator.domain import (
    Applicant,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    Ints,
    Mask,
    Phase,
    Planning,
    ReferralPhase,
)
from allocator.models.optimum.market import DECIDES, DIVERTED, Market, make_market, market_reach

_OUTSIDE = (ExportPhase, ReferralPhase)
"""Phases that take parties out of the run."""

Vector = tuple[int, ...]
"""Children without a seat by category in the policy's order, children diverted, metres: the smaller is the better."""


@dataclass(frozen=True, slots=True)
class SeatsProgram:
    """A district as the search for seats sees it: ``t`` types, ``m`` own schools, ``g`` gates, ``a`` ways.

    A *way* is one in which a party may get a seat. Ways lead through *gates*: gate ``s`` < m is school ``s`` itself;
    the others are rounds that fill seats set aside, so that few may come that way.

    Attributes
    ----------
    market : Market
        Parties, types and schools.
    size, count : (t,) int64
        Children in a party of each type, and number of such parties.
    seats : (m,) int64
        Children that each school may hold without extra seats.
    rank : (t,) int64
        Place of each type's category in the order of the policy.
    categories : int
        Number of categories.
    gate_school, gate_room : (g,) int64
        School behind each gate and children who may pass; no limit at the schools' own gates (-1).
    owner, gate : (a,) int64
        Type and gate of each way, types ascending.
    diverted : (a,) int64
        1 where the way is a diversion or an adjustment, else 0.
    metres : (a,) int64
        From home to school, 0 where it is not known.
    """

    market: Market
    size: Ints
    count: Ints
    seats: Ints
    rank: Ints
    categories: int
    gate_school: Ints
    gate_room: Ints
    owner: Ints
    gate: Ints
    diverted: Ints
    metres: Ints

    @property
    def types(self) -> int:
        """Number of types."""
        return len(self.size)

    @property
    def school(self) -> Ints:
        """School of each way, shape (a,)."""
        return self.gate_school[self.gate]

    @property
    def reached(self) -> Mask:
        """Whether some party has a way to each school: extra seats anywhere else change nothing; shape (m,)."""
        found = np.zeros(len(self.seats), dtype=bool)
        found[self.school] = True
        return found

    @property
    def divertible(self) -> Mask:
        """Types with a way that is no diversion, shape (t,): only these can be diverted at all."""
        found = np.zeros(self.types, dtype=bool)
        found[self.owner[self.diverted == 0]] = True
        return found

    @property
    def hopeless(self) -> Mask:
        """Types without any way, shape (t,): no seat helps them."""
        found = np.ones(self.types, dtype=bool)
        found[self.owner] = False
        return found

    def vector(self, placed: Ints, unplaced: Ints) -> Vector:
        """Return the outcome of children by way, shape (a,), and without a seat by type, shape (t,)."""
        without = np.zeros(self.categories, dtype=np.int64)
        np.add.at(without, self.rank, unplaced)
        return (*without.tolist(), int(placed @ self.diverted), int(placed @ self.metres))


def without_diversions(program: SeatsProgram, ranks: Sequence[int]) -> SeatsProgram:
    """Return a program in which nobody of some categories is diverted who could be seated otherwise.

    Parameters
    ----------
    ranks : sequence of int
        Places of the categories in the order of the policy.
    """
    protected = np.isin(program.rank, np.array(ranks, dtype=np.int64)) & program.divertible
    kept = ~(protected[program.owner] & (program.diverted == 1))
    columns = {name: getattr(program, name)[kept] for name in ("owner", "gate", "diverted", "metres")}
    return replace(program, **columns)


def program_of_optimum(district: District) -> SeatsProgram:
    """Return what the planning optimum may do: reach as in planning.md section 2, seats of the plan, no rounds."""
    reached = weightless_for_program(district)
    market = make_market(reached)
    return _program(reached, market, market.seats, rounds=())


def program_of_rules(district: District) -> SeatsProgram:
    """Return a program of which every list of the policy's rules is a solution, whatever the lots.

    Every school of an adjustment list is within reach; a round that fills seats set aside admits no more than these
    (and a bundle at the edge whole); a school may hold as many above its plan as bundles at a cut can bring.
    """
    everywhere = None if district.policy.planning is None else replace(
        district.policy.planning, nearest=len(district.schools) + 1, closed={}
    )  # fmt: skip
    reached = weightless_for_program(district, everywhere)
    market = make_market(reached)
    phases = [phase for phase in district.policy.phases if isinstance(phase, DeferredAcceptancePhase)]
    rounds = tuple(phase for phase in phases if phase.seats != "left")
    return _program(reached, market, _rooms(district, market, phases), rounds)


def weightless_for_program(district: District, planning: Planning | None = None) -> District:
    """Return the district with planning weights of 0, so that only the reach is left of them.

    Parameters
    ----------
    district : District
        Its own weights serve where no others are given; where it has none, every school of a list is within reach.
    """
    planning = planning or district.policy.planning
    nothing = {category.category_id: 0 for category in district.policy.categories}
    if planning is None:
        planning = Planning(category=nothing, home=0, chosen=0, diverted=0, metre=0, nearest=len(district.schools) + 1,
                            closed={})  # fmt: skip
    planning = replace(planning, category=nothing, home=0, chosen=0, diverted=0, metre=0)
    return replace(district, policy=replace(district.policy, planning=planning))


def _rooms(district: District, market: Market, phases: list[DeferredAcceptancePhase]) -> Ints:
    """Children that the rules can bring to each school: the plan, and above it what bundles at a cut take over.

    A party is admitted where a seat is left, so each admission takes the school above what was left by at most its
    size less one; what is left is then 0. That can happen once against the plan, and once in every round with seats
    of its own.
    """
    largest = np.ones(len(market.schools), dtype=np.int64)
    np.maximum.at(largest, market.school, market.size[market.owner])
    over = district.policy.switches.bundle_at_cut == "over_plan"
    rooms = []
    for name, bundle in zip(market.schools, largest.tolist(), strict=True):
        school = district.schools[name]
        here = [phase.seats for phase in phases if name in phase.schools]
        times = (over or "left" in here) + sum(seats != "left" for seats in here)
        rooms.append(max(school.plan, min(school.plan + (bundle - 1) * times, school.most)))
    return np.array(rooms, dtype=np.int64)


def _program(
    district: District, market: Market, seats: Ints, rounds: tuple[DeferredAcceptancePhase, ...]
) -> SeatsProgram:
    """Put the ways of all types together."""
    kinds = _Kinds(district, market, rounds)
    kind, owner, school = kinds.of_type[market.owner], market.owner, market.school
    plain = kinds.plain[kind, school]
    parts = [(np.flatnonzero(plain), school, 0)]
    gate_school, gate_room = list(range(len(market.schools))), [-1] * len(market.schools)
    for number, phase in enumerate(rounds):
        at = np.flatnonzero(~plain & kinds.bids[number][kind, school])
        gates = np.full(len(market.schools), -1, dtype=np.int64)
        for s in np.unique(school[at]).tolist():
            gates[s] = len(gate_school)
            gate_school.append(s)
            edge = int(market.size[owner[at[school[at] == s]]].max()) - 1
            gate_room.append(district.schools[market.schools[s]].offered(phase.seats) + edge)
        parts.append((at, gates[school], 0))
    parts.append((np.flatnonzero(~plain & kinds.diverts[kind, school]), school, 1))
    at = np.concatenate([here for here, _, _ in parts])
    gate = np.concatenate([gates[here] for here, gates, _ in parts])
    diverted = np.concatenate([np.full(len(here), kind, dtype=np.int64) for here, _, kind in parts])
    order = np.lexsort([diverted, gate, owner[at]])
    at, gate, diverted = at[order], gate[order], diverted[order]
    return SeatsProgram(
        market, market.size, market.count, seats, kinds.rank, len(district.policy.categories),
        np.array(gate_school, dtype=np.int64), np.array(gate_room, dtype=np.int64),
        owner[at], gate, diverted, np.maximum(market.metres[at], 0),
    )  # fmt: skip


class _Kinds:
    """What the phases may give to each kind of party, as masks of shape (kinds, m), and the kind of each type."""

    def __init__(self, district: District, market: Market, rounds: tuple[DeferredAcceptancePhase, ...]) -> None:
        index = {name: s for s, name in enumerate(market.schools)}
        ranks = district.policy.rank
        seen: dict[tuple[object, ...], int] = {}
        examples: list[Applicant] = []
        leads = _leads(market)
        self.of_type = np.zeros(market.types, dtype=np.int64)
        for i, child in enumerate(leads):
            self.of_type[i] = number = seen.setdefault(DECIDES(child), len(seen))
            if number == len(examples):
                examples.append(child)
        self.rank = np.array([ranks[child.category] for child in leads], dtype=np.int64)
        shape = (len(examples), len(market.schools))
        self.plain, self.diverts = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        self.bids = [np.zeros(shape, dtype=bool) for _ in rounds]
        others = _only(district, [phase for phase in district.policy.phases if phase not in rounds])
        alone = [
            _only(district, [p for p in district.policy.phases if p is this or isinstance(p, _OUTSIDE)])
            for this in rounds
        ]
        for i, child in enumerate(examples):
            reach = market_reach(others, child, without_closed=False)
            for name, relation in reach.relation.items():
                (self.diverts if relation == DIVERTED else self.plain)[i, index[name]] = True
            for name in reach.adjusted:
                self.diverts[i, index[name]] = True
            for bids, round_alone in zip(self.bids, alone, strict=True):
                for name in market_reach(round_alone, child, without_closed=False).relation:
                    bids[i, index[name]] = True


def _only(district: District, phases: Sequence[Phase]) -> District:
    """The district with some of its phases."""
    return replace(district, policy=replace(district.policy, phases=tuple(phases)))


def _leads(market: Market) -> list[Applicant]:
    """A party of each type."""
    kinds, first = np.unique(market.type_of, return_index=True)
    return [market.parties[i] for i in first[kinds >= 0].tolist()]
