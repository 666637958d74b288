"""The output folder of a comparison of what-ifs (docs/what-if.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from allocator.domain.what_if import canonical
from allocator.planning.answers import reasons_both
from allocator.planning.marked_csv import headings, marked_csv, marks_of
from allocator.planning.what_if import Comparison, Variant
from allocator.planning.what_if_summary import KIND, Summary
from allocator.record import assignment_bytes, manifest_bytes, sealed, write_folder
from allocator.sheet_cells import Cell, Figure

COLUMNS = (
    "what_if", "figure", "base", "value", "difference", "mean_difference", "standard_error",
)  # fmt: skip
GROUP_COLUMNS = ("what_if", "zone", "zone_name", "category", "gained", "lost", "moved")
MOVE_COLUMNS = ("applicant_id", "school_before", "school_after", "standing_before", "standing_after")
ANSWER_COLUMNS = ("what_if", "file", "line", "change", "key", "unit", "asked", "done", "left_out", "reason")
MORE = ("short_seats", "seats_added", "cost", "cost_per_seat", "cost_per_child", "gained", "lost", "moved",
        "new_children", "gone_children")  # fmt: skip
"""Figures beside those of the list."""


def write_comparison(
    out: Path, comparison: Comparison, summary: Summary, files: Sequence[tuple[str, str]], *, replace: bool = False
) -> None:
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


def _files(comparison: Comparison, summary: Summary) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file but the manifest."""
    marks = marks_of(comparison.district.policy, ("planning.only", "what_if.trial"), seed=comparison.trial_seed)
    yield "summary.json", (json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
    yield "comparison.csv", marked_csv(marks, headings("what_if.column", COLUMNS), _comparison_rows(summary))
    yield "groups.csv", marked_csv(marks, headings("what_if.column", GROUP_COLUMNS), _group_rows(summary))
    yield "answers.csv", marked_csv(marks, headings("what_if.column", ANSWER_COLUMNS), _answer_rows(summary))
    for variant in comparison.variants:
        yield f"{variant.name}/trial-assignment.csv", assignment_bytes(variant.result.rows)
        if variant.what_if is not None:
            yield f"{variant.name}/changes.json", canonical([variant.what_if]) + b"\n"
            heads = headings("what_if.column", MOVE_COLUMNS)
            yield f"{variant.name}/moves.csv", marked_csv(marks, heads, _moves(comparison.variants[0], variant))


def _comparison_rows(summary: Summary) -> Iterator[list[Cell]]:
    """A line for each what-if and figure."""
    base = summary["variants"][0]
    for variant in summary["variants"][1:]:
        values = {**variant["figures"], **{name: variant[name] for name in MORE}}
        before = {**base["figures"], **{name: base[name] for name in MORE}}
        for name, value in values.items():
            if value is None:
                continue
            drawn = variant["mean_differences"].get(name, {"mean": None, "error": None})
            old = before[name]
            numbers = (old, value, None if old is None else value - old, drawn["mean"], drawn["error"])
            yield [variant["name"], name, *map(_cell, numbers)]
        for name, value in (variant["price_of_rules"] or {}).items():
            old = (base["price_of_rules"] or {}).get(name)
            yield [variant["name"], f"price_of_rules.{name}", *map(_cell, (old, value, _minus(value, old), None, None))]


def _minus(value: int | None, old: int | None) -> int | None:
    return None if value is None or old is None else value - old


def _cell(value: float | None) -> Cell:
    """A number as a cell: whole, or with three digits behind the point; empty for none."""
    return Figure(f"{round(value, 3) or 0.0:.3f}") if isinstance(value, float) else value  # no minus before a nought


def _group_rows(summary: Summary) -> Iterator[list[Cell]]:
    """A line for each what-if, zone and category in which something changes."""
    for variant in summary["variants"][1:]:
        for group in variant["by_group"]:
            yield [variant["name"], *(group[name] for name in GROUP_COLUMNS[1:])]


def _answer_rows(summary: Summary) -> Iterator[list[str]]:
    """A line for each request of each change: asked, done, left out, and why."""
    for variant in summary["variants"]:
        for told in variant["answers"]:
            numbers = [str(told[name]) for name in ANSWER_COLUMNS[1:-1]]
            yield [variant["name"], *numbers, reasons_both(told)]


def _moves(base: Variant, variant: Variant) -> Iterator[list[str]]:
    """A line for each child who is at another school than in the base, and for those who are new or gone."""
    old = {row.applicant_id: row for row in base.result.rows}
    new = {row.applicant_id: row for row in variant.result.rows}
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        schools = [row.school_id if row else "" for row in (before, after)]
        if schools[0] != schools[1] or before is None or after is None:
            yield [name, *schools, *(row.outcome if row else "" for row in (before, after))]
