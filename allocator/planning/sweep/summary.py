"""What a sweep says: every cell of the grid with means and differences to the base, and decisions ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from allocator.domain import GridCell, Ints, Option, Policy, Role, Text
from allocator.ground import TEXTS, text
from allocator.planning.draws import FIGURES, ONE, SUMS, Estimate, estimate_mean, mean_as_decimal
from allocator.planning.sweep.run import Sweep
from allocator.planning.sweep.store import Header, ResultRow, Store
from allocator.planning.whatif import NOTHING, Standing, answer_object, standings_object

TAKEN, WITHOUT_SEAT, AWAY = "taken", "without_seat", "diverted_or_adjusted"
"""Figures by school; by category, as the sums of the same names."""

_OF_CHILDREN = ("seated", "diverted", "adjusted", "needs_ruling", "unplaced", *SUMS)
"""Figures that are told in percent of all who take part too."""

_BY_CATEGORY = (WITHOUT_SEAT, AWAY)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, of all or of one school or category.

    Attributes
    ----------
    figure : str
        One of ``FIGURES``, ``SUMS``, ``TAKEN``, ``WITHOUT_SEAT`` or ``AWAY``.
    of : str
        Id of the school or category; empty for the district.
    """

    figure: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class CellSummary:
    """One cell.

    Attributes
    ----------
    cell : GridCell
        Which.
    same_as : int or None
        Number of the first cell with the same composition, from whose draws its figures are; None: it is the first.
    cost : int or None
        Cost of all added seats that have one.
    means, differences : Mapping[Measure, Estimate]
        Of the figures, and of the figures minus those of the base, draw by draw.
    levels : (2, draws) int64
        Children without a seat, and diverted or adjusted, in every draw, by which decisions are ranked.
    """

    cell: GridCell
    same_as: int | None
    cost: int | None
    means: Mapping[Measure, Estimate]
    differences: Mapping[Measure, Estimate]
    levels: Ints = field(repr=False, compare=False)


@dataclass(frozen=True)
class SweepSummary:
    """A whole sweep; equal for an uninterrupted and a resumed one, and for any number of workers.

    Attributes
    ----------
    sweep : Sweep
        Grid, draws and seed.
    policy : Policy
        Of the base, for its notice.
    header : Header
        Of the results file.
    measures : tuple of Measure
        In the order in which they are shown.
    cells : tuple of CellSummary
        The base first.
    """

    sweep: Sweep
    policy: Policy
    header: Header
    measures: tuple[Measure, ...]
    cells: tuple[CellSummary, ...]

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every cell of which each option is a decision, a future or no change, in its future.

        An option that changes both supply and demand is neither, and its cells stand in no ranking. A future of which
        no cell is without a decision is held against nothing.
        """
        first: dict[tuple[str, str], CellSummary] = {}
        for found in self.cells:
            if not any(option.what_if and option.what_if.role == "mixed" for option in found.cell.options):
                first.setdefault((_part(found.cell, "future"), _part(found.cell, "decision")), found)
        return tuple(_standings(self, first))


def summarise_sweep(sweep: Sweep, store: Store, header: Header, policy: Policy) -> SweepSummary:
    """Return the summary of a sweep all of whose draws are in the results file.

    Parameters
    ----------
    sweep : Sweep
        Registered with the store.
    store : Store
        Where its results are.
    header : Header
        Of the store.
    policy : Policy
        Of the base.

    Raises
    ------
    ValueError
        If a draw is missing.
    """
    measures = _measures(sweep, header)
    first: dict[str, int] = {}
    done: dict[str, CellSummary] = {}
    base: Ints | None = None
    cells = []
    for cell in sweep.cells:
        if cell.digest not in done:
            values = _values(sweep, store, cell.digest, measures)
            base = values if base is None else base
            done[cell.digest] = _cell_summary(sweep, cell, measures, values, values - base)
        known, earlier = done[cell.digest], first.setdefault(cell.digest, cell.number)
        same_as = None if earlier == cell.number else earlier
        cells.append(CellSummary(cell, same_as, known.cost, known.means, known.differences, known.levels))
    return SweepSummary(sweep, policy, header, measures, tuple(cells))


def _cell_summary(
    sweep: Sweep, cell: GridCell, measures: tuple[Measure, ...], values: Ints, shifts: Ints
) -> CellSummary:
    """Means and differences of one composition."""
    demands = len(sweep.demands)
    levels = values[[measures.index(Measure(name)) for name in (WITHOUT_SEAT, AWAY)]]
    means = {measure: estimate_mean(values[i], demands) for i, measure in enumerate(measures)}
    differences = {measure: estimate_mean(shifts[i], demands) for i, measure in enumerate(measures)}
    if cell.digest == sweep.cells[0].digest:  # the same composition: no difference whatever is drawn
        differences = {measure: replace(found, half=0) for measure, found in differences.items()}
    return CellSummary(cell, None, sweep.settings[cell.digest].cost, means, differences, levels)


def _measures(sweep: Sweep, header: Header) -> tuple[Measure, ...]:
    """All figures: of the district, by school (of any cell), by category."""
    schools = sorted({name for setting in sweep.settings.values() for name in setting.schools})
    return (
        *map(Measure, FIGURES),
        *map(Measure, SUMS),
        *(Measure(TAKEN, school) for school in schools),
        *(Measure(figure, category) for figure in _BY_CATEGORY for category in header.categories),
    )


def _values(sweep: Sweep, store: Store, digest: str, measures: tuple[Measure, ...]) -> Ints:
    """The draws of a composition, shape (measures, demand draws times draws); a school that it has not holds nobody."""
    place = {measure: i for i, measure in enumerate(measures)}
    schools = (Measure(TAKEN, school) for school in store.schools(digest))
    by_category = (m for m in measures if m.of and m.figure in _BY_CATEGORY)
    there = (*map(Measure, FIGURES), *schools, *by_category)
    lines = np.array([place[measure] for measure in there])
    expected = len(sweep.demands) * sweep.draws
    found = np.zeros((len(measures), expected), dtype=np.int64)
    count = 0
    for row in store.rows(digest, sweep.demands, sweep.draws):
        found[lines, count] = _flat(row)
        count += 1
    for name, parts in SUMS.items():
        found[place[Measure(name)]] = sum(found[place[Measure(part)]] for part in parts)
    if count != expected:
        raise ValueError(f"Expected {expected} draws of composition {digest[:12]}, found {count}.")
    return found


def _flat(row: ResultRow) -> tuple[int, ...]:
    """The numbers of a result one after another."""
    return (*row.figures, *row.taken, *row.without_seat, *row.away)


def summary_object(summary: SweepSummary) -> dict[str, Any]:
    """Return the summary as an object for JSON; numbers have four decimals."""
    sweep, header = summary.sweep, summary.header
    return {
        "format_version": 1,
        "kind": "sweep",
        "marks": {language: list(_marks(summary, language)) for language in ("zh", "en")},
        "grid": sweep.grid.name,
        "policy_id": header.policy_id,
        "district": header.district,
        "seed": sweep.seed,
        "draws": sweep.draws,
        "demand_draws": sweep.demand_draws,
        "axes": [axis.name for axis in sweep.grid.axes],
        "cells": [_cell_object(cell, summary) for cell in summary.cells],
        "standings": standings_object(summary.standings),
    }


def _marks(summary: SweepSummary, language: str) -> Iterator[str]:
    """What must stand beside the figures in one language."""
    notice = summary.policy.notice
    yield text("sweep.mark", "zh" if language == "zh" else "en")
    if words := notice.zh if language == "zh" else notice.en:
        yield words


def _cell_object(found: CellSummary, summary: SweepSummary) -> dict[str, Any]:
    """One cell."""
    axes = [axis.name for axis in summary.sweep.grid.axes]
    options = [option.name for option in found.cell.options]
    return {
        "cell": found.cell.number,
        "options": dict(zip(axes, options, strict=False)),
        "what_if": found.cell.digest,
        "same_as": found.same_as,
        "cost": found.cost,
        "answers": [answer_object(answer) for answer in summary.sweep.settings[found.cell.digest].answers],
        "figures": [_figure_object(measure, found, summary) for measure in summary.measures],
    }


def _figure_object(measure: Measure, found: CellSummary, summary: SweepSummary) -> dict[str, Any]:
    """One figure of one cell."""
    mean, difference = found.means[measure], found.differences[measure]
    numbers = {
        "mean": mean.mean,
        "standard_error": mean.error,
        "half_width": mean.half,
        "difference": difference.mean,
        "difference_standard_error": difference.error,
        "difference_half_width": difference.half,
    }
    shown = {name: None if units is None else float(mean_as_decimal(units)) for name, units in numbers.items()}
    clear = summary.sweep.clear(difference)
    children = found.means[Measure("children")].mean
    counted = not measure.of and measure.figure in _OF_CHILDREN and children
    share = round(100 * mean.mean / children, 3) if counted else None
    return {"figure": measure.figure, "of": measure.of, **shown, "clearly_different": clear, "share": share}




def _standings(summary: SweepSummary, first: dict[tuple[str, str], CellSummary]) -> Iterator[Standing]:
    """One standing for each future and decision."""
    for (future, decision), found in first.items():
        come = summary_options_title(found, summary, "standings.now", "future")
        decided = summary_options_title(found, summary, "standings.none", "decision")
        told = Standing(future, decision, come, decided, *_levels(found))
        alone = first.get((future, NOTHING))
        if alone is None or alone is found:
            yield told
            continue
        demands = len(summary.sweep.demands)
        less, more = (estimate_mean(row, demands) for row in found.levels - alone.levels)
        half = tuple(None if one.half is None else one.half / ONE for one in (less, more))
        clear = any(map(summary.sweep.clear, (less, more)))
        yield replace(told, difference=(less.mean / ONE, more.mean / ONE), half=(half[0], half[1]), clear=clear)


def _levels(found: CellSummary) -> tuple[float, float]:
    """Mean children without a seat, and diverted or adjusted."""
    without, away = (found.means[Measure(name)].mean / ONE for name in _BY_CATEGORY)
    return without, away


def _part(cell: GridCell, role: Role) -> str:
    """The options of a cell that play a part, as a name; empty where there is none."""
    return "+".join(f"{i}:{option.name}" for i, option in enumerate(cell.options) if _plays(option, role))


def _plays(option: Option, role: Role | None) -> bool:
    """Whether an option changes something, in a part where one is named."""
    what_if = option.what_if
    return what_if is not None and bool(what_if.changes) and role in (None, what_if.role)


def summary_options_title(cell: CellSummary, summary: SweepSummary, otherwise: str, role: Role | None = None) -> Text:
    """Return titles of the options of a cell that change something, with their axes.

    Parameters
    ----------
    cell, summary : CellSummary, SweepSummary
        The cell, and the sweep that it is of.
    otherwise : str
        Code of the text where no option does.
    role : {"decision", "future", "mixed"} or None
        Of options of this part alone.
    """
    pairs = zip(summary.sweep.grid.axes, cell.cell.options, strict=False)
    changed = [(axis.title, option.title) for axis, option in pairs if _plays(option, role)]
    if not changed:
        return Text(*TEXTS[otherwise])
    gaps = (" " if axis.zh[-1:].isascii() else "" for axis, _ in changed)  # an id as title is a word, no character
    zh = "；".join(f"{axis.zh}{gap}{option.zh}" for (axis, option), gap in zip(changed, gaps, strict=True))
    return Text(zh, "; ".join(f"{axis.en} {option.en}" for axis, option in changed))
