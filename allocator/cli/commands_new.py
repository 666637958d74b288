"""``allocator new``: a district folder to start from."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.app import cli, district_argument, language_option
from allocator.cli.show import Teller, told_command
from allocator.errors import Fault, InputError
from allocator.lottery.transcript import TRANSCRIPT
from allocator.messages import text
from allocator.owner_only import make_folder, write_new
from allocator.reading.scenarios import EXAMPLE, SCENARIOS, example_names
from allocator.record.kept_result import demand_new_folder
from allocator.terminal import echo

_NOT_COPIED = {"demand.yaml", TRANSCRIPT}
"""What the generator needs, and a draw that would not be that of the office's own tables."""

_MAP = "columns.csv"
"""A shipped folder that has it is one of tables before a roster: they come from a platform's export, by this map."""

_OF_INTAKE = {"applications.csv", "guardians.csv", "homes.csv", "owners.csv", "cases.csv"}
"""What intake makes of the export, and what only explains it."""

_WHAT_IFS = "what-if"
"""Folder of the what-ifs of a district, by custom."""


@cli.command()
@district_argument
@click.option("--example", type=click.Choice(example_names()), default=EXAMPLE, show_default=True)
@language_option
@told_command
def new(teller: Teller, folder: Path, example: str) -> None:
    """Make a district folder to start from: a copy of a shipped, synthetic district."""
    demand_new_folder(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([Fault("cli.folder_used", folder.name)])
    make_folder(folder)
    source = SCENARIOS / example
    has_export = (source / _MAP).exists()
    left_out = _NOT_COPIED | (_OF_INTAKE if has_export else set())
    for item in sorted([*source.iterdir(), *(source / _WHAT_IFS).glob("*")]):
        if item.is_file() and item.name not in left_out:
            write_new(folder / item.relative_to(source), item.read_bytes())
    if has_export:
        from allocator.generator.platform_export import EXPORT, platform_export

        write_new(folder / EXPORT, platform_export(source))
    echo(text("cli.made", teller.language, folder=folder))
    echo(text("cli.next_intake" if has_export else "cli.next_check", teller.language, folder=folder))
