"""The summary of a run as tables for the terminal, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.domain import ADJUSTED, ADMITTED, DIVERTED, NEEDS_RULING, UNPLACED
from allocator.messages import TEXTS, Language, text
from allocator.reporting.summary import Summary

MOST_SCHOOLS = 40
"""Schools shown; of a larger district those that are fullest come first, and the rest is in summary.json."""


def summary_view(summary: Summary, language: Language) -> RenderableType:
    """Return what a run shows at its end: marks, numbers, phases, schools, who has no seat, and who agreed.

    Parameters
    ----------
    summary : dict
        What ``summarise`` returned.
    language : {"zh", "en"}
        Language of all words.
    """
    tables = [make(summary, language) for make in (_numbers, _demand, _phases, _schools)]
    shortages, comparison = _shortages(summary, language), _comparison(summary, language)
    return Group(*_marks(summary, language), *tables, *shortages, *comparison, *_agreement(summary, language))


def print_summary(summary: Summary, language: Language) -> None:
    """Print the summary of a run on standard output."""
    PlainConsole().print(summary_view(summary, language))


def _marks(summary: Summary, language: Language) -> Iterator[Text]:
    """Give title, notice, TRIAL and weak seed."""
    yield Text(summary["title"][language], style="bold")
    if summary["notice"][language]:
        yield Text(summary["notice"][language], style="yellow")
    if summary["trial"]:
        yield Text(text("list.trial", language, seed=summary["trial_seed"]), style="bold yellow")
    if summary["weak_seed"]:
        yield Text(text("list.weak_seed", language), style="bold red")


def _table(language: Language, title: str, codes: Sequence[str], words: int = 1) -> Table:
    """Return an empty table; the first columns are words, the others numbers."""
    table = Table(title=text(title, language), title_justify="left", title_style="bold")
    for place, code in enumerate(codes):
        is_word = place < words
        table.add_column(text(code, language), justify="left" if is_word else "right", no_wrap=is_word)
    return table


def _numbers(summary: Summary, language: Language) -> Table:
    """Return the run in numbers: seats, demand, outcomes, draws."""
    table = _table(language, "summary.numbers", ("summary.what", "summary.number"))
    table.add_row(text("summary.children", language, bundles=summary["bundles"]), str(summary["children"]))
    table.add_row(text("summary.seats", language), str(summary["seats"]["plan"]))
    for outcome, children in summary["outcomes"].items():
        if children or outcome in {NEEDS_RULING, UNPLACED}:
            style = "bold red" if children and outcome in {NEEDS_RULING, UNPLACED} else ""
            table.add_row(text(f"summary.outcome.{outcome}", language), str(children), style=style)
    table.add_row(text("summary.draws", language), str(len(summary["draws_held"])))
    return table


def _demand(summary: Summary, language: Language) -> Table:
    """Return the children of every category."""
    table = _table(language, "summary.demand", ("list.column.category", "list.column.children"))
    for category, children in summary["demand"].items():
        if children:
            table.add_row(f"{category} {summary['names']['categories'][category][language]}", str(children))
    return table


def _phases(summary: Summary, language: Language) -> Table:
    """Return the children placed by phase."""
    codes = [f"summary.outcome.{outcome}" for outcome in (ADMITTED, DIVERTED, ADJUSTED)]
    table = _table(language, "summary.phases", ("summary.phase", *codes))
    for line in summary["phases"]:
        name = summary["names"]["phases"][line["phase"]][language]
        table.add_row(name, *(str(line[outcome] or "") for outcome in (ADMITTED, DIVERTED, ADJUSTED)))
    return table


BRIEF = ("home_demand", "choices", "demand", "away", "here", "seated", "plan", "left")
"""Columns of the balance of schools that fit a terminal; they add up."""


def _schools(summary: Summary, language: Language) -> Table:
    """Return the balance of the schools with seats here: from the children at home to the seats left."""
    codes = ("list.column.school", *(f"balance.brief.{code}" for code in BRIEF))
    table = _table(language, "summary.schools", codes)
    table.box, table.padding, table.pad_edge = SIMPLE_HEAD, (0, 1, 0, 0), False
    table.columns[0].no_wrap, table.columns[0].overflow = False, "fold"
    *own, rest = map(_brief, summary["reconciliation"])
    hidden = len(own) - MOST_SCHOOLS
    shown = sorted(own, key=lambda line: (line["left"], line["school_id"]))[:MOST_SCHOOLS] if hidden > 0 else own
    lines = [(summary["names"]["schools"][line["school_id"]] or line["school_id"], line) for line in shown]
    total = {code: sum(line[code] for line in (*own, rest)) for code in BRIEF}
    lines += [(text("balance.elsewhere", language), rest), (text("balance.total", language), total)]
    for name, line in lines:
        table.add_row(name, *(str(line[code]) for code in BRIEF))
    told = [text("balance.short", language)]
    told += [text("summary.more_schools", language, count=len(summary["schools"]) - len(shown))] if hidden > 0 else []
    table.caption, table.caption_justify = "\n".join(told), "left"
    return table


def _brief(line: Summary) -> Summary:
    """A line of the balance with its kinds of choice together."""
    return {**line, "choices": line["decisions"] + line["open_choice"] + line["voluntary"]}


def _shortages(summary: Summary, language: Language) -> Iterator[Table]:
    """Give the children without a seat by category and zone, for every outcome that has any."""
    for outcome, lines in summary["shortage"].items():
        if not lines:
            continue
        codes = ("list.column.category", "list.column.zone", "list.column.children")
        table = _table(language, f"summary.shortage.{outcome}", codes, words=2)
        for line in lines:
            name = summary["names"]["categories"][line["category"]][language]
            zone = summary["names"]["zones"][line["zone"]][language]
            table.add_row(f"{line['category']} {name}", zone, str(line["children"]), style="red")
        yield table


def _comparison(summary: Summary, language: Language) -> Iterator[RenderableType]:
    """Give what the least sum of distances gains and costs, where it decided."""
    comparison = summary["comparison"]
    if not comparison:
        return
    figures = ("diverted", "unplaced", "metres")
    table = _table(language, "summary.comparison", ("summary.list", *(f"summary.comparison.{f}" for f in figures)))
    for which in ("least_distance", "serial_by_ticket"):
        cells = (str(comparison[which][figure]) for figure in figures)
        table.add_row(text(f"summary.comparison.{which}", language), *cells)
    yield table
    yield Text(text("summary.comparison.differ", language, count=comparison["children_who_differ"]))


def _agreement(summary: Summary, language: Language) -> Iterator[Text]:
    """Give one line for everything that the engines and the checker said of each other."""
    for key, value in summary["agreement"].items():
        if value is None or value == []:
            continue
        style = "red" if value is False else "green" if value is True else ""
        yield Text(_agreement_text(key, value, language), style=style)


def _agreement_text(key: str, value: object, language: Language) -> str:
    """Return the sentence for one fact of the agreement; facts without a sentence are shown as they are."""
    code = f"summary.agreement.{key}"
    exact = f"{code}.{value}".lower()
    if exact in TEXTS:
        return text(exact, language)
    shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text(code, language, value=shown) if code in TEXTS else f"{key}: {shown}"
