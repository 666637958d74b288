"""``allocator verify``: a list is proven again without any solver."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from allocator.cli.app import (
    cli,
    encoding_option,
    json_option,
    language_option,
    path_argument,
    path_option,
    seed_option,
    weak_seed_option,
)
from allocator.cli.show import Teller, print_json, told_command
from allocator.cli.status import DISAGREE, GOOD, UNFINISHED
from allocator.district_folder import read_district
from allocator.errors import Fault, InputError
from allocator.messages import text
from allocator.planning.optimum.verification import OptimumReport, is_optimum, verify_optimum
from allocator.terminal import echo
from allocator.verification import Report, compared_with_tables, verify_list, verify_output


@cli.command()
@path_argument("folder", "OUT")
@path_option("--list", "FILE", "list_files", multiple=True)
@path_option("--tables", "DIR")
@path_option("--transcript", "FILE")
@seed_option
@json_option
@weak_seed_option
@encoding_option
@language_option
@told_command
def verify(
    teller: Teller, folder: Path, list_files: tuple[Path, ...], tables: Path | None, transcript: Path | None,
    trial_seed: int | None, allow_weak_seed: bool, encoding: str | None,
) -> int:
    """Prove a list again without any solver and tell every violation, with clause, child and school."""
    if list_files and tables is not None:
        raise InputError([Fault("verify.tables_of_list", "--tables")])
    teller("progress.verifying")
    report: Report | OptimumReport
    if not list_files and is_optimum(folder):
        report = verify_optimum(folder)
    elif not list_files:
        report = verify_output(folder)
    else:
        district = read_district(folder, transcript=transcript, trial_seed=trial_seed,
                                 allow_weak_seed=allow_weak_seed, encoding=encoding)  # fmt: skip
        report = verify_list(district, list_files, encoding)
    if tables is not None:
        report = replace(report, faults=(*report.faults, *compared_with_tables(folder, tables, encoding)))
    teller.finish()
    _show(teller, report, compared=tables is not None or bool(list_files))
    if report.violations or report.faults:
        return DISAGREE
    return UNFINISHED if isinstance(report, OptimumReport) and report.on_word else GOOD


def _show(teller: Teller, report: Report | OptimumReport, *, compared: bool) -> None:
    """Print every violation, or that there is none, and whether the office's own tables were looked at."""
    lang = teller.language
    if teller.as_json:
        print_json({**report.as_object(lang), "compared_with_tables": compared})
        return
    for line in report.lines(lang):
        echo(line)
    if not compared:
        echo(text("verify.not_compared", lang))
    elif not any(fault.code.startswith("proof.") for fault in report.faults):
        echo(text("verify.compared", lang))
