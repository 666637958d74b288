"""``allocator classes teachers | late | verify``: what follows a placement, all from the folder that the draw wrote."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.class_folder import (
    LATE_COLUMNS,
    TEAM_COLUMNS,
    checked_late,
    checked_teams,
    judged_again,
    late_bytes,
    late_faults,
    lots_of_teams,
    read_placement,
    stored_session,
    team_bytes,
    team_faults,
)
from allocator.cli.class_answers import placement_digest, placement_object, verdict_lines, version_lines
from allocator.cli.command import (
    DISAGREE,
    GOOD,
    Teller,
    json_option,
    language_option,
    path_argument,
    path_option,
    print_json,
    quiet_option,
    told_command,
)
from allocator.cli.commands_classes import classes
from allocator.ground import InputError, echo, text
from allocator.public.class_versions import changed_since_written, stored_version, typed_digest
from allocator.reading.class_files import BY_LOTS, BY_TICKETS, read_late, read_lots, read_teams
from allocator.record import file_in_folder_faults, swap_file


@classes.command()
@path_argument("folder", "OUT")
@path_option("--teams", "FILE", required=True)
@path_option("--lots", "FILE")
@path_option("--out", "FILE", required=True)
@json_option
@quiet_option
@language_option
@told_command
def teachers(teller: Teller, folder: Path, teams: Path, lots: Path | None, out: Path) -> None:
    """Give each staff team its class, by its ticket or by the lot that it drew."""
    session, listed = stored_session(folder), read_teams(teams)
    if faults := file_in_folder_faults(out) + team_faults(session.tables.groups, listed, teams.name):
        raise InputError(faults)
    if lots is None:
        rows, by = checked_teams(session, listed), BY_TICKETS
    else:
        rows, by = lots_of_teams(listed, read_lots(lots), lots.name), BY_LOTS
    swap_file(out, team_bytes(rows, by))
    if teller.as_json:
        told = [dict(zip(TEAM_COLUMNS, row, strict=True)) for row in rows]
        print_json({"format_version": 1, "kind": "classes-teachers", "by": by, "out": str(out), "teams": told})
    elif not teller.quiet:
        echo(text("classes.teams_drawn", teller.language, count=len(listed)))
        echo(text("cli.made", teller.language, folder=out))


@classes.command()
@path_argument("folder", "OUT")
@path_option("--late", "FILE", "late_file", required=True)
@path_option("--out", "FILE", required=True)
@json_option
@quiet_option
@language_option
@told_command
def late(teller: Teller, folder: Path, late_file: Path, out: Path) -> None:
    """Give the children of each arrival their class; nobody else moves."""
    session, placed, children = stored_session(folder), read_placement(folder), read_late(late_file)
    if faults := file_in_folder_faults(out) + late_faults(session, placed, children, late_file.name):
        raise InputError(faults)
    rows = checked_late(session, placed, children)
    swap_file(out, late_bytes(rows))
    if teller.as_json:
        told = [dict(zip(LATE_COLUMNS, row, strict=True)) for row in rows]
        print_json({"format_version": 1, "kind": "classes-late", "out": str(out), "placed": told})
    elif not teller.quiet:
        echo(text("classes.late_placed", teller.language, count=len(rows)))
        echo(text("cli.made", teller.language, folder=out))


@classes.command(name="verify")
@path_argument("folder", "OUT")
@click.option("--digest", "signed", metavar="HEX", default="")
@json_option
@language_option
@told_command
def verify_classes(teller: Teller, folder: Path, signed: str) -> int:
    """Derive a placement again from its published files, test its demands by themselves, tell its version."""
    digest = typed_digest(signed) if signed else ""
    session, placement, version = stored_session(folder), read_placement(folder), stored_version(folder)
    found = judged_again(session, placement) + changed_since_written(folder)
    is_signed = placement_digest(placement).startswith(digest)
    if teller.as_json:
        told = [
            {"code": one.code, "id": one.applicant_id, "school_id": one.school_id, "params": dict(one.params)}
            for one in found
        ]
        answer = placement_object(session, placement, version, "classes-verification")
        print_json(answer | {"findings": told, "signed": is_signed if digest else None})
    else:
        for line in (*verdict_lines(placement, found, teller.language),
                     *version_lines(version, placement, teller.language)):  # fmt: skip
            echo(line)
        if digest:
            echo(text("classes.is_signed_one" if is_signed else "classes.not_signed_one", teller.language))
    return DISAGREE if found or not is_signed else GOOD
