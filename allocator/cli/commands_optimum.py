"""``allocator optimum``: what is possible at all, for planners."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    cli,
    district_argument,
    path_option,
    planner_options,
    print_json,
    replace_option,
    seed_option,
    tell_optimum_duration,
    told_command,
)
from allocator.district_folder import read_district
from allocator.domain import METHODS, District
from allocator.ground import Fault, InputError, echo, text
from allocator.lottery import TRANSCRIPT
from allocator.models.limit import Limit
from allocator.planning.optimum import KIND, parts_of, solve_and_check_optimum, summarise_optimum, write_optimum
from allocator.record import folder_replacement_faults, output_folder_faults
from allocator.sheets import show

_FIRST_TRIAL = 1
_LONGEST = 1e9  # seconds; beyond it solvers cannot count


@cli.command()
@district_argument
@path_option("--out", "OUT", required=True)
@replace_option
@click.option("--use-hard-cap", is_flag=True)
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True)
@click.option("--time-limit", type=float, metavar="SECONDS")
@seed_option
@planner_options
@told_command
def optimum(
    teller: Teller, folder: Path, out: Path, replace: bool, use_hard_cap: bool, method: str, time_limit: float | None,
    trial_seed: int | None, encoding: str | None,
) -> int:
    """Find the best list under the policy's planning weights, with seat prices that prove it."""
    _fit(folder, out, time_limit)
    teller("progress.reading")
    district = _district(folder, trial_seed, encoding)
    if not replace and (faults := folder_replacement_faults(out, district.draw, KIND)):
        raise InputError(faults)
    if time_limit is None:
        tell_optimum_duration(teller, district, method)
    limit = Limit(time_limit)
    with limit.listening(lambda: echo(text("planning.ending", teller.language), err=True)):
        found = solve_and_check_optimum(
            district, method=method, use_hard_cap=use_hard_cap, limit=limit, progress=teller
        )
        teller("progress.writing")
        summary = summarise_optimum(found)
        write_optimum(out, found, summary, replace=replace)
    teller.finish()
    if teller.as_json:
        print_json(summary)
    elif not teller.quiet:
        show(parts_of(district.policy, summary), teller.language)
        echo(text("cli.written", teller.language, folder=out))
    return GOOD if found.optimum.proven else UNFINISHED


def _fit(folder: Path, out: Path, time_limit: float | None) -> None:
    """Refuse what can be refused before the work begins."""
    faults = output_folder_faults(out, folder)
    if time_limit is not None and not 0 < time_limit <= _LONGEST:
        faults.append(Fault("planning.time_limit", "--time-limit", value=str(time_limit)))
    if faults:
        raise InputError(faults)


def _district(folder: Path, trial_seed: int | None, encoding: str | None) -> District:
    """The district with its draw: planners may have none yet, then the first trial serves."""
    if trial_seed is None and not (folder / TRANSCRIPT).exists():
        trial_seed = _FIRST_TRIAL
    return read_district(folder, trial_seed=trial_seed, encoding=encoding, allow_weak_seed=True)
