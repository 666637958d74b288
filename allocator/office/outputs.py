"""The folder of a determination: its rows, the roster, and all that a run of the procedure needs beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from allocator.domain import Determination, Determined, District, OfficeTables, School
from allocator.ground import MOST_OF_A_TABLE, Fault, file_bytes
from allocator.lottery import SCHOOL_COLUMNS, canonical_tables, csv_text, school_cells
from allocator.record import manifest_bytes, write_folder

DETERMINATION, POLICY = "determination.csv", "policy.yaml"
KIND = "determination"
_SHOWN = 10
"""Children that a warning names."""


def district_of(tables: OfficeTables, determination: Determination) -> District:
    """Return the district that a run reads from the folder, its draw yet to come."""
    return District(
        tables.policy, tables.schools, tables.zones, determination.roster,
        input_digests=tables.digests, policy_sha256=sha256(tables.policy_bytes).hexdigest(),
        policy_bytes=tables.policy_bytes,
    )  # fmt: skip


def write_determination(out: Path, tables: OfficeTables, determination: Determination) -> None:
    """Write the folder, for its owner alone, whole or not at all.

    Raises
    ------
    InputError
        If the folder may not be replaced or cannot be written; nothing is changed then.
    """
    district = district_of(tables, determination)
    files = sorted(_files(district, determination))
    write_folder(out, files, lambda digests: manifest_bytes(district, digests, kind=KIND))


def _files(district: District, determination: Determination) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file."""
    yield DETERMINATION, determination_bytes(determination)
    yield POLICY, district.policy_bytes
    for name, content in canonical_tables(district):
        yield name, _schools(district) if name == "schools.csv" else content


def determination_bytes(determination: Determination) -> bytes:
    """Return ``determination.csv`` (section 3.6)."""
    rows = [
        [cell if isinstance(cell, str) else ";".join(cell) for cell in row] for row in determination.rows
    ]
    return csv_text([Determined._fields, *rows]).encode("utf-8")


def _schools(district: District) -> bytes:
    """Return the table of schools with the English names that the canonical one leaves out, if there are any."""
    schools = list(district.schools.values())
    if not any(school.name_en for school in schools):
        return csv_text([SCHOOL_COLUMNS, *map(school_cells, schools)]).encode("utf-8")
    return csv_text([(*SCHOOL_COLUMNS, "name_en"), *map(_named_cells, schools)]).encode("utf-8")


def _named_cells(school: School) -> tuple[str, ...]:
    """Return the cells of a school with its English name."""
    return (*school_cells(school), school.name_en)


def held_warnings(folder: Path) -> list[Fault]:
    """Return a warning where children of a determined folder are held: they are on no roster, and a freeze waits."""
    path = folder / DETERMINATION
    if not path.exists():
        return []
    rows = csv.reader(file_bytes(path, MOST_OF_A_TABLE).decode("utf-8", "replace").splitlines())
    held = [row[0] for row in rows if row[1:2] == ["held"]]
    words = {"count": str(len(held)), "children": ", ".join(held[:_SHOWN]) + " …" * (len(held) > _SHOWN)}
    return [Fault("warn.held", DETERMINATION, 0, "result", "held", words)] if held else []
