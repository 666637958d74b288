"""The map: squares instead of homes, labels apart, small files, a scale bar to scale."""

from __future__ import annotations

import random
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.sheets import WIDTH, Going, Home, MapSchool, district_map
from allocator.sheets.page.labels import Rectangle, Spot, placed_labels
from allocator.sheets.page.map import _nice, _view
from allocator.sheets.page.ways import most_used
from tests.page_cases import LANGUAGES, read_svg, texts


def district(children: int, schools: int) -> tuple[list[Home], list[MapSchool]]:
    """Return homes and schools anywhere in a district of 15 by 12 km, the same every time."""
    source = random.Random(7)
    places = [
        MapSchool(f"s{place}", f"第{place}小学", source.randrange(15_000), source.randrange(12_000), 40 * (place % 9))
        for place in range(schools)
    ]
    kinds: tuple[Going, ...] = ("home", "home", "chosen", "diverted", "unplaced")
    homes = []
    for _ in range(children):
        kind = kinds[source.randrange(len(kinds))]
        start, end = source.choice(places), source.choice(places)
        homes.append(Home(source.randrange(15_000), source.randrange(12_000), kind, 1, start.key, end.key))
    return homes, places


def test_three_thousand_children_in_a_small_file() -> None:
    """3,000 children and 14 schools stay below 300 kB, 30,000 and 150 too."""
    for children, schools in ((3000, 14), (30_000, 150)):
        svg = district_map(*district(children, schools), "zh")
        read_svg(svg)
        assert len(svg.encode()) < 300_000


def test_no_home_stands_where_it_is() -> None:
    """Circles stand in the middle of squares of at least 100 m: moving a home within its square changes nothing."""
    corners = [Home(0, 0, "home"), Home(3000, 3000, "home")]
    one = district_map([*corners, Home(1210, 1310, "diverted")], [], "zh")
    two = district_map([*corners, Home(1290, 1390, "diverted")], [], "zh")
    assert one == two
    tiny = district_map([Home(5, 5, "home"), Home(90, 95, "home")], [], "zh")
    assert tiny.count("<circle") == 2  # one square, and the legend


def test_order_of_homes_and_schools_changes_nothing() -> None:
    """Homes and schools in another order make the same map."""
    homes, schools = district(200, 9)
    source = random.Random(1)
    shuffled = district_map(source.sample(homes, len(homes)), source.sample(schools, len(schools)), "en")
    assert district_map(homes, schools, "en") == shuffled


def test_signs_are_told_apart_by_shape() -> None:
    """Diverted children are diamonds, those without a seat triangles, and only what is on the map is in its legend."""
    svg = district_map([Home(0, 0, "diverted", 2), Home(900, 900, "unplaced")], [], "en")
    assert {"of them diverted", "of them without a seat"} <= set(texts(read_svg(svg)))
    plain = texts(read_svg(district_map([Home(0, 0, "home"), Home(900, 900, "chosen")], [], "en")))
    assert not {"of them diverted", "of them without a seat", "school (area: seats)"} & set(plain)


def test_scale_bar_is_to_scale() -> None:
    """Worked by hand: on a map 10 km wide the bar of a kilometre is a tenth of the map's inner width."""
    svg = district_map([Home(0, 0, "home"), Home(10_000, 5_000, "home")], [], "en")
    assert "1 km" in texts(read_svg(svg))
    bar = re.search(r"M8 [\d.]+v10M8 [\d.]+h([\d.]+)m0-5v10", svg)
    assert bar is not None
    assert float(bar[1]) == pytest.approx((WIDTH - 68) / 10, abs=0.1)
    assert "500 m" in texts(read_svg(district_map([Home(0, 0, "home"), Home(3_000, 500, "home")], [], "en")))


@pytest.mark.parametrize(("least", "nice"), [(1, 1), (1.1, 2), (3, 5), (6, 10), (100, 100), (101, 200), (4999, 5000)])
def test_round_lengths(least: float, nice: int) -> None:
    """The smallest of 1, 2 or 5 times a power of ten."""
    assert _nice(least) == nice


def test_both_axes_share_a_scale() -> None:
    """A metre is as long upwards as sideways, and north is not turned: larger y stands higher."""
    view = _view([(0, 0), (4000, 1000)])
    (x0, y0), (x1, y1) = view.at(0, 0), view.at(1000, 1000)
    assert x1 - x0 == pytest.approx(y0 - y1)
    assert y1 < y0


def test_ways_of_diversion() -> None:
    """Worked by hand: ways are summed by pair of schools, known ones only, the most used first, the rare left out."""
    ways = [("a", "b", 30), ("b", "a", 5), ("a", "b", 10), ("a", "a", 99), ("a", "x", 99), ("c", "a", 3)]
    assert most_used(ways, {"a", "b", "c"}) == [("a", "b", 40), ("b", "a", 5)]
    assert most_used([], {"a"}) == []


def test_one_point_is_a_map() -> None:
    """One home, one school, both at one place, schools without homes: the map stands."""
    school = MapSchool("a", "一小", 5, 5, 0)
    for language in LANGUAGES:
        read_svg(district_map([Home(5, 5, "diverted", 0, "a", "a")], [], language))
        read_svg(district_map([], [school], language))
        other = MapSchool("b", "二小", 5, 5, 9)
        read_svg(district_map([Home(5, 5, "diverted", 9, "a", "b")], [school, other], language))


spots_strategy = st.lists(
    st.builds(
        Spot,
        x=st.floats(60, 660),
        y=st.floats(60, 540),
        reach=st.floats(3, 10),
        words=st.sampled_from(["一小 90", "第三小学 240"]),
    ),
    max_size=8,
)


@given(spots_strategy)
def test_each_point_has_its_label(spots: list[Spot]) -> None:
    """Every point is labelled once, in its order."""
    labels = placed_labels(spots, Rectangle(0, 0, 720, 600), 12)
    assert [label.spot for label in labels] == spots


def test_labels_stay_apart() -> None:
    """Of 40 schools in a district labels stay inside the frame, and no two cover each other."""
    _, schools = district(0, 40)
    spots = [Spot(40 + one.x / 25, 40 + one.y / 25, 6, f"{one.name} {one.seats}") for one in schools]
    boxes = [label.box for label in placed_labels(spots, Rectangle(0, 0, 720, 600), 12)]
    covered = [one.overlap(two) for one, two in combinations(boxes, 2) if one.overlap(two) > 0]
    assert covered == []
    assert all(box.outside(Rectangle(0, 0, 720, 600)) == 0 for box in boxes)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Home(float("nan"), 0, "home"),
        lambda: Home(0, 0, "home", -1),
        lambda: MapSchool("a", "a", 0, float("inf"), 1),
        lambda: MapSchool("a", "a", 0, 0, -1),
    ],
)
def test_impossible_places_are_refused(make: object) -> None:
    """No place without a number, no negative count."""
    with pytest.raises(ValueError, match="Expected"):
        make()  # type: ignore[operator]
