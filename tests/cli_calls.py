"""Calls of the command line in this process; no test that makes one may end in a traceback."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner, Result

from allocator.cli.app import cli

GARBAGE = bytes(range(256)) * 8
"""Bytes that are no text, no table and no workbook."""


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], click.Command]:
    """Return every command, groups included, by the words that call it."""
    found: dict[tuple[str, ...], click.Command] = {path: group}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = commands(command, (*path, name)) if isinstance(command, click.Group) else {(*path, name): command}
        found.update(below)
    return found


def call(*arguments: object, language: str = "en") -> Result:
    """Call ``allocator`` with these arguments; whatever happens must have been told in words."""
    chosen = ("--lang", language) if language else ()
    result = CliRunner().invoke(cli, [*map(str, arguments), *chosen])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    for shown in (result.stdout, result.stderr):
        assert "Traceback" not in shown
        assert "fault of the program" not in shown
    return result


def good(*arguments: object, language: str = "en") -> str:
    """Return what a call that must succeed prints on stdout."""
    result = call(*arguments, language=language)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def refused(*arguments: object) -> str:
    """Return what a call says that must be refused as bad input, with nothing on stdout."""
    result = call(*arguments)
    assert result.exit_code == 2, result.stdout + result.stderr
    assert result.stdout == ""
    return result.stderr


def as_json(*arguments: object, status: int = 0) -> Any:
    """Return the one JSON document that a call prints on stdout; nothing may stand on stderr."""
    result = call(*arguments, "--json")
    assert result.exit_code == status, result.stderr
    assert result.stderr == ""
    return json.loads(result.stdout)


def contents(folder: Path, *but: str) -> dict[str, str]:
    """Return the digest of every file of a folder by its path, but for those named."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name not in but}


def copy(folder: Path, to: Path) -> Path:
    """Return a copy of a folder that a test may change."""
    return Path(shutil.copytree(folder, to / f"copy-of-{folder.name}"))
