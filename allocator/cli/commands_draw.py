"""``allocator draw freeze | transcript | verify``: the public draw (lottery.md)."""

from __future__ import annotations

from allocator.cli.app import cli

COMMANDS = {
    "freeze": "allocator.cli.commands_draw_freeze",
    "transcript": "allocator.cli.commands_draw_transcript",
    "verify": "allocator.cli.commands_draw_verify",
}


@cli.group(modules=COMMANDS)
def draw() -> None:
    """Hold the public draw: freeze the inputs, put the transcript together, verify tickets."""
