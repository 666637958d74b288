"""Charts of the page: well-formed with any names and data, the same bytes every time, true to their numbers."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from allocator.domain import Text
from allocator.sheets import (
    Curve,
    Difference,
    Draws,
    Figure,
    Page,
    PageSection,
    SchoolBar,
    SchoolChange,
    ZoneLevel,
    before_after_chart,
    bilingual,
    difference_distributions,
    distribution,
    gain_levels_chart,
    level_chart,
    render_document,
    supply_demand_chart,
)
from allocator.sheets.page.distributions import _step
from allocator.sheets.page.drawing import DIVERTED, HOME
from tests.page_cases import HOSTILE, LANGUAGES, assert_nothing_fetched, of_name, of_nothing, read_svg, texts

KINDS = sorted(of_nothing())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_in_pictures(kind: str, name: str) -> None:
    """With any name, in both languages, a picture is well-formed and fetches nothing."""
    for language in LANGUAGES:
        read_svg(of_name(name)[kind](language))


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_of_nothing_say_so(kind: str) -> None:
    """Without data a picture says that there is nothing to show."""
    assert texts(read_svg(of_nothing()[kind]("zh"))) == ["没有可显示的数据"]
    assert texts(read_svg(of_nothing()[kind]("en"))) == ["nothing to show"]


@pytest.mark.parametrize("kind", KINDS)
def test_same_data_same_picture(kind: str) -> None:
    """A picture is made of its data alone, and differs between the languages."""
    made = [of_name("一小")[kind](language) for language in (*LANGUAGES, *LANGUAGES)]
    assert made[:2] == made[2:]
    assert made[0] != made[1]


def test_all_pictures_fit_on_one_page() -> None:
    """All pictures get into one page, with ids of their own."""
    figures = tuple(Figure(bilingual(picture)) for picture in of_name("一小").values())
    page = render_document(Page(Text("一", "one"), (PageSection("", parts=figures),))).decode()
    assert_nothing_fetched(page)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids)) >= 4 * len(figures)
    assert "xmlns" not in page


def test_axes_have_no_font_of_the_machine() -> None:
    """No picture names a font or asks for one: the page does."""
    for picture in of_name("一小").values():
        assert "font-family" not in picture("zh")


def boxes(svg: str, colour: str) -> list[tuple[float, float]]:
    """Return left end and width of the boxes of a colour."""
    found = re.findall(rf'<path d="M([\d.-]+),[\d.-]+h([\d.-]+)v[\d.-]+h-?[\d.]+Z" fill="{colour}"', svg)
    return [(float(left), float(wide)) for left, wide in found]


def test_supply_is_to_scale() -> None:
    """Worked by hand: 30 seated from home, 10 diverted in: bars in the ratio 3 : 1, the second after the first."""
    svg = supply_demand_chart([SchoolBar("一小", 20, 50, 40, 10)], "en")
    (own,), (moved,) = boxes(svg, HOME), boxes(svg, DIVERTED)
    assert own[1] == pytest.approx(3 * moved[1], abs=0.4)
    assert moved[0] == pytest.approx(own[0] + own[1], abs=0.2)
    assert "10 left" in texts(read_svg(svg))


def test_shortest_school_is_on_top() -> None:
    """Rows go by gap; short schools are bold and told in words."""
    numbers = {"甲": (10, 20, 10), "乙": (30, 20, 20), "丙": (50, 20, 20), "丁": (5, 5, 5)}
    bars = [SchoolBar(name, *three) for name, three in numbers.items()]
    shown = texts(read_svg(supply_demand_chart(bars, "zh")))
    assert [name for name in shown if name in "甲乙丙丁"] == ["丙", "乙", "丁", "甲"]
    assert [w for w in shown if w[0] in "缺空已" and len(w) > 1] == ["缺 30", "缺 10", "已满", "空余 10"]
    assert 'font-weight="bold">丙<' in supply_demand_chart(bars, "zh")


def test_large_districts_keep_the_widest_gaps() -> None:
    """Of 300 schools 30 are drawn, those with the widest gaps, and the rest is told."""
    bars = [SchoolBar(f"s{place:03}", 300 + place, 300, 300) for place in range(300)]
    shown = texts(read_svg(supply_demand_chart(bars, "en")))
    assert "s299" in shown
    assert "s269" not in shown
    assert "the 30 schools with the widest gap; 270 more are not drawn" in shown


def test_row_order_changes_nothing() -> None:
    """Schools in another order make the same picture."""
    bars = [SchoolBar(f"s{place}", place * 7 % 5, 3, 1) for place in range(9)]
    assert supply_demand_chart(bars, "zh") == supply_demand_chart(random.Random(1).sample(bars, len(bars)), "zh")


def test_changes_are_signed_and_sorted() -> None:
    """The largest change is on top, with its sign; what stays is told as the same."""
    changes = [SchoolChange("甲", 10, 10), SchoolChange("乙", 10, 15), SchoolChange(Text("丙", "C"), 20, 8)]
    shown = texts(read_svg(before_after_chart(changes, "en")))
    assert [words for words in shown if words in ("甲", "乙", "C")] == ["C", "乙", "甲"]
    assert [words for words in shown if words in ("\u221212", "+5", "same")] == ["\u221212", "+5", "same"]
    given = texts(read_svg(before_after_chart(changes, "en", by_size=False)))
    assert [words for words in given if words in ("甲", "乙", "C")] == ["甲", "乙", "C"]


def test_a_small_value_does_not_stand_on_the_name_of_its_row() -> None:
    """Left of a dot near 0 there is no room: the value stands right of both points."""
    root = read_svg(before_after_chart([SchoolChange("甲", 200, 90), SchoolChange("乙", 6, 3)], "en"))
    at = {"".join(node.itertext()): node.attrib for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert at["90"]["text-anchor"] == "end"
    assert at["3"].get("text-anchor", "start") == "start"
    assert float(at["3"]["x"]) > float(at["乙"]["x"])


def test_a_value_from_end_to_end_stands_on_its_line() -> None:
    """From 0 to the right end of a narrow picture there is room on neither side: the value is not outside of it."""
    root = read_svg(before_after_chart([SchoolChange("甲", 0, 5000)], "en", width=352))
    (value,) = (n for n in root.iter("{http://www.w3.org/2000/svg}text") if n.get("x") and n.text == "5,000")
    assert value.attrib["text-anchor"] == "end"
    assert 100 < float(value.attrib["x"]) <= 352


def test_quantiles_by_hand() -> None:
    """The smallest value that at least so many percent do not exceed."""
    twenty = Draws("x", tuple(range(20, 0, -1)))
    assert (twenty.quantile(5), twenty.quantile(95), twenty.mean) == (1, 19, 10.5)
    assert (Draws("x", (7,)).quantile(5), Draws("x", (7,)).quantile(95)) == (7, 7)


@pytest.mark.parametrize(
    ("span", "whole", "step"), [(0, True, 1), (3, True, 1), (100, True, 2), (1000, True, 20), (0.8, False, 0.01)]
)
def test_bars_of_a_distribution(span: float, whole: bool, step: float) -> None:
    """Bars are 1, 2 or 5 times a power of ten wide, at least 1 for whole numbers, and at most some 80."""
    assert _step(span, whole=whole) == pytest.approx(step)


def test_all_draws_stand_in_the_histogram() -> None:
    """Worked by hand: 1, 2, 2, 3 make three bars, the middle one twice as high; the mean is told."""
    svg = distribution([Draws("x", (1, 2, 2, 3))], "en")
    bars = re.findall(r'<path d="M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)h-[\d.]+Z"[^>]*fill="#5b8fbd"', svg)
    heights = [float(tall) for _, tall in bars]
    assert len(heights) == 3
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.3)
    assert heights[0] == heights[2]
    assert "mean 2.0 (1 to 3)" in texts(read_svg(svg))


def test_many_draws_make_a_small_picture() -> None:
    """10,000 draws of six what-ifs stay below 60 kB."""
    source = random.Random(3)
    series = [Draws(str(row), tuple(float(source.randrange(900)) for _ in range(10_000))) for row in range(6)]
    assert len(distribution(series, "zh").encode()) < 60_000


def test_differences_within_their_error_are_hollow() -> None:
    """A difference whose interval holds 0 is hollow and grey, one beyond it full and bold."""
    rows = [Difference("甲", -3, 1), Difference("乙", 1, 1)]
    assert [row.clear for row in rows] == [True, False]
    svg = difference_distributions(rows, "zh")
    assert 'font-weight="bold">\u22123.0 ± 1.0<' in svg
    assert "+1.0 ± 1.0" in texts(read_svg(svg))
    assert 'font-weight="bold">+1.0' not in svg


def test_levels_are_told_in_words() -> None:
    """Each zone's level stands in words besides its colour, the most urgent on top, zones without seats first."""
    zones = [ZoneLevel("甲", 80, "green", 120, "red"), ZoneLevel("乙", 105, "yellow"), ZoneLevel("丙", None, "red")]
    shown = texts(read_svg(level_chart(zones, "zh", yellow=100, red=110)))
    assert [name for name in shown if name in "甲乙丙"] == ["丙", "甲", "乙"]
    assert {"无学位 红色", "80% 绿色 → 120% 红色", "105% 黄色"} <= set(shown)
    assert {"红色 ≥ 110%", "黄色 ≥ 100%"} <= set(shown)


def test_levels_may_have_an_orange_one_and_are_never_rounded_up() -> None:
    """Orange stands between yellow and red; 99.9 % is not shown as the threshold that it does not reach."""
    zones = [ZoneLevel("甲", 96, "orange"), ZoneLevel("乙", 99.9, "orange"), ZoneLevel("丙", 94.99, "yellow")]
    shown = texts(read_svg(level_chart(zones, "zh", yellow=90, red=100, orange=95)))
    assert {"96% 橙色", "99% 橙色", "94% 黄色", "橙色 ≥ 95%"} <= set(shown)


def test_gains_draw_what_was_computed_and_nothing_between() -> None:
    """A bar for each number of seats and school, each with its value; no line joins two of them."""
    curves = [Curve(name, ((0, 0), (10, 8), (45, value))) for name, value in (("甲", 40), ("乙", 40), ("丙", 41))]
    svg = gain_levels_chart(curves, "zh", seats="学位", value="学生")
    places = sorted(float(y) for y in re.findall(r'y="([\d.]+)"[^>]*font-weight="bold">[甲乙丙]<', svg))
    assert len(places) == 3
    assert min(two - one for one, two in pairwise(places)) >= 15
    shown = texts(read_svg(svg))
    assert (shown.count("8"), shown.count("41")) == (3, 1)
    assert shown.count("40") == 2 + 1  # twice a value, once at the axis
    assert {"+10 学位", "+45 学位"} <= set(shown)
    assert len(boxes(svg, HOME)) == 3
    assert not re.search(r'fill="none" stroke="#', svg)
    assert {"1.5", "9"} <= set(
        texts(read_svg(gain_levels_chart([Curve("甲", ((0, 1.5), (9, 9)))], "zh", seats="", value="")))
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: SchoolBar("x", -1, 0, 0),
        lambda: SchoolBar("x", 1, 1, 1, 2),
        lambda: Draws("x", ()),
        lambda: Draws("x", (float("nan"),)),
        lambda: Difference("x", 0, -1),
        lambda: Curve("x", ((1, 1), (1, 2))),
        lambda: Curve("x", ()),
    ],
)
def test_impossible_data_is_refused(make: object) -> None:
    """Data that no district can have is a fault of the caller."""
    with pytest.raises(ValueError, match="Expected"):
        make()  # type: ignore[operator]


@pytest.mark.parametrize("value", [0, 1, 3, 10**7])
def test_pictures_of_one_school(value: int) -> None:
    """One school, one child, none or ten million: the picture stands."""
    for language in LANGUAGES:
        read_svg(supply_demand_chart([SchoolBar("甲", value, value, value)], language))
        read_svg(before_after_chart([SchoolChange("甲", value, 0)], language))
        read_svg(distribution([Draws("甲", (value,)), Draws("乙", (0,))], language))
        read_svg(difference_distributions([Difference("甲", value, value / 3)], language))
        read_svg(gain_levels_chart([Curve("甲", ((0, value),))], language, seats="", value=""))
