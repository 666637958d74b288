"""Small pages and pictures that the tests of the page share, and what every picture must hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from xml.etree import ElementTree

from allocator.domain import Text
from allocator.ground import Language
from allocator.sheets import (
    Cell,
    Column,
    Curve,
    Difference,
    Draws,
    Figure,
    Flow,
    Home,
    MapSchool,
    Note,
    Page,
    PageSection,
    SchoolBar,
    SchoolChange,
    Table,
    Tile,
    ZoneLevel,
    before_after_chart,
    difference_distributions,
    distribution,
    district_map,
    gain_levels_chart,
    level_chart,
    sankey,
    supply_demand_chart,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'>&amp;<img src=x onerror=alert(1)>",
    "</svg></style><iframe src='http://x.example'>",
    "javascript:alert(1) href=\"//x\" url(http://x)",
    "名" * 300,
    "\u0000\u0008\ufffe\u202e\n\r\t",
    " ",
    "",
)
"""Names that a roster or a policy might bring."""

LANGUAGES: tuple[Language, ...] = ("zh", "en")

Picture = Callable[[Language], str]


def of_name(name: str) -> dict[str, Picture]:
    """Return every picture, with a name wherever one can stand."""
    words = Text(name, name)
    return {
        "supply_demand": partial(supply_demand_chart, [SchoolBar(name, 50, 40, 45, 6), SchoolBar("二小", 20, 40, 20)]),
        "before_after": partial(
            before_after_chart, [SchoolChange(name, 3, 5), SchoolChange(words, 4, 4)], axis=words, title=words
        ),
        "distribution": partial(
            distribution, [Draws(name, (1, 2, 2, 3)), Draws(words, (2.5,))], axis=words, title=words
        ),
        "differences": partial(
            difference_distributions, [Difference(name, -3, 1), Difference(words, 0, 0)], axis=words, title=words
        ),
        "warning_levels": partial(
            level_chart, [ZoneLevel(name, 130, "red", 90, "green"), ZoneLevel("二", None, "red")],
            yellow=100, red=110,
        ),
        "gains": partial(
            gain_levels_chart, [Curve(name, ((0, 0), (1, 3))), Curve(words, ((0, 1), (9, 2)))],
            seats=words, value=words, title=words,
        ),
        "sankey": partial(
            sankey, [Flow(name, name, 5), Flow(name, "二小", 2, "diverted"), Flow("二", "", 1, "unplaced")]
        ),
        "district_map": partial(
            district_map,
            [Home(0, 0, "home"), Home(900, 700, "diverted", 3, name, "b"), Home(10, 5, "unplaced")],
            [MapSchool(name, name, 100, 100, 40), MapSchool("b", "二小", 2000, 1500, 0)],
        ),
    }  # fmt: skip


def of_width(name: str) -> dict[str, Callable[[Language, float], str]]:
    """Return every picture as a function of language and width."""
    return {kind: partial(_at_width, make) for kind, make in of_name(name).items()}


def _at_width(make: Callable[..., str], language: Language, width: float) -> str:
    return make(language, width=width)


def of_nothing() -> dict[str, Picture]:
    """Return every picture of no data."""
    return {
        "supply_demand": partial(supply_demand_chart, []),
        "before_after": partial(before_after_chart, []),
        "distribution": partial(distribution, []),
        "differences": partial(difference_distributions, []),
        "warning_levels": partial(level_chart, [], yellow=100, red=110),
        "gains": partial(gain_levels_chart, [], seats="", value=""),
        "sankey": partial(sankey, []),
        "district_map": partial(district_map, [], []),
    }


def read_svg(svg: str) -> ElementTree.Element:
    """Return a picture as a tree, after it has shown what every picture must hold."""
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert [child.tag.rpartition("}")[2] for child in root[:2]] == ["title", "desc"]
    ids = Counter(node.attrib["id"] for node in root.iter() if "id" in node.attrib)
    assert max(ids.values()) == 1
    assert all(name in ids for name in root.attrib["aria-labelledby"].split())
    assert "NaN" not in svg
    assert "undefined" not in svg
    assert_nothing_fetched(svg)
    return root


def texts(root: ElementTree.Element) -> list[str]:
    """Return all words drawn in a picture."""
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


def assert_nothing_fetched(markup: str) -> None:
    """No tag and no style of a document can cause a request."""
    tags = " ".join(re.findall(r"<[^>]*>", markup)).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|//|\bsrc\s*=|url\(|@import|\son\w+\s*=", tags)
    assert not re.search(r"<(?:script|iframe|object|embed|link|base|form)\b", tags)
    assert not re.search(r'href\s*=\s*"(?!#)', tags)
    for style in re.findall(r"<style>(.*?)</style>", markup, re.DOTALL):
        assert not re.search(r"https?:|//|url\(|@import|@font-face|expression|<", style)


def small_page(name: str, figures: tuple[Figure, ...] = ()) -> Page:
    """Return a page with a name in every place where words can stand."""
    words = Text(name, name)
    columns = (Column(words), Column(name, "right", digits=1, signed=True))
    table = Table(columns, ((name, 1234), (Cell(words, name, 0.7, strong=True), -0.25), (None, None)), name, words)
    folded = Table(columns, ((name, Cell("25%", "±1.0", 0.25)),), name, folded=True)
    tiles = (Tile(name, words, name, "bad"), Tile(1234, words))
    section = PageSection(name, words, tiles, (table, folded, Note(name), *figures))
    return Page(words, (section,) * 3, name, (words, name), words, (Tile(2.5, name),), (name,))
