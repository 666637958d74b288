"""What intake writes: all tables or none; the restricted ones in a folder for their owner alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from allocator.ground import OWN_FOLDER, Language, fault_text, make_folder, text, write_new
from allocator.intake.changes import RESTRICTED, csv_bytes, place_of, table_bytes
from allocator.intake.faults_book import Copied, faults_book
from allocator.intake.numbers import HEADER, IDS, Match
from allocator.intake.rows import SheetValues
from allocator.intake.run import Intake

FAULTS = "faults.xlsx"
MATCHES = "matches.csv"


def write(found: Intake, folder: Path) -> list[str]:
    """Write the tables, the persons, the numbers given and their matches; return their names.

    Each is written beside its place first; only when all of them lie there are they put in it.
    """
    files = {place_of(folder, table): table_bytes(table, rows) for table, rows in found.tables.items()}
    restricted = folder / RESTRICTED
    if found.numbers.known:
        files[restricted / IDS] = csv_bytes(HEADER, found.numbers.rows())
        files[restricted / MATCHES] = csv_bytes(Match._fields, [tuple(map(str, m)) for m in found.numbers.matches])
    _put(files)
    (restricted / FAULTS).unlink(missing_ok=True)
    return [path.relative_to(folder).as_posix() for path in files]


def _put(files: Mapping[Path, bytes]) -> None:
    """Put files in their places, all of them once all are written."""
    staged = {path.with_name(f".{path.name}.new"): path for path in files}
    try:
        for new, path in staged.items():
            _owner_only(path.parent)
            new.unlink(missing_ok=True)
            write_new(new, files[path])
        for new, path in staged.items():
            os.replace(new, path)
    finally:
        for new in staged:
            new.unlink(missing_ok=True)


def _owner_only(folder: Path) -> None:
    """Make a folder, the restricted one for its owner alone even where it lies open already."""
    make_folder(folder)
    if folder.name == RESTRICTED:
        folder.chmod(OWN_FOLDER)


def write_faults(found: Intake, folder: Path, language: Language) -> Path | None:
    """Write ``restricted/faults.xlsx``, a copy of each sheet that has faulty rows; take an old one away."""
    path = folder / RESTRICTED / FAULTS
    copies = [_copied(values, language) for values in found.values if values.faults]
    if copies:
        _put({path: faults_book(copies)})
        return path
    path.unlink(missing_ok=True)
    return None


def _copied(values: SheetValues, language: Language) -> Copied:
    """Return a sheet with what is wrong in each row; columns of cards are not copied."""
    words = {}
    for row, faults in values.faults.items():
        words[values.line(row)] = "; ".join(dict.fromkeys(fault_text(fault, language) for fault in faults))
    cards = {values.headings[goal] for goal in values.headings if goal.column == "card"}
    hidden = frozenset(place for place, name in enumerate(values.region.headings) if name in cards)
    return Copied(values.region.sheet, values.region.line, text("intake.what_is_wrong", language), words, hidden)
