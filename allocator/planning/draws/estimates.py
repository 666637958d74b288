"""Means over draws with their standard errors, in whole numbers throughout: the same digits on every machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isqrt

from allocator.models.plane import Ints
from allocator.planning.draws.intervals import UNSEEN, t95

DIGITS = 4
"""Decimals of a mean and of a standard error, rounded half up (away from zero)."""

_ONE, _MILLION = 10**DIGITS, 10**6


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


def estimate(values: Ints, demands: int = 1) -> Estimate:
    """Return the mean of some draws and its standard error.

    Draws under one demand draw share their children and are not independent of each other. With ``M >= 2`` demand
    draws of ``N`` public draws each, the independent units are therefore the M means ``y_m`` over the draws of one
    demand draw (Cochran 1977, chapter 10, on subsampling with units of equal size)::

        mean = sum_m y_m / M,        error^2 = sum_m (y_m - mean)^2 / (M (M - 1)).

    This holds what varies between demand draws and, at 1/N of it, what varies between draws. With a single demand
    draw, or none, the units are the N draws themselves and the error speaks of the lots alone, given the roster::

        error^2 = sum_k (x_k - mean)^2 / (N (N - 1)).

    The 95 % interval is the mean and ``half`` to either side: as many standard errors as Student's t has for so many
    units, and never less than ``intervals.half_width`` says. A difference to the base is estimated by the same formulas
    from the differences draw by draw (common lots and common demand), so it is far surer than the two means that it is
    the difference of.

    Parameters
    ----------
    values : (demands * draws,) int64
        Demand draw after demand draw.
    demands : int
        Number of demand draws.

    Raises
    ------
    ValueError
        If the values cannot be shared out evenly, or there are none.
    """
    if demands < 1 or not len(values) or len(values) % demands:
        raise ValueError(f"Expected as many values for each of {demands} demand draws, found {len(values)} in all.")
    units: list[int] = (values.reshape(demands, -1).sum(axis=1) if demands > 1 else values).tolist()
    draws = len(values) // len(units)
    total, count = sum(units), len(units)
    mean = _nearest(total * _ONE, len(values))
    if count == 1:
        return Estimate(mean, None)
    spread = count * sum(unit * unit for unit in units) - total * total
    below = count * count * (count - 1) * draws * draws
    times = int(t95(count) * _MILLION + 0.5)  # whole, so that the half is rounded once and everywhere alike
    half = _root(spread * times * times * _ONE * _ONE, below * _MILLION * _MILLION)
    half = max(half, _nearest(round(UNSEEN * _ONE), count))
    return Estimate(mean, _root(spread * _ONE * _ONE, below), count, half)


def _nearest(numerator: int, denominator: int) -> int:
    """A quotient as the nearest whole number, halves away from zero."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def _root(numerator: int, denominator: int) -> int:
    """The square root of a quotient as the nearest whole number."""
    return (isqrt(4 * numerator // denominator) + 1) // 2


def decimal(units: int | None, digits: int = DIGITS) -> str:
    """Return a number in units of 0.0001 as text with so many decimals, halves away from zero; nothing for None."""
    if units is None:
        return ""
    kept = _nearest(units, 10 ** (DIGITS - digits))
    whole, rest = divmod(abs(kept), 10**digits)
    return ("-" if kept < 0 else "") + (f"{whole}.{rest:0{digits}d}" if digits else str(whole))
