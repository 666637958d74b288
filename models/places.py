"""Places in the plane: exact distances in whole metres, and the nearest schools (docs/planning.md sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isqrt
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[Any]
"""Whole numbers: int64 where all fit, else Python's own in an array of objects."""

_SMALL = 2**29  # twice a coordinate below this: squares of distances fit 64 bits, four times over
_AT_ONCE = 4_000_000  # distances in memory at a time


class Plane:
    """Coordinates of homes and schools as whole numbers of one unit.

    Parameters
    ----------
    homes, schools : pair of sequences of str
        ``x`` and ``y`` in metres, text as read.

    Attributes
    ----------
    scale : int
        Units in a metre: a power of ten, 1 where all coordinates are whole.
    known : sequence of str
        ``x`` of each home; empty where the home has no place.
    """

    def __init__(
        self, homes: tuple[Sequence[str], Sequence[str]], schools: tuple[Sequence[str], Sequence[str]]
    ) -> None:
        every = [column for pair in (homes, schools) for column in pair]
        digits = max((len(text.partition(".")[2]) for column in every for text in column if "." in text), default=0)
        self.scale = 10**digits
        self.known = homes[0]
        numbers = [_numbers(column, self.scale) for column in every]
        if any(len(column) and np.abs(column).max() * 2 >= _SMALL for column in numbers):
            numbers = [column.astype(object) for column in numbers]
        self.home = numbers[0], numbers[1]
        self.school = numbers[2], numbers[3]

    def metres(self, home: Ints, school: Ints) -> Ints:
        """Return the distances of pairs, in metres, rounded half up to whole ones."""
        square = self._square(home, school)
        root = _isqrt(square * 4)
        return ((root + self.scale) // (2 * self.scale)).astype(np.int64)

    def nearest(self, schools: Ints, count: int, homes: Ints) -> Ints:
        """Return for some homes the nearest of some schools, ties by the order given; shape (homes, count)."""
        found = np.empty((len(homes), count), dtype=np.int64)
        step = max(1, _AT_ONCE // len(schools))
        for start in range(0, len(homes), step):
            here = homes[start : start + step]
            square = self._square(here[:, None], schools[None, :])
            found[start : start + step] = schools[_smallest(square, count)]
        return found

    def _square(self, home: Ints, school: Ints) -> Numbers:
        """Squared distances in square units."""
        dx = self.home[0][home] - self.school[0][school]
        dy = self.home[1][home] - self.school[1][school]
        squares: Numbers = dx * dx + dy * dy
        return squares


def _numbers(texts: Sequence[str], scale: int) -> Numbers:
    """Coordinates in units; empty texts are 0."""
    if scale == 1:
        column = np.array(texts, dtype=np.str_)
        return np.where(column == "", "0", column).astype(np.int64) if len(texts) else np.zeros(0, dtype=np.int64)
    known: dict[str, int] = {text: int(Decimal(text or "0") * scale) for text in {"", *texts}}
    return np.array([known[text] for text in texts], dtype=object if max(map(abs, known.values())) >> 62 else np.int64)


def _isqrt(numbers: Numbers) -> Numbers:
    """Whole square roots, rounded down, exact."""
    if numbers.dtype == object:
        root: Numbers = np.frompyfunc(isqrt, 1, 1)(numbers)
        return root
    root = np.sqrt(numbers.astype(np.float64)).astype(np.int64)
    root -= root * root > numbers
    root += (root + 1) * (root + 1) <= numbers
    return root


def _smallest(square: Numbers, count: int) -> Ints:
    """Columns of the smallest numbers of each row, the earlier column first among equals."""
    rows = np.arange(len(square))[:, None]
    if square.dtype == object:
        return np.argsort(square, axis=1, kind="stable")[:, :count]
    limit = np.partition(square, count - 1, axis=1)[:, count - 1 : count]
    # Candidates: all below the limit, then those at the limit in their order; a stable sort of few columns decides.
    most = int((square <= limit).sum(axis=1).max())
    columns = np.sort(np.argpartition(square, min(most, square.shape[1]) - 1, axis=1)[:, :most], axis=1)
    order = np.argsort(square[rows, columns], axis=1, kind="stable")[:, :count]
    chosen: Ints = columns[rows, order]
    return chosen
