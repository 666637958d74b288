"""The language of what a command says: asked for by ``--lang``, else the machine's."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from contextvars import ContextVar
from typing import get_args

from allocator.ground import Language

_ASKED: ContextVar[Language | None] = ContextVar("asked", default=None)
"""What stands on the command line that is being read, before or after the command."""


def machine_language() -> Language:
    """Return the language of the machine: that of ALLOCATOR_LANG, else of its locale; English where it is not Chinese.

    The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set, or what the system says.
    """
    names = [os.environ.get(key, "") for key in ("ALLOCATOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def current_language() -> Language:
    """Return the language to speak now."""
    return _ASKED.get() or machine_language()


def listen_for_language(arguments: Sequence[str]) -> None:
    """Take the language from a command line before anything on it is judged, so that its faults are told in it."""
    asked: Language | None = None
    for place, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == "--lang":
            given = value if equals else next(iter(arguments[place + 1 :]), "")
            asked = next((language for language in get_args(Language) if language == given), asked)
    _ASKED.set(asked)
