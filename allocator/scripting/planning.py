"""Planners' questions: each function asks what the command of the same name asks, of a district in memory.

Options mean what those of the command mean, and the pages of ``docs`` say; ``progress`` is told what begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from allocator.domain import District, Draw, Grid, WhatIf
from allocator.ground import Fault, InputError, Progress, silent
from allocator.scripting import rows
from allocator.scripting.answer import Answer

if TYPE_CHECKING:
    from allocator.planning.compare import Comparison
    from allocator.planning.extra_seats import ExtraSeats, SeatEffects
    from allocator.planning.odds import Odds
    from allocator.planning.optimum import CheckedOptimum
    from allocator.planning.sweep import SweepSummary
    from allocator.planning.zone_warnings.report import WarningReport

WhatIfs: TypeAlias = Sequence[str | Path | WhatIf]
"""Files of what-ifs, or what-ifs made in memory."""

_MOST = 1_000_000  # of a number that somebody asks for
_LONGEST = 1e9  # seconds; beyond it solvers cannot count


def what_if(
    district: District, what_ifs: WhatIfs, *, trial_seed: int = 1, draws: int = 0, together: bool = False,
    optimum: bool = True, not_diverted: Sequence[str] = (), workers: int = 1, progress: Progress = silent,
) -> Answer[Comparison]:  # fmt: skip
    """Put what-ifs beside the district as it is, under one trial draw and over ``draws`` simulated ones.

    Raises
    ------
    InputError
        If a number is out of range, or with everything in the what-ifs that is wrong or does not fit.
    DisagreementError
        If engines and checker disagree about a list.
    """
    from allocator.planning.compare import compare, summarise_comparison
    from allocator.planning.extra_seats import request_category_faults

    _demand(("draws", draws, 0), ("trial_seed", trial_seed, 0), ("workers", workers, 1))
    if faults := request_category_faults(district, not_diverted):
        raise InputError(faults)
    found = compare(district, _read(what_ifs), trial_seed=trial_seed, draws=draws, together=together,
                    optimum=optimum, workers=workers, progress=progress)  # fmt: skip
    found = replace(found, not_diverted=tuple(not_diverted))
    facts = {"what-ifs": len(found.variants) - 1, "draws": draws, "trial seed": trial_seed}
    return Answer("what_if", found, summarise_comparison, rows.rows_of_comparison, facts)


def sweep(
    district: District, grid: str | Path | Grid, *, draws: int, demand_draws: int = 0, seed: int = 1,
    store: str | Path | None = None, workers: int = 1,
) -> Answer[SweepSummary]:  # fmt: skip
    """Draw every combination of a grid of what-ifs again and again, beside the district as it is.

    A grid is a file, or made in memory. ``store`` is the results file in which draws are kept and from which a sweep
    resumes; without it nothing is kept.

    Raises
    ------
    InputError
        If grid or results file are wrong or do not fit the district.
    """
    from allocator.planning import sweep as room
    from allocator.planning.sweep import runners
    from allocator.reading.what_if_file import read_what_if_grid

    _demand(("draws", draws, 1), ("demand_draws", demand_draws, 0), ("seed", seed, 0), ("workers", workers, 1))
    base = _drawn(district)
    grid = grid if isinstance(grid, Grid) else read_what_if_grid(Path(grid))
    header = room.store_header(base, seed)
    swept = room.fitted_for_run(base, grid, draws=draws, demand_draws=demand_draws, seed=seed)
    with ExitStack() as stack:
        path = Path(stack.enter_context(TemporaryDirectory())) / "results.sqlite" if store is None else Path(store)
        packed = room.pack_for_workers(base)
        runner = stack.enter_context(
            runners.runner_here(packed) if workers == 1 else runners.runner_of_processes(packed, workers)
        )
        kept = stack.enter_context(room.open_store(path, header))
        room.announce_run(swept, kept)
        room.run_missing(swept, kept, runner)
        summary = room.summarise_sweep(swept, kept, header, base.policy)
    facts = {"cells": len(summary.cells), "draws": draws, "demand draws": demand_draws, "seed": seed}
    return Answer("sweep", summary, room.summary_object, rows.rows_of_sweep, facts)


def odds(
    district: District, what_ifs: WhatIfs = (), *, draws: int = 1000, demand_draws: int = 0, seed: int = 1,
    zone: str = "", category: str = "", workers: int = 1, progress: Progress = silent,
) -> Answer[Odds]:  # fmt: skip
    """For every kind of child the probability of each school, over simulated draws; of one zone or category if named.

    Raises
    ------
    InputError
        If a number is out of range, zone or category are unknown, or a what-if is wrong or does not fit.
    """
    from allocator.planning.odds import odds as simulated
    from allocator.planning.odds import odds_object, rows_in_wanted_words

    _demand(("seed", seed, 0), ("workers", workers, 1))
    wanted = rows_in_wanted_words(district, zone, category)
    found = simulated(_drawn(district), _read(what_ifs), draws=draws, demand_draws=demand_draws, seed=seed,
                      workers=workers, progress=progress)  # fmt: skip
    facts = {"kinds": len(found.kinds), "draws": draws, "demand draws": demand_draws, "seed": seed}
    return Answer("odds", found, lambda one: odds_object(one, wanted), rows.rows_of_odds, facts)


def seats(
    district: District, *, class_size: int = 45, trial_seed: int = 1, draws: int = 0, progress: Progress = silent
) -> Answer[SeatEffects]:
    """Show what one, ten and a class of extra seats do at every school.

    Raises
    ------
    InputError
        If a number is out of range, or the model decides the diversion.
    """
    from allocator.planning.extra_seats import effects_object, seat_effects

    _demand(("class_size", class_size, 1), ("trial_seed", trial_seed, 0), ("draws", draws, 0))
    found = seat_effects(district, class_size=class_size, trial_seed=trial_seed, draws=draws, progress=progress)
    facts = {"effects": len(found.effects), "draws": draws, "trial seed": trial_seed}
    return Answer("seats", found, effects_object, rows.rows_of_seats, facts)


def capacity(
    district: District, *, extra_seats: int | None = None, classes: int | None = None, class_size: int | None = None,
    fewest: bool = False, where: Sequence[str] = (), by: str = "rules", draws: int = 0, trial_seed: int = 1,
    time_limit: float | None = None, not_diverted: Sequence[str] = (), progress: Progress = silent,
) -> Answer[ExtraSeats]:  # fmt: skip
    """Find where extra seats help most, with a bound that proves it: one of ``extra_seats``, ``classes``, ``fewest``.

    Raises
    ------
    InputError
        If the question makes no sense, or none in this district.
    """
    from allocator.models.limit import Limit
    from allocator.planning.extra_seats import (
        Request,
        extra_seats_report_object,
        request_default_not_diverted,
        search_extra_seats,
    )

    named = tuple(not_diverted) or (request_default_not_diverted(district) if fewest else ())
    request = Request(extra_seats, classes, class_size, fewest, tuple(where), by, draws, trial_seed, time_limit, named)
    found = search_extra_seats(district, request, limit=Limit(time_limit), progress=progress)
    facts = {"extra seats": sum(found.extra.values()), "proven": "yes" if found.proven else "no"}
    return Answer("capacity", found, extra_seats_report_object, rows.rows_of_capacity, facts)


def optimum(
    district: District, *, method: str = "core", use_hard_cap: bool = False, time_limit: float | None = None,
    progress: Progress = silent,
) -> Answer[CheckedOptimum]:  # fmt: skip
    """Find the best list under the policy's planning weights; a district without a draw takes the first trial's.

    Raises
    ------
    InputError
        If weights or places are missing, or make no sense.
    DisagreementError
        If the checker refuses list or proof.
    """
    from allocator.models.limit import Limit
    from allocator.planning.optimum import solve_and_check_optimum, summarise_optimum

    if time_limit is not None and not 0 < time_limit <= _LONGEST:
        raise InputError([Fault("planning.time_limit", "time_limit", value=str(time_limit))])
    drawn = district if district.draw else _drawn(district)
    limit = Limit(time_limit)
    found = solve_and_check_optimum(drawn, method=method, use_hard_cap=use_hard_cap, limit=limit, progress=progress)
    facts = {"children": len(found.placed), "objective": found.optimum.objective, "bound": found.optimum.bound}
    return Answer("optimum", found, summarise_optimum, rows.rows_of_optimum, facts)


def warnings(district: District, what_ifs: WhatIfs = (), *, together: bool = False) -> Answer[WarningReport]:
    """Warn of zones where demand reaches the plan, this year and with each what-if, or with all of them together.

    Raises
    ------
    InputError
        If the policy states no levels, or a what-if is wrong or does not fit.
    """
    from allocator.planning.zone_warnings.report import report_object, warning_report

    found = warning_report(_drawn(district), tuple(_read(what_ifs)), together=together)
    facts = {"zones": len(found.zones), "forecasts": len(found.forecasts), "year": found.levels.year}
    return Answer("warnings", found, report_object, rows.rows_of_warnings, facts)


def _drawn(district: District) -> District:
    """The district with the first trial's draw, so that none is asked for: no public draw enters a simulation."""
    return replace(district, draw=Draw(trial_seed=1))


def _read(what_ifs: WhatIfs) -> list[WhatIf]:
    """What-ifs, those of files read: the faults of all of them at once."""
    from allocator.reading.what_if_file import read_what_ifs

    files = [Path(one) for one in what_ifs if not isinstance(one, WhatIf)]
    read = iter(read_what_ifs(files) if files else ())
    return [one if isinstance(one, WhatIf) else next(read) for one in what_ifs]


def _demand(*numbers: tuple[str, int, int]) -> None:
    """Refuse numbers out of range: name, value, least."""
    params = {"most": f"{_MOST:,}"}
    faults = [
        Fault("capacity.number", name, value=str(value), params={"least": str(least), **params})
        for name, value, least in numbers
        if not isinstance(value, int) or not least <= value <= _MOST
    ]
    if faults:
        raise InputError(faults)
