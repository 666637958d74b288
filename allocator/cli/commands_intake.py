"""``allocator intake``: from the sheets of a registration platform to the office's tables."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import (
    BAD_INPUT,
    GOOD,
    Teller,
    cli,
    encoding_option,
    fault_object,
    json_option,
    language_option,
    path_option,
    print_json,
    show_faults,
    show_warnings,
    told_command,
)
from allocator.cli.intake_words import change_words, match_words
from allocator.ground import Fault, InputError, Language, cut_faults, echo, some_as_text, text
from allocator.intake.propose import write_proposal
from allocator.intake.run import Intake, SheetCount, demand_folder, take_in, write_faults, write_intake_run

_MOST, _MOST_MATCHES = 200, 5
"""Changes, and matches of numbers, that a terminal shows; all of them stand in the JSON answer."""
_OF_CHILDREN = ("applications", "applicants")
"""Tables with a row a child."""


@cli.command()
@click.argument("exports", metavar="EXPORT... DIR", nargs=-1, required=True, type=click.Path(path_type=Path))
@path_option("--columns", "MAP")
@path_option("--propose", "MAP", "proposed")
@click.option("--write", "is_written", is_flag=True)
@click.option("--remove", "is_removed", is_flag=True)
@encoding_option
@json_option
@language_option
@told_command
def intake(
    teller: Teller, exports: tuple[Path, ...], columns: Path | None, proposed: Path | None, is_written: bool,
    is_removed: bool, encoding: str | None,
) -> int:  # fmt: skip
    """Take a platform's sheets in; without ``--write`` only tell what would be written."""
    *files, folder = exports
    if not files:
        raise InputError([Fault("intake.no_exports", str(folder))])
    if proposed is not None:
        return _propose(teller, files, folder, proposed, encoding)
    if columns is None:
        raise InputError([Fault("intake.needs_map", "--columns")])
    teller("progress.reading")
    found = take_in(files, folder, columns, encoding)
    if is_written and not is_removed and not found.faults:
        _demand_nothing_gone(found)
    book = write_faults(found, folder, teller.language)
    written = write_intake_run(found, folder) if is_written and not found.faults else []
    teller.finish()
    if teller.as_json:
        print_json(_answer(found, written, teller.language))
    else:
        _show(found, written, book, teller.language)
    return BAD_INPUT if found.faults else GOOD


def _demand_nothing_gone(found: Intake) -> None:
    """Refuse to drop children whom the export no longer has, unless that is asked for: one of its files may lack."""
    gone = [change for change in found.changes if change.kind == "gone" and change.table in _OF_CHILDREN]
    if gone:
        made = (Fault("intake.would_go", f"{change.table}.csv", value=change.key) for change in gone)
        raise InputError(cut_faults(made, len(gone)))


def _propose(teller: Teller, files: list[Path], folder: Path, path: Path, encoding: str | None) -> int:
    """Write a first map for the office to confirm."""
    demand_folder(folder)
    made = write_proposal(files, folder, path, encoding)
    words = {"headings": made.headings, "undecided": made.undecided, "values": made.values}
    if teller.as_json:
        print_json({"file": path.name, **words})
        return GOOD
    show_warnings(made.warnings, teller.language)
    echo(text("intake.proposed", teller.language, file=path.name, **words))
    return GOOD


def _show(found: Intake, written: list[str], book: Path | None, language: Language) -> None:
    """Show what became of every row, what is wrong, and what changes."""
    for sheet in found.left_out:
        echo(text("intake.left_out", language, sheet=sheet))
    for count in found.counts:
        _show_count(count, language)
    show_warnings(found.warnings, language)
    if found.faults:
        if book is not None:
            echo(text("intake.faults_book", language, path=book))
        show_faults(sorted(found.faults, key=lambda f: (f.file, f.row, f.column, f.code)), language)
        return
    for table, rows in found.tables.items():
        code = "intake.table_first" if table in found.first else "intake.table"
        echo(text(code, language, table=f"{table}.csv", count=len(rows)))
    if len(found.first) < len(found.tables):
        echo(text("intake.changes" if found.changes else "intake.no_changes", language, count=len(found.changes)))
    for change in found.changes[:_MOST]:
        echo(text(f"intake.{change.kind}", language, **change_words(change, language)))
    _show_more(len(found.changes) - _MOST, language)
    _show_matches(found, language)
    echo(text("intake.written", language, files=", ".join(written)) if written else text("intake.dry", language))


def _show_count(count: SheetCount, language: Language) -> None:
    """Show what became of the rows of a sheet."""
    numbers = {"read": count.read, "accepted": count.accepted, "refused": count.refused}
    echo(text("intake.count", language, sheet=count.label, **numbers))
    for reason, lines in count.passed.items():
        echo(text(f"intake.passed.{reason}", language, count=len(lines), rows=some_as_text(lines)))


def _show_matches(found: Intake, language: Language) -> None:
    """Show some of the numbers that were given before: of a corrected export nearly all are."""
    if matches := found.numbers.matches:
        echo(text("intake.matches", language, count=len(matches)))
        for match in matches[:_MOST_MATCHES]:
            echo(text("intake.match", language, **match_words(match, language)))
        _show_more(len(matches) - _MOST_MATCHES, language)


def _show_more(left: int, language: Language) -> None:
    """Say how many more there are than a terminal shows."""
    if left > 0:
        echo(text("intake.more", language, count=left))


def _answer(found: Intake, written: list[str], language: Language) -> dict[str, object]:
    """Return what is shown as a JSON object."""
    return {
        "sheets": [
            {"sheet": c.label, "read": c.read, "accepted": c.accepted, "refused": c.refused, "passed": c.passed,
             "filled": c.filled} for c in found.counts
        ],
        "left_out": found.left_out,
        "faults": [fault_object(fault, language) for fault in found.faults],
        "warnings": [fault_object(warning, language) for warning in found.warnings],
        "tables": {f"{table}.csv": len(rows) for table, rows in found.tables.items()} if not found.faults else {},
        "first": [f"{table}.csv" for table in found.first],
        "changes": [change._asdict() for change in found.changes],
        "matches": [match._asdict() for match in found.numbers.matches],
        "written": written,
    }  # fmt: skip
