"""``allocator classes teachers | late | verify``: what follows a placement, all from the folder that the draw wrote."""

from __future__ import annotations

from pathlib import Path

from allocator.class_folder import (
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
from allocator.cli.command import (
    DISAGREE,
    GOOD,
    Teller,
    language_option,
    path_argument,
    path_option,
    quiet_option,
    told_command,
)
from allocator.cli.commands_classes import classes
from allocator.ground import InputError, echo, text
from allocator.reading.class_files import read_late, read_lots, read_teams
from allocator.record import file_in_folder_faults, swap_file


@classes.command()
@path_argument("folder", "OUT")
@path_option("--teams", "FILE", required=True)
@path_option("--lots", "FILE")
@path_option("--out", "FILE", required=True)
@quiet_option
@language_option
@told_command
def teachers(teller: Teller, folder: Path, teams: Path, lots: Path | None, out: Path) -> None:
    """Give each staff team its class, by its ticket or by the lot that it drew."""
    session, listed = stored_session(folder), read_teams(teams)
    if faults := file_in_folder_faults(out) + team_faults(session.tables.groups, listed, teams.name):
        raise InputError(faults)
    if lots is None:
        made = team_bytes(checked_teams(session, listed), "tickets")
    else:
        made = team_bytes(lots_of_teams(listed, read_lots(lots), lots.name), "lots")
    swap_file(out, made)
    if not teller.quiet:
        echo(text("classes.teams_drawn", teller.language, count=len(listed)))
        echo(text("cli.made", teller.language, folder=out))


@classes.command()
@path_argument("folder", "OUT")
@path_option("--late", "FILE", "late_file", required=True)
@path_option("--out", "FILE", required=True)
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
    if not teller.quiet:
        echo(text("classes.late_placed", teller.language, count=len(rows)))
        echo(text("cli.made", teller.language, folder=out))


@classes.command(name="verify")
@path_argument("folder", "OUT")
@language_option
@told_command
def verify_classes(teller: Teller, folder: Path) -> int:
    """Derive a placement again from its published files, and test its demands by themselves."""
    session, placement = stored_session(folder), read_placement(folder)
    found = judged_again(session, placement)
    if not found:
        echo(text("classes.verified", teller.language, children=len(placement.rows)))
        return GOOD
    echo(text("cli.violations", teller.language, count=len(found)))
    for violation in found:
        place = " ".join(filter(None, (violation.applicant_id, violation.school_id)))
        words = dict(violation.params)
        if "track" in words:
            words["track"] = text(f"classes.track.{words['track']}", teller.language)
        echo(f"  {place}: {text(violation.code, teller.language, **words)} [{violation.code}]")
    return DISAGREE
