"""``allocator book open``: a book begun over the tables of a folder, or its lost database made anew."""

from __future__ import annotations

import os
from pathlib import Path

import click

from allocator.casebook import OFFICERS, open_book, read_officers, rebuild_database
from allocator.cli import clock
from allocator.cli.command import (
    Teller,
    district_argument,
    json_option,
    language_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.cli.commands_book import book
from allocator.ground import Fault, InputError, echo, text, write_owner_only

by_option = click.option("--by", required=True, metavar="PERSON")
wait_option = click.option("--wait", type=click.FloatRange(min=0), default=5.0, show_default=True, metavar="SECONDS")


@book.command("open")
@district_argument
@by_option
@click.option("--rebuild", is_flag=True)
@wait_option
@json_option
@quiet_option
@language_option
@told_command
def open_(teller: Teller, folder: Path, by: str, rebuild: bool, wait: float) -> None:
    """Begin the book of a stage and year; or make a lost database anew from the journal."""
    has_officers = os.path.lexists(folder / OFFICERS)
    if has_officers and (faults := read_officers(folder).faults(by, "office", Fault("", "--by"))):
        raise InputError(faults)
    teller("progress.reading")
    act = rebuild_database if rebuild else open_book
    head = act(folder, by, clock.clock_time(), wait)
    if not has_officers:
        write_owner_only(folder / OFFICERS, f"person,roles\n{by},office\n".encode())
    teller.finish()
    if teller.as_json:
        print_json({"format_version": 1, "kind": "book-open", "rebuilt": rebuild, "head": head})
    elif not teller.quiet:
        echo(text("book.rebuilt" if rebuild else "book.begun", teller.language, folder=folder))
        if not has_officers:
            echo(text("book.officers_begun", teller.language, person=by, file=folder / OFFICERS))
        echo(text("book.head", teller.language, head=head))
