"""Homes and schools on a map from coordinates in metres; own SVG, no extra needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isfinite, pi, sqrt

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
    draw_diamond,
    draw_legend,
    draw_lines,
    draw_triangle,
    draw_words,
    drawing_tag,
    framed_drawing,
    tenths,
    text_width,
    wrapped_for_drawing,
)
from allocator.sheets.page.flows import GOINGS, Going
from allocator.sheets.page.labels import Label, Rectangle, Spot, labels_apart, placed_labels
from allocator.sheets.page.ways import Arrow, drawn_ways, most_used
from allocator.sheets.table import number

_MOST_HEIGHT, _EDGE, _FOOT = 640.0, 34.0, 30.0
_CELL, _LEAST_CELL = 20.0, 100
"""Least side of a square in the picture, and in metres: no picture tells a home more exactly."""

_LABEL_SIZE, _SMALL = 12.5, 11.5
_LONGEST_LABEL = 40  # characters; a longer name stands in the list below
_BUBBLE = 0.64  # the largest circle reaches a little into its neighbours, or all others were too small
_PALE = "#c3d5e7"


@dataclass(frozen=True, slots=True)
class Home:
    """Homes at one place.

    Attributes
    ----------
    x, y : float
        Place in metres.
    going : {"home", "chosen", "diverted", "unplaced"}
        Where the children go.
    children : int
        How many, at least 0.
    home_school, school : str
        Keys of the home school and the school of the seat; where both are given for diverted children, arrows show
        the way.
    """

    x: float
    y: float
    going: Going
    children: int = 1
    home_school: str = ""
    school: str = ""

    def __post_init__(self) -> None:
        if not (isfinite(self.x) and isfinite(self.y)) or self.children < 0 or self.going not in GOINGS:
            raise ValueError(f"Expected a finite place, a known way to go and no negative number, got {self}.")


@dataclass(frozen=True, slots=True)
class MapSchool:
    """A school on the map.

    Attributes
    ----------
    key, name : str
        Its key (as in ``Home``) and name.
    x, y : float
        Place in metres.
    seats : int
        Its seats, at least 0.
    """

    key: str
    name: str
    x: float
    y: float
    seats: int

    def __post_init__(self) -> None:
        if not (isfinite(self.x) and isfinite(self.y)) or self.seats < 0:
            raise ValueError(f"Expected a finite place and no negative number, got {self}.")


@dataclass(frozen=True, slots=True)
class _View:
    """From metres to the picture: lower left corner, units a metre, offset and height."""

    x: float
    y: float
    scale: float
    left: float
    height: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands in the picture; ``y`` runs upwards."""
        return self.left + (x - self.x) * self.scale, self.height - _EDGE - (y - self.y) * self.scale


def district_map(
    homes: Sequence[Home], schools: Sequence[MapSchool], language: Language, width: float = WIDTH
) -> str:
    """Return a map: homes gathered in squares by where the children go, schools with their seats, ways of diversion.

    Where names of schools would cover each other or anything else, all schools carry numbers, and a list below the map
    has the names.

    The direction of north is not claimed: coordinates are metres of any plane system.

    Parameters
    ----------
    homes : sequence of Home
        Those with coordinates.
    schools : sequence of MapSchool
        Those with coordinates.
    """
    title = text("page.map", language)
    points = [(one.x, one.y) for one in homes] + [(one.x, one.y) for one in schools]
    if not points:
        return empty_chart(language, title, width)
    view = _view(points, width)
    cell = _cell(view.scale)
    counts = _gathered(homes, cell)
    moves = most_used(_diversions(homes), {school.key for school in schools})
    keys, top = draw_legend(_keys(counts, cell, language, schools=bool(schools), moves=bool(moves)), width)
    frame = drawing_tag("rect", x=0.5, y=0.5, width=width - 1, height=view.height, fill="#f6f8fa", stroke="#dde3e9")
    signs, names = _schools(schools, moves, view, width)
    listed, tall = _listed(names, view.height + _FOOT, width)
    drawn = [frame, *_signs(counts, cell, view), *signs, *_scale_bar(view, language), *listed]
    body = drawing_tag("g", "".join(drawn), transform=f"translate(0 {tenths(top + 8)})")
    total: Counter[Going] = Counter()
    for one in homes:
        total[one.going] += one.children
    shown: dict[str, object] = {going: number(total[going]) for going in GOINGS}
    told = text("page.flows_said", language, children=number(sum(total.values())), **shown)
    return framed_drawing(language, title, told, top + 8 + view.height + _FOOT + tall, [keys, body], width)


def _view(points: Sequence[tuple[float, float]], width: float = WIDTH) -> _View:
    """The view that shows all points, as large as width and greatest height allow."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, tall = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    scale = min((width - 2 * _EDGE) / wide, (_MOST_HEIGHT - 2 * _EDGE) / tall, 1.0)
    left = (width - (max(xs) - min(xs)) * scale) / 2
    height = max(200.0, (max(ys) - min(ys)) * scale + 2 * _EDGE)
    return _View(min(xs), min(ys), scale, left, height)


def _nice(least: float, first: int = 1) -> int:
    """The smallest of 1, 2 or 5 times a power of ten that is not below a number."""
    power = first
    while True:
        for times in (1, 2, 5):
            if times * power >= least:
                return times * power
        power *= 10


def _cell(scale: float) -> int:
    """The side of the squares in metres."""
    return max(_LEAST_CELL, _nice(_CELL / scale))


def _gathered(homes: Sequence[Home], cell: int) -> dict[tuple[int, int], Counter[Going]]:
    """Children by square and where they go."""
    counts: dict[tuple[int, int], Counter[Going]] = {}
    for one in homes:
        square = (int(one.x // cell), int(one.y // cell))
        counts.setdefault(square, Counter())[one.going] += one.children
    return counts


def _diversions(homes: Sequence[Home]) -> list[Arrow]:
    """The ways of the children diverted whose schools are known."""
    return [
        (one.home_school, one.school, one.children)
        for one in homes if one.going == "diverted" and one.home_school and one.school
    ]  # fmt: skip


def _keys(counts: dict[tuple[int, int], Counter[Going]], cell: int, language: Language, *, schools: bool,
          moves: bool) -> list[LegendKey]:  # fmt: skip
    """The legend of what is on the map."""
    total: Counter[Going] = Counter()
    for counted in counts.values():
        total.update(counted)
    keys = []
    if total:
        keys.append(LegendKey("bubble", _PALE, text("page.cell", language, metres=number(cell))))
    if total["diverted"]:
        keys.append(LegendKey("diamond", DIVERTED, text("page.of_them_diverted", language)))
    if total["unplaced"]:
        keys.append(LegendKey("triangle", UNPLACED, text("page.of_them_unplaced", language)))
    if schools:
        keys.append(LegendKey("square", INK, text("page.map_school", language)))
    return keys + ([LegendKey("arrow", DIVERTED, text("page.map_move", language))] if moves else [])


_ABOVE: tuple[tuple[Going, str, Callable[[float, float, float, str], str]], ...] = (
    ("diverted", DIVERTED, draw_diamond), ("unplaced", UNPLACED, draw_triangle),
)  # fmt: skip


def _signs(counts: dict[tuple[int, int], Counter[Going]], cell: int, view: _View) -> list[str]:
    """Circles of all children, on them diamonds and triangles to the same scale of area."""
    largest = max((sum(counted.values()) for counted in counts.values()), default=0) or 1
    unit = _BUBBLE * cell * view.scale / sqrt(largest)
    circles, others = [], []
    for square in sorted(counts):
        counted = counts[square]
        x, y = view.at((square[0] + 0.5) * cell, (square[1] + 0.5) * cell)
        total = sum(counted.values())
        if total:
            radius = max(1.5, unit * sqrt(total))
            circles.append(drawing_tag("circle", cx=x, cy=y, r=radius, fill=_PALE, stroke=HOME, stroke_width=0.6))
        others += [
            sign(x, y, max(2.5, unit * sqrt(counted[going] * pi / 2)), colour)
            for going, colour, sign in _ABOVE if counted[going]
        ]  # fmt: skip
    return circles + others


def _schools(
    schools: Sequence[MapSchool], moves: Sequence[Arrow], view: _View, width: float
) -> tuple[list[str], list[str]]:
    """Arrows, squares, labels that cover nothing; and the names of the list below, where labels are numbers."""
    most = max((school.seats for school in schools), default=0) or 1
    ranked = sorted(schools, key=lambda one: (-one.seats, one.key))
    names = [f"{one.name} {number(one.seats)}" if one.seats else one.name for one in ranked]
    bare = [Spot(*view.at(one.x, one.y), max(4.0, 10 * sqrt(one.seats / most)), "") for one in ranked]
    arrows, numbers = drawn_ways(moves, dict(zip((one.key for one in ranked), bare, strict=True)))
    frame = Rectangle(4, 4, width - 4, view.height - 4)
    boxes = [_around(x, y, words) for x, y, words in numbers]
    worded = [replace(spot, words=words) for spot, words in zip(bare, names, strict=True)]
    labels = placed_labels(worded, frame, _LABEL_SIZE, boxes)
    listed: list[str] = []
    if max(map(len, names), default=0) > _LONGEST_LABEL or not labels_apart(labels, frame, boxes):
        listed = names
        short_words = [str(place) for place in range(1, len(names) + 1)]
        worded = [replace(spot, words=words) for spot, words in zip(bare, short_words, strict=True)]
        labels = placed_labels(worded, frame, _LABEL_SIZE, boxes)
    squares = [
        drawing_tag("rect", x=spot.x - spot.reach, y=spot.y - spot.reach, width=2 * spot.reach, height=2 * spot.reach,
                    fill=INK, stroke="#fff", stroke_width=1.5)
        for spot in bare
    ]  # fmt: skip
    counts = [draw_words(x, y, words, size=_SMALL, anchor="middle", fill="#8a4300", bold=True, halo=True)
              for x, y, words in numbers]  # fmt: skip
    return [*arrows, *squares, *counts, *map(_label, labels)], listed


def _around(x: float, y: float, words: str) -> Rectangle:
    """The box of a number on an arrow."""
    half = text_width(words, _SMALL) / 2 + 2
    return Rectangle(x - half, y - 8, x + half, y + 8)


def _listed(names: Sequence[str], top: float, width: float) -> tuple[list[str], float]:
    """The list of numbered schools below the map, in as many columns as their names leave room for, and its height."""
    if not names:
        return [], 0.0
    widest = max(text_width(name, FONT_SIZE) for name in names) + 40
    columns = max(1, min(3, int(width // widest)))
    room = width / columns
    lines = [wrapped_for_drawing(name, FONT_SIZE, room - 34) for name in names]
    each = -(-len(names) // columns)
    parts, tallest = [], 0.0
    for column in range(columns):
        y = top + 12
        for place in range(column * each, min((column + 1) * each, len(names))):
            x = column * room
            parts.append(draw_words(x + 20, y, str(place + 1), anchor="end", bold=True))
            parts.append(draw_lines(x + 28, y, lines[place]))
            y += LINE_HEIGHT * len(lines[place]) + 2
        tallest = max(tallest, y - top)
    return parts, tallest


def _label(label: Label) -> str:
    """The words of a school, with a line to it where they stand far off."""
    box, spot = label.box, label.spot
    y = (box.top + box.bottom) / 2
    words = draw_words(box.left + 2, y, spot.words, size=_LABEL_SIZE, bold=True, halo=True)
    if not label.far:
        return words
    near = min(max(spot.x, box.left), box.right)
    line = drawing_tag(
        "path", d=f"M{tenths(spot.x)} {tenths(spot.y)}L{tenths(near)} {tenths(y)}", stroke=MUTED, stroke_width=1
    )
    return line + words


def _scale_bar(view: _View, language: Language) -> str:
    """A bar of a round length below the map, in metres or kilometres."""
    metres = _nice(60 / view.scale)
    words = (
        text("page.kilometres", language, count=number(metres // 1000)) if metres >= 1000 and metres % 1000 == 0
        else text("page.metres", language, count=number(metres))
    )  # fmt: skip
    wide, y = metres * view.scale, view.height + 16
    bar = f"M8 {tenths(y - 5)}v10M8 {tenths(y)}h{tenths(wide)}m0-5v10"
    return drawing_tag("path", d=bar, stroke=INK, stroke_width=1.6, fill="none") + draw_words(wide + 16, y, words)
