"""Means over draws, their standard errors and 95 % intervals, and when a difference may be called clear.

With a handful of demand draws the normal 1.96 standard errors are far too few: of five draws the interval of the mean
reaches 2.78 of them to either side (Student 1908, "The probable error of a mean"). Estimates are whole numbers
throughout: the same digits on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import atan, cos, isqrt, pi, sin, sqrt
from statistics import NormalDist

from allocator.domain import Ints

FEWEST_UNITS = 10
"""Of fewer independent draws nothing is called clearly different."""

UNSEEN = 14.76
"""Half the interval of a mean of n draws is at least this over n, in children or seats: 4 children, 3.69 times."""

_MOST_EXACT = 200  # degrees of freedom up to which the distribution is added up
_LEVEL = 0.975  # one end of a 95 % interval
_EXACT = 6
DIGITS = 4
"""Decimals of a mean and of a standard error, rounded half up (away from zero)."""

ONE, _MILLION = 10**DIGITS, 10**6
"""A whole in the units of an ``Estimate``."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over draws and its standard error (None for a single draw), and how many draws these are."""

    mean: float
    error: float | None
    units: int = 1

    @property
    def half(self) -> float | None:
        """Half the width of the 95 % interval, by Student's t."""
        return half_width_of_mean(self.error, self.units)

    @property
    def clear(self) -> bool:
        """Whether it is clearly none of 0, as far as the lots of this roster go."""
        return is_mean_clear(self.mean, self.half, units=self.units)


def scaled_variance(values: Sequence[int]) -> int:
    """Return N Σ x² − (Σ x)² of N values, which is N² (N − 1) times the squared standard error of their mean."""
    total = sum(values)
    return len(values) * sum(value * value for value in values) - total * total


def mean_of(values: Sequence[int]) -> Mean:
    """Return mean and standard error of independent draws: the square root of s² / N, s² with N - 1 below."""
    count, total = len(values), sum(values)
    if count < 2:
        return Mean(total / count, None)
    return Mean(total / count, sqrt(scaled_variance(values) / (count - 1)) / count, count)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and its standard error.

    Attributes
    ----------
    mean : int
        In units of 0.0001.
    error : int or None
        Standard error of the mean in units of 0.0001; None where there is one unit only.
    units : int
        Independent units: demand draws, or draws where there are none.
    half : int or None
        Half the width of the 95 % interval (Student's t), in units of 0.0001; None where there is one unit only.
    """

    mean: int
    error: int | None
    units: int = field(default=1, compare=False)
    half: int | None = field(default=None, compare=False)

    @property
    def clear(self) -> bool:
        """Whether it is clearly none of 0."""
        return is_mean_clear(self.mean, self.half, units=self.units)


def estimate_mean(values: Ints, demands: int = 1) -> Estimate:
    """Return the mean of some draws and its standard error.

    Draws under one demand draw share their children and are not independent of each other. With ``M >= 2`` demand
    draws of ``N`` public draws each, the independent units are therefore the M means ``y_m`` over the draws of one
    demand draw (Cochran 1977, chapter 10, on subsampling with units of equal size)::

        mean = sum_m y_m / M,        error^2 = sum_m (y_m - mean)^2 / (M (M - 1)).

    This holds what varies between demand draws and, at 1/N of it, what varies between draws. With a single demand
    draw, or none, the units are the N draws themselves and the error speaks of the lots alone, given the roster::

        error^2 = sum_k (x_k - mean)^2 / (N (N - 1)).

    The 95 % interval is the mean and ``half`` to either side: as many standard errors as Student's t has for so many
    units, and never less than ``half_width_of_mean`` says. A difference to the base is estimated by the same formulas
    from the differences draw by draw (common lots and common demand): far surer than the two means that it is
    the difference of.

    Parameters
    ----------
    values : (demands * draws,) int64
        Demand draw after demand draw; at least one, and as many for each.
    demands : int
        Number of demand draws.
    """
    if demands < 1 or not len(values) or len(values) % demands:
        raise ValueError(f"Expected as many values for each of {demands} demand draws, found {len(values)} in all.")
    units: list[int] = (values.reshape(demands, -1).sum(axis=1) if demands > 1 else values).tolist()
    draws = len(values) // len(units)
    total, count = sum(units), len(units)
    mean = nearest_whole_mean(total * ONE, len(values))
    if count == 1:
        return Estimate(mean, None)
    above, below = scaled_variance(units), count * count * (count - 1) * draws * draws
    times = int(t95_of_mean(count) * _MILLION + 0.5)  # whole, so that the half is rounded once and everywhere alike
    half = root_for_means(above * times * times * ONE * ONE, below * _MILLION * _MILLION)
    half = max(half, nearest_whole_mean(round(UNSEEN * ONE), count))
    return Estimate(mean, root_for_means(above * ONE * ONE, below), count, half)


def nearest_whole_mean(numerator: int, denominator: int) -> int:
    """Return a quotient as the nearest whole number, halves away from zero."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def root_for_means(numerator: int, denominator: int) -> int:
    """Return the square root of a quotient as the nearest whole number."""
    return (isqrt(4 * numerator // denominator) + 1) // 2


def mean_as_decimal(units: int | None, digits: int = DIGITS) -> str:
    """Return a number in units of 0.0001 as text with so many decimals, halves away from zero; nothing for None."""
    if units is None:
        return ""
    kept = nearest_whole_mean(units, 10 ** (DIGITS - digits))
    whole, rest = divmod(abs(kept), 10**digits)
    return ("-" if kept < 0 else "") + (f"{whole}.{rest:0{digits}d}" if digits else str(whole))


@cache
def t95_of_mean(units: int) -> float:
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
        return round(_series(freedom), _EXACT)
    low, high = 1.9, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, freedom) < _LEVEL else (low, middle)
    return round(high, _EXACT)


def half_width_of_mean(error: float | None, units: int) -> float | None:
    """Return half the width of the 95 % interval of a mean with this standard error; None where it has none.

    A few draws of a figure that is mostly the same are mostly alike, and say nothing of how far others lie. What came
    in none of n draws may come in up to 3.69 / n of them (the upper end of the 95 % interval of Poisson's law:
    e^-3.69 = 0.025), and it is seldom one child alone: a class more or less takes several with it. Half the interval is
    never less than that many times four children or seats; four was chosen on some districts and judged on others
    (docs/sweep.md).
    """
    return None if error is None else max(t95_of_mean(units) * error, UNSEEN / units)


def is_mean_clear(mean: float, half: float | None, *, units: int) -> bool:
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
