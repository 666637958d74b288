"""A district folder: policy and tables in, a district out, or every fault of every file at once.

Tables that scripts hold as pandas frames are judged by the same rules. A frame counts as a workbook does: a number is
one, and stands only where numbers belong; what is missing is empty.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.domain import District, Policy, School, Zone
from allocator.ground import MOST_OF_A_TABLE, MOST_OF_A_TEXT, Fault, InputError, open_file_bytes
from allocator.reading.applicants import applicant_faults, applicants_of
from allocator.reading.characters import with_moved_characters
from allocator.reading.encodings import find_encoding
from allocator.reading.layout import LAYOUTS, InputColumn
from allocator.reading.policy_file import category_names, name_lines, parse_policy
from allocator.reading.rows import Rows, Typed, csv_rows, rows_of_first_sheet
from allocator.reading.schools import school_coordinates_faults, school_faults, schools_of, zone_faults, zones_of
from allocator.reading.suspicions import suspicions
from allocator.reading.table import InputTable
from allocator.reading.table_reader import read_table
from allocator.reading.warnings import held_warnings, near_id_warnings, roster_warnings
from allocator.reading.wishes import wish_warnings

if TYPE_CHECKING:
    from pandas import DataFrame, Series


POLICY_FILE = "policy.yaml"
MANY_CHILDREN = 100_000


def read_folder(folder: Path, *, policy: Path | None = None, encoding: str | None = None) -> District:
    """Read a district without its draw.

    Parameters
    ----------
    folder : Path
        Holds ``policy.yaml`` and, each as ``.csv`` or ``.xlsx``, ``applicants``, ``schools`` and ``zones``.
    encoding : str or None
        Encoding of the CSV files; None: byte order mark, else UTF-8, else GB18030.

    Raises
    ------
    InputError
        With all faults of all files.
    """
    if not os.path.isdir(folder):  # unlike Path.is_dir, never an exception
        raise InputError([Fault("folder.missing", str(folder))])
    with no_collection_of_folder_rows():
        district = FolderReader(folder, policy or folder / POLICY_FILE, encoding).district()
        if len(district.applicants) >= MANY_CHILDREN:
            gc.freeze()  # the roster is in no cycle; going through it costs a second each time
        return district


def read_without_children(folder: Path) -> District:
    """Read policy, schools and zones of a folder whose roster is not made yet; its tables of children are not opened.

    Raises
    ------
    InputError
        With all faults of these files.
    """
    if not os.path.isdir(folder):
        raise InputError([Fault("folder.missing", str(folder))])
    return _ChildlessReader(folder, folder / POLICY_FILE, None).district()


def readable_tables(folder: Path, encoding: str | None = None) -> dict[str, InputTable]:
    """Return the tables of a folder by name as far as they can be read, without judging what stands in them."""
    reader = FolderReader(folder, folder / POLICY_FILE, encoding)
    with no_collection_of_folder_rows():
        tables = {name: reader.table(name) for name in LAYOUTS}
    return {name: table for name, table in tables.items() if table is not None}


@contextmanager
def no_collection_of_folder_rows() -> Iterator[None]:
    """Keep the garbage collector from counting millions of new tuples again and again; none of them is garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass
class FolderReader:
    """Reads the files of one folder and gathers their faults; whose tables lie elsewhere gives them by ``table``."""

    folder: Path
    policy_path: Path
    encoding: str | None
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)

    def district(self) -> District:
        """Return the district, or raise everything that is wrong."""
        raw = self._bytes(self.policy_path)
        policy = self._policy(raw)
        tables = {name: self.table(name) for name in LAYOUTS}
        schools, zones = self._schools(tables["schools"], policy), self._zones(tables["zones"], tables["schools"])
        if policy is not None:
            self.faults += folder_name_faults(raw or b"", self.policy_path.name, schools, zones)
        if policy is not None and tables["schools"] is not None:
            self.faults += school_coordinates_faults(tables["schools"], policy, zones or {})
        roster = tables["applicants"]
        if roster is not None:
            # Where the table of zones is at fault itself, what follows from it would only hide the cause.
            sound = not any(fault.file.partition(".")[0] == "zones" for fault in self.faults)
            known = category_names(raw or b"")
            self.faults += applicant_faults(roster, policy, schools, zones, known, zones_are_sound=sound)
        if self.faults or policy is None or roster is None or schools is None or zones is None:
            raise InputError(self.faults)
        for name, column in (("schools", "school_id"), ("zones", "zone")):
            if (other := tables[name]) is not None:
                self.warnings += near_id_warnings(other, column)
        warnings = self.warnings + roster_warnings(roster) + wish_warnings(roster, policy, schools, zones)
        warnings += [*suspicions(roster, tables["schools"]), *held_warnings(self.folder)]
        return District(
            policy, schools, zones, applicants_of(roster),
            input_digests=self.digests, policy_sha256=self.digests[self.policy_path.name],
            policy_bytes=raw or b"", warnings=tuple(warnings),
        )  # fmt: skip

    def _bytes(self, path: Path) -> bytes | None:
        """Return the content of a file and note its digest; None if it cannot be read."""
        try:
            raw = open_file_bytes(path, MOST_OF_A_TEXT if path == self.policy_path else MOST_OF_A_TABLE)
        except InputError as error:
            self.faults += error.faults
        except FileNotFoundError:
            self.faults.append(self._missing(path.parent, path.name, [path.name]))
        except OSError as error:
            self.faults.append(Fault("file.unreadable", path.name, params={"reason": error.strerror or ""}))
        else:
            self.digests[path.name] = sha256(raw).hexdigest()
            return raw
        return None

    def _missing(self, folder: Path, name: str, expected: list[str]) -> Fault:
        """Return the fault of a missing file; one whose name differs in its ending or in capitals is named."""
        words = {"expected": " | ".join(expected)}
        stem = Path(name).stem.casefold()
        endings = {".yml", ".yaml"} if name.endswith(".yaml") else {".csv", ".xlsx", ".xls", ".xlsm", ".et", ".ods"}
        near = [p.name for p in _listed(folder) if p.stem.casefold() == stem and p.suffix.casefold() in endings]
        if near:
            return Fault("file.missing_but", name, params={**words, "found": ", ".join(near)})
        return Fault("file.missing", name, params=words)

    def _policy(self, raw: bytes | None) -> Policy | None:
        """Return the policy, if it is faultless."""
        if raw is None:
            return None
        policy, faults = parse_policy(raw, self.policy_path.name)
        self.faults += faults
        return policy

    def table(self, name: str) -> InputTable | None:
        """Return one table, from whichever of its two files is there."""
        paths = self.paths(name)
        if len(paths) != 1:
            files = [f"{name}.csv", f"{name}.xlsx"]
            both = Fault("file.both", files[0], params={"expected": " | ".join(files)})
            self.faults.append(both if paths else self._missing(self.folder, files[0], files))
            return None
        rows = self._rows(paths[0])
        return None if rows is None else self.read(rows, name, paths[0].name)

    def paths(self, name: str) -> list[Path]:
        """Return the files of a table that are there: one, unless it is missing or there twice."""
        return [path for path in (self.folder / f"{name}.csv", self.folder / f"{name}.xlsx") if os.path.exists(path)]

    def read(self, rows: Iterator[Rows], name: str, file: str) -> InputTable | None:
        """Return the table that some rows are."""
        return read_table(rows, file, LAYOUTS[name], self.faults)

    def _rows(self, path: Path) -> Iterator[Rows] | None:
        """Return the rows of a file, None where it cannot be read."""
        raw, file = self._bytes(path), path.name
        if raw is None:
            return None
        if file.endswith(".xlsx"):
            rows, faults = rows_of_first_sheet(raw, file, self.warnings)
        else:
            encoding, faults = find_encoding(raw, file, self.encoding)
            if encoding == "gb18030":
                raw, encoding = with_moved_characters(raw)
            rows = None if encoding is None else csv_rows(raw, file, encoding, self.faults)
        self.faults += faults
        return rows

    def _schools(self, table: InputTable | None, policy: Policy | None) -> dict[str, School] | None:
        """Return the schools, faulty ones included so that their ids are known; None where ids are missing."""
        if table is None:
            return None
        self.faults += school_faults(table, policy)
        return schools_of(table) if folder_has_all_ids(table, "school_id") else None

    def _zones(self, table: InputTable | None, schools: InputTable | None) -> dict[str, Zone] | None:
        """Return the zones in the same way."""
        if table is None:
            return None
        ids = set(schools.texts("school_id")) if schools and folder_has_all_ids(schools, "school_id") else None
        self.faults += zone_faults(table, ids)
        return zones_of(table) if folder_has_all_ids(table, "zone") else None


@dataclass
class _ChildlessReader(FolderReader):
    """Reads a folder as if its roster had headings and no rows."""

    def table(self, name: str) -> InputTable | None:
        """Return one table."""
        if name != "applicants":
            return super().table(name)
        headings = [column.name for column in LAYOUTS[name]]
        return read_table(iter([Rows([1], [headings])]), name, LAYOUTS[name], self.faults, may_be_empty=True)


@dataclass
class _SingleTable(FolderReader):
    """Reads one table that belongs to no district."""

    layout: Sequence[InputColumn] = ()

    def read(self, rows: Iterator[Rows], name: str, file: str) -> InputTable | None:
        """Return the table that some rows are."""
        return read_table(rows, file, self.layout, self.faults, may_be_empty=True)


def single_table(
    path: Path, layout: Sequence[InputColumn], encoding: str | None = None
) -> tuple[InputTable | None, list[Fault]]:
    """Return a table that lies by itself, ``.csv`` or ``.xlsx``, as far as it can be read, and all its faults."""
    reader = _SingleTable(path.parent, path.with_name(POLICY_FILE), encoding, layout=layout)
    rows = reader._rows(path)
    return (None if rows is None else reader.read(rows, path.stem, path.name)), reader.faults


def _listed(folder: Path) -> list[Path]:
    """Return what stands in a folder, sorted; nothing if it cannot be listed."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def folder_has_all_ids(table: InputTable, column: str) -> bool:
    """Whether the ids of all rows are there; otherwise nothing can be called unknown."""
    return table.whole and column not in table.absent and len(table.lines) > 0


def folder_name_faults(
    raw: bytes, file: str, schools: Mapping[str, School] | None, zones: Mapping[str, Zone] | None
) -> list[Fault]:
    """Return the schools and zones that the policy names and the tables do not hold."""
    tables = {"school": schools, "zone": zones}
    faults = []
    for name in name_lines(raw):
        table = tables[name.kind]
        if table is not None and name.name not in table:
            faults.append(Fault(f"policy.unknown_{name.kind}", file, name.line, name.key, name.name))
    return faults


FIRST_LINE = 2
"""Line of a frame's first row in faults: that of the CSV file that ``to_csv(index=False)`` writes."""


def read_frames(policy: Path, frames: Mapping[str, DataFrame]) -> District:
    """Read a district without its draw.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        By ``applicants``, ``schools`` and ``zones``, which are their names in faults. The index is not looked at.

    Raises
    ------
    InputError
        With all faults of policy and frames.
    """
    return _FramesReader(policy.parent, policy, None, frames=frames).district()


@dataclass
class _FramesReader(FolderReader):
    """Reads a policy file and frames."""

    frames: Mapping[str, DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> InputTable | None:
        """Return one table."""
        return read_table(_rows(self.frames[name]), name, LAYOUTS[name], self.faults)


def _rows(frame: DataFrame) -> Iterator[Rows]:
    """Yield the headings, then all rows at once."""
    yield Rows([FIRST_LINE - 1], [list(map(str, frame.columns))])
    columns = [list(_cells(frame.iloc[:, place])) for place in range(frame.shape[1])]
    typed = [
        Typed(row, place, number)
        for place, cells in enumerate(columns)
        for row, (_, number) in enumerate(cells)
        if number is not None
    ]
    texts = [[text for text, _ in cells] for cells in columns]
    yield Rows(range(FIRST_LINE, FIRST_LINE + len(frame)), list(map(list, zip(*texts, strict=True))), typed)


def _cells(column: Series[Any]) -> Iterator[tuple[str, bool | None]]:
    """Yield the text of each cell, and whether it is a number; None where it is text already, or missing."""
    missing = column.isna().tolist()
    for value, none in zip(column.astype(object).tolist(), missing, strict=True):
        if none or isinstance(value, str):
            yield "" if none else value, None
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield format(value, ".15g"), True
        else:
            yield str(value), False


def not_frames_for_folder(frames: Mapping[str, object]) -> list[Fault]:
    """Return which of the tables are none; ``frames`` as in ``read_frames``."""
    from pandas import DataFrame  # only here: nothing else of the reading needs pandas

    kinds = {name: type(frame).__name__ for name, frame in frames.items() if not isinstance(frame, DataFrame)}
    return [Fault("frame.expected", name, value=kind) for name, kind in kinds.items()]
