"""``allocator book …``: the case book of a season (office-procedure.md sections 7 to 11)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import click

from allocator.cli.app import cli
from allocator.cli.help import CommandGroup

COMMANDS = {
    "access": "allocator.cli.commands_book_privacy",
    "calendar": "allocator.cli.commands_book_status",
    "do": "allocator.cli.commands_book_do",
    "export": "allocator.cli.commands_book_folder",
    "figures": "allocator.cli.commands_book_status",
    "import": "allocator.cli.commands_book_import",
    "lists": "allocator.cli.commands_book_lists",
    "next": "allocator.cli.commands_book_status",
    "open": "allocator.cli.commands_book_folder",
    "person": "allocator.cli.commands_book_person",
    "purge": "allocator.cli.commands_book_privacy",
    "replay": "allocator.cli.commands_book_replay",
    "restore": "allocator.cli.commands_book_folder",
    "show": "allocator.cli.commands_book_show",
    "status": "allocator.cli.commands_book_status",
}
"""The module in which each command registers itself."""

_MARK = "policy.yaml"
"""Who stands in a folder with this file stands in a book's folder, and need not name it."""


class BookGroup(CommandGroup):
    """Commands that may be called as COMMAND DIR …, as DIR COMMAND …, and inside a book's folder as COMMAND … alone.

    Parameters
    ----------
    aliases : mapping of str to str
        Other words for commands.
    """

    def __init__(self, *args: Any, aliases: Mapping[str, str] = MappingProxyType({}), **named: Any) -> None:
        super().__init__(*args, **named)
        self.aliases = dict(aliases)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; its folder comes first among what follows."""
        known = {*self.commands, *self.aliases}
        if len(args) > 1 and args[0] not in known and args[1] in known:
            args = [args[1], args[0], *args[2:]]
        args = [self.aliases.get(args[0], args[0]), *args[1:]]
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, rest if command is None else _with_folder(ctx, command, rest)


def _with_folder(ctx: click.Context, command: click.Command, rest: list[str]) -> list[str]:
    """Return the words of a call with the folder in which it is made, where they name none."""
    first = next((p for p in command.params if isinstance(p, click.Argument)), None)
    if first is None or first.name != "folder" or not os.path.exists(_MARK):
        return rest
    try:
        given, _, _ = command.make_parser(ctx).parse_args(list(rest))
    except click.UsageError:  # told when the command itself reads them
        return rest
    named = given.get("folder")
    return rest if isinstance(named, str) and os.path.isdir(named) else [os.curdir, *rest]


@cli.group(cls=BookGroup, modules=COMMANDS)
def book() -> None:
    """Keep the case book of a season: batches, publicity, objections, withdrawals, late families."""
