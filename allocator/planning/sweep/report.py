"""What is told of a sweep: every figure of every cell in a file, what matters most in the terminal, and the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from allocator.domain import Text
from allocator.ground import Fault, Language, ListLanguages
from allocator.planning.draws import FEWEST_UNITS, FIGURES, ONE, SUMS, Estimate, mean_as_decimal
from allocator.planning.sweep.run import Sweep
from allocator.planning.sweep.store import Store
from allocator.planning.sweep.summary import TAKEN, CellSummary, Measure, SweepSummary, summary_options_title
from allocator.planning.whatif import (
    answer_line,
    answer_object,
    answer_words,
    best_standing_words,
    standing_tables,
    worst_standing_words,
)
from allocator.record import REPORT_MARK, kept_table_faults
from allocator.sheets import (
    Cell,
    Column,
    Difference,
    Draws,
    Figure,
    Mark,
    Note,
    NumberText,
    Page,
    PageSection,
    Part,
    Table,
    Value,
    bilingual,
    both,
    columns,
    difference_distributions,
    distribution,
    drawn_page_part,
    marks_of,
    number,
    render_document,
)

KIND = "sweep"
SHOWN = ("seated", "diverted_or_adjusted", "without_seat", "empty_seats")
"""Figures of the table in the terminal; the file has all."""

CELL, *OTHERS = columns("sweep.column", (
    "cell", "figure", "of", "mean", "error", "half", "difference", "difference_error", "difference_half", "clear",
), words=0)  # fmt: skip
"""Columns of the file; the axes stand behind the first."""

_AXIS = "axis."  # what the name of a grid's own column begins with, so that none is that of another


def table_of(summary: SweepSummary) -> Table:
    """Return the table of a file: a line for every figure of every cell."""
    axes = (Column(axis.title, key=f"{_AXIS}{axis.name}") for axis in summary.sweep.grid.axes)
    marks = (Mark(sweep_report_size_words(summary.sweep)), *marks_of(summary.policy, "sweep.mark"))
    return Table((CELL, *axes, *OTHERS), tuple(_lines(summary)), both("sweep.title"), marks=marks, kind=KIND)


def sweep_report_size_words(sweep: Sweep) -> Text:
    """Return how often was drawn, and under which seed."""
    code = "sweep.size_demand" if sweep.demand_draws else "sweep.size"
    return both(code, draws=sweep.draws, demands=sweep.demand_draws, seed=sweep.seed)


def _lines(summary: SweepSummary) -> Iterator[tuple[Value, ...]]:
    """The lines of the file."""
    for found in summary.cells:
        options = [option.title for option in found.cell.options]
        options = options or [both("sweep.base")] * len(summary.sweep.grid.axes)
        for measure in summary.measures:
            mean, shift = found.means[measure], found.differences[measure]
            numbers = (mean.mean, mean.error, mean.half, shift.mean, shift.error, shift.half)
            names = (both(_figure_code(measure)), _of(measure, summary))
            cells = (NumberText(mean_as_decimal(number)) for number in numbers)
            yield found.cell.number, *options, *names, *cells, _clear(summary, shift)


def _clear(summary: SweepSummary, shift: Estimate) -> Text:
    """Whether a difference is clear, or that there are too few draws to say so."""
    if not summary.sweep.enough:
        return both("sweep.clear.few", fewest=FEWEST_UNITS)
    return both("sweep.clear.yes" if summary.sweep.clear(shift) else "sweep.clear.no")


def sweep_report_few_words(sweep: Sweep) -> Text:
    """Return that there are too few draws to call anything clear."""
    return both("sweep.few" if sweep.demand_draws else "sweep.few_draws", fewest=FEWEST_UNITS)


def _figure_code(measure: Measure) -> str:
    """Code of the name of a figure."""
    return f"sweep.figure.{measure.figure}" if measure.of else f"what_if.{measure.figure}"


def _of(measure: Measure, summary: SweepSummary) -> str:
    """Name of the school or category of a figure."""
    if measure.figure == TAKEN:
        return summary.header.schools.get(measure.of, measure.of)
    return measure.of


def target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the table there: another file than an earlier table of a sweep is never replaced."""
    if not path.parent.is_dir():
        return [Fault("sweep.no_folder", "--out", value=str(path.parent))]
    columns = CELL, Column("", key=_AXIS)
    return kept_table_faults(path, "sweep.other_file", KIND, title="sweep.title", columns=columns)


def parts_of(summary: SweepSummary) -> Iterator[Part]:
    """Give what the terminal shows: marks, what matters most, decisions ranked, what became of every change."""
    _, *notice = marks_of(summary.policy)
    yield from (Mark(summary.sweep.grid.title, "title"), Mark(both("sweep.mark"), "notice"), *notice)
    if not summary.sweep.enough:
        yield Mark(sweep_report_few_words(summary.sweep), "notice")
    yield _table(summary)
    yield from standing_tables(summary.standings)
    yield from best_standing_words(summary.standings)
    yield from worst_standing_words(summary.standings)
    told = list(dict.fromkeys(answer_line(answer_object(answer)) for answer in summary.sweep.answers))
    if told:
        yield both("what_if.answers")
    yield from told


def _table(summary: SweepSummary) -> Table:
    """Means of the figures that matter most; below the base also the difference and half its 95 % interval."""
    heads = (CELL, *columns("sweep.column", ("options",)), *columns("what_if.short", SHOWN, words=0))
    rows = tuple(tuple(_shown(found, summary)) for found in summary.cells)
    return Table(heads, rows, note=sweep_report_size_words(summary.sweep), lined=True)


def _shown(found: CellSummary, summary: SweepSummary) -> Iterator[Value]:
    """Cells of one row of the terminal."""
    yield found.cell.number
    pairs = zip(summary.sweep.grid.axes, found.cell.options, strict=False)
    lines = [both("sweep.option", axis=axis.title, option=option.title) for axis, option in pairs]
    yield bilingual(lambda language: "\n".join(line.in_(language) for line in lines or [both("sweep.base")]))
    for name in SHOWN:
        mean, shift = found.means[Measure(name)], found.differences[Measure(name)]
        below = f"\n{_difference(shift)}" if found.cell.options else ""
        yield mean_as_decimal(mean.mean, 1) + _share(found, name) + below


def _share(found: CellSummary, name: str) -> str:
    """A figure in percent of the children, where demand changes: counts of different numbers of children mislead."""
    children = found.means[Measure("children")].mean
    changed = any(option.what_if and option.what_if.role != "decision" for option in found.cell.options)
    if not changed or name == "empty_seats" or not children:
        return ""
    return f"\n{100 * found.means[Measure(name)].mean / children:.1f} %"


def _difference(shift: Estimate) -> str:
    """A difference with its sign and half its 95 % interval, one decimal each."""
    shown = mean_as_decimal(shift.mean, 1)
    sign = "+" if shift.mean > 0 and shown.strip("0.") else ""
    return sign + shown + ("" if shift.half is None else f" ± {mean_as_decimal(shift.half, 1)}")


DRAWN = ("diverted_or_adjusted", "without_seat")
"""Figures that are drawn: their differences to the base, and how they spread over the draws."""

TOLD = ("seated", "diverted", "adjusted", "needs_ruling", "unplaced", "empty_seats", "metres")
"""Figures of the table."""

MOST_CELLS = 24
"""Compositions in a picture; all stand in the table."""

DrawnValues = Mapping[str, Mapping[str, tuple[int, ...]]]
"""By composition and figure: the figure in each draw."""


def sweep_report_values(sweep: Sweep, store: Store) -> DrawnValues:
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
        ``sweep_report_values``.
    lists : {"zh", "en", "both"}
        Language or languages of the page.
    """
    notice, sweep = summary.policy.notice, summary.sweep
    marks = [both("sweep.mark"), *([notice] if notice.zh or notice.en else [])]
    if not sweep.enough:
        marks.append(sweep_report_few_words(sweep))
    distinct = [found for found in summary.cells if found.same_as is None]
    sections = (_compared(distinct, summary), _spread(distinct, summary, values), _all(summary))
    footer = (both("warnings.forecast_only"), both("report.made_sweep", mark=REPORT_MARK))
    return render_document(
        Page(sweep.grid.title, sections, sweep_report_size_words(sweep), tuple(marks), _best(summary), footer=footer),
        lists,
    )  # fmt: skip


def _best(summary: SweepSummary) -> Text:
    """The best decision of each future, and the worst future of each decision."""
    told = (*best_standing_words(summary.standings), *worst_standing_words(summary.standings))
    return bilingual(lambda language: " ".join(words.in_(language) for words in told))


def _compared(distinct: Sequence[CellSummary], summary: SweepSummary) -> PageSection:
    """Differences to the base, with half their 95 % intervals."""
    others = distinct[1 : MOST_CELLS + 1]
    parts: list[Figure | Table | Note] = []
    for name in DRAWN:
        rows = [_beside_base(found, summary, name) for found in others]
        if any(row.mean for row in rows):
            axis = both(f"what_if.{name}")
            parts.append(drawn_page_part(partial(_differences, sorted(rows, key=lambda row: row.mean), axis), axis))
    return PageSection(both("report.sweep_compared"), both("report.sweep_compared_lead"), parts=tuple(parts))


def _beside_base(found: CellSummary, summary: SweepSummary, name: str) -> Difference:
    estimate = found.differences[Measure(name)]
    title = summary_options_title(found, summary, "sweep.base")
    return Difference(title, estimate.mean / ONE, (estimate.half or 0) / ONE, summary.sweep.clear(estimate))


def _differences(rows: Sequence[Difference], axis: Text, language: Language, width: float) -> str:
    return difference_distributions(rows, language, axis=axis, width=width)


def _spread(distinct: Sequence[CellSummary], summary: SweepSummary, values: DrawnValues) -> PageSection:
    """How the figures spread over the draws."""
    parts: list[Figure | Table | Note] = []
    for name in DRAWN:
        known = [one for one in distinct if one.cell.digest in values]
        series = [
            Draws(summary_options_title(one, summary, "sweep.base"), values[one.cell.digest][name]) for one in known
        ]
        if any(any(one.values) for one in series):
            axis = both(f"what_if.{name}")
            parts.append(drawn_page_part(partial(_distribution, series, axis), axis))
    return PageSection(both("report.sweep_spread"), parts=tuple(parts))


def _distribution(series: Sequence[Draws], axis: Text, language: Language, width: float) -> str:
    return distribution(series, language, axis=axis, width=width)


def _all(summary: SweepSummary) -> PageSection:
    """Every cell with its means, and below each the difference and half its 95 % interval."""
    heads = (*columns("sweep.column", ("options", "cell")), *columns("what_if", TOLD, words=0))
    rows: tuple[tuple[Cell | Value, ...], ...] = tuple(
        (
            summary_options_title(found, summary, "sweep.base"),
            found.cell.number,
            *(_numbers(found, name) for name in TOLD),
        )
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
