"""``allocator classes lists``: lists of a placement for the school, for the public, and to be signed."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import (
    Teller,
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
from allocator.cli.commands_classes import classes
from allocator.ground import ListLanguages, Written, echo
from allocator.public.class_lists_folder import (
    CLASS_LIST_FORMATS,
    ClassListFormat,
    ListSources,
    class_lists_told,
    placed_pupils,
    write_class_lists,
)


@classes.command(name="lists")
@path_argument("folder", "OUT")
@path_option("--book", "BOOK")
@path_option("--persons", "FILE")
@path_option("--team-classes", "FILE", "teams")
@path_option("--late", "FILE", "late_file")
@click.option("--format", "formats", type=click.Choice(CLASS_LIST_FORMATS), multiple=True, default=CLASS_LIST_FORMATS)
@path_option("--out", "LISTS")
@lists_option
@replace_option
@json_option
@quiet_option
@language_option
@told_command
def lists_of_classes(
    teller: Teller, folder: Path, book: Path | None, persons: Path | None, teams: Path | None, late_file: Path | None,
    formats: tuple[ClassListFormat, ...], out: Path | None, lists: ListLanguages, replace: bool,
) -> None:  # fmt: skip
    """Derive the placement once more, then write its lists; names come from the book or run it was made of."""
    out = out or folder.resolve().with_name(f"{folder.resolve().name}-lists")
    teller("progress.reading")
    placed = placed_pupils(ListSources(folder, book, persons, teams, late_file), out, replace=replace)
    teller("progress.listing")
    found = write_class_lists(out, placed, Written(lists), formats, replace=replace)
    teller.finish()
    if teller.as_json:
        print_json(found)
    elif not teller.quiet:
        for line in class_lists_told(found, teller.language):
            echo(line)
