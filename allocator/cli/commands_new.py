"""``allocator new``: a district folder to start from."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import Teller, cli, district_argument, language_option, told_command
from allocator.ground import Fault, InputError, echo, make_folder_owner_only, text, write_owner_only
from allocator.lottery import TRANSCRIPT
from allocator.reading import EXAMPLE, SCENARIOS, example_names
from allocator.record import demand_new_folder

POLICY = "policy.yaml"
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
@click.option("--empty", is_flag=True)
@language_option
@told_command
def new(teller: Teller, folder: Path, example: str, empty: bool) -> None:
    """Make a district folder to start from: a copy of a shipped, synthetic district, or its tables to be filled in."""
    demand_new_folder(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([Fault("cli.folder_used", folder.name)])
    source = SCENARIOS / example
    has_export = (source / _MAP).exists()
    made = _empty(source) if empty else _copied(source, has_export=has_export)
    make_folder_owner_only(folder)
    for name, content in made.items():
        write_owner_only(folder / name, content)
    echo(text("cli.made", teller.language, folder=folder))
    step = "cli.next_fill_in" if empty else "cli.next_intake" if has_export else "cli.next_check"
    echo(text(step, teller.language, folder=folder))


def _copied(source: Path, *, has_export: bool) -> dict[str, bytes]:
    """Return the files of a shipped district; where its tables come from an export, that export in their place."""
    left_out = _NOT_COPIED | (_OF_INTAKE if has_export else set())
    items = sorted([*source.iterdir(), *(source / _WHAT_IFS).glob("*")])
    made = {
        item.relative_to(source).as_posix(): item.read_bytes()
        for item in items
        if item.is_file() and item.name not in left_out
    }
    if has_export:
        from allocator.generator.platform_export import EXPORT, platform_export

        made[EXPORT] = platform_export(source)
    return made


def _empty(source: Path) -> dict[str, bytes]:
    """Return the tables of a shipped district without rows, how to fill them in, and its policy."""
    from allocator.generator.empty_tables import empty_tables
    from allocator.reading import parse_policy

    raw = (source / POLICY).read_bytes()
    policy, faults = parse_policy(raw, POLICY)
    if policy is None:
        raise InputError(faults)
    return {**empty_tables(source, policy), POLICY: raw}
