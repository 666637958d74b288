"""Every file of the output folder, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TypeAlias

from allocator.ground import ListLanguages, Written
from allocator.record import (
    Order,
    Retelling,
    Told,
    assignment_bytes,
    derive_trace,
    order_bytes,
    order_of,
    published_orders,
    trace_bytes,
)
from allocator.reporting.lists import listings
from allocator.reporting.summary import Summary, summary_bytes
from allocator.reporting.workbook import workbook_bytes
from allocator.sheets import Table, csv_for_people, list_marks

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
        Whether to make the lists per school: ``lists.xlsx`` and ``lists/…csv``.
    trace : bool
        Whether to make ``trace.jsonl``, from which explanations are read.
    lists : {"zh", "en", "both"}
        Language or languages of the lists and the workbook.

    Raises
    ------
    ValueError
        If the district has no draw.
    """
    yield "assignment.csv", assignment_bytes(retelling.rows)
    yield "summary.json", summary_bytes(summary)
    orders: list[_File] = []
    if trace:
        yield "trace.jsonl", trace_bytes(derive_trace(retelling, partial(_note, orders)))
    if workbook:
        yield from _sheets(retelling, summary, Written(lists))
    yield from orders if trace else map(_order_file, published_orders(retelling))


def _note(orders: list[_File], told: Told) -> None:
    """Keep the file of a queue's order, where it is to be published; as bytes, which are small."""
    if order := order_of(told):
        orders.append(_order_file(order))


def _order_file(order: Order) -> _File:
    return order.path, order_bytes(order)


def _sheets(retelling: Retelling, summary: Summary, written: Written) -> Iterator[_File]:
    """Give the workbook, then the same lists as CSV; each list is made once, and kept in its bytes alone."""
    sheets: list[_File] = []

    def _noted() -> Iterator[Table]:
        for listing in listings(retelling):
            sheets.append((f"lists/{listing.kind}.csv", csv_for_people(listing, written)))
            yield listing

    yield "lists.xlsx", workbook_bytes(_noted(), summary, list_marks(retelling.district), written)
    yield from sheets
