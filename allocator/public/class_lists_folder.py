"""The lists of a placement as files: workbook, PDF and CSV of each, all for their owner, whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from allocator.class_folder import (
    ClassSession,
    checked_late,
    checked_teams,
    demand_accepted,
    judged_again,
    late_faults,
    lots_of_teams,
    read_placement,
    stored_session,
    team_faults,
)
from allocator.domain import ClassPlacement, LateChild, Team, TeamRow
from allocator.ground import Fault, InputError, Language, Written, some_as_text, text
from allocator.public.admitted import read_admitted
from allocator.public.class_lists import ClassList, PlacedPupils, class_lists
from allocator.reading.class_files import BY_TICKETS, read_late, read_team_classes
from allocator.record import (
    FORMAT_VERSION,
    MADE_BY,
    folder_replacement_faults,
    output_folder_faults,
    sealed_folder_manifest,
    write_folder,
)
from allocator.sheets import demand_pdf, table_pdf, workbook

KIND = "classes-lists"
ClassListFormat: TypeAlias = Literal["xlsx", "pdf", "csv"]
CLASS_LIST_FORMATS: tuple[ClassListFormat, ...] = get_args(ClassListFormat)


class ListSources(NamedTuple):
    """Whence lists of a placement come.

    Attributes
    ----------
    folder : Path
        The folder that the draw wrote.
    book, persons : Path or None
        Case book or run, and table of persons, from which names come.
    teams, late : Path or None
        ``team-classes.csv`` and ``late.csv``.
    """

    folder: Path
    book: Path | None = None
    persons: Path | None = None
    teams: Path | None = None
    late: Path | None = None


def placed_pupils(sources: ListSources, out: Path, *, replace: bool = False) -> PlacedPupils:
    """Read a placement of which lists are made; it, its teams and its late children are derived once more.

    Parameters
    ----------
    out : Path
        Where the lists will be written.
    replace : bool
        Whether lists of another session may be replaced.

    Raises
    ------
    InputError
        With every fault.
    DisagreementError
        If the placement is not the one that files and transcript define.
    """
    faults = output_folder_faults(out, sources.folder)
    if sources.book is None and sources.persons is None:
        faults.append(Fault("classes.whose_names", "--book"))
    session = _tried(lambda: stored_session(sources.folder), faults)
    placement = _tried(lambda: read_placement(sources.folder), faults)
    admitted = _tried(lambda: read_admitted(sources.book, sources.persons), faults)
    if session is None or placement is None or admitted is None:
        raise InputError(faults)
    rows = _tried(lambda: _teams(session, sources.teams), faults)
    children = _tried(lambda: _late(session, placement, sources.late), faults)
    faults += [] if replace else folder_replacement_faults(out, session.draw, KIND)
    if faults or rows is None or children is None:
        raise InputError(faults)
    demand_accepted(judged_again(session, placement))
    return PlacedPupils(session, placement, admitted, rows, checked_late(session, placement, children), children)


Made = TypeVar("Made")


def _tried(make: Callable[[], Made], faults: list[Fault]) -> Made | None:
    """Return what is made; where it cannot be, why joins the faults."""
    try:
        return make()
    except InputError as error:
        faults += error.faults
        return None


def _teams(session: ClassSession, path: Path | None) -> tuple[TeamRow, ...]:
    """Return the classes of head teachers: of tickets those that the session gives, of lots each class once."""
    if path is None:
        return ()
    found = read_team_classes(path)
    teams = [Team(*row[:3]) for row in found]
    if faults := team_faults(session.tables.groups, teams, path.name):
        raise InputError(faults)
    if set(found.values()) != {BY_TICKETS}:
        return lots_of_teams(teams, {row.team_id: row.class_number for row in found}, path.name)
    right = checked_teams(session, teams)
    wrong = sorted(set(found) - set(right))
    if wrong:
        raise InputError(
            Fault("classes.team_class", path.name, 0, "class", f"{row.team_id} {row.class_number}") for row in wrong
        )
    return right


def _late(session: ClassSession, placement: ClassPlacement, path: Path | None) -> tuple[LateChild, ...]:
    if path is None:
        return ()
    children = read_late(path)
    if faults := late_faults(session, placement, children, path.name):
        raise InputError(faults)
    return children


def write_class_lists(
    out: Path, placed: PlacedPupils, written: Written, formats: Sequence[ClassListFormat], *, replace: bool = False
) -> dict[str, Any]:
    """Write lists into a folder; return what was written, for programs: no name of a child.

    Raises
    ------
    InputError
        If the folder holds anything else, or lists of another session, or a PDF cannot be made here; nothing is
        written then.
    """
    if "pdf" in formats:
        demand_pdf()
    lists = tuple(class_lists(placed))
    files = list(_files(lists, written, formats))  # every sign is looked at before anything is written

    def _seal(digests: Mapping[str, str]) -> bytes:
        content = {
            "made_by": MADE_BY, "kind": KIND, "format_version": FORMAT_VERSION, "trial": False,
            "seed": placed.session.draw.seedhex, "event": placed.session.transcript.event,
            "weak_seed": placed.session.draw.weak_seed, "lists": written.lists,
            "inputs": {"placement.csv": placed.digest}, "outputs": dict(digests),
        }  # fmt: skip
        raw = (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
        return sealed_folder_manifest(out, raw, replace=replace)

    return _as_object(placed, lists, write_folder(out, files, _seal), out)


def _files(
    lists: Sequence[ClassList], written: Written, formats: Sequence[ClassListFormat]
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file; faults of all lists are told at once."""
    faults: list[Fault] = []
    for one in lists:
        for form in dict.fromkeys(formats):
            try:
                if form != "csv":
                    made = table_pdf(one.tables[0], written) if form == "pdf" else workbook(one.tables, written, KIND)
                    yield f"{one.path}.{form}", made
                elif one.data:
                    yield f"{one.path}.csv", one.data
            except InputError as error:
                faults += [Fault(f.code, f"{one.path}.pdf", f.row, f.column, f.value, f.params) for f in error.faults]
    if faults:
        raise InputError(faults)


def _as_object(
    placed: PlacedPupils, lists: Sequence[ClassList], digests: Mapping[str, str], out: Path
) -> dict[str, Any]:
    """What was written."""
    told = [
        {
            "list": one.kind, "school_id": one.school_id, "track": one.track, "copy": one.copy or None,
            "restricted": one.kind == "school", "rows": len(one.tables[0].rows),
            "data_sha256": sha256(one.data).hexdigest() if one.data else None,
            "files": {name: digest for name, digest in digests.items() if name.rpartition(".")[0] == one.path},
        }
        for one in lists
    ]  # fmt: skip
    return {
        "format_version": 1, "kind": KIND, "event": placed.session.transcript.event, "out": str(out),
        "placement_sha256": placed.digest, "teams_drawn": bool(placed.teams), "late": len(placed.late),
        "nameless": list(placed.nameless()), "lists": told,
    }  # fmt: skip


def class_lists_told(found: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield in words what ``write_class_lists`` returned."""
    say = partial(text, language=language)
    kinds = Counter(one["list"] for one in found["lists"])
    for kind, number in sorted(kinds.items()):
        yield say(f"classes.lists.{kind}", count=number)
    if not found["teams_drawn"]:
        yield say("classes.anonymous")
    if found["nameless"]:
        yield say("classes.nameless", count=len(found["nameless"]), some=some_as_text(found["nameless"], 5))
    yield f"{say('classes.placement_digest')} {found['placement_sha256']}"
    yield say("cli.made", folder=found["out"])
