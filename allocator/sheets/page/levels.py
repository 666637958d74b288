"""Charts of warning levels by zone, and of what extra seats do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Literal, TypeAlias

from allocator.domain import Text
from allocator.ground import Language, text
from allocator.sheets.page.charts import MOST_ROWS, empty_chart, left_out_of_chart
from allocator.sheets.page.drawing import (
    FONT_SIZE,
    GREEN,
    HOME,
    INK,
    MUTED,
    ORANGE,
    PALE,
    RED,
    SERIES,
    WIDTH,
    YELLOW,
    LegendKey,
    draw_legend,
    draw_words,
    framed_drawing,
)
from allocator.sheets.page.vega import BarRows, Box, Plot, Scale, is_vega_stacked, vega_rows, vega_rows_scale
from allocator.sheets.table import number, said

Level: TypeAlias = Literal["green", "yellow", "orange", "red"]

_COLOURS: dict[Level, str] = {"red": RED, "orange": ORANGE, "yellow": YELLOW, "green": GREEN}
_ROW, _BAR = 28.0, 17.0


@dataclass(frozen=True, slots=True)
class ZoneLevel:
    """The warning level of a zone; whoever makes it has applied the thresholds.

    Attributes
    ----------
    name : str
        The zone, or the school whose zone it is.
    percent : float or None
        Demand in percent of the seats; None where there are no seats.
    level : {"red", "orange", "yellow", "green"}
        Its warning level.
    forecast_percent : float or None
        The same for the forecast, None where there is none.
    forecast_level : {"red", "orange", "yellow", "green"} or None
        Its level.
    """

    name: str
    percent: float | None
    level: Level
    forecast_percent: float | None = None
    forecast_level: Level | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A value against a number of extra seats.

    Attributes
    ----------
    name : Text or str
        The school, or the plan.
    points : tuple of (float, float)
        Extra seats and value, in increasing order of seats, at least one.
    """

    name: Text | str
    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        seats = [x for x, _ in self.points]
        if not seats or any(one >= two for one, two in pairwise(seats)):
            raise ValueError("Expected points in increasing order of seats, at least one.")


def level_chart(
    zones: Sequence[ZoneLevel], language: Language, *, yellow: float, red: float, orange: float | None = None,
    most: int = MOST_ROWS, width: float = WIDTH,
) -> str:  # fmt: skip
    """Return a picture of demand in percent of seats by zone with the thresholds and levels in words.

    Parameters
    ----------
    zones : sequence of ZoneLevel
        In any order; the highest percentage (this year's or the forecast's) on top, zones without seats first.
    yellow, red : float
        Percentages from which a zone is yellow and red, drawn as lines.
    orange : float, optional
        Percentage from which it is orange, where there is such a level; drawn as a line too.
    most : int
        Rows drawn; a line below says how many were left out.
    """
    title = text("page.levels", language)
    if not zones:
        return empty_chart(language, title, width)
    kept = sorted(zones, key=_urgency)[:most]
    begins: dict[Level, float] = {"red": red, **({} if orange is None else {"orange": orange}), "yellow": yellow}
    worst = [_worst(zone) for zone in kept]
    bold = [level != "green" for level in worst]
    keys, top = draw_legend(_level_keys(kept, language, begins), width)
    if any(zone.forecast_level for zone in kept):
        heading = f"{text('page.now', language)} → {text('page.forecast', language)}"
        keys += draw_words(width, top + 11, heading, anchor="end", fill=MUTED)
        top += 20
    told = [_level_words(zone, language) for zone in kept]
    rows = vega_rows([zone.name for zone in kept], told, top + 8, width, _ROW, edge=16)
    plot = _levels_plot(kept, rows, text("page.levels_axis", language), begins)
    fills = [{"red": RED, "green": MUTED}.get(level, INK) for level in worst]
    body = [keys, plot.svg(), *rows.labels(bold=bold, strong=bold, fill=fills.__getitem__)]
    rest, height = left_out_of_chart(
        len(kept), len(zones), rows.area.top + rows.area.height + plot.foot, language, width
    )
    return framed_drawing(language, title, _levels_said(zones, begins, language), height, [*body, *rest], width)


def _levels_said(zones: Sequence[ZoneLevel], begins: Mapping[Level, float], language: Language) -> str:
    """How many zones are of each level, in words."""
    count = Counter(zone.level for zone in zones)
    return text("page.comma", language).join(
        f"{text(f'page.level.{level}', language)} {count[level]}" for level in (*begins, "green")
    )


def _urgency(zone: ZoneLevel) -> tuple[float, str]:
    """The order of rows: no seats at all first, then the highest percentage."""
    known = [part for part in (zone.percent, zone.forecast_percent) if part is not None]
    return (-max(known) if zone.percent is not None else float("-inf"), zone.name)


def _worst(zone: ZoneLevel) -> Level:
    """The higher of this year's level and the forecast's."""
    return min((zone.level, zone.forecast_level or zone.level), key=tuple(_COLOURS).index)


def _level_words(zone: ZoneLevel, language: Language) -> str:
    """Percentage and level in words, the forecast after an arrow."""
    words = _percent_words(zone.percent, language) + " " + text(f"page.level.{zone.level}", language)
    if zone.forecast_level is None:
        return words
    after = _percent_words(zone.forecast_percent, language) + " " + text(f"page.level.{zone.forecast_level}", language)
    return f"{words} → {after}"


def _percent_words(percent: float | None, language: Language) -> str:
    """A percentage, rounded down so that none looks like a threshold it is below; or that there are no seats."""
    return text("page.no_seats", language) if percent is None else f"{number(floor(percent))}%"


def _level_keys(kept: Sequence[ZoneLevel], language: Language, begins: Mapping[Level, float]) -> list[LegendKey]:
    """The legend of levels: their thresholds, and the forecast where one is shown."""
    words = {level: text(f"page.level.{level}", language) for level in _COLOURS}
    keys = [
        LegendKey(
            "bar", _COLOURS[level], text("page.from_percent", language, level=words[level], percent=f"{percent:g}")
        )
        for level, percent in begins.items()
    ]
    keys.append(LegendKey("bar", GREEN, words["green"]))
    forecast = any(zone.forecast_percent is not None for zone in kept)
    return keys + ([LegendKey("diamond", INK, text("page.forecast", language))] if forecast else [])


def _levels_plot(kept: Sequence[ZoneLevel], places: BarRows, axis: str, begins: Mapping[Level, float]) -> Plot:
    """Bars by level, lines at the thresholds, diamonds at the forecast."""
    known = [part for zone in kept for part in (zone.percent, zone.forecast_percent) if part is not None]
    scale = Scale(0, max([begins["red"] * 1.1, *known]) * 1.03, axis, ticks=4 if is_vega_stacked(places.width) else 6)
    plot = Plot(places.area, scale, vega_rows_scale(len(kept)))
    rows = list(enumerate(kept))
    for level, colour in _COLOURS.items():
        bars: list[Box] = [(0, zone.percent, places.at(row, 0.2), places.at(row, 0.8)) for row, zone in rows
                           if zone.level == level and zone.percent]  # fmt: skip
        plot.boxes(bars, colour)
    lower = [percent for level, percent in begins.items() if level != "red"]
    plot.lines([(x, x, *ends) for x in lower for ends in places.upright()], INK, width=1.5, strokeDash=[4, 3])
    plot.lines([(begins["red"], begins["red"], *ends) for ends in places.upright()], INK, width=1.5)
    plot.points([(zone.forecast_percent, places.at(row, 0.5)) for row, zone in rows
                 if zone.forecast_percent is not None], INK, shape="diamond", size=130)  # fmt: skip
    return plot


def gain_levels_chart(
    curves: Sequence[Curve], language: Language, *, seats: Text | str, value: Text | str, title: Text | str = "",
    width: float = WIDTH,
) -> str:
    """Return a bar for each number of extra seats that was computed, school by school, each with its value.

    Between two numbers nothing is drawn, for nothing was computed there.

    Parameters
    ----------
    curves : sequence of Curve
        One a school; a point at no extra seats without any value is left out.
    seats, value : Text or str
        What the numbers of the legend count, and what the bars do.
    title : Text or str
        Name of the picture.
    """
    name = said(title, language) or text("page.gains", language)
    if not curves:
        return empty_chart(language, name, width)
    names = [said(one.name, language) for one in curves]
    numbers = sorted({x for one in curves for x, y in one.points if x or y})
    colours = {x: _shade(place, len(numbers)) for place, x in enumerate(numbers)}
    unit = said(seats, language)
    keys, top = draw_legend(
        [LegendKey("bar", colours[x], f"{number(x, signed=True)} {unit}".strip()) for x in numbers], width
    )
    rows = vega_rows(names, [""] * len(names), top + 8, width, _BAR * max(1, len(numbers)) + 14, edge=44)
    plot = _gains_plot(curves, rows, numbers, colours, said(value, language))
    body = [keys, plot.svg(), *rows.labels(bold=[True] * len(names)), *_values(curves, rows, numbers, plot)]
    told = ("; ".join(f"{number(x, signed=True)}: {_amount(y)}" for x, y in one.points) for one in curves)
    spoken = "; ".join(f"{label}: {words}" for label, words in zip(names, told, strict=True))
    return framed_drawing(language, name, spoken, rows.area.top + rows.area.height + plot.foot, body, width)


def _shade(place: int, many: int) -> str:
    """The colour of one number of seats, the more the darker; of very many the colours come round again."""
    return SERIES[place % len(SERIES)] if many > len(_SHADES) else _SHADES[place - many]


_SHADES = (PALE, "#9db8d2", HOME)


def _band(rows: BarRows, row: int, place: int, many: int) -> tuple[float, float]:
    """Upper and lower edge of one bar in its row, as values of the plot's rows."""
    part = 0.84 / max(1, many)
    return rows.at(row, 0.08 + place * part), rows.at(row, 0.08 + (place + 0.84) * part)


def _gains_plot(
    curves: Sequence[Curve], rows: BarRows, numbers: Sequence[float], colours: Mapping[float, str], axis: str
) -> Plot:
    """A bar for each value, from 0."""
    values = [y for one in curves for _, y in one.points]
    low, high = min(0.0, *values), max(0.0, *values)
    whole = all(value == int(value) for value in values)
    scale = Scale(low, high if high > low else low + 1, axis, whole, ticks=4 if is_vega_stacked(rows.width) else 6)
    plot = Plot(rows.area, scale, vega_rows_scale(len(curves)))
    for place, x in enumerate(numbers):
        bars: list[Box] = []
        for row, one in enumerate(curves):
            upper, lower = _band(rows, row, place, len(numbers))
            bars += [(min(0.0, y), max(0.0, y), upper, lower) for at, y in one.points if at == x and y]
        plot.boxes(bars, colours[x], stroke="#8793a0", strokeWidth=0.5)
    plot.lines([(0, 0, *ends) for ends in rows.upright()], INK, width=1)
    return plot


def _values(curves: Sequence[Curve], rows: BarRows, numbers: Sequence[float], plot: Plot) -> list[str]:
    """Every value beside its bar."""
    shown = []
    for row, one in enumerate(curves):
        for x, y in one.points:
            if x in numbers:
                upper, lower = _band(rows, row, numbers.index(x), len(numbers))
                middle = rows.area.top + rows.step * (upper + lower) / 2
                shown.append(draw_words(plot.x_at(max(0.0, y)) + 5, middle, _amount(y), size=FONT_SIZE - 1))
    return shown


def _amount(value: float) -> str:
    """A value, whole where it is."""
    return number(value) if value == int(value) else number(value, 1)
