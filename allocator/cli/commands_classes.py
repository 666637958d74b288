"""``allocator classes …``: balanced classes by a public draw (class-procedure.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from allocator.cli.app import Command, cli

COMMANDS = {
    "draw": "allocator.cli.commands_classes_draw",
    "late": "allocator.cli.commands_classes_afterwards",
    "lists": "allocator.cli.commands_classes_lists",
    "rehearse": "allocator.cli.commands_classes_rehearse",
    "roster": "allocator.cli.commands_classes_roster",
    "teachers": "allocator.cli.commands_classes_afterwards",
    "transcript": "allocator.cli.commands_classes_transcript",
    "verify": "allocator.cli.commands_classes_afterwards",
}
GRADES = ("1", "7")
LONGEST_PROOF = 60.0  # seconds for each school and track

grade_option = click.option("--grade", type=click.Choice(GRADES), default="7", show_default=True)
"""The files do not say the grade, and in grade 1 no score may be used."""


def time_limit_option(default: float) -> Callable[[Command], Command]:
    """Return the option of the time that CP-SAT may take."""
    settings: dict[str, Any] = {"default": default, "show_default": True, "metavar": "SECONDS"}
    return click.option("--time-limit", type=click.FloatRange(min=0, max=1e6), **settings)


@cli.group(modules=COMMANDS)
def classes() -> None:
    """Place pupils in balanced classes: roster, rehearsal, draw, head teachers, late arrivals, verification, lists."""
