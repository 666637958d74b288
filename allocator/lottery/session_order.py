"""One order for a whole session, in place of hashed tickets: numbers made elsewhere, or a ring (public.md section 1).

What stands as the ticket of a party is its number, or its place in the order of the ring. Both ascend as numbers, and
tickets by hash are all of one length, so that one key orders them all: the shorter text first, equal ones as texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import TypeAlias

from allocator.domain import Draw, RingOrder
from allocator.lottery.tickets import TicketScope, ticket, ticket_hex, ticket_word, tickets

LotKey: TypeAlias = tuple[bool, int, str]
"""What orders a party in a draw, the smaller first (``SessionTickets.key``)."""


@lru_cache(maxsize=4)
def ring_order(count: int, start: int, step: int) -> tuple[int, ...]:
    """Return the numbers 1 … ``count`` of a ring in the order in which they are chosen.

    First comes ``start``, then from each one chosen the number ``step`` further among those still in the ring. The
    numbers stand in blocks, from which one is taken without moving all others: 100,000 take a tenth of a second.

    Raises
    ------
    ValueError
        If ``start`` is none of the numbers.
    """
    if not 1 <= start <= count:
        raise ValueError(f"Expected a start from 1 to {count}, found {start}.")
    width = 8 * isqrt(count) + 1
    blocks = [list(range(first, min(first + width, count + 1))) for first in range(1, count + 1, width)]
    order, at = [], start - 1
    for left in range(count - 1, -1, -1):
        inside, number = at, 0
        while inside >= len(blocks[number]):
            inside -= len(blocks[number])
            number += 1
        order.append(blocks[number].pop(inside))
        if not blocks[number]:
            del blocks[number]
        at = (at + step - 1) % left if left else 0
    return tuple(order)


def order_places(draw: Draw | None, party_ids: Iterable[str]) -> dict[str, int] | None:
    """Return by party id the number, or the place in the order of the ring; None where tickets are drawn by hash.

    Parameters
    ----------
    party_ids : iterable of str
        All parties of the draw roster, in any order.
    """
    order = None if draw is None else draw.order
    if draw is None or order is None:
        return None
    if not isinstance(order, RingOrder):
        return dict(draw.numbers)
    roster = sorted(party_ids)
    chosen = ring_order(len(roster), order.start, order.step)
    return {roster[number - 1]: place for place, number in enumerate(chosen, start=1)}


def ticket_key(shown: str) -> tuple[int, str]:
    """Return what orders tickets as they are written: by hash, as numbers, or as places in a ring."""
    return len(shown), shown


@dataclass(frozen=True, slots=True)
class SessionTickets:
    """What stands as a party's ticket in every draw of a session, and what orders the parties by it.

    Attributes
    ----------
    seedhex : str
        The seed, 64 hexadecimal digits.
    scope : {"per_draw", "per_session"}
        Switch ``ticket_scope``; an order of the whole session leaves it nothing to say.
    places : Mapping of str to int, optional
        As ``order_places`` gives it.
    """

    seedhex: str
    scope: TicketScope
    places: Mapping[str, int] | None = None

    def written(self, draw_id: str, party_id: str) -> str:
        """Return the ticket of a party in a draw; empty for a party that is not on the roster of another order."""
        if self.places is None:
            return ticket(self.seedhex, ticket_word(draw_id, self.scope), party_id)
        place = self.places.get(party_id)
        return "" if place is None else str(place)

    def all_written(self, draw_id: str, party_ids: Sequence[str]) -> list[str]:
        """Return the tickets of many parties in one draw, as ``written`` gives each."""
        if self.places is None:
            return ticket_hex(tickets(self.seedhex, ticket_word(draw_id, self.scope), party_ids))
        return [self.written(draw_id, party_id) for party_id in party_ids]

    def key(self, draw_id: str, party_id: str) -> LotKey:
        """Return what orders a party in a draw, the smaller first; equal ones go by id.

        A family that came after the draw stands in no other order than that of hashes: it comes after all others, in
        the order in which such families came, which is that of their ids.
        """
        shown = self.written(draw_id, party_id)
        return (True, *ticket_key(party_id)) if not shown else (False, *ticket_key(shown))
