"""The command line: one file for each command."""

from __future__ import annotations

import gc
import os
import sys

from allocator.cli.app import GOOD, NOT_SHOWN, cli
from allocator.cli.language import current_language
from allocator.ground import echo, keep_streams, text

COMPLETE = "_ALLOCATOR_COMPLETE"
"""Variable by which a shell asks for completions (docs/configuration.md)."""


def main() -> None:
    """Run the command line and end the process with its status.

    The collector of cyclic garbage stays off: a million rows are no garbage, and looking through them takes seconds.
    """
    gc.disable()
    if os.environ.get(COMPLETE):
        cli(complete_var=COMPLETE)  # ends the process; its answers are bytes, which kept streams do not take
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
