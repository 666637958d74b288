"""``allocator book …``: the case book of a season (office-procedure.md sections 7 to 11)."""

from __future__ import annotations

from allocator.cli.app import cli

COMMANDS = {
    "export": "allocator.cli.commands_book_archive",
    "lists": "allocator.cli.commands_book_lists",
    "open": "allocator.cli.commands_book_open",
    "replay": "allocator.cli.commands_book_replay",
    "restore": "allocator.cli.commands_book_archive",
}
"""The module in which each command registers itself."""


@cli.group(modules=COMMANDS)
def book() -> None:
    """Keep the case book of a season: batches, publicity, objections, withdrawals, late families."""
