"""What a page is made of: plain data, both languages in every text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from allocator.domain import Text
from allocator.ground import Language
from allocator.sheets.page.drawing import NARROW, WIDTH
from allocator.sheets.table import Table, bilingual

Mood = Literal["plain", "good", "bad"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption.

    Attributes
    ----------
    picture : Text
        SVG in each language, made by the functions of this package (``bilingual`` makes the pair).
    narrow : Text or None
        The same for a telephone, drawn narrow; without it the picture above is shown there and scrolls.
        ``drawn_page_part`` makes a figure with both.
    caption : Text or str
        What it shows, best as a sentence that answers the question.
    note : Text or str
        Small words below it.
    """

    picture: Text
    caption: Text | str = ""
    note: Text | str = ""
    narrow: Text | None = None


def drawn_page_part(make: Callable[[Language, float], str], caption: Text | str = "", note: Text | str = "") -> Figure:
    """Return a figure in both languages and both widths.

    Parameters
    ----------
    make : callable
        Takes a language and a width and returns SVG, e.g. ``lambda language, width: sankey(flows, language,
        width=width)``.
    caption, note : Text or str
        Of the figure.
    """
    broad, slim = (bilingual(lambda language, width=width: make(language, width)) for width in (WIDTH, NARROW))  # type: ignore[misc]
    return Figure(broad, caption, note, slim)


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph between figures and tables."""

    words: Text | str


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure.

    Attributes
    ----------
    value : Text, str, int or float
        The figure; numbers are written with their thousands apart.
    label : Text or str
        What it counts.
    small : Text or str
        Smaller words below, e.g. the difference from the base.
    mood : {"plain", "good", "bad"}
        Good and bad carry a mark besides their colour.
    """

    value: Text | str | int | float
    label: Text | str
    small: Text | str = ""
    mood: Mood = "plain"


@dataclass(frozen=True, slots=True)
class PageSection:
    """A part of the page that answers one question.

    Attributes
    ----------
    heading : Text or str
        The question.
    lead : Text or str
        The answer in a sentence or two.
    tiles : tuple of Tile
        Key figures.
    parts : tuple of Figure, Table or Note
        In order.
    """

    heading: Text | str
    lead: Text | str = ""
    tiles: tuple[Tile, ...] = ()
    parts: tuple[Figure | Table | Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page.

    Attributes
    ----------
    title : Text
        Its title.
    sections : tuple of PageSection
        In order.
    subtitle : Text or str
        District, date, source.
    marks : tuple of Text or str
        What nobody may overlook ("TRIAL", "synthetic data"): on top, and on every printed page.
    lead : Text or str
        The answer of the whole page, before all sections.
    tiles : tuple of Tile
        Its key figures.
    footer : tuple of Text or str
        Paragraphs at the end: what the page is no basis for, how it was made.
    """

    title: Text
    sections: tuple[PageSection, ...]
    subtitle: Text | str = ""
    marks: tuple[Text | str, ...] = ()
    lead: Text | str = ""
    tiles: tuple[Tile, ...] = ()
    footer: tuple[Text | str, ...] = ()
