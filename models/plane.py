"""Places in the plane: exact distances in whole metres, and the nearest schools (docs/planning.md sections 2 and 3).

Distances are computed in floating point, whose error is far below ``_DOUBT``; where it could decide, whole numbers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isqrt
from typing import TypeAlias

import numpy as np

from allocator.domain import Applicant, Floats, Ints, School

Texts: TypeAlias = tuple[list[str], list[str]]

_DOUBT = 1e-4
"""Metres. Coordinates have at most nine digits before the point, so distances are off by less than a hundredth."""

_AT_ONCE = 4_000_000  # distances in memory at a time


class Plane:
    """Coordinates of homes and schools.

    Parameters
    ----------
    homes : sequence of Applicant
        Children who live there; ``x`` and ``y`` in metres, text as read, empty where there is no place.
    schools : sequence of School
        Schools, with the same columns.

    Attributes
    ----------
    home_known, school_known : arrays of bool
        Whether each home and each school has a place.
    """

    def __init__(self, homes: Sequence[Applicant], schools: Sequence[School]) -> None:
        self._homes, self._schools = _texts(homes), _texts(schools)
        self._home, self._school = _floats(self._homes), _floats(self._schools)
        self.home_known = np.array([x != "" for x in self._homes[0]], dtype=bool)
        self.school_known = np.array([x != "" for x in self._schools[0]], dtype=bool)
        every = [column for columns in (self._homes, self._schools) for column in columns]
        digits = max((len(text.partition(".")[2]) for column in every for text in column if "." in text), default=0)
        self._scale = 10**digits
        self._exact: dict[str, int] = {"": 0}

    def metres(self, home: Ints, school: Ints) -> Ints:
        """Return the distances of pairs, in metres, rounded half up to whole ones."""
        distance = self._distance(home, school) + 0.5
        found = np.floor(distance).astype(np.int64)
        for i in np.flatnonzero(np.abs(distance - np.rint(distance)) < _DOUBT).tolist():
            root = isqrt(4 * self._square(int(home[i]), int(school[i])))
            found[i] = (root + self._scale) // (2 * self._scale)
        return found

    def nearest(self, schools: Ints, count: int, homes: Ints) -> Ints:
        """Return for some homes the nearest of some schools, ties to those given first; shape (homes, count)."""
        found = np.empty((len(homes), count), dtype=np.int64)
        for here in self._neighbourhoods(homes, len(schools)) if count and len(homes) else ():
            near = self._within_reach(schools, count, homes[here])
            step = max(1, _AT_ONCE // len(near))
            for start in range(0, len(here), step):
                some = here[start : start + step]
                found[some] = self._nearest(near, count, homes[some])
        return found

    def ordered(self, schools: Ints, homes: Ints) -> Ints:
        """Return for some homes all of some schools by distance, ties to those given first; shape (homes, schools)."""
        found = np.empty((len(homes), len(schools)), dtype=np.int64)
        step = max(1, _AT_ONCE // max(1, len(schools)))
        for start in range(0, len(homes), step):
            some = homes[start : start + step]
            distance = self._distance(some[:, None], schools[None, :])
            order = np.argsort(distance, axis=1, kind="stable")
            close = np.diff(np.take_along_axis(distance, order, axis=1), axis=1) < _DOUBT
            for row in np.flatnonzero(close.any(axis=1)).tolist():
                squares = [self._square(int(some[row]), school) for school in schools.tolist()]
                order[row] = sorted(range(len(schools)), key=squares.__getitem__)
            found[start : start + step] = schools[order]
        return found

    def _neighbourhoods(self, homes: Ints, schools: int) -> list[Ints]:
        """Homes in squares of a size at which a square has about one school; places in ``homes``."""
        x, y = (axis[homes] - axis[homes].min() for axis in self._home)
        side = max(float(x.max()), float(y.max())) / np.sqrt(schools) + 1
        square = (x // side) * (schools + 1) + y // side
        order = np.argsort(square, kind="stable")
        return np.split(order, np.flatnonzero(np.diff(square[order])) + 1)

    def _within_reach(self, schools: Ints, count: int, homes: Ints) -> Ints:
        """Schools of which some may be among the nearest of one of the homes, in the order given.

        If the homes lie within r of a point and its own nearest schools within d, theirs lie within d + r of them,
        and so within d + 2r of the point.
        """
        x, y = (axis[homes] for axis in self._home)
        to_x, to_y = (axis[schools] for axis in self._school)
        middle = x.mean(), y.mean()
        radius = np.hypot(x - middle[0], y - middle[1]).max()
        distance = np.hypot(to_x - middle[0], to_y - middle[1])
        limit = np.partition(distance, count - 1)[count - 1] + 2 * radius + _DOUBT
        reached: Ints = schools[distance <= limit]
        return reached

    def _nearest(self, schools: Ints, count: int, homes: Ints) -> Ints:
        """As ``nearest``, for so many homes that the distances fit into memory."""
        distance = self._distance(homes[:, None], schools[None, :])
        chosen = np.argpartition(distance, count - 1, axis=1)[:, :count]
        limit = np.take_along_axis(distance, chosen, axis=1).max(axis=1)
        near = distance <= limit[:, None] + _DOUBT
        for row in np.flatnonzero(near.sum(axis=1) > count).tolist():
            columns = np.flatnonzero(near[row]).tolist()
            columns.sort(key=lambda at: (self._square(int(homes[row]), int(schools[at])), at))
            chosen[row] = columns[:count]
        return schools[chosen]

    def _distance(self, home: Ints, school: Ints) -> Floats:
        """Distances in metres, not exact."""
        dx, dy = (self._home[axis][home] - self._school[axis][school] for axis in (0, 1))
        found: Floats = np.hypot(dx, dy)
        return found

    def _square(self, home: int, school: int) -> int:
        """Squared distance of one pair in square units, exact; ``scale`` units are a metre."""
        (home_x, home_y), (school_x, school_y) = self._homes, self._schools
        dx = self._units(home_x[home]) - self._units(school_x[school])
        dy = self._units(home_y[home]) - self._units(school_y[school])
        return dx * dx + dy * dy

    def _units(self, text: str) -> int:
        """A coordinate as a whole number of units."""
        if text not in self._exact:
            self._exact[text] = int(Decimal(text) * self._scale)
        return self._exact[text]


def _texts(places: Sequence[Applicant | School]) -> Texts:
    """Columns of the coordinates as read, for each is looked at several times."""
    return [place.x for place in places], [place.y for place in places]


def _floats(texts: Texts) -> tuple[Floats, Floats]:
    """Coordinates in metres; 0 where there is none."""
    x, y = (np.array([text or "0" for text in column], dtype=np.float64) for column in texts)
    return x, y
