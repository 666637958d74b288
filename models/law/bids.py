"""What a deferred-acceptance phase is about: bids, and pairs struck out of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Bid(NamedTuple):
    """A party that bids: its name, its size, and the schools it ranks, best first."""

    name: str
    size: int
    schools: Sequence[str]


class Strike(NamedTuple):
    """A pair struck out.

    Attributes
    ----------
    name, school : str
        The party cannot hold the school.
    sure : str
        The school it ranks higher and is sure of; empty where ``school`` is full ahead of it.
    """

    name: str
    school: str
    sure: str
