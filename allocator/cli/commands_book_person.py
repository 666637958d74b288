"""``allocator book person``: who a child of the book is, in the restricted table of persons alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from allocator.casebook import PERSON_FIELDS, KeptBook, read_officers, write_person_row
from allocator.cli.asking import asked_line, asking_is_possible
from allocator.cli.book_desk import open_desk
from allocator.cli.command import (
    Teller,
    book,
    district_argument,
    json_option,
    language_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.ground import Fault, InputError, echo, text


@book.command()
@district_argument
@click.argument("child", metavar="ID")
@click.option("--by", required=True, metavar="PERSON")
@click.option("--name", metavar="NAME")
@click.option("--sex", metavar="F|M")
@click.option("--card", metavar="NUMBER")
@click.option("--guardian-name", metavar="NAME")
@click.option("--telephone", metavar="NUMBER")
@click.option("--address", metavar="TEXT")
@click.option("--platform-no", metavar="ID")
@json_option
@quiet_option
@language_option
@told_command
def person(teller: Teller, folder: Path, child: str, by: str, **given: Any) -> None:
    """Add or correct the row of a child in restricted/persons.csv."""
    officers = read_officers(folder)
    if by not in officers.roles:
        raise InputError(officers.faults(by, "", Fault("", "--by")))
    with open_desk(teller, folder, by) as desk:
        _demand_known(desk.kept, child)
        cells = {name: str(value) for name, value in given.items() if value is not None} or _asked(teller)
        if not cells:
            raise InputError([Fault("book.person.nothing", "ID", value=child)])
        desk.kept.log(desk.now, by, "person", child)
        is_new = write_person_row(folder, child, cells)
    if teller.as_json:
        print_json({"format_version": 1, "kind": "book-person", "child": child, "added": is_new, "fields": list(cells)})
    elif not teller.quiet:
        names = "、" if teller.language == "zh" else ", "
        words = {"child": child, "columns": names.join(_called(teller, name) for name in cells)}
        echo(text("book.person.added" if is_new else "book.person.corrected", teller.language, **words))


def _demand_known(kept: KeptBook, child: str) -> None:
    """Refuse a child that the book does not know."""
    state = kept.book.state
    if not any(child in party.children for party in state.parties.values()) and child not in state.left_early:
        raise InputError([Fault("book.person.unknown_child", "ID", value=child)])


def _asked(teller: Teller) -> dict[str, str]:
    """Ask for each field; what is left empty stays as it is."""
    if not asking_is_possible():
        return {}
    answers = {
        name: asked_line(text("book.person.ask", teller.language, column=_called(teller, name))).strip()
        for name in PERSON_FIELDS
    }
    return {name: answer for name, answer in answers.items() if answer}


def _called(teller: Teller, name: str) -> str:
    """Return what a field is called."""
    return text(f"book.person.{name}", teller.language)
