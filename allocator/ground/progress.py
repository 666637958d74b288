"""How a long computation tells where it stands, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str], None]
"""Told the code of a text (``progress.…``) or the id of a phase, each as its work begins."""


def silent(_: str) -> None:
    """Tell nobody."""
