"""``allocator classes draw``: pupils to classes, by the transcript of a public session."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.class_folder import checked_placement, read_class_session, write_classes
from allocator.cli.class_answers import placed_lines, placement_object, version_lines
from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    district_argument,
    json_option,
    language_option,
    path_option,
    print_json,
    quiet_option,
    replace_option,
    told_command,
    weak_seed_option,
)
from allocator.cli.commands_classes import LONGEST_PROOF, classes, grade_option, time_limit_option
from allocator.cli.commands_classes_rehearse import failed_lines
from allocator.ground import InputError, echo, text
from allocator.public.class_versions import (
    PlacementVersion,
    new_placement_faults,
    placement_folder_faults,
    version_after,
)


@classes.command(name="draw")
@district_argument
@grade_option
@path_option("--transcript", "FILE", required=True)
@path_option("--out", "OUT", required=True)
@path_option("--after", "OLD")
@click.option("--ruling", metavar="TEXT", default="")
@weak_seed_option
@replace_option
@time_limit_option(LONGEST_PROOF)
@json_option
@quiet_option
@language_option
@told_command
def draw_classes(
    teller: Teller, folder: Path, grade: str, transcript: Path, out: Path, after: Path | None, ruling: str,
    allow_weak_seed: bool, replace: bool, time_limit: float,
) -> int:  # fmt: skip
    """Deal, let the checker derive it once more, write; say why where a school has no placement."""
    faults, session, version = placement_folder_faults(out, folder), None, PlacementVersion()
    teller("progress.reading")
    try:
        version = version_after(after, ruling)
    except InputError as error:
        faults += error.faults
    try:
        session = read_class_session(folder, transcript, grade, allow_weak_seed=allow_weak_seed)
    except InputError as error:
        faults += error.faults
    if session is not None and not faults:
        faults += new_placement_faults(out, session, version, replace=replace)
    if session is None or faults:
        raise InputError(faults)
    placement = checked_placement(session, teller)
    teller("progress.writing")
    write_classes(out, session, placement, replace=replace, told=version.told())
    teller.finish()
    failed = [row[:2] for row in placement.attempts if row.attempt is None]
    if teller.as_json:
        print_json(placement_object(session, placement, version, "classes-draw") | {"out": str(out)})
        return UNFINISHED if failed else GOOD
    lang = teller.language
    told = (*placed_lines(session, placement, lang), *version_lines(version, placement, lang))
    for line in () if teller.quiet else (*told, text("cli.made", lang, folder=out)):
        echo(line)
    for group in session.tables.groups:
        for line in failed_lines(group, lang, time_limit) if group[:2] in failed else ():
            echo(line)
    return UNFINISHED if failed else GOOD
