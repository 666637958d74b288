"""Rankings of decisions in words, for the terminal, JSON and the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table

from allocator.domain import Text
from allocator.messages import Language, text
from allocator.planning.whatif.standings import NOTHING, Standing, places, ranked, worst_futures
from allocator.sheets.words import MINUS

HEADS = ("place", "decision", "without_seat", "away", "gained", "lost")


def standings_object(standings: Sequence[Standing]) -> dict[str, Any]:
    """Return the rankings and the worst futures as an object for JSON."""
    return {
        "rankings": [
            {
                "future": row[0].future or "base",
                "title": _both(row[0].future_title),
                "best": row[0].decision or None,
                "decisions": [{"place": place, **_object(one)} for place, one in zip(places(row), row, strict=True)],
            }
            for row in ranked(standings)
        ],
        "worst_futures": [
            {
                "decision": one.decision or None,
                "future": one.future or "base",
                "without_seat": one.without_seat,
                "diverted_or_adjusted": one.away,
            }
            for one in worst_futures(standings)
        ],
    }


def _both(title: Text) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


def _object(one: Standing) -> dict[str, Any]:
    """One decision in a future."""
    differences = zip(("without_seat", "diverted_or_adjusted"), one.difference, one.half, strict=True)
    return {
        "decision": one.decision or None,
        "title": _both(one.title),
        "without_seat": one.without_seat,
        "diverted_or_adjusted": one.away,
        "gained": one.gained,
        "lost": one.lost,
        "clear": one.clear,
        "differences": {name: {"mean": mean, "half_width": half} for name, mean, half in differences},
    }


def best_words(standings: Sequence[Standing], language: Language) -> Iterator[str]:
    """Give the best decision of each future in words."""
    for row in ranked(standings):
        code = "standings.best_none" if row[0].decision == NOTHING else "standings.best"
        yield text(code, language, **_params(row[0], language))


def worst_words(standings: Sequence[Standing], language: Language) -> Iterator[str]:
    """Give the worst future of each decision in words; nothing where there is one future only."""
    for one in worst_of_several(standings):
        yield text("standings.worst", language, **_params(one, language))


def worst_of_several(standings: Sequence[Standing]) -> list[Standing]:
    """Return each decision in its worst future; nothing where there is one future only."""
    return worst_futures(standings) if len({one.future for one in standings}) > 1 else []


def worst_rows(standings: Sequence[Standing]) -> Iterator[tuple[Text | str, ...]]:
    """Give decision, worst future, children without a seat, and children diverted or adjusted."""
    for one in worst_of_several(standings):
        yield one.title, one.future_title, _number(one.without_seat), _number(one.away)


def _params(one: Standing, language: Language) -> dict[str, str]:
    """What a sentence about a decision in a future fills in."""
    names = {"future": _in(one.future_title, language), "decision": _in(one.title, language)}
    return {**names, "without": _number(one.without_seat), "away": _number(one.away)}


def ranking_rows(row: Sequence[Standing]) -> Iterator[tuple[Text | str, ...]]:
    """Give the cells of a ranking by ``HEADS``."""
    for place, one in zip(places(row), row, strict=True):
        changes = ["" if one.decision == NOTHING else _change(one, i) for i in (0, 1)]
        people = ["" if count is None else _number(count) for count in (one.gained, one.lost)]
        figures = (_number(one.without_seat) + changes[0], _number(one.away) + changes[1])
        yield str(place), one.title, *figures, *people


def ranking_tables(standings: Sequence[Standing], language: Language) -> Iterator[Table]:
    """Give a table for the terminal for each future."""
    for row in ranked(standings):
        title = text("standings.title", language, future=_in(row[0].future_title, language))
        table = Table(title=title, title_justify="left", title_style="bold")
        for name in HEADS:
            left = name == "decision"
            table.add_column(text(f"standings.{name}", language), justify="left" if left else "right", overflow="fold")
        for cells in ranking_rows(row):
            table.add_row(*(cell if isinstance(cell, str) else _in(cell, language) for cell in cells))
        yield table


def _change(one: Standing, i: int) -> str:
    """A difference to no decision in brackets, with half its interval."""
    mean, half = one.difference[i], one.half[i]
    if not mean and (half is None or not half):
        return ""
    return f" ({_signed(mean)})" if half is None else f" ({_signed(mean)} ± {half:,.1f})"


def _number(value: float) -> str:
    """A count, whole where it is."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _signed(value: float) -> str:
    """A difference with its sign; none at all, and what rounds to none, is 0."""
    plain = f"{value:+,.0f}" if value == int(value) else f"{value:+,.1f}"
    return plain.replace("-", MINUS) if plain.strip("+-0.") else "0"


def _in(title: Text, language: Language) -> str:
    return title.zh if language == "zh" else title.en
