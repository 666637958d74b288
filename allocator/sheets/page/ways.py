"""Ways between schools on a map: bent arrows, as wide as they are used, with their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from math import sqrt

from allocator.sheets.page.drawing import DIVERTED, drawing_tag, tenths, text_width
from allocator.sheets.page.labels import Rectangle, Spot
from allocator.sheets.table import number

Arrow = tuple[str, str, int]
"""Key of the home school, key of the school of the seat, children."""

_MOST, _LEAST_PART, _SIZE = 10, 0.1, 11.5
"""Arrows drawn at most, and the least part of the most used way that is drawn."""


def most_used(ways: Sequence[Arrow], known: Set[str]) -> list[Arrow]:
    """Return the ways between two known schools that most children go, the most used first, ties by key."""
    sums: Counter[tuple[str, str]] = Counter()
    for start, end, children in ways:
        if start in known and end in known and start != end:
            sums[start, end] += children
    ranked = sorted(sums.items(), key=lambda way: (-way[1], way[0]))[:_MOST]
    return [(start, end, children) for (start, end), children in ranked if children >= _LEAST_PART * ranked[0][1]]


def drawn_ways(
    ways: Sequence[Arrow], spots: Mapping[str, Spot]
) -> tuple[list[str], list[tuple[float, float, str]]]:
    """Return arrows between schools, and their numbers with places where these do not collide."""
    most = max((children for _, _, children in ways), default=1)
    arrows: list[str] = []
    numbers: list[tuple[float, float, str]] = []
    taken: list[Rectangle] = []
    squares = [Rectangle(s.x - s.reach, s.y - s.reach, s.x + s.reach, s.y + s.reach) for s in spots.values()]
    for start, end, children in ways:
        a, b = spots[start], spots[end]
        dx, dy = b.x - a.x, b.y - a.y
        if sqrt(dx * dx + dy * dy) < a.reach + b.reach + 8:
            continue
        bend = ((a.x + b.x) / 2 - dy * 0.14, (a.y + b.y) / 2 + dx * 0.14)
        arrows.append(_arrow((a.x, a.y), bend, b, 1.2 + 4.3 * children / most))
        place = _free(a, bend, b, (words := number(children)), [*taken, *squares])
        if place is not None:
            numbers.append((*place, words))
            taken.append(_box(*place, words))
    return arrows[::-1], numbers  # the most used on top


def _free(
    start: Spot, bend: tuple[float, float], end: Spot, words: str, taken: Sequence[Rectangle]
) -> tuple[float, float] | None:
    """The place on a curve, near its middle, where a number covers nothing; None where there is none.

    A number left out stands in the diagram of flows.
    """
    for part in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18):
        rest = 1 - part
        x = rest * rest * start.x + 2 * rest * part * bend[0] + part * part * end.x
        y = rest * rest * start.y + 2 * rest * part * bend[1] + part * part * end.y
        box = _box(x, y, words)
        if all(box.overlap(other) == 0 for other in taken):
            return x, y
    return None


def _box(x: float, y: float, words: str) -> Rectangle:
    """The box of a number around a place."""
    half = text_width(words, _SIZE) / 2 + 3
    return Rectangle(x - half, y - 8, x + half, y + 8)


def _arrow(start: tuple[float, float], bend: tuple[float, float], end: Spot, width: float) -> str:
    """A curve that ends in a head at the edge of a school's square."""
    dx, dy = end.x - bend[0], end.y - bend[1]
    length = sqrt(dx * dx + dy * dy) or 1.0
    ux, uy = dx / length, dy / length
    head, side = 6 + 1.6 * width, 3 + 0.9 * width
    tip = (end.x - ux * (end.reach + 3), end.y - uy * (end.reach + 3))
    base = (tip[0] - ux * head, tip[1] - uy * head)
    x, y = tenths(bend[0]), tenths(bend[1])
    line = f"M{tenths(start[0])} {tenths(start[1])}Q{x} {y} {tenths(base[0])} {tenths(base[1])}"
    wings = [(base[0] - uy * side, base[1] + ux * side), (base[0] + uy * side, base[1] - ux * side)]
    outline = f"M{tenths(tip[0])} {tenths(tip[1])}" + "".join(f"L{tenths(x)} {tenths(y)}" for x, y in wings) + "z"
    look: dict[str, str | float] = {"stroke": DIVERTED, "stroke_width": width, "fill": "none"}
    return drawing_tag(
        "g", drawing_tag("path", d=line, **look) + drawing_tag("path", d=outline, fill=DIVERTED), opacity="0.82"
    )
