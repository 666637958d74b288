"""Charts of warning levels by zone, and of what extra seats buy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Literal

from allocator.domain import Text
from allocator.messages import Language, text
from allocator.page.charts import MOST_ROWS, empty, label_room, left_out, row_labels
from allocator.page.colours import GREEN, INK, MUTED, ORANGE, RED, SERIES, YELLOW
from allocator.page.drawing import FONT_SIZE, WIDTH, Key, framed, legend, words_at
from allocator.page.vega import Area, Box, Plot, Scale, rows_scale
from allocator.page.words import number, said, shortened, text_width

Level = Literal["red", "orange", "yellow", "green"]

_COLOURS: dict[Level, str] = {"red": RED, "orange": ORANGE, "yellow": YELLOW, "green": GREEN}
_ROW, _AXIS, _LINES_HEIGHT = 28.0, 48.0, 300.0


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


def warning_levels(
    zones: Sequence[ZoneLevel],
    language: Language,
    *,
    yellow: float,
    red: float,
    orange: float | None = None,
    most: int = MOST_ROWS,
) -> str:
    """Return a picture of demand in percent of seats by zone with the thresholds and levels in words.

    Parameters
    ----------
    zones : sequence of ZoneLevel
        In any order; the highest percentage (this year's or the forecast's) on top, zones without seats first.
    language : {"zh", "en"}
        Language of its words.
    yellow, red : float
        Percentages from which a zone is yellow and red, drawn as lines.
    orange : float, optional
        Percentage from which it is orange, where there is such a level; drawn as a line too.
    most : int
        Rows drawn; a line below says how many were left out.

    Returns
    -------
    str
        SVG.
    """
    title = text("page.levels", language)
    if not zones:
        return empty(language, title)
    kept = sorted(zones, key=_urgency)[:most]
    begins: dict[Level, float] = {"red": red, **({} if orange is None else {"orange": orange}), "yellow": yellow}
    told = [_level_words(zone, language) for zone in kept]
    left = label_room([zone.name for zone in kept])
    keys, keys_height = legend(_level_keys(kept, language, begins))
    area = Area(left, keys_height + 8, WIDTH - left - label_room(told, most=260) - 16, _ROW * len(kept))
    plot = _levels_plot(kept, area, text("page.levels_axis", language), begins)
    worst = [_worst(zone) for zone in kept]
    bold = [level != "green" for level in worst]
    body = [keys, plot.svg(), *row_labels([zone.name for zone in kept], area, bold=bold)]
    for row, (level, words) in enumerate(zip(worst, told, strict=True)):
        body.append(words_at(WIDTH, area.top + _ROW * (row + 0.5), words, anchor="end", bold=bold[row],
                             fill={"red": RED, "green": MUTED}.get(level, INK)))  # fmt: skip
    if any(zone.forecast_level for zone in kept):
        heading = f"{text('page.now', language)} → {text('page.forecast', language)}"
        body.append(words_at(WIDTH, 11, heading, anchor="end", fill=MUTED))
    rest, height = left_out(len(kept), len(zones), left, area.top + area.height + _AXIS, language)
    spoken = _levels_said(zones, begins, language)
    return framed(language, title, spoken, height, [*body, *rest])


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


def _level_keys(kept: Sequence[ZoneLevel], language: Language, begins: Mapping[Level, float]) -> list[Key]:
    """The legend of levels: their thresholds, and the forecast where one is shown."""
    words = {level: text(f"page.level.{level}", language) for level in _COLOURS}
    keys = [
        Key("bar", _COLOURS[level], text("page.from_percent", language, level=words[level], percent=f"{percent:g}"))
        for level, percent in begins.items()
    ]
    keys.append(Key("bar", GREEN, words["green"]))
    forecast = any(zone.forecast_percent is not None for zone in kept)
    return keys + ([Key("diamond", INK, text("page.forecast", language))] if forecast else [])


def _levels_plot(kept: Sequence[ZoneLevel], area: Area, axis: str, begins: Mapping[Level, float]) -> Plot:
    """Bars by level, lines at the thresholds, diamonds at the forecast."""
    known = [part for zone in kept for part in (zone.percent, zone.forecast_percent) if part is not None]
    plot = Plot(area, Scale(0, max([begins["red"] * 1.1, *known]) * 1.03, axis), rows_scale(len(kept)))
    rows = list(enumerate(kept))
    for level, colour in _COLOURS.items():
        bars: list[Box] = [(0, zone.percent, row + 0.2, row + 0.8) for row, zone in rows
                           if zone.level == level and zone.percent]  # fmt: skip
        plot.boxes(bars, colour)
    lower = [(percent, percent, 0, len(kept)) for level, percent in begins.items() if level != "red"]
    plot.lines(lower, INK, width=1.5, strokeDash=[4, 3])
    plot.lines([(begins["red"], begins["red"], 0, len(kept))], INK, width=1.5)
    plot.points([(zone.forecast_percent, row + 0.5) for row, zone in rows if zone.forecast_percent is not None], INK,
                shape="diamond", size=130)  # fmt: skip
    return plot


def gains(
    curves: Sequence[Curve], language: Language, *, seats: Text | str, value: Text | str, title: Text | str = "",
) -> str:
    """Return lines of a value against a number of extra seats, each named at its end.

    Parameters
    ----------
    curves : sequence of Curve
        At most six are told apart by colour.
    language : {"zh", "en"}
        Language of its words.
    seats, value : Text or str
        Words at the horizontal axis, and above the vertical one.
    title : Text or str
        Name of the picture.

    Returns
    -------
    str
        SVG.
    """
    name = said(title, language) or text("page.gains", language)
    if not curves:
        return empty(language, name)
    names = [said(one.name, language) for one in curves]
    right = label_room(names) if len(curves) > 1 else 40.0
    area = Area(70, 36, WIDTH - 70 - right - 10, _LINES_HEIGHT)
    plot = _gains_plot(curves, area, said(seats, language))
    body = [words_at(0, 12, said(value, language), fill=MUTED), plot.svg()]
    body += _ends(curves, names, plot) if len(curves) > 1 else _values(curves[0], plot)
    ends = [f"{one.points[0][1]:g} → {one.points[-1][1]:g}" for one in curves]
    spoken = "; ".join(f"{label}: {words}" for label, words in zip(names, ends, strict=True))
    return framed(language, name, spoken, area.top + area.height + _AXIS, body)


def _gains_plot(curves: Sequence[Curve], area: Area, axis: str) -> Plot:
    """Lines with a point at every value."""
    x = [point[0] for one in curves for point in one.points]
    y = [point[1] for one in curves for point in one.points]
    low, high = _reach(min(y), max(y))
    wide, tall = (max(x) - min(x)) or 1.0, high - low
    whole = all(value == int(value) for value in y)
    plot = Plot(area, Scale(min(x) - 0.03 * wide, max(x) + 0.03 * wide, axis),
                Scale(low, high + 0.08 * tall, whole=whole))  # fmt: skip
    for place, one in enumerate(curves):
        colour = SERIES[place % len(SERIES)]
        plot.path(one.points, colour)
        plot.points(one.points, colour, shape=("circle", "square", "diamond")[place % 3], size=70)
    return plot


def _reach(low: float, high: float) -> tuple[float, float]:
    """The ends of the vertical scale: with 0, unless all change would then be squeezed into a narrow band."""
    span = high - low
    if low >= 0 and span and span < 0.4 * high:
        return low - 0.25 * span, high
    low, high = min(0.0, low), max(0.0, high)
    return low, high if high > low else low + 1


def _ends(curves: Sequence[Curve], names: Sequence[str], plot: Plot) -> list[str]:
    """The names of lines at their ends, moved apart where they would overlap."""
    order = sorted(range(len(curves)), key=lambda place: (plot.y_at(curves[place].points[-1][1]), place))
    room = WIDTH - plot.area.left - plot.area.width - 14
    heights: list[float] = []
    for place in order:
        wanted = plot.y_at(curves[place].points[-1][1])
        heights.append(max(wanted, heights[-1] + FONT_SIZE + 3) if heights else wanted)
    return [
        words_at(plot.area.left + plot.area.width + 6, y, shortened(names[place], FONT_SIZE, room),
                 fill=SERIES[place % len(SERIES)], bold=True)
        for place, y in zip(order, heights, strict=True)
    ]  # fmt: skip


def _values(curve: Curve, plot: Plot) -> list[str]:
    """The values of a single line above its points, as many as have room."""
    shown, free = [], 0.0
    for x, y in curve.points:
        words = number(y) if y == int(y) else number(y, 1)
        place, wide = plot.x_at(x), text_width(words, FONT_SIZE)
        if place - wide / 2 >= free:
            shown.append(words_at(place, plot.y_at(y) - 14, words, anchor="middle", halo=True))
            free = place + wide / 2 + 4
    return shown
