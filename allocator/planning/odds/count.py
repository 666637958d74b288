"""Counting simulated draws: how many children of each row come to each result, and what standard errors need.

A *unit* is what is independent: a draw where the roster is fixed, a whole demand draw with all its public draws else.
Everything that is added up is a whole number, so the sums do not depend on who counted what.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from allocator.domain import Ints
from allocator.planning.draws import (
    ADJUSTED_TO,
    AT_EXTERNAL,
    DIVERTED_TO,
    RULING,
    SEATED,
    WITHOUT,
    Outcome,
    t95_of_mean,
)

SEAT, DIVERTED, ADJUSTED, ANY = "seat", "diverted", "adjusted", "any"
NEEDS_RULING, UNPLACED, EXTERNAL = "needs_ruling", "unplaced", "external"


class Fate(NamedTuple):
    """What a draw can give a child.

    Attributes
    ----------
    way : str
        ``seat`` (where it belongs or chose), ``diverted``, ``adjusted``, ``any`` of these three; ``needs_ruling``,
        ``unplaced``, ``external``.
    school : str
        At which school; empty: at any, or none.
    """

    way: str
    school: str = ""


def counted_results(schools: Sequence[str]) -> tuple[Fate, ...]:
    """Return the results in the order of the columns: first those of which a child has exactly one, then their sums."""
    seats = [Fate(way, school) for way in (SEAT, DIVERTED, ADJUSTED) for school in schools]
    single = [Fate(NEEDS_RULING), Fate(UNPLACED), Fate(EXTERNAL)]
    sums = [*(Fate(ANY, school) for school in schools), Fate(SEAT), Fate(DIVERTED), Fate(ADJUSTED)]
    return (*seats, *single, *sums)


def counted_columns(outcome: Outcome, schools: int) -> Ints:
    """Return the column of each party's result, of those of which a child has exactly one; shape (n,)."""
    steps = np.empty(WITHOUT + 1, dtype=np.int64)
    steps[[SEATED, DIVERTED_TO, ADJUSTED_TO]] = 0, schools, 2 * schools
    steps[[RULING, WITHOUT, AT_EXTERNAL]] = 3 * schools, 3 * schools + 1, 3 * schools + 2
    seated = np.isin(outcome.standing, (SEATED, DIVERTED_TO, ADJUSTED_TO))
    columns: Ints = steps[outcome.standing] + np.where(seated, outcome.seat, 0)
    return columns


def tabulated_counts(row: Ints, column: Ints, size: Ints, rows: int, columns: int) -> Ints:
    """Return the children by row and column; parties of row -1 are left out; shape (rows, columns)."""
    counted = row >= 0
    cells = row[counted] * columns + column[counted]
    return np.bincount(cells, size[counted], rows * columns).astype(np.int64).reshape(rows, columns)


def counts_with_sums(counts: Ints, schools: int) -> Ints:
    """Return counts by the first columns of ``counted_results`` with its sums behind."""
    by_way = counts[:, : 3 * schools].reshape(len(counts), 3, schools)
    return np.concatenate([counts, by_way.sum(axis=1), by_way.sum(axis=2)], axis=1)


@dataclass(slots=True)
class Sums:
    """What has been counted for one row; integers of Python, so that no square is too large.

    Attributes
    ----------
    hits, squares, cross : (columns,) object
        Sums over units of children who came to a result, of its square, and of its product with ``children``.
    children, children_squared : int
        Sums over units of the children of the row, and of its square.
    units : int
        Units in which the row occurs.
    """

    hits: Any = 0
    squares: Any = 0
    cross: Any = 0
    children: int = 0
    children_squared: int = 0
    units: int = 0

    def add(self, hits: Any, squares: Any, children: int, units: int) -> None:
        """Add units that all have so many children of the row."""
        self.hits = self.hits + hits
        self.squares = self.squares + squares
        self.cross = self.cross + hits * children
        self.children += units * children
        self.children_squared += units * children * children
        self.units += units


@dataclass(frozen=True, slots=True)
class Chances:
    """Chances of the children of one row.

    Attributes
    ----------
    children : float
        How many there are: exactly where the roster is fixed, on average over demand draws else.
    units : int
        Independent units in which the row occurs.
    trials : int
        Children times draws.
    hits : tuple of int
        Of these, how many came to each result.
    errors : tuple of float or None
        Standard error of ``hits / trials``; None where the row occurs in one unit only.
    """

    children: float
    units: int
    trials: int
    hits: tuple[int, ...]
    errors: tuple[float | None, ...]

    def half(self, column: int) -> float | None:
        """Return half the 95 % interval of the share, by Student's t for so many units; None of a single one.

        What came in no draw or in all of them has a bound of its own (docs/odds.md section 2).
        """
        error = self.errors[column]
        return None if error is None else t95_of_mean(self.units) * error

    def probability(self, column: int) -> float:
        """Return the share of the trials that came to a result."""
        return self.hits[column] / self.trials


@dataclass(slots=True)
class Tally:
    """Sums of all rows under one heading.

    Attributes
    ----------
    draws : int
        Public draws in each unit.
    units : int
        Units counted, also those in which a row does not occur.
    rows : dict
        ``Sums`` by row.
    """

    draws: int
    units: int = 0
    rows: dict[Hashable, Sums] = field(default_factory=dict)

    def add(self, names: Sequence[Hashable], children: Ints, hits: Any, squares: Any, units: int) -> None:
        """Add units in which the rows named have so many children; hits and squares have a line for each row."""
        self.units += units
        hits, squares = np.asarray(hits).astype(object), np.asarray(squares).astype(object)
        for i, count in enumerate(children.tolist()):
            if count:
                self.rows.setdefault(names[i], Sums()).add(hits[i], squares[i], count, units)

    def chances(self, name: Hashable) -> Chances:
        """Return the chances of a row.

        With c_u children of n_u who came to a result in unit u, of U units with D draws each, the chance is estimated
        by the ratio R = Σ c_u / (D Σ n_u) and its standard error by that of a ratio over clusters (Cochran 1977,
        chapter 6; units in which the row does not occur count in U)::

            SE² = U / (U − 1) · Σ (c_u − R D n_u)² / (D Σ n_u)²

        Where the roster is fixed, D = 1 and all n_u are alike: the usual standard error of a mean over draws.
        """
        row = self.rows[name]
        trials = self.draws * row.children
        # Σ (c_u − R D n_u)² · (Σ n_u)², exactly
        spread = (
            row.squares * row.children**2 - 2 * row.hits * row.cross * row.children + row.hits**2 * row.children_squared
        )
        errors: tuple[float | None, ...] = (None,) * len(row.hits)
        if row.units > 1:
            factor = sqrt(self.units / (self.units - 1)) / trials / row.children
            errors = tuple(sqrt(value) * factor for value in spread.tolist())
        return Chances(row.children / self.units, row.units, trials, tuple(row.hits.tolist()), errors)
