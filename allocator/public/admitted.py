"""Who is admitted where, as a case book or a run's folder has it, with names and sexes as far as they are known."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from allocator.casebook import NamedPerson, demand_names_kept, read_persons, read_persons_table, reading
from allocator.domain import Text
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, open_json_file, open_readable
from allocator.record import MADE_BY, MANIFEST, read_assignment
from allocator.sheets import school_names

_JOURNAL = "journal.jsonl"
_SEXES = {"F": "F", "M": "M", "女": "F", "男": "M"}


class AdmittedList(NamedTuple):
    """The children seated at the schools of a district.

    Attributes
    ----------
    seats : mapping of str to str
        School by registration number; nobody for whom another authority admits.
    schools : mapping of str to Text
        Names of the schools, by id.
    names, sexes : mapping of str to str
        By registration number: the name in full, ``F`` or ``M``; nothing of whom it is not known.
    stage : {"primary", "junior", ""}
        Empty of a run.
    open_rounds : tuple of str
        Rounds of a book that are not confirmed yet: until they are, the lists are not final.
    trial : bool
        Whether a trial number decided, not a public draw.
    """

    seats: Mapping[str, str]
    schools: Mapping[str, Text]
    names: Mapping[str, str]
    sexes: Mapping[str, str]
    stage: str = ""
    open_rounds: tuple[str, ...] = ()
    trial: bool = False


def read_admitted(folder: Path | None, persons: Path | None = None) -> AdmittedList:
    """Read who is admitted, of a case book as it stands now, or of the folder that a run wrote.

    Parameters
    ----------
    folder : Path or None
        A book, or the folder of a run; None where only names are asked for.
    persons : Path, optional
        The restricted table of persons; ``restricted/persons.csv`` of the folder where it is not given.

    Raises
    ------
    InputError
        If it is neither, cannot be read, or its names were purged.
    """
    faults: list[Fault] = []
    found, people = None, dict[str, NamedPerson]()
    try:
        if persons is not None:
            people = dict(read_persons_table(persons, persons.name))
        elif folder is not None:
            people = dict(read_persons(folder))
    except InputError as error:
        faults += error.faults
    try:
        found = _read(folder)
    except InputError as error:
        faults += error.faults
    if found is None or faults:
        raise InputError(faults)
    names = {child: person.name for child, person in people.items() if person.name}
    sexes = {child: _SEXES[person.told_sex] for child, person in people.items() if person.told_sex in _SEXES}
    return found._replace(names={**found.names, **names}, sexes={**found.sexes, **sexes})


def _read(folder: Path | None) -> AdmittedList:
    if folder is None:
        return AdmittedList({}, {}, {}, {})
    return _of_book(folder) if (folder / _JOURNAL).exists() else _of_run(folder)


def _of_book(folder: Path) -> AdmittedList:
    """Read a book: whoever holds a seat after its last event."""
    demand_names_kept(folder)
    with reading(folder) as kept:
        law, rounds, rows = kept.book.law, kept.book.state.rounds, kept.rows
    zh, en = (school_names(law.district, language) for language in ("zh", "en"))
    listed = {child.applicant_id: child for child in law.district.applicants}
    own = {name: Text(zh[name], en[name]) for name, school in law.district.schools.items() if not school.external}
    return AdmittedList(
        {row.applicant_id: row.school_id for row in rows if row.school_id in own},
        own,
        {child: one.name for child, one in listed.items() if one.name},
        {child: one.sex for child, one in listed.items() if one.sex},
        law.office.stage,
        tuple(name for name, one in rounds.items() if one.is_open),
    )


def _of_run(folder: Path) -> AdmittedList:
    """Read what a run wrote: its list, and names and sexes of the roster that it copied."""
    manifest = open_json_file(folder / MANIFEST)
    ours = isinstance(manifest, dict) and manifest.get("made_by") == MADE_BY and manifest.get("kind") == "assignment"
    if not ours:
        raise InputError([Fault("classes.no_book", folder.name)])
    rows, faults = read_assignment(open_readable(folder / "assignment.csv", MOST_OF_A_TABLE), "assignment.csv")
    if faults:
        raise InputError(faults)
    children, schools = (_copied(folder / "inputs" / f"{name}.csv") for name in ("applicants", "schools"))
    own = {row["school_id"]: Text(row["name"], row.get("name_en") or row["name"]) for row in schools
           if row["jurisdiction"] == "own"}  # fmt: skip
    return AdmittedList(
        {row.applicant_id: row.school_id for row in rows if row.school_id in own},
        own,
        {row["applicant_id"]: row["name"] for row in children if row.get("name")},
        {row["applicant_id"]: row["sex"] for row in children if row.get("sex")},
        trial=bool(manifest.get("trial")),
    )


def _copied(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table that a run copied."""
    raw = open_readable(path, MOST_OF_A_TABLE)
    try:
        return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError([Fault("draw.not_csv", path.name)]) from error
