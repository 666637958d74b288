"""The checker's search of what prices leave open: the least loss, against every combination."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest

from allocator.checking.optimum.search import BudgetSpentError, Chooser, search_least_loss
from allocator.checking.parties import NO_SCHOOL


def enumerated(choices: Sequence[Chooser], left: Sequence[int], prices: Sequence[int], limit: int) -> int | None:
    """The least loss below the limit, by trying every combination."""
    losses = []
    for combination in product(*(choice.options for choice in choices)):
        rest = list(left)
        for choice, (school, _) in zip(choices, combination, strict=True):
            if school != NO_SCHOOL:
                rest[school] -= choice.size
        if min(rest) >= 0:
            empty = sum(price * seats for price, seats in zip(prices, rest, strict=True))
            losses.append(empty + sum(loss for _, loss in combination))
    return min((loss for loss in losses if loss < limit), default=None)


def test_the_search_finds_the_least_loss() -> None:
    """Random components, with limits below, at and above the least loss, against every combination."""
    rng, found = Random(3), 0
    for _ in range(800):
        schools = rng.randint(1, 4)
        choices = [random_choice(rng, schools) for _ in range(rng.randint(0, 6))]
        left = [rng.randint(0, 5) for _ in range(schools)]
        prices = [rng.randint(0, 4) for _ in range(schools)]
        least = enumerated(choices, left, prices, 10**9)
        for limit in (0, 3, 10, 10**6) if least is None else (least, least + 1, least + 9, 10**6):
            expected = enumerated(choices, left, prices, limit)
            assert search_least_loss(choices, left, prices, limit, 10**6) == expected
            found += expected is not None
    assert found > 1000


def random_choice(rng: Random, schools: int) -> Chooser:
    """A party with at least two options."""
    places = rng.sample([NO_SCHOOL, *range(schools)], rng.randint(2, schools + 1))
    return Chooser(rng.choice((1, 1, 2, 3)), tuple((place, rng.randint(0, 5)) for place in places))


def test_children_that_are_alike_are_counted_and_not_told_apart() -> None:
    """A hundred pairs of one kind at two schools of odd seats: as many states as there are numbers, not orders."""
    pair = Chooser(2, ((0, 0), (1, 2), (NO_SCHOOL, 900)))
    assert search_least_loss([pair] * 100, [101, 121], [7, 0], 200, 20_000) == 107
    with pytest.raises(BudgetSpentError):
        search_least_loss([pair] * 100, [101, 121], [7, 0], 200, 99)


def test_schools_in_a_row_are_searched_one_after_another() -> None:
    """Sixty schools, each sharing two pairs with the next: what lies behind is forgotten, so few states are met."""
    row = [Chooser(2, ((n, 0), (n + 1, 1))) for n in range(60) for _ in range(2)]
    shuffled = Random(4).sample(row, len(row))
    assert search_least_loss(shuffled, [5] * 61, [5] * 61, 10**6, 20_000) == 5 * (61 * 5 - 240)
