"""Schools by distance from many homes at once, exactly (procedure.md P9, ``adjust_by: distance``).

Coordinates are decimal texts. In a unit in which all of them are whole numbers, squares of up to 63 bits are compared
as they are; longer ones in floating point, and wherever two schools lie so close together that rounding could decide,
as whole numbers of any length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext

import numpy as np
import numpy.typing as npt

from allocator.domain import Coordinates, Ints, School

_DIGITS = 80  # of coordinates as whole numbers; a coordinate has at most 24 digits
_SHORT = 2**31  # differences below it have squares whose sum fits into 63 bits
_AT_ONCE = 4_000_000  # distances in memory at a time


class Nearest:
    """The order of some schools from any home.

    Parameters
    ----------
    schools : sequence of School
        In the order of the policy's list.
    """

    def __init__(self, schools: Sequence[School]) -> None:
        placed = [i for i, school in enumerate(schools) if school.x]
        placed.sort(key=lambda i: schools[i].school_id)  # ties by id: sorting below keeps this order
        self._placed = np.array(placed, dtype=np.int64)
        self._places = [(schools[i].x, schools[i].y) for i in placed]
        self._rest = np.array([i for i, school in enumerate(schools) if not school.x], dtype=np.int64)

    def orders(self, homes: Sequence[Coordinates]) -> Ints:
        """Return the positions of all schools, nearest first, ties by id, those without a place last as listed.

        Parameters
        ----------
        homes : sequence of (str, str)
            ``x`` and ``y`` of each home, as texts.

        Returns
        -------
        (homes, schools) int64
        """
        near = len(self._placed)
        found = np.empty((len(homes), near + len(self._rest)), dtype=np.int64)
        found[:, near:] = self._rest
        if near and homes:
            unit = _Unit((*homes, *self._places))
            step = max(1, _AT_ONCE // near)
            for start in range(0, len(homes), step):
                some = slice(start, start + step)
                found[some, :near] = self._placed[unit.sorted(homes[some], self._places)]
        return found


class _Unit:
    """The plane in a unit in which some places have whole coordinates, counted from the least of them."""

    def __init__(self, places: Iterable[Coordinates]) -> None:
        texts = {text for place in places for text in place}
        with localcontext(prec=_DIGITS):
            exact = {text: Decimal(text) for text in texts}
            digits = max(0, *(-int(number.as_tuple().exponent) for number in exact.values()))
            whole = {text: int(number.scaleb(digits)) for text, number in exact.items()}
        least = min(whole.values())
        self._whole = {text: number - least for text, number in whole.items()}
        self._extent = max(self._whole.values())

    def sorted(self, homes: Sequence[Coordinates], schools: Sequence[Coordinates]) -> Ints:
        """Return the columns of the schools by distance, a row for each home; equal ones as they stand."""
        short = self._extent < _SHORT
        here, there = (self._array(places, np.int64 if short else np.float64) for places in (homes, schools))
        squares = (here[0][:, None] - there[0]) ** 2 + (here[1][:, None] - there[1]) ** 2
        found: Ints = np.argsort(squares, axis=1, kind="stable")
        if not short:
            close = np.diff(np.take_along_axis(squares, found, axis=1), axis=1) <= self._doubt()
            for row in np.flatnonzero(close.any(axis=1)).tolist():
                found[row] = self._exactly(homes[row], schools)
        return found

    def _array(self, places: Sequence[Coordinates], kind: type) -> npt.NDArray[np.generic]:
        """Coordinates as an array of shape (2, places)."""
        return np.array([[self._whole[place[axis]] for place in places] for axis in (0, 1)], dtype=kind)

    def _doubt(self) -> float:
        """More than twice what a square in floating point can be off: at most 2 extents squared, by some 2^-50."""
        return float(self._extent) ** 2 * 2.0**-46

    def _exactly(self, home: tuple[str, str], schools: Sequence[Coordinates]) -> list[int]:
        """Return the columns by distance from one home, in whole numbers of any length."""
        x, y = (self._whole[text] for text in home)
        places = [(self._whole[school[0]] - x, self._whole[school[1]] - y) for school in schools]
        return sorted(range(len(places)), key=lambda i: places[i][0] ** 2 + places[i][1] ** 2)
