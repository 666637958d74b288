"""What every picture is drawn with: colours, words that are escaped and measured, shapes in SVG.

Colours are told apart with every kind of colour vision, and dark enough on white (3 : 1 for shapes, 4.5 : 1 for
words): blue against orange and light against dark; every colour comes with a shape, a place or a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape as _escape
from typing import Literal

from allocator.ground import Language, visible_text

INK, MUTED, LINE, PALE = "#16222e", "#52606d", "#dde3e9", "#d9e0e8"
HOME, CHOSEN, DIVERTED, UNPLACED = "#2a6099", "#5b8fbd", "#c8650a", "#7d1333"
RED, ORANGE, YELLOW, GREEN = "#a91b2b", "#d9680f", "#e0a800", "#2f7d5b"
WARNING = RED
"""Words of a shortage."""

SERIES = ("#2a6099", "#c8650a", "#3f7f6c", "#7d4a8c", "#5b6570", "#9a3b4f")
"""Lines of a chart, in order."""


LANG_TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}
"""Values of the attribute ``lang``."""

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NARROW, _WIDE = "iljtfrI.,:;'|!()[] ", "mwMW%@"


def escaped(words: str) -> str:
    """Return words for HTML or XML, quotes escaped too; characters that XML forbids become U+FFFD."""
    return _escape(_NOT_XML.sub("\ufffd", visible_text(words)), quote=True)


def is_chinese(words: str) -> bool:
    """Whether words hold Chinese characters."""
    return _CHINESE.search(words) is not None


def text_width(words: str, size: float) -> float:
    """Return about how wide words are drawn, in the unit of ``size``; on the safe side for the fonts of the page.

    No font is asked: the picture must be the same on every machine.
    """
    return size * sum(map(_advance, words))


def _advance(character: str) -> float:
    """Width of a character in parts of the font size."""
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.9
    return 0.68 if character.isupper() else 0.58


def wrapped_for_drawing(words: str, size: float, room: float) -> tuple[str, ...]:
    """Return words in as many lines as they need, none cut: broken at spaces, else behind hyphens, else anywhere.

    Parameters
    ----------
    words : str
        White space counts as single spaces.
    size, room : float
        Font size, and the width that a line may have; a single character may be wider.

    Returns
    -------
    tuple of str
        At least one line; joined they are the words, but for the space at a break.
    """
    lines = [""]
    for piece in _PIECE.findall(" ".join(words.split())):
        if text_width((lines[-1] + piece).rstrip(), size) <= room:
            lines[-1] += piece
            continue
        if lines[-1]:
            lines.append("")
        for part in _parts(piece, size, room):
            if lines[-1] and text_width((lines[-1] + part).rstrip(), size) > room:
                lines.append("")
            lines[-1] += part
    return tuple(line.rstrip() for line in lines)


def _parts(piece: str, size: float, room: float) -> Iterator[str]:
    """A word whole if it has room in a line, else what stands between its hyphens, else its characters."""
    if text_width(piece.rstrip(), size) <= room:
        yield piece
        return
    for part in _BEHIND_HYPHEN.split(piece):
        yield from [part] if text_width(part.rstrip(), size) <= room else part


_BEHIND_HYPHEN = re.compile(r"(?<=[^\d-]-)(?=[^-])|(?<=-)(?=[^\d-])")  # not between digits: no date is parted
_WIDE_CHARACTER = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSING = "，。、；：？！）」』”’)"
_PIECE = re.compile(
    rf"[{_WIDE_CHARACTER}][{_CLOSING}]*|[^\s{_WIDE_CHARACTER}]+(?:[{_CLOSING}]+|\s?)|\s|[{_CLOSING}]+"
)
"""What stays together: a Chinese character with what closes behind it, or a word with the space behind it."""


FONT_SIZE = 13.0
WIDTH = 720.0
"""Width of a picture in its own unit; the page scales it."""

NARROW = 352.0
"""Width of a picture for a telephone, where it is shown unscaled; nothing of it needs scrolling."""

LINE_HEIGHT = 17.0
"""From one line of words to the next."""

Symbol = Literal[
    "bar", "pale", "tick", "dot", "ring", "bubble", "diamond", "triangle", "square", "arrow", "interval", "dashed"
]  # fmt: skip

_LEGEND_STEP, _LEGEND_GAP, _SYMBOL = 22.0, 20.0, 18.0


@dataclass(frozen=True, slots=True)
class LegendKey:
    """One entry of a legend: a symbol, its colour, its words, and how opaque the symbol is."""

    symbol: Symbol
    colour: str
    words: str
    opacity: str = "1"


def tenths(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    rounded = f"{value:.1f}".removesuffix(".0")
    return "0" if rounded == "-0" else rounded


def drawing_tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return an element; ``_`` in attribute names stands for ``-``, a trailing one is dropped; values are escaped.

    Parameters
    ----------
    name : str
        Name of the element.
    content : str
        Markup inside, already escaped.
    **attributes : str or float
        Numbers are coordinates (one decimal).
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value) if isinstance(value, str) else tenths(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{shown}>{content}</{name}>" if content else f"<{name}{shown}/>"


def draw_words(
    x: float, y: float, words: str, *, size: float = FONT_SIZE, anchor: str = "start", fill: str = INK,
    bold: bool = False, halo: bool = False,
) -> str:
    """Return words with their middle line at a height; with a white halo where they stand on other things."""
    more: dict[str, str | float] = {}
    if size != FONT_SIZE:
        more["font_size"] = size
    if anchor != "start":
        more["text_anchor"] = anchor
    if bold:
        more["font_weight"] = "bold"
    if halo:
        more |= {"stroke": "#fff", "stroke_width": 3.0, "paint_order": "stroke", "stroke_linejoin": "round"}
    # 0.35 of the size below the middle is the baseline, in Latin and in Chinese
    return drawing_tag("text", escaped(words), x=x, y=y + size * 0.35, fill=fill, **more)


def draw_lines(
    x: float, y: float, lines: Sequence[str], *, size: float = FONT_SIZE, anchor: str = "start", fill: str = INK,
    bold: bool = False,
) -> str:  # fmt: skip
    """Return lines of words below each other, the middle line of the first at a height; one text, whole to read."""
    if len(lines) == 1:
        return draw_words(x, y, lines[0], size=size, anchor=anchor, fill=fill, bold=bold)
    more: dict[str, str | float] = {"font_size": size} if size != FONT_SIZE else {}
    more |= {"text_anchor": anchor} if anchor != "start" else {}
    more |= {"font_weight": "bold"} if bold else {}
    step = LINE_HEIGHT * size / FONT_SIZE
    inside = "".join(
        drawing_tag("tspan", escaped(line), x=x, dy=step if place else 0.0) for place, line in enumerate(lines)
    )
    return drawing_tag("text", inside, x=x, y=y + size * 0.35, fill=fill, **more)


def draw_paragraph(
    words: str, y: float, width: float, *, x: float = 0.0, fill: str = MUTED, bold: bool = False
) -> tuple[str, float]:
    """Return words broken into lines over the width of a picture, and their height."""
    lines = wrapped_for_drawing(words, FONT_SIZE, width - x)
    return draw_lines(x, y + LINE_HEIGHT / 2, lines, fill=fill, bold=bold), LINE_HEIGHT * len(lines)


def draw_legend(keys: Sequence[LegendKey], width: float = WIDTH) -> tuple[str, float]:
    """Return a legend on top of a picture, broken into lines where it is long, and its height."""
    parts: list[str] = []
    x, top, tall = 0.0, 0.0, _LEGEND_STEP
    for key in keys:
        lines = wrapped_for_drawing(key.words, FONT_SIZE, width - _SYMBOL - 6)
        wide = _SYMBOL + 6 + max(text_width(line, FONT_SIZE) for line in lines)
        if x > 0 and x + wide > width:
            x, top, tall = 0.0, top + tall, _LEGEND_STEP
        y = top + _LEGEND_STEP / 2
        parts.append(_symbol(key, x, y) + draw_lines(x + _SYMBOL + 6, y, lines, fill=MUTED))
        tall = max(tall, _LEGEND_STEP + LINE_HEIGHT * (len(lines) - 1))
        x += wide + _LEGEND_GAP
    return "".join(parts), top + tall if keys else 0.0


def _symbol(key: LegendKey, x: float, y: float) -> str:
    """One symbol of a legend, 18 wide, with its middle line at a height."""
    drawn = _SYMBOLS[key.symbol](x, y, key.colour)
    return drawn if key.opacity == "1" else drawing_tag("g", drawn, opacity=key.opacity)


def _box(height: float, **look: str) -> Callable[[float, float, str], str]:
    """Draw the symbol of a bar of some height."""
    return lambda x, y, fill: drawing_tag(
        "rect", x=x, y=y - height / 2, width=_SYMBOL, height=height, fill=fill, **look
    )


def _round(radius: float, x: float, y: float, **look: str | float) -> str:
    """Draw the symbol of a point."""
    return drawing_tag("circle", cx=x + _SYMBOL / 2, cy=y, r=radius, **look)


_SYMBOLS: dict[Symbol, Callable[[float, float, str], str]] = {
    "bar": _box(10),
    "pale": _box(14, stroke="#8793a0"),
    "interval": _box(4),
    "tick": lambda x, y, fill: drawing_tag("rect", x=x + 7.5, y=y - 8, width=3, height=16, fill=fill),
    "dot": lambda x, y, fill: _round(6, x, y, fill=fill),
    "ring": lambda x, y, fill: _round(5.5, x, y, fill="#fff", stroke=fill, stroke_width=2),
    "bubble": lambda x, y, fill: _round(8, x, y, fill=fill, stroke="#fff"),
    "diamond": lambda x, y, fill: draw_diamond(x + _SYMBOL / 2, y, 7, fill),
    "triangle": lambda x, y, fill: draw_triangle(x + _SYMBOL / 2, y, 7, fill),
    "square": lambda x, y, fill: drawing_tag("rect", x=x + 3, y=y - 6, width=12, height=12, fill=fill, stroke="#fff"),
    "arrow": lambda x, y, fill: drawing_tag(
        "path", d=f"M{tenths(x)} {tenths(y)}h18m-6-5l6 5-6 5", fill="none", stroke=fill, stroke_width=2
    ),
    "dashed": lambda x, y, fill: drawing_tag(
        "path", d=f"M{tenths(x + 9)} {tenths(y - 8)}v16", stroke=fill, stroke_width=1.5, stroke_dasharray="4 3"
    ),
}  # fmt: skip


def draw_diamond(x: float, y: float, half: float, fill: str) -> str:
    """Return a diamond with a white edge around a point."""
    h = tenths(half)
    return drawing_tag("path", d=f"M{tenths(x)} {tenths(y - half)}l{h} {h}-{h} {h}-{h}-{h}z", fill=fill, stroke="#fff")


def draw_triangle(x: float, y: float, half: float, fill: str) -> str:
    """Return a triangle that points up, with a white edge, around a point."""
    side = tenths(2 * half)
    peak = f"M{tenths(x)} {tenths(y - half)}l{tenths(half)} {side}h-{side}z"
    return drawing_tag("path", d=peak, fill=fill, stroke="#fff")


def framed_drawing(
    language: Language, title: str, description: str, height: float, body: Iterable[str], width: float = WIDTH
) -> str:
    """Return a whole SVG picture with its title and description, which screen readers speak.

    Parameters
    ----------
    language : {"zh", "en"}
        Language of all words in it.
    title, description : str
        Name of the picture, and what it shows in a sentence.
    height : float
        Its height.
    body : iterable of str
        Markup, already escaped.
    width : float
        Its width.
    """
    head = f'<title id="t">{escaped(title)}</title><desc id="d">{escaped(description)}</desc>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {tenths(width)} {tenths(height)}" '
        f'width="{tenths(width)}" height="{tenths(height)}" role="img" aria-labelledby="t d" '
        f'lang="{LANG_TAGS[language]}" font-size="{tenths(FONT_SIZE)}">{head}{"".join(body)}</svg>\n'
    )
