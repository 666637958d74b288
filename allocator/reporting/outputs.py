"""Every file of the output folder of a run: lists, workbook, record, copies of what went in, and the manifest.

The workbook has a summary, one sheet a school, and the children who have no seat here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from allocator.domain import ADMITTED, District, Row, Text
from allocator.ground import BOTH, ListLanguages, Written, masked_name
from allocator.lottery import (
    APPLICANT_COLUMNS,
    NUMBERS,
    canonical_applicant_cells,
    canonical_csv_text,
    canonical_tables,
    draw_roster,
    numbers_bytes,
)
from allocator.record import (
    CUTOFFS,
    CutoffTable,
    Retelling,
    Told,
    assignment_bytes,
    cutoff_bytes,
    derive_trace,
    manifest_bytes,
    order_bytes,
    published_order,
    sealed_folder_manifest,
    trace_bytes,
    write_folder,
)
from allocator.reporting.cutoff_table import cutoff_table
from allocator.reporting.family import with_family_page
from allocator.reporting.lists import listings
from allocator.reporting.public_lists import SeatLots, note_lots, run_lists
from allocator.reporting.summary import Summary, summary_bytes
from allocator.sheets import (
    Column,
    Mark,
    Table,
    Value,
    both,
    columns,
    csv_for_people,
    list_marks,
    titled,
    workbook,
    written_in,
)


def workbook_bytes(
    list_tables: Iterable[Table],
    summary: Summary,
    marks: tuple[Mark, ...],
    written: Written = BOTH,
    further: Iterable[Table] = (),
) -> bytes:
    """Return the workbook (.xlsx).

    Parameters
    ----------
    list_tables : iterable of Table
        What ``listings`` gives.
    summary : dict
        What ``summarise`` returned for the same run.
    marks : tuple of Mark
        ``list_marks`` of the district.
    written : Written
        Language or languages of all sheets.
    further : iterable of Table
        Sheets behind the lists.
    """
    shortage = [_shortage(marks, summary, written)] if any(summary["shortage"].values()) else []
    return workbook(chain([_summary(marks, summary)], list_tables, further, shortage), written)


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


_File: TypeAlias = tuple[str, bytes]


def published_files(
    retelling: Retelling, summary: Summary, *, workbook: bool = True, trace: bool = True, lists: ListLanguages = "both"
) -> Iterator[_File]:
    """Give path and content of every output but the manifest; the same district and rows give the same bytes.

    Parameters
    ----------
    retelling : Retelling
        Of a district with its draw.
    summary : Summary
        What ``summarise`` gives for it.
    workbook : bool
        Whether to make the lists per school: public ones ``lists/…csv``, the office's ``lists.xlsx``, ``office/…csv``.
    trace : bool
        Whether to make ``trace.jsonl``, from which explanations are read.
    lists : {"zh", "en", "both"}
        Language or languages of the office's lists and the workbook; the public CSV has no words.

    Raises
    ------
    ValueError
        If the district has no draw.
    """
    yield "assignment.csv", assignment_bytes(retelling.rows)
    yield "summary.json", summary_bytes(summary)
    noted = _Noted(retelling)
    if trace:
        yield "trace.jsonl", trace_bytes(derive_trace(retelling, noted.note))
    else:
        course = retelling.course(drawn_only=True)
        for told in course:
            noted.note(told)
        noted.cutoffs.note_whole_batches(retelling, course)
    if workbook:
        cutoffs = cutoff_table(retelling.district, noted.cutoffs.rows())
        yield from _sheets(retelling, summary, Written(lists), cutoffs)
        yield from run_lists(retelling, noted.lots)
    yield from noted.orders
    yield CUTOFFS, cutoff_bytes(noted.cutoffs.rows())


class _Noted:
    """What is kept of each queue while the run is retold once: the files of orders, and what lists say of them."""

    def __init__(self, retelling: Retelling) -> None:
        self.orders: list[_File] = []
        self.lots: SeatLots = {}
        self.cutoffs = CutoffTable(retelling)

    def note(self, told: Told) -> None:
        """Keep the cut-offs of a queue, and its order where it is to be published; as bytes, which are small."""
        self.cutoffs.note(told)
        if order := published_order(told):
            note_lots(self.lots, order)
            self.orders.append((order.path, order_bytes(order)))


def _sheets(retelling: Retelling, summary: Summary, written: Written, cutoffs: Table) -> Iterator[_File]:
    """Give the office's workbook, then its lists as CSV; each list is made once, and kept in its bytes alone."""
    sheets: list[_File] = []

    def _noted() -> Iterator[Table]:
        for listing in listings(retelling):
            sheets.append((f"office/{listing.kind}.csv", csv_for_people(listing, written)))
            yield listing

    yield "lists.xlsx", workbook_bytes(_noted(), summary, list_marks(retelling.district), written, [cutoffs])
    yield from sheets


ROSTER = "applicants.csv"


def write_outputs(
    out: Path,
    retelling: Retelling,
    summary: Summary,
    serial_rows: Sequence[Row] = (),
    *,
    workbook: bool = True,
    trace: bool = True,
    lists: ListLanguages = "both",
    replace: bool = False,
    confirm: Callable[[], object] = lambda: None,
) -> None:
    """Write everything that a run gives, whole or not at all.

    Parameters
    ----------
    out : Path
        The folder; an older output of ours is replaced in one step.
    retelling, summary, serial_rows, workbook, trace, lists
        As for ``summarise`` and ``published_files``.
    replace : bool
        Whether even the result of another public draw may be replaced.
    confirm : callable
        Called when all files are ready; by raising it keeps them from taking the place of the old ones.

    Raises
    ------
    InputError
        If the folder holds other files or the result of another draw, or cannot be written.
    """
    published = published_files(retelling, summary, workbook=workbook, trace=trace, lists=lists)
    serial = [("assignment-serial-by-ticket.csv", assignment_bytes(serial_rows))] if serial_rows else []

    def _seal(digests: Mapping[str, str]) -> bytes:
        confirm()
        return sealed_folder_manifest(out, manifest_bytes(retelling.district, digests, lists=lists), replace=replace)

    files = chain(_copies(retelling.district, with_names=workbook), published, serial)
    write_folder(out, with_family_page(files, retelling.district), _seal)


def _copies(district: District, *, with_names: bool) -> Iterator[tuple[str, bytes]]:
    """What anyone needs to recompute the draw, and what the office needs to verify the lists.

    The tables go in their canonical spelling; they say where children live and stay in the office. Names go masked,
    as they stand in the lists, and only if there are lists.
    """
    yield "policy.yaml", district.policy_bytes
    if district.draw is not None and district.draw.transcript is not None:
        yield "transcript.txt", district.draw.transcript.raw
        if district.draw.numbers:
            yield NUMBERS, numbers_bytes(district.draw.numbers)
    yield "draw-roster.csv", draw_roster(district)
    for name, content in canonical_tables(district):
        yield f"inputs/{name}", content if name != ROSTER or not with_names else _roster(district, content)


def _roster(district: District, canonical: bytes) -> bytes:
    """The canonical roster with the optional columns where the roster has them, so that lists can be made again."""
    if not any(child.name or child.sex for child in district.applicants):
        return canonical
    rows = [(*canonical_applicant_cells(child), masked_name(child.name), child.sex) for child in district.applicants]
    return canonical_csv_text([(*APPLICANT_COLUMNS, "name", "sex"), *rows]).encode("utf-8")
