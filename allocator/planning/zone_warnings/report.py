"""School-zone warnings as a table for the terminal, as CSV and as JSON; each carries every mark (C129, C130)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.domain import Policy, WarningLevels, WhatIf
from allocator.domain import Text as Title
from allocator.errors import Fault
from allocator.messages import BOTH, Language, Written, text
from allocator.planning.whatif.answers import Answer, answer_object, answer_words
from allocator.planning.zone_warnings.levels import LEVELS, ZoneForecast, ZoneWarning
from allocator.record.kept_table import other_file_faults
from allocator.sheets.cells import Cell, Figure
from allocator.sheets.csv_file import marked_csv

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
        All zones, with the first forecast; without one ``then`` is None everywhere.
    what_ifs : tuple of WhatIf
        Those of the forecasts, in their order; empty: no forecast.
    more : tuple of tuple of ZoneForecast
        All zones with every further forecast: each what-if is one by itself, unless all were composed into one.
    answers : tuple of Answer
        What became of every change of the forecasts.
    """

    policy: Policy
    levels: WarningLevels
    zones: tuple[ZoneForecast, ...]
    what_ifs: tuple[WhatIf, ...] = ()
    more: tuple[tuple[ZoneForecast, ...], ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def forecasts(self) -> tuple[tuple[ZoneForecast, ...], ...]:
        """All zones with each forecast, in order."""
        return (self.zones, *self.more) if self.what_ifs else ()

    @property
    def titles(self) -> tuple[Title, ...]:
        """What each forecast is called: by its what-if, or by all of them where they were composed."""
        titles = [what_if.title for what_if in self.what_ifs]
        if len(self.forecasts) == len(titles):
            return tuple(titles)
        return (Title("；".join(title.zh for title in titles), "; ".join(title.en for title in titles)),)

    def sides(self, at: int) -> list[ZoneWarning | None]:
        """Return a zone this year and in each forecast, by its place."""
        return [self.zones[at].now, *(zones[at].then for zones in self.forecasts)]


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
        if report.more:
            for number, title in enumerate(report.titles, start=1):
                zh = text("warnings.forecast_of", "zh", number=number, title=title.zh)
                yield zh, text("warnings.forecast_of", "en", number=number, title=title.en)
        else:
            (title,) = report.titles
            yield text("warnings.what_ifs", "zh", titles=title.zh), text("warnings.what_ifs", "en", titles=title.en)
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
        "answers": [answer_object(answer) for answer in report.answers],
        "zones": [_zone_object(at, report) for at in range(len(report.zones))],
    }


def _zone_object(at: int, report: WarningReport) -> dict[str, Any]:
    """One zone: this year's figures, and those and the change of level in each forecast; of a single one by itself."""
    row = report.zones[at]
    found: dict[str, Any] = {"zone": row.any_side.zone, "now": _side_object(row.now)}
    rows = [zones[at] for zones in report.forecasts]
    if len(rows) == 1:
        return {**found, "forecast": _side_object(row.then), "change": row.change}
    if not rows:
        return found
    names = [what_if.name for what_if in report.what_ifs]
    told = [
        {"what_if": name, "forecast": _side_object(one.then), "change": one.change}
        for name, one in zip(names, rows, strict=True)
    ]
    return {**found, "forecasts": told}


def _side_object(side: ZoneWarning | None) -> dict[str, Any] | None:
    """Figures of one side."""
    if side is None:
        return None
    names = {"school_id": side.school_id, "school": side.school}
    return {**names, **{name: getattr(side, name) for name in _FIGURES}, "percent": percent_text(side) or None}


def warnings_bytes(report: WarningReport, written: Written = BOTH) -> bytes:
    """Return the CSV, for Excel and WPS: byte order mark, CRLF, one language or both, marks above the headings."""
    above = [written.text("warnings.title"), *(written.names(*pair) for pair in _marks(report) if any(pair))]
    zones = list(map(written.names, _zone_names(report, "zh"), _zone_names(report, "en")))
    rows = [_cells(at, report, zones[at], written) for at in range(len(report.zones))]
    return marked_csv(above, list(_heads(report, written)), rows)


def _heads(report: WarningReport, written: Written) -> Iterator[str]:
    """Headings of the CSV: where, this year's figures, those of each forecast and the change."""
    yield from (_said(f"warnings.{name}", written) for name in ("zone_id", "zone", "school_id", "school"))
    for side in range(1 + len(report.forecasts)):
        mark = f"（{_side_name(report, side, written)}）" if report.what_ifs else ""
        yield from (_said(f"warnings.{name}", written) + mark for name in _FIGURES)
        if side:
            yield _said("warnings.change", written) + (mark if report.more else "")


def _side_name(report: WarningReport, side: int, written: Written) -> str:
    """What this year's figures and those of each forecast are called in a heading."""
    if not side:
        return _said("warnings.now", written)
    return _said("warnings.then", written) + (f" {side}" if report.more else "")


def _cells(at: int, report: WarningReport, zone: str, written: Written) -> list[Cell]:
    """Cells of one zone, which has a name, in the CSV."""
    row, sides = report.zones[at], report.sides(at)
    school = written.names(_shift(sides, "school"), _shift(sides, "school_en"))
    cells: list[Cell] = [row.any_side.zone, zone, _shift(sides, "school_id"), school]
    for number, side in enumerate(sides):
        cells += [*_numbers(side), _said(_level_code(side), written)]
        if number:
            change = report.forecasts[number - 1][at].change or "none"
            cells.append(_said(f"warnings.change.{change}", written))
    return cells


def _shift(sides: Sequence[ZoneWarning | None], name: str) -> str:
    """A word of all sides; of a zone that gets another school each, parted by an arrow."""
    return " → ".join(dict.fromkeys(getattr(side, name) for side in sides if side is not None))


def _numbers(side: ZoneWarning | None) -> list[str]:
    """Demand, joint demand, plan and percentage; empty where there is none."""
    if side is None:
        return [""] * 4
    plan = "" if side.plan is None else str(side.plan)
    return list(map(Figure, (side.demand, side.school_demand, plan, percent_text(side))))


def _level_code(side: ZoneWarning | None) -> str:
    """Code of the text of a level."""
    return "warnings.level.absent" if side is None else f"warnings.level.{side.level or 'none'}"


def _said(code: str, written: Written) -> str:
    """A text in the languages of the table."""
    return written.text(code, " ")


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
    for answer in report.answers:
        console.print(Text("· " + answer_words(answer_object(answer), language)))


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
    for at, place in enumerate(_places(report, language)):
        table.add_row(Text(place), *_shown(at, report, language))
    return table


def _shown(at: int, report: WarningReport, language: Language) -> Iterator[Text]:
    """Cells of one zone in the terminal behind its name, each with a line a side."""
    sides = report.sides(at)
    if report.what_ifs:
        numbers = [f" {i}" if report.more else "" for i in range(1, len(sides))]
        names = [text("warnings.now", language), *(text("warnings.then", language) + number for number in numbers)]
        yield Text("\n".join(names))
    columns = zip(*(_short_numbers(side, language) for side in sides), strict=True)
    yield from (Text("\n".join(cells)) for cells in columns)
    yield Text("\n").join(_coloured(side, language) for side in sides)
    if report.what_ifs:
        changes = [text(f"warnings.change.{zones[at].change or 'none'}", language) for zones in report.forecasts]
        yield Text("\n".join(["", *changes] if report.more else changes))


def _places(report: WarningReport, language: Language) -> list[str]:
    """Return which zone each row is: its id above its school; in Chinese it is named by its school."""
    if language == "zh":
        return _zone_names(report, language)
    zones = (row.any_side.zone for row in report.zones)
    return [f"{zone}\n{school}" for zone, school in zip(zones, _schools(report, language), strict=True)]


def _zone_names(report: WarningReport, language: Language) -> list[str]:
    """What people call each zone: by its school, with its id where several have one school."""
    schools = _schools(report, language)
    often = Counter(schools)
    zones = (row.any_side.zone for row in report.zones)
    return [
        text("zone_name.one" if often[school] == 1 else "zone_name.several", language, school=school, zone=zone)
        for school, zone in zip(schools, zones, strict=True)
    ]


def _schools(report: WarningReport, language: Language) -> list[str]:
    """The school of each zone."""
    name = "school_en" if language == "en" else "school"
    return [_shift(report.sides(at), name) for at in range(len(report.zones))]


def _coloured(side: ZoneWarning | None, language: Language) -> Text:
    """A level in its colour."""
    if side is None or side.level is None:
        return Text("–")
    return Text(text(_level_code(side), language), style=_COLOURS[side.level])


def _short_numbers(side: ZoneWarning | None, language: Language) -> list[str]:
    """Demand, with that of all zones of the school where it differs, plan and percentage."""
    demand, joint, *others = _numbers(side)
    return [demand if demand == joint else text("warnings.short.joint", language, demand=demand, joint=joint), *others]
