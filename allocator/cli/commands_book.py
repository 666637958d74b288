"""``allocator book …``: the case book of a season (office-procedure.md sections 7 to 11)."""

from __future__ import annotations

from allocator.cli.app import cli

COMMANDS = {"replay": "allocator.cli.commands_book_replay"}


@cli.group(modules=COMMANDS)
def book() -> None:
    """Keep the case book of a season: batches, publicity, objections, withdrawals, late families."""
