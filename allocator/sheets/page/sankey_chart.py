"""Flows from zones to schools as a Sankey diagram; own SVG, no extra needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allocator.ground import Language, text
from allocator.sheets.page.charts import empty_chart
from allocator.sheets.page.drawing import (
    DIVERTED,
    FONT_SIZE,
    HOME,
    INK,
    LINE_HEIGHT,
    MUTED,
    UNPLACED,
    WIDTH,
    LegendKey,
    draw_legend,
    draw_paragraph,
    draw_words,
    drawing_tag,
    escaped,
    framed_drawing,
    tenths,
    wrapped_for_drawing,
)
from allocator.sheets.page.flows import GOINGS, NO_SEAT, OTHERS, Flow, Going, Layout, Node, Ribbon, flows_laid_out
from allocator.sheets.page.vega import is_vega_stacked
from allocator.sheets.table import number

_BAR = 12.0
_SMALL = 11.5
_LOOK: dict[Going, tuple[str, str]] = {
    "home": (HOME, "0.24"), "chosen": (HOME, "0.62"), "diverted": (DIVERTED, "0.85"), "unplaced": (UNPLACED, "0.85"),
}  # fmt: skip
"""Fill and its opacity: home pale, for the eye should see who goes elsewhere."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Where the bars of zones and schools stand, in a picture of some width; names stand outside of them."""

    left: float
    right: float
    width: float

    @property
    def room(self) -> float:
        """Width of the names of zones; schools have as much."""
        return self.left - 8


def _sides(width: float) -> _Sides:
    """Both sides; on a narrow picture names have less room and more lines."""
    part = 0.315 if is_vega_stacked(width) else 0.228
    return _Sides(part * width, width - part * width - _BAR, width)


def sankey(
    flows: Iterable[Flow], language: Language, *, most_zones: int = 14, most_schools: int = 16, width: float = WIDTH
) -> str:
    """Return a diagram of the children's ways from zones to schools, as wide as they are many.

    Parameters
    ----------
    flows : iterable of Flow
        In any order.
    most_zones, most_schools : int
        Shown by name, those with most children diverted first; the rest become one node.
    """
    title = text("page.flows", language)
    given = list(flows)
    sides = _sides(width)
    layout = _laid_out(given, most_zones, most_schools, sides, language)
    if not layout.ribbons:
        return empty_chart(language, title, width)
    counted: Counter[Going] = Counter()
    for flow in given:
        counted[flow.going] += flow.children
    goings = [going for going in GOINGS if counted[going]]
    named = {going: text(f"page.kind.{going}", language) for going in goings}
    keys, top = draw_legend([
        LegendKey("bar", _LOOK[going][0], f"{named[going]} {number(counted[going])}", _LOOK[going][1])
        for going in goings
    ], width)  # fmt: skip
    heads = draw_words(sides.left + _BAR, 10, text("page.zones", language), anchor="end", bold=True)
    heads += draw_words(sides.right, 10, text("page.schools", language), bold=True)
    body = heads + "".join(_drawn(layout, sides, language))
    shown: dict[str, object] = {going: number(counted[going]) for going in GOINGS}
    told = text("page.flows_said", language, children=number(sum(counted.values())), **shown)
    moved = drawing_tag("g", body, transform=f"translate(0 {tenths(top + 8)})")
    height = top + 8 + 24 + layout.height
    if not layout.left_out:
        return framed_drawing(language, title, told, height, [keys, moved], width)
    words = text("page.flows_left_out", language, children=number(layout.left_out))
    note, tall = draw_paragraph(words, height + 6, width)
    return framed_drawing(language, title, told, height + 6 + tall, [keys, moved, note], width)


def _laid_out(flows: list[Flow], most_zones: int, most_schools: int, sides: _Sides, language: Language) -> Layout:
    """The layout, with room for the longest name's lines at every node."""
    layout = flows_laid_out(flows, most_zones=most_zones, most_schools=most_schools)
    most = max((len(_lines(node, sides, language)) for node in (*layout.zones, *layout.schools)), default=1)
    if most == 1:
        return layout
    return flows_laid_out(flows, most_zones=most_zones, most_schools=most_schools, slot=LINE_HEIGHT * most + 3)


def _lines(node: Node, sides: _Sides, language: Language) -> tuple[str, ...]:
    """Name and number of a node in lines."""
    return wrapped_for_drawing(
        f"{_name(node.key, node.names, language)} {number(node.children)}", FONT_SIZE, sides.room
    )


def _drawn(layout: Layout, sides: _Sides, language: Language) -> list[str]:
    """Ribbons (the thin and coloured ones last), nodes, then all words."""
    order = sorted(layout.ribbons, key=lambda one: (GOINGS.index(one.going), -one.height))
    drawn = [_ribbon(one, sides, language) for one in order]
    for nodes, bar, x, anchor in (
        (layout.zones, sides.left, sides.left - 8, "end"),
        (layout.schools, sides.right, sides.right + _BAR + 8, "start"),
    ):
        drawn += [_node(node, bar) + _label(node, x, anchor, sides, language) for node in nodes]
    return drawn + _values(layout.ribbons, sides)


def _ribbon(one: Ribbon, sides: _Sides, language: Language) -> str:
    """One ribbon; pointing at it shows its words."""
    x0, x1 = sides.left + _BAR, sides.right
    middle = tenths((x0 + x1) / 2)
    top, end = tenths(one.left + 24), tenths(one.right + 24)
    low, low_end = tenths(one.left + 24 + one.height), tenths(one.right + 24 + one.height)
    outline = (
        f"M{tenths(x0)} {top}C{middle} {top} {middle} {end} {tenths(x1)} {end}"
        f"V{low_end}C{middle} {low_end} {middle} {low} {tenths(x0)} {low}z"
    )
    going = text(f"page.kind.{one.going}", language)
    words = f"{_name(one.zone, 1, language)} → {_name(one.school, 1, language)}: {number(one.children)} ({going})"
    colour, strength = _LOOK[one.going]
    # an edge tells diverted children from the others without colour
    edge: dict[str, str | float] = {}
    if one.going in ("diverted", "unplaced"):
        edge = {"stroke": colour, "stroke_width": 0.7}
    return drawing_tag(
        "path", f"<title>{escaped(words)}</title>", d=outline, fill=colour, fill_opacity=strength, **edge
    )


def _node(node: Node, x: float) -> str:
    """The bar of a zone or school, never thinner than a line."""
    fill = UNPLACED if node.key == NO_SEAT else INK
    return drawing_tag("rect", x=x, y=node.top + 24, width=_BAR, height=max(1.0, node.height), fill=fill)


def _name(key: str, names: int, language: Language) -> str:
    """The name of a node."""
    if key == OTHERS:
        return text("page.others", language, count=names) if names > 1 else text("page.others_all", language)
    return text("page.kind.unplaced", language) if key == NO_SEAT else key


def _label(node: Node, x: float, anchor: str, sides: _Sides, language: Language) -> str:
    """Name and number of a node, outside of the diagram, in as many lines as they need."""
    lines, count = _lines(node, sides, language), number(node.children)
    y = node.middle + 24 - LINE_HEIGHT * (len(lines) - 1) / 2 + FONT_SIZE * 0.35
    parts = []
    for place, line in enumerate(lines):
        last = place == len(lines) - 1 and line.endswith(count)
        words = (
            escaped(line.removesuffix(count)) + drawing_tag("tspan", escaped(count), fill=MUTED)
            if last
            else escaped(line)
        )
        parts.append(words if len(lines) == 1 else drawing_tag("tspan", words, x=x, dy=LINE_HEIGHT if place else 0.0))
    more = {"font_weight": "bold"} if node.key == NO_SEAT else {}
    fill = UNPLACED if node.key == NO_SEAT else INK
    return drawing_tag("text", "".join(parts), x=x, y=y, fill=fill, text_anchor=anchor, **more)


def _values(ribbons: Sequence[Ribbon], sides: _Sides) -> list[str]:
    """The numbers of ribbons at their school's end, the diverted and the large first, as many as do not collide."""
    rank = {"unplaced": 0, "diverted": 0, "chosen": 1, "home": 1}
    shown: list[str] = []
    taken: list[float] = []
    for one in sorted(ribbons, key=lambda one: (rank[one.going], -one.children, one.right)):
        y = one.right + one.height / 2 + 24
        if one.height >= 2 and all(abs(y - other) >= _SMALL + 1 for other in taken):
            taken.append(y)
            shown.append(draw_words(sides.right - 6, y, number(one.children), size=_SMALL, anchor="end", halo=True))
    return shown
