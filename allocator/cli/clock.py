"""The clock of this machine, asked in one place; tests put another one there."""

from __future__ import annotations

from datetime import datetime


def clock_time() -> str:
    """Return the local time to the second, without its zone, as events of the case book have it."""
    return datetime.now().isoformat(timespec="seconds")
