"""Odds as tables: for families in the terminal and in a file, for planners with every kind in a file and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from allocator.domain import Text
from allocator.ground import LANGUAGES, Fault
from allocator.planning.odds.count import Chances
from allocator.planning.odds.groups import FEWEST, Group, OddsRow, group_label
from allocator.planning.odds.kinds import ChildKind, Names, kind_label
from allocator.planning.odds.run import Odds
from allocator.planning.odds.twins import FATES, Beside, Side, TwinRow
from allocator.planning.odds.words import (
    FamilyRow,
    RowsWanted,
    half_interval_in_words,
    is_sure,
    marks,
    odds_lines_in_words,
    odds_notes_in_words,
    row_label_words,
    rows_in_family_words,
    rows_with_whole_words,
)
from allocator.record import kept_table_faults
from allocator.sheets import Mark, NumberText, Part, Table, Value, bilingual, both, columns, said

KIND, FAMILIES = "odds", "odds_families"
COLUMNS = (
    *columns("odds.column", ChildKind._fields, words=11),
    *columns("odds", ("children",), words=0),
    *columns("odds", ("basis", "rule", "result", "school_id", "school", "percent", "error", "half"), words=5),
)
"""Columns of the planners' table."""

_DIGITS = 6


def parts_of(odds: Odds, wanted: RowsWanted) -> Iterator[Part]:
    """Give what the terminal shows: marks, the rows for families zone by zone, then twins beside single children."""
    yield from marks(odds)
    rows = rows_with_whole_words(rows_in_family_words(odds, wanted), odds)
    if not rows:
        yield both("odds.empty")
        return
    for zone, there in groupby(rows, lambda row: row.row.zone):
        yield _families(zone, list(there), odds)
    yield from odds_notes_in_words(odds)
    twins = [row for row in odds.twins if wanted.takes(row.group) and min(row.families) >= FEWEST]
    if twins:
        yield _twins(twins, odds)
        yield both("odds.twins_note")


def _named(odds: Odds, words: Callable[[Any, Names], str], subject: object) -> Text:
    """What is said of a subject, with the names of each language."""
    return bilingual(lambda language: words(subject, Names(odds.district, language)))


def _zone(zone: str, names: Names) -> str:
    """What a zone is called above its rows."""
    return names.say("label.zone", zone=names.zone(zone)) if zone else names.say("everywhere")


def _taken(group: Group, names: Names) -> str:
    """What groups of twins taken together are called."""
    return group_label(group, names) or names.say("label.everyone")


def _school(school: str, names: Names) -> str:
    """What a school is called; nothing for none."""
    return names.school(school)


def _families(zone: str, rows: Sequence[FamilyRow], odds: Odds) -> Table:
    """The rows of one zone for families, all results of one in a cell."""
    heads = ("kind", "children", "basis.draw" if odds.demand_draws else "result")
    kind, children, *results = columns("odds", (*heads, "basis.demand") if odds.demand_draws else heads)
    table = (kind, children, *(replace(column, align="left") for column in results))
    shown = tuple(tuple(_family_cells(row, odds)) for row in rows)
    return Table(table, shown, _named(odds, _zone, zone), lined=True)


def _family_cells(row: FamilyRow, odds: Odds) -> Iterator[Value]:
    """Cells of a row for families in the terminal."""
    yield _named(odds, partial(row_label_words, zone=False), row)
    yield row.children
    told = lambda chances, names, draws=1: "\n".join(odds_lines_in_words(chances, odds, names, draws))
    yield _named(odds, told, row.draw)
    if odds.demand_draws:
        yield _named(odds, partial(told, draws=odds.draws), row.demand) if row.demand else None


def _twins(twins: Sequence[TwinRow], odds: Odds) -> Table:
    """Bundles beside single children under each rule; what they are stands in the first line of each."""
    kind, families, rule, *sides = columns("odds", ("kind", "families_of", "rule", "bundles", "single", "difference"))
    rows: list[tuple[Value, ...]] = []
    for row in twins:
        first: tuple[Value, ...] = (_named(odds, _taken, row.group), f"{row.families[1]} / {row.families[0]}")
        for name, beside in row.under.items():
            ruled = both(f"odds.rule.{name}")
            ruled = both("odds.rule.own", rule=ruled) if name == odds.rule else ruled
            both_sides = (_seat(beside.bundles), _seat(beside.single), _seat(beside.difference, sign="+"))
            rows.append((*first, ruled, *both_sides))
            first = ("", "")
    heads = (kind, families, replace(rule, align="left"), *(replace(side, whole=True) for side in sides))
    return Table(heads, tuple(rows), both("odds.twins"))


def _seat(side: Side, sign: str = "") -> str:
    """Share of those at their home or chosen school, percent, with half its 95 % interval."""
    return f"{100 * side.share[0]:{sign}.1f} ± {half_interval_in_words(side.half[0])}"


def families_table(odds: Odds, wanted: RowsWanted) -> Table:
    """Return the table for families, a line for every result; it may be published."""
    kind, *others = columns("odds", ("kind", "children", "basis", "result", "percent", "half"))
    children, basis, result, *numbers = others
    rows: list[tuple[Value, ...]] = []
    for row in rows_with_whole_words(rows_in_family_words(odds, wanted), odds):
        called = _named(odds, row_label_words, row)
        for code, chances in (("draw", row.draw), ("demand", row.demand)):
            if chances is not None:
                for i in _seen(chances, odds):
                    percent, _, half = _figures(chances, i)
                    rows.append((called, row.children, both(f"odds.basis.{code}"), _result(odds, i), percent, half))
    title, *above = marks(odds)
    table = (replace(kind, between=" · "), children, basis, replace(result, between=" · "), *numbers)
    below = (Mark(note) for note in odds_notes_in_words(odds))
    return Table(table, tuple(rows), title.words, marks=(*above, *below), kind=FAMILIES)


def kinds_table(odds: Odds, wanted: RowsWanted) -> Table:
    """Return every kind with every result that came, under both cut rules and with demand, for planners."""
    title, *above = marks(odds)
    rows = tuple(cells for kind in odds.kinds if wanted.takes(kind) for cells in _kind_rows(kind, odds))
    return Table(COLUMNS, rows, title.words, marks=(Mark(both("odds.office_only"), "warning"), *above), kind=KIND)


def _kind_rows(kind: ChildKind, odds: Odds) -> Iterator[tuple[Value, ...]]:
    """Rows of one kind."""
    described = [";".join(value) if isinstance(value, tuple) else value for value in kind]
    for basis, rule, chances in _headings_of(kind, odds):
        for i in _seen(chances, odds):
            way, school = odds.results[i]
            shown = _named(odds, _school, school)
            where = (both(f"odds.basis.{basis}"), both(f"odds.rule.{rule}"), both(f"odds.way.{way}"), school, shown)
            yield *described, NumberText(f"{chances.children:.10g}"), *where, *_figures(chances, i)


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


def _figures(chances: Chances, column: int) -> tuple[float | None, ...]:
    """Probability, standard error and half the 95 % interval in percent."""
    parts = (chances.probability(column), chances.errors[column], chances.half(column))
    return tuple(None if part is None else 100 * part for part in parts)


def _result(odds: Odds, column: int) -> Text:
    """A result in words."""
    way, school = odds.results[column]
    return both(f"odds.at.{way}", school=_named(odds, _school, school)) if school else both(f"odds.way.{way}")


def odds_object(odds: Odds, wanted: RowsWanted) -> dict[str, Any]:
    """Return everything as an object for JSON: rows for families, all kinds, twins; for planners."""
    policy = odds.district.policy
    told = [*(mark.words for mark in marks(odds)), both("odds.office_only")]
    return {
        "format_version": 1,
        "kind": KIND,
        "policy_id": policy.policy_id,
        "marks": {
            lang: [shown for words in told if (shown := said(words, lang))] for lang in LANGUAGES
        },
        "seed": odds.seed,
        "draws": odds.draws,
        "demand_draws": odds.demand_draws,
        "rule": odds.rule,
        "what_ifs": [what_if.name for what_if in odds.what_ifs],
        "withheld": odds.withheld,
        "families": [_family_object(row, odds) for row in rows_in_family_words(odds, wanted)],
        "categories": [
            _family_object(row, odds)
            for row in rows_with_whole_words(rows_in_family_words(odds, wanted), odds)
            if row.row in odds.wholes
        ],
        "kinds": [_row_object(kind, odds) for kind in odds.kinds if wanted.takes(kind)],
        "twins": [_twin_object(row) for row in odds.twins if wanted.takes(row.group)],
    }


def _family_object(row: FamilyRow, odds: Odds) -> dict[str, Any]:
    """One row for families."""
    found = {"draw": _results_object(row.draw, odds)}
    if row.demand is not None:
        found["demand"] = _results_object(row.demand, odds)
    labels = {language: row_label_words(row, Names(odds.district, language)) for language in LANGUAGES}
    mean = isinstance(row.row, Group) and not is_sure(row)
    return {"label": labels, "children": row.children, "mean": mean, **found}


def _row_object(kind: ChildKind, odds: Odds) -> dict[str, Any]:
    """One kind under all headings."""
    draw = {rule: _results_object(found[kind], odds) for rule, found in odds.draw.items() if kind in found}
    labels = {language: kind_label(kind, Names(odds.district, language)) for language in LANGUAGES}
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


def target_faults(out: Path | None, families: Path | None) -> list[Fault]:
    """Return what forbids writing the tables there: another file than an earlier one of the kind is never replaced."""
    faults = [] if out is None else kept_table_faults(out, "odds.other_file", KIND, columns=COLUMNS)
    if families is not None:
        faults += kept_table_faults(families, "odds.other_file", FAMILIES, title="odds.title")
    return faults
