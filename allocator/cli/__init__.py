"""The command line: one file for each group of commands."""

from __future__ import annotations

import gc
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
from allocator.cli.language import current_language
from allocator.cli.show import GOOD, NOT_SHOWN
from allocator.messages import text
from allocator.terminal import echo, keep_streams

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
    """Run the command line and end the process with its status.

    The collector of cyclic garbage stays off: a million rows are no garbage, and looking through them takes seconds.
    """
    gc.disable()
    output, errors = keep_streams()
    status: object = GOOD
    try:
        cli()
    except SystemExit as end:
        status = end.code
    output.flush()
    if output.lost is not None:
        if not isinstance(output.lost, BrokenPipeError):  # else nobody is there to be told
            echo(text("cli.output_lost", current_language(), reason=str(output.lost.strerror)), err=True)
        status = status or NOT_SHOWN
    errors.flush()
    sys.exit(status)  # type: ignore[arg-type]
