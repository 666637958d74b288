"""Charts over many draws: distributions beneath each other, and differences with their 95 % intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite

from allocator.domain import Text
from allocator.ground import Language, text
from allocator.sheets.page.charts import empty_chart
from allocator.sheets.page.drawing import CHOSEN, HOME, INK, MUTED, WIDTH, LegendKey, draw_legend, framed_drawing
from allocator.sheets.page.vega import BarRows, Box, Plot, Scale, is_vega_stacked, vega_rows, vega_rows_scale
from allocator.sheets.table import number, said

_ROW, _THIN_ROW = 62.0, 30.0
_MOST_BINS = 80


@dataclass(frozen=True, slots=True)
class Draws:
    """A figure in each of many draws.

    Attributes
    ----------
    name : Text or str
        The what-if.
    values : tuple of float
        One a draw, at least one, all finite.
    """

    name: Text | str
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values or not all(map(isfinite, self.values)):
            raise ValueError("Expected at least one draw, and finite values.")

    @property
    def mean(self) -> float:
        """Mean over the draws."""
        return fsum(self.values) / len(self.values)

    def quantile(self, percent: int) -> float:
        """Return the smallest value that at least ``percent`` percent of the draws do not exceed."""
        rank = max(1, -(-len(self.values) * percent // 100))
        return sorted(self.values)[rank - 1]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a what-if changes on average, with its 95 % interval (paired draws).

    Attributes
    ----------
    name : Text or str
        The what-if.
    mean, half : float
        Mean difference, and half the width of its 95 % interval, at least 0.
    enough : bool
        Whether there were enough draws to call any difference clear.
    """

    name: Text | str
    mean: float
    half: float
    enough: bool = True

    def __post_init__(self) -> None:
        if not (isfinite(self.mean) and isfinite(self.half)) or self.half < 0:
            raise ValueError(f"Expected finite numbers and half >= 0, got {self}.")

    @property
    def clear(self) -> bool:
        """Whether the 95 % interval leaves out 0, of enough draws."""
        return self.enough and abs(self.mean) > self.half


def distribution(
    series: Sequence[Draws], language: Language, *, axis: Text | str = "", title: Text | str = "", digits: int = 1,
    width: float = WIDTH,
) -> str:
    """Return histograms beneath each other on one scale, each with its mean and the middle 90 % of the draws.

    Parameters
    ----------
    series : sequence of Draws
        In the order shown; a dashed line through all rows marks the mean of the first.
    axis, title : Text or str
        Unit at the axis (default: children) and name of the picture.
    digits : int
        Decimals of the means.
    """
    name = said(title, language) or text("page.distribution", language)
    if not series:
        return empty_chart(language, name, width)
    names = [said(one.name, language) for one in series]
    told = [_mean_words(one, digits, language) for one in series]
    keys, keys_height = draw_legend(_distribution_keys(len(series), language), width)
    rows = vega_rows(names, [""] * len(series), keys_height + 8, width, _ROW, below=told, edge=8)
    plot = _histograms(series, rows, said(axis, language) or text("page.children", language))
    body = [keys, plot.svg(), *rows.labels(bold=[True] * len(series))]
    spoken = "; ".join(f"{label}: {mean}" for label, mean in zip(names, told, strict=True))
    return framed_drawing(language, name, spoken, rows.area.top + rows.area.height + plot.foot, body, width)


def _mean_words(one: Draws, digits: int, language: Language) -> str:
    """Mean and the ends of the middle 90 % in words."""
    whole = all(value == int(value) for value in one.values)
    low, high = (number(one.quantile(percent), 0 if whole else digits) for percent in (5, 95))
    return text("page.mean_said", language, mean=number(one.mean, digits), low=low, high=high)


def _distribution_keys(rows: int, language: Language) -> list[LegendKey]:
    """The legend of distributions."""
    keys = [
        LegendKey("bar", CHOSEN, text("page.height_draws", language), "0.6"),
        LegendKey("diamond", INK, text("page.mean", language)),
        LegendKey("interval", HOME, text("page.interval", language)),
    ]
    return keys + ([LegendKey("dashed", MUTED, text("page.base_mean", language))] if rows > 1 else [])


def _histograms(series: Sequence[Draws], rows: BarRows, axis: str) -> Plot:
    """Bars above a line for each row, below it the interval and the mean."""
    values = [value for one in series for value in one.values]
    whole = all(value == int(value) for value in values)
    step = _step(max(values) - min(values), whole=whole)
    shift = 0.5 if whole else 0.0  # a whole number stands in the middle of its bar
    counts = [Counter(int(value // step) for value in one.values) for one in series]
    low = min(map(min, counts)) * step - shift
    high = (max(map(max, counts)) + 1) * step - shift
    scale = Scale(low, high, axis, whole, ticks=4 if is_vega_stacked(rows.width) else 6)
    plot = Plot(rows.area, scale, vega_rows_scale(len(series)))
    if len(series) > 1:
        mean = series[0].mean
        plot.lines([(mean, mean, *ends) for ends in rows.upright()], MUTED, width=1.5, strokeDash=[4, 3])
    shares = [{place: count / len(one.values) for place, count in counted.items()}
              for counted, one in zip(counts, series, strict=True)]  # fmt: skip
    # a row without spread would flatten all others: it is cut at the top instead
    top = max((max(share.values()) for share in shares if len(share) > 1), default=1.0)
    boxes: list[Box] = [
        (place * step - shift, (place + 1) * step - shift, rows.at(row, 0.72 - 0.64 * min(1.0, part / top)),
         rows.at(row, 0.72))
        for row, share in enumerate(shares) for place, part in sorted(share.items())
    ]  # fmt: skip
    plot.boxes(boxes, CHOSEN, opacity=0.6, stroke="#fff", strokeWidth=0.5)
    middle = [(rows.at(row, 0.84), one) for row, one in enumerate(series)]
    plot.lines([(one.quantile(5), one.quantile(95), y, y) for y, one in middle], HOME, width=4)
    plot.points([(one.mean, y) for y, one in middle], INK, shape="diamond", size=120)
    return plot


def _step(span: float, *, whole: bool) -> float:
    """The width of a bar: 1, 2 or 5 times a power of ten, so that there are at most some 80 of them."""
    if span <= 0:
        return 1.0
    power = 1.0
    while power * _MOST_BINS > span and not (whole and power <= 1):
        power /= 10
    while power * 10 * _MOST_BINS < span:
        power *= 10
    return next((times * power for times in (1, 2, 5) if times * power * _MOST_BINS >= span), 10 * power)


def difference_distributions(
    rows: Sequence[Difference], language: Language, *, axis: Text | str = "", title: Text | str = "", digits: int = 1,
    width: float = WIDTH,
) -> str:
    """Return differences from the base as points with 95 % intervals, on one scale around 0.

    Parameters
    ----------
    rows : sequence of Difference
        In the order shown.
    axis, title : Text or str
        Unit at the axis (default: children) and name of the picture.
    digits : int
        Decimals of the numbers.
    """
    name = said(title, language) or text("page.differences", language)
    if not rows:
        return empty_chart(language, name, width)
    names, clear = [said(one.name, language) for one in rows], [one.clear for one in rows]
    told = [f"{number(one.mean, digits, signed=True)} ± {number(one.half, digits)}" for one in rows]
    keys, keys_height = draw_legend(
        [
            LegendKey("dot", HOME, text("page.difference_bar", language)),
            LegendKey("ring", HOME, text("page.not_clear", language)),
        ],
        width,
    )
    places = vega_rows(names, told, keys_height + 8, width, _THIN_ROW, edge=10)
    plot = _differences_plot(rows, places, said(axis, language) or text("page.children", language))
    labels = places.labels(bold=clear, strong=clear, fill=lambda row: INK if clear[row] else MUTED)
    spoken = "; ".join(f"{label}: {value}" for label, value in zip(names, told, strict=True))
    height = places.area.top + places.area.height + plot.foot
    return framed_drawing(language, name, spoken, height, [keys, plot.svg(), *labels], width)


def _differences_plot(rows: Sequence[Difference], places: BarRows, axis: str) -> Plot:
    """A line at 0, an interval and a point a row."""
    ends = [one.mean + side * one.half for one in rows for side in (-1, 1)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    edge = (high - low) * 0.04 or 1.0
    ticks = 4 if is_vega_stacked(places.width) else 6
    scale = Scale(low - edge, high + edge, axis, whole=high - low >= 6, ticks=ticks)
    plot = Plot(places.area, scale, vega_rows_scale(len(rows)))
    plot.lines([(0, 0, *ends) for ends in places.upright()], INK, width=1.5)
    placed = [(places.at(row, 0.5), one) for row, one in enumerate(rows)]
    plot.lines([(one.mean - one.half, one.mean + one.half, y, y) for y, one in placed], HOME, width=3)
    plot.points([(one.mean, y) for y, one in placed if one.clear], HOME, size=130)
    plot.points([(one.mean, y) for y, one in placed if not one.clear], HOME, size=110, hollow=True)
    return plot
