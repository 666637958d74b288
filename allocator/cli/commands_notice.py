"""``allocator notice make | verify``: notices of admission for the families of a list (public.md section 4)."""

from __future__ import annotations

from allocator.cli.app import cli

COMMANDS = {
    "make": "allocator.cli.commands_notice_make",
    "verify": "allocator.cli.commands_notice_verify",
}


@cli.group(modules=COMMANDS)
def notice() -> None:
    """Make notices of admission with a code of the office, and verify what families bring."""
