"""The command line: one file for each group of commands; ``app.HELP`` lists them."""

from __future__ import annotations

import gc
import os
import sys

from allocator.cli import (
    commands_capacity,
    commands_district,
    commands_draw,
    commands_odds,
    commands_planning,
    commands_run,
    commands_seats,
    commands_sweep,
    commands_warnings,
    commands_what_if,
)
from allocator.cli.app import cli

COMMANDS = (
    commands_capacity,
    commands_district,
    commands_draw,
    commands_odds,
    commands_planning,
    commands_run,
    commands_seats,
    commands_sweep,
    commands_warnings,
    commands_what_if,
)
"""The files whose commands register themselves when they are imported."""


def main() -> None:
    """Run the command line; a console that cannot show a character gets a substitute instead of an error.

    The collector of cyclic garbage stays off: a million rows are no garbage, and looking through them takes seconds.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli()
    except BrokenPipeError:  # the reader of our output has gone: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
