"""``allocator what-if``: the base beside each what-if."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator.cli.command import (
    Teller,
    cli,
    district_argument,
    first_seed_option,
    path_argument,
    path_option,
    planner_list_options,
    print_json,
    replace_option,
    tell_what_if_duration,
    told_command,
)
from allocator.district_folder import read_district
from allocator.domain import District, WhatIf
from allocator.ground import (
    MOST_OF_A_TEXT,
    Fault,
    InputError,
    Language,
    ListLanguages,
    echo,
    fault_text,
    open_readable,
    text,
)
from allocator.planning.compare import Comparison, compare, parts_of, summarise_comparison, write_comparison
from allocator.planning.extra_seats import request_category_faults
from allocator.reading.what_if_file import read_what_ifs
from allocator.record import folder_replacement_faults, output_folder_faults, write_kept_page
from allocator.sheets import show

if TYPE_CHECKING:
    from allocator.planning.extra_seats import SeatEffects

MOST_DRAWS = 20_000
"""Every figure of every draw is kept in memory; a sweep is for more."""


@cli.command("what-if")
@district_argument
@path_argument("files", "FILE…", nargs=-1, required=True)
@click.option("--together", is_flag=True)
@click.option("--draws", type=int, default=0, metavar="N")
@first_seed_option
@click.option("--workers", type=click.IntRange(min=1), default=os.cpu_count() or 1, metavar="K")
@click.option("--not-diverted", metavar="CATEGORIES")
@click.option("--no-optimum", is_flag=True)
@path_option("--out", "OUT")
@replace_option
@path_option("--report", "OUT.html")
@click.option("--date", "day", metavar="YYYY-MM-DD")
@path_option("--pictures", "FOLDER")
@planner_list_options
@told_command
def what_if(
    teller: Teller, folder: Path, files: tuple[Path, ...], together: bool, draws: int, trial_seed: int, workers: int,
    not_diverted: str | None, no_optimum: bool, out: Path | None, replace: bool, report: Path | None,
    day: str | None, pictures: Path | None, encoding: str | None, lists: ListLanguages,
) -> None:
    """Put what-ifs beside the district as it is: who gains, who loses, seats, diversions, distance, cost."""
    teller("progress.reading")
    misfits = _misfits(folder, draws, out, report, pictures, replace=replace)
    made_on = _day(day, misfits) if report is not None or day is not None else None
    named = tuple(name.strip() for name in (not_diverted or "").split(",") if name.strip())
    district, what_ifs = _inputs(folder, files, trial_seed, encoding, named, misfits)
    tell_what_if_duration(teller, district, 1 + (1 if together else len(what_ifs)))
    found = compare(district, what_ifs, trial_seed=trial_seed, draws=draws, together=together,
                    optimum=not no_optimum, workers=workers if draws else 1, progress=teller)  # fmt: skip
    found = dataclasses.replace(found, not_diverted=named)
    teller("progress.seats_rules")
    summary = summarise_comparison(found)
    _draw(found, summary, report, pictures, lists, made_on, teller)
    if out is not None:
        teller("progress.writing")
        write_comparison(out, found, summary, _digests(files, what_ifs), replace=replace)
    teller.finish()
    if teller.as_json:
        print_json(summary)
    elif not teller.quiet:
        show(parts_of(found, summary), teller.language)
        _tell_no_optimum(found.no_optimum, teller.language)
        for code, name in (("cli.written", out), ("what_if.report_written", report)):
            if name is not None:
                echo(text(code, teller.language, folder=name, file=name))


def _draw(
    found: Comparison,
    summary: dict[str, Any],
    report: Path | None,
    pictures: Path | None,
    lists: ListLanguages,
    made_on: date | None,
    teller: Teller,
) -> None:
    """Write the page and the pictures, those that are asked for."""
    if report is not None:
        from allocator.planning.compare import report_bytes

        teller("progress.report")
        write_kept_page(report, report_bytes(found, summary, _effects(found, teller), lists, made_on=made_on))
    if pictures is not None:
        from allocator.planning.compare import write_base_pictures

        write_base_pictures(pictures, found)


def _tell_no_optimum(faults: Sequence[Fault], language: Language) -> None:
    """Why there is no price of the rules: the first reason of each kind, for every home may lack its place."""
    first = {fault.code: fault for fault in reversed(faults)}
    for fault in sorted(first.values(), key=faults.index):
        echo(text("what_if.no_optimum", language, reason=fault_text(fault, language)), err=True)
    if len(faults) > len(first):
        echo(text("what_if.more_reasons", language, count=f"{len(faults) - len(first):,}"), err=True)


def _effects(found: Comparison, teller: Teller) -> SeatEffects | None:
    """What extra seats do, for the page; None where the model decides or making all those lists takes too long."""
    from allocator.planning.extra_seats import MOST_LISTS, seat_effects

    district = found.district
    large = len(district.applicants) * len(district.schools) > MOST_LISTS
    if large or district.policy.switches.divert_assign == "least_distance":
        return None
    return seat_effects(district, trial_seed=found.trial_seed, progress=teller)


def _day(given: str | None, faults: list[Fault]) -> date | None:
    """The day of the page; a fault where it is none."""
    from allocator.planning.compare import base_section_day

    try:
        return base_section_day(given)
    except InputError as error:
        faults += error.faults
        return None


def _misfits(
    folder: Path, draws: int, out: Path | None, report: Path | None, pictures: Path | None, *, replace: bool
) -> list[Fault]:
    """What is wrong with the options."""
    faults = output_folder_faults(out, folder) if out is not None else []
    if out is not None and not replace:
        faults += folder_replacement_faults(out, None, "what-if")
    if not 0 <= draws <= MOST_DRAWS:
        faults.append(Fault("what_if.draws", "--draws", value=str(draws), params={"most": f"{MOST_DRAWS:,}"}))
    try:
        if report is not None:
            from allocator.record import kept_page_faults

            faults += kept_page_faults(report)
        if pictures is not None:
            from allocator.planning.compare import base_picture_folder_faults
            from allocator.sheets import demand_vega

            faults += base_picture_folder_faults(pictures)
            demand_vega()
    except InputError as error:
        faults += error.faults
    return faults


def _inputs(
    folder: Path,
    files: Sequence[Path],
    trial_seed: int,
    encoding: str | None,
    not_diverted: tuple[str, ...],
    faults: list[Fault],
) -> tuple[District, list[WhatIf]]:
    """Read district and what-ifs, or raise what is wrong with either, and with the options, all at once."""
    district, what_ifs = None, None
    try:
        district = read_district(folder, trial_seed=trial_seed, encoding=encoding)
    except InputError as error:
        faults += error.faults
    else:
        faults += request_category_faults(district, not_diverted)
    try:
        what_ifs = read_what_ifs(files)
    except InputError as error:
        faults += error.faults
    if district is None or what_ifs is None or faults:
        raise InputError(faults)
    return district, what_ifs


def _digests(files: Sequence[Path], what_ifs: Sequence[WhatIf]) -> list[tuple[str, str]]:
    """Name and SHA-256 of each file; two files of two folders may have one name, the what-ifs in them may not."""
    pairs = zip(files, what_ifs, strict=True)
    raws = ((f"{what_if.name}/{path.name}", open_readable(path, MOST_OF_A_TEXT)) for path, what_if in pairs)
    return [(name, sha256(raw).hexdigest()) for name, raw in raws]
