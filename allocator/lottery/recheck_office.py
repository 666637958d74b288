"""What the office keeps beside the published lists: ``assignment.csv`` and the roster; where it is there it must agree.

Families do not have these files. In the office a list is compared with them line by line, names and sexes included.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from allocator.domain import Row, from_columns
from allocator.ground import MOST_OF_A_TABLE, Fault, open_file_bytes
from allocator.lottery.published_lists import ListWords, PublishedList, Way

ASSIGNMENT, ROSTER, SCHOOLS = "assignment.csv", "inputs/applicants.csv", "inputs/schools.csv"
_COLUMNS = ["applicant_id", "school_id", "phase", "outcome", "draw_id"]


class ListEntry(NamedTuple):
    """What one line of a list says of a child.

    Attributes
    ----------
    child : str
        Registration number.
    school : str
        Id of the school here; empty where the list is of children without one.
    ways : frozenset of Way
        Phases and outcomes that the line can mean.
    drawn : bool
        Whether it names a draw.
    file, line : str, int
        Where it stands.
    key : str
        Key of the list.
    """

    child: str
    school: str
    ways: frozenset[Way]
    drawn: bool
    file: str
    line: int
    key: str

    def fault(self, code: str, column: str, value: str, words: dict[str, str]) -> Fault:
        """Return a fault at this line."""
        return Fault(code, self.file, self.line, column, value, words)

    def place(self) -> tuple[str, str, frozenset[Way], bool]:
        """Return what the children of one bundle have in common."""
        return self.file, self.key, self.ways, self.drawn


@dataclass
class Office:
    """The office's own files of a result, as far as they are there.

    Attributes
    ----------
    rows : dict of str to (int, Row)
        Line and row of ``assignment.csv`` by child.
    parties : dict of str to str
        Party of every child of the roster.
    people : dict of str to (str, str)
        Masked name and sex, where the roster has them.
    schools : dict of str to str
        Name by id.
    external : frozenset of str
        Schools of another authority.
    """

    file: str = ASSIGNMENT
    rows: dict[str, tuple[int, Row]] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    schools: dict[str, str] = field(default_factory=dict)
    external: frozenset[str] = frozenset()

    @property
    def own_schools(self) -> frozenset[str]:
        """Ids of the schools that have a list."""
        return frozenset(self.schools) - self.external

    def list_faults(
        self, entries: Sequence[ListEntry], lists: Sequence[PublishedList], words: ListWords
    ) -> Iterator[Fault]:
        """Yield where the lists are not what the office's own files say."""
        if not self.rows:
            return
        listed = {entry.child for entry in entries}
        for child, (line, row) in self.rows.items():
            if child not in listed:
                file = f"office/{row.school_id if row.phase else f'_{row.outcome}'}.csv"
                yield Fault("draw.list_left_out", file, 0, "id", child, {"order": f"{ASSIGNMENT}:{line}"})
        for entry in entries:
            yield from self._entry_faults(entry)
        for one in lists:
            yield from self._people_faults(one, words)

    def _entry_faults(self, entry: ListEntry) -> Iterator[Fault]:
        """Yield where one line of a list is not that of ``assignment.csv``."""
        if entry.child not in self.rows:
            yield entry.fault("draw.list_not_assigned", "id", entry.child, {})
            return
        line, row = self.rows[entry.child]
        school, phase, outcome = row.school_id, row.phase, row.outcome
        where = {"order": f"{ASSIGNMENT}:{line}"}
        if entry.key != (school if phase else f"_{outcome}"):
            yield entry.fault("draw.list_other_school", "id", entry.child, {**where, "school": school or outcome})
        elif phase and (phase, outcome) not in entry.ways:
            yield entry.fault("draw.list_other_way", "way", entry.child, {**where, "phase": phase})
        elif phase and entry.drawn != bool(row.draw_id):
            code = "draw.list_draw_missing" if row.draw_id else "draw.list_draw_added"
            yield entry.fault(code, "draw", entry.child, where)

    def _people_faults(self, one: PublishedList, words: ListWords) -> Iterator[Fault]:
        """Yield names, sexes and schools of others that are not those of the roster and the assignment."""
        for line, shown in one.rows:
            cells = one.cells(shown)
            child = cells.get("id", "")
            if child not in self.people or child not in self.rows:
                continue
            name, sex = self.people[child]
            _, row = self.rows[child]
            expected = {"name": name, "sex": words.sexes.get(sex, ""), "school": self.schools.get(row.school_id, "")}
            for code in expected.keys() & cells.keys():
                if cells[code] != expected[code]:
                    told = cells[code][:1] if code == "name" else cells[code][:60]
                    yield Fault("draw.list_cell", one.file, line, code, told, {"expected": expected[code]})


def office_entries(folder: Path) -> tuple[Office, list[Fault]]:
    """Return the office's files of a folder; what is not there is empty."""
    office = Office()
    faults: list[Fault] = []
    header, rows = _table(folder, ASSIGNMENT, faults)
    if header and header[:5] != _COLUMNS:
        faults.append(Fault("draw.header", ASSIGNMENT, 1, "", ",".join(header)[:60], {"expected": ",".join(_COLUMNS)}))
    elif rows:
        columns = dict(zip(header, map(list, zip(*rows, strict=True)), strict=True))
        office.rows = _rows(from_columns(Row, **{"clause": [""] * len(rows)} | columns), faults)
    header, children = _table(folder, ROSTER, faults)
    if {"applicant_id", "bundle"} <= set(header):
        _read_roster(office, [dict(zip(header, child, strict=True)) for child in children])
    header, schools = _table(folder, SCHOOLS, faults)
    if {"school_id", "name", "jurisdiction"} <= set(header):
        named = [dict(zip(header, school, strict=True)) for school in schools]
        office.schools = {school["school_id"]: school["name"] for school in named}
        office.external = frozenset(s["school_id"] for s in named if s["jurisdiction"] == "external")
    return office, faults


def assignment_entries(office: Office, words: ListWords, faults: list[Fault]) -> list[ListEntry]:
    """Return what ``assignment.csv`` says of each child; draws that are not those of its phase are faults."""
    entries = []
    for child, (line, row) in office.rows.items():
        school, phase, outcome, draw = row.school_id, row.phase, row.outcome, row.draw_id
        way = (phase, outcome)
        expected = words.draw_id(way, school)
        if draw and draw != expected:
            faults.append(Fault("draw.list_draw", ASSIGNMENT, line, "draw_id", draw[:60], {"expected": expected}))
        if phase and way not in words.places:
            faults.append(Fault("draw.list_way", ASSIGNMENT, line, "phase", f"{phase} {outcome}"[:60]))
        here = school if phase else ""
        entries.append(ListEntry(child, here, frozenset({way}), bool(draw), ASSIGNMENT, line, here or f"_{outcome}"))
    return entries


def _rows(rows: Sequence[Row], faults: list[Fault]) -> dict[str, tuple[int, Row]]:
    """Return the rows of ``assignment.csv`` by child."""
    found: dict[str, tuple[int, Row]] = {}
    for line, row in enumerate(rows, start=2):
        first, _ = found.setdefault(row.applicant_id, (line, row))
        if first != line:
            words = {"file": ASSIGNMENT, "line": str(first)}
            faults.append(Fault("draw.list_twice", ASSIGNMENT, line, "applicant_id", row.applicant_id, words))
    return found


def _read_roster(office: Office, children: Sequence[Mapping[str, str]]) -> None:
    """Note the party of every child, its masked name and its sex."""
    first: dict[str, str] = {}
    for child in sorted(children, key=lambda child: child["applicant_id"]):
        name = child["applicant_id"]
        bundle = child.get("bundle", "")
        office.parties[name] = first.setdefault(bundle, name) if bundle else name
        office.people[name] = (child.get("name", ""), child.get("sex", ""))


def _table(folder: Path, name: str, faults: list[Fault]) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a table of the office; nothing where it is not there."""
    path = folder / name
    if not path.is_file():
        return [], []
    try:
        text = open_file_bytes(path, MOST_OF_A_TABLE).decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        faults.append(Fault("draw.not_csv", name))
        return [], []
    header, *rows = lines or [[]]
    faults += [
        Fault("draw.cells", name, line, params={"expected": str(len(header))})
        for line, row in enumerate(rows, start=2)
        if len(row) != len(header)
    ]
    return header, [row for row in rows if len(row) == len(header)]
