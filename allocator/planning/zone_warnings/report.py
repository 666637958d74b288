"""School-zone warnings as tables and as JSON; each carries every mark (C129, C130)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from allocator.domain import District, Policy, Text, WarningLevels, WhatIf
from allocator.ground import LANGUAGES, Fault, Language, text
from allocator.planning.whatif import ChangeAnswer, answer_line, answer_object
from allocator.planning.zone_warnings.levels import (
    LEVELS,
    ZoneForecast,
    ZoneWarning,
    forecast_levels,
    warning_levels,
    zone_warnings,
)
from allocator.record import kept_table_faults
from allocator.sheets import (
    NONE,
    Cell,
    Column,
    Mark,
    NumberText,
    Part,
    Table,
    Value,
    bilingual,
    both,
    columns,
    marks_of,
    said,
)

KIND = "zone_warnings"

_PLACE, _SHORT = ("zone_id", "zone", "school_id", "school"), ("place", "demand", "plan", "percent", "level", "change")
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
    answers : tuple of ChangeAnswer
        What became of every change of the forecasts.
    """

    policy: Policy
    levels: WarningLevels
    zones: tuple[ZoneForecast, ...]
    what_ifs: tuple[WhatIf, ...] = ()
    more: tuple[tuple[ZoneForecast, ...], ...] = ()
    answers: tuple[ChangeAnswer, ...] = ()

    @property
    def forecasts(self) -> tuple[tuple[ZoneForecast, ...], ...]:
        """All zones with each forecast, in order."""
        return (self.zones, *self.more) if self.what_ifs else ()

    @property
    def titles(self) -> tuple[Text, ...]:
        """What each forecast is called: by its what-if, or by all of them where they were composed."""
        titles = [what_if.title for what_if in self.what_ifs]
        if len(self.forecasts) == len(titles):
            return tuple(titles)
        return (Text("；".join(title.zh for title in titles), "; ".join(title.en for title in titles)),)

    def sides(self, at: int) -> list[ZoneWarning | None]:
        """Return a zone this year and in each forecast, by its place."""
        return [self.zones[at].now, *(zones[at].then for zones in self.forecasts)]


def warning_report(district: District, what_ifs: tuple[WhatIf, ...] = (), *, together: bool = False) -> WarningReport:
    """Return this year's warnings beside those of each what-if by itself, or of all of them together, in their order.

    Raises
    ------
    InputError
        If the policy states no levels, or a what-if does not fit the district.
    """
    levels = warning_levels(district)
    now = zone_warnings(district, levels)
    if not what_ifs:
        return WarningReport(district.policy, levels, tuple(ZoneForecast(side, None) for side in now))
    from allocator.planning.whatif import composed_what_ifs  # loads numpy

    made = composed_what_ifs(district, [what_ifs] if together else [[what_if] for what_if in what_ifs])
    first, *more = (forecast_levels(now, zone_warnings(scenario.district, levels)) for scenario in made)
    answers = tuple(answer for scenario in made for answer in scenario.answers)
    return WarningReport(district.policy, levels, first, what_ifs, tuple(more), answers)


def marks(report: WarningReport) -> tuple[Mark, ...]:
    """Return what must stand on every output: year, levels, meaning, notice, and on a forecast that it is one."""
    levels = report.levels
    title, *notice = marks_of(report.policy)
    code = "warnings.levels" if levels.orange is None else "warnings.levels_orange"
    told = [
        both("warnings.year", year=levels.year),
        both(code, yellow=levels.yellow, orange=levels.orange, red=levels.red),
        both("warnings.meaning"),
    ]
    if report.what_ifs:
        told.append(both("warnings.forecast_only"))
    if report.more:
        told += [both("warnings.forecast_of", number=i, title=title) for i, title in enumerate(report.titles, start=1)]
    elif report.what_ifs:
        told.append(both("warnings.what_ifs", titles=report.titles[0]))
    return (title, *(Mark(words, "notice") for words in told), *notice)


def warning_report_percent(side: ZoneWarning) -> str:
    """Return the percentage with one decimal, rounded down so that none is shown that was not reached; "" for none."""
    if side.percent is None:
        return ""
    tenths = int(10 * side.percent)  # of a Fraction: exact, downwards
    return f"{tenths // 10}.{tenths % 10}"


def report_object(report: WarningReport) -> dict[str, Any]:
    """Return the warnings as an object for JSON; percentages as texts, because a float would not be exact."""
    told = [mark.words for mark in marks(report)]
    return {
        "format_version": 1,
        "kind": KIND,
        "policy_id": report.policy.policy_id,
        "year": report.levels.year,
        "levels": {name: getattr(report.levels, name) for name in LEVELS[1:]},
        "marks": {language: [shown for words in told if (shown := said(words, language))] for language in LANGUAGES},
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
    return {
        **names,
        **{name: getattr(side, name) for name in _FIGURES},
        "percent": warning_report_percent(side) or None,
    }


def table_of(report: WarningReport) -> Table:
    """Return the table of a file, for people: where, this year's figures, those of each forecast and the change."""
    rows = tuple(tuple(_cells(at, report, zone)) for at, zone in enumerate(_zone_names(report)))
    return Table(tuple(_columns(report)), rows, both("warnings.title"), marks=marks(report), kind=KIND)


def _columns(report: WarningReport) -> Iterator[Column]:
    """Columns of the file."""
    yield from (replace(column, between=" · ") for column in columns("warnings", _PLACE, words=len(_PLACE)))
    for side in range(1 + len(report.forecasts)):
        group = _side_name(report, side) if report.what_ifs else ""
        yield from (replace(column, group=group) for column in columns("warnings", _FIGURES, words=0))
        if side:
            yield Column(both("warnings.change"), key="change", group=group if report.more else "")


def _side_name(report: WarningReport, side: int) -> Text:
    """What this year's figures and those of each forecast are called."""
    name = both("warnings.then" if side else "warnings.now")
    return Text(f"{name.zh} {side}", f"{name.en} {side}") if side and report.more else name


def _cells(at: int, report: WarningReport, zone: Text) -> Iterator[Value]:
    """Cells of one zone, which has a name, in the file."""
    row, sides = report.zones[at], report.sides(at)
    yield row.any_side.zone
    yield zone
    yield _shift(sides, "school_id")
    yield _school(sides)
    for number, side in enumerate(sides):
        yield from _numbers(side)
        yield both(_level_code(side))
        if number:
            yield _change(report, number, at)


def _change(report: WarningReport, side: int, at: int) -> Text:
    """How the level of a zone changes in a forecast."""
    return both(f"warnings.change.{report.forecasts[side - 1][at].change or 'none'}")


def _shift(sides: Sequence[ZoneWarning | None], name: str) -> str:
    """A word of all sides; of a zone that gets another school each, parted by an arrow."""
    return " → ".join(dict.fromkeys(getattr(side, name) for side in sides if side is not None))


def _school(sides: Sequence[ZoneWarning | None]) -> Text:
    """The school of a zone."""
    return Text(_shift(sides, "school"), _shift(sides, "school_en"))


def _numbers(side: ZoneWarning | None) -> list[str]:
    """Demand, joint demand, plan and percentage; empty where there is none."""
    if side is None:
        return [""] * 4
    plan = "" if side.plan is None else str(side.plan)
    return list(map(NumberText, (side.demand, side.school_demand, plan, warning_report_percent(side))))


def _level_code(side: ZoneWarning | None) -> str:
    """Code of the text of a level."""
    return "warnings.level.absent" if side is None else f"warnings.level.{side.level or 'none'}"


def target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing the table there: another file than an earlier table of warnings is never replaced."""
    return kept_table_faults(path, "warnings.other_file", KIND, title="warnings.title")


def parts_of(report: WarningReport) -> Iterator[Part]:
    """Give what the terminal shows: marks, all zones, and what became of every change."""
    yield from marks(report)
    yield _table(report)
    for answer in report.answers:
        yield answer_line(answer_object(answer))


def _table(report: WarningReport) -> Table:
    """The table of all zones, for 80 columns: the school below its zone, a forecast below this year's figures."""
    place, *numbers, level, change = (
        replace(column, whole=True) for column in columns("warnings.short", _SHORT, words=len(_SHORT))
    )
    heads = [replace(place, whole=False), *(replace(column, align="right") for column in numbers), level]
    if report.what_ifs:
        heads = [heads[0], Column("", whole=True), *heads[1:], change]
    rows = (row for at, name in enumerate(_zone_names(report)) for row in _shown(at, report, name))
    return Table(tuple(heads), tuple(rows), both("warnings.title"))


def _shown(at: int, report: WarningReport, name: Text) -> Iterator[tuple[Cell | Value, ...]]:
    """Rows of one zone in the terminal, one a side: in English its id above its school."""
    sides, zone = report.sides(at), report.zones[at].any_side.zone
    school = _school(sides).en
    if len(sides) == 1:
        yield (Text(name.zh, f"{zone}\n{school}"), *_short(sides[0]))
        return
    places: list[Value] = [Text(name.zh, zone), Text("", school), *[""] * (len(sides) - 2)]
    for number, (place, side) in enumerate(zip(places, sides, strict=True)):
        change: Value = _change(report, number, at) if number else ""
        yield (place, _side_name(report, number), *_short(side), change)


def _short(side: ZoneWarning | None) -> Iterator[Cell | Value]:
    """Demand, with that of all zones of the school where it differs, plan, percentage and level in its colour."""
    demand, joint, *others = _numbers(side)
    yield demand if demand == joint else both("warnings.short.joint", demand=demand, joint=joint)
    yield from others
    if side is None or side.level is None:
        yield NONE
    else:
        yield Cell(both(_level_code(side)), colour=_COLOURS[side.level])


def _zone_names(report: WarningReport) -> list[Text]:
    """What people call each zone: by its school, with its id where several have one school."""
    schools = [_school(report.sides(at)) for at in range(len(report.zones))]
    often = {language: Counter(said(school, language) for school in schools) for language in LANGUAGES}

    def _name(at: int, language: Language) -> str:
        school = said(schools[at], language)
        code = "zone_name.one" if often[language][school] == 1 else "zone_name.several"
        return text(code, language, school=school, zone=report.zones[at].any_side.zone)

    return [bilingual(partial(_name, at)) for at in range(len(schools))]
