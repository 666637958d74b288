"""Which homes lie in a polygon: by hand, and against a count of crossings along a slanting line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.planning.changes_homes import in_polygon
from tests.small_districts import Town, all_phases, kid, policy
from tests.what_if_cases import composed

Point = tuple[Fraction, Fraction]


def point(x: object, y: object) -> Point:
    """A point from decimals."""
    return Fraction(Decimal(str(x))), Fraction(Decimal(str(y)))


def on_edge(where: Point, corners: Sequence[Point]) -> bool:
    """Whether a point is a + t (b - a) with 0 <= t <= 1 on one of the edges."""
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        dx, dy = bx - ax, by - ay
        if not dx and not dy:
            found = where == (ax, ay)
        else:
            t = ((where[0] - ax) * dx + (where[1] - ay) * dy) / (dx * dx + dy * dy)
            found = 0 <= t <= 1 and (ax + t * dx, ay + t * dy) == where
        if found:
            return True
    return False


def by_crossings(where: Point, corners: Sequence[Point]) -> bool:
    """Count edges crossed by a ray of a slope so odd that it meets no corner; a point on an edge is inside."""
    if on_edge(where, corners):
        return True
    dx, dy = Fraction(1_000_003), Fraction(1, 1_000_033)
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
    assert in_polygon(where, corners) == by_crossings(where, corners)
    assert in_polygon(where, corners[::-1]) == in_polygon(where, corners)
    assert in_polygon(where, [*corners, corners[0]]) == in_polygon(where, corners)


HORSESHOE = [point(*corner) for corner in ((0, 0), (6, 0), (6, 6), (4, 6), (4, 2), (2, 2), (2, 6), (0, 6))]


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [
        (1, 5, True), (3, 1, True), (3, 3, False), (3, 2, True), (2, 4, True), (4, 6, True), (0, 0, True),
        (6, 3, True), ("6.000000000000001", 3, False), ("1.999999999999999", 4, True), ("2.000000000000001", 4, False),
        (-1, 3, False), (3, 7, False), (3, 6, False), (5, 6, True), (5, "6.000000000000001", False),
    ],
)  # fmt: skip
def test_a_concave_polygon_by_hand(x: object, y: object, inside: bool) -> None:
    """A horseshoe open to the north: its notch is outside, its edges and corners are inside, to the last decimal."""
    assert in_polygon(point(x, y), HORSESHOE) is inside
    assert by_crossings(point(x, y), HORSESHOE) is inside


def test_decimals_are_exact_on_slanting_edges() -> None:
    """On the line from (0, 0) to (0.3, 0.1): binary fractions would put (0.15, 0.05) on either side."""
    triangle = [point(0, 0), point("0.3", "0.1"), point(0, 1)]
    assert in_polygon(point("0.15", "0.05"), triangle)
    assert not in_polygon(point("0.15", "0.049999999999999"), triangle)


def test_homes_of_a_district_in_a_polygon() -> None:
    """Children on the edge, inside, on the corner of the bounding box, in another zone, and one without a home."""
    homes = {1: ("0", "0.5"), 2: ("0.30", "0.3"), 3: ("1", "1"), 4: ("0.5", "0.5")}
    kids = [kid(number, x=x, y=y) for number, (x, y) in homes.items()] + [kid(5), kid(6, "z3", x="0.3", y="0.3")]
    base = Town().district(policy(all_phases()), kids)
    text = "change: move_homes, from_zone: z1, to_zone: z3, polygon: [[0, 0], [1, 0], ['0.0', 1.0]]"
    made = composed(base, text)
    assert [child.zone for child in made.applicants] == ["z3", "z3", "z1", "z3", "z1", "z3"]
