"""A sweep as a page with pictures, off-line and whole (docs/sweep.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from allocator.domain import Text
from allocator.ground import Language, ListLanguages
from allocator.planning.draws import FIGURES, ONE, SUMS, Estimate
from allocator.planning.sweep.run import Sweep
from allocator.planning.sweep.store import Store
from allocator.planning.sweep.summary import CellSummary, Measure, SweepSummary, options_title
from allocator.planning.sweep.table import few_words, size_words
from allocator.planning.whatif import answer_object, answer_words, best_words, worst_words
from allocator.record import REPORT_MARK
from allocator.sheets import (
    Cell,
    Difference,
    Draws,
    Figure,
    Note,
    Page,
    PageSection,
    Table,
    Value,
    bilingual,
    both,
    columns,
    difference_chart,
    distribution,
    drawn,
    number,
    render,
)

DRAWN = ("diverted_or_adjusted", "without_seat")
"""Figures that are drawn: their differences to the base, and how they spread over the draws."""

TOLD = ("seated", "diverted", "adjusted", "needs_ruling", "unplaced", "empty_seats", "metres")
"""Figures of the table."""

MOST_CELLS = 24
"""Compositions in a picture; all stand in the table."""

DrawnValues = Mapping[str, Mapping[str, tuple[int, ...]]]
"""By composition and figure: the figure in each draw."""


def drawn_values(sweep: Sweep, store: Store) -> DrawnValues:
    """Return ``DRAWN`` of every draw of the first compositions, from the results file while it is open."""
    at = {name: [FIGURES.index(part) for part in SUMS[name]] for name in DRAWN}
    digests = list(dict.fromkeys(cell.digest for cell in sweep.cells))[:MOST_CELLS]
    found = {}
    for digest in digests:
        rows = [row.figures for row in store.rows(digest, sweep.demands, sweep.draws)]
        found[digest] = {name: tuple(sum(figures[i] for i in at[name]) for figures in rows) for name in DRAWN}
    return found


def sweep_report_bytes(summary: SweepSummary, values: DrawnValues, lists: ListLanguages = "both") -> bytes:
    """Return the page of a sweep.

    Parameters
    ----------
    summary : SweepSummary
        Means and differences of every cell.
    values : mapping
        ``drawn_values``.
    lists : {"zh", "en", "both"}
        Language or languages of the page.
    """
    notice, sweep = summary.policy.notice, summary.sweep
    marks = [both("sweep.mark"), *([notice] if notice.zh or notice.en else [])]
    if not sweep.enough:
        marks.append(few_words(sweep))
    distinct = [found for found in summary.cells if found.same_as is None]
    sections = (_compared(distinct, summary), _spread(distinct, summary, values), _all(summary))
    footer = (both("warnings.forecast_only"), both("report.made_sweep", mark=REPORT_MARK))
    return render(
        Page(sweep.grid.title, sections, size_words(sweep), tuple(marks), _best(summary), footer=footer),
        lists,
    )  # fmt: skip


def _best(summary: SweepSummary) -> Text:
    """The best decision of each future, and the worst future of each decision."""
    told = (*best_words(summary.standings), *worst_words(summary.standings))
    return bilingual(lambda language: " ".join(words.in_(language) for words in told))


def _compared(distinct: Sequence[CellSummary], summary: SweepSummary) -> PageSection:
    """Differences to the base, with half their 95 % intervals."""
    others = distinct[1 : MOST_CELLS + 1]
    parts: list[Figure | Table | Note] = []
    for name in DRAWN:
        rows = [_difference(found, summary, name) for found in others]
        if any(row.mean for row in rows):
            axis = both(f"what_if.{name}")
            parts.append(drawn(partial(_differences, sorted(rows, key=lambda row: row.mean), axis), axis))
    return PageSection(both("report.sweep_compared"), both("report.sweep_compared_lead"), parts=tuple(parts))


def _difference(found: CellSummary, summary: SweepSummary, name: str) -> Difference:
    estimate = found.differences[Measure(name)]
    title = options_title(found, summary, "sweep.base")
    return Difference(title, estimate.mean / ONE, (estimate.half or 0) / ONE, summary.sweep.clear(estimate))


def _differences(rows: Sequence[Difference], axis: Text, language: Language, width: float) -> str:
    return difference_chart(rows, language, axis=axis, width=width)


def _spread(distinct: Sequence[CellSummary], summary: SweepSummary, values: DrawnValues) -> PageSection:
    """How the figures spread over the draws."""
    parts: list[Figure | Table | Note] = []
    for name in DRAWN:
        known = [one for one in distinct if one.cell.digest in values]
        series = [Draws(options_title(one, summary, "sweep.base"), values[one.cell.digest][name]) for one in known]
        if any(any(one.values) for one in series):
            axis = both(f"what_if.{name}")
            parts.append(drawn(partial(_distribution, series, axis), axis))
    return PageSection(both("report.sweep_spread"), parts=tuple(parts))


def _distribution(series: Sequence[Draws], axis: Text, language: Language, width: float) -> str:
    return distribution(series, language, axis=axis, width=width)


def _all(summary: SweepSummary) -> PageSection:
    """Every cell with its means, and below each the difference and half its 95 % interval."""
    heads = (*columns("sweep.column", ("options", "cell")), *columns("what_if", TOLD, words=0))
    rows: tuple[tuple[Cell | Value, ...], ...] = tuple(
        (options_title(found, summary, "sweep.base"), found.cell.number, *(_numbers(found, name) for name in TOLD))
        for found in summary.cells
    )
    table = Table(heads, rows, both("report.sweep_table"), both("report.sweep_note"))
    told = dict.fromkeys(answer_words(answer_object(answer)) for answer in summary.sweep.answers)
    return PageSection(both("report.sweep_all"), parts=(table, *map(Note, told)))


def _numbers(found: CellSummary, name: str) -> Cell:
    """Mean, and the difference to the base."""
    measure = Measure(name)
    mean, shift = found.means[measure], found.differences[measure]
    return Cell(number(mean.mean / ONE, 1), "" if not found.cell.options else " ".join(_shift(shift)))


def _shift(shift: Estimate) -> Iterator[str]:
    """A difference with its sign and half its 95 % interval."""
    yield number(shift.mean / ONE, 1, signed=True)
    if shift.half is not None:
        yield f"± {number(shift.half / ONE, 1)}"
