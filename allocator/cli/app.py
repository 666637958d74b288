"""The command group and what all commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from allocator.cli.help import Group, teach_click
from allocator.cli.language import current_language, machine_language
from allocator.messages import Lists

Command = TypeVar("Command", bound=Callable[..., Any])


def language_option(command: Command) -> Command:
    """Add ``--lang``; without it what stands before the command decides, else the machine."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), default=current_language)(command)


def replace_option(command: Command) -> Command:
    """Add ``--replace``: without it a folder with the result of a public draw is not replaced by anything else."""
    return click.option("--replace", is_flag=True)(command)


def lists_option(command: Command) -> Command:
    """Add ``--lists``; without it the machine decides."""
    choice = click.Choice(get_args(Lists))
    return click.option("--lists", type=choice, default=default_lists)(command)


def default_lists() -> Lists:
    """Return the languages of lists, workbook and pages: Chinese alone on a Chinese machine, whatever ``--lang`` is."""
    return "zh" if machine_language() == "zh" else "both"


teach_click()


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="school-seat-allocator")
def cli() -> None:
    """Hold the commands together."""
