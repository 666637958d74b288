"""School-zone warnings as a table for the terminal, as CSV and as JSON; each carries every mark (C129, C130)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from allocator.domain import Policy, WarningLevels
from allocator.domain.what_if import WhatIf
from allocator.errors import Fault
from allocator.messages import TEXTS, Language, text
from allocator.planning.marked_csv import marked_csv, other_file_faults
from allocator.planning.zone_warnings import LEVELS, ZoneForecast, ZoneWarning
from allocator.sheet_cells import Cell, Figure
from allocator.terminal import PlainConsole

KIND = "zone_warnings"
LANGUAGES: tuple[Language, Language] = ("zh", "en")

_FIGURES = ("demand", "school_demand", "plan", "percent", "level")
_COLOURS = {"green": "green", "yellow": "yellow", "orange": "dark_orange", "red": "bold red"}


@dataclass(frozen=True, slots=True)
class WarningReport:
    """What is published: warnings of all zones with the policy that states year, levels and notice.

    Attributes
    ----------
    policy : Policy
        This year's policy.
    levels : WarningLevels
        Its levels.
    zones : tuple of ZoneForecast
        All zones; without a forecast ``then`` is None everywhere.
    what_ifs : tuple of WhatIf
        Those of the forecast, in their order; empty: no forecast.
    """

    policy: Policy
    levels: WarningLevels
    zones: tuple[ZoneForecast, ...]
    what_ifs: tuple[WhatIf, ...] = ()


def marks(report: WarningReport, language: Language) -> list[str]:
    """Return what must stand on every output: year, levels, meaning, notice, and on a forecast that it is one."""
    return [words for pair in _marks(report) if (words := pair[LANGUAGES.index(language)])]


def _marks(report: WarningReport) -> Iterator[tuple[str, str]]:
    """The marks, Chinese and English; a notice can be empty in one of them."""
    policy, levels = report.policy, report.levels
    yield policy.title.zh, policy.title.en
    yield _told("warnings.year", year=levels.year)
    code = "warnings.levels" if levels.orange is None else "warnings.levels_orange"
    yield _told(code, yellow=levels.yellow, orange=levels.orange, red=levels.red)
    yield _told("warnings.meaning")
    if report.what_ifs:
        yield _told("warnings.forecast_only")
        titles = [what_if.title for what_if in report.what_ifs]
        zh, en = "；".join(title.zh for title in titles), "; ".join(title.en for title in titles)
        yield text("warnings.what_ifs", "zh", titles=zh), text("warnings.what_ifs", "en", titles=en)
    yield policy.notice.zh, policy.notice.en


def _told(code: str, **params: object) -> tuple[str, str]:
    """A text in both languages."""
    return text(code, "zh", **params), text(code, "en", **params)


def percent_text(side: ZoneWarning) -> str:
    """Return the percentage with one decimal, rounded down so that none is shown that was not reached; "" for none."""
    if side.percent is None:
        return ""
    tenths = int(10 * side.percent)  # of a Fraction: exact, downwards
    return f"{tenths // 10}.{tenths % 10}"


def report_object(report: WarningReport) -> dict[str, Any]:
    """Return the warnings as an object for JSON; percentages as texts, because a float would not be exact."""
    both = {language: marks(report, language) for language in LANGUAGES}
    return {
        "format_version": 1,
        "kind": KIND,
        "policy_id": report.policy.policy_id,
        "year": report.levels.year,
        "levels": {name: getattr(report.levels, name) for name in LEVELS[1:]},
        "marks": both,
        "what_ifs": [what_if.name for what_if in report.what_ifs],
        "zones": [_zone_object(row, forecast=bool(report.what_ifs)) for row in report.zones],
    }


def _zone_object(row: ZoneForecast, *, forecast: bool) -> dict[str, Any]:
    """One zone: this year's figures, and in a forecast those and the change of level."""
    found: dict[str, Any] = {"zone": row.any_side.zone, "now": _side_object(row.now)}
    return {**found, "forecast": _side_object(row.then), "change": row.change} if forecast else found


def _side_object(side: ZoneWarning | None) -> dict[str, Any] | None:
    """Figures of one side."""
    if side is None:
        return None
    names = {"school_id": side.school_id, "school": side.school}
    return {**names, **{name: getattr(side, name) for name in _FIGURES}, "percent": percent_text(side) or None}


def warnings_bytes(report: WarningReport) -> bytes:
    """Return the CSV, for Excel and WPS: byte order mark, CRLF, headings in both languages, marks above them."""
    pairs = [TEXTS["warnings.title"], *filter(any, _marks(report))]
    above = [" · ".join(filter(None, pair)) for pair in pairs]
    return marked_csv(above, list(_heads(report)), [_cells(row, report) for row in report.zones])


def _heads(report: WarningReport) -> Iterator[str]:
    """Headings of the CSV: where, this year's figures, those of the forecast and the change."""
    yield from (_both(f"warnings.{name}") for name in ("zone", "school_id", "school"))
    for side in _sides(report):
        mark = f"（{_both(f'warnings.{side}')}）" if report.what_ifs else ""
        yield from (_both(f"warnings.{name}") + mark for name in _FIGURES)
    if report.what_ifs:
        yield _both("warnings.change")


def _cells(row: ZoneForecast, report: WarningReport) -> list[Cell]:
    """Cells of one zone in the CSV."""
    cells: list[Cell] = [row.any_side.zone, _shift(row, "school_id"), _shift(row, "school")]
    for name in _sides(report):
        side = getattr(row, name)
        cells += [*_numbers(side), _both(_level_code(side))]
    return [*cells, _both(f"warnings.change.{row.change or 'none'}")] if report.what_ifs else cells


def _shift(row: ZoneForecast, name: str) -> str:
    """A word of both sides; of a zone that gets another school both, parted by an arrow."""
    return " → ".join(dict.fromkeys(getattr(side, name) for side in (row.now, row.then) if side is not None))


def _numbers(side: ZoneWarning | None) -> list[str]:
    """Demand, joint demand, plan and percentage; empty where there is none."""
    if side is None:
        return [""] * 4
    plan = "" if side.plan is None else str(side.plan)
    return list(map(Figure, (side.demand, side.school_demand, plan, percent_text(side))))


def _level_code(side: ZoneWarning | None) -> str:
    """Code of the text of a level."""
    return "warnings.level.absent" if side is None else f"warnings.level.{side.level or 'none'}"


def _both(code: str) -> str:
    """A text in both languages; the same in both only once."""
    return " ".join(dict.fromkeys(TEXTS[code]))


def target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the CSV there: another file than an earlier table of warnings is never replaced."""
    return other_file_faults(path, "warnings.title", "warnings.other_file")


def print_warnings(report: WarningReport, language: Language) -> None:
    """Print the warnings on standard output in one language."""
    console = PlainConsole()
    first, *others = marks(report, language)
    console.print(Text(first, style="bold"))
    for mark in others:
        console.print(Text(mark, style="yellow"))
    console.print(_table(report, language))


def _table(report: WarningReport, language: Language) -> Table:
    """The table of all zones, for 80 columns: the school below its zone, a forecast below this year's figures."""
    table = Table(title=text("warnings.title", language), title_justify="left", title_style="bold")
    table.add_column(text("warnings.short.place", language), overflow="fold")
    if report.what_ifs:
        table.add_column("", no_wrap=True)
    for name in ("demand", "plan", "percent"):
        table.add_column(text(f"warnings.short.{name}", language), justify="right", no_wrap=True)
    table.add_column(text("warnings.short.level", language), no_wrap=True)
    if report.what_ifs:
        table.add_column(text("warnings.short.change", language), no_wrap=True)
    for row in report.zones:
        table.add_row(*_shown(row, report, language))
    return table


def _sides(report: WarningReport) -> tuple[str, ...]:
    """Names of the sides that are shown."""
    return ("now", "then") if report.what_ifs else ("now",)


def _shown(row: ZoneForecast, report: WarningReport, language: Language) -> Iterator[Text]:
    """Cells of one zone in the terminal, each with a line a side."""
    sides = [getattr(row, name) for name in _sides(report)]
    yield Text(f"{row.any_side.zone}\n{_shift(row, 'school')}")
    if report.what_ifs:
        yield Text("\n".join(text(f"warnings.{name}", language) for name in _sides(report)))
    columns = zip(*(_short_numbers(side, language) for side in sides), strict=True)
    yield from (Text("\n".join(cells)) for cells in columns)
    yield Text("\n").join(_coloured(side, language) for side in sides)
    if report.what_ifs:
        yield Text(text(f"warnings.change.{row.change or 'none'}", language))


def _coloured(side: ZoneWarning | None, language: Language) -> Text:
    """A level in its colour."""
    if side is None or side.level is None:
        return Text("–")
    return Text(text(_level_code(side), language), style=_COLOURS[side.level])


def _short_numbers(side: ZoneWarning | None, language: Language) -> list[str]:
    """Demand, with that of all zones of the school where it differs, plan and percentage."""
    demand, joint, *others = _numbers(side)
    return [demand if demand == joint else text("warnings.short.joint", language, demand=demand, joint=joint), *others]
