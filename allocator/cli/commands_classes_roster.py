"""``allocator classes roster``: the roster of a session of classes from the admitted list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    encoding_option,
    json_option,
    language_option,
    lists_option,
    path_argument,
    path_option,
    print_json,
    quiet_option,
    replace_option,
    told_command,
)
from allocator.cli.commands_classes import classes, grade_option
from allocator.ground import ListLanguages, Written, echo
from allocator.public.class_roster_folder import (
    ROSTER_NAME_RULES,
    RosterSources,
    roster_folder,
    roster_of,
    roster_told,
    write_roster_folder,
)


@classes.command()
@path_argument("folder", "BOOK")
@path_option("--pupils", "FILE", required=True)
@path_option("--persons", "FILE")
@grade_option
@click.option("--school", "schools", multiple=True, metavar="ID")
@click.option(
    "--names", "rule", type=click.Choice(ROSTER_NAME_RULES), default=ROSTER_NAME_RULES[0], show_default=True
)
@click.option("--leave-out", "left_out", multiple=True, metavar="GROUP")
@path_option("--out", "DIR")
@encoding_option
@lists_option
@replace_option
@json_option
@quiet_option
@language_option
@told_command
def roster(
    teller: Teller, folder: Path, pupils: Path, out: Path | None, lists: ListLanguages, replace: bool, **asked: Any
) -> int:
    """Make the roster of whom the schools admitted; tell groups of names that are larger than the classes."""
    out = out or roster_folder(folder)
    teller("progress.reading")
    made, admitted = roster_of(RosterSources(folder, pupils, **asked), out, replace=replace)
    found = write_roster_folder(out, made, admitted, Written(lists))
    teller.finish()
    if teller.as_json:
        print_json(found)
    elif not teller.quiet:
        for line in roster_told(found, admitted, teller.language):
            echo(line)
    return UNFINISHED if found["crowded"] else GOOD
