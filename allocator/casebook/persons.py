"""Who the children of a book are: ``restricted/persons.csv``, the one place of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from allocator.domain import District
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_file_bytes, without_card_numbers
from allocator.intake.persons import told_by_person_card
from allocator.intake.targets import COLUMNS, PERSONS
from allocator.reading.table import table_name_problem, table_name_words

PERSONS_FILE = f"restricted/{PERSONS}.csv"

_HEADINGS = {heading: column.name for column in COLUMNS[PERSONS].values() for heading in (column.name, column.chinese)}


class NamedPerson(NamedTuple):
    """What the table of persons says of one child; empty where it says nothing.

    ``card`` is there to be looked for and is written into no list.
    """

    applicant_id: str
    name: str = ""
    sex: str = ""
    card: str = ""
    guardian_name: str = ""
    telephone: str = ""
    address: str = ""
    platform_no: str = ""

    @property
    def born(self) -> str:
        """Date of birth by the card, empty where there is none."""
        told = told_by_person_card(self.card)
        return told.born if told else ""

    @property
    def told_sex(self) -> str:
        """``F`` or ``M`` as the table says, else by the card; empty where neither does."""
        told = told_by_person_card(self.card)
        return self.sex or (told.sex if told else "")


def read_persons(folder: Path) -> Mapping[str, NamedPerson]:
    """Return by registration number who the children of a book's folder are; of nobody where there is no such table.

    Raises
    ------
    InputError
        If it is no CSV in UTF-8 with the headings of intake, or a number stands twice.
    """
    return {person.applicant_id: person for person in _by_line(folder).values()}


def read_persons_table(path: Path, shown: str) -> Mapping[str, NamedPerson]:
    """Return by registration number who the children of a table of persons are, wherever it lies.

    Parameters
    ----------
    shown : str
        What faults call the file.

    Raises
    ------
    InputError
        As ``read_persons``.
    """
    return {person.applicant_id: person for person in _rows_by_line(path, shown).values()}


def _by_line(folder: Path) -> Mapping[int, NamedPerson]:
    """Return the rows of the table of persons of a folder by their line."""
    path = folder / PERSONS_FILE
    return _rows_by_line(path, PERSONS_FILE) if path.exists() else {}


def _rows_by_line(path: Path, shown: str) -> Mapping[int, NamedPerson]:
    """Return the rows of a table of persons by their line; ``shown`` is what faults call it."""
    try:
        words = open_file_bytes(path, MOST_OF_A_TABLE).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(words, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError([Fault("lists.persons_unreadable", shown, params={"reason": str(error)})]) from error
    names = [_HEADINGS.get(heading.strip(), "") for heading in (rows or [[]])[0]]
    if "applicant_id" not in names:
        expected = {"expected": ",".join(NamedPerson._fields)}
        raise InputError([Fault("lists.persons_headings", shown, 1, params=expected)])
    found, known = dict[int, NamedPerson](), set[str]()
    faults = []
    for line, row in enumerate(rows[1:], start=2):
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name in NamedPerson._fields}
        if not any(cells.values()):
            continue
        person = NamedPerson(**cells)
        if person.applicant_id in known:
            faults.append(Fault("lists.person_twice", shown, line, "applicant_id", person.applicant_id))
        known.add(person.applicant_id)
        found[line] = person
    if faults:
        raise InputError(faults)
    return found


def person_fault(code: str, typed: str, file: str, line: int = 0, column: str = "", value: str = "") -> Fault:
    """Return the fault of what was typed of a person, which itself is not shown."""
    return Fault(code, file, line, column, value, table_name_words(code, typed))


def named_district(district: District, folder: Path) -> District:
    """Return a district whose children have the names of the table of persons beside it; else those of the roster.

    Lists show them masked; nothing is decided by them.

    Raises
    ------
    InputError
        As ``read_persons``, and with every name that no roster takes.
    """
    rows = [(line, person) for line, person in _by_line(folder).items() if person.name]
    problems = [(line, person, table_name_problem(person.name)) for line, person in rows]
    if faults := [
        person_fault(code, person.name, PERSONS_FILE, line, "name", person.applicant_id)
        for line, person, code in problems
        if code
    ]:
        raise InputError(faults)
    if not rows:
        return district
    names = {person.applicant_id: without_card_numbers(person.name) for _, person in rows}
    named = (child._replace(name=names.get(child.applicant_id, child.name)) for child in district.applicants)
    return replace(district, applicants=tuple(named))
