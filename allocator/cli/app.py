"""The command group, where each command stands, the options that commands share, and the exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from allocator.cli.help import CommandGroup, teach_click
from allocator.cli.language import current_language, machine_language
from allocator.ground import Language, ListLanguages

Command = TypeVar("Command", bound=Callable[..., Any])

GOOD, UNFINISHED, BAD_INPUT, DISAGREE, NOT_SHOWN = 0, 1, 2, 3, 4
"""Good; run finished but children unplaced or needing a ruling; bad input; engines or checker disagree; good, but
standard output did not take the words."""

COMMANDS = {
    "book": "allocator.cli.commands_book",
    "capacity": "allocator.cli.commands_capacity",
    "ceremony": "allocator.cli.commands_ceremony",
    "check": "allocator.cli.commands_check",
    "classes": "allocator.cli.commands_classes",
    "determine": "allocator.cli.commands_determine",
    "draw": "allocator.cli.commands_draw",
    "explain": "allocator.cli.commands_explain",
    "generate": "allocator.cli.commands_generate",
    "intake": "allocator.cli.commands_intake",
    "new": "allocator.cli.commands_new",
    "notice": "allocator.cli.commands_notice",
    "odds": "allocator.cli.commands_odds",
    "optimum": "allocator.cli.commands_optimum",
    "publish": "allocator.cli.commands_publish",
    "rulings": "allocator.cli.commands_rulings",
    "run": "allocator.cli.commands_run",
    "seats": "allocator.cli.commands_seats",
    "sweep": "allocator.cli.commands_sweep",
    "verify": "allocator.cli.commands_verify",
    "warnings": "allocator.cli.commands_warnings",
    "what-if": "allocator.cli.commands_what_if",
}
"""The module in which each command registers itself: a file a command, so that none loads what another needs."""

teach_click()


@click.group(
    cls=CommandGroup,
    modules=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="school-seat-allocator")
def cli() -> None:
    """Hold the commands together."""


def path_argument(name: str, metavar: str, **more: Any) -> Callable[[Command], Command]:
    """Return an argument that is a path."""
    return click.argument(name, metavar=metavar, type=click.Path(path_type=Path), **more)


def path_option(name: str, metavar: str, *more: str, **settings: Any) -> Callable[[Command], Command]:
    """Return an option that takes a path."""
    return click.option(name, *more, type=click.Path(path_type=Path), metavar=metavar, **settings)


def app_default_lists() -> ListLanguages:
    """Return the languages of lists, workbook and pages: Chinese alone on a Chinese machine, whatever ``--lang`` is."""
    return "zh" if machine_language() == "zh" else "both"


district_argument = path_argument("folder", "DIR")
language_option = click.option("--lang", type=click.Choice(get_args(Language)), default=current_language)
"""Without it what stands before the command decides, else the machine."""
lists_option = click.option("--lists", type=click.Choice(get_args(ListLanguages)), default=app_default_lists)
"""Without it the machine decides."""
replace_option = click.option("--replace", is_flag=True)
"""Without it a folder with the result of a public draw is not replaced by anything else."""
seed_option = click.option("--trial-seed", type=click.IntRange(min=0), metavar="N")
"""Without it the transcript is the draw."""
first_seed_option = click.option(
    "--trial-seed", type=click.IntRange(min=0), default=1, show_default=True, metavar="S"
)  # fmt: skip
"""Of planners, who need no transcript."""
weak_seed_option = click.option("--allow-weak-seed", is_flag=True)
json_option = click.option("--json", "as_json", is_flag=True)
quiet_option = click.option("--quiet", is_flag=True)
encoding_option = click.option("--encoding")


def planner_options(command: Command) -> Command:
    """Add what every command of planners takes."""
    return json_option(quiet_option(encoding_option(language_option(command))))


def planner_list_options(command: Command) -> Command:
    """Add what every command of planners takes that writes for people."""
    return json_option(quiet_option(encoding_option(lists_option(language_option(command)))))
