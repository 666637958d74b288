"""The command group and what all commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from allocator.cli.show import default_language
from allocator.messages import Lists

Command = TypeVar("Command", bound=Callable[..., Any])

HELP = """按公布的政策、名册和公开摇号分配学位。每个命令都有 --help；提示语言用 --lang zh 或 --lang en 选择。

Assign school seats from a published policy, a roster and a public draw.

\b
The office's morning, in order:
  allocator new my-district                 an example district to put your own tables into
  allocator check my-district               every fault of every file, at once
  allocator draw freeze my-district         digests to publish before the draw
  allocator draw transcript my-district --event 2023-P1 --source witness-1:…
  allocator run my-district --out lists     both engines, the checker, all lists
  allocator verify lists                    prove the lists again, anywhere
  allocator explain lists T23-000123        why one child stands where it stands

\b
For planners:
  allocator what-if my-district my-district/what-if/*.yaml --draws 1000 --report report.html
                                            what each change would do, with pictures
  allocator sweep my-district my-district/grid.yaml --draws 10000
                                            every combination, thousands of draws, also on a cluster
  allocator odds my-district                chances of every kind of child, simulated
  allocator seats my-district               what one more seat, ten, a class would do at each school
  allocator capacity my-district --classes 2 --class-size 45
                                            where to add seats, proven; or the fewest that are enough
  allocator warnings my-district            zones where demand reaches the plan, this year and forecast
  allocator optimum my-district --out best  what is possible at all, and what the rules cost beside it

Exit status: 0 good; 1 finished, but children are unplaced or need a ruling, or an optimum is not proven; 2 bad input;
3 engines or checker disagree; 4 good, but standard output did not take all words.
"""


def language_option(command: Command) -> Command:
    """Add ``--lang``; without it the machine's locale decides."""
    choice = click.Choice(["zh", "en"])
    option = click.option("--lang", type=choice, default=default_language, help="Language of messages.")
    return option(command)


def replace_option(command: Command) -> Command:
    """Add ``--replace``: without it a folder with the result of a public draw is not replaced by anything else."""
    words = "Replace OUT even if it holds the result of another public draw."
    return click.option("--replace", is_flag=True, help=words)(command)


def lists_option(command: Command) -> Command:
    """Add ``--lists``; without it ``lists_of`` decides by the language of the messages."""
    choice = click.Choice(get_args(Lists))
    text = "Language of lists, workbook and pages; default: zh on a Chinese machine, else both."
    return click.option("--lists", type=choice, default=default_lists, help=text)(command)


def default_lists() -> Lists:
    """Return the languages of lists, workbook and pages: Chinese alone on a Chinese machine, whatever ``--lang`` is."""
    return "zh" if default_language() == "zh" else "both"


@click.group(help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="school-seat-allocator")
def cli() -> None:
    """Hold the commands together."""
