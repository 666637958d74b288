"""95 % intervals of means over few independent draws: Student's t, and when a difference may be called clear.

With a handful of demand draws the normal 1.96 standard errors are far too few: of five draws the interval of the mean
reaches 2.78 of them to either side (Student 1908, "The probable error of a mean").
"""

from __future__ import annotations

from functools import cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

FEWEST_UNITS = 10
"""Of fewer independent draws nothing is called clearly different."""

UNSEEN = 14.76
"""Half the interval of a mean of n draws is at least this over n, in children or seats: 4 children, 3.69 times."""

_MOST_EXACT = 200  # degrees of freedom up to which the distribution is added up
_LEVEL = 0.975  # one end of a 95 % interval
_DIGITS = 6


@cache
def t95(units: int) -> float:
    """Return how many standard errors the 95 % interval of a mean of so many independent draws reaches to each side.

    The 97.5 % point of Student's t with ``units`` - 1 degrees of freedom, to six decimals: 12.706205 of two draws,
    2.776445 of five, 2.262157 of ten, towards 1.959964 of very many.

    Parameters
    ----------
    units : int
        Independent draws, at least 2.
    """
    if units < 2:
        raise ValueError(f"Expected at least 2 draws, found {units}.")
    freedom = units - 1
    if freedom > _MOST_EXACT:
        return round(_series(freedom), _DIGITS)
    low, high = 1.9, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, freedom) < _LEVEL else (low, middle)
    return round(high, _DIGITS)


def half_width(error: float | None, units: int) -> float | None:
    """Return half the width of the 95 % interval of a mean with this standard error; None where it has none.

    A few draws of a figure that is mostly the same are mostly alike, and say nothing of how far others lie. What came
    in none of n draws may come in up to 3.69 / n of them (the upper end of the 95 % interval of Poisson's law:
    e^-3.69 = 0.025), and it is seldom one child alone: a class more or less takes several with it. Half the interval is
    never less than that many times four children or seats; four was chosen on some districts and judged on others
    (docs/sweep.md).
    """
    return None if error is None else max(t95(units) * error, UNSEEN / units)


def clear(mean: float, half: float | None, *, units: int) -> bool:
    """Return whether a difference is clearly none of 0: enough draws, and 0 outside the interval."""
    return units >= FEWEST_UNITS and half is not None and abs(mean) > half


def _below(t: float, freedom: int) -> float:
    """Share of Student's t below a positive value (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4)."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = 0.0 if freedom == 1 else term
    for i in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (i - 1) / i
        total += term
    inside = 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
    return (1 + inside) / 2


def _series(freedom: int) -> float:
    """The 97.5 % point for many degrees of freedom (Abramowitz and Stegun 1964, 26.7.5)."""
    x = NormalDist().inv_cdf(_LEVEL)
    first = (x**3 + x) / 4
    second = (5 * x**5 + 16 * x**3 + 3 * x) / 96
    third = (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384
    return x + first / freedom + second / freedom**2 + third / freedom**3
