"""Means and standard errors: by hand, against fractions, and what must not change them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.planning.draws import Estimate, estimate_mean, mean_as_decimal

NUMBERS = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12)


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return values as an array."""
    return np.array(values, dtype=np.int64)


def test_worked_example_of_one_roster() -> None:
    """1, 2, 3, 4: mean 2.5, squares 5 about it, variance of the mean 5 / (4 * 3), root 0.6455."""
    assert estimate_mean(ints(1, 2, 3, 4)) == Estimate(25000, 6455)


def test_worked_example_of_two_demand_draws() -> None:
    """1, 3 and 5, 7: units 2 and 6, mean 4, variance of the mean 8 / (2 * 1), root 2, not the 1.291 of four draws."""
    assert estimate_mean(ints(1, 3, 5, 7), 2) == Estimate(40000, 20000)
    assert estimate_mean(ints(1, 3, 5, 7)) == Estimate(40000, 12910)


def test_worked_example_of_a_paired_difference() -> None:
    """Base 10, 20, 30 and what-if 11, 22, 30: each mean is unsure by more than 5, their difference of 1 by 0.5774."""
    base, changed = ints(10, 20, 30), ints(11, 22, 30)
    assert estimate_mean(changed - base) == Estimate(10000, 5774)
    assert all((estimate_mean(values).error or 0) > 50000 for values in (base, changed))


def test_a_single_unit_has_no_error() -> None:
    """One draw says nothing of its spread, nor does one demand draw of the spread between demand draws."""
    assert estimate_mean(ints(7)) == Estimate(70000, None)
    assert estimate_mean(ints(7, 9), 1) == Estimate(80000, 10000)


def test_halves_go_away_from_zero() -> None:
    """A mean of 0.00005 becomes 0.0001, and a difference the other way round its negative."""
    assert estimate_mean(ints(*[1] + [0] * 19999)).mean == 1
    assert estimate_mean(ints(*[-1] + [0] * 19999)).mean == -1


@given(values=NUMBERS, demands=st.integers(1, 4))
def test_error_is_the_root_of_the_formula(values: list[int], demands: int) -> None:
    """Against exact fractions: the error is the nearest number of four decimals to the root, for any clustering."""
    values = values * demands
    found = estimate_mean(ints(*values), demands)
    draws = len(values) // demands
    if demands > 1:
        units = [Fraction(sum(values[m * draws : (m + 1) * draws]), draws) for m in range(demands)]
    else:
        units = [Fraction(value) for value in values]
    mean = sum(units, Fraction()) / len(units)
    assert abs(Fraction(found.mean, 10**4) - mean) <= Fraction(1, 2 * 10**4)
    if len(units) == 1:
        assert found.error is None
        return
    square = sum(((unit - mean) ** 2 for unit in units), Fraction()) / (len(units) * (len(units) - 1))
    assert found.error is not None
    low, high = Fraction(2 * found.error - 1, 2 * 10**4), Fraction(2 * found.error + 1, 2 * 10**4)
    assert max(low, Fraction()) ** 2 <= square <= high**2


@given(values=NUMBERS, shift=st.integers(-(10**9), 10**9), seed=st.randoms(use_true_random=False))
def test_error_ignores_order_and_a_common_shift(values: list[int], shift: int, seed: object) -> None:
    """Draws in another order, or all larger by the same, spread as before."""
    moved = [value + shift for value in values]
    seed.shuffle(moved)  # type: ignore[attr-defined]
    assert estimate_mean(ints(*moved)).error == estimate_mean(ints(*values)).error


def test_values_must_fill_the_demand_draws() -> None:
    """Five draws are no two demand draws, and none are none."""
    with pytest.raises(ValueError, match="as many values"):
        estimate_mean(ints(1, 2, 3, 4, 5), 2)
    with pytest.raises(ValueError, match="as many values"):
        estimate_mean(ints())


@pytest.mark.parametrize(
    ("units", "digits", "shown"),
    [
        (12345, 4, "1.2345"), (-12345, 4, "-1.2345"), (12345, 1, "1.2"), (12500, 1, "1.3"), (-12500, 1, "-1.3"),
        (-400, 1, "0.0"), (5000, 0, "1"), (0, 4, "0.0000"), (None, 4, ""),
    ],
)  # fmt: skip
def test_decimals(units: int | None, digits: int, shown: str) -> None:
    """Numbers as text, rounded half away from zero, no minus before nothing."""
    assert mean_as_decimal(units, digits) == shown
