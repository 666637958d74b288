"""Balanced classes from files to files: read, held against the transcript, dealt, judged, written (class-procedure.md).

Nothing leaves unjudged: the checker derives every placement once more. CP-SAT says what the demands allow; no placement
is taken from it.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from allocator.checking.classes import check_classes, check_late, check_teams
from allocator.classes import classes_of_teams, place_late, place_pupils, tried
from allocator.domain import (
    AttemptRow,
    ClassPlacement,
    ClassRow,
    Draw,
    LateChild,
    LateRow,
    Team,
    TeamRow,
    Transcript,
    Violation,
    YearGroup,
)
from allocator.ground import MOST_OF_A_TEXT, DisagreementError, Fault, InputError, Progress, open_readable, silent
from allocator.lottery import (
    TRANSCRIPT,
    ClassDigests,
    canonical_csv_text,
    is_frozen_but_saved_again,
    parse_transcript,
    weak_seed_faults,
)
from allocator.reading.class_files import CLASS_ROSTER, CLASSES, ClassTables, read_class_tables
from allocator.record import FORMAT_VERSION, MADE_BY, sealed_folder_manifest, write_folder
from allocator.verifier import CLASS_PAGE, class_page

if TYPE_CHECKING:
    from allocator.models.classes import ClassStatement

KIND = "classes"
PLACEMENT, ATTEMPTS = "placement.csv", "attempts.csv"
HEAD = ("event", *ClassDigests._fields)
"""Lines of the head of a transcript of classes: no policy decides anything here (section 2)."""

TEAM_COLUMNS, LATE_COLUMNS = (*Team._fields, "class"), ("id", "school_id", "track", "class", "arrival")
TRIAL_SEEDS = 200  # of a rehearsal
_MOST_OF_REHEARSAL = 20_000  # attempts of one year group in all
_COLUMNS = {
    PLACEMENT: ("id", "school_id", "track", "class"),
    ATTEMPTS: ("school_id", "track", "classes", "attempt"),
}


class ClassSession(NamedTuple):
    """What a session of the draw places: tables and transcript as read."""

    tables: ClassTables
    draw: Draw

    @property
    def transcript(self) -> Transcript:
        """The transcript of the session."""
        assert self.draw.transcript is not None
        return self.draw.transcript


def read_class_session(
    folder: Path, transcript: Path, grade: str = "7", *, allow_weak_seed: bool = False
) -> ClassSession:
    """Read roster, classes and the transcript that freezes both.

    Raises
    ------
    InputError
        With every fault of the tables and of the transcript, among them digests that are not those of the tables.
    """
    faults, tables, found = list[Fault](), None, None
    try:
        tables = read_class_tables(folder, grade)
    except InputError as error:
        faults += error.faults
    try:
        found, wrong = parse_transcript(open_readable(transcript, MOST_OF_A_TEXT), transcript.name, HEAD)
        faults += wrong
    except InputError as error:
        faults += error.faults
    weak = [] if found is None else weak_seed_faults(found, transcript.name, _source_rows(found))
    faults += [] if allow_weak_seed else weak
    if tables is not None and found is not None:
        faults += _digest_faults(tables, found, transcript.name)
    if faults or tables is None:
        raise InputError(faults)
    return ClassSession(tables, Draw(transcript=found, weak_seed=bool(weak)))


def class_digests(tables: ClassTables) -> ClassDigests:
    """Return what a transcript carries: the digests of both tables (section 2)."""
    return ClassDigests(sha256(tables.roster).hexdigest(), sha256(tables.classes).hexdigest())


def _source_rows(found: Transcript) -> range:
    """Return the lines of the contributions: after version and head."""
    first = len(HEAD) + 2
    return range(first, first + len(found.contributions))


def _digest_faults(tables: ClassTables, found: Transcript, file: str) -> Iterator[Fault]:
    """Yield a table that is not what the transcript freezes, and whether it was only saved again."""
    stated = ((CLASS_ROSTER, tables.roster, found.roster_sha256), (CLASSES, tables.classes, found.inputs_sha256))
    for row, (name, raw, digest) in enumerate(stated, start=3):
        if sha256(raw).hexdigest() != digest:
            code = "classes.changed" + "_resaved" * is_frozen_but_saved_again(raw, digest)
            column = HEAD[row - 2]
            yield Fault(code, file, row, column, digest, {"table": name, "found": sha256(raw).hexdigest()})


def checked_placement(session: ClassSession, progress: Progress = silent) -> ClassPlacement:
    """Return the placement of a session, judged by the checker.

    Raises
    ------
    DisagreementError
        If the checker derives another one; nothing may be written then.
    """
    progress("progress.dealing")
    placement = place_pupils(session.tables.groups, session.draw.seedhex)
    progress("progress.checking")
    demand_accepted(judged_again(session, placement))
    return placement


def stored_session(folder: Path) -> ClassSession:
    """Return the session of a folder that a draw wrote."""
    return read_class_session(folder, folder / TRANSCRIPT, allow_weak_seed=True)


def judged_again(session: ClassSession, placement: ClassPlacement) -> list[Violation]:
    """Return what the checker finds wrong with a placement."""
    return check_classes(session.tables.groups, session.draw.seedhex, placement)


def demand_accepted(violations: Sequence[Violation]) -> None:
    """Refuse what the checker does not accept.

    Raises
    ------
    DisagreementError
        With everything that it found.
    """
    if violations:
        first = violations[0]
        words = {"finding": first.code, "place": first.applicant_id or first.school_id, "count": str(len(violations))}
        lines = tuple(f"{v.code} {v.applicant_id} {v.school_id} {dict(v.params)}" for v in violations)
        raise DisagreementError("classes.judged", words, lines)


def placement_files(placement: ClassPlacement) -> dict[str, bytes]:
    """Return ``placement.csv`` and ``attempts.csv`` (section 4)."""
    tables = {PLACEMENT: placement.rows, ATTEMPTS: placement.attempts}
    return {name: class_csv_bytes(_COLUMNS[name], rows) for name, rows in tables.items()}


def team_bytes(rows: Sequence[TeamRow], by: str) -> bytes:
    """Return ``team-classes.csv``; ``by`` says whether tickets or lots drawn by hand gave the classes (C104)."""
    return class_csv_bytes((*TEAM_COLUMNS, "by"), [(*row, by) for row in rows])


def late_bytes(rows: Sequence[LateRow]) -> bytes:
    """Return ``late-placement.csv``."""
    return class_csv_bytes(LATE_COLUMNS, rows)


def class_csv_bytes(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return a table as all tables of classes are: UTF-8, LF, RFC 4180."""
    cells = (["" if cell is None else str(cell) for cell in row] for row in rows)
    return canonical_csv_text([header, *cells]).encode("utf-8")


def write_classes(
    out: Path, session: ClassSession, placement: ClassPlacement, *, replace: bool = False,
    told: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Write a folder from which anyone can recompute the placement: tables, transcript, placement, attempts, a page.

    Parameters
    ----------
    told : mapping of str to object, optional
        What the manifest says besides: of a new version which one it comes after.

    Raises
    ------
    InputError
        If the folder may not be replaced or cannot be written; nothing is changed then.
    """
    tables = {CLASS_ROSTER: session.tables.roster, CLASSES: session.tables.classes, TRANSCRIPT: session.transcript.raw}

    def _seal(digests: Mapping[str, str]) -> bytes:
        content = {
            "made_by": MADE_BY, "kind": KIND, "format_version": FORMAT_VERSION, "trial": False,
            "seed": session.draw.seedhex, "event": session.transcript.event, "weak_seed": session.draw.weak_seed,
            "inputs": {name: sha256(raw).hexdigest() for name, raw in tables.items()}, "outputs": dict(digests),
            **(told or {}),
        }  # fmt: skip
        raw = (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
        return sealed_folder_manifest(out, raw, replace=replace)

    page = {CLASS_PAGE: class_page()}
    write_folder(out, sorted((tables | placement_files(placement) | page).items()), _seal)


def read_placement(folder: Path) -> ClassPlacement:
    """Read ``placement.csv`` and ``attempts.csv`` of a folder; whether they are right is for the checker to say.

    Raises
    ------
    InputError
        If they are not there or not of this form.
    """
    faults: list[Fault] = []
    rows = [
        ClassRow(pupil_id, school, track, int(number))
        for pupil_id, school, track, number in _stored(folder, PLACEMENT, faults)
    ]
    attempts = [
        AttemptRow(school, track, int(classes), int(attempt) if attempt else None)
        for school, track, classes, attempt in _stored(folder, ATTEMPTS, faults)
    ]
    if faults:
        raise InputError(faults)
    return ClassPlacement(tuple(rows), tuple(attempts))


def _stored(folder: Path, name: str, faults: list[Fault]) -> list[list[str]]:
    """Return the rows of a table that this program wrote; none of one that is not as it writes them."""
    try:
        raw = open_readable(folder / name, MOST_OF_A_TEXT * 100)
        header, *rows = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True)
    except InputError as error:
        faults += error.faults
        return []
    except (UnicodeDecodeError, ValueError, csv.Error):
        faults.append(Fault("draw.not_csv", name))
        return []
    if tuple(header) != _COLUMNS[name]:
        faults.append(Fault("draw.header", name, 1, params={"expected": ",".join(_COLUMNS[name])}))
        return []
    numbers = (3,) if name == PLACEMENT else (2, 3)
    good = []
    for line, row in enumerate(rows, start=2):
        empty = name == ATTEMPTS and row[3:] == [""]
        if len(row) != 4 or not all(row[at].isdecimal() and row[at].isascii() for at in numbers[: 2 - empty]):
            faults.append(Fault("classes.stored_row", name, line, value=",".join(row)[:60]))
        else:
            good.append(row)
    return good


def checked_teams(session: ClassSession, teams: Sequence[Team]) -> tuple[TeamRow, ...]:
    """Return the classes that the tickets give to head teachers, judged by the checker."""
    rows = classes_of_teams(session.draw.seedhex, teams)
    demand_accepted(check_teams(session.tables.groups, session.draw.seedhex, teams, rows))
    return rows


def checked_late(session: ClassSession, placed: ClassPlacement, late: Sequence[LateChild]) -> tuple[LateRow, ...]:
    """Return the classes of late children, judged by the checker."""
    rows = place_late(session.tables.groups, session.draw.seedhex, placed.rows, late)
    demand_accepted(check_late(session.tables.groups, session.draw.seedhex, placed.rows, late, rows))
    return rows


def team_faults(groups: Sequence[YearGroup], teams: Sequence[Team], file: str) -> list[Fault]:
    """Return schools and tracks that have not as many teams as classes, and teams of others (section 4)."""
    classes = {(group.school_id, group.track): group.classes for group in groups}
    found = Counter((team.school_id, team.track) for team in teams)
    faults = []
    for school, track in sorted(classes.keys() | found.keys()):
        expected, count = classes.get((school, track), 0), found[school, track]
        if expected != count:
            words = {"track": track, "expected": str(expected), "found": str(count)}
            faults.append(Fault("classes.team_number", file, 0, "school_id", school, words))
    return faults


def lots_of_teams(teams: Sequence[Team], lots: Mapping[str, int], file: str) -> tuple[TeamRow, ...]:
    """Return the classes of teams by lots drawn by hand.

    Raises
    ------
    InputError
        If they are no bijection of the teams and classes of each school and track.
    """
    faults = [Fault("classes.lot_unknown", file, 0, "team_id", one) for one in lots.keys() - {t.team_id for t in teams}]
    faults += [Fault("classes.lot_missing", file, 0, "team_id", t.team_id) for t in teams if t.team_id not in lots]
    rows = [TeamRow(*team, lots[team.team_id]) for team in teams if team.team_id in lots]
    often = Counter((row.school_id, row.track, row.class_number) for row in rows)
    size = Counter(team[:2] for team in teams)
    for row in rows:
        if often[row.school_id, row.track, row.class_number] > 1 or row.class_number > size[row[:2]]:
            words = {"most": str(size[row[:2]])}
            faults.append(Fault("classes.lot_class", file, 0, "class", f"{row.team_id} {row.class_number}", words))
    if faults:
        raise InputError(faults)
    return tuple(sorted(rows, key=lambda row: (row.school_id, row.track, row.class_number)))


def late_faults(session: ClassSession, placed: ClassPlacement, late: Sequence[LateChild], file: str) -> list[Fault]:
    """Return late children whose school has no placement, and those who are placed already."""
    homes = {(row.school_id, row.track) for row in placed.rows}
    known = {pupil.pupil_id for group in session.tables.groups for pupil in group.pupils}
    faults = [Fault("classes.late_known", file, 0, "id", child.pupil_id) for child in late if child.pupil_id in known]
    lost = sorted({(child.school_id, child.track) for child in late} - homes)
    return faults + [Fault("classes.late_group", file, 0, "school_id", s, {"track": track}) for s, track in lost]


class Rehearsal(NamedTuple):
    """How a year group fares under trial seeds, beside what is proven of its demands (section 5).

    Attributes
    ----------
    seeds, placed : int
        Trial seeds, and those with an attempt that did not fail.
    attempts : tuple of int
        Attempts of each seed, the one that placed it included.
    failed : Counter of str
        Attempts that failed, by their step.
    spreads : tuple of Fraction
        Spread of class means of each placement, in hundredths, smallest first; empty where nobody has a score.
    """

    group: YearGroup
    seeds: int
    placed: int
    attempts: tuple[int, ...]
    failed: Counter[str]
    spreads: tuple[Fraction, ...]
    statement: ClassStatement

    @property
    def share_failed(self) -> Fraction:
        """Share of all attempts that failed."""
        return Fraction(sum(self.failed.values()), sum(self.attempts)) if self.attempts else Fraction(0)


def proven_demands(group: YearGroup, seconds: float) -> ClassStatement:
    """Return what CP-SAT proves of the demands of a year group within some seconds."""
    from allocator.models.classes import state_demands  # the solver is loaded where it is needed
    from allocator.models.limit import Limit

    return state_demands(group, Limit(seconds))


def crowded_children(group: YearGroup) -> tuple[str, ...]:
    """Return children of whom each is kept apart from each, where they are more than the classes."""
    from allocator.models.classes import too_large_crowd

    return too_large_crowd(group)


def rehearse_group(group: YearGroup, statement: ClassStatement, seeds: int = TRIAL_SEEDS) -> Rehearsal:
    """Deal a year group under trial seeds 1, 2, …; where it is proven that demands cannot be met, none is tried."""
    failed: Counter[str] = Counter()
    attempts, spreads, placed, left = [], list[Fraction](), 0, _MOST_OF_REHEARSAL
    scored = any(pupil.score is not None for pupil in group.pupils)
    too_near = group.mean_spread is not None and statement.bound is not None and statement.bound > group.mean_spread
    for seed in range(1, seeds + 1) if statement.can_be_met is not False and not too_near else ():
        if left == 0:
            break
        count = 0
        for attempt in tried(group, Draw(trial_seed=seed).seedhex, min(left, _MOST_OF_REHEARSAL // 2)):
            count += 1
            if not attempt.failed:
                placed += 1
                spreads += [attempt.spread()] if scored else []
                break
            failed[attempt.failed] += 1
        left -= count
        attempts.append(count)
    return Rehearsal(group, len(attempts), placed, tuple(attempts), failed, tuple(sorted(spreads)), statement)
