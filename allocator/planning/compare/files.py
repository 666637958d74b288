"""The output folder of a comparison of what-ifs (docs/what-if.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from allocator.domain import canonical
from allocator.messages import TEXTS
from allocator.planning.compare.comparison import Comparison, Variant
from allocator.planning.compare.shifts import MEASURES, SIDES
from allocator.planning.compare.summary import KIND, WhatIfSummary
from allocator.planning.whatif.answers import reasons_both
from allocator.record import assignment_bytes, manifest_bytes, sealed, write_folder
from allocator.sheets.cells import CellValue, NumberText
from allocator.sheets.csv_file import headings, marked_csv, marks_of
from allocator.sheets.names import zone_titles

COLUMNS = (
    "what_if", "figure", "base", "value", "difference", "mean_difference", "standard_error", "half_width",
    "base_share", "share",
)  # fmt: skip
GROUP_COLUMNS = ("what_if", "zone", "zone_name", "category", "gained", "lost", "moved")
GAIN_COLUMNS = ("what_if", "zone", "zone_name", "category", "who", "children",
                *(f"{measure}_{side}" for measure in MEASURES for side in SIDES))  # fmt: skip
MOVE_COLUMNS = (
    "applicant_id", "zone", "category", "school_before", "school_after", "standing_before", "standing_after",
    "metres_before", "metres_after", "effect",
)  # fmt: skip
ANSWER_COLUMNS = ("what_if", "file", "line", "change", "key", "unit", "asked", "done", "left_out", "reason")
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
    seal = lambda digests: sealed(out, manifest_bytes(district, digests, dict(files), kind=KIND), replace=replace)
    write_folder(out, _files(comparison, summary), seal)


def _files(comparison: Comparison, summary: WhatIfSummary) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file but the manifest."""
    marks = marks_of(comparison.district.policy, ("planning.only", "what_if.trial"), seed=comparison.trial_seed)
    zones = {zone: " ".join(dict.fromkeys((name.zh, name.en)))
             for zone, name in zone_titles(comparison.variants[0].lists.district).items()}  # fmt: skip
    yield "summary.json", (json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
    yield "comparison.csv", marked_csv(marks, headings("what_if.column", COLUMNS), _comparison_rows(summary))
    yield "groups.csv", marked_csv(marks, headings("what_if.column", GROUP_COLUMNS), _group_rows(summary, zones))
    above = [*marks, " ".join(TEXTS["what_if.better_school"])]
    yield "gains.csv", marked_csv(above, headings("what_if.column", GAIN_COLUMNS), _gain_rows(summary, zones))
    yield "answers.csv", marked_csv(marks, headings("what_if.column", ANSWER_COLUMNS), _answer_rows(summary))
    for variant in comparison.variants:
        yield f"{variant.name}/trial-assignment.csv", assignment_bytes(variant.result.rows)
        if variant.what_if is not None:
            yield f"{variant.name}/changes.json", canonical([variant.what_if]) + b"\n"
            heads = headings("what_if.column", MOVE_COLUMNS)
            yield f"{variant.name}/moves.csv", marked_csv(marks, heads, _moves(comparison.variants[0], variant))


def _comparison_rows(summary: WhatIfSummary) -> Iterator[list[CellValue]]:
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
            yield [variant["name"], name, *map(_cell, numbers)]
        for name, value in (variant["price_of_rules"] or {}).items():
            old = (base["price_of_rules"] or {}).get(name)
            yield [variant["name"], f"price_of_rules.{name}", old, value, _minus(value, old), *_NO_DRAWS]


_NO_DRAWS = (None,) * 5


def _minus(value: int | None, old: int | None) -> int | None:
    return None if value is None or old is None else value - old


def _cell(value: float | None) -> CellValue:
    """A number as a cell: whole, or with three digits behind the point; empty for none."""
    return (
        NumberText(f"{round(value, 3) or 0.0:.3f}") if isinstance(value, float) else value
    )  # no minus before a nought


def _group_rows(summary: WhatIfSummary, zones: Mapping[str, str]) -> Iterator[list[CellValue]]:
    """A line for each what-if, zone and category in which something changes."""
    for variant in summary["variants"][1:]:
        for group in variant["by_group"]:
            named = {**group, "zone_name": zones[group["zone"]]}
            yield [variant["name"], *(named[name] for name in GROUP_COLUMNS[1:])]


def _answer_rows(summary: WhatIfSummary) -> Iterator[list[CellValue]]:
    """A line for each request of each change: asked, done, left out, and why."""
    for name, answers in summary["answers"].items():
        for told in answers:
            yield [name, *(told[key] for key in ANSWER_COLUMNS[1:-1]), reasons_both(told)]


def _gain_rows(summary: WhatIfSummary, zones: Mapping[str, str]) -> Iterator[list[CellValue]]:
    """A line for those who lose and one for those who gain, all together and by zone and category."""
    for variant in summary["variants"][1:]:
        for row in variant["gains"]:
            numbers = (row[side][measure] for measure in MEASURES for side in SIDES)
            named = {**row, "zone_name": zones.get(row["zone"], "")}
            yield [variant["name"], *(named[name] for name in GAIN_COLUMNS[1:6]), *numbers]


def _moves(base: Variant, variant: Variant) -> Iterator[list[CellValue]]:
    """A line for each child who is at another school than in the base, and for those who are new or gone."""
    old, new = _children(base), _children(variant)
    effects = _effects(variant)
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, _NOBODY), new.get(name, _NOBODY)
        if before.school != after.school or _NOBODY in (before, after):
            lives = before if name in old else after
            where = (before.school, after.school, before.standing, after.standing, before.metres, after.metres)
            yield [name, lives.zone, lives.category, *where, effects.get(lives.party, "")]


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
