"""``allocator classes draw``: pupils to classes, by the transcript of a public session."""

from __future__ import annotations

from pathlib import Path

from allocator.class_folder import (
    KIND,
    checked_placement,
    proven_demands,
    read_class_session,
    rehearse_group,
    write_classes,
)
from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    district_argument,
    language_option,
    path_option,
    quiet_option,
    replace_option,
    told_command,
    weak_seed_option,
)
from allocator.cli.commands_classes import LONGEST_PROOF, classes, grade_option, time_limit_option
from allocator.domain import MOST_ATTEMPTS, YearGroup
from allocator.ground import InputError, Language, echo, text
from allocator.record import folder_replacement_faults, output_folder_faults


@classes.command(name="draw")
@district_argument
@grade_option
@path_option("--transcript", "FILE", required=True)
@path_option("--out", "OUT", required=True)
@weak_seed_option
@replace_option
@time_limit_option(LONGEST_PROOF)
@quiet_option
@language_option
@told_command
def draw_classes(
    teller: Teller, folder: Path, grade: str, transcript: Path, out: Path, allow_weak_seed: bool, replace: bool,
    time_limit: float,
) -> int:  # fmt: skip
    """Deal, let the checker derive it once more, write; say why where a school has no placement."""
    faults, session = output_folder_faults(out, folder), None
    teller("progress.reading")
    try:
        session = read_class_session(folder, transcript, grade, allow_weak_seed=allow_weak_seed)
    except InputError as error:
        faults += error.faults
    if session is not None and not faults and not replace:
        faults += folder_replacement_faults(out, session.draw, KIND)
    if session is None or faults:
        raise InputError(faults)
    placement = checked_placement(session, teller)
    teller("progress.writing")
    write_classes(out, session, placement, replace=replace)
    teller.finish()
    lang, groups = teller.language, {group[:2]: group for group in session.tables.groups}
    failed = [groups[row[:2]] for row in placement.attempts if row.attempt is None]
    if not teller.quiet:
        if session.draw.weak_seed:
            echo(text("list.weak_seed", lang))
        for row in placement.attempts:
            words = {"school": row.school_id, "track": text(f"classes.track.{row.track}", lang)}
            if row.attempt is not None:
                pupils = len(groups[row[:2]].pupils)
                echo(text("classes.placed", lang, **words, pupils=pupils, classes=row.classes, attempt=row.attempt))
        echo(text("cli.seed", lang, seed=session.draw.seedhex))
        echo(text("cli.made", lang, folder=out))
    for group in failed:
        _tell_failed(group, lang, time_limit)
    return UNFINISHED if failed else GOOD


def _tell_failed(group: YearGroup, language: Language, time_limit: float) -> None:
    """Say that a year group has no placement, and what is proven of its demands."""
    from allocator.cli.commands_classes_rehearse import statement_lines

    words = {"school": group.school_id, "track": text(f"classes.track.{group.track}", language)}
    echo(text("classes.not_placed", language, **words, attempts=f"{MOST_ATTEMPTS:,}"))
    for line in statement_lines(rehearse_group(group, proven_demands(group, time_limit), 0), language):
        echo(line)
