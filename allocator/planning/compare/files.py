"""The output folder of a comparison of what-ifs (docs/what-if.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from allocator.domain import canonical_what_ifs
from allocator.planning.compare.comparison import KIND, Comparison, Variant, WhatIfSummary
from allocator.planning.compare.shifts import MEASURES, SIDES
from allocator.planning.whatif import answer_reasons
from allocator.record import assignment_bytes, manifest_bytes, sealed_folder_manifest, write_folder
from allocator.sheets import Mark, Table, Value, both, columns, csv_for_machines, marks_of, workbook, zone_titles

COLUMNS = columns("what_if.column", (
    "what_if", "figure", "base", "value", "difference", "mean_difference", "standard_error", "half_width",
    "base_share", "share",
), words=2)  # fmt: skip
GROUP_COLUMNS = columns("what_if.column", (
    "what_if", "zone", "zone_name", "category", "gained", "lost", "moved"), words=4)  # fmt: skip
GAIN_COLUMNS = columns("what_if.column", (
    "what_if", "zone", "zone_name", "category", "who", "children",
    *(f"{measure}_{side}" for measure in MEASURES for side in SIDES),
), words=5)  # fmt: skip
MOVE_COLUMNS = columns("what_if.column", (
    "applicant_id", "zone", "category", "school_before", "school_after", "standing_before", "standing_after",
    "metres_before", "metres_after", "effect",
), words=7)  # fmt: skip
ANSWER_COLUMNS = columns("what_if.column", (
    "what_if", "file", "line", "change", "key", "unit", "asked", "done", "left_out", "reason"), words=6)  # fmt: skip
MORE = ("short_seats", "seats_added", "cost", "cost_per_seat", "cost_per_child", "gained", "lost", "moved",
        "new_children", "gone_children")  # fmt: skip
"""Figures beside those of the list."""


def write_comparison(
    out: Path, comparison: Comparison, summary: WhatIfSummary, files: Sequence[tuple[str, str]],
    *, replace: bool = False,
) -> None:  # fmt: skip
    """Write the folder, whole or not at all.

    Parameters
    ----------
    out : Path
        The folder.
    comparison : Comparison
        What was computed.
    summary : dict
        ``summarise_comparison`` of it.
    files : sequence of (str, str)
        Name and SHA-256 of each what-if file, for the manifest.
    replace : bool
        Whether even the result of a public draw may be replaced.

    Raises
    ------
    InputError
        If the folder holds other files or the result of a draw, or cannot be written.
    """
    district = comparison.district
    seal = lambda digests: sealed_folder_manifest(
        out, manifest_bytes(district, digests, dict(files), kind=KIND), replace=replace
    )
    write_folder(out, _files(comparison, summary), seal)


def _files(comparison: Comparison, summary: WhatIfSummary) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file but the manifest."""
    yield "summary.json", (json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
    tables = comparison_file_tables(comparison, summary)
    yield from ((f"{table.kind}.csv", csv_for_machines(table)) for table in tables)
    yield "tables.xlsx", workbook(tables, kind=KIND)
    for variant in comparison.variants:
        yield f"{variant.name}/trial-assignment.csv", assignment_bytes(variant.result.rows)
        if variant.what_if is not None:
            yield f"{variant.name}/changes.json", canonical_what_ifs([variant.what_if]) + b"\n"
            moves = tuple(_moves(comparison.variants[0], variant))
            table = Table(MOVE_COLUMNS, moves, marks=tables[0].marks, kind="moves", name=both("what_if.sheet.moves"))
            yield f"{variant.name}/moves.csv", csv_for_machines(table)
            yield f"{variant.name}/moves.xlsx", workbook([table], kind=KIND)


def comparison_file_tables(comparison: Comparison, summary: WhatIfSummary) -> list[Table]:
    """Return the tables of all what-ifs: figures, groups of children, gains and losses, answers."""
    marks = marks_of(comparison.district.policy, "planning.only", "what_if.trial", seed=comparison.trial_seed)
    zones: dict[str, Value] = {"": "", **zone_titles(comparison.variants[0].lists.district)}
    gains = (*marks, Mark(both("what_if.better_school")))
    made = (
        ("comparison", COLUMNS, _comparison_rows(summary), marks),
        ("groups", GROUP_COLUMNS, _group_rows(summary, zones), marks),
        ("gains", GAIN_COLUMNS, _gain_rows(summary, zones), gains),
        ("answers", ANSWER_COLUMNS, _answer_rows(summary), marks),
    )
    return [Table(heads, tuple(rows), marks=above, kind=kind, name=both(f"what_if.sheet.{kind}"))
            for kind, heads, rows, above in made]  # fmt: skip


def _comparison_rows(summary: WhatIfSummary) -> Iterator[tuple[Value, ...]]:
    """A line for each what-if and figure."""
    base = summary["variants"][0]
    for variant in summary["variants"][1:]:
        values = {**variant["figures"], **{name: variant[name] for name in MORE}}
        before = {**base["figures"], **{name: base[name] for name in MORE}}
        for name, value in values.items():
            if value is None:
                continue
            drawn = variant["mean_differences"].get(name, {"mean": None, "error": None, "half_width": None})
            old = before[name]
            numbers = (old, value, None if old is None else value - old, drawn["mean"], drawn["error"],
                       drawn["half_width"], base["shares"].get(name), variant["shares"].get(name))  # fmt: skip
            yield variant["name"], name, *numbers
        for name, value in (variant["price_of_rules"] or {}).items():
            old = (base["price_of_rules"] or {}).get(name)
            yield variant["name"], f"price_of_rules.{name}", old, value, _minus(value, old), *_NO_DRAWS


_NO_DRAWS = (None,) * 5


def _minus(value: int | None, old: int | None) -> int | None:
    return None if value is None or old is None else value - old


def _group_rows(summary: WhatIfSummary, zones: Mapping[str, Value]) -> Iterator[tuple[Value, ...]]:
    """A line for each what-if, zone and category in which something changes."""
    for variant in summary["variants"][1:]:
        for group in variant["by_group"]:
            named = {**group, "zone_name": zones[group["zone"]]}
            yield variant["name"], *(named[column.key] for column in GROUP_COLUMNS[1:])


def _answer_rows(summary: WhatIfSummary) -> Iterator[tuple[Value, ...]]:
    """A line for each request of each change: asked, done, left out, and why."""
    for name, answers in summary["answers"].items():
        for told in answers:
            yield name, *(told[column.key] for column in ANSWER_COLUMNS[1:-1]), answer_reasons(told)


def _gain_rows(summary: WhatIfSummary, zones: Mapping[str, Value]) -> Iterator[tuple[Value, ...]]:
    """A line for those who lose and one for those who gain, all together and by zone and category."""
    for variant in summary["variants"][1:]:
        for row in variant["gains"]:
            numbers = (row[side][measure] for measure in MEASURES for side in SIDES)
            named = {**row, "zone_name": zones[row["zone"]]}
            yield variant["name"], *(named[column.key] for column in GAIN_COLUMNS[1:6]), *numbers


def _moves(base: Variant, variant: Variant) -> Iterator[tuple[Value, ...]]:
    """A line for each child who is at another school than in the base, and for those who are new or gone."""
    old, new = _children(base), _children(variant)
    effects = _effects(variant)
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, _NOBODY), new.get(name, _NOBODY)
        if before.school != after.school or _NOBODY in (before, after):
            lives = before if name in old else after
            where = (before.school, after.school, before.standing, after.standing, before.metres, after.metres)
            yield name, lives.zone, lives.category, *where, effects.get(lives.party, "")


class _Child(NamedTuple):
    """A child in one list: where it lives, where it goes, how far, and its party."""

    zone: str = ""
    category: str = ""
    school: str = ""
    standing: str = ""
    metres: int | None = None
    party: str = ""


_NOBODY = _Child()


def _children(variant: Variant) -> dict[str, _Child]:
    """The children of one list."""
    lists = variant.lists
    metres = [None if number < 0 else number for number in lists.metres(variant.outcome).tolist()]
    parties = lists.instance.party_of_child.tolist()
    rows = zip(variant.result.rows, lists.district.applicants, parties, strict=True)
    names = lists.instance.party_ids
    return {
        row.applicant_id: _Child(child.zone, child.category, row.school_id, row.outcome, metres[at], names[at])
        for row, child, at in rows
    }


def _effects(variant: Variant) -> dict[str, str]:
    """Who gains and who loses, by party."""
    shift, names = variant.shift, variant.pair.before.instance.party_ids
    columns = (shift.party.tolist(), shift.gained.tolist(), shift.lost.tolist())
    words = ((names[party], "gained" if gained else "lost" if lost else "") for party, gained, lost in
             zip(*columns, strict=True))  # fmt: skip
    return {name: word for name, word in words if word}
