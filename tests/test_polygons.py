"""Which homes lie in a polygon: by hand, and against a count of crossings along a slanting line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.planning.whatif.homes import home_in_polygon
from tests.small_districts import Town, all_phases, kid, policy
from tests.what_if_cases import composed

Point = tuple[Fraction, Fraction]


def point(x: object, y: object) -> Point:
    """A point from decimals."""
    return Fraction(Decimal(str(x))), Fraction(Decimal(str(y)))


def by_crossings(where: Point, corners: Sequence[Point]) -> bool:
    """Count edges crossed by a ray of a slope so odd that it meets no corner, from a hair to the east and north."""
    where = where[0] + Fraction(1, 10**18), where[1] + Fraction(1, 10**30)
    dx, dy = Fraction(1), Fraction(1, 10**33 + 33)
    side = [dx * (y - where[1]) - dy * (x - where[0]) for x, y in corners]
    assert all(side), "the ray meets a corner"
    crossed = 0
    for i, (ax, _) in enumerate(corners):
        j = (i + 1) % len(corners)
        if (side[i] > 0) != (side[j] > 0):
            t = side[i] / (side[i] - side[j])
            crossed += ax + t * (corners[j][0] - ax) > where[0]
    return crossed % 2 == 1


SMALL = st.integers(0, 6).map(Fraction)
CORNERS = st.lists(st.tuples(SMALL, SMALL), min_size=3, max_size=8)


@settings(max_examples=500, deadline=None)
@given(CORNERS, st.tuples(st.integers(-1, 14).map(lambda n: Fraction(n, 2)), st.integers(-1, 14).map(
    lambda n: Fraction(n, 2))))  # fmt: skip
def test_polygons_of_any_shape(corners: list[Point], where: Point) -> None:
    """Concave, crossing itself, with corners twice or on a line: the same as by counting crossings elsewhere."""
    assert home_in_polygon(where, corners) == by_crossings(where, corners)
    assert home_in_polygon(where, corners[::-1]) == home_in_polygon(where, corners)
    assert home_in_polygon(where, [*corners, corners[0]]) == home_in_polygon(where, corners)


HORSESHOE = [point(*corner) for corner in ((0, 0), (6, 0), (6, 6), (4, 6), (4, 2), (2, 2), (2, 6), (0, 6))]


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [
        (1, 5, True), (3, 1, True), (3, 3, False), (3, 2, False), (2, 4, False), (4, 6, False), (0, 0, True),
        (6, 3, False), ("5.999999999999999", 3, True), ("1.999999999999999", 4, True), (4, 4, True), (0, 4, True),
        (-1, 3, False), (3, 7, False), (3, 6, False), (5, 6, False), (5, "5.999999999999999", True), (2, 0, True),
    ],
)  # fmt: skip
def test_a_concave_polygon_by_hand(x: object, y: object, inside: bool) -> None:
    """A horseshoe open to the north has its western and southern edges and no others, to the last decimal."""
    assert home_in_polygon(point(x, y), HORSESHOE) is inside
    assert by_crossings(point(x, y), HORSESHOE) is inside


def test_decimals_are_exact_on_slanting_edges() -> None:
    """On the line from (0, 0) to (0.3, 0.1): binary fractions would put (0.15, 0.05) on either side."""
    triangle = [point(0, 0), point("0.3", "0.1"), point(0, 1)]
    below = [point(0, 0), point("0.3", 0), point("0.3", "0.1")]
    assert not home_in_polygon(point("0.15", "0.05"), triangle)
    assert home_in_polygon(point("0.15", "0.05"), below)
    assert home_in_polygon(point("0.15", "0.050000000000001"), triangle)


def test_homes_of_a_district_in_a_polygon() -> None:
    """Children on the edge, inside, on the corner of the bounding box, in another zone, and one without a home."""
    homes = {1: ("0", "0.5"), 2: ("0.30", "0.3"), 3: ("1", "1"), 4: ("0.5", "0.5")}
    kids = [kid(number, x=x, y=y) for number, (x, y) in homes.items()] + [kid(5), kid(6, "z3", x="0.3", y="0.3")]
    base = Town().district(policy(all_phases()), kids)
    text = "change: move_homes, from_zone: z1, to_zone: z3, polygon: [[0, 0], [1, 0], ['0.0', 1.0]]"
    made = composed(base, text)
    assert [child.zone for child in made.applicants] == ["z3", "z3", "z1", "z1", "z1", "z3"]


def areas(lines: Sequence[Sequence[Point]], columns: int) -> list[list[Point]]:
    """Quadrilaterals between the points of neighbouring lines; those of one line stand beside each other."""
    pairs = pairwise(lines)
    return [[low[i], low[i + 1], high[i + 1], high[i]] for low, high in pairs for i in range(columns)]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), min_size=16, max_size=16), st.data())
def test_neighbouring_areas_are_a_partition(shifts: list[tuple[int, int]], data: st.DataObject) -> None:
    """Nine areas with crooked borders, written from any corner and either way round: each home is in exactly one.

    Corners are points of the borders too; those of the outer rim are in one or in none, as in the whole area.
    """
    lines = [
        [(Fraction(10 * i + shifts[4 * j + i][0]), Fraction(10 * j + shifts[4 * j + i][1])) for i in range(4)]
        for j in range(4)
    ]
    parts = []
    for area in areas(lines, 3):
        turned = data.draw(st.integers(0, 3))
        corners = area[turned:] + area[:turned]
        parts.append(corners[::-1] if data.draw(st.booleans()) else corners)
    rim = [*lines[0], lines[1][3], lines[2][3], *lines[3][::-1], lines[2][0], lines[1][0]]
    borders = [(a, b) for area in parts for a, b in zip(area, (*area[1:], area[0]), strict=True)]
    t = Fraction(data.draw(st.integers(0, 7)), 7)
    for (ax, ay), (bx, by) in borders:
        where = ax + t * (bx - ax), ay + t * (by - ay)
        assert sum(home_in_polygon(where, part) for part in parts) == home_in_polygon(where, rim)


def test_a_border_with_a_corner_of_one_side_only() -> None:
    """A long edge beside two short ones: no home of the border is in two areas or in none."""
    left = [point(0, 0), point(10, 0), point(10, 10), point(0, 10)]
    right = [[point(10, 0), point(20, 0), point(20, 4), point(10, 4)],
             [point(10, 4), point(20, 4), point(20, 10), point(10, 10)]]  # fmt: skip
    for y in ("0", "3.999", "4", "4.001", "9.999"):
        assert [home_in_polygon(point(10, y), part) for part in (left, *right)].count(True) == 1, y
