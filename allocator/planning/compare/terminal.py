"""A comparison of what-ifs on the terminal: marks, figures beside each other, gains and losses, rankings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from allocator.domain import Text
from allocator.planning.compare.comparison import MOST_PAIRS, PRICE, Comparison, WhatIfSummary
from allocator.planning.compare.files import MORE
from allocator.planning.compare.shifts import MEASURES
from allocator.planning.draws import SUMS
from allocator.planning.extra_seats import shortage_home_line
from allocator.planning.whatif import answer_line, best_standing_words, standing_tables, worst_standing_words
from allocator.sheets import Column, Mark, Part, Table, Value, bilingual, both, columns, marks_of, zone_titles

MOST_BESIDE = 3
"""Up to so many what-ifs are shown with all figures; of more there is an overview, and all figures in the files."""

MOST_GROUPS = 6
"""Groups of children shown of each what-if; all of them are in groups.csv and gains.csv."""

MOST_OPEN = 12
"""Lines up to which the table of gains and losses stands open on a page."""

OVERVIEW = ("seated", "diverted_or_adjusted", "without_seat", "empty_seats", "gained", "lost", "moved")
"""Figures of the overview; the first three are all the children."""


def parts_of(comparison: Comparison, summary: WhatIfSummary) -> Iterator[Part]:
    """Give what the terminal shows of a comparison and its summary."""
    yield from marks_of(comparison.district.policy, "planning.only", "what_if.trial", seed=comparison.trial_seed)
    yield from _headline(summary)
    base, *others = summary["variants"]
    yield from _kinds(summary)
    if len(others) > MOST_BESIDE:
        yield _overview(summary)
        titles = [_title(variant) for variant in others]
        yield bilingual(lambda language: "\n".join(f"{i:>3}  {t.in_(language)}" for i, t in enumerate(titles, start=1)))
    else:
        yield from _beside(comparison, summary)
    coming = [variant for variant in others if summary["kinds"][variant["name"]]["kind"] != "decision"]
    if coming:
        yield _shares(base, coming)
    if any(summary["answers"].values()):
        yield Mark(both("what_if.answers"), "title")
    yield from (answer_line(told) for answers in summary["answers"].values() for told in answers)
    yield from _standings(comparison, summary)


def _beside(comparison: Comparison, summary: WhatIfSummary) -> Iterator[Part]:
    """All figures of a few what-ifs, over draws too, and who gains and loses."""
    base, *others = summary["variants"]
    yield _figures(base, others)
    if summary["draws"]:
        yield _drawn(base, others, summary["draws"])
    zones = zone_titles(comparison.variants[0].lists.district)
    for variant in others:
        if variant["gains"]:
            caption = both("what_if.groups", title=_title(variant))
            yield terminal_gains_table(variant, zones, summary["far_metres"], caption, MOST_GROUPS)


def _title(variant: WhatIfSummary) -> Text:
    """What planners call a what-if."""
    return Text(variant["title"]["zh"], variant["title"]["en"])


def _standings(comparison: Comparison, summary: WhatIfSummary) -> Iterator[Part]:
    """Decisions ranked within each future, the best of each, and the worst future of each decision."""
    yield from standing_tables(comparison.standings)
    yield from best_standing_words(comparison.standings)
    yield from worst_standing_words(comparison.standings)
    if summary["futures_left_out"]:
        yield Mark(both("standings.too_many", most=MOST_PAIRS), "notice")
    titles = {variant["name"]: _title(variant) for variant in summary["variants"]}
    for pair in summary["impossible"]:
        names = {name: titles[pair[name]] for name in ("decision", "future")}
        reason = Text(pair["reason"]["zh"], pair["reason"]["en"])
        yield Mark(both("standings.impossible", **names, reason=reason), "notice")


def _kinds(summary: WhatIfSummary) -> Iterator[Part]:
    """Which what-ifs were taken for a decision or a future without saying so, and which are neither."""
    for variant in summary["variants"][1:]:
        title, known = _title(variant), summary["kinds"][variant["name"]]
        if known["kind"] == "mixed":
            yield Mark(both("standings.mixed", title=title), "notice")
        elif not known["stated"]:
            yield both("standings.inferred", title=title, role=both(f"standings.role.{known['kind']}"))


def _shares(base: WhatIfSummary, shown: Sequence[WhatIfSummary]) -> Table:
    """Shares of the children, of the base and of what-ifs in which their number may be another one."""
    rows: list[tuple[Value, ...]] = []
    for name in ("seated", *SUMS):
        cells = [(variant["mean_shares"] or variant["shares"]).get(name) for variant in (base, *shown)]
        rows.append((both(f"what_if.{name}"), *(None if cell is None else f"{cell:.1f} %" for cell in cells)))
    return Table(_beside_columns(base, shown), tuple(rows), both("what_if.shares"))


def _headline(summary: WhatIfSummary) -> Iterator[Part]:
    """The fewest seats, the number to act on; then demand at home before choices, which is another one."""
    lines = zip(summary["headline"]["zh"], summary["headline"]["en"], strict=True)
    yield from (Mark(Text(*line), "plain" if place else "title") for place, line in enumerate(lines))
    rows = summary["variants"][0]["reconciliation"][:-1]
    above = [gap for row in rows if (gap := row["home_demand"] - row["plan"]) > 0]
    yield bilingual(partial(shortage_home_line, len(above), sum(above)))


def _overview(summary: WhatIfSummary) -> Table:
    """A numbered line for each what-if: the differences that matter most, over draws where there are some."""
    draws, (base, *others) = summary["draws"], summary["variants"]
    plain = {name: terminal_figure(base, name) for name in OVERVIEW}
    means = (f"{base['means'][name]['mean']:,.1f}" if draws else f"{plain[name]:,}" for name in OVERVIEW)
    rows: list[tuple[Value, ...]] = [(_title(base), *means)]
    for number, variant in enumerate(others, start=1):
        drawn = variant["mean_differences"]
        cells = [
            _difference(drawn[name], "\n± ") if draws else f"{terminal_figure(variant, name) - plain[name]:+,}"
            for name in OVERVIEW
        ]
        rows.append((str(number), *cells))
    heads = (Column("", "right"), *columns("what_if.short", OVERVIEW, words=0))
    return Table(heads, tuple(rows), both("what_if.drawn", draws=f"{draws:,}") if draws else both("what_if.compared"))


def terminal_figure(variant: WhatIfSummary, name: str) -> int:
    """Return a figure of the one list of a variant: one of ``OVERVIEW``, or what it is made of."""
    found: int = sum(variant["figures"].get(part, variant.get(part, 0)) for part in SUMS.get(name, (name,)))
    return found


def _beside_columns(base: WhatIfSummary, some: Sequence[WhatIfSummary]) -> tuple[Column, ...]:
    """A column for the figures, one for the base and one for each what-if."""
    return (Column(both("what_if.figure")), *(Column(_title(variant), "right") for variant in (base, *some)))


def _figures(base: WhatIfSummary, some: Sequence[WhatIfSummary]) -> Table:
    """One list of each, under the trial seed."""
    rows: list[tuple[Value, ...]] = []
    for name in (*base["figures"], *MORE):
        values = [variant["figures"].get(name, variant.get(name)) for variant in (base, *some)]
        if any(values):
            rows.append((both(f"what_if.{name}"), *_compared(values)))
    for name in PRICE:
        prices = [(variant["price_of_rules"] or {}).get(name) for variant in (base, *some)]
        if any(price is not None for price in prices):
            rows.append((both("what_if.price", figure=both(f"what_if.price.{name}")), *_compared(prices)))
    return Table(_beside_columns(base, some), tuple(rows), both("what_if.compared"))


def _compared(values: Sequence[int | None]) -> Iterator[str | None]:
    """Numbers, those behind the first one with their difference to it."""
    first = values[0]
    for i, value in enumerate(values):
        if value is None:
            yield None
        elif i == 0 or first is None or value == first:
            yield f"{value:,}"
        else:
            yield f"{value:,} ({value - first:+,})"


def _drawn(base: WhatIfSummary, some: Sequence[WhatIfSummary], draws: int) -> Table:
    """Means over simulated draws."""
    rows: list[tuple[Value, ...]] = []
    for name, mean in base["means"].items():
        if name not in SUMS and (mean["mean"] or any(variant["means"][name]["mean"] for variant in some)):
            cells = (_difference(variant["mean_differences"][name]) for variant in some)
            rows.append((both(f"what_if.{name}"), f"{mean['mean']:,.1f}", *cells))
    return Table(_beside_columns(base, some), tuple(rows), both("what_if.drawn", draws=f"{draws:,}"))


def _difference(mean: dict[str, Any], between: str = " ± ") -> str:
    """A difference with half its 95 % interval; none at all is a plain 0."""
    if not mean["mean"] and not mean["error"]:
        return "0"
    error = "" if mean["half_width"] is None else f"{between}{mean['half_width']:,.2f}"
    value = f"{mean['mean']:+,.1f}"
    return f"{'0.0' if value in ('-0.0', '+0.0') else value}{error}"


def terminal_gains_table(
    variant: WhatIfSummary, zones: Mapping[str, Text], far: int | None, caption: Text, most: int | None = None
) -> Table:
    """Return who loses and who gains, with metres before and after: all together, then groups of children.

    Parameters
    ----------
    variant : dict
        Its part of the summary.
    zones : mapping
        Names of the zones.
    far : int or None
        More metres than these count as far; None: nobody is counted.
    caption : Text
        What stands above it.
    most : int or None
        Groups shown, those of which most lose, then gain; None: every group.
    """
    shown = MEASURES[1:] if far is not None else MEASURES[1:-1]
    heads = columns("what_if.column", ("zone_name", "category", "who", "children"), words=3)
    far_heads = (Column(both(f"what_if.short.{name}", far=far), "right") for name in shown)
    rows = tuple(
        (zones.get(row["zone"], both("what_if.everywhere")), row["category"], both(f"what_if.who.{row['who']}"),
         row["children"], *(_arrow(row, name) for name in shown))
        for row in _gains_shown(variant["gains"], most)
    )  # fmt: skip
    note = both("what_if.better_school")
    return Table((*heads, *far_heads), rows, caption, note, folded=len(rows) > MOST_OPEN)


def _gains_shown(rows: Sequence[WhatIfSummary], most: int | None) -> list[WhatIfSummary]:
    """The lines for all zones and those of the groups of which most lose, then gain."""
    everywhere = [row for row in rows if not row["zone"]]
    groups = sorted((row for row in rows if row["zone"]), key=lambda row: (row["who"] != "lost", -row["children"]))
    return [*everywhere, *groups[:most]]


def _arrow(row: WhatIfSummary, name: str) -> str:
    """A figure of the metres before and after; a dash where none is known."""
    before, after = (row[side][name] for side in ("before", "after"))
    return " → ".join("–" if number is None else f"{number:,}" for number in (before, after))
