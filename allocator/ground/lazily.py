"""The face of a room whose files are heavy or many: a file is loaded when one of its names is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(room: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a room (PEP 562).

    Parameters
    ----------
    room : str
        Its ``__name__``.
    homes : Mapping[str, str]
        For each file of the room the names that others may have of it. No file may be called as one of the names:
        once loaded, it would stand in its place.
    """
    home = {name: file for file, names in homes.items() for name in names.split()}

    def _of_room(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{home[name]}"), name)

    return _of_room, lambda: sorted(home), sorted(home)
