"""Distances are exact in every part of the program, whatever decimals the coordinates have."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from math import isqrt

import numpy as np
import pytest

from allocator.checking.distances import Plane as CheckedPlane
from allocator.checking.distances import squared
from allocator.domain import Applicant, School
from allocator.eligibility import nearest_first, squared_distance
from allocator.models.places import Plane
from allocator.models.roster import metres, square

HOME = Applicant("K", "z", "A", x="0", y="0")
FAR, FARTHER = School("t", "t", x="900000000", y="0"), School("s", "s", x="900000000", y="0.000001")
"""Two schools whose squared distances agree in the first 29 digits; the nearer one has the later id."""


def fraction(child: Applicant, school: School) -> Fraction:
    """The squared distance, exactly."""
    return (Fraction(child.x) - Fraction(school.x)) ** 2 + (Fraction(child.y) - Fraction(school.y)) ** 2


def test_a_difference_in_the_thirtieth_digit_decides() -> None:
    """Procedure, model, checker and planning all find the nearer school."""
    assert nearest_first(HOME, [FARTHER, FAR]) == ("t", "s")
    assert square(HOME, FAR) < square(HOME, FARTHER)
    plane = CheckedPlane([FAR, FARTHER, HOME])
    assert squared(plane.point(HOME), plane.point(FAR)) < squared(plane.point(HOME), plane.point(FARTHER))
    planning = Plane((["0"], ["0"]), ([FARTHER.x, FAR.x], [FARTHER.y, FAR.y]))
    assert planning.nearest(np.array([0, 1]), 1, np.array([0])).tolist() == [[1]]


@pytest.mark.parametrize("seed", range(60))
def test_random_places_with_many_decimals(seed: int) -> None:
    """Squares, whole metres and the nearest few equal those of fractions."""
    dice = random.Random(seed)
    digits = dice.choice((0, 1, 7, 15))

    def place() -> str:
        whole = Decimal(dice.randint(-9 * 10**digits, 9 * 10**digits)).scaleb(-digits)
        return str(whole) if dice.random() < 0.8 else f"{dice.choice((0, 3, 4))}.5"

    homes = [Applicant(f"K{i}", "z", "A", x=place(), y=place()) for i in range(5)]
    schools = [School(f"s{i}", f"s{i}", x=place(), y=place()) for i in range(6)]
    plane = Plane(([k.x for k in homes], [k.y for k in homes]), ([s.x for s in schools], [s.y for s in schools]))
    near = plane.nearest(np.arange(6), 3, np.arange(5))
    for i, kid in enumerate(homes):
        exact = [fraction(kid, school) for school in schools]
        assert sorted(near[i].tolist()) == sorted(sorted(range(6), key=lambda at: (exact[at], at))[:3])
        for j, school in enumerate(schools):
            assert Fraction(squared_distance(kid, school)) == Fraction(square(kid, school)) == exact[j]
            rounded = (isqrt(int(4 * exact[j] * 10**60)) + 10**30) // (2 * 10**30)
            assert metres(kid, school) == rounded == int(plane.metres(np.array([i]), np.array([j]))[0])


@pytest.mark.parametrize("seed", range(20))
def test_nearest_of_many(seed: int) -> None:
    """Several hundred homes, in towns far from each other and from the origin, on a coarse grid full of ties."""
    dice = random.Random(seed)
    towns = [(dice.randint(-5, 5) * 1000 + 4_800_000, dice.randint(-5, 5) * 1000) for _ in range(dice.randint(1, 5))]

    def places(count: int) -> list[tuple[int, int]]:
        return [(x + dice.randint(0, 9) * 50, y + dice.randint(0, 9) * 50) for x, y in dice.choices(towns, k=count)]

    homes, schools, count = places(400), places(60), dice.choice((1, 3, 8))
    columns = [tuple([str(point[axis]) for point in points] for axis in (0, 1)) for points in (homes, schools)]
    found = Plane(*columns).nearest(np.arange(60), count, np.arange(400))  # type: ignore[arg-type]
    for home, near in zip(homes, found.tolist(), strict=True):
        square_ = [(home[0] - x) ** 2 + (home[1] - y) ** 2 for x, y in schools]
        assert sorted(near) == sorted(sorted(range(60), key=lambda at: (square_[at], at))[:count])
