"""The whole of intake: exports and map in; tables, what they change, and every fault of every row out; then the files.

All tables are written or none; the restricted ones in a folder for their owner alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from allocator.ground import (
    OWN_FOLDER,
    Fault,
    InputError,
    Language,
    cut_error_kinds,
    fault_text,
    make_folder_owner_only,
    some_as_text,
    text,
    write_owner_only,
)
from allocator.intake.books import Exports, read_exports
from allocator.intake.cell_readers import Reads, UnreadableError, plain_cell
from allocator.intake.changes import (
    RESTRICTED,
    TableChange,
    changed_csv_bytes,
    changed_table_bytes,
    changed_table_path,
    changes,
)
from allocator.intake.column_map import (
    MapRow,
    PlaceNames,
    SheetMap,
    column_map_of_sheet,
    read_column_map,
    read_names_for_map,
)
from allocator.intake.doubts import doubts
from allocator.intake.faults_book import Copied, faults_book
from allocator.intake.numbers import HEADER, IDS, Match, Numbers, read_numbers
from allocator.intake.region import Region, find_region
from allocator.intake.rows import SheetValues, read_row_values, reader_of_row_cells
from allocator.intake.tables import HOLDERS, Cells, Tables
from allocator.intake.targets import COLUMNS, LINKS, PARENTS, Target, key_columns_of_targets
from allocator.reading import plain_heading

_PLACES = (Reads.SCHOOL, Reads.SCHOOLS, Reads.ZONE)


@dataclass
class SheetCount:
    """What became of the rows of a sheet.

    Attributes
    ----------
    label : str
        What messages call it.
    read, accepted, refused : int
        Rows of children; the first is the sum of the others.
    passed : dict of str to list of int
        Lines of the other rows, by the reason why they are no children.
    filled : list of str
        Merged cells that were filled in.
    """

    label: str
    read: int
    accepted: int
    refused: int
    passed: dict[str, list[int]] = field(default_factory=dict)
    filled: list[str] = field(default_factory=list)


@dataclass
class Intake:
    """What an export says; nothing of it is written yet.

    Attributes
    ----------
    counts : list of SheetCount
        By sheet.
    left_out : list of str
        Sheets that the map leaves out.
    tables : dict of str to list of tuple
        Rows by table, sorted; empty where there are faults of whole files.
    faults, warnings : list of Fault
        All of them, of rows too.
    changes : list of TableChange
        Against the tables that the folder holds.
    first : list of str
        Tables that it does not hold yet.
    numbers : Numbers
        Those that were made.
    values : list of SheetValues
        The sheets, with what is wrong in each row.
    exports : Exports
        The sheets as they are.
    """

    counts: list[SheetCount] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    tables: dict[str, list[Cells]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    changes: list[TableChange] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    numbers: Numbers = field(default_factory=Numbers)
    values: list[SheetValues] = field(default_factory=list)


def take_in(paths: Sequence[Path], folder: Path, columns: Path, encoding: str | None = None) -> Intake:
    """Return what exports say by a map.

    Parameters
    ----------
    folder : Path
        Has the schools and zones, ``aliases.csv``, the numbers given before and the tables to compare with.

    Raises
    ------
    InputError
        If the map or the folder is wrong; what is wrong in the exports is in the answer.
    """
    demand_folder(folder)
    rows, wrong_rows = read_column_map(columns)
    names, faults = read_names_for_map(folder)
    exports = read_exports(paths, encoding)
    found = Intake(faults=[*wrong_rows, *faults, *exports.faults], warnings=exports.warnings)
    maps = list(_maps(exports, rows, found))
    found.faults += _folder_faults(folder, (columns_of for _, columns_of in maps))
    for region, columns_of in maps:
        found.faults += _open_headings(region, columns_of, columns.name)
        found.warnings += _gone_headings(region, columns_of)
        found.faults += _constant_faults(columns_of, names, columns.name)
    stops = bool(found.faults)
    found.faults += [] if wrong_rows else _missing(maps)  # what a wrong row was meant to say is not missing
    if stops:
        return found
    found.values = [read_row_values(region, columns_of, names) for region, columns_of in maps]
    _put_together(found, folder)
    return found


def demand_folder(folder: Path) -> None:
    """Refuse a folder that is not there."""
    if not os.path.isdir(folder):
        raise InputError([Fault("folder.missing", str(folder))])


def _maps(exports: Exports, rows: list[tuple[int, MapRow]], found: Intake) -> Iterator[tuple[Region, SheetMap]]:
    """Yield the table of each sheet with what the map says of it."""
    for sheet in exports.sheets:
        columns = column_map_of_sheet(rows, sheet.name or sheet.file)
        if columns.left_out:
            found.left_out.append(sheet.label)
            continue
        known = {*columns.targets, *columns.waiting}
        region = find_region(sheet, lambda heading, known=known: plain_heading(heading) in known, 1)  # type: ignore[misc]
        if region is None:
            found.faults.append(Fault("intake.no_headings", sheet.label))
        else:
            yield region, columns


def _open_headings(region: Region, columns: SheetMap, file: str) -> Iterator[Fault]:
    """Yield the headings of which the map says nothing, or about which the office has not decided."""
    there = {plain_heading(heading): heading for heading in region.headings if heading}
    label = region.sheet.label
    for key, heading in there.items():
        if key in columns.waiting:
            yield Fault("intake.undecided", file, columns.waiting[key], "column", heading)
        elif key not in columns.targets:
            yield Fault("intake.unmapped", label, region.line, heading)
    for place, heading in enumerate(region.headings):
        if not heading and any(cell.strip() for cell in region.column(place)):
            yield Fault("table.unnamed_column", label, region.line, f"#{place + 1}")


def _constant_faults(columns: SheetMap, names: PlaceNames, file: str) -> Iterator[Fault]:
    """Yield the fixed values that their columns cannot hold."""
    for goal, word in columns.constants.items():
        try:
            reader_of_row_cells(goal, names)(plain_cell(word))
        except UnreadableError:
            yield Fault("intake.map_constant", file, 0, str(goal), word)


def _gone_headings(region: Region, columns: SheetMap) -> Iterator[Fault]:
    """Yield a warning of headings that the map names and the sheet has not: a column always empty may be missing."""
    there = set(map(plain_heading, region.headings))
    if gone := [key for key in columns.own if key not in there]:
        words = {"headings": "、".join(sorted(gone))}
        yield Fault("intake.headings_gone", region.sheet.label, region.line, params=words)


def _folder_faults(folder: Path, maps: Iterator[SheetMap]) -> Iterator[Fault]:
    """Yield the tables of schools that are needed for their names and are not there."""
    goals = {goal for columns in maps for many in columns.targets.values() for goal in many}
    needed = {name for goal in goals if goal.kind.reads in _PLACES for name in ("schools", "zones")}
    for name in sorted(needed):
        if not any((folder / f"{name}{ending}").exists() for ending in (".csv", ".xlsx")):
            yield Fault("file.missing", f"{name}.csv", params={"expected": f"{name}.csv | {name}.xlsx"})


def _put_together(found: Intake, folder: Path) -> None:
    """Make the tables of all sheets, and find what is wrong with them and what they change."""
    found.numbers = read_numbers(folder / RESTRICTED, _ids_of(found.values))
    tables = Tables()
    for values in found.values:
        tables.add(values, found.numbers)
    if not found.faults:
        tables.demand_needed()
    found.tables = tables.sorted()
    found.warnings += [warning for values in found.values for warning in values.warnings]
    found.warnings += doubts(tables, found.tables, set(found.numbers.known.values()))
    found.warnings += list(_read_past(found.values))
    for values in found.values:
        found.counts.append(_count(values))
        found.faults += cut_error_kinds([fault for row in sorted(values.faults) for fault in values.faults[row]])
    if not found.faults:
        found.changes = changes(folder, found.tables)
        found.first = [table for table in found.tables if not changed_table_path(folder, table).exists()]


def _ids_of(sheets: Sequence[SheetValues]) -> Iterator[str]:
    """Yield the ids that the export gives itself, so that no made one is equal."""
    for values in sheets:
        for goal, cells in values.columns.items():
            if goal.column in (*LINKS, "guardian", "book", "bundle", "holder"):
                yield from set(cells)


def _missing(maps: Sequence[tuple[Region, SheetMap]]) -> list[Fault]:
    """Return the columns that no row may leave empty and to which no heading of any sheet goes."""
    goals = {region.sheet.label: list(_goals(region, columns_of)) for region, columns_of in maps}
    given = {(goal.table, goal.slot, goal.column) for many in goals.values() for goal in many}
    faults: dict[Target, Fault] = {}
    for label, many in goals.items():
        for table, slot in dict.fromkeys((goal.table, goal.slot) for goal in many):
            for name in _to_be_given(table, slot):
                if not {(table, slot, name), (table, "", name)} & given:
                    goal = Target(table, slot, name)
                    words = {"name": goal.kind.chinese}
                    faults.setdefault(goal, Fault("intake.no_heading", label, 0, str(goal), params=words))
    return list(faults.values())


def _goals(region: Region, columns: SheetMap) -> Iterator[Target]:
    """Yield the columns of tables that a sheet's headings and fixed values go to."""
    for heading in region.headings:
        yield from columns.targets.get(plain_heading(heading), ())
    yield from columns.constants


def _to_be_given(table: str, slot: str) -> list[str]:
    """Return the columns that only a heading or a fixed value can fill."""
    made = {*key_columns_of_targets(table), *LINKS, *(("relation",) if slot in PARENTS else ())}
    if slot not in HOLDERS:
        made.discard("holder")
    return [name for name, column in COLUMNS[table].items() if column.needed and name not in made]


def _read_past(sheets: Sequence[SheetValues]) -> Iterator[Fault]:
    """Yield warnings of cells filled in because they were merged."""
    for values in sheets:
        if filled := values.region.filled:
            words = {"count": str(len(filled)), "places": some_as_text(filled)}
            yield Fault("intake.filled", values.region.sheet.label, params=words)


def _count(values: SheetValues) -> SheetCount:
    """Return what became of the rows of a sheet."""
    refused, region = len(values.faults), values.region
    passed: dict[str, list[int]] = {}
    for line, reason in region.passed:
        passed.setdefault(reason, []).append(line)
    return SheetCount(region.sheet.label, values.count, values.count - refused, refused, passed, region.filled)


FAULTS = "faults.xlsx"
MATCHES = "matches.csv"


def write_intake_run(intake: Intake, folder: Path) -> list[str]:
    """Write the tables, the persons, the numbers given and their matches; return their names.

    Each is written beside its place first; only when all of them lie there are they put in it.
    """
    files = {
        changed_table_path(folder, table): changed_table_bytes(table, rows) for table, rows in intake.tables.items()
    }
    restricted = folder / RESTRICTED
    if intake.numbers.known:
        files[restricted / IDS] = changed_csv_bytes(HEADER, intake.numbers.rows())
        files[restricted / MATCHES] = changed_csv_bytes(
            Match._fields, [tuple(map(str, m)) for m in intake.numbers.matches]
        )
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
            write_owner_only(new, files[path])
        for new, path in staged.items():
            os.replace(new, path)
    finally:
        for new in staged:
            new.unlink(missing_ok=True)


def _owner_only(folder: Path) -> None:
    """Make a folder, the restricted one for its owner alone even where it lies open already."""
    make_folder_owner_only(folder)
    if folder.name == RESTRICTED:
        folder.chmod(OWN_FOLDER)


def write_faults(intake: Intake, folder: Path, language: Language) -> Path | None:
    """Write ``restricted/faults.xlsx``, a copy of each sheet that has faulty rows; take an old one away."""
    path = folder / RESTRICTED / FAULTS
    copies = [_copied(values, language) for values in intake.values if values.faults]
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
