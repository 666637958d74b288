"""``allocator verify``: a list is proven again without any solver."""

from __future__ import annotations

from pathlib import Path

from allocator.cli.command import (
    DISAGREE,
    GOOD,
    UNFINISHED,
    Teller,
    cli,
    encoding_option,
    json_option,
    language_option,
    path_argument,
    path_option,
    print_json,
    seed_option,
    told_command,
    weak_seed_option,
)
from allocator.ground import echo, text
from allocator.planning.optimum import OptimumReport
from allocator.scripting.lists import report_of
from allocator.verification import Report


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
    teller("progress.verifying")
    report = report_of(folder, list_files, tables, transcript, trial_seed, encoding, allow_weak_seed=allow_weak_seed)
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
