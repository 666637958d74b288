"""Distances are exact in every part of the program, whatever decimals the coordinates have."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from math import isqrt

import numpy as np
import pytest

from allocator.checking.distances import Plane as CheckedPlane
from allocator.checking.distances import distance_squared
from allocator.domain import Applicant, School
from allocator.eligibility import Nearest, rounded_metres, squared_distance
from allocator.eligibility import nearest_first as first_of_one
from allocator.models.plane import Plane

HOME = Applicant("K", "z", "A", x="0", y="0")
FAR, FARTHER = School("t", "t", x="900000000", y="0"), School("s", "s", x="900000000", y="0.000001")
"""Two schools whose squared distances agree in the first 29 digits; the nearer one has the later id."""


def fraction(child: Applicant, school: School) -> Fraction:
    """The squared distance, exactly."""
    return (Fraction(child.x) - Fraction(school.x)) ** 2 + (Fraction(child.y) - Fraction(school.y)) ** 2


def nearest_first(home: Applicant, schools: list[School]) -> list[str]:
    """The order of schools that procedure and record go by."""
    return [schools[i].school_id for i in Nearest(schools).orders([(home.x, home.y)])[0].tolist()]


def test_a_difference_in_the_thirtieth_digit_decides() -> None:
    """Procedure, model, checker and planning all find the nearer school."""
    assert nearest_first(HOME, [FARTHER, FAR]) == ["t", "s"]
    assert squared_distance(HOME, FAR) < squared_distance(HOME, FARTHER)
    plane = CheckedPlane([FAR, FARTHER, HOME])
    assert distance_squared(plane.point(HOME), plane.point(FAR)) < distance_squared(
        plane.point(HOME), plane.point(FARTHER)
    )
    planning = Plane([HOME], [FARTHER, FAR])
    assert planning.nearest(np.array([0, 1]), 1, np.array([0])).tolist() == [[1]]
    assert planning.ordered(np.array([0, 1]), np.array([0])).tolist() == [[1, 0]]


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
    plane = Plane(homes, schools)
    near = plane.nearest(np.arange(6), 3, np.arange(5))
    ordered = plane.ordered(np.arange(6), np.arange(5)).tolist()
    positions = Nearest(schools).orders([(kid.x, kid.y) for kid in homes]).tolist()
    for i, kid in enumerate(homes):
        exact = [fraction(kid, school) for school in schools]
        assert ordered[i] == positions[i] == sorted(range(6), key=lambda at: (exact[at], at))
        assert first_of_one(kid, schools) == tuple(f"s{at}" for at in ordered[i])
        assert sorted(near[i].tolist()) == sorted(sorted(range(6), key=lambda at: (exact[at], at))[:3])
        for j, school in enumerate(schools):
            assert Fraction(squared_distance(kid, school)) == exact[j]
            rounded = (isqrt(int(4 * exact[j] * 10**60)) + 10**30) // (2 * 10**30)
            assert rounded_metres(squared_distance(kid, school)) == rounded
            assert plane.metres(np.array([i]), np.array([j])).tolist() == [rounded]


@pytest.mark.parametrize("seed", range(20))
def test_nearest_of_many(seed: int) -> None:
    """Several hundred homes, in towns far from each other and from the origin, on a coarse grid full of ties."""
    dice = random.Random(seed)
    towns = [(dice.randint(-5, 5) * 1000 + 4_800_000, dice.randint(-5, 5) * 1000) for _ in range(dice.randint(1, 5))]

    def places(count: int) -> list[tuple[int, int]]:
        return [(x + dice.randint(0, 9) * 50, y + dice.randint(0, 9) * 50) for x, y in dice.choices(towns, k=count)]

    homes, schools, count = places(400), places(60), dice.choice((1, 3, 8))
    children = [Applicant("", "", "", x=str(x), y=str(y)) for x, y in homes]
    plane = Plane(children, [School("", "", x=str(x), y=str(y)) for x, y in schools])
    found = plane.nearest(np.arange(60), count, np.arange(400))
    for home, near in zip(homes, found.tolist(), strict=True):
        square_ = [(home[0] - x) ** 2 + (home[1] - y) ** 2 for x, y in schools]
        assert sorted(near) == sorted(sorted(range(60), key=lambda at: (square_[at], at))[:count])


@pytest.mark.parametrize("decimals", [0, 6, 15])
def test_ties_go_by_id_and_schools_without_a_place_come_last_as_listed(decimals: int) -> None:
    """Four schools round a home, short coordinates and ones too long for 63 bits; two schools have no place."""
    small = f"0.{'0' * (decimals - 1)}1" if decimals else "0"
    near = {"d": ("5", small), "b": (small, "5"), "c": ("-5", small), "a": (small, "-5")}
    places = near | {"z": ("", ""), "y": ("", "")}
    schools = [School(name, name, x=x, y=y) for name, (x, y) in places.items()]
    home = Applicant("K", "z", "A", x=small, y=small)
    by_id, nearer = ["a", "b", "c", "d"], ["b", "d", "a", "c"]
    assert nearest_first(home, schools) == [*(nearer if decimals else by_id), "z", "y"]


def test_no_place_at_all() -> None:
    """Without homes there are no rows; without places the order of the list counts."""
    assert Nearest([FAR]).orders([]).shape == (0, 1)
    assert Nearest([School("b", "b"), School("a", "a")]).orders([("1", "1")]).tolist() == [[0, 1]]


@pytest.mark.parametrize("decimals", [0, 1, 9, 14])
def test_hundreds_of_homes_on_a_grid_full_of_ties(decimals: int) -> None:
    """Of many homes at once: orders equal those of fractions, for short and for long coordinates."""
    dice = random.Random(decimals)
    step = Decimal(7).scaleb(-decimals)

    def place() -> tuple[str, str]:
        return str(900_000 + dice.randint(0, 9) * step), str(dice.randint(0, 9) * step - 5)

    homes = [place() for _ in range(150)]
    schools = [School(f"s{i:02d}", "", x=x, y=y) for i, (x, y) in enumerate(place() for _ in range(40))]
    for home, order in zip(homes, Nearest(schools).orders(homes).tolist(), strict=True):
        child = Applicant("K", "z", "A", x=home[0], y=home[1])
        assert order == sorted(range(40), key=lambda i: (fraction(child, schools[i]), i))
