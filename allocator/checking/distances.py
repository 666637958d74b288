"""Distances, exactly: coordinates are decimal texts, so all is done in whole numbers, never in binary fractions."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import isqrt, lcm

from allocator.domain import Applicant, School

Point = tuple[int, int]


class Plane:
    """The plane with a unit so small that all places given have whole coordinates.

    Parameters
    ----------
    places : iterable of Applicant or School
        Places with coordinates; only these may be asked for.
    """

    def __init__(self, places: Iterable[Applicant | School]) -> None:
        exact = {text: Fraction(text) for text in {text for place in places for text in (place.x, place.y)}}
        self._unit = lcm(*(number.denominator for number in exact.values()))
        self._whole = {text: int(number * self._unit) for text, number in exact.items()}

    def point(self, place: Applicant | School) -> Point:
        """Coordinates in the plane's unit."""
        return self._whole[place.x], self._whole[place.y]

    def extent(self) -> Point:
        """Least and largest coordinate of all places, in the plane's unit; all of them lie in that square."""
        return min(self._whole.values(), default=0), max(self._whole.values(), default=0)

    def metres(self, a: Point, b: Point) -> int:
        """Distance in whole metres, rounded half up.

        The result n is the largest with n - 1/2 <= d, that is 2n - 1 <= sqrt(4 d^2); as 2n - 1 is a whole number, the
        whole part of 4 d^2 and of its root decide.
        """
        return (isqrt(4 * distance_squared(a, b) // self._unit**2) + 1) // 2


def distance_squared(a: Point, b: Point) -> int:
    """Squared distance in the plane's unit."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
