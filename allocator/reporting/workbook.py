"""The lists in one Excel workbook: a summary, one sheet a school, and the children who have no seat here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from allocator.domain import ADMITTED, Text
from allocator.ground import BOTH, Written
from allocator.reporting.summary import Summary
from allocator.sheets import Column, Mark, Table, Value, both, columns, titled, workbook, written_in


def workbook_bytes(
    found: Iterable[Table], summary: Summary, marks: tuple[Mark, ...], written: Written = BOTH
) -> bytes:
    """Return the workbook (.xlsx).

    Parameters
    ----------
    found : iterable of Table
        What ``listings`` gives.
    summary : dict
        What ``summarise`` returned for the same run.
    marks : tuple of Mark
        ``list_marks`` of the district.
    written : Written
        Language or languages of all sheets.
    """
    shortage = [_shortage(marks, summary, written)] if any(summary["shortage"].values()) else []
    return workbook(chain([_summary(marks, summary)], found, shortage), written)


def _summary(marks: tuple[Mark, ...], summary: Summary) -> Table:
    """The table of schools: seats, ways of admission, total, left; the sums; then the schools of others."""
    phases = [line["phase"] for line in summary["phases"] if line[ADMITTED]]
    codes = ["plan", "hard_cap", "local_demand"], ["diverted", "adjusted", "total", "left"]
    ways = [Column(_text(summary["names"]["phases"][label])) for label in phases]
    heads = (*columns("list.column", ("school", *codes[0])), *ways, *columns("list.column", codes[1]))
    home = {row["school_id"]: row["home_demand"] for row in summary["reconciliation"]}  # as on every other page
    schools = [{**s, "local_demand": home.get(s["school_id"], s["local_demand"])} for s in summary["schools"]]
    own, external = ([s for s in schools if s["external"] is side] for side in (False, True))
    lines = [_summary_line(school, codes, phases) for school in own]
    sums = _sums(lines, len(heads))
    lines.append([both("list.of.all_own"), *sums])
    lines += [_summary_line(school, codes, phases) for school in external]
    if external:
        away = sum(school["total"] for school in external)
        everybody = both("list.of.all", external=away)
        lines.append([everybody, *[""] * (len(sums) - 2), sums[-2] + away, ""])
    title = both("list.of.summary")
    widths = [26, *[11] * 3, *[14] * len(phases), *[11] * 4]
    return Table(_sized(heads, widths), tuple(map(tuple, lines)), marks=titled(marks, title), name=title)


def _sized(heads: Sequence[Column], widths: Sequence[int]) -> tuple[Column, ...]:
    """Columns with their widths."""
    return tuple(replace(column, width=width) for column, width in zip(heads, widths, strict=True))


def _sums(lines: Sequence[Sequence[Value]], width: int) -> list[int]:
    """Return the sums of the schools with seats here; who goes to another authority takes none of these seats."""
    return [sum(cell for line in lines if isinstance(cell := line[place], int)) for place in range(1, width)]


def _summary_line(school: Summary, codes: tuple[list[str], list[str]], phases: Sequence[str]) -> list[Value]:
    """Return one school's line, by its name; what an external school has no number for stays empty."""
    external = school["external"]
    seats = ["" if external and code != "local_demand" else school[code] for code in codes[0]]
    admitted = [school["admitted"].get(label, 0) for label in phases]
    rest = ["" if school[code] is None else school[code] for code in codes[1]]
    return [school["name"] or school["school_id"], *seats, *admitted, *rest]


def _shortage(marks: tuple[Mark, ...], summary: Summary, written: Written) -> Table:
    """How many children have no seat, by category and zone."""
    names = summary["names"]
    heads = columns("list.column", ("outcome", "category", "zone", "children"), words=3)
    called = {key: f"{key} {written_in(written, _text(name), ' ')}" for key, name in names["categories"].items()}
    rows = tuple(
        (both(f"list.of.{outcome}"), called[line["category"]], _text(names["zones"][line["zone"]]), line["children"])
        for outcome, found in summary["shortage"].items()
        for line in found
    )
    title = both("list.of.shortage")
    return Table(_sized(heads, (40, 34, 34, 10)), rows, marks=titled(marks, title), name=title)


def _text(name: Mapping[str, str]) -> Text:
    """A name of the summary."""
    return Text(name["zh"], name["en"])
