"""What the published orders say of seats: who got which, who got none, and who must stand in a later order.

An order at a school tells who was admitted there; that of a diversion or adjustment gives schools. Those of one group
are equal before the ticket; a draw was held among them if one was admitted and another, who wanted a seat, was not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from allocator.ground import Fault
from allocator.lottery.published_lists import ListWords, Way
from allocator.lottery.recheck_results import ADMITTED, AT_A_SCHOOL, NOT_ADMITTED, PASSED_OVER, UNPLACED, OrderLine

OrderRows = Sequence[OrderLine]


class Seat(NamedTuple):
    """What an order gives a party.

    Attributes
    ----------
    school : str
        Id; empty where the order says that the party found none.
    way : Way
        Phase and outcome.
    drawn : bool
        Whether a draw was held among those equal to it, so that lists name it.
    order : str
        File of the order.
    """

    school: str
    way: Way
    drawn: bool
    order: str


def order_seats(orders: Mapping[str, OrderRows], words: ListWords) -> tuple[dict[str, Seat], list[Fault]]:
    """Return what the orders give each party, and where they contradict each other."""
    seats: dict[str, Seat] = {}
    faults: list[Fault] = []
    run = list(words.queues)  # in the order of the run: who finds nothing in a diversion stands in the adjustment
    known = [draw_id for draw_id in orders if draw_prefix_of_order(draw_id, words) in words.queues]
    faults += [Fault("draw.order_unknown", _file(draw_id)) for draw_id in orders if draw_id not in known]
    for draw_id in sorted(known, key=lambda draw_id: run.index(draw_prefix_of_order(draw_id, words))):
        rows = orders[draw_id]
        for line, party, seat in _seats(draw_id, rows, words):
            if party in seats and seats[party].school:
                other = {"order": seats[party].order}
                faults.append(Fault("draw.two_seats", _file(draw_id), line, "result", party, other))
            seats[party] = seat
    return seats, [*faults, *_not_after(orders, words)]


def draw_prefix_of_order(draw_id: str, words: ListWords) -> str:
    """Return the id of a draw without its school."""
    return draw_id if draw_id in words.queues else draw_id.rpartition("/")[0]


def _seats(draw_id: str, rows: OrderRows, words: ListWords) -> Iterator[tuple[int, str, Seat]]:
    """Yield line, party and seat of everyone whom an order gives a school, or says that it found none."""
    prefix = draw_prefix_of_order(draw_id, words)
    way, file = words.queues[prefix], _file(draw_id)
    held = _groups_held(rows)
    for line, row in enumerate(rows, start=2):
        if words.is_placement(prefix):
            if row.result not in AT_A_SCHOOL:
                yield line, row.id, Seat("" if row.result == UNPLACED else row.result, way, True, file)
        elif row.result == ADMITTED:
            yield line, row.id, Seat(draw_id.rpartition("/")[2], way, row.group in held, file)


def _groups_held(rows: OrderRows) -> set[str]:
    """Return the groups among which a draw was held."""
    won = {row.group for row in rows if row.result == ADMITTED}
    return won & {row.group for row in rows if row.result in (NOT_ADMITTED, PASSED_OVER)}


def _not_after(orders: Mapping[str, OrderRows], words: ListWords) -> Iterator[Fault]:
    """Yield those who found nothing in one order and do not stand in the one that comes after it."""
    standing = {draw_id: {row.id for row in rows} for draw_id, rows in orders.items()}
    for draw_id, rows in orders.items():
        after = words.after.get(draw_prefix_of_order(draw_id, words))
        if after is None:
            continue
        lost = (UNPLACED,) if draw_id in words.queues else (NOT_ADMITTED, PASSED_OVER)
        for line, row in enumerate(rows, start=2):
            if row.result in lost and row.id not in standing.get(after, set()):
                yield Fault("draw.not_after", _file(draw_id), line, "id", row.id, {"order": _file(after)})
                if after in standing:
                    yield Fault("draw.order_left_out", _file(after), 0, "id", row.id)


def _file(draw_id: str) -> str:
    return f"draws/{draw_id}.csv"
