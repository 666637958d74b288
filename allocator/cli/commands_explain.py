"""``allocator explain``: back from a list to its reasons."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import Teller, cli, language_option, path_argument, told_command
from allocator.explanation import explain as explain_child
from allocator.ground import echo


@cli.command()
@path_argument("folder", "OUT")
@click.argument("applicant_id", metavar="ID")
@language_option
@told_command
def explain(teller: Teller, folder: Path, applicant_id: str) -> None:
    """Tell where a child stands and why, from the record of a run."""
    echo(explain_child(folder, applicant_id, teller.language))
