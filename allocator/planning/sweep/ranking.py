"""The standings of a sweep: combinations of decisions ranked within each combination of futures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.domain import Cell, Option, Role, Text
from allocator.messages import TEXTS
from allocator.planning.draws.means import estimate
from allocator.planning.sweep.summary import CellSummary, Measure, SweepSummary
from allocator.planning.whatif.standings import NOTHING, Standing

_UNIT = 10_000  # of an estimate
_NAMES = ("without_seat", "diverted_or_adjusted")


def standings_of(summary: SweepSummary) -> list[Standing]:
    """Return every cell of which each option is a decision, a future or no change, in its future.

    An option that changes both supply and demand is neither, and its cells stand in no ranking. A future of which no
    cell is without a decision is held against nothing.
    """
    first: dict[tuple[str, str], CellSummary] = {}
    for found in summary.cells:
        if not any(option.what_if and option.what_if.role == "mixed" for option in found.cell.options):
            first.setdefault((_part(found.cell, "future"), _part(found.cell, "decision")), found)
    return list(_standings(summary, first))


def _standings(summary: SweepSummary, first: dict[tuple[str, str], CellSummary]) -> Iterator[Standing]:
    """One standing for each future and decision."""
    for (future, decision), found in first.items():
        come = options_title(found, summary, "standings.now", "future")
        decided = options_title(found, summary, "standings.none", "decision")
        told = Standing(future, decision, come, decided, *_levels(found))
        alone = first.get((future, NOTHING))
        if alone is None or alone is found:
            yield told
            continue
        demands = len(summary.sweep.demands)
        less, more = (estimate(row, demands) for row in found.levels - alone.levels)
        half = tuple(None if one.half is None else one.half / _UNIT for one in (less, more))
        clear = any(map(summary.sweep.clear, (less, more)))
        yield replace(told, difference=(less.mean / _UNIT, more.mean / _UNIT), half=(half[0], half[1]), clear=clear)


def _levels(found: CellSummary) -> tuple[float, float]:
    """Mean children without a seat, and diverted or adjusted."""
    without, away = (found.means[Measure(name)].mean / _UNIT for name in _NAMES)
    return without, away


def _part(cell: Cell, role: Role) -> str:
    """The options of a cell that play a part, as a name; empty where there is none."""
    return "+".join(f"{i}:{option.name}" for i, option in enumerate(cell.options) if _plays(option, role))


def _plays(option: Option, role: Role | None) -> bool:
    """Whether an option changes something, in a part where one is named."""
    what_if = option.what_if
    return what_if is not None and bool(what_if.changes) and role in (None, what_if.role)


def options_title(found: CellSummary, summary: SweepSummary, otherwise: str, role: Role | None = None) -> Text:
    """Return titles of the options of a cell that change something, with their axes.

    Parameters
    ----------
    found, summary : CellSummary, Summary
        The cell, and the sweep that it is of.
    otherwise : str
        Code of the text where no option does.
    role : {"decision", "future", "mixed"} or None
        Of options of this part alone.
    """
    pairs = zip(summary.sweep.grid.axes, found.cell.options, strict=False)
    changed = [(axis.title, option.title) for axis, option in pairs if _plays(option, role)]
    if not changed:
        return Text(*TEXTS[otherwise])
    gaps = (" " if axis.zh[-1:].isascii() else "" for axis, _ in changed)  # an id as title is a word, no character
    zh = "；".join(f"{axis.zh}{gap}{option.zh}" for (axis, option), gap in zip(changed, gaps, strict=True))
    return Text(zh, "; ".join(f"{axis.en} {option.en}" for axis, option in changed))
