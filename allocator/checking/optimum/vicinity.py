"""The nearest schools of a list, exactly, without a look at every school for every home.

The square that holds all places is cut into quarters, and those again, where a home needs it. A quarter keeps the
schools that can be among the nearest of any point in it: a school is left out if enough others are nearer even from
the corner that is worst for them and best for it. So a home is compared with few schools, and none is missed.
"""

from __future__ import annotations

from collections.abc import Sequence

from allocator.checking.distances import Point

PlacedSchool = tuple[int, int, int]
"""Coordinates in the plane's unit, and the school."""

MOST_QUARTERS = 30_000
"""Quarters kept at most; after that no finer ones are cut, which costs time and changes nothing."""


class _Quarter:
    """A square with whole corners, and the schools that count there."""

    __slots__ = ("left", "low", "parts", "places", "side")

    def __init__(self, left: int, low: int, side: int, places: Sequence[PlacedSchool], nearest: int) -> None:
        self.left, self.low, self.side = left, low, side
        self.parts: list[_Quarter | None] = [None] * 4
        limit = sorted(map(self._farthest, places))[nearest - 1]
        self.places = [place for place in places if self._closest(place) <= limit]

    def _farthest(self, place: PlacedSchool) -> int:
        """Squared distance of a place from the corner that is farthest from it."""
        x, y = place[0] - self.left, place[1] - self.low
        return max(abs(x), abs(x - self.side)) ** 2 + max(abs(y), abs(y - self.side)) ** 2

    def _closest(self, place: PlacedSchool) -> int:
        """Squared distance of a place from the square."""
        x, y = place[0] - self.left, place[1] - self.low
        return max(-x, 0, x - self.side) ** 2 + max(-y, 0, y - self.side) ** 2


class Vicinity:
    """Nearest schools of a list by home.

    Parameters
    ----------
    places : sequence of (int, int, int)
        Schools of the list that have a place; of equal distances the smaller school comes first.
    others : sequence of int
        Schools of the list without a place, in its order: they come last.
    extent : (int, int)
        Least and largest coordinate of any home or school.
    """

    def __init__(self, places: Sequence[PlacedSchool], others: Sequence[int], nearest: int, extent: Point) -> None:
        self._count = min(nearest, len(places))
        self._rest = tuple(others[: nearest - self._count])
        self._spare = MOST_QUARTERS
        self._few = 2 * nearest + 8
        side = 1 << (extent[1] - extent[0]).bit_length()
        self._whole = _Quarter(extent[0], extent[0], side, places, self._count) if places else None

    def schools(self, home: Point) -> tuple[int, ...]:
        """Return the nearest schools of a home, the nearest first."""
        if self._whole is None:
            return self._rest
        x, y = home
        places = self._around(self._whole, x, y).places
        near = sorted([((left - x) ** 2 + (low - y) ** 2, school) for left, low, school in places])
        return tuple([school for _, school in near[: self._count]]) + self._rest

    def _around(self, quarter: _Quarter, x: int, y: int) -> _Quarter:
        """The smallest quarter around a point that is worth having."""
        while len(quarter.places) > self._few and quarter.side > 1:
            half = quarter.side >> 1
            right, up = x - quarter.left >= half, y - quarter.low >= half
            part = quarter.parts[2 * up + right]
            if part is None:
                if not self._spare:
                    break
                self._spare -= 1
                left, low = quarter.left + right * half, quarter.low + up * half
                part = quarter.parts[2 * up + right] = _Quarter(left, low, half, quarter.places, self._count)
            quarter = part
        return quarter
