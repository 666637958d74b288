"""The published orders: for every draw that was held, the whole order, losers too (procedure.md section 2).

So anyone can recompute every ticket and rank, and a seat given up later has its successor fixed beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allocator.domain import UNPLACED
from allocator.record.course import Told, course_drawn_keys, is_course_of_walks
from allocator.record.queues import Queue
from allocator.record.retelling import Retelling

HEADER = "rank,id,size,ticket,result,group\n"


class Entry(NamedTuple):
    """One line of an order.

    Attributes
    ----------
    rank : int
        Rank in the order, 1 first.
    party : str
        Id of the party.
    size : int
        Number of its children.
    ticket : str
        Its ticket, 64 hexadecimal digits, or what stands for it under another order.
    result : str
        At a school ``admitted``, ``not_admitted``, ``passed_over`` or ``elsewhere`` (got a school it prefers); in a
        diversion or adjustment the id of the school, or ``unplaced``.
    group : int
        Number of its priority group, 1 first: what counts before the ticket (tier, category, …). Within a group the
        tickets ascend.
    """

    rank: int
    party: str
    size: int
    ticket: str
    result: str
    group: int


class Order(NamedTuple):
    """The whole order of one draw."""

    draw_id: str
    entries: tuple[Entry, ...]

    @property
    def path(self) -> str:
        """Path in the output folder."""
        return f"draws/{self.draw_id}.csv"


def published_orders(retelling: Retelling) -> Iterator[Order]:
    """Give the order of every draw that was held, and of every diversion and adjustment, in the order of the run.

    Raises
    ------
    ValueError
        If the district has no draw.
    """
    yield from filter(None, map(published_order, retelling.course(drawn_only=True)))


def published_order(told_queue: Told) -> Order | None:
    """Return the order of a queue if it is to be published: a draw was held, or each party went along a list."""
    queue = told_queue.queue
    if is_course_of_walks(queue.section):
        here = queue.section.number
        stands = [place.stand for place in queue.places]
        return _order(queue, [stand.row.school_id if stand.settled == here else UNPLACED for stand in stands])
    return (
        _order(queue, [verdict.result for verdict in told_queue.verdicts])
        if course_drawn_keys(told_queue.verdicts)
        else None
    )


def order_bytes(order: Order) -> bytes:
    """Return the file of an order: ``rank,id,size,ticket,result,group``, UTF-8, LF."""
    lines = (f"{e.rank},{e.party},{e.size},{e.ticket},{e.result},{e.group}\n" for e in order.entries)
    return (HEADER + "".join(lines)).encode("utf-8")


def _order(queue: Queue, results: Sequence[str]) -> Order:
    """Return an order with the results of its places."""
    groups = {key: number for number, key in enumerate(dict.fromkeys(place.key for place in queue.places), start=1)}
    entries = []
    for rank, (place, result) in enumerate(zip(queue.places, results, strict=True), start=1):
        party = place.stand.party
        entries.append(Entry(rank, party.party_id, party.size, place.ticket, result, groups[place.key]))
    return Order(queue.order, tuple(entries))
