"""Where children go: to their home school, a chosen one, diverted, or nowhere; shared by the flows and the map."""

from __future__ import annotations

from typing import Literal

Kind = Literal["home", "chosen", "diverted", "unplaced"]

KINDS: tuple[Kind, ...] = ("home", "chosen", "diverted", "unplaced")
"""In the order in which they are drawn."""
