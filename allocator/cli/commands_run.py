"""``allocator run``, ``verify`` and ``explain``: from a district to lists, and back to reasons."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from allocator.background import MANY, begin
from allocator.cli.app import cli, language_option, lists_option, replace_option
from allocator.cli.draw_sources import drawn_from
from allocator.cli.duration import tell_strict
from allocator.cli.show import DISAGREE, GOOD, UNFINISHED, Teller, print_json, told
from allocator.district_folder import demand_reading, read_district
from allocator.domain import NEEDS_RULING, UNPLACED, Draw
from allocator.engines import Engine, Result, compute
from allocator.errors import Fault, InputError
from allocator.explain import explain as explain_child
from allocator.messages import Language, Lists, text
from allocator.planning.verification import PlanReport, is_plan, verify_plan
from allocator.record import replacement_faults, target_faults
from allocator.record.frozen import FROZEN
from allocator.reporting import print_summary, summarise, write_outputs
from allocator.reporting.summary import Summary
from allocator.terminal import echo
from allocator.verify import Report, compared_with_tables, verify_list, verify_output


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--transcript", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--trial-seed", type=click.IntRange(min=0), metavar="N")
@click.option("--out", type=click.Path(path_type=Path), metavar="OUT")
@replace_option
@click.option("--engine", type=click.Choice(["both", "procedure", "strict"]), default="both", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.option("--no-workbook", is_flag=True)
@click.option("--no-trace", is_flag=True)
@click.option("--quiet", is_flag=True)
@click.option("--allow-weak-seed", is_flag=True)
@click.option("--encoding")
@lists_option
@language_option
def run(
    folder: Path, transcript: Path | None, trial_seed: int | None, out: Path | None, replace: bool, engine: Engine,
    as_json: bool, no_workbook: bool, no_trace: bool, quiet: bool, allow_weak_seed: bool, encoding: str | None,
    lists: Lists, lang: Language,
) -> None:
    """Compute the assignment with both engines, let the checker judge it, and write all lists."""
    with told(lang, as_json=as_json):
        target = folder / "out" if out is None else out
        _fit(folder, transcript, trial_seed, target)
        teller = Teller(lang, quiet=quiet or as_json)
        teller("progress.reading")
        district = read_district(folder, transcript=transcript, trial_seed=trial_seed, encoding=encoding,
                                 allow_weak_seed=allow_weak_seed, proofread=False)
        if not replace and (faults := replacement_faults(target, district.draw)):
            raise InputError(faults)
        if engine != "procedure":
            tell_strict(teller, district)
        proof = begin(lambda: demand_reading(folder, district, encoding), beside=len(district.applicants) >= MANY)
        pending = compute(district, engine=engine, progress=teller, frozen=folder / FROZEN)
        teller("progress.checker")
        result = pending.result if pending.beside else pending.judged()
        proof()
        teller("progress.writing")
        summary = summarise(result.district, result.rows, result.serial_rows, result.agreement)
        write_outputs(target, result.district, result.rows, result.serial_rows, summary,
                      workbook=not no_workbook, trace=not no_trace, lists=lists,
                      replace=replace, confirm=pending.judged)
        teller.finish()
        _report(result.district.draw, summary, target, as_json=as_json, quiet=quiet, lang=lang)
        status = _status(result)
    sys.exit(status)


def _fit(folder: Path, transcript: Path | None, trial_seed: int | None, target: Path) -> None:
    """Refuse what can be refused before the work begins."""
    faults = target_faults(target, folder)
    if transcript is not None and trial_seed is not None:
        faults.append(Fault("run.two_seeds", "--trial-seed"))
    if faults:
        raise InputError(faults)


def _report(drawn: Draw | None, summary: Summary, target: Path, *, as_json: bool, quiet: bool, lang: Language) -> None:
    """Show the summary, and event, witnesses and seed of the draw; or JSON."""
    if quiet and not as_json:
        return
    if as_json:
        print_json(summary)
        return
    print_summary(summary, lang)
    for line in drawn_from(drawn, lang) if drawn is not None else ():
        echo(line)
    echo(text("cli.written", lang, folder=target))


def _status(result: Result) -> int:
    """0, or 1 where children are unplaced or need a ruling."""
    return UNFINISHED if any(row.outcome in {UNPLACED, NEEDS_RULING} for row in result.rows) else GOOD


@cli.command()
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--list", "list_files", type=click.Path(path_type=Path), metavar="FILE", multiple=True)
@click.option("--tables", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--transcript", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--trial-seed", type=click.IntRange(min=0), metavar="N")
@click.option("--json", "as_json", is_flag=True)
@click.option("--allow-weak-seed", is_flag=True)
@click.option("--encoding")
@language_option
def verify(
    folder: Path, list_files: tuple[Path, ...], tables: Path | None, transcript: Path | None, trial_seed: int | None,
    as_json: bool, allow_weak_seed: bool, encoding: str | None, lang: Language,
) -> None:
    """Prove a list again without any solver and tell every violation, with clause, child and school."""
    with told(lang, as_json=as_json):
        if list_files and tables is not None:
            raise InputError([Fault("verify.tables_of_list", "--tables")])
        teller = Teller(lang, quiet=as_json)
        teller("progress.verifying")
        report: Report | PlanReport
        if not list_files and is_plan(folder):
            report = verify_plan(folder)
        elif not list_files:
            report = verify_output(folder)
        else:
            district = read_district(folder, transcript=transcript, trial_seed=trial_seed,
                                     allow_weak_seed=allow_weak_seed, encoding=encoding)
            report = verify_list(district, list_files, encoding)
        if tables is not None:
            report = replace(report, faults=(*report.faults, *compared_with_tables(folder, tables, encoding)))
        teller.finish()
        _show(report, as_json=as_json, compared=tables is not None or bool(list_files), lang=lang)
    if report.violations or report.faults:
        sys.exit(DISAGREE)
    sys.exit(UNFINISHED if isinstance(report, PlanReport) and report.on_word else GOOD)


def _show(report: Report | PlanReport, *, as_json: bool, compared: bool, lang: Language) -> None:
    """Print every violation, or that there is none, and whether the office's own tables were looked at."""
    if as_json:
        print_json({**report.as_object(lang), "compared_with_tables": compared})
        return
    for line in report.lines(lang):
        echo(line)
    if not compared:
        echo(text("verify.not_compared", lang))
    elif not any(fault.code.startswith("proof.") for fault in report.faults):
        echo(text("verify.compared", lang))


@cli.command()
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.argument("applicant_id", metavar="ID")
@language_option
def explain(folder: Path, applicant_id: str, lang: Language) -> None:
    """Tell where a child stands and why, from the record of a run."""
    with told(lang):
        echo(explain_child(folder, applicant_id, lang))
