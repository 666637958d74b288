"""Rows of ``restricted/persons.csv`` that the office types: children of late families, and corrections of others."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from allocator.casebook.persons import PERSONS_FILE, NamedPerson, person_fault, read_persons
from allocator.ground import OWN_FOLDER, TEXTS, InputError, make_folder_owner_only
from allocator.intake.cell_readers import UnreadableError, plain_cell, read_person
from allocator.intake.persons import read_person_card
from allocator.record import swap_file

PERSON_FIELDS: tuple[str, ...] = NamedPerson._fields[1:]
"""What a row says of a child, besides its id."""

_SEXES = {"F": "F", "M": "M", "女": "F", "男": "M"}


def write_person_row(folder: Path, child: str, given: Mapping[str, str]) -> bool:
    """Add the row of a child, or correct it in the fields given; return whether it is a new one.

    Parameters
    ----------
    given : mapping of str to str
        By field; an empty text takes what stands there away.

    Raises
    ------
    InputError
        With all that is wrong with what was given, none of which is shown; or if the table cannot be read.
    """
    cells, faults = {}, []
    for name, value in given.items():
        try:
            cells[name] = _READERS.get(name, read_person)(plain_cell(value)) if value.strip() else ""
        except UnreadableError as error:
            code = str(error) if str(error) in TEXTS else "book.person.unreadable"
            faults.append(person_fault(code, value, f"--{name.replace('_', '-')}"))
    if faults:
        raise InputError(faults)
    rows = dict(read_persons(folder))
    is_new = child not in rows
    rows[child] = rows.get(child, NamedPerson(child))._replace(**cells)
    path = folder / PERSONS_FILE
    make_folder_owner_only(path.parent)
    path.parent.chmod(OWN_FOLDER)  # also where it lies open already
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([NamedPerson._fields, *rows.values()])
    swap_file(path, file.getvalue().encode("utf-8"))
    return is_new


def _sex(text: str) -> str:
    """Return F or M."""
    try:
        return _SEXES[text.upper()]
    except KeyError:
        raise UnreadableError("book.person.sex_word") from None


_READERS: Mapping[str, Callable[[str], str]] = {"sex": _sex, "card": read_person_card}
