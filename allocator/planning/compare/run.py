"""The base beside each what-if, under one draw and over many (docs/what-if.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from allocator.domain import District, Draw, WhatIf, what_ifs_digest, what_ifs_role_together
from allocator.engines import Result, solve
from allocator.ground import Fault, InputError, Progress, silent
from allocator.planning.compare.comparison import MOST_PAIRS, Comparison, Future, Variant
from allocator.planning.compare.shifts import SHIFTS, Pair
from allocator.planning.draws import FIGURES, SUMS, Lists, Mean, Simulator, in_processes_in_order, mean_of
from allocator.planning.optimum import CheckedOptimum, solve_and_check_optimum
from allocator.planning.whatif import Scenario, compose, composed_what_ifs

DRAWN = (*FIGURES, *SHIFTS)
"""Figures of which a mean over draws is formed."""

_LONGEST_NAME = 100  # a name becomes a folder
_BLOCK = 25  # draws computed at a time by one worker


def compare(
    district: District, what_ifs: Sequence[WhatIf], *, trial_seed: int = 1, draws: int = 0, together: bool = False,
    optimum: bool = True, workers: int = 1, progress: Progress = silent,
) -> Comparison:  # fmt: skip
    """Compute the base and each what-if under the same trial seed, and over paired simulated draws.

    Parameters
    ----------
    district, what_ifs
        The base, of which a transcript is not used; what is asked, in the order given.
    trial_seed, draws : int
        Seed of the trial, and of the simulation; number of simulated draws, 0 for none.
    together : bool
        All what-ifs composed into one, instead of each by itself.
    optimum : bool
        Whether the planning optimum is computed beside each.
    workers : int
        Processes that draw.

    Raises
    ------
    InputError
        If a what-if does not fit the district: all faults of all of them at once.
    DisagreementError
        If the engines or the checker disagree about a list.
    """
    base = replace(district, draw=Draw(trial_seed=trial_seed))
    progress("progress.composing")
    named = _named(what_ifs, together=together)
    scenarios = [compose(base, []), *composed_what_ifs(base, [parts for _, parts in named])]
    lists: list[Lists] = [(Simulator if draws else Lists)(scenario) for scenario in scenarios]
    results = [solve(scenario.district, progress=progress) for scenario in scenarios]
    optima, no_optimum = _optima(scenarios, progress) if optimum else ([None] * len(lists), ())
    if draws:
        progress("progress.drawing")
    drawn = _draw_all([one for one in lists if isinstance(one, Simulator)], trial_seed, draws, workers)
    heads = [None, *(head for head, _ in named)]
    variants = _variants(heads, lists, results, optima, drawn)
    ask = partial(_in_future, base, (trial_seed, draws, workers), progress)
    return Comparison(base, trial_seed, draws, variants, tuple(no_optimum), futures=_futures(variants, ask))


def _futures(variants: Sequence[Variant], ask: Callable[[Variant, Sequence[WhatIf]], Future]) -> tuple[Future, ...]:
    """The district as it is with every decision, and each future with every decision; nothing without decisions."""
    base, *others = variants
    decided = [variant for variant in others if variant.what_if and variant.what_if.role == "decision"]
    what_ifs = [variant.what_if for variant in decided if variant.what_if]
    coming = [variant for variant in others if variant.what_if and variant.what_if.role == "future"]
    if not decided:
        return ()
    if len(decided) * len(coming) > MOST_PAIRS:
        coming = []
    return (Future(base, tuple(decided)), *(ask(future, what_ifs) for future in coming))


def _in_future(
    base: District, draws: tuple[int, int, int], progress: Progress, future: Variant, decisions: Sequence[WhatIf]
) -> Future:
    """All decisions in one future: first it comes, then they are made."""
    assert future.what_if is not None
    lists, heads, impossible = [future.lists], [future.what_if], []
    for decision in decisions:
        try:
            scenario = compose(base, [future.what_if, decision], reach=True)
        except InputError as error:
            impossible.append((decision, error.faults[0]))
            continue
        lists.append((Simulator if draws[1] else Lists)(scenario))
        heads.append(decision)
    results = [future.result, *(solve(one.district, progress=progress) for one in lists[1:])]
    drawn = _draw_all([one for one in lists if isinstance(one, Simulator)], *draws)
    alone, *made = _variants(heads, lists, results, [None] * len(lists), drawn)
    return Future(alone, tuple(made), tuple(impossible))


def _variants(
    what_ifs: Sequence[WhatIf | None],
    lists: Sequence[Lists],
    results: Sequence[Result],
    optima: Sequence[CheckedOptimum | None],
    drawn: Sequence[Sequence[Mapping[str, int]]],
) -> tuple[Variant, ...]:
    """Everything of one variant together, and each beside the base."""
    outcomes = [one.outcome(result.rows) for one, result in zip(lists, results, strict=True)]
    variants = []
    for i, what_if in enumerate(what_ifs):
        pair = Pair(lists[0], lists[i])
        shift = pair.shift(outcomes[0], outcomes[i])
        over_draws = _means(drawn, i) if drawn else ({}, {}, {})
        figures = lists[i].figures(outcomes[i])
        made = (what_if, lists[i], results[i], outcomes[i], figures, optima[i], pair, shift, *over_draws)
        variants.append(Variant(*made))
    return tuple(variants)


def _named(what_ifs: Sequence[WhatIf], *, together: bool) -> list[tuple[WhatIf, Sequence[WhatIf]]]:
    """Each what-if with what it is composed of."""
    if not together or not what_ifs:
        return [(what_if, [what_if]) for what_if in what_ifs]
    name = "+".join(what_if.name for what_if in what_ifs)
    if len(name) > _LONGEST_NAME:
        name = f"together-{what_ifs_digest(what_ifs)[:16]}"
    title = replace(
        what_ifs[0].title,
        zh="；".join(what_if.title.zh for what_if in what_ifs),
        en="; ".join(what_if.title.en for what_if in what_ifs),
    )
    changes = tuple(change for what_if in what_ifs for change in what_if.changes)
    return [(WhatIf(name, title, changes, what_ifs[0].file, kind=what_ifs_role_together(what_ifs)), what_ifs)]


def _optima(scenarios: Sequence[Scenario], progress: Progress) -> tuple[list[CheckedOptimum | None], tuple[Fault, ...]]:
    """The planning optimum of each; none at all, with the reason, where one cannot be formed."""
    optima: list[CheckedOptimum | None] = []
    for scenario in scenarios:
        try:
            optima.append(solve_and_check_optimum(scenario.district, progress=progress))
        except InputError as error:
            return [None] * len(scenarios), error.faults
    return optima, ()


def _draw_all(simulators: Sequence[Simulator], seed: int, draws: int, workers: int) -> list[list[dict[str, int]]]:
    """Figures of every draw of every district; blocks of draws may run in several processes."""
    blocks = [range(first, min(first + _BLOCK, draws + 1)) for first in range(1, draws + 1, _BLOCK)]
    if not blocks:
        return []
    found = in_processes_in_order(partial(_draw_block, simulators, seed), blocks, workers)
    return [draw for block in found for draw in block]


def _draw_block(simulators: Sequence[Simulator], seed: int, numbers: range) -> list[list[dict[str, int]]]:
    """Figures of some draws: a row for each draw, in it one entry for each district."""
    pairs = [Pair(simulators[0], other) for other in simulators]
    rows = []
    for number in numbers:
        outcomes = [simulator.draw(seed, number) for simulator in simulators]
        rows.append([
            {**simulator.figures(outcome), **pair.shift(outcomes[0], outcome).totals}
            for simulator, outcome, pair in zip(simulators, outcomes, pairs, strict=True)
        ])  # fmt: skip
    return rows


_Means = tuple[dict[str, Mean], dict[str, Mean], dict[str, tuple[int, ...]]]


def _means(drawn: Sequence[Sequence[Mapping[str, int]]], i: int) -> _Means:
    """Means of one district's figures, of their differences to the base in the same draw, and the figures."""
    parts = {**{name: (name,) for name in DRAWN}, **SUMS}
    values, before = (
        {name: tuple(sum(row[at][part] for part in some) for row in drawn) for name, some in parts.items()}
        for at in (i, 0)
    )
    differences = {
        name: mean_of([new - old for new, old in zip(values[name], before[name], strict=True)]) for name in parts
    }
    return {name: mean_of(values[name]) for name in parts}, differences, values
