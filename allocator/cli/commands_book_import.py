"""``allocator book import``: many events from a file, all or none."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.casebook import demand_no_private_words, read_events_table, read_officers
from allocator.cli.book_desk import open_desk
from allocator.cli.command import (
    Teller,
    book,
    district_argument,
    encoding_option,
    json_option,
    language_option,
    path_argument,
    quiet_option,
    told_command,
)


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
    found = read_events_table(events, read_officers(folder).faults, encoding)
    with open_desk(teller, folder, str(found[0].event["by"]), yes=yes) as desk:
        proposed = [one.event for one in found]
        rows = {at: (events.name, one.row) for at, one in enumerate(found)}
        demand_no_private_words(folder, proposed, rows)
        return desk.enter(proposed, rows=[one.row for one in found])
