"""Tables and charts of the entries of ``test_peers.py``, from the rows of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import log
from typing import Any

from benchmarks.chart import Series, chart
from benchmarks.side_by_side import SIZES
from benchmarks.test_peers import ENTRIES

Row = dict[str, Any]
Found = dict[tuple[str, str], Row]
"""Rows of one kind of instance by entry and size."""

WORDS = {
    "homes": "Planning optimum, no two homes alike, no bundles",
    "blocks-5": "Planning optimum, blocks of houses, 5 % twins",
    "ranked": "Deferred acceptance, five schools each",
}
COLUMNS = {"solve_s": "Solving, s", "prepare_s": "Making its own input before, s", "peak_mb": "Peak of the process, MB"}


def of_kind(rows: Sequence[Row], kind: str) -> Found:
    """Return the rows of a kind of instance by entry and size."""
    return {(row["entry"], row["size"]): row for row in rows if row.get("entry") and row["kind"] == kind}


def sections(rows: Sequence[Row], today: str) -> Iterator[str]:
    """Yield the lines of all comparisons."""
    for kind, words in WORDS.items():
        if found := of_kind(rows, kind):
            first = ENTRIES[kind][0]
            yield from ["", f"## {words}", "", f"![{words}: seconds by children]({today}-{kind}.svg)"]
            yield from ["", f"Run {', '.join(map(str, sorted({row['run'] for row in found.values()})))}."]
            for column, head in COLUMNS.items():
                yield from ["", *table(found, head, partial(cell, column))]
            yield from ["", *table(found, f"Times the seconds of {first}", partial(times, found, first))]


def table(found: Found, head: str, words: Callable[[Row], str]) -> Iterator[str]:
    """Yield the lines of a table of entries by sizes."""
    sizes = [size for size in SIZES if any(at == size for _, at in found)]
    yield f"| {head} | {' | '.join(f'{SIZES[size]:,}' for size in sizes)} |"
    yield "|---" * (len(sizes) + 1) + "|"
    for entry in dict.fromkeys(entry for entry, _ in found):
        cells = [words(found[entry, size]) if (entry, size) in found else "–" for size in sizes]
        yield f"| {entry} | {' | '.join(cells)} |"


def cell(name: str, row: Row) -> str:
    """Return a figure of a row; of one beyond the limit, the limit where it was met."""
    if "over" not in row:
        return str(row[name]) if name == "peak_mb" else three_digits(row[name])
    met = {"prepare": "prepare_s", "solve": "solve_s"}[row["over"]]
    return f"> {row['limit_s']:g}" if name == met else "–"


def times(found: Found, first: str, row: Row) -> str:
    """Return how many times as long as the first entry a row took."""
    base: float | None = found.get((first, row["size"]), {}).get("solve_s")
    if base is None or row.get("over") == "prepare":
        return "–"
    return f"> {row['limit_s'] / base:,.0f}" if "over" in row else three_digits(row["solve_s"] / base)


def three_digits(number: float) -> str:
    """Return a number with about three digits that count, four behind the point at most."""
    behind = 4 if number < 0.1 else 2 if number < 10 else 1 if number < 100 else 0
    return f"{number:,.{behind}f}"


def charts(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield kind and chart of every comparison."""
    for kind, words in WORDS.items():
        if found := of_kind(rows, kind):
            entries = dict.fromkeys(entry for entry, _ in found)
            lines = [_series(entry, [row for (name, _), row in found.items() if name == entry]) for entry in entries]
            across = "parties" if kind == "ranked" else "children"
            yield kind, chart(words, across, "seconds (triangle: over the limit)", lines)


def _series(entry: str, rows: list[Row]) -> Series:
    """The line of an entry."""
    rows.sort(key=lambda row: int(row["children"]))
    points = [(row["children"], row["solve_s"]) for row in rows if "over" not in row]
    beyond = [(row["children"], row["limit_s"]) for row in rows if "over" in row]
    return Series(entry, points, beyond[0] if beyond else None)


def growth(rows: Sequence[Row]) -> Iterator[str]:
    """Yield lines of kind, entry and exponent: seconds like children to this power, from 10,000 to 1,000,000."""
    done = [row for row in rows if "kind" in row and "over" not in row]
    solved = {(row["kind"], row.get("entry", "core"), row["children"]): row["solve_s"] for row in done}
    least, most = SIZES["10k"], SIZES["1m"]
    for kind, entry in dict.fromkeys((kind, entry) for kind, entry, _ in solved):
        small, large = solved.get((kind, entry, least)), solved.get((kind, entry, most))
        if small and large:
            yield f"| {kind} | {entry} | {log(large / small) / log(most / least):.2f} |"
