"""``allocator generate``: a synthetic district of any size."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import Teller, cli, district_argument, language_option, told_command
from allocator.generator import generate as generate_district
from allocator.ground import echo, text
from allocator.reading import EXAMPLE, policy_names
from allocator.record import demand_new_folder


@cli.command()
@district_argument
@click.option("--children", type=int, required=True, metavar="N")
@click.option("--seed", type=int, required=True, metavar="S")
@click.option("--policy", type=click.Choice(policy_names()), default=EXAMPLE, show_default=True, metavar="P")
@language_option
@told_command
def generate(teller: Teller, folder: Path, children: int, seed: int, policy: str) -> None:
    """Make a synthetic district of any size, with policy, tables and a transcript."""
    teller("progress.generating")
    demand_new_folder(folder)
    generate_district(folder, children, seed, policy)
    teller.finish()
    echo(text("cli.made", teller.language, folder=folder))
