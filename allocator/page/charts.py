"""Charts of schools and figures: supply and demand, and before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allocator.domain import Text
from allocator.messages import Language, text
from allocator.page.colours import DIVERTED, HOME, INK, MUTED, PALE, WARNING
from allocator.page.drawing import FONT_SIZE, WIDTH, Key, framed, legend, words_at
from allocator.page.vega import Area, Plot, Scale, rows_scale
from allocator.page.words import number, said, shortened, text_width

MOST_ROWS = 30
"""Rows of a picture that still fit on a printed page."""

_LABEL_ROOM, _ROW, _AXIS = 330.0, 26.0, 48.0


@dataclass(frozen=True, slots=True)
class SchoolBar:
    """What one school needs and has.

    Attributes
    ----------
    name : str
        Name of the school.
    demand : int
        Children whose home school it is.
    seats : int
        Seats of the plan.
    seated : int
        Children seated there, whoever they are.
    diverted_in : int
        Of ``seated``, those who came by diversion or adjustment.
    """

    name: str
    demand: int
    seats: int
    seated: int
    diverted_in: int = 0

    def __post_init__(self) -> None:
        if min(self.demand, self.seats, self.diverted_in) < 0 or self.seated < self.diverted_in:
            raise ValueError(f"Expected 0 <= diverted_in <= seated and no negative number, got {self}.")

    @property
    def gap(self) -> int:
        """Children above the seats; negative where seats are spare."""
        return self.demand - self.seats


@dataclass(frozen=True, slots=True)
class Change:
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


def label_room(names: Sequence[str], *, size: float = FONT_SIZE, most: float = _LABEL_ROOM) -> float:
    """Return how much room the labels of rows need, at most ``most``."""
    return min(most, max((text_width(name, size) for name in names), default=0.0)) + 12


def empty(language: Language, title: str) -> str:
    """Return the picture of nothing: a title and the words that say so."""
    words = text("page.empty", language)
    return framed(language, title, words, 60, [words_at(WIDTH / 2, 30, words, anchor="middle", fill=MUTED)])


def supply_demand(schools: Sequence[SchoolBar], language: Language, *, most: int = MOST_ROWS) -> str:
    """Return a picture of demand, seats and children seated by school, the shortest of seats on top.

    Parameters
    ----------
    schools : sequence of SchoolBar
        In any order; sorted by gap, then name.
    language : {"zh", "en"}
        Language of its words.
    most : int
        Rows drawn; a line below says how many were left out (those whose gap is nearest to 0).

    Returns
    -------
    str
        SVG.
    """
    title = text("page.supply", language)
    if not schools:
        return empty(language, title)
    widest = sorted(schools, key=lambda bar: (-abs(bar.gap), bar.name))[:most]
    kept = sorted(widest, key=lambda bar: (-bar.gap, bar.name))
    bold = [bar.gap > 0 for bar in kept]
    left = label_room([bar.name for bar in kept])
    gaps = [_gap_words(bar.gap, language) for bar in kept]
    keys, keys_height = legend(_supply_keys(language))
    area = Area(left, keys_height + 8, WIDTH - left - label_room(gaps), _ROW * len(kept))
    plot = _supply_plot(kept, area, language)
    body = [keys, plot.svg(), *row_labels([bar.name for bar in kept], area, bold=bold)]
    for row, (bar, words) in enumerate(zip(kept, gaps, strict=True)):
        fill = WARNING if bar.gap > 0 else MUTED
        body.append(words_at(WIDTH, area.top + _ROW * (row + 0.5), words, anchor="end", fill=fill, bold=bar.gap > 0))
    height = area.top + area.height + _AXIS
    if len(kept) < len(schools):
        words = text("page.more_schools", language, shown=len(kept), hidden=len(schools) - len(kept))
        body.append(words_at(left, height + 6, words, fill=MUTED))
        height += 20
    return framed(language, title, _supply_said(schools, language), height, body)


def _supply_keys(language: Language) -> list[Key]:
    """The legend of supply and demand."""
    return [
        Key("pale", PALE, text("page.demand", language)),
        Key("tick", INK, text("page.seats", language)),
        Key("bar", HOME, text("page.seated", language)),
        Key("bar", DIVERTED, text("page.diverted_in", language)),
    ]


def _supply_plot(kept: Sequence[SchoolBar], area: Area, language: Language) -> Plot:
    """Bars of demand behind bars of the seated, a tick at the seats."""
    high = max(1.0, max(max(bar.demand, bar.seats, bar.seated) for bar in kept) * 1.03)
    plot = Plot(area, Scale(0, high, text("page.children", language)), rows_scale(len(kept)))
    rows = list(enumerate(kept))
    own = [(0.0, float(bar.seated - bar.diverted_in), row + 0.3, row + 0.7) for row, bar in rows]
    moved = [(float(bar.seated - bar.diverted_in), float(bar.seated), row + 0.3, row + 0.7) for row, bar in rows]
    plot.boxes([(0.0, float(bar.demand), row + 0.1, row + 0.9) for row, bar in rows if bar.demand], PALE,
               stroke="#8793a0", strokeWidth=1)  # fmt: skip
    plot.boxes([box for box in own if box[1] > box[0]], HOME)
    plot.boxes([box for box in moved if box[1] > box[0]], DIVERTED)
    plot.lines([(bar.seats, bar.seats, row + 0.04, row + 0.96) for row, bar in rows], INK, width=3)
    return plot


def _gap_words(gap: int, language: Language) -> str:
    """How many seats are short or spare."""
    if gap == 0:
        return text("page.exact", language)
    return text("page.short_by" if gap > 0 else "page.spare", language, count=number(abs(gap)))


def _supply_said(schools: Sequence[SchoolBar], language: Language) -> str:
    """The picture of supply and demand in a sentence."""
    short = [bar for bar in schools if bar.gap > 0]
    if not short:
        return text("page.supply_none", language)
    worst = min(short, key=lambda bar: (-bar.gap, bar.name))
    named = f"{worst.name} ({_gap_words(worst.gap, language)})"
    return text("page.supply_said", language, schools=len(schools), short=len(short), worst=named)


def row_labels(names: Sequence[str], area: Area, *, bold: Sequence[bool] = ()) -> list[str]:
    """Return the labels of the rows of a plot, to the left of it, shortened to the room they have."""
    step = area.height / max(1, len(names))
    return [
        words_at(area.left - 10, area.top + step * (row + 0.5), shortened(name, FONT_SIZE, area.left - 10),
                 anchor="end", bold=bool(bold) and bold[row])
        for row, name in enumerate(names)
    ]  # fmt: skip


def before_after(
    changes: Sequence[Change], language: Language, *, axis: Text | str = "", title: Text | str = "", digits: int = 0,
    by_size: bool = True, most: int = MOST_ROWS,
) -> str:
    """Return a picture of figures before and after: two points a row, joined by an arrow, and the signed difference.

    Parameters
    ----------
    changes : sequence of Change
        Rows in one unit.
    language : {"zh", "en"}
        Language of its words.
    axis, title : Text or str
        Unit at the axis (default: children) and name of the picture.
    digits : int
        Decimals of values and differences.
    by_size : bool
        The largest change on top; otherwise the order given.
    most : int
        Rows drawn (those that change most); a line below says how many were left out.

    Returns
    -------
    str
        SVG.
    """
    name = said(title, language) or text("page.change", language)
    if not changes:
        return empty(language, name)
    ranked = sorted(enumerate(changes), key=lambda pair: (-abs(pair[1].after - pair[1].before), pair[0]))[:most]
    kept = [one for _, one in (ranked if by_size else sorted(ranked, key=lambda pair: pair[0]))]
    names = [said(one.name, language) for one in kept]
    told = [_difference(one, digits, language) for one in kept]
    left = label_room(names)
    keys, keys_height = legend(_change_keys(language))
    area = Area(left, keys_height + 8, WIDTH - left - label_room(told) - 60, _ROW * len(kept))
    plot = _change_plot(kept, area, said(axis, language) or text("page.children", language), whole=digits == 0)
    body = [keys, plot.svg(), *row_labels(names, area, bold=[one.after != one.before for one in kept])]
    for row, (one, words) in enumerate(zip(kept, told, strict=True)):
        y, moved = area.top + _ROW * (row + 0.5), one.after != one.before
        body.append(_after(one, number(one.after, digits), y, area, plot))
        body.append(words_at(WIDTH, y, words, anchor="end", fill=INK if moved else MUTED, bold=moved))
    rest, height = left_out(len(kept), len(changes), left, area.top + area.height + _AXIS, language)
    body += rest
    changed = sum(one.before != one.after for one in changes)
    return framed(language, name, text("page.change_said", language, rows=len(changes), changed=changed), height, body)


def _after(one: Change, value: str, y: float, area: Area, plot: Plot) -> str:
    """The value after a change, beside its point."""
    x, anchor = plot.x_at(one.after) + 12, "start"
    if one.after < one.before:
        x, anchor = plot.x_at(one.after) - 12, "end"
        if x - text_width(value, FONT_SIZE) < area.left:  # else it stands on the name of the row
            x, anchor = plot.x_at(one.before) + 12, "start"
    return words_at(x, y, value, anchor=anchor, fill=MUTED, halo=True)


def left_out(shown: int, rows: int, left: float, height: float, language: Language) -> tuple[list[str], float]:
    """Return the line that says how many rows are not drawn, if any, and the height of the picture with it."""
    if shown >= rows:
        return [], height
    words = text("page.more_rows", language, shown=shown, hidden=rows - shown)
    return [words_at(left, height + 6, words, fill=MUTED)], height + 20


def _change_keys(language: Language) -> list[Key]:
    """The legend of before and after."""
    return [Key("ring", MUTED, text("page.before", language)), Key("dot", HOME, text("page.after", language))]


def _change_plot(kept: Sequence[Change], area: Area, axis: str, *, whole: bool) -> Plot:
    """A ring before, a dot after, a line between."""
    values = [value for one in kept for value in (one.before, one.after)]
    low, high = min(0.0, *values), max(0.0, *values)
    plot = Plot(area, Scale(low, high if high > low else low + 1, axis, whole), rows_scale(len(kept)))
    rows = [(row + 0.5, one) for row, one in enumerate(kept)]
    moved = [(y, one) for y, one in rows if one.before != one.after]
    plot.lines([(one.before, one.after, y, y) for y, one in moved], HOME, width=4, opacity=0.45)
    plot.points([(one.before, y) for y, one in rows], MUTED, hollow=True, size=80)
    plot.points([(one.after, y) for y, one in moved], HOME, size=130)
    return plot


def _difference(change: Change, digits: int, language: Language) -> str:
    """The signed difference, or that nothing changed."""
    if change.after == change.before:
        return text("page.unchanged", language)
    return number(change.after - change.before, digits, signed=True)
