"""The flows from zones to schools: nobody is lost, widths are to scale, few crossings, large districts folded."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.sheets import Flow, Going, sankey
from allocator.sheets.page import GOINGS
from allocator.sheets.page.flows import NO_SEAT, OTHERS, Layout, Node, _crossings, _ordered, flows_laid_out
from tests.page_cases import read_svg, texts

flows_strategy = st.lists(
    st.builds(
        Flow,
        zone=st.sampled_from("甲乙丙丁戊己"),
        school=st.sampled_from("ABCDEFG"),
        children=st.integers(0, 60),
        going=st.sampled_from(GOINGS),
    ),
    max_size=40,
)


def ends(layout: Layout, side: str) -> Counter[str]:
    """Return the heights of ribbons that meet each node."""
    heights: Counter[str] = Counter()
    for ribbon in layout.ribbons:
        heights[ribbon.zone if side == "left" else ribbon.school] += ribbon.height  # type: ignore[assignment]
    return heights


@given(flows_strategy, st.integers(1, 4), st.integers(1, 4))
def test_nobody_is_lost(flows: list[Flow], most_zones: int, most_schools: int) -> None:
    """Ribbons and those not drawn add up to all children; at each node ribbons fill its height exactly."""
    layout = flows_laid_out(flows, most_zones=most_zones, most_schools=most_schools, drawn=300)
    total = sum(flow.children for flow in flows)
    assert sum(ribbon.children for ribbon in layout.ribbons) + layout.left_out == total
    if layout.ribbons:
        assert sum(ribbon.height for ribbon in layout.ribbons) == pytest.approx(300)
    for side, nodes in (("left", layout.zones), ("right", layout.schools)):
        heights = ends(layout, side)
        assert heights.keys() == {node.key for node in nodes}
        for node in nodes:
            assert heights[node.key] == pytest.approx(node.height)
            assert node.height == pytest.approx(node.children * layout.scale)


@given(flows_strategy)
def test_nothing_overlaps(flows: list[Flow]) -> None:
    """Nodes of a column do not overlap and have room for a label; ribbons lie side by side within their nodes."""
    layout = flows_laid_out(flows)
    for nodes in (layout.zones, layout.schools):
        for one, two in pairwise(nodes):
            assert one.top + one.height <= two.top + 1e-9
            assert two.middle - one.middle >= 17.9
        assert all(node.top >= -1e-9 and node.top + node.height <= layout.height + 1e-9 for node in nodes)
    zones = {node.key: node for node in layout.zones}
    schools = {node.key: node for node in layout.schools}
    for ribbon in layout.ribbons:
        assert_within(ribbon.left, ribbon.height, zones[ribbon.zone])
        assert_within(ribbon.right, ribbon.height, schools[ribbon.school])
    for side in ("zone", "school"):
        at: dict[str, list[tuple[float, float]]] = {}
        for ribbon in layout.ribbons:
            start = ribbon.left if side == "zone" else ribbon.right
            at.setdefault(getattr(ribbon, side), []).append((start, start + ribbon.height))
        for spans in at.values():
            ordered = sorted(spans)
            assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(ordered))


def assert_within(top: float, height: float, node: Node) -> None:
    """A ribbon's end lies within its node."""
    assert node.top - 1e-6 <= top
    assert top + height <= node.top + node.height + 1e-6


@given(flows_strategy, st.randoms(use_true_random=False))
def test_order_of_flows_changes_nothing(flows: list[Flow], source: random.Random) -> None:
    """The same flows in another order make the same picture."""
    assert sankey(flows, "zh") == sankey(source.sample(flows, len(flows)), "zh")


@given(st.dictionaries(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("ABCD")), st.integers(1, 9), min_size=1))
def test_crossings_are_near_the_least(weights: dict[tuple[str, str], int]) -> None:
    """Beside all orders of small districts: never worse than the order of names, never better than the least."""
    home: Going = "home"
    links = {(zone, school, home): count for (zone, school), count in weights.items()}
    found = _crossings(*_ordered(links), weights)
    zones, schools = sorted({zone for zone, _ in weights}), sorted({school for _, school in weights})
    least = min(_crossings(one, two, weights) for one in permutations(zones) for two in permutations(schools))
    assert least <= found <= _crossings(zones, schools, weights)


def test_matching_zones_and_schools_do_not_cross() -> None:
    """Where each zone goes to a school of its own, no ribbon crosses another."""
    links: dict[tuple[str, str, Going], int] = {(f"z{at}", f"s{(at * 5) % 12}", "home"): 10 for at in range(12)}
    weights = {(zone, school): count for (zone, school, _), count in links.items()}
    assert _crossings(*_ordered(links), weights) == 0


def test_children_without_a_seat_stand_at_the_bottom() -> None:
    """They have a node of their own, the last one, whatever school their flow names."""
    layout = flows_laid_out([Flow("甲", "A", 5), Flow("甲", "A", 2, "unplaced"), Flow("乙", "", 1, "unplaced")])
    assert [(node.key, node.children) for node in layout.schools] == [("A", 5), (NO_SEAT, 3)]
    assert "尚未落实学位 3" in texts(read_svg(sankey([Flow("甲", "A", 5), Flow("甲", "A", 3, "unplaced")], "zh")))


def test_a_name_like_a_reserved_key_is_a_name() -> None:
    """A school called as the words for no seat or others is a school."""
    layout = flows_laid_out([Flow("其他", "无学位", 5), Flow("others", "no seat", 2)])
    assert {node.key for node in layout.schools} == {"无学位", "no seat"}
    assert OTHERS not in {node.key for node in layout.zones}


def test_large_districts_are_folded() -> None:
    """Of 300 zones and schools those with most diverted keep their names; the rest is one node, and told."""
    flows = [Flow(f"z{place:03}", f"s{place:03}", 100) for place in range(300)]
    flows += [Flow(f"z{place:03}", f"s{place + 1:03}", place - 280, "diverted") for place in range(285, 299)]
    start = time.perf_counter()
    layout = flows_laid_out(flows)
    svg = sankey(flows, "en")
    assert time.perf_counter() - start < 5
    assert {node.key for node in layout.zones} == {OTHERS, *(f"z{place:03}" for place in range(285, 299))}
    assert len(layout.schools) <= 17
    others = next(node for node in layout.zones if node.key == OTHERS)
    assert others.names == 286
    shown = texts(read_svg(svg))
    assert f"not drawn: {layout.left_out:,} children from the other zones to the other schools" in shown
    assert len(svg.encode()) < 60_000


def test_one_more_than_fits_is_not_folded() -> None:
    """A single node is never folded: it would take the same place without its name."""
    flows = [Flow(f"z{place}", "A", 1) for place in range(4)]
    assert len(flows_laid_out(flows, most_zones=3).zones) == 4
    assert OTHERS in {node.key for node in flows_laid_out(flows, most_zones=2).zones}


def test_zero_flows_are_no_flows() -> None:
    """Flows of nobody draw nothing, and a picture of such flows alone says so."""
    assert flows_laid_out([Flow("甲", "A", 0), Flow("乙", "B", 3)]).zones[0].key == "乙"
    assert texts(read_svg(sankey([Flow("甲", "A", 0)], "zh"))) == ["没有可显示的数据"]


def test_numbers_in_words() -> None:
    """Worked by hand: the legend, the nodes and each ribbon tell their children."""
    flows = [Flow("甲", "甲小", 30), Flow("甲", "乙小", 12, "diverted"), Flow("乙", "乙小", 8, "chosen")]
    svg = sankey(flows, "zh")
    shown = texts(read_svg(svg))
    assert {"对口学校 30", "分流或调剂 12", "所选学校 8", "甲 42", "乙 8", "甲小 30", "乙小 20"} <= set(shown)
    assert "<title>甲 → 乙小: 12 (分流或调剂)</title>" in svg
    assert re.search("<desc[^>]*>50 名学生：对口学校 30，所选学校 8，分流或调剂 12，尚未落实学位 0</desc>", svg)


@pytest.mark.parametrize(("children", "going"), [(-1, "home"), (1, "lost")])
def test_impossible_flows_are_refused(children: int, going: Going) -> None:
    """No negative flow and no unknown way to go."""
    with pytest.raises(ValueError, match="Expected"):
        Flow("甲", "A", children, going)
