"""The summary of a run as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from allocator.domain import ADJUSTED, ADMITTED, DIVERTED, NEEDS_RULING, UNPLACED, Text
from allocator.ground import TEXTS, Language, text
from allocator.reporting.summary import Summary
from allocator.sheets import Cell, Column, Mark, Part, Table, Value, bilingual, both

MOST_SCHOOLS = 40
"""Schools shown; of a larger district those that are fullest come first, and the rest is in summary.json."""


def summary_parts(summary: Summary, marks: Sequence[Mark]) -> Iterator[Part]:
    """Give what a run shows at its end: marks, numbers, phases, schools, who has no seat, and who agreed.

    Parameters
    ----------
    summary : dict
        What ``summarise`` returned.
    marks : sequence of Mark
        ``list_marks`` of the district.
    """
    yield from marks[:-1]  # where the lots came from is told in full at the end
    for make in (_numbers, _demand, _phases, _schools):
        yield make(summary)
    yield from _shortages(summary)
    yield from _comparison(summary)
    yield from _agreement(summary)


def _columns(*codes: str, words: int = 1) -> tuple[Column, ...]:
    """Columns by the codes of their headings; the first ones are words, the others numbers."""
    return tuple(
        Column(both(code), "left" if place < words else "right", whole=place < words)
        for place, code in enumerate(codes)
    )


def _name(summary: Summary, kind: str, key: str, before: str = "") -> Text:
    """What people call a category, zone or phase."""
    name = summary["names"][kind][key]
    return Text(before + name["zh"], before + name["en"])


def _numbers(summary: Summary) -> Table:
    """The run in numbers: seats, demand, outcomes, draws."""
    rows: list[tuple[Cell | Value, ...]] = [
        (both("summary.children", bundles=summary["bundles"]), summary["children"]),
        (both("summary.seats"), summary["seats"]["plan"]),
    ]
    for outcome, children in summary["outcomes"].items():
        matters = outcome in {NEEDS_RULING, UNPLACED}
        if children or matters:
            colour = "bold red" if children and matters else ""
            words = both(f"summary.outcome.{outcome}")
            rows.append((Cell(words, colour=colour), Cell(children, colour=colour)))
    rows.append((both("summary.draws"), len(summary["draws_held"])))
    return Table(_columns("summary.what", "summary.number"), tuple(rows), both("summary.numbers"))


def _demand(summary: Summary) -> Table:
    """The children of every category."""
    rows = tuple(
        (_name(summary, "categories", category, f"{category} "), children)
        for category, children in summary["demand"].items()
        if children
    )
    return Table(_columns("list.column.category", "list.column.children"), rows, both("summary.demand"))


def _phases(summary: Summary) -> Table:
    """The children placed by phase."""
    outcomes = (ADMITTED, DIVERTED, ADJUSTED)
    heads = _columns("summary.phase", *(f"summary.outcome.{outcome}" for outcome in outcomes))
    rows = tuple(
        (_name(summary, "phases", line["phase"]), *(line[outcome] or "" for outcome in outcomes))
        for line in summary["phases"]
    )
    return Table(heads, rows, both("summary.phases"))


BRIEF = ("home_demand", "choices", "demand", "away", "here", "seated", "plan", "left")
"""Columns of the balance of schools that fit a terminal; they add up."""


def _schools(summary: Summary) -> Table:
    """The balance of the schools with seats here: from the children at home to the seats left."""
    name, *heads = _columns("list.column.school", *(f"balance.brief.{code}" for code in BRIEF))
    *own, rest = map(_brief, summary["reconciliation"])
    hidden = len(own) - MOST_SCHOOLS
    shown = sorted(own, key=lambda line: (line["left"], line["school_id"]))[:MOST_SCHOOLS] if hidden > 0 else own
    total = {code: sum(line[code] for line in (*own, rest)) for code in BRIEF}
    lines = [(summary["names"]["schools"][line["school_id"]] or line["school_id"], line) for line in shown]
    lines += [(both("balance.elsewhere"), rest), (both("balance.total"), total)]
    told = [both("balance.short")]
    told += [both("summary.more_schools", count=len(summary["schools"]) - len(shown))] if hidden > 0 else []
    note = Text("\n".join(one.zh for one in told), "\n".join(one.en for one in told))
    rows = tuple((called, *(line[code] for code in BRIEF)) for called, line in lines)
    return Table((replace(name, whole=False), *heads), rows, both("summary.schools"), note, tight=True)


def _brief(line: Summary) -> Summary:
    """A line of the balance with its kinds of choice together."""
    return {**line, "choices": line["decisions"] + line["open_choice"] + line["voluntary"]}


def _shortages(summary: Summary) -> Iterator[Table]:
    """Give the children without a seat by category and zone, for every outcome that has any."""
    heads = _columns(*(f"list.column.{code}" for code in ("category", "zone", "children")), words=2)
    for outcome, lines in summary["shortage"].items():
        cells = (
            (_name(summary, "categories", line["category"], f"{line['category']} "),
             _name(summary, "zones", line["zone"]), line["children"])
            for line in lines
        )  # fmt: skip
        if lines:
            rows = tuple(tuple(Cell(cell, colour="red") for cell in row) for row in cells)
            yield Table(heads, rows, both(f"summary.shortage.{outcome}"))


def _comparison(summary: Summary) -> Iterator[Part]:
    """Give what the least sum of distances gains and costs, where it decided."""
    comparison = summary["comparison"]
    if not comparison:
        return
    figures = ("diverted", "unplaced", "metres")
    rows = tuple(
        (both(f"summary.comparison.{which}"), *(comparison[which][figure] for figure in figures))
        for which in ("least_distance", "serial_by_ticket")
    )
    heads = _columns("summary.list", *(f"summary.comparison.{figure}" for figure in figures))
    yield Table(heads, rows, both("summary.comparison"))
    yield both("summary.comparison.differ", count=comparison["children_who_differ"])


def _agreement(summary: Summary) -> Iterator[Mark]:
    """Give one line for everything that the engines and the checker said of each other."""
    for key, value in summary["agreement"].items():
        if value is None or value == []:
            continue
        words = bilingual(partial(_agreement_text, key, value))
        yield Mark(words, "bad" if value is False else "good" if value is True else "plain")


def _agreement_text(key: str, value: object, language: Language) -> str:
    """Return the sentence for one fact of the agreement; facts without a sentence are shown as they are."""
    code = f"summary.agreement.{key}"
    exact = f"{code}.{value}".lower()
    if exact in TEXTS:
        return text(exact, language)
    shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text(code, language, value=shown) if code in TEXTS else f"{key}: {shown}"
