"""A log-log chart as a small static SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, log10

Point = tuple[float, float]

WIDTH, HEIGHT = 860, 480
LEFT, RIGHT, TOP, BOTTOM = 80, 190, 50, 60  # margins around the plot; the legend stands in the right one
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7a5195", "#8c6d00", "#444444", "#56b4e9")


@dataclass(frozen=True, slots=True)
class Series:
    """A line of the chart.

    Attributes
    ----------
    name : str
        What the legend says.
    points : sequence of (float, float)
        From left to right, all above 0.
    beyond : (float, float), optional
        Where the line leaves the chart's scale: drawn as an open triangle.
    """

    name: str
    points: Sequence[Point]
    beyond: Point | None = None
    every: list[Point] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "every", [*self.points, *([self.beyond] if self.beyond else [])])


class Scale:
    """Decades of one axis, and where on the page a value lies."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low, self.high = floor(log10(min(values))), ceil(log10(max(values)))
        self.start, self.length = start, end - start

    @property
    def decades(self) -> range:
        """Powers of ten that get a line."""
        return range(self.low, self.high + 1)

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (log10(value) - self.low) / max(self.high - self.low, 1) * self.length


def chart(title: str, across: str, up: str, series: Sequence[Series]) -> str:
    """Return the chart as text of an SVG file."""
    points = [point for line in series for point in line.every]
    x = Scale([a for a, _ in points], LEFT, WIDTH - RIGHT)
    y = Scale([b for _, b in points], HEIGHT - BOTTOM, TOP)
    named = ", ".join(line.name for line in series)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13" fill="#222">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(f'{up} by {across}, both axes logarithmic: {named}')}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(LEFT, 26, title, size=16, anchor="start"),
        *_grid(x, y),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, across),
        f'<g transform="rotate(-90)">{_text(-(TOP + HEIGHT - BOTTOM) / 2, 20, up)}</g>',
        *(part for number, line in enumerate(series) for part in _line(number, line, x, y)),
        "</svg>",
    ]
    return "\n".join([*parts, ""])


def _text(x: float, y: float, words: str, *, size: int = 13, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{escape(words)}</text>'


def _grid(x: Scale, y: Scale) -> Iterator[str]:
    """Lines and labels of the decades."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for power in x.decades:
        at = x(10**power)
        yield f'<path d="M{at:.1f} {TOP}V{bottom}" stroke="#ddd"/>'
        yield _text(at, bottom + 18, f"{10**power:,}")
    for power in y.decades:
        at = y(10**power)
        yield f'<path d="M{LEFT} {at:.1f}H{right}" stroke="#ddd"/>'
        yield _text(LEFT - 8, at + 4, f"{10.0**power:g}", anchor="end")


def _line(number: int, line: Series, x: Scale, y: Scale) -> Iterator[str]:
    """A line with its points and its row of the legend."""
    colour = COLOURS[number % len(COLOURS)]
    stroke = f'fill="none" stroke="{colour}" stroke-width="2"'
    if line.points:
        yield f'<path d="M{_path(line.points, x, y)}" {stroke}/>'
    if line.beyond:
        yield f'<path d="M{_path(line.every[-2:], x, y)}" {stroke} stroke-dasharray="4 4"/>'
        a, b = x(line.beyond[0]), y(line.beyond[1])
        yield f'<path d="M{a - 6:.1f} {b + 5:.1f}h12l-6 -11z" fill="#fff" stroke="{colour}" stroke-width="2"/>'
    for a, b in line.points:
        yield f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="4" fill="{colour}"/>'
    at = TOP + 12 + 24 * number
    yield f'<path d="M{WIDTH - RIGHT + 16} {at}h24" {stroke}/>'
    yield f'<circle cx="{WIDTH - RIGHT + 28}" cy="{at}" r="4" fill="{colour}"/>'
    yield _text(WIDTH - RIGHT + 48, at + 4, line.name, anchor="start")


def _path(points: Sequence[Point], x: Scale, y: Scale) -> str:
    return "L".join(f"{x(a):.1f} {y(b):.1f}" for a, b in points)
