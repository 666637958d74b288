"""``allocator book lists``: the lists of a case book that exist now, public and restricted (C069 to C072)."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path

import click

from allocator.casebook import demand_names_kept, listed_book, read_officers, reading
from allocator.casebook.list_files import (
    CHECKED_PLACE,
    FORMATS,
    ListFormat,
    book_lists,
    lists_folder,
    lists_object,
    lists_told,
    write_lists,
)
from allocator.cli.clock import clock_time
from allocator.cli.command import (
    Teller,
    book,
    district_argument,
    json_option,
    language_option,
    lists_option,
    path_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.ground import Fault, InputError, ListLanguages, Written, echo
from allocator.public.of_book import family_page_of_book


@book.command()
@district_argument
@click.option("--round", "round_", metavar="ROUND", default="")
@click.option("--since", type=click.IntRange(min=1), metavar="EVENT")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True, default=FORMATS)
@path_option("--out", "OUT")
@click.option("--by", metavar="PERSON", default="")
@click.option("--objection", metavar="TEXT", default="")
@click.option("--telephone", metavar="TEXT", default="")
@lists_option
@json_option
@quiet_option
@language_option
@told_command
def lists(
    teller: Teller, folder: Path, round_: str, since: int | None, formats: tuple[ListFormat, ...], out: Path | None,
    by: str, objection: str, telephone: str, lists: ListLanguages,
) -> None:  # fmt: skip
    """Write the lists that exist now: by batch and school, public ones and restricted ones apart."""
    demand_names_kept(folder)
    teller("progress.reading")
    with reading(folder) as kept:
        if by:
            officers = read_officers(folder)
            if faults := officers.faults(by, officers.roles.get(by, ("",))[0], Fault("", "--by")):
                raise InputError(faults)
        teller("progress.listing")
        listed = listed_book(folder, kept.book, objection, telephone, since)
        found = book_lists(listed, round_)
        if any(one.restricted for one in found):
            kept.log(clock_time(), by or _account(), "lists", round_ or f"event {len(kept.journal)}")
        page = {} if round_ else family_page_of_book(folder, listed, kept.district)
        page = {CHECKED_PLACE + path: content for path, content in page.items()}
    out = out or lists_folder(folder, listed, round_)
    digests = write_lists(out, listed, found, Written(lists), formats, page)
    teller.finish()
    if teller.as_json:
        print_json(lists_object(listed, found, digests))
    elif not teller.quiet:
        for line in lists_told(listed, found, digests, out, teller.language):
            echo(line)


def _account() -> str:
    """Return the name of this account, as the system calls it."""
    try:
        return getuser()
    except (ImportError, KeyError, OSError):  # an account that the system has no name for
        return "-"
