"""Odds: for every kind of child the probability of each result, by simulation of the procedure (docs/odds.md).

Parties of one kind are exchangeable: the lots alone tell them apart. So the share of a kind that comes to a result in a
draw is one observation of each child's chance, and all children of the kind are used in every draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from os import cpu_count
from typing import Any, Literal

import numpy as np

from allocator.domain import District, Ints, WhatIf
from allocator.ground import Fault, InputError, Progress, silent
from allocator.planning.draws import Simulator, in_processes_in_order
from allocator.planning.odds.count import (
    Chances,
    Fate,
    Tally,
    counted_columns,
    counted_results,
    counts_with_sums,
    tabulated_counts,
)
from allocator.planning.odds.groups import Folding, Group, OddsRow, fold_into_groups
from allocator.planning.odds.kinds import ChildKind, kind_order, kinds_of
from allocator.planning.odds.twins import TwinRow, twin_pairs, twin_rows
from allocator.planning.whatif import Scenario, compose

Rule = Literal["over_plan", "skip"]
RULES: tuple[Rule, Rule] = ("over_plan", "skip")

MOST_DRAWS = 100_000
"""Simulated draws of one call, all demand draws together; a sweep is for more."""

_BLOCKS, _LEAST = 16, 20  # blocks into which the draws are divided, and the draws that one has at least


@dataclass(frozen=True, slots=True)
class Odds:
    """Chances of all kinds and groups.

    Attributes
    ----------
    district : District
        With the what-ifs made; names stand here.
    what_ifs : tuple of WhatIf
        Those made.
    seed, draws, demand_draws : int
        Seed of the simulation, public draws, demand draws.
    results : tuple of Fate
        Columns of all chances.
    kinds : tuple of ChildKind
        Kinds of the roster, and those that occur in demand draws only.
    families : tuple of ChildKind or Group
        Rows of the table for families (docs/odds.md section 5).
    withheld : int
        Children in none of those rows, because too few families are like theirs.
    draw : Mapping of str to (Mapping of OddsRow to Chances)
        By cut rule, the roster fixed; the policy's rule first, the other one only where there are bundles.
    demand : Mapping of OddsRow to Chances
        With demand, under the policy's rule; empty without demand draws.
    twins : tuple of TwinRow
        Bundles beside single children.
    wholes : tuple of Group
        Whole categories of a zone: all rows of one together, where there are several.
    """

    district: District
    what_ifs: tuple[WhatIf, ...]
    seed: int
    draws: int
    demand_draws: int
    results: tuple[Fate, ...]
    kinds: tuple[ChildKind, ...]
    families: tuple[OddsRow, ...]
    withheld: int
    draw: Mapping[str, Mapping[OddsRow, Chances]]
    demand: Mapping[OddsRow, Chances]
    twins: tuple[TwinRow, ...]
    wholes: tuple[Group, ...] = ()

    @property
    def rule(self) -> str:
        """The policy's cut rule."""
        return self.district.policy.switches.bundle_at_cut


@dataclass(frozen=True, slots=True)
class _Job:
    """What every block needs."""

    district: District
    what_ifs: tuple[WhatIf, ...]
    seed: int
    draws: int
    folding: Folding


@dataclass(frozen=True, slots=True)
class _Block:
    """Draws ``first`` to ``last`` - 1 of a demand draw (0: the roster itself) under a cut rule."""

    rule: Rule
    demand: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a block counted: rows, children of each, hits, squares and units as in ``Tally.add``; fates of twins."""

    block: _Block
    kinds: list[ChildKind]
    children: Ints
    hits: Any
    squares: Any
    units: int
    fates: Ints


def odds(
    district: District, what_ifs: Sequence[WhatIf] = (), *, draws: int = 1000, demand_draws: int = 0, seed: int = 1,
    workers: int | None = None, progress: Progress = silent,
) -> Odds:  # fmt: skip
    """Return the chances of every kind of child.

    Parameters
    ----------
    district, what_ifs
        The base, whose own draw is not looked at; what is made on it first, in this order.
    draws, demand_draws : int
        Public draws, at least 2, of each demand draw if any; how often the roster is resampled: 0, or at least 2.
    seed : int
        Seed of the simulation. Draw j of demand draw m has the number m · ``draws`` + j, so no two share their tickets.
    workers, progress
        Processes, None for one a core; told how many blocks are done. The result does not depend on them.

    Raises
    ------
    InputError
        If a what-if does not fit, the numbers of draws make no sense, or the model decides the diversion.
    """
    if faults := odds_draw_faults(draws, demand_draws):
        raise InputError(faults)
    scenario = compose(district, what_ifs, reach=True)
    instance = Simulator(scenario).instance
    kinds, of = kinds_of(instance)
    policy = scenario.district.policy
    folding = fold_into_groups(kinds, np.bincount(of, minlength=len(kinds)).tolist(), policy)
    job = _Job(district, tuple(what_ifs), seed, draws, folding)
    own: Rule = policy.switches.bundle_at_cut
    rules = [own, *(rule for rule in RULES if rule != own and (instance.size > 1).any())]
    counts = _simulated(job, rules, demand_draws, workers, progress)
    withheld = np.array([folding.row_of(kind) is None for kind in kinds], dtype=bool)[of]
    return Odds(
        scenario.district, tuple(what_ifs), seed, draws, demand_draws, counted_results(instance.school_ids),
        _union(kinds, counts.demand, scenario), folding.rows, int(instance.size[withheld].sum()),
        {rule: _chances(tally) for rule, tally in counts.draw.items()}, _chances(counts.demand),
        twin_rows(twin_pairs(instance, kinds, of, policy), counts.fates), folding.wholes,
    )  # fmt: skip


def odds_draw_faults(draws: int, demand_draws: int) -> list[Fault]:
    """Return what is wrong with numbers of draws."""
    faults = []
    if draws < 2:
        faults.append(Fault("odds.few_draws", "--draws", value=str(draws)))
    if demand_draws < 0 or demand_draws == 1:
        faults.append(Fault("odds.few_demand_draws", "--demand-draws", value=str(demand_draws)))
    if max(draws, 0) * (max(demand_draws, 0) + len(RULES)) > MOST_DRAWS:
        faults.append(Fault("odds.many_draws", "--draws", value=str(draws), params={"most": f"{MOST_DRAWS:,}"}))
    return faults


@dataclass(frozen=True, slots=True)
class _Counts:
    """All that was counted: tallies by cut rule and with demand, and fates of twins in the order of the draws."""

    draw: dict[Rule, Tally]
    demand: Tally
    fates: dict[str, Ints]


def _simulated(job: _Job, rules: Sequence[Rule], demand_draws: int, workers: int | None, progress: Progress) -> _Counts:
    """Simulate all draws and add up."""
    tallies, demand = {rule: Tally(1) for rule in rules}, Tally(job.draws)
    fates = {rule: dict[int, Ints]() for rule in rules}
    for counted in _all_counted(job, list(_blocks(rules, job.draws, demand_draws)), workers, progress):
        block, names = counted.block, (*counted.kinds, *job.folding.groups, *job.folding.wholes)
        tally = demand if block.demand else tallies[block.rule]
        tally.add(names, counted.children, counted.hits, counted.squares, counted.units)
        if not block.demand:
            fates[block.rule][block.first] = counted.fates
    in_order = {str(rule): np.concatenate([found[i] for i in sorted(found)]) for rule, found in fates.items()}
    return _Counts(tallies, demand, in_order)


def _chances(tally: Tally) -> Mapping[Any, Chances]:
    """Chances of all rows of a tally."""
    return {name: tally.chances(name) for name in tally.rows}


def _union(kinds: Iterable[ChildKind], demand: Tally, scenario: Scenario) -> tuple[ChildKind, ...]:
    """Kinds of the roster and of all demand draws, in order."""
    found = {*kinds, *(name for name in demand.rows if isinstance(name, ChildKind))}
    return tuple(sorted(found, key=kind_order(scenario.district.policy)))


def _blocks(rules: Sequence[Rule], draws: int, demand_draws: int) -> Iterator[_Block]:
    """The work, in blocks; a demand draw is a unit and stays whole."""
    size = max(_LEAST, -(-draws // _BLOCKS))
    for demand in range(1, demand_draws + 1):
        yield _Block(rules[0], demand, 0, draws)
    for rule in rules:
        for first in range(0, draws, size):
            yield _Block(rule, 0, first, min(first + size, draws))


def _all_counted(job: _Job, blocks: list[_Block], workers: int | None, progress: Progress) -> Iterator[_Counted]:
    """What all blocks counted, in order."""
    workers = min(workers or cpu_count() or 1, len(blocks))
    for done, counted in enumerate(in_processes_in_order(partial(_count, job), blocks, workers), start=1):
        progress(f"{done} / {len(blocks)}")
        yield counted


def _count(job: _Job, block: _Block) -> _Counted:
    """Simulate and count a block."""
    scenario = compose(job.district, job.what_ifs, block.demand)
    simulator = Simulator(_under(scenario, block.rule))
    instance = simulator.instance
    kinds, of = kinds_of(instance)
    group, whole = job.folding.groups_of(kinds), job.folding.wholes_of(kinds)
    in_groups = np.where(group >= 0, len(kinds) + group, -1)[of]
    behind = len(kinds) + len(job.folding.groups)
    in_wholes = np.where(whole >= 0, behind + whole, -1)[of]
    row, size = np.concatenate([of, in_groups, in_wholes]), np.tile(instance.size, 3)
    rows, schools = behind + len(job.folding.wholes), len(instance.school_ids)
    pairs = twin_pairs(instance, kinds, of, job.folding.policy)
    children = tabulated_counts(row, np.zeros_like(row), size, rows, 1)[:, 0]
    hits = counts_with_sums(np.zeros((rows, 3 * schools + 3), dtype=np.int64), schools)
    squares, fates = np.zeros_like(hits), []
    for number in range(block.first, block.last):
        outcome = simulator.draw(job.seed, block.demand * job.draws + number)
        column = np.tile(counted_columns(outcome, schools), 3)
        here = counts_with_sums(tabulated_counts(row, column, size, rows, 3 * schools + 3), schools)
        hits += here
        if not block.demand:
            squares += here * here
            fates.append(pairs.fates(outcome, instance.size))
    if block.demand:
        return _Counted(block, kinds, children, hits, hits.astype(object) ** 2, 1, np.zeros(0, dtype=np.int64))
    return _Counted(block, kinds, children, hits, squares, len(fates), np.array(fates, dtype=np.int64))


def _under(scenario: Scenario, rule: Rule) -> Scenario:
    """The same district under a cut rule."""
    policy = scenario.district.policy
    policy = replace(policy, switches=replace(policy.switches, bundle_at_cut=rule))
    return replace(scenario, district=replace(scenario.district, policy=policy))
