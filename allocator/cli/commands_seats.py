"""``allocator seats``: what extra seats at each school do."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import (
    Teller,
    cli,
    district_argument,
    first_seed_option,
    path_option,
    planner_options,
    print_answer,
    told_command,
)
from allocator.district_folder import read_district
from allocator.domain import District
from allocator.ground import Fault, InputError
from allocator.planning.extra_seats import (
    effects_object,
    effects_parts,
    effects_table,
    effects_target_faults,
    seat_effects,
)
from allocator.record import swap_file
from allocator.sheets import file_for_machines

MOST_DRAWS, MOST_SEATS = 10_000, 1_000_000


@cli.command()
@district_argument
@click.option("--class-size", type=int, default=45, show_default=True, metavar="SEATS")
@click.option("--draws", type=int, default=0, metavar="N")
@first_seed_option
@path_option("--out", "FILE")
@planner_options
@told_command
def seats(
    teller: Teller, folder: Path, class_size: int, draws: int, trial_seed: int, out: Path | None, encoding: str | None
) -> None:
    """Show what one, ten and a class of extra seats do at every school, and who moves because of one."""
    teller("progress.reading")
    district = _inputs(folder, class_size, draws, trial_seed, out, encoding)
    found = seat_effects(district, class_size=class_size, trial_seed=trial_seed, draws=draws, progress=teller)
    teller.finish()
    if out is not None:
        swap_file(out, file_for_machines(effects_table(found), out))
    print_answer(teller, lambda: effects_object(found), lambda: effects_parts(found), [out])


def _inputs(
    folder: Path, class_size: int, draws: int, trial_seed: int, out: Path | None, encoding: str | None
) -> District:
    """Read the district, or raise what is wrong with it and with the options, all at once."""
    faults = []
    for option, value, least, most in (("--class-size", class_size, 1, MOST_SEATS), ("--draws", draws, 0, MOST_DRAWS)):
        if not least <= value <= most:
            params = {"least": str(least), "most": f"{most:,}"}
            faults.append(Fault("capacity.number", option, value=str(value), params=params))
    if out is not None:
        faults += effects_target_faults(out)
    district = None
    try:
        district = read_district(folder, trial_seed=trial_seed, encoding=encoding)
    except InputError as error:
        faults += error.faults
    if district is None or faults:
        raise InputError(faults)
    return district
