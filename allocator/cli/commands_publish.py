"""``allocator publish``: of a run or a case book the folder that may go on the website."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from allocator.cli.command import (
    Teller,
    cli,
    json_option,
    language_option,
    lists_option,
    path_argument,
    path_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.ground import Fault, InputError, Language, ListLanguages, Written, echo, some_as_text, text
from allocator.public.of_book import is_book_folder, website_of_book
from allocator.public.of_run import website_of_run
from allocator.public.website import (
    LIST_FORMATS,
    Wanted,
    Website,
    demand_nothing_private,
    demand_website_place,
    write_website,
)


@cli.command()
@path_argument("out", "OUT")
@path_argument("folder", "FOLDER")
@click.option("--from", "begin", metavar="DATE")
@click.option("--remove-by", metavar="DATE")
@click.option("--objection", metavar="TEXT", default="")
@click.option("--telephone", metavar="TEXT", default="")
@path_option("--district", "DIR")
@click.option("--format", "formats", type=click.Choice(LIST_FORMATS), multiple=True, default=LIST_FORMATS)
@lists_option
@json_option
@quiet_option
@language_option
@told_command
def publish(
    teller: Teller, out: Path, folder: Path, begin: str | None, remove_by: str | None, objection: str, telephone: str,
    district: Path | None, formats: tuple[str, ...], lists: ListLanguages,
) -> None:  # fmt: skip
    """Make the folder that may go on the website; refuse what names a child or tells where it lives."""
    demand_website_place(folder, out)
    first, gone = _day(begin, "--from"), _day(remove_by, "--remove-by")
    teller("progress.reading")
    wanted = Wanted(first, gone, objection, telephone)
    site = website_of_book(out, wanted) if is_book_folder(out) else website_of_run(out, wanted, district)
    teller("progress.searching")
    demand_nothing_private(site)
    teller("progress.setting")
    digests = write_website(folder, site, Written(lists), formats)
    teller.finish()
    if teller.as_json:
        head = {"format_version": 1, "kind": "website", **site.head}
        print_json({**head, "files": digests, "small_orders": site.small_orders})
    elif not teller.quiet:
        _tell(site, folder, len(digests), teller.language)


def _day(told: str | None, option: str) -> date | None:
    """A day that was given."""
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise InputError([Fault("publish.day", option, value=told or "")]) from error


def _tell(site: Website, folder: Path, files: int, language: Language) -> None:
    """Tell what was made, and what to see to before it goes out."""
    echo(text("publish.done", language, folder=folder, files=files, lists=len(site.tables)))
    echo(text("publish.rights", language))
    day = site.head.get("remove_by")
    echo(text("publish.remove_told", language, day=day) if day else text("publish.remove_untold", language))
    if site.head.get("trial"):
        echo(text("publish.trial", language))
    if small := site.small_orders:
        echo(text("publish.small", language, count=len(small), files=some_as_text(small, 5)))
    if not site.signs.knows_names:
        echo(text("publish.no_names", language))
