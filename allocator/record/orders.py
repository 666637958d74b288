"""The published orders: for every draw that was held, the whole order, losers too (procedure.md section 2).

So anyone can recompute every ticket and rank, and a seat given up later has its successor fixed beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allocator.domain import (
    UNPLACED,
    AdjustmentPhase,
    Applicant,
    District,
    Row,
)
from allocator.eligibility import parties
from allocator.record.clauses import aligned
from allocator.record.ledger import Ledger
from allocator.record.queues import Queue, Queues, order_id
from allocator.record.sections import DIVERSION_STEP, HOME_STEP, Section, Stand, Timeline
from allocator.record.verdicts import drawn_keys, passed_over, seats_open, verdicts

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
        Its ticket, 64 hexadecimal digits.
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


def published_orders(district: District, rows: Sequence[Row]) -> Iterator[Order]:
    """Give the order of every draw that was held, and of every diversion and adjustment, in the order of the run.

    Parameters
    ----------
    district : District
        With its draw.
    rows : sequence of Row
        One row for every child, in any order.

    Raises
    ------
    ValueError
        If the rows are not one for every child, or the district has no draw.
    """
    ordered = aligned(district, rows)
    timeline = Timeline(district)
    ledger = Ledger(district, timeline, ordered)
    drawn = _who_may_stand_in_a_draw(district, ordered)
    stands = timeline.stands(parties([child for child, _ in drawn]), {row.applicant_id: row for _, row in drawn})
    held = [section for section in timeline.sections if order_id(section, "")]
    queues = Queues(district, held, stands)
    passed: dict[str, frozenset[str]] = {}
    for section in held:
        yield from _orders(district, section, queues, ledger.left(section.number), passed)


def order_bytes(order: Order) -> bytes:
    """Return the file of an order: ``rank,id,size,ticket,result,group``, UTF-8, LF."""
    lines = (f"{e.rank},{e.party},{e.size},{e.ticket},{e.result},{e.group}\n" for e in order.entries)
    return (HEADER + "".join(lines)).encode("utf-8")


def _who_may_stand_in_a_draw(district: District, rows: Sequence[Row]) -> list[tuple[Applicant, Row]]:
    """Return the children, with their rows, that can stand in an order to be published: few of many.

    Whoever was admitted at home without a draw, and chose nothing before, stands in none.
    """
    return [
        (child, row)
        for child, row in zip(district.applicants, rows, strict=True)
        if row.draw_id or row.outcome == UNPLACED or child.open_choice or child.voluntary_1 or child.voluntary_2
    ]


def _orders(
    district: District, section: Section, queues: Queues, left: dict[str, int], passed: dict[str, frozenset[str]]
) -> Iterator[Order]:
    """Give the orders of one section; notes who was passed over at home, who stands first in the diversion."""
    if section.step == DIVERSION_STEP or isinstance(section.phase, AdjustmentPhase):
        yield from map(_placements, queues.of(section, passed.get(section.label, frozenset())))
        return

    def somebody_refused(school: str, stands: Sequence[Stand]) -> bool:
        return any(stand.settled > section.number or stand.row.school_id != school for stand in stands)

    for queue in queues.of(section, wanted=somebody_refused):
        found = verdicts(queue, seats_open(district, queue, left[queue.school]))
        if section.step == HOME_STEP:
            passed[section.label] = passed.get(section.label, frozenset()) | passed_over(found)
        if drawn_keys(found):
            yield _order(queue, [verdict.result for verdict in found])


def _placements(queue: Queue) -> Order:
    """Return the order of a diversion or adjustment: results are schools."""
    here = queue.section.number
    stands = [place.stand for place in queue.places]
    return _order(queue, [stand.row.school_id if stand.settled == here else UNPLACED for stand in stands])


def _order(queue: Queue, results: Sequence[str]) -> Order:
    """Return an order with the results of its places."""
    groups = {key: number for number, key in enumerate(dict.fromkeys(place.key for place in queue.places), start=1)}
    entries = []
    for rank, (place, result) in enumerate(zip(queue.places, results, strict=True), start=1):
        party = place.stand.party
        entries.append(Entry(rank, party.party_id, party.size, place.ticket, result, groups[place.key]))
    return Order(queue.order, tuple(entries))
