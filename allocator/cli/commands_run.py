"""``allocator run``: from a district to its lists."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from allocator.casebook import named_district
from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    cli,
    district_argument,
    encoding_option,
    json_option,
    language_option,
    lists_option,
    path_option,
    print_json,
    quiet_option,
    replace_option,
    seed_option,
    show_warnings,
    tell_strict_duration,
    told_command,
    weak_seed_option,
)
from allocator.cli.draw_sources import sources_of_draw
from allocator.district_folder import demand_folder_reading, read_district
from allocator.domain import NEEDS_RULING, UNPLACED, District
from allocator.engines import Engine, Result, compute_with_engines
from allocator.ground import MANY_CHILDREN, Fault, InputError, ListLanguages, begin_in_background, echo, text
from allocator.lottery import FROZEN, TRANSCRIPT
from allocator.public.ceremony import changed_transcript_faults, loose_answers
from allocator.record import folder_replacement_faults, output_folder_faults
from allocator.reporting import Summary, summarise_run, summary_parts, write_outputs
from allocator.sheets import list_marks, show


@cli.command()
@district_argument
@path_option("--transcript", "FILE")
@seed_option
@path_option("--out", "OUT")
@replace_option
@click.option("--engine", type=click.Choice(get_args(Engine)), default="both", show_default=True)
@json_option
@click.option("--no-workbook", is_flag=True)
@click.option("--no-trace", is_flag=True)
@quiet_option
@weak_seed_option
@encoding_option
@lists_option
@language_option
@told_command
def run(
    teller: Teller,
    folder: Path,
    transcript: Path | None,
    trial_seed: int | None,
    out: Path | None,
    replace: bool,
    engine: Engine,
    no_workbook: bool,
    no_trace: bool,
    allow_weak_seed: bool,
    encoding: str | None,
    lists: ListLanguages,
) -> int:
    """Compute the assignment with both engines, let the checker judge it, and write all lists."""
    target = folder / "out" if out is None else out
    _fit(folder, transcript, trial_seed, target)
    teller("progress.reading")
    read = read_district(folder, transcript=transcript, trial_seed=trial_seed, encoding=encoding,
                         allow_weak_seed=allow_weak_seed, proofread=False)  # fmt: skip
    district = named_district(read, folder)
    _warn(teller, district)
    if not replace and (faults := folder_replacement_faults(target, district.draw)):
        raise InputError(faults)
    if engine != "procedure":
        tell_strict_duration(teller, district)
    proof = begin_in_background(
        lambda: demand_folder_reading(folder, read, encoding), beside=len(read.applicants) >= MANY_CHILDREN
    )
    pending = compute_with_engines(district, engine=engine, progress=teller, frozen=folder / FROZEN)
    teller("progress.checker")
    result = pending.result if pending.beside else pending.judged()
    proof()
    teller("progress.writing")
    summary = summarise_run(result.retelling, result.serial_rows, result.agreement)
    write_outputs(target, result.retelling, summary, result.serial_rows,
                  workbook=not no_workbook, trace=not no_trace, lists=lists, replace=replace, confirm=pending.judged)
    teller.finish()
    _report(teller, result.district, summary, target)
    return _status(result)


_WARNED = ("warn.held", "warn.numbers_unused")


def _warn(teller: Teller, district: District) -> None:
    """Tell of children held back, and of numbers that decide nothing; other warnings are those of the check."""
    if not teller.quiet:
        show_warnings([warning for warning in district.warnings if warning.code in _WARNED], teller.language)


def _fit(folder: Path, transcript: Path | None, trial_seed: int | None, target: Path) -> None:
    """Refuse what can be refused before the work begins."""
    faults = output_folder_faults(target, folder)
    if transcript is not None and trial_seed is not None:
        faults.append(Fault("run.two_seeds", "--trial-seed"))
    elif trial_seed is None:
        faults += changed_transcript_faults(folder, transcript or folder / TRANSCRIPT, loose_answers(folder))
    if faults:
        raise InputError(faults)


def _report(teller: Teller, district: District, summary: Summary, target: Path) -> None:
    """Show the summary, and event, witnesses and seed of the draw; or JSON."""
    if teller.as_json:
        print_json(summary)
    elif not teller.quiet:
        show(summary_parts(summary, list_marks(district)), teller.language)
        for line in sources_of_draw(district.draw, teller.language) if district.draw is not None else ():
            echo(line)
        echo(text("cli.written", teller.language, folder=target))


def _status(result: Result) -> int:
    """0, or 1 where children are unplaced or need a ruling."""
    return UNFINISHED if any(row.outcome in {UNPLACED, NEEDS_RULING} for row in result.rows) else GOOD
