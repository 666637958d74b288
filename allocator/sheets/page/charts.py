"""Charts of schools and figures: supply and demand, and before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allocator.domain import Text
from allocator.ground import Language, text
from allocator.sheets.page.drawing import (
    DIVERTED,
    FONT_SIZE,
    HOME,
    INK,
    MUTED,
    PALE,
    WARNING,
    WIDTH,
    LegendKey,
    draw_legend,
    draw_paragraph,
    draw_words,
    framed_drawing,
    text_width,
)
from allocator.sheets.page.vega import BarRows, Plot, Scale, is_vega_stacked, vega_rows, vega_rows_scale
from allocator.sheets.table import number, said

MOST_ROWS = 30
"""Rows of a picture that still fit on a printed page."""

_ROW = 26.0


@dataclass(frozen=True, slots=True)
class SchoolBar:
    """What one school needs and has.

    Attributes
    ----------
    name : str
        Name of the school.
    demand : int
        Children who ask for it.
    seats : int
        Seats of the plan.
    seated : int
        Children seated there, whoever they are.
    diverted_in : int
        Of ``seated``, those who came by diversion or adjustment.
    at_home : int or None
        Demand at home before choices, where it is told apart.
    needed : int or None
        Seats to add so that nobody is diverted, where that is known.
    """

    name: str
    demand: int
    seats: int
    seated: int
    diverted_in: int = 0
    at_home: int | None = None
    needed: int | None = None

    def __post_init__(self) -> None:
        if min(self.demand, self.seats, self.diverted_in) < 0 or self.seated < self.diverted_in:
            raise ValueError(f"Expected 0 <= diverted_in <= seated and no negative number, got {self}.")

    @property
    def gap(self) -> int:
        """Children above the seats; negative where fewer ask than there are seats."""
        return self.demand - self.seats

    @property
    def short(self) -> int:
        """Seats that it lacks: those to add where they are known, else children above the seats."""
        return max(self.gap, 0) if self.needed is None else self.needed

    @property
    def left(self) -> int:
        """Seats left after the list; below 0 above the plan."""
        return self.seats - self.seated


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """One figure before and after, on the same scale as its neighbours.

    Attributes
    ----------
    name : Text or str
        What is counted, or the school.
    before, after : float
        The two values.
    """

    name: Text | str
    before: float
    after: float


def empty_chart(language: Language, title: str, width: float = WIDTH) -> str:
    """Return the picture of nothing: a title and the words that say so."""
    words = text("page.empty", language)
    return framed_drawing(
        language, title, words, 60, [draw_words(width / 2, 30, words, anchor="middle", fill=MUTED)], width
    )


def supply_demand_chart(
    schools: Sequence[SchoolBar], language: Language, *, most: int = MOST_ROWS, width: float = WIDTH,
    headline: Sequence[str] = (),
) -> str:
    """Return a picture of demand, seats and children seated by school, the shortest of seats on top.

    Parameters
    ----------
    schools : sequence of SchoolBar
        In any order; sorted by what is short, then gap, then name.
    most : int
        Rows drawn; a line below says how many were left out (those that lack least, or whose gap is nearest to 0).
    headline : sequence of str
        Sentences above the picture; the first is bold.
    """
    title = text("page.supply", language)
    if not schools:
        return empty_chart(language, title, width)
    widest = sorted(schools, key=lambda bar: (-bar.short, -abs(bar.gap), bar.name))[:most]
    kept = sorted(widest, key=lambda bar: (-bar.short, -bar.gap, bar.name))
    short = [bar.short > 0 for bar in kept]
    above, top = _headlines(headline, width)
    keys, keys_height = draw_legend(_supply_keys(kept, language), width)
    told = [_short_words(bar, language) for bar in kept]
    rows = vega_rows([bar.name for bar in kept], told, keys_height + 8, width, _ROW)
    plot = _supply_plot(kept, rows, language)
    body = [keys, plot.svg(), *rows.labels(bold=short, strong=short, fill=lambda row: WARNING if short[row] else MUTED)]
    height = rows.area.top + rows.area.height + plot.foot
    if len(kept) < len(schools):
        words = text("page.more_schools", language, shown=len(kept), hidden=len(schools) - len(kept))
        note, tall = draw_paragraph(words, height, width)
        body.append(note)
        height += tall + 4
    moved = body if not top else [above, f'<g transform="translate(0 {top:g})">', *body, "</g>"]
    return framed_drawing(language, title, _supply_said(schools, language, headline), height + top, moved, width)


def _headlines(sentences: Sequence[str], width: float) -> tuple[str, float]:
    """Sentences above a picture, and their height."""
    parts, top = [], 0.0
    for place, words in enumerate(sentences):
        lines, tall = draw_paragraph(words, top, width, fill=INK, bold=place == 0)
        parts.append(lines)
        top += tall + 3
    return "".join(parts), top + 8 if sentences else 0.0


def _supply_keys(kept: Sequence[SchoolBar], language: Language) -> list[LegendKey]:
    """The legend of supply and demand."""
    known = any(bar.at_home is not None for bar in kept)
    return [
        LegendKey("pale", PALE, text("page.demand_chosen" if known else "page.demand", language)),
        *([LegendKey("ring", MUTED, text("page.demand_home", language))] if known else []),
        LegendKey("tick", INK, text("page.seats", language)),
        LegendKey("bar", HOME, text("page.seated", language)),
        LegendKey("bar", DIVERTED, text("page.diverted_in", language)),
    ]


def _supply_plot(kept: Sequence[SchoolBar], rows: BarRows, language: Language) -> Plot:
    """Bars of demand behind bars of the seated, a tick at the seats, a ring at the demand before choices."""
    high = max(1.0, max(max(bar.demand, bar.seats, bar.seated, bar.at_home or 0) for bar in kept) * 1.03)
    scale = Scale(0, high, text("page.children", language), ticks=4 if is_vega_stacked(rows.width) else 6)
    plot = Plot(rows.area, scale, vega_rows_scale(len(kept)))

    def _bands(*ends: tuple[int, int], upper: float, lower: float) -> list[tuple[float, float, float, float]]:
        return [(a, b, rows.at(row, upper), rows.at(row, lower)) for row, (a, b) in enumerate(ends) if b > a]

    plot.boxes(_bands(*((0, bar.demand) for bar in kept), upper=0.1, lower=0.9), PALE, stroke="#8793a0", strokeWidth=1)
    plot.boxes(_bands(*((0, bar.seated - bar.diverted_in) for bar in kept), upper=0.3, lower=0.7), HOME)
    plot.boxes(_bands(*((bar.seated - bar.diverted_in, bar.seated) for bar in kept), upper=0.3, lower=0.7), DIVERTED)
    seats = [(bar.seats, bar.seats, rows.at(row, 0.04), rows.at(row, 0.96)) for row, bar in enumerate(kept)]
    plot.lines(seats, INK, width=3)
    before = [(bar.at_home, rows.at(row, 0.5)) for row, bar in enumerate(kept) if bar.at_home is not None]
    plot.points(before, MUTED, hollow=True, size=60)
    return plot


def _short_words(bar: SchoolBar, language: Language) -> str:
    """How many seats a school lacks, or what is left of them after the list."""
    if bar.short:
        code = "page.short_by" if bar.needed is None else "page.needed"
        return text(code, language, count=number(bar.short))
    if bar.left == 0:
        return text("page.full", language)
    return text("page.spare" if bar.left > 0 else "page.over", language, count=number(abs(bar.left)))


def _supply_said(schools: Sequence[SchoolBar], language: Language, headline: Sequence[str]) -> str:
    """The picture of supply and demand in words: its headline, where it has one."""
    if headline:
        return " ".join(headline)
    short = [bar for bar in schools if bar.short > 0]
    if not short:
        return text("page.supply_none", language)
    worst = min(short, key=lambda bar: (-bar.short, bar.name))
    named = f"{worst.name} ({_short_words(worst, language)})"
    return text("page.supply_said", language, schools=len(schools), short=len(short), worst=named)


def before_after_chart(
    changes: Sequence[SchoolChange], language: Language, *, axis: Text | str = "", title: Text | str = "",
    digits: int = 0, by_size: bool = True, most: int = MOST_ROWS, width: float = WIDTH,
) -> str:  # fmt: skip
    """Return a picture of figures before and after: two points a row, joined by a line, and the signed difference.

    Parameters
    ----------
    changes : sequence of SchoolChange
        Rows in one unit.
    axis, title : Text or str
        Unit at the axis (default: children) and name of the picture.
    digits : int
        Decimals of values and differences.
    by_size : bool
        The largest change on top; otherwise the order given.
    most : int
        Rows drawn (those that change most); a line below says how many were left out.
    """
    name = said(title, language) or text("page.change", language)
    if not changes:
        return empty_chart(language, name, width)
    ranked = sorted(enumerate(changes), key=lambda pair: (-abs(pair[1].after - pair[1].before), pair[0]))[:most]
    kept = [one for _, one in (ranked if by_size else sorted(ranked, key=lambda pair: pair[0]))]
    moved = [one.after != one.before for one in kept]
    keys, keys_height = draw_legend(_change_keys(language), width)
    told = [_difference(one, digits, language) for one in kept]
    rows = vega_rows([said(one.name, language) for one in kept], told, keys_height + 8, width, _ROW, edge=60)
    plot = _change_plot(kept, rows, said(axis, language) or text("page.children", language), whole=digits == 0)
    body = [keys, plot.svg(), *rows.labels(bold=moved, strong=moved, fill=lambda row: INK if moved[row] else MUTED)]
    for row, one in enumerate(kept):
        body.append(_after(one, number(one.after, digits), rows, row, plot))
    rest, height = left_out_of_chart(
        len(kept), len(changes), rows.area.top + rows.area.height + plot.foot, language, width
    )
    spoken = text("page.change_said", language, rows=len(changes), changed=sum(c.before != c.after for c in changes))
    return framed_drawing(language, name, spoken, height, [*body, *rest], width)


def _after(one: SchoolChange, value: str, rows: BarRows, row: int, plot: Plot) -> str:
    """The value after a change, beside its point, on the side where it covers neither the row's name nor the edge."""
    area, wide = plot.area, text_width(value, FONT_SIZE)
    end = rows.width if is_vega_stacked(rows.width) else area.left + area.width + 60
    x, anchor = plot.x_at(one.after) + 12, "start"
    if one.after < one.before:
        x, anchor = plot.x_at(one.after) - 12, "end"
        if x - wide < area.left:  # else it stands on the name of the row
            x, anchor = plot.x_at(one.before) + 12, "start"
    if anchor == "start" and x + wide > end:
        ends = sorted((plot.x_at(one.before), plot.x_at(one.after)))
        # from end to end there is room on the line between the points alone
        x, anchor = ends[ends[0] - 12 - wide < (0 if is_vega_stacked(rows.width) else area.left)] - 12, "end"
    return draw_words(x, rows.middle(row), value, anchor=anchor, fill=MUTED, halo=True)


def left_out_of_chart(
    shown: int, rows: int, height: float, language: Language, width: float = WIDTH
) -> tuple[list[str], float]:
    """Return the line that says how many rows are not drawn, if any, and the height of the picture with it."""
    if shown >= rows:
        return [], height
    words = text("page.more_rows", language, shown=shown, hidden=rows - shown)
    note, tall = draw_paragraph(words, height, width)
    return [note], height + tall + 4


def _change_keys(language: Language) -> list[LegendKey]:
    """The legend of before and after."""
    return [
        LegendKey("ring", MUTED, text("page.before", language)),
        LegendKey("dot", HOME, text("page.after", language)),
    ]


def _change_plot(kept: Sequence[SchoolChange], rows: BarRows, axis: str, *, whole: bool) -> Plot:
    """A ring before, a dot after, a line between."""
    values = [value for one in kept for value in (one.before, one.after)]
    low, high = min(0.0, *values), max(0.0, *values)
    scale = Scale(low, high if high > low else low + 1, axis, whole, ticks=4 if is_vega_stacked(rows.width) else 6)
    plot = Plot(rows.area, scale, vega_rows_scale(len(kept)))
    places = [(rows.at(row, 0.5), one) for row, one in enumerate(kept)]
    moved = [(y, one) for y, one in places if one.before != one.after]
    plot.lines([(one.before, one.after, y, y) for y, one in moved], HOME, width=4, opacity=0.45)
    plot.points([(one.before, y) for y, one in places], MUTED, hollow=True, size=80)
    plot.points([(one.after, y) for y, one in moved], HOME, size=130)
    return plot


def _difference(change: SchoolChange, digits: int, language: Language) -> str:
    """The signed difference, or that nothing changed."""
    if change.after == change.before:
        return text("page.unchanged", language)
    return number(change.after - change.before, digits, signed=True)
