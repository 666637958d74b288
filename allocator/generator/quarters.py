"""Quarters: a large district is several copies of one structure, each with its own ids and place."""

from __future__ import annotations

from math import isqrt
from typing import NamedTuple

from allocator.generator.demand import Demand
from allocator.ground import apportion


class Quarter(NamedTuple):
    """One copy of the structure.

    Attributes
    ----------
    suffix : str
        Added to every id of a school or zone; empty where there is one quarter only.
    children : int
        Children of the quarter.
    x, y : int
        Its corner, metres.
    """

    suffix: str
    children: int
    x: int
    y: int


def quarters(demand: Demand, children: int) -> list[Quarter]:
    """Return the quarters of a district: one if it is small, else so many that a school has its usual size."""
    count = 1
    if children > demand.one_quarter_up_to:
        usual = demand.children_per_school * len(demand.own_schools)
        count = max(2, (2 * children + usual) // (2 * usual))
    digits = max(2, len(str(count)))
    suffixes = [f"-q{number:0{digits}d}" for number in range(1, count + 1)] if count > 1 else [""]
    across = isqrt(count - 1) + 1
    side = demand.quarter_side
    return [
        Quarter(suffix, size, at % across * side, at // across * side)
        for at, (suffix, size) in enumerate(zip(suffixes, apportion(children, [1] * count), strict=True))
    ]
