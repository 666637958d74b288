"""Tables of the balanced classes, read strictly, every fault at once (class-procedure.md sections 1 and 4)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from allocator.domain import MOST_CLASSES, TRACKS, LateChild, Pupil, Team, TeamRow, YearGroup
from allocator.ground import Fault, InputError, cut_error_kinds
from allocator.reading.class_cells import (
    HIGHEST_SCORE,
    ClassCells,
    ClassTable,
    Where,
    class_table,
)

CLASS_ROSTER, CLASSES = "class-roster.csv", "classes.csv"
TEAMS, LATE, LOTS, TEAM_CLASSES = "teams.csv", "late.csv", "lots.csv", "team-classes.csv"
BY_TICKETS, BY_LOTS = "tickets", "lots"
"""How head teachers drew: by the tickets of the session, or by lots drawn by hand (C104)."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    CLASS_ROSTER: ("id", "school_id", "track", "sex", "score", "together", "apart"),
    CLASSES: ("school_id", "track", "classes", "mean_spread"),
    TEAMS: ("school_id", "track", "team_id"),
    LATE: ("arrival", "id", "school_id", "track", "sex", "together"),
    LOTS: ("team_id", "class"),
    TEAM_CLASSES: ("school_id", "track", "team_id", "class", "by"),
}
"""Headings of each table, in their order."""

GRADES = ("1", "7")
LEAST_BUNDLE, MOST_BUNDLE = 2, 9
_CLASSES = re.compile(r"[1-9][0-9]?", re.ASCII)
_ARRIVAL = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)

class ClassTables(NamedTuple):
    """What is placed, and the bytes of the two tables, whose digests a transcript carries."""

    groups: tuple[YearGroup, ...]
    roster: bytes
    classes: bytes


def read_class_tables(folder: Path, grade: str = "7") -> ClassTables:
    """Read ``class-roster.csv`` and ``classes.csv`` of a folder.

    Parameters
    ----------
    grade : {"1", "7"}
        In grade 1 no score may stand in the roster (C100, C101).

    Raises
    ------
    InputError
        With every fault of both tables, and of what they say together.
    """
    faults: list[Fault] = []
    roster, classes = (class_table(folder / name, COLUMNS[name], faults) for name in (CLASS_ROSTER, CLASSES))
    pupils = _pupils(roster, grade, faults)
    demands = _demands(classes, faults)
    if roster.whole and classes.whole:
        faults += _together(roster.file, classes.file, pupils, demands)
    if faults:
        raise InputError(cut_error_kinds(faults))
    by_group: dict[Where, list[Pupil]] = defaultdict(list)
    for one in pupils:
        by_group[one.where].append(one.pupil)
    groups = (YearGroup(*where, d.classes, d.mean_spread, tuple(by_group[where])) for where, (d, *_) in demands.items())
    return ClassTables(tuple(groups), roster.raw, classes.raw)


class ClassLine(NamedTuple):
    """A pupil, where it stands and where it belongs."""

    row: int
    where: Where
    pupil: Pupil


class ClassDemand(NamedTuple):
    """A row of ``classes.csv``."""

    row: int
    classes: int
    mean_spread: int | None


def _pupils(table: ClassTable, grade: str, faults: list[Fault]) -> list[ClassLine]:
    """Return the pupils of the roster."""
    found, seen = [], dict[str, int]()
    for row, cells in table.rows:
        one = ClassCells(table.file, row, cells, faults)
        name = one.id("id")
        if name and seen.setdefault(name, row) != row:
            one.wrong("id.repeated", "id", first=seen[name])
        score = one.hundredths("score", "classes.score", lambda value: 0 <= value <= HIGHEST_SCORE * 100)
        if grade == "1" and cells["score"]:
            one.wrong("classes.score_in_grade_1", "score")
        where, sex = one.where(), one.sex()
        pupil = Pupil(name, sex, score, one.id("together", needed=False), one.ids("apart"))
        found.append(ClassLine(row, where, pupil))
    return found


def _demands(table: ClassTable, faults: list[Fault]) -> dict[Where, list[ClassDemand]]:
    """Return the rows of ``classes.csv`` by school and track; more than one of the same is a fault."""
    found: dict[Where, list[ClassDemand]] = defaultdict(list)
    for row, cells in table.rows:
        one = ClassCells(table.file, row, cells, faults)
        where = one.where()
        classes = one.whole("classes", _CLASSES, "classes.number", most=MOST_CLASSES)
        spread = one.hundredths("mean_spread", "classes.spread", lambda value: value > 0)
        if where[0] and found[where]:
            one.wrong("classes.group_twice", "school_id", track=where[1], first=found[where][0].row)
        found[where].append(ClassDemand(row, classes, spread))
    return dict(found)


def read_class_numbers(path: Path) -> dict[Where, int]:
    """Read how many classes each school and track has, of ``classes.csv`` by itself.

    Raises
    ------
    InputError
        With every fault.
    """
    faults: list[Fault] = []
    demands = _demands(class_table(path, COLUMNS[CLASSES], faults), faults)
    if faults:
        raise InputError(cut_error_kinds(faults))
    return {where: demand.classes for where, (demand, *_) in demands.items()}


def _together(
    roster: str, classes: str, pupils: Sequence[ClassLine], demands: Mapping[Where, Sequence[ClassDemand]]
) -> Iterator[Fault]:
    """Yield what is wrong with both tables side by side."""
    by_group: dict[Where, list[ClassLine]] = defaultdict(list)
    for line in pupils:
        if line.where[0] and line.where[1] in TRACKS:
            by_group[line.where].append(line)
    for where, lines in by_group.items():
        if where not in demands:
            yield from (
                Fault("classes.no_group", roster, line.row, "school_id", where[0], {"track": where[1]})
                for line in lines
            )
    for where, (demand, *_) in demands.items():
        if demand.classes:
            yield from _size_faults(classes, demand, by_group[where])
            yield from _apart_faults(roster, demand, by_group[where])
    yield from class_bundle_faults(roster, demands, by_group)


def _size_faults(file: str, demand: ClassDemand, members: Sequence[ClassLine]) -> Iterator[Fault]:
    """Yield fewer pupils than classes, and a spread of means where nobody has a score."""
    if len(members) < demand.classes:
        words = {"pupils": str(len(members))}
        yield Fault("classes.few_pupils", file, demand.row, "classes", str(demand.classes), words)
    if demand.mean_spread is not None and all(line.pupil.score is None for line in members):
        value = f"{demand.mean_spread / 100:.2f}"
        yield Fault("classes.spread_without_scores", file, demand.row, "mean_spread", value)


def _apart_faults(file: str, demand: ClassDemand, members: Sequence[ClassLine]) -> Iterator[Fault]:
    """Yield groups of children apart who are more than classes."""
    count = Counter(name for line in members for name in line.pupil.apart)
    for name in sorted(name for name, size in count.items() if size > demand.classes):
        row = next(line.row for line in members if name in line.pupil.apart)
        words = {"children": str(count[name]), "classes": str(demand.classes)}
        yield Fault("classes.apart_too_many", file, row, "apart", name, words)


def class_bundle_faults(
    file: str, demands: Mapping[Where, Sequence[ClassDemand]], by_group: Mapping[Where, Sequence[ClassLine]]
) -> Iterator[Fault]:
    """Yield bundles of one child or of too many, over two schools or tracks, or with two children kept apart.

    Parameters
    ----------
    file : str
        Where the lines stand.
    demands : mapping
        By school and track; where nothing is demanded no bundle is too large for the classes.
    by_group : mapping
        Pupils by school and track.
    """
    bundles: dict[str, list[ClassLine]] = defaultdict(list)
    for line in sorted(line for lines in by_group.values() for line in lines):
        if line.pupil.together:
            bundles[line.pupil.together].append(line)
    for name, lines in bundles.items():
        first = lines[0]
        if not LEAST_BUNDLE <= len(lines) <= MOST_BUNDLE:
            yield Fault("bundle.size", file, first.row, "together", name, {"size": str(len(lines))})
        for line in lines:
            if line.where != first.where:
                words = {"first": str(first.row), "expected": ", ".join(first.where)}
                yield Fault("classes.bundle_parted", file, line.row, "together", name, words)
        group = demands.get(first.where)
        least = len(by_group[first.where]) // group[0].classes if group and group[0].classes else MOST_BUNDLE
        if least < len(lines) <= MOST_BUNDLE:
            words = {"size": str(len(lines)), "least": str(least)}
            yield Fault("classes.bundle_too_large", file, first.row, "together", name, words)
        count = Counter(group for line in lines for group in line.pupil.apart)
        for group_id in sorted(group_id for group_id, size in count.items() if size > 1):
            yield Fault("classes.bundle_apart", file, first.row, "together", name, {"group": group_id})


def read_teams(path: Path) -> tuple[Team, ...]:
    """Read ``teams.csv``: the staff teams of every school and track (C099).

    Raises
    ------
    InputError
        With every fault.
    """
    faults: list[Fault] = []
    table, found, seen = class_table(path, COLUMNS[TEAMS], faults), list[Team](), dict[str, int]()
    for row, cells in table.rows:
        one = ClassCells(table.file, row, cells, faults)
        team = Team(*one.where(), one.id("team_id"))
        if team.team_id and seen.setdefault(team.team_id, row) != row:
            one.wrong("id.repeated", "team_id", first=seen[team.team_id])
        found.append(team)
    if faults:
        raise InputError(cut_error_kinds(faults))
    return tuple(found)


def read_lots(path: Path) -> dict[str, int]:
    """Read the lots that head teachers drew by hand: class by ``team_id`` (C104).

    Raises
    ------
    InputError
        With every fault.
    """
    faults: list[Fault] = []
    table, found = class_table(path, COLUMNS[LOTS], faults), dict[str, int]()
    for row, cells in table.rows:
        one = ClassCells(table.file, row, cells, faults)
        team, number = one.id("team_id"), one.whole("class", _CLASSES, "classes.number", most=MOST_CLASSES)
        if team in found:
            one.wrong("id.repeated", "team_id", first=list(found).index(team) + 2)
        found[team] = number
    if faults:
        raise InputError(cut_error_kinds(faults))
    return found


def read_team_classes(path: Path) -> dict[TeamRow, str]:
    """Read ``team-classes.csv``: the class of each staff team, and whether tickets or lots gave it.

    Raises
    ------
    InputError
        With every fault; whether the classes are right is for others to say.
    """
    faults: list[Fault] = []
    table, found, seen = class_table(path, COLUMNS[TEAM_CLASSES], faults), dict[TeamRow, str](), dict[str, int]()
    for row, cells in table.rows:
        one = ClassCells(table.file, row, cells, faults)
        where, team = one.where(), one.id("team_id")
        number = one.whole("class", _CLASSES, "classes.number", most=MOST_CLASSES)
        if team and seen.setdefault(team, row) != row:
            one.wrong("id.repeated", "team_id", first=seen[team])
        found[TeamRow(*where, team, number)] = one.word("by", (BY_TICKETS, BY_LOTS))
    if faults:
        raise InputError(cut_error_kinds(faults))
    return found


def read_late(path: Path) -> tuple[LateChild, ...]:
    """Read ``late.csv``: children who come after the placement, by their arrivals (C107).

    Raises
    ------
    InputError
        With every fault.
    """
    faults: list[Fault] = []
    table, found, seen = class_table(path, COLUMNS[LATE], faults), list[tuple[int, LateChild]](), dict[str, int]()
    for row, cells in table.rows:
        one = ClassCells(table.file, row, cells, faults)
        arrival = one.whole("arrival", _ARRIVAL, "classes.arrival_number")
        name = one.id("id")
        if name and seen.setdefault(name, row) != row:
            one.wrong("id.repeated", "id", first=seen[name])
        child = LateChild(arrival, name, *one.where(), one.sex(), one.id("together", needed=False))
        found.append((row, child))
    faults += [] if faults else _arrival_faults(table.file, found)
    if faults:
        raise InputError(cut_error_kinds(faults))
    return tuple(child for _, child in found)


def _arrival_faults(file: str, lines: Sequence[tuple[int, LateChild]]) -> Iterator[Fault]:
    """Yield arrivals not numbered 1, 2, …, and those that are not exactly the children of one bundle."""
    arrivals: dict[tuple[str, str, int], list[tuple[int, LateChild]]] = defaultdict(list)
    bundles: dict[str, set[tuple[str, str, int]]] = defaultdict(set)
    for row, child in lines:
        arrivals[child.school_id, child.track, child.arrival].append((row, child))
        if child.together:
            bundles[child.together].add((child.school_id, child.track, child.arrival))
    for (school, track, number), members in arrivals.items():
        row, first = members[0]
        if number > 1 and (school, track, number - 1) not in arrivals:
            words = {"expected": str(number - 1), "school": school, "track": track}
            yield Fault("classes.arrival_gap", file, row, "arrival", str(number), words)
        if len(members) > 1 and (not first.together or len({child.together for _, child in members}) > 1):
            yield Fault("classes.arrival_mixed", file, members[1][0], "together", members[1][1].together)
        if len(bundles[first.together]) > 1:
            yield Fault("classes.arrival_parted", file, row, "together", first.together)
