"""``allocator book lists``: the lists of a case book that exist now, public and restricted (C069 to C074)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from allocator.casebook.kept import reading
from allocator.casebook.list_files import (
    FORMATS,
    ListFormat,
    book_lists,
    lists_folder,
    lists_object,
    nameless_children,
    write_lists,
)
from allocator.casebook.lists import BookList, ListedBook, ObjectionAddress
from allocator.casebook.persons import read_persons
from allocator.cli.command import (
    Teller,
    district_argument,
    json_option,
    language_option,
    lists_option,
    path_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.cli.commands_book import book
from allocator.ground import ListLanguages, Written, echo, some_as_text, text


@book.command()
@district_argument
@click.option("--round", "round_", metavar="ROUND", default="")
@click.option("--since", type=click.IntRange(min=1), metavar="EVENT")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True, default=FORMATS)
@path_option("--out", "OUT")
@click.option("--objection", metavar="TEXT", default="")
@click.option("--telephone", metavar="TEXT", default="")
@lists_option
@json_option
@quiet_option
@language_option
@told_command
def lists(
    teller: Teller, folder: Path, round_: str, since: int | None, formats: tuple[ListFormat, ...], out: Path | None,
    objection: str, telephone: str, lists: ListLanguages,
) -> None:  # fmt: skip
    """Write the lists that exist now: by batch and school, public ones and restricted ones apart."""
    teller("progress.reading")
    persons = read_persons(folder)
    with reading(folder) as kept:
        listed = ListedBook(kept.book, persons, ObjectionAddress(objection, telephone), since)
    teller("progress.listing")
    found = book_lists(listed, round_)
    out = out or lists_folder(folder, listed, round_)
    digests = write_lists(out, listed, found, Written(lists), formats)
    teller.finish()
    if teller.as_json:
        print_json(lists_object(listed, found, digests))
    elif not teller.quiet:
        _tell(teller, listed, found, len(digests), out)


def _tell(teller: Teller, listed: ListedBook, found: Sequence[BookList], files: int, out: Path) -> None:
    """Say what was written, which of it may be published, and what is left blank on it."""
    say = partial(text, language=teller.language)
    echo(say("lists.made", lists=len(found), files=files, folder=out))
    for code, is_inside in (("lists.made_public", False), ("lists.made_restricted", True)):
        kinds = Counter(one.name for one in found if one.restricted is is_inside)
        if kinds:
            names = [f"{say(f'lists.kind.{name}')} {count}" for name, count in kinds.items()]
            echo(say(code, names=("、" if teller.language == "zh" else ", ").join(names)))
    if nameless := nameless_children(listed):
        echo(say("lists.nameless", count=len(nameless), children=some_as_text(nameless, 5)))
    if any(one.name == "publicity" for one in found) and not all(listed.address):
        echo(say("lists.no_office"))
    echo(say("book.head", head=listed.book.head))
