"""The option ``--order`` of ``draw transcript``: numbers made elsewhere, or a ring (public.md section 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import click

from allocator.domain import NumbersOrder, RingOrder, SessionOrder
from allocator.ground import MOST_OF_A_TABLE, Fault, Language, open_file_bytes, text
from allocator.lottery import numbers_beside, numbers_of_order, order_of_value, ring_start_faults

order_option = click.option("--order", metavar="ORDER")
"""Without it tickets are drawn by hash."""

OPTION = "--order"
_BARE = "numbers"  # the digest is that of the file which lies there


def session_order_of_option(
    value: str | None, transcript: Path, roster: Iterable[str] | None
) -> tuple[SessionOrder | None, list[Fault]]:
    """Return the order that the option asks for, and all that is wrong with it or with ``numbers.csv``.

    Parameters
    ----------
    value : str, optional
        ``numbers``, or the value of a line ``order=``.
    transcript : Path
        Where the transcript will lie, and beside it the numbers.
    roster : iterable of str, optional
        Ids of all parties, where they are known.
    """
    if value is None:
        return None, []
    order, raw = order_of_value(value), b""
    if isinstance(order, NumbersOrder) or value == _BARE:
        try:
            raw = open_file_bytes(transcript.parent / numbers_beside(transcript.name), MOST_OF_A_TABLE)
        except OSError:
            return None, [Fault("draw.numbers_missing", numbers_beside(transcript.name))]
        order = order or NumbersOrder(sha256(raw).hexdigest())
    if order is None:
        return None, [Fault("draw.order", OPTION, value=value[:60])]
    if isinstance(order, RingOrder):
        return order, [] if roster is None else ring_start_faults(order, len(list(roster)), OPTION)
    return order, numbers_of_order(raw, order, roster, transcript.name)[1]


def session_order_lines(order: SessionOrder | None, language: Language) -> Iterator[str]:
    """Give the line of an order that replaces all tickets, where there is one, and what it cannot guarantee."""
    if order is not None:
        yield f"  order={order}"
        yield "  " + text(f"draw.order_{order.kind}", language, **order.words)
