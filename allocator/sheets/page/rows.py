"""Rows of a chart: a name, what is told of it, and a band of the plot; nothing of a name is ever cut.

On a wide picture names stand left of their bands and break into lines; on a narrow one they stand above them, so that
the plot has the whole width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allocator.sheets.page.drawing import FONT_SIZE, INK, LINE_HEIGHT, MUTED, lines_at, text_width, wrapped
from allocator.sheets.page.vega import Area

STACKED_BELOW = 500.0
"""Narrower pictures have their names above the bands."""

_LABEL_PART, _TOLD_PART, _GAP = 0.36, 0.4, 12.0

LabelLines = tuple[str, ...]


def is_stacked(width: float) -> bool:
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
        if is_stacked(self.width):
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
                y = self._first(row, len(told), above=is_stacked(self.width))
                found.append(lines_at(self.width, y, told, anchor="end", fill=fill(row),
                                      bold=bool(strong) and strong[row]))  # fmt: skip
        return found

    def _name(self, row: int, name: LabelLines, *, heavy: bool) -> list[str]:
        """The words at the left of a row: its name, then what stands below it."""
        stacked, head = is_stacked(self.width), self.heads[row]
        x, anchor = (0.0, "start") if stacked else (self.area.left - 10, "end")
        y = self._first(row, len(name), above=stacked)
        found = [lines_at(x, y, name[:head], anchor=anchor, bold=heavy)]
        if name[head:]:
            found.append(lines_at(x, y + LINE_HEIGHT * head, name[head:], anchor=anchor, fill=MUTED))
        return found

    def _first(self, row: int, lines: int, *, above: bool) -> float:
        """Height of the first of some lines: at the top of a row, or so that all are centred on its band."""
        if above:
            return self.area.top + self.step * row + LINE_HEIGHT * 0.5 + 2
        return self.middle(row) - LINE_HEIGHT * (lines - 1) / 2


def rows_of(
    names: Sequence[str], told: Sequence[str], top: float, width: float, band: float, *, below: Sequence[str] = (),
    edge: float = 0.0,
) -> BarRows:  # fmt: skip
    """Return rows laid out.

    Parameters
    ----------
    names, told : sequence of str
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
    if is_stacked(width):
        return _stacked(names, told, under, top, width, band, edge)
    left = _room([*names, *under], width * _LABEL_PART)
    right = _room(told, width * _TOLD_PART)
    heads = [wrapped(name, FONT_SIZE, left - _GAP) for name in names]
    whole = [(*head, *_more(words, left - _GAP)) for head, words in zip(heads, under, strict=True)]
    tellings = [wrapped(words, FONT_SIZE, right - _GAP) for words in told]
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
    heads = [wrapped(name, FONT_SIZE, room) for name in names]
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
    return wrapped(words, FONT_SIZE, room) if words.strip() else ()


def _room(words: Sequence[str], most: float) -> float:
    """How much room words at an edge need, at most so much."""
    return min(most, max((text_width(one, FONT_SIZE) for one in words), default=0.0)) + _GAP
