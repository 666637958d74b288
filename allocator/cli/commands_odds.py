"""``allocator odds``: the chances of every kind of child, simulated."""

from __future__ import annotations

import os
from pathlib import Path

import click

from allocator.cli.command import (
    Teller,
    cli,
    district_argument,
    path_argument,
    path_option,
    planner_list_options,
    print_answer,
    told_command,
)
from allocator.district_folder import read_district
from allocator.domain import District, WhatIf
from allocator.ground import Fault, InputError, ListLanguages, Written
from allocator.planning.odds import (
    RowsWanted,
    families_table,
    kinds_table,
    odds_draw_faults,
    odds_object,
    parts_of,
    rows_in_wanted_words,
    target_faults,
)
from allocator.planning.odds import odds as simulated
from allocator.reading.what_if_file import read_what_ifs
from allocator.record import swap_file
from allocator.sheets import file_for_machines, file_for_people

_NO_DRAW = 1  # a trial seed, so that no transcript is asked for: simulated draws do not look at it


@cli.command()
@district_argument
@path_argument("what_ifs", "[WHATIF.yaml]…", nargs=-1)
@click.option("--draws", type=int, default=1000, show_default=True, metavar="N")
@click.option("--demand-draws", type=int, default=0, show_default=True, metavar="M")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S")
@click.option("--workers", type=click.IntRange(min=1), default=os.cpu_count() or 1, metavar="K")
@click.option("--zone", default="", metavar="Z")
@click.option("--category", default="", metavar="C")
@path_option("--out", "FILE")
@path_option("--families", "FILE")
@planner_list_options
@told_command
def odds(
    teller: Teller, folder: Path, what_ifs: tuple[Path, ...], draws: int, demand_draws: int, seed: int, workers: int,
    zone: str, category: str, out: Path | None, families: Path | None, encoding: str | None, lists: ListLanguages,
) -> None:
    """For every kind of child the probability of each school, over simulated draws."""
    teller("progress.reading")
    faults = _fit(draws, demand_draws, seed, out, families)
    district, changes, choice = _inputs(folder, what_ifs, encoding, (zone, category), faults)
    teller("progress.odds")
    found = simulated(
        district, changes, draws=draws, demand_draws=demand_draws, seed=seed, workers=workers, progress=teller
    )
    teller.finish()
    if out is not None:
        swap_file(out, file_for_machines(kinds_table(found, choice), out))
    if families is not None:
        swap_file(families, file_for_people(families_table(found, choice), families, Written(lists)))
    print_answer(teller, lambda: odds_object(found, choice), lambda: parts_of(found, choice), [out, families])


def _fit(draws: int, demand_draws: int, seed: int, out: Path | None, families: Path | None) -> list[Fault]:
    """What can be refused before the work begins."""
    faults = odds_draw_faults(draws, demand_draws)
    if seed < 0:
        faults.append(Fault("odds.seed", "--seed", value=str(seed)))
    faults += target_faults(out, families)
    if out is not None and families is not None and out.resolve() == families.resolve():
        faults.append(Fault("odds.same_file", "--families", value=families.name))
    return faults


def _inputs(
    folder: Path, paths: tuple[Path, ...], encoding: str | None, wanted: tuple[str, str], faults: list[Fault]
) -> tuple[District, list[WhatIf], RowsWanted]:
    """Read district and what-ifs, or raise what is wrong with either, and what was wrong before, all at once."""
    district, changes, choice = None, None, None
    try:
        district = read_district(folder, trial_seed=_NO_DRAW, encoding=encoding)
        choice = rows_in_wanted_words(district, *wanted)
    except InputError as error:
        faults += error.faults
    try:
        changes = read_what_ifs(list(paths))
    except InputError as error:
        faults += error.faults
    if district is None or changes is None or choice is None or faults:
        raise InputError(faults)
    return district, changes, choice
