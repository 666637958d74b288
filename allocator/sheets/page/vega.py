"""Plots by Altair and vl-convert: the only place that loads them, and only when a plot is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from allocator.ground import Fault, InputError
from allocator.sheets.page.drawing import (
    FONT_SIZE,
    INK,
    LINE,
    LINE_HEIGHT,
    MUTED,
    draw_lines,
    tenths,
    text_width,
    wrapped_for_drawing,
)

_TITLE_BELOW, _FOOT = 34.0, 48.0
_NEEDED = ("altair", "vl_convert")
_LEFT_OUT = re.compile(r' (?:(?:font-family|class|aria-[a-z]+|role|pointer-events)="[^"]*"|opacity="1")')
_ELEMENT = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(\d+\.\d)\d+")
_IDLE = re.compile(r'<path d="[^"]*"(?: display="none")?/>|<g/>|<defs/>')
"""Paths without fill and stroke, empty groups."""


def demand_vega() -> None:
    """Demand the extra ``report`` before any work begins.

    Raises
    ------
    InputError
        If Altair or vl-convert is not installed (code ``page.extra_missing``).
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise InputError([Fault("page.extra_missing", "--report", value=", ".join(missing))])


@dataclass(frozen=True, slots=True)
class Area:
    """Where a plot stands in its picture: its upper left corner and its size."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale of a plot.

    Attributes
    ----------
    low, high : float
        Values at its ends (left and right, bottom and top); may run downwards.
    title : str
        Words below a horizontal axis; empty for none.
    whole : bool
        Ticks at whole numbers only.
    shown : bool
        Whether there are an axis and a grid at all.
    ticks : int
        About how many.
    """

    low: float
    high: float
    title: str = ""
    whole: bool = True
    shown: bool = True
    ticks: int = 6


def vega_rows_scale(count: int) -> Scale:
    """Return the scale of a plot in which row ``i`` lies between ``i`` and ``i + 1``, the first on top."""
    return Scale(count, 0, shown=False)


Box = tuple[float, float, float, float]
"""Left, right, lower and upper end, in values of the scales."""


class Plot:
    """Boxes, lines and points on two linear scales, drawn by Altair in the order in which they are put in.

    Words are none of its business: they stand where ``x_at`` says, so that no text of a user reaches a
    chart's specification and no font of a machine changes the picture.

    Parameters
    ----------
    area : Area
        Where it stands in the picture; its axes stand outside of it.
    x, y : Scale
        Horizontal and vertical scale.
    """

    def __init__(self, area: Area, x: Scale, y: Scale) -> None:
        self.area, self.x, self.y = area, x, y
        self._alt: Any = import_module("altair")
        self._layers: list[Any] = []

    def x_at(self, value: float) -> float:
        """Return where a value stands in the picture, from the left."""
        return self.area.left + self.area.width * _part(value, self.x)

    @property
    def foot(self) -> float:
        """Height of the axis and its title below the area."""
        return _FOOT + LINE_HEIGHT * (len(self._title) - 1)

    @property
    def _title(self) -> tuple[str, ...]:
        """Words below the axis, in lines."""
        return wrapped_for_drawing(self.x.title, FONT_SIZE, self.area.width)

    def boxes(self, boxes: Sequence[Box], colour: str, **look: object) -> None:
        """Put in filled boxes."""
        self._put([dict(zip(("x", "x2", "y", "y2"), box, strict=True)) for box in boxes],
                  "mark_rect", True, color=colour, **look)  # fmt: skip

    def lines(self, lines: Sequence[Box], colour: str, width: float = 2, **look: object) -> None:
        """Put in straight lines from the first to the second end."""
        self._put([dict(zip(("x", "x2", "y", "y2"), line, strict=True)) for line in lines],
                  "mark_rule", True, color=colour, strokeWidth=width, **look)  # fmt: skip

    def points(self, points: Sequence[tuple[float, float]], colour: str, shape: str = "circle", size: float = 110,
               *, hollow: bool = False) -> None:  # fmt: skip
        """Put in points; ``size`` is their area in square units of the picture."""
        edge = {"fill": "#fff", "stroke": colour, "strokeWidth": 2} if hollow else {"fill": colour, "stroke": "#fff"}
        self._put([{"x": x, "y": y} for x, y in points], "mark_point", False, shape=shape, size=size, opacity=1, **edge)

    def path(self, points: Sequence[tuple[float, float]], colour: str, width: float = 2.5, **look: object) -> None:
        """Put in a line through points."""
        self._put([{"x": x, "y": y} for x, y in points], "mark_line", False, color=colour, strokeWidth=width, **look)

    def _put(self, rows: list[dict[str, float]], mark: str, ends: bool, /, **look: object) -> None:
        """Put in a layer of marks of one kind, which have two ends or stand at a point."""
        alt = self._alt
        chart = getattr(alt.Chart(alt.InlineData(values=rows)), mark)(**look)
        more = {"x2": "x2", "y2": "y2"} if ends else {}
        x, y = _encoded(alt, self.x), _encoded(alt, self.y)
        self._layers += [chart.encode(x=alt.X("x", **x), y=alt.Y("y", **y), **more)] if rows else []

    def svg(self) -> str:
        """Return marks and axes as SVG elements in their place in the picture; empty if nothing was put in."""
        if not self._layers:
            return ""
        alt, area = self._alt, self.area
        chart = (
            alt.layer(*self._layers)
            .properties(width=area.width, height=area.height, padding=0, autosize=alt.AutoSizeParams(type="none"))
            .configure(aria=False, background="transparent")
            .configure_view(stroke=None)
            .configure_axis(labelFontSize=FONT_SIZE, labelColor=MUTED, gridColor=LINE, domain=False, tickColor=LINE,
                            labelLimit=0, labelOverlap=False)
        )  # fmt: skip
        svg: str = import_module("vl_convert").vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])
        inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
        inside = _IDLE.sub("", _ELEMENT.sub(_plain, inside))
        title = draw_lines(area.left + area.width / 2, area.top + area.height + _TITLE_BELOW, self._title,
                           anchor="middle", fill=MUTED) if self.x.title else ""  # fmt: skip
        return f'<g transform="translate({tenths(area.left)} {tenths(area.top)})">{inside}</g>{title}'


def _part(value: float, scale: Scale) -> float:
    """Where a value stands between the ends of a scale, from 0 to 1."""
    return (value - scale.low) / (scale.high - scale.low)


def _encoded(alt: Any, scale: Scale) -> dict[str, Any]:
    """A scale as options of an encoding; Vega-Lite puts the first end of a vertical domain at the bottom."""
    shown = None
    if scale.shown:
        step = {"tickMinStep": 1} if scale.whole else {}
        shown = alt.Axis(title=None, tickCount=scale.ticks, labelFlush=False,
                         format=",d" if scale.whole else ",~r", **step)  # fmt: skip
    low, high = sorted((scale.low, scale.high))
    falls = scale.low > scale.high
    fixed = alt.Scale(domain=[low, high], nice=False, zero=False, padding=0, reverse=falls)
    return {"type": "quantitative", "axis": shown, "scale": fixed}


def _plain(found: re.Match[str]) -> str:
    """An element without fonts, classes and roles, one decimal a number; words between elements stay untouched."""
    return _NUMBER.sub(r"\1", _LEFT_OUT.sub("", found[0]))


STACKED_BELOW = 500.0
"""Narrower pictures have their names above the bands."""

_LABEL_PART, _TOLD_PART, _GAP = 0.36, 0.4, 12.0

LabelLines = tuple[str, ...]


def is_vega_stacked(width: float) -> bool:
    """Whether a picture is so narrow that names stand above their bands."""
    return width < STACKED_BELOW


@dataclass(frozen=True, slots=True)
class BarRows:
    """Rows in their place.

    Attributes
    ----------
    area : Area
        The plot.
    names, told : tuple of LabelLines
        Words of each row: its name (with more below it), and what is told of it at the right edge.
    bold : tuple of int
        Lines of each name that are bold where the row is; the rest is muted.
    step, low, high : float
        Height of a row, and the part of it that is its band.
    width : float
        Of the picture.
    """

    area: Area
    names: tuple[LabelLines, ...]
    told: tuple[LabelLines, ...]
    heads: tuple[int, ...]
    step: float
    low: float
    high: float
    width: float

    def at(self, row: int, part: float) -> float:
        """Return a place within the band of a row (0 its upper end, 1 its lower) as a value of the plot's rows."""
        return row + self.low + part * (self.high - self.low)

    def upright(self) -> list[tuple[float, float]]:
        """Return from where to where lines through all rows go: past no words, so band by band on a narrow picture."""
        if is_vega_stacked(self.width):
            return [(self.at(row, 0), self.at(row, 1)) for row in range(len(self.names))]
        return [(0, len(self.names))]

    def middle(self, row: int) -> float:
        """Return the height of the middle of a band in the picture."""
        return self.area.top + self.step * self.at(row, 0.5)

    def labels(
        self, *, bold: Sequence[bool] = (), fill: Callable[[int], str] = lambda _: INK, strong: Sequence[bool] = ()
    ) -> list[str]:
        """Return names and what is told.

        Parameters
        ----------
        bold, strong : sequence of bool
            Rows whose name, and whose telling, is bold; none where it is empty.
        fill : callable
            Colour of what is told of a row.
        """
        found = []
        for row, (name, told) in enumerate(zip(self.names, self.told, strict=True)):
            found += self._name(row, name, heavy=bool(bold) and bold[row])
            if any(told):
                y = self._first(row, len(told), above=is_vega_stacked(self.width))
                found.append(draw_lines(self.width, y, told, anchor="end", fill=fill(row),
                                        bold=bool(strong) and strong[row]))  # fmt: skip
        return found

    def _name(self, row: int, name: LabelLines, *, heavy: bool) -> list[str]:
        """The words at the left of a row: its name, then what stands below it."""
        stacked, head = is_vega_stacked(self.width), self.heads[row]
        x, anchor = (0.0, "start") if stacked else (self.area.left - 10, "end")
        y = self._first(row, len(name), above=stacked)
        found = [draw_lines(x, y, name[:head], anchor=anchor, bold=heavy)]
        if name[head:]:
            found.append(draw_lines(x, y + LINE_HEIGHT * head, name[head:], anchor=anchor, fill=MUTED))
        return found

    def _first(self, row: int, lines: int, *, above: bool) -> float:
        """Height of the first of some lines: at the top of a row, or so that all are centred on its band."""
        if above:
            return self.area.top + self.step * row + LINE_HEIGHT * 0.5 + 2
        return self.middle(row) - LINE_HEIGHT * (lines - 1) / 2


def vega_rows(
    names: Sequence[str], values: Sequence[str], top: float, width: float, band: float, *, below: Sequence[str] = (),
    edge: float = 0.0,
) -> BarRows:  # fmt: skip
    """Return rows laid out.

    Parameters
    ----------
    names, values : sequence of str
        Name of each row, and what is told of it.
    top, width : float
        Where the plot begins, and the width of the picture.
    band : float
        Height of a band.
    below : sequence of str
        Words below each name.
    edge : float
        Room kept free between plot and tellings.
    """
    under = below or [""] * len(names)
    if is_vega_stacked(width):
        return _stacked(names, values, under, top, width, band, edge)
    left = _room([*names, *under], width * _LABEL_PART)
    right = _room(values, width * _TOLD_PART)
    heads = [wrapped_for_drawing(name, FONT_SIZE, left - _GAP) for name in names]
    whole = [(*head, *_more(words, left - _GAP)) for head, words in zip(heads, under, strict=True)]
    tellings = [wrapped_for_drawing(words, FONT_SIZE, right - _GAP) for words in values]
    tallest = max((len(lines) for lines in (*whole, *tellings)), default=1)
    step = max(band, LINE_HEIGHT * tallest + 8)
    area = Area(left, top, width - left - right - edge, step * len(names))
    low = (step - band) / 2 / step
    return BarRows(area, tuple(whole), tuple(tellings), tuple(map(len, heads)), step, low, 1 - low, width)


def _stacked(
    names: Sequence[str], told: Sequence[str], under: Sequence[str], top: float, width: float, band: float, edge: float
) -> BarRows:
    """Rows of a narrow picture: words first, then the band over the whole width."""
    widest = max((text_width(words, FONT_SIZE) for words in told), default=0.0)
    beside = widest <= width * 0.5
    room = width - (widest + _GAP if beside and widest else 0.0)
    heads = [wrapped_for_drawing(name, FONT_SIZE, room) for name in names]
    lines = [(*head, *_more(words, room)) for head, words in zip(heads, under, strict=True)]
    if not beside:  # what is told stands below the name
        lines = [(*have, *_more(words, room)) for have, words in zip(lines, told, strict=True)]
    tellings: list[LabelLines] = [(words,) if beside else ("",) for words in told]
    words_tall = LINE_HEIGHT * max((len(have) for have in lines), default=1) + 4
    step = words_tall + band + 6
    area = Area(12, top, width - 24 - min(edge, 20), step * len(names))
    low, high = words_tall / step, (words_tall + band) / step
    return BarRows(area, tuple(lines), tuple(tellings), tuple(map(len, heads)), step, low, high, width)


def _more(words: str, room: float) -> LabelLines:
    """Lines of words below a name; none where there are no words."""
    return wrapped_for_drawing(words, FONT_SIZE, room) if words.strip() else ()


def _room(words: Sequence[str], most: float) -> float:
    """How much room words at an edge need, at most so much."""
    return min(most, max((text_width(one, FONT_SIZE) for one in words), default=0.0)) + _GAP
