"""``allocator new``: a district folder to start from."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import Teller, cli, district_argument, language_option, told_command
from allocator.ground import Fault, InputError, echo, make_folder, text, write_new
from allocator.lottery import TRANSCRIPT
from allocator.reading.scenarios import EXAMPLE, SCENARIOS, policy_names
from allocator.record import demand_new_folder

_NOT_COPIED = {"demand.yaml", TRANSCRIPT}
"""What the generator needs, and a draw that would not be that of the office's own tables."""

_WHAT_IFS = "what-if"
"""Folder of the what-ifs of a district, by custom."""


@cli.command()
@district_argument
@click.option("--example", type=click.Choice(policy_names()), default=EXAMPLE, show_default=True)
@language_option
@told_command
def new(teller: Teller, folder: Path, example: str) -> None:
    """Make a district folder to start from: a copy of a shipped, synthetic district."""
    demand_new_folder(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([Fault("cli.folder_used", folder.name)])
    make_folder(folder)
    source = SCENARIOS / example
    for item in sorted([*source.iterdir(), *(source / _WHAT_IFS).glob("*")]):
        if item.is_file() and item.name not in _NOT_COPIED:
            write_new(folder / item.relative_to(source), item.read_bytes())
    echo(text("cli.made", teller.language, folder=folder))
    echo(text("cli.next_check", teller.language, folder=folder))
