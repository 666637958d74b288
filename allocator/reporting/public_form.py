"""The form of public lists, one for a run and for a book (public.md section 3): what stands in a line, CSV, headings.

A public list has registration number, masked name, batch and school, and of a draw rank and ticket: nothing else. All
decisions are one batch in public, so that no list tells the ground of a decision. Of a bundle the line of the number
that was drawn has rank and ticket, so that no line leads to another child.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from allocator.domain import SessionOrder, Text
from allocator.lottery import canonical_csv_text
from allocator.sheets import Column, Table, Value, both, columns, harmless

DECIDED = "decision"
"""The batch, in public, of the phases of decisions and of seats by objection or ruling."""
PUBLIC_COLUMNS = ("number", "masked_name", "batch", "school_id", "rank", "ticket")
SCHOOL_SIGNING = (both("lists.sign_maker"), both("lists.sign_principal"))
"""Lines at the foot of a school's list: maker and reviewer, principal with seal and date."""
_TICKET = 64  # hexadecimal digits
_SEEN_OF_TICKET = 40  # half characters: two lines


class PublicLine(NamedTuple):
    """One child on a public list.

    Attributes
    ----------
    number : str
        Registration number.
    masked_name : str
        As ``masked_name`` gives it; empty where nobody knows it.
    batch, school_id : str
        Ids of the public batch and of the school.
    rank, ticket : str
        Of the draw that gave the seat, on the line of the number that was drawn; else empty.
    """

    number: str
    masked_name: str
    batch: str
    school_id: str
    rank: str = ""
    ticket: str = ""


def public_csv(lines: Iterable[PublicLine]) -> bytes:
    """Return lines as the CSV that families' pages read: UTF-8, LF, its header first, no name live in a sheet."""
    cells = (line._replace(masked_name=harmless(line.masked_name)) for line in lines)
    return canonical_csv_text([PUBLIC_COLUMNS, *cells]).encode("utf-8")


def public_table(
    lines: Sequence[PublicLine], batch: Text, school: Text | str, order: SessionOrder | None = None
) -> Table:
    """Return lines as people read them, by running numbers; the columns of a draw stand only where one was held.

    Parameters
    ----------
    lines : sequence of PublicLine
        Of one batch at one school.
    batch : Text
        What it is called.
    school : Text or str
        The school's name.
    order : SessionOrder, optional
        What gives the numbers that stand for tickets; None where tickets are drawn by hash.
    """
    drawn = any(line.rank for line in lines)
    rows: list[tuple[Value, ...]] = []
    for at, line in enumerate(lines, start=1):
        lot = (int(line.rank) if line.rank else None, in_eights(line.ticket)) if drawn else ()
        rows.append((at, line.number, line.masked_name, batch, school, *lot))
    heads = list_heads(PUBLIC_COLUMNS if drawn else PUBLIC_COLUMNS[:4])
    if order is not None and drawn:
        heads = (*heads[:-1], replace(heads[-1], title=both(f"lists.column.ticket.{order.kind}"), width=None))
    return Table(heads, tuple(rows), name=school, signing=SCHOOL_SIGNING)


def list_heads(codes: Sequence[str], numbers: int = 0) -> tuple[Column, ...]:
    """Return the columns of a list with its running number in front; the last ones hold numbers."""
    count, *heads = columns("lists.column", ("count", *codes), words=1 + len(codes) - numbers)
    found = [replace(count, align="right", width=7)]
    for head in heads:
        if head.key in ("rank", "event"):
            head = replace(head, align="right", width=8 if head.key == "rank" else 12)
        elif head.key == "ticket":
            head = replace(head, width=_SEEN_OF_TICKET)
        found.append(head)
    return tuple(found)


def in_fours(digest: str) -> str:
    """Return a digest in groups of four, as it is read aloud and compared."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def in_eights(ticket: str) -> str:
    """Return a ticket in groups of eight; a number, or a place in a ring, as it is."""
    return ticket if len(ticket) != _TICKET else " ".join(ticket[at : at + 8] for at in range(0, len(ticket), 8))
