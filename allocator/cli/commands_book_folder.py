"""``allocator book open``, ``export`` and ``restore``: a book begun in its folder, taken away, brought back."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import click

from allocator.casebook import OFFICERS, open_book, read_officers, rebuild_database
from allocator.casebook.archive import Archived, export_book, passphrase_faults, restore_book
from allocator.cli import clock
from allocator.cli.command import (
    Teller,
    book,
    district_argument,
    json_option,
    language_option,
    path_argument,
    path_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.ground import MOST_OF_A_TEXT, Fault, InputError, echo, open_readable, text, write_owner_only

by_option = click.option("--by", required=True, metavar="PERSON")
wait_option = click.option("--wait", type=click.FloatRange(min=0), default=5.0, show_default=True, metavar="SECONDS")
archive_argument = path_argument("archive", "ARCHIVE")
passphrase_option = path_option("--passphrase-file", "FILE")


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
    has_officers = _demand_office(folder, by)
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


@book.command()
@district_argument
@archive_argument
@by_option
@passphrase_option
@wait_option
@json_option
@quiet_option
@language_option
@told_command
def export(
    teller: Teller, folder: Path, archive: Path, by: str, passphrase_file: Path | None, wait: float
) -> None:
    """Write everything that makes up a book to one encrypted file."""
    _demand_office(folder, by)
    passphrase = _passphrase(teller, passphrase_file, twice=True)
    teller("progress.archiving")
    done = export_book(folder, archive, passphrase, by, clock.clock_time(), wait)
    teller.finish()
    _tell(teller, done, "book.exported", archive)


@book.command()
@archive_argument
@path_argument("target", "DIR")
@by_option
@passphrase_option
@wait_option
@json_option
@quiet_option
@language_option
@told_command
def restore(
    teller: Teller, archive: Path, target: Path, by: str, passphrase_file: Path | None, wait: float
) -> None:
    """Bring a book back from an encrypted file, once all of it is proven whole."""
    if archive.is_dir() and target.is_file():  # DIR restore ARCHIVE
        archive, target = target, archive
    passphrase = _passphrase(teller, passphrase_file, twice=False)
    teller("progress.restoring")
    done = restore_book(archive, target, passphrase, by, clock.clock_time(), wait)
    teller.finish()
    _tell(teller, done, "book.restored", target)


def _demand_office(folder: Path, person: str) -> bool:
    """Refuse whoever is no officer of the office; tell whether the book has a table of officers at all."""
    there = os.path.lexists(folder / OFFICERS)
    if there and (faults := read_officers(folder).faults(person, "office", Fault("", "--by"))):
        raise InputError(faults)
    return there


def _passphrase(teller: Teller, file: Path | None, *, twice: bool) -> str:
    """Return the passphrase of a file, else ask for it; it is never an argument, which others on the machine can see.

    Characters that can be written in two ways are taken in one.
    """
    if file is not None:
        try:
            given = open_readable(file, MOST_OF_A_TEXT).decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise InputError([Fault("book.passphrase_unreadable", file.name)]) from error
        return unicodedata.normalize("NFC", given[0] if given else "")
    if not sys.stdin.isatty():
        raise InputError([Fault("book.passphrase_missing", "--passphrase-file")])
    again = text("book.ask_passphrase_again", teller.language) if twice else False
    asked = click.prompt(
        text("book.ask_passphrase", teller.language), hide_input=True, confirmation_prompt=again, err=True
    )
    found = unicodedata.normalize("NFC", str(asked))
    if faults := passphrase_faults(found):
        raise InputError(faults)
    return found


def _tell(teller: Teller, done: Archived, code: str, place: Path) -> None:
    """Say what was written where, and what the book in it is."""
    if teller.as_json:
        aside = None if done.aside is None else str(done.aside)
        told = {"lines": done.lines, "head": done.head, "sha256": done.sha256, "aside": aside}
        print_json({"format_version": 1, "kind": code.replace(".", "-"), **told})
    elif not teller.quiet:
        echo(text(code, teller.language, place=place, lines=done.lines))
        if done.aside is not None:
            echo(text("book.folder_aside", teller.language, folder=done.aside))
        echo(text("book.head", teller.language, head=done.head))
        echo(text("book.archive_digest", teller.language, digest=done.sha256))
