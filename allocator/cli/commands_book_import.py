"""``allocator book import``: many events from a file, all or none."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.casebook import read_events_table, read_officers, writing
from allocator.cli import clock
from allocator.cli.book_desk import WAIT_SECONDS, Desk
from allocator.cli.command import (
    Teller,
    district_argument,
    encoding_option,
    json_option,
    language_option,
    path_argument,
    quiet_option,
    told_command,
)
from allocator.cli.commands_book import book
from allocator.ground import text


@book.command("import")
@district_argument
@path_argument("events", "FILE")
@click.option("--yes", is_flag=True)
@encoding_option
@json_option
@quiet_option
@language_option
@told_command
def import_(teller: Teller, folder: Path, events: Path, yes: bool, encoding: str | None) -> int:
    """Enter the events of a file, all or none."""
    teller("progress.reading")
    found = read_events_table(events, read_officers(folder), encoding)
    teller("progress.book")
    with writing(folder, str(found[0].event["by"]), clock.clock_time(), WAIT_SECONDS) as kept:
        desk = Desk(teller, kept, yes=yes)
        teller.say(text("book.import.read", teller.language, count=len(found)))
        return desk.enter([one.event for one in found], rows=[one.row for one in found])
