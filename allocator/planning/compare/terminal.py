"""A comparison of what-ifs as tables for the terminal, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.messages import Language, text
from allocator.planning.compare.comparison import MOST_PAIRS, Comparison
from allocator.planning.compare.files import MORE
from allocator.planning.compare.shifts import MEASURES
from allocator.planning.compare.summary import PRICE, WhatIfSummary
from allocator.planning.draws.simulation import SUMS
from allocator.planning.extra_seats.shortage_words import home_line
from allocator.planning.whatif.answers import answer_words
from allocator.planning.whatif.standings import Standing
from allocator.planning.whatif.standings_words import best_words, ranking_tables, worst_words
from allocator.sheets.names import zone_names

MOST_BESIDE = 3
"""Up to so many what-ifs are shown with all figures; of more there is an overview, and all figures in the files."""

MOST_GROUPS = 6
"""Groups of children shown of each what-if; all of them are in groups.csv and gains.csv."""

OVERVIEW = ("seated", "diverted_or_adjusted", "without_seat", "empty_seats", "gained", "lost", "moved")
"""Figures of the overview; the first three are all the children."""


def print_comparison(comparison: Comparison, summary: WhatIfSummary, language: Language) -> None:
    """Print a comparison and its summary on standard output, and the decisions ranked within each future."""
    console = PlainConsole()
    zones = zone_names(comparison.variants[0].lists.district, language)
    for part in (*_parts(summary, zones, language), *_standings(summary, comparison.standings, language)):
        console.print(part)


def _standings(summary: WhatIfSummary, standings: Sequence[Standing], language: Language) -> Iterator[RenderableType]:
    """Decisions ranked within each future, the best of each, and the worst future of each decision."""
    yield from ranking_tables(standings, language)
    for words in (*best_words(standings, language), *worst_words(standings, language)):
        yield Text(words)
    if summary["futures_left_out"]:
        yield Text(text("standings.too_many", language, most=MOST_PAIRS), style="yellow")
    titles = {variant["name"]: variant["title"][language] for variant in summary["variants"]}
    for pair in summary["impossible"]:
        names = {"decision": titles[pair["decision"]], "future": titles[pair["future"]]}
        yield Text(text("standings.impossible", language, **names, reason=pair["reason"][language]), style="yellow")


def _parts(summary: WhatIfSummary, zones: Mapping[str, str], language: Language) -> Iterator[RenderableType]:
    """Marks, the tables of figures, over draws too, and who gains and loses."""
    yield Text(summary["title"][language], style="bold")
    yield Text(summary["planning_only"][language], style="bold yellow")
    yield Text(text("what_if.trial", language, seed=summary["trial_seed"]), style="bold yellow")
    if summary["notice"][language]:
        yield Text(summary["notice"][language], style="yellow")
    yield from _headline(summary, language)
    base, *others = summary["variants"]
    yield from _kinds(summary, language)
    if len(others) > MOST_BESIDE:
        yield _overview(summary, language)
        yield Text("\n".join(f"{i:>3}  {variant['title'][language]}" for i, variant in enumerate(others, start=1)))
    else:
        yield _figures(base, others, language)
        if summary["draws"]:
            yield _drawn(base, others, summary["draws"], language)
        for variant in others:
            if variant["gains"]:
                yield _gains(variant, zones, language, summary["far_metres"])
    coming = [variant for variant in others if summary["kinds"][variant["name"]]["kind"] != "decision"]
    if coming:
        yield _shares(base, coming, language)
    yield from _answers(summary, language)


def _kinds(summary: WhatIfSummary, language: Language) -> Iterator[Text]:
    """Which what-ifs were taken for a decision or a future without saying so, and which are neither."""
    for variant in summary["variants"][1:]:
        title, known = variant["title"][language], summary["kinds"][variant["name"]]
        if known["kind"] == "mixed":
            yield Text(text("standings.mixed", language, title=title), style="yellow")
        elif not known["stated"]:
            role = text(f"standings.role.{known['kind']}", language)
            yield Text(text("standings.inferred", language, title=title, role=role))


def _shares(base: WhatIfSummary, shown: Sequence[WhatIfSummary], language: Language) -> Table:
    """Shares of the children, of the base and of what-ifs in which their number may be another one."""
    table = _table(text("what_if.shares", language), base, shown, language)
    for name in ("seated", *SUMS):
        cells = [(variant["mean_shares"] or variant["shares"]).get(name) for variant in (base, *shown)]
        table.add_row(text(f"what_if.{name}", language), *("–" if cell is None else f"{cell:.1f} %" for cell in cells))
    return table


def _answers(summary: WhatIfSummary, language: Language) -> Iterator[Text]:
    """A line for every request of every change; what was left out stands out."""
    if any(summary["answers"].values()):
        yield Text(text("what_if.answers", language), style="bold")
    for answers in summary["answers"].values():
        for told in answers:
            yield Text("· " + answer_words(told, language), style="yellow" if told["left_out"] else "")


def _headline(summary: WhatIfSummary, language: Language) -> Iterator[Text]:
    """The fewest seats, the number to act on; then demand at home before choices, which is another one."""
    for place, line in enumerate(summary["headline"][language]):
        yield Text(line, style="" if place else "bold")
    rows = summary["variants"][0]["reconciliation"][:-1]
    above = [gap for row in rows if (gap := row["home_demand"] - row["plan"]) > 0]
    yield Text(home_line(len(above), sum(above), language))


def _overview(summary: WhatIfSummary, language: Language) -> Table:
    """A numbered line for each what-if: the differences that matter most, over draws where there are some."""
    draws, (base, *others) = summary["draws"], summary["variants"]
    title = text("what_if.drawn", language, draws=f"{draws:,}") if draws else text("what_if.compared", language)
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("", justify="right")
    for name in OVERVIEW:
        table.add_column(text(f"what_if.short.{name}", language), justify="right", max_width=12, overflow="fold")
    plain = {name: figure_of(base, name) for name in OVERVIEW}
    means = (f"{base['means'][name]['mean']:,.1f}" if draws else f"{plain[name]:,}" for name in OVERVIEW)
    table.add_row(base["title"][language], *means)
    for number, variant in enumerate(others, start=1):
        drawn = variant["mean_differences"]
        cells = [
            _difference(drawn[name], "\n± ") if draws else f"{figure_of(variant, name) - plain[name]:+,}"
            for name in OVERVIEW
        ]
        table.add_row(str(number), *cells)
    return table


def figure_of(variant: WhatIfSummary, name: str) -> int:
    """Return a figure of the one list of a variant: one of ``OVERVIEW``, or what it is made of."""
    found: int = sum(variant["figures"].get(part, variant.get(part, 0)) for part in SUMS.get(name, (name,)))
    return found


def _table(title: str, base: WhatIfSummary, some: Sequence[WhatIfSummary], language: Language) -> Table:
    """An empty table with a column for the base and for each what-if."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column(text("what_if.figure", language), overflow="fold")
    for variant in (base, *some):
        table.add_column(variant["title"][language], justify="right", overflow="fold")
    return table


def _figures(base: WhatIfSummary, some: Sequence[WhatIfSummary], language: Language) -> Table:
    """One list of each, under the trial seed."""
    table = _table(text("what_if.compared", language), base, some, language)
    for name in (*base["figures"], *MORE):
        values = [variant["figures"].get(name, variant.get(name)) for variant in (base, *some)]
        if any(values):
            table.add_row(text(f"what_if.{name}", language), *_compared(values))
    for name in PRICE:
        prices = [(variant["price_of_rules"] or {}).get(name) for variant in (base, *some)]
        if any(price is not None for price in prices):
            figure = text(f"what_if.price.{name}", language)
            table.add_row(text("what_if.price", language, figure=figure), *_compared(prices))
    return table


def _compared(values: Sequence[int | None]) -> Iterator[str]:
    """Numbers, those behind the first one with their difference to it."""
    first = values[0]
    for i, value in enumerate(values):
        if value is None:
            yield "–"
        elif i == 0 or first is None or value == first:
            yield f"{value:,}"
        else:
            yield f"{value:,} ({value - first:+,})"


def _drawn(base: WhatIfSummary, some: Sequence[WhatIfSummary], draws: int, language: Language) -> Table:
    """Means over simulated draws."""
    table = _table(text("what_if.drawn", language, draws=f"{draws:,}"), base, some, language)
    for name, mean in base["means"].items():
        if name in SUMS:  # their parts are shown
            continue
        cells = [f"{mean['mean']:,.1f}"]
        cells += [_difference(variant["mean_differences"][name]) for variant in some]
        if mean["mean"] or any(variant["means"][name]["mean"] for variant in some):
            table.add_row(text(f"what_if.{name}", language), *cells)
    return table


def _difference(mean: dict[str, Any], between: str = " ± ") -> str:
    """A difference with half its 95 % interval; none at all is a plain 0."""
    if not mean["mean"] and not mean["error"]:
        return "0"
    error = "" if mean["half_width"] is None else f"{between}{mean['half_width']:,.2f}"
    value = f"{mean['mean']:+,.1f}"
    return f"{'0.0' if value in ('-0.0', '+0.0') else value}{error}"


def _gains(variant: WhatIfSummary, zones: Mapping[str, str], language: Language, far: int | None) -> Table:
    """Who loses and who gains, with metres before and after: all together, then the groups of which most do."""
    title = text("what_if.groups", language, title=variant["title"][language])
    table = Table(title=title, title_justify="left", title_style="bold", caption_justify="left",
                  caption=text("what_if.better_school", language))  # fmt: skip
    for name in ("zone_name", "category", "who", "children"):
        justify: Any = "right" if name == "children" else "left"
        table.add_column(text(f"what_if.column.{name}", language), justify=justify, overflow="fold")
    shown = MEASURES[1:] if far is not None else MEASURES[1:-1]
    for name in shown:
        table.add_column(text(f"what_if.short.{name}", language, far=far), justify="right", overflow="fold")
    for row in gains_shown(variant["gains"]):
        place = (zones.get(row["zone"], text("what_if.everywhere", language)), row["category"])
        pairs = (arrow(row, name) for name in shown)
        table.add_row(*place, text(f"what_if.who.{row['who']}", language), f"{row['children']:,}", *pairs)
    return table


def gains_shown(rows: Sequence[WhatIfSummary], most: int | None = MOST_GROUPS) -> list[WhatIfSummary]:
    """Return the lines for all zones and those of the groups of which most lose, then gain; None: of every group."""
    everywhere = [row for row in rows if not row["zone"]]
    groups = sorted((row for row in rows if row["zone"]), key=lambda row: (row["who"] != "lost", -row["children"]))
    return [*everywhere, *groups[:most]]


def arrow(row: WhatIfSummary, name: str) -> str:
    """Return a figure of the metres before and after; a dash where none is known."""
    before, after = (row[side][name] for side in ("before", "after"))
    return " → ".join("–" if number is None else f"{number:,}" for number in (before, after))
