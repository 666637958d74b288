"""Whoever sits at the terminal, asked for a line or a yes."""

from __future__ import annotations

import sys

import click

_YES = frozenset({"y", "yes", "是", "对", "ｙ"})


def asking_is_possible() -> bool:
    """Return whether input comes from a terminal, at which somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def asked_line(question: str) -> str:
    """Ask for one line, which may be empty.

    Raises
    ------
    KeyboardInterrupt
        If whoever types ends it (Ctrl-C, Ctrl-D).
    """
    try:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix=" "))
    except click.Abort as error:
        raise KeyboardInterrupt from error


def asked_yes(question: str) -> bool:
    """Ask for a yes in so many words; anything else is a no."""
    return asked_line(question).strip().lower() in _YES
