"""Odds as tables: in the terminal and as CSV for families, as CSV and JSON with every kind for planners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from allocator.console import PlainConsole
from allocator.errors import Fault
from allocator.messages import BOTH, Language, Written, text
from allocator.planning.odds.count import Chances
from allocator.planning.odds.groups import FEWEST, Group, OddsRow, group_label
from allocator.planning.odds.kinds import ChildKind, Names, label
from allocator.planning.odds.run import Odds
from allocator.planning.odds.twins import FATES, Beside, Side, TwinRow
from allocator.planning.odds.words import (
    LANGUAGES,
    FamilyRow,
    RowsWanted,
    family_rows,
    is_sure,
    lines,
    mark_pairs,
    marks,
    notes,
    row_label,
    tenths,
    with_wholes,
)
from allocator.record.kept_table import other_file_faults
from allocator.sheets.cells import Cell, Figure
from allocator.sheets.csv_file import headings, marked_csv

KIND = "odds"
COLUMNS = (
    *(f"column.{name}" for name in ChildKind._fields),
    *("children", "basis", "rule", "result", "school_id", "school", "percent", "error", "half"),
)
"""Columns of the planners' table."""

FAMILY_COLUMNS = ("kind", "children", "basis", "result", "percent", "half")
"""Columns of the table for families."""

_DIGITS = 6


def print_odds(odds: Odds, choice: RowsWanted, language: Language) -> None:
    """Print the table for families on standard output, and below it twins beside single children."""
    console, names = PlainConsole(), Names(odds.district, language)
    title, *others = marks(odds, language)
    console.print(Text(title, style="bold"))
    for mark in others:
        console.print(Text(mark, style="yellow"))
    rows = with_wholes(family_rows(odds, choice), odds)
    if not rows:
        console.print(Text(text("odds.empty", language)))
        return
    for zone, there in groupby(rows, lambda row: row.row.zone):
        console.print(_families(zone, list(there), odds, names))
    for note in notes(odds, language):
        console.print(Text(note, style="dim"))
    twins = [row for row in odds.twins if choice.takes(row.group) and min(row.families) >= FEWEST]
    if twins:
        console.print(_twins(twins, odds, names))
        console.print(Text(names.say("twins_note"), style="dim"))


def _families(zone: str, rows: list[FamilyRow], odds: Odds, names: Names) -> Table:
    """The rows of one zone for families."""
    title = names.say("label.zone", zone=names.zone(zone)) if zone else names.say("everywhere")
    table = Table(title=Text(title), title_justify="left", title_style="bold", show_lines=True)
    table.add_column(names.say("kind"), overflow="fold")
    table.add_column(names.say("children"), justify="right", overflow="fold")
    table.add_column(names.say("basis.draw") if odds.demand_draws else names.say("result"), overflow="fold")
    if odds.demand_draws:
        table.add_column(names.say("basis.demand"), overflow="fold")
    for row in rows:
        called = row_label(row, names, zone=False)
        cells = [called, str(row.children), "\n".join(lines(row.draw, odds, names))]
        if odds.demand_draws:
            cells.append("\n".join(lines(row.demand, odds, names, odds.draws)) if row.demand else "–")
        table.add_row(*map(Text, cells))
    return table


def _twins(twins: list[TwinRow], odds: Odds, names: Names) -> Table:
    """Bundles beside single children under each rule."""
    table = Table(title=names.say("twins"), title_justify="left", title_style="bold")
    for code in ("kind", "families_of", "rule", "bundles", "single", "difference"):
        table.add_column(names.say(code), overflow="fold", justify="left" if code in ("kind", "rule") else "right")
    for row in twins:
        called = group_label(row.group, names) or names.say("label.everyone")
        for number, (rule, beside) in enumerate(row.under.items()):
            ruled = names.say(f"rule.{rule}")
            ruled = names.say("rule.own", rule=ruled) if rule == odds.rule else ruled
            first = [called, f"{row.families[1]} / {row.families[0]}"] if not number else ["", ""]
            sides = (_seat(beside.bundles), _seat(beside.single), _seat(beside.difference, sign="+"))
            table.add_row(*map(Text, (*first, ruled, *sides)))
    return table


def _seat(side: Side, sign: str = "") -> str:
    """Share of those at their home or chosen school, percent, with half its 95 % interval."""
    return f"{100 * side.share[0]:{sign}.1f} ± {tenths(side.half[0])}"


def families_bytes(odds: Odds, choice: RowsWanted, written: Written = BOTH) -> bytes:
    """Return the table for families as CSV, in one language or both; it may be published."""
    zh, en = (Names(odds.district, language) for language in LANGUAGES)
    rows = []
    for row in with_wholes(family_rows(odds, choice), odds):
        called = written.names(row_label(row, zh), row_label(row, en))
        for basis, chances in (("draw", row.draw), ("demand", row.demand)):
            if chances is not None:
                for i in _seen(chances, odds):
                    percent, _, half = _figures(chances, i)
                    based = written.text(f"odds.basis.{basis}", " ")
                    rows.append((called, row.children, based, _result(odds, i, written), percent, half))
    above = [*_marks(odds, written), *map(written.names, notes(odds, "zh"), notes(odds, "en"))]
    return marked_csv(above, [written.text(f"odds.{column}", " ") for column in FAMILY_COLUMNS], rows)


def kinds_bytes(odds: Odds, choice: RowsWanted) -> bytes:
    """Return every kind with every result that came, under both cut rules and with demand, as CSV for planners."""
    marked = _marks(odds)
    above = [marked[0], _words("office_only", " · "), *marked[1:]]
    rows = [cells for kind in odds.kinds if choice.takes(kind) for cells in _kind_rows(kind, odds)]
    return marked_csv(above, headings("odds", COLUMNS), rows)


def _kind_rows(kind: ChildKind, odds: Odds) -> Iterator[list[Cell]]:
    """Rows of one kind."""
    names = Names(odds.district, "zh")
    described = [";".join(value) if isinstance(value, tuple) else value for value in kind]
    for basis, rule, chances in _headings_of(kind, odds):
        for i in _seen(chances, odds):
            way, school = odds.results[i]
            shown = names.school(school) if school else ""
            where = (_words(f"basis.{basis}"), _words(f"rule.{rule}"), _words(f"way.{way}"), school, shown)
            yield [*described, Figure(f"{chances.children:.10g}"), *where, *_figures(chances, i)]


def _headings_of(row: OddsRow, odds: Odds) -> Iterator[tuple[str, str, Chances]]:
    """Under what there are chances of a row: basis, cut rule, chances."""
    for rule, found in odds.draw.items():
        if row in found:
            yield "draw", rule, found[row]
    if row in odds.demand:
        yield "demand", odds.rule, odds.demand[row]


def _seen(chances: Chances, odds: Odds) -> list[int]:
    """Columns of the results that came, of those of which a child has exactly one."""
    single = len(odds.results) - len(odds.district.schools) - 3
    return [i for i in range(single) if chances.hits[i]]


def _figures(chances: Chances, column: int) -> tuple[Figure, Figure, Figure]:
    """Probability, standard error and half the 95 % interval in percent."""
    error, half = (
        Figure("" if part is None else f"{100 * part:.3f}") for part in (chances.errors[column], chances.half(column))
    )
    return Figure(f"{100 * chances.probability(column):.3f}"), error, half


def _result(odds: Odds, column: int, written: Written) -> str:
    """A result in words."""
    way, school = odds.results[column]
    code = f"at.{way}" if school else f"way.{way}"
    name = Names(odds.district, "zh").school(school)
    return written.text(f"odds.{code}", school=name)


def _marks(odds: Odds, written: Written = BOTH) -> list[str]:
    """The marks."""
    return [written.names(zh, en) for zh, en in mark_pairs(odds) if zh or en]


def _words(code: str, separator: str = " ") -> str:
    """A text in both languages."""
    return BOTH.text(f"odds.{code}", separator)


def odds_object(odds: Odds, choice: RowsWanted) -> dict[str, Any]:
    """Return everything as an object for JSON: rows for families, all kinds, twins; for planners."""
    policy = odds.district.policy
    return {
        "format_version": 1,
        "kind": KIND,
        "policy_id": policy.policy_id,
        "marks": {lang: [*marks(odds, lang), text("odds.office_only", lang)] for lang in LANGUAGES},
        "seed": odds.seed,
        "draws": odds.draws,
        "demand_draws": odds.demand_draws,
        "rule": odds.rule,
        "what_ifs": [what_if.name for what_if in odds.what_ifs],
        "withheld": odds.withheld,
        "families": [_family_object(row, odds) for row in family_rows(odds, choice)],
        "categories": [
            _family_object(row, odds) for row in with_wholes(family_rows(odds, choice), odds) if row.row in odds.wholes
        ],
        "kinds": [_row_object(kind, odds) for kind in odds.kinds if choice.takes(kind)],
        "twins": [_twin_object(row) for row in odds.twins if choice.takes(row.group)],
    }


def _family_object(row: FamilyRow, odds: Odds) -> dict[str, Any]:
    """One row for families."""
    found = {"draw": _results_object(row.draw, odds)}
    if row.demand is not None:
        found["demand"] = _results_object(row.demand, odds)
    labels = {language: row_label(row, Names(odds.district, language)) for language in LANGUAGES}
    mean = isinstance(row.row, Group) and not is_sure(row)
    return {"label": labels, "children": row.children, "mean": mean, **found}


def _row_object(kind: ChildKind, odds: Odds) -> dict[str, Any]:
    """One kind under all headings."""
    draw = {rule: _results_object(found[kind], odds) for rule, found in odds.draw.items() if kind in found}
    labels = {language: label(kind, Names(odds.district, language)) for language in LANGUAGES}
    found: dict[str, Any] = {"label": labels, "kind": kind._asdict(), "draw": draw}
    children = next((found[kind].children for found in odds.draw.values() if kind in found), 0)
    demand = {"demand": _results_object(odds.demand[kind], odds)} if kind in odds.demand else {}
    return {**found, "children": round(children), **demand}


def _results_object(chances: Chances, odds: Odds) -> list[dict[str, Any]]:
    """The results that came, with hits and trials."""
    return [_result_object(chances, odds, i) for i in _seen(chances, odds)]


def _result_object(chances: Chances, odds: Odds, column: int) -> dict[str, Any]:
    """One result."""
    way, school = odds.results[column]
    error, half = chances.errors[column], chances.half(column)
    return {
        "way": way, "school": school, "hits": chances.hits[column], "trials": chances.trials,
        "probability": round(chances.probability(column), _DIGITS),
        "error": None if error is None else round(error, _DIGITS),
        "half_width": None if half is None else round(half, _DIGITS),
    }  # fmt: skip


def _twin_object(row: TwinRow) -> dict[str, Any]:
    """One comparison of bundles with single children."""
    counts = {"families": {"single": row.families[0], "bundles": row.families[1]},
              "children": {"single": row.children[0], "bundles": row.children[1]}}  # fmt: skip
    group = {name: value for name, value in row.group._asdict().items() if name not in ("size", "rest")}
    return {**group, **counts, "under": {rule: _beside_object(beside) for rule, beside in row.under.items()}}


def _beside_object(beside: Beside) -> dict[str, Any]:
    """Both sides and their difference, by fate."""
    sides: Mapping[str, Side] = {"bundles": beside.bundles, "single": beside.single, "difference": beside.difference}
    return {
        name: {
            fate: {
                "share": round(side.share[i], _DIGITS),
                "error": round(side.error[i], _DIGITS),
                "half_width": round(side.half[i], _DIGITS),
            }
            for i, fate in enumerate(FATES)
        }
        for name, side in sides.items()
    }


def target_faults(path: Path) -> list[Fault]:
    """Return what forbids writing a table there: another file than an earlier table of odds is never replaced."""
    return other_file_faults(path, "odds.title", "odds.other_file")
