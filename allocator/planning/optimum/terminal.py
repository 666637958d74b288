"""A planning optimum as tables for the terminal, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.messages import Language, text
from allocator.planning.optimum.files import Summary

FIGURES = (
    "unplaced", "home", "chosen", "diverted", "metres", "metres_mean", "metres_p95", "bundles_split", "bundles_moved",
    "justified_envy", "wasted_seats", "above_seats", "objective",
)  # fmt: skip
MOST_NAMED = 10
"""Parties named that no school could hold; all of them are in summary.json."""

MOST_SCHOOLS = 20
"""Schools shown, the dearest first; all of them are in schools.csv."""


def print_optimum(summary: Summary, language: Language) -> None:
    """Print the summary on standard output."""
    console = PlainConsole()
    for part in _parts(summary, language):
        console.print(part)


def _parts(summary: Summary, language: Language) -> Iterator[RenderableType]:
    """Marks, both lists side by side, prices, proof."""
    yield Text(summary["title"][language], style="bold")
    yield Text(summary["planning_only"][language], style="bold yellow")
    if summary["notice"][language]:
        yield Text(summary["notice"][language], style="yellow")
    yield _figures(summary, language)
    if any(summary["prices"].values()):
        yield _prices(summary, language)
    if summary["hopeless"]:
        named, count = ", ".join(summary["hopeless"][:MOST_NAMED]), len(summary["hopeless"])
        yield Text(text("planning.hopeless", language, count=count, named=named), style="bold red")
    figures = {key: f"{summary[key]:,}" for key in ("objective", "bound", "gap")}
    yield Text(text("planning.numbers", language, **figures))
    yield Text(_proof(summary, language))


def _figures(summary: Summary, language: Language) -> Table:
    """The price of the rules: the same figures of both lists."""
    table = Table(title=text("planning.side_by_side", language), title_justify="left", title_style="bold")
    table.add_column(text("planning.figure", language))
    for code in ("planning.optimum", "planning.rules"):
        table.add_column(text(code, language), justify="right")
    for figure in FIGURES:
        values = (summary[which][figure] for which in ("optimum", "rules"))
        table.add_row(text(f"planning.figure.{figure}", language), *map(_shown, values))
    for category in summary["optimum"]["by_category"]:
        placed = [summary[which]["by_category"][category] for which in ("optimum", "rules")]
        if any(placed):
            table.add_row(text("planning.placed_of", language, category=category), *map(_shown, placed))
    return table


def _shown(value: object) -> str:
    return "–" if value is None else f"{value:,}"


def _prices(summary: Summary, language: Language) -> Table:
    """Prices of the dearest schools."""
    table = Table(title=text("planning.prices", language), title_justify="left", title_style="bold")
    table.add_column(text("planning.school", language))
    table.add_column(text("planning.price", language), justify="right")
    dearest = sorted(summary["prices"].items(), key=lambda item: (-item[1], item[0]))[:MOST_SCHOOLS]
    for school, price in dearest:
        if price:
            table.add_row(summary["names"][school], f"{price:,}")
    return table


def _proof(summary: Summary, language: Language) -> str:
    """How far the list is proven, and by what."""
    if not summary["proven"]:
        return text("planning.not_proven", language, gap=f"{summary['gap']:,}", bound=f"{summary['bound']:,}")
    proof = summary["proof"]
    if proof["price_bound"] == summary["objective"]:
        return text("planning.proven_by_prices", language)
    words = {"searched": proof["searched"], "word": proof["on_solvers_word"]}
    gap = f"{proof['price_bound'] - summary['objective']:,}"
    return text("planning.proven_by_search", language, gap=gap, **words)
