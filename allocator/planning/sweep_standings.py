"""The standings of a sweep: combinations of decisions ranked within each combination of futures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.domain import Text
from allocator.domain.grid import Cell
from allocator.domain.what_if import Role
from allocator.messages import TEXTS
from allocator.planning.estimates import estimate
from allocator.planning.standings import NOTHING, Standing
from allocator.planning.sweep_summary import CellSummary, Measure, Summary

_UNIT = 10_000  # of an estimate
_NAMES = ("without_seat", "diverted_or_adjusted")


def standings_of(summary: Summary) -> list[Standing]:
    """Return every cell of which each option is a decision, a future or no change, in its future.

    An option that changes both supply and demand is neither, and its cells stand in no ranking. A future of which no
    cell is without a decision is held against nothing.
    """
    first: dict[tuple[str, str], CellSummary] = {}
    for found in summary.cells:
        if not any(option.what_if and option.what_if.role == "mixed" for option in found.cell.options):
            first.setdefault((_part(found.cell, "future"), _part(found.cell, "decision")), found)
    return list(_standings(summary, first))


def _standings(summary: Summary, first: dict[tuple[str, str], CellSummary]) -> Iterator[Standing]:
    """One standing for each future and decision."""
    for (future, decision), found in first.items():
        come = _title(found, summary, "future", "standings.now")
        decided = _title(found, summary, "decision", "standings.none")
        told = Standing(future, decision, come, decided, *_levels(found))
        alone = first.get((future, NOTHING))
        if alone is None or alone is found:
            yield told
            continue
        demands = len(summary.sweep.demands)
        less, more = (estimate(row, demands) for row in found.levels - alone.levels)
        half = tuple(None if one.half is None else one.half / _UNIT for one in (less, more))
        clear = any(map(summary.sweep.clear, (less, more)))
        yield replace(
            told, difference=(less.mean / _UNIT, more.mean / _UNIT), half=(half[0], half[1]), clear=clear
        )


def _levels(found: CellSummary) -> tuple[float, float]:
    """Mean children without a seat, and diverted or adjusted."""
    without, away = (found.means[Measure(name)].mean / _UNIT for name in _NAMES)
    return without, away


def _part(cell: Cell, role: Role) -> str:
    """The options of a cell that play a part, as a name; empty where there is none."""
    options = enumerate(cell.options)
    return "+".join(f"{i}:{option.name}" for i, option in options if option.what_if and option.what_if.role == role
                    and option.what_if.changes)  # fmt: skip


def _title(found: CellSummary, summary: Summary, role: Role, otherwise: str) -> Text:
    """The same as titles, with their axes."""
    pairs = zip(summary.sweep.grid.axes, found.cell.options, strict=False)
    changed = [(axis.title, option.title) for axis, option in pairs if option.what_if and option.what_if.role == role
               and option.what_if.changes]  # fmt: skip
    if not changed:
        return Text(*TEXTS[otherwise])
    zh = "；".join(f"{axis.zh}{option.zh}" for axis, option in changed)
    return Text(zh, "; ".join(f"{axis.en} {option.en}" for axis, option in changed))
