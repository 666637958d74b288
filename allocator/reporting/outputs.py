"""Every file of the output folder, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allocator.domain import District, Row
from allocator.messages import Lists, Written
from allocator.record import (
    assignment_bytes,
    derive_trace,
    order_bytes,
    published_orders,
    trace_bytes,
    with_clauses,
)
from allocator.reporting.lists import csv_bytes, listings
from allocator.reporting.summary import Summary, summarise, summary_bytes
from allocator.reporting.workbook import workbook_bytes
from allocator.sheets.marks import marks_in


def published_files(
    district: District,
    rows: Sequence[Row],
    serial_rows: Sequence[Row] = (),
    *,
    workbook: bool = True,
    trace: bool = True,
    agreement: Mapping[str, Any] | None = None,
    summary: Summary | None = None,
    lists: Lists = "both",
) -> Iterator[tuple[str, bytes]]:
    """Give path and content of every output but the manifest; the same district and rows give the same bytes.

    Parameters
    ----------
    district : District
        With its draw.
    rows : sequence of Row
        One row for every child, in any order; clauses are filled in where they are empty.
    serial_rows : sequence of Row
        Under ``divert_assign: least_distance`` the list that the procedure makes by ticket, for comparison.
    workbook : bool
        Whether to make the lists per school: ``lists.xlsx`` and ``lists/…csv``.
    trace : bool
        Whether to make ``trace.jsonl``, from which explanations are read.
    agreement : Mapping, optional
        What the engines and the checker said of each other, for ``summary.json``.
    summary : Summary, optional
        What ``summarise`` gives, where it has been made already.

    lists : {"zh", "en", "both"}
        Language or languages of the lists and the workbook.

    Raises
    ------
    ValueError
        If the rows are not one for every child, or the district has no draw.
    """
    if not all(row.clause for row in rows):
        rows = with_clauses(district, rows)
    summary = summarise(district, rows, serial_rows, agreement) if summary is None else summary
    written = Written(lists)
    yield "assignment.csv", assignment_bytes(rows)
    yield "summary.json", summary_bytes(summary)
    if trace:
        yield "trace.jsonl", trace_bytes(derive_trace(district, rows))
    if workbook:
        yield "lists.xlsx", workbook_bytes(district, rows, summary, written)
        marks = marks_in(district, written)
        for listing in listings(district, rows, written):
            yield f"lists/{listing.key}.csv", csv_bytes(listing, marks, written)
    yield from ((order.path, order_bytes(order)) for order in published_orders(district, rows))
