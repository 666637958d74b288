"""``allocator explain``: back from a list to its reasons, for the terminal or as an answer to the family."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import Teller, cli, language_option, path_argument, path_option, told_command
from allocator.explanation import explain as explain_child
from allocator.ground import Fault, InputError, echo


@cli.command()
@path_argument("folder", "OUT")
@click.argument("applicant_id", metavar="ID", required=False, default="")
@path_option("--letter", "FILE")
@click.option("--diverted", is_flag=True)
@path_option("--letters", "FOLDER")
@path_option("--district", "DIR")
@language_option
@told_command
def explain(
    teller: Teller, folder: Path, applicant_id: str, letter: Path | None, diverted: bool, letters: Path | None,
    district: Path | None,
) -> None:  # fmt: skip
    """Tell where a child stands and why, from the record of a run; or write it as answers to families."""
    if faults := _asked_faults(applicant_id, letter, letters, diverted=diverted):
        raise InputError(faults)
    if letter is None and letters is None:
        echo(explain_child(folder, applicant_id, teller.language))
        return
    from allocator.cli.answers import write_letters  # pages need libraries that words do not

    teller("progress.setting")
    write_letters(teller, folder, applicant_id, letter or letters or Path(), district)


def _asked_faults(asked: str, letter: Path | None, letters: Path | None, *, diverted: bool) -> list[Fault]:
    """Say what is asked for neither one child nor all who were diverted."""
    if asked and diverted:
        return [Fault("answer.both", "--diverted")]
    if diverted and letters is None:
        return [Fault("answer.folder", "--diverted")]
    if not asked and not diverted:
        return [Fault("answer.what", "ID")]
    misplaced = "--letters" if asked and letters else "--letter" if diverted and letter else ""
    return [Fault("answer.one", misplaced)] if misplaced else []
