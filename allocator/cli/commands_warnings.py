"""``allocator warnings``: supply and demand per school zone, this year's and forecast."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import (
    Teller,
    cli,
    district_argument,
    encoding_option,
    json_option,
    language_option,
    lists_option,
    path_option,
    print_answer,
    told_command,
)
from allocator.district_folder import read_district
from allocator.domain import District, WhatIf
from allocator.ground import InputError, ListLanguages, Written
from allocator.planning.zone_warnings.levels import warning_levels
from allocator.planning.zone_warnings.report import (
    parts_of,
    report_object,
    table_of,
    target_faults,
    warning_report,
)
from allocator.reading.what_if_file import read_what_ifs
from allocator.record import swap_file
from allocator.sheets import file_for_people

_NO_DRAW = 1  # a trial seed, so that no transcript is asked for: no lot enters a warning


@cli.command()
@district_argument
@path_option("--forecast", "WHATIF.yaml", "what_ifs", multiple=True)
@click.option("--together", is_flag=True)
@path_option("--out", "FILE")
@json_option
@encoding_option
@lists_option
@language_option
@told_command
def warnings(
    teller: Teller, folder: Path, what_ifs: tuple[Path, ...], together: bool, out: Path | None, encoding: str | None,
    lists: ListLanguages,
) -> None:
    """Warn of zones where demand reaches the plan, by the levels of the policy's block 'warnings'."""
    teller("progress.reading")
    report = warning_report(*_inputs(folder, what_ifs, out, encoding), together=together)
    teller.finish()
    if out is not None:
        swap_file(out, file_for_people(table_of(report), out, Written(lists)))
    print_answer(teller, lambda: report_object(report), lambda: parts_of(report), [out])


def _inputs(
    folder: Path, paths: tuple[Path, ...], out: Path | None, encoding: str | None
) -> tuple[District, tuple[WhatIf, ...]]:
    """Read district and what-ifs, or raise what is wrong with either and with the place of the table, all at once."""
    faults = [] if out is None else target_faults(out)
    district, what_ifs = None, None
    try:
        district = read_district(folder, trial_seed=_NO_DRAW, encoding=encoding)
        warning_levels(district)
    except InputError as error:
        faults += error.faults
    try:
        what_ifs = read_what_ifs(list(paths))
    except InputError as error:
        faults += error.faults
    if district is None or what_ifs is None or faults:
        raise InputError(faults)
    return district, tuple(what_ifs)
