"""The summary of a sweep as CSV for Excel and WPS and as a table for the terminal; each carries every mark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.domain import Text as Title
from allocator.errors import Fault
from allocator.messages import TEXTS, Language, text
from allocator.planning.draws.means import FEWEST_UNITS, Estimate, decimal
from allocator.planning.sweep.run import Sweep
from allocator.planning.sweep.summary import TAKEN, CellSummary, Measure, SweepSummary
from allocator.planning.whatif.answers import answer_object, answer_words
from allocator.planning.whatif.standings_words import best_words, ranking_tables, worst_words
from allocator.record.kept_table import other_file_faults
from allocator.sheets.cells import CellValue, NumberText
from allocator.sheets.csv_file import headings, marked_csv, marks_of

SHOWN = ("seated", "diverted_or_adjusted", "without_seat", "empty_seats")
"""Figures of the table in the terminal; the CSV has all."""

_BEFORE, _AFTER = ("cell",), (
    "figure", "of", "mean", "error", "half", "difference", "difference_error", "difference_half", "clear",
)  # fmt: skip
_MARKS = ("sweep.title", "sweep.mark")


def sweep_bytes(summary: SweepSummary) -> bytes:
    """Return the CSV: a line for every figure of every cell, marks above, headings in both languages."""
    axes = [_both(axis.title) for axis in summary.sweep.grid.axes]
    heads = [*headings("sweep.column", _BEFORE), *axes, *headings("sweep.column", _AFTER)]
    size = " · ".join(_size(summary, language) for language in ("zh", "en"))
    first, *others = marks_of(summary.policy, _MARKS)
    return marked_csv([first, size, *others], heads, _lines(summary))


def _size(summary: SweepSummary, language: Language) -> str:
    """How often was drawn, and under which seed."""
    sweep = summary.sweep
    code = "sweep.size_demand" if sweep.demand_draws else "sweep.size"
    return text(code, language, draws=sweep.draws, demands=sweep.demand_draws, seed=sweep.seed)


def _lines(summary: SweepSummary) -> Iterator[list[CellValue]]:
    """The lines of the CSV."""
    for found in summary.cells:
        options = [_both(option.title) for option in found.cell.options]
        options = options or [" ".join(TEXTS["sweep.base"])] * len(summary.sweep.grid.axes)
        for measure in summary.measures:
            mean, shift = found.means[measure], found.differences[measure]
            numbers = (mean.mean, mean.error, mean.half, shift.mean, shift.error, shift.half)
            names = [" ".join(TEXTS[_figure_code(measure)]), _of(measure, summary)]
            clear = " ".join(_clear(summary, shift, language) for language in ("zh", "en"))
            yield [found.cell.number, *options, *names, *map(NumberText, map(decimal, numbers)), clear]


def _clear(summary: SweepSummary, shift: Estimate, language: Language) -> str:
    """Whether a difference is clear, or that there are too few draws to say so."""
    if not summary.sweep.enough:
        return text("sweep.clear.few", language, fewest=FEWEST_UNITS)
    return text("sweep.clear.yes" if summary.sweep.clear(shift) else "sweep.clear.no", language)


def few_words(sweep: Sweep, language: Language) -> str:
    """Return that there are too few draws to call anything clear; nothing where there are enough."""
    if sweep.enough:
        return ""
    return text("sweep.few" if sweep.demand_draws else "sweep.few_draws", language, fewest=FEWEST_UNITS)


def _figure_code(measure: Measure) -> str:
    """Code of the name of a figure."""
    return f"sweep.figure.{measure.figure}" if measure.of else f"what_if.{measure.figure}"


def _of(measure: Measure, summary: SweepSummary) -> str:
    """Name of the school or category of a figure."""
    if measure.figure == TAKEN:
        return summary.header.schools.get(measure.of, measure.of)
    return measure.of


def _both(title: Title) -> str:
    """A title in both languages; the same in both only once."""
    return " ".join(dict.fromkeys((title.zh, title.en)))


def table_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the CSV there: another file than an earlier table of a sweep is never replaced."""
    if not path.parent.is_dir():
        return [Fault("sweep.no_folder", "--out", value=str(path.parent))]
    return other_file_faults(path, "sweep.title", "sweep.other_file")


def print_sweep(summary: SweepSummary, language: Language) -> None:
    """Print on standard output what matters most, in one language."""
    console = PlainConsole()
    notice = summary.policy.notice
    console.print(Text(_in(summary.sweep.grid.title, language), style="bold"))
    for mark in (text("sweep.mark", language), _in(notice, language), few_words(summary.sweep, language)):
        if mark:
            console.print(Text(mark, style="yellow"))
    console.print(_table(summary, language))
    standings = summary.standings
    words = (*best_words(standings, language), *worst_words(standings, language))
    for part in (*ranking_tables(standings, language), *map(Text, words)):
        console.print(part)
    for line in answer_lines(summary.sweep, language):
        console.print(Text(line))


def answer_lines(sweep: Sweep, language: Language) -> Iterator[str]:
    """Give what became of every change of every composition, each once: asked, done, left out and why."""
    told = dict.fromkeys(
        answer_words(answer_object(answer), language)
        for setting in sweep.settings.values()
        for answer in setting.answers
    )
    if told:
        yield text("what_if.answers", language)
    yield from (f"· {words}" for words in told)


def _table(summary: SweepSummary, language: Language) -> Table:
    """Means of the figures that matter most; below the base also the difference and half its 95 % interval."""
    table = Table(caption=_size(summary, language), caption_justify="left")
    table.add_column(text("sweep.column.cell", language), justify="right")
    table.add_column(text("sweep.column.options", language), overflow="fold")
    for name in SHOWN:
        table.add_column(text(f"what_if.short.{name}", language), justify="right", overflow="fold")
    for found in summary.cells:
        table.add_row(*_shown(found, summary, language), end_section=True)
    return table


def _shown(found: CellSummary, summary: SweepSummary, language: Language) -> Iterator[Text]:
    """Cells of one row of the terminal."""
    yield Text(str(found.cell.number))
    axes = summary.sweep.grid.axes
    lines = [
        text("sweep.option", language, axis=_in(axis.title, language), option=_in(option.title, language))
        for axis, option in zip(axes, found.cell.options, strict=False)
    ]
    yield Text("\n".join(lines) or text("sweep.base", language))
    for name in SHOWN:
        mean, shift = found.means[Measure(name)], found.differences[Measure(name)]
        below = f"\n{_difference(shift)}" if found.cell.options else ""
        yield Text(decimal(mean.mean, 1) + _share(found, name) + below)


def _share(found: CellSummary, name: str) -> str:
    """A figure in percent of the children, where demand changes: counts of different numbers of children mislead."""
    children = found.means[Measure("children")].mean
    changed = any(option.what_if and option.what_if.role != "decision" for option in found.cell.options)
    if not changed or name == "empty_seats" or not children:
        return ""
    return f"\n{100 * found.means[Measure(name)].mean / children:.1f} %"


def _difference(shift: Estimate) -> str:
    """A difference with its sign and half its 95 % interval, one decimal each."""
    shown = decimal(shift.mean, 1)
    sign = "+" if shift.mean > 0 and shown.strip("0.") else ""
    return sign + shown + ("" if shift.half is None else f" ± {decimal(shift.half, 1)}")


def _in(title: Title, language: Language) -> str:
    """A title in one language."""
    return title.zh if language == "zh" else title.en
