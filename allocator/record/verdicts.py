"""What became of each party in a queue at one school, and whether a draw was held there."""

from __future__ import annotations

from typing import NamedTuple

from allocator.domain import ADMITTED, DeferredAcceptancePhase, District
from allocator.record.queues import InQueue, Queue

NOT_ADMITTED, PASSED_OVER, NO_SEAT, ELSEWHERE = "not_admitted", "passed_over", "no_seat", "elsewhere"


class Verdict(NamedTuple):
    """A place, its rank (1 first), what became of it, and the seats of the pool before and after.

    ``result`` is ``admitted``; ``not_admitted`` (the seats ran out before its turn); ``passed_over`` (seats were left,
    but too few for all children of the party); ``no_seat`` (none was left when the queue formed); ``elsewhere`` (it got
    a school that it prefers and never asked for a seat here).
    """

    place: InQueue
    rank: int
    result: str
    before: int
    after: int


def seats_open(district: District, queue: Queue, left: int) -> int:
    """Return the seats that a queue at a school may fill; ``left`` are the school's when the section begins."""
    phase = queue.section.phase
    if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
        return district.schools[queue.school].offered(phase.seats)
    return left


def verdicts(queue: Queue, seats: int) -> list[Verdict]:
    """Return what became of each place of a queue that filled ``seats`` seats, in order of rank.

    Seats can go below 0 where a party at the cut was admitted over plan.
    """
    left, found = seats, []
    for rank, place in enumerate(queue.places, start=1):
        result = _result(queue, place, seats, left)
        after = left - place.stand.party.size if result == ADMITTED else left
        found.append(Verdict(place, rank, result, left, after))
        left = after
    return found


def drawn_keys(found: list[Verdict]) -> frozenset[tuple[int, ...]]:
    """Return the keys of those places among which a draw was held (section 2).

    Places with one key are equal before the ticket; a draw was held among them if somebody who wanted a seat there was
    admitted and somebody was not.
    """
    wanted = [verdict for verdict in found if verdict.result != ELSEWHERE]
    admitted = {verdict.place.key for verdict in wanted if verdict.result == ADMITTED}
    return frozenset(admitted & {verdict.place.key for verdict in wanted if verdict.result != ADMITTED})


def passed_over(found: list[Verdict]) -> frozenset[str]:
    """Return the ids of the parties passed over."""
    return frozenset(v.place.stand.party.party_id for v in found if v.result == PASSED_OVER)


def _result(queue: Queue, place: InQueue, seats: int, left: int) -> str:
    """Return what became of one place; ``seats`` when the queue formed, ``left`` at its turn."""
    stand = place.stand
    if stand.settled == queue.section.number:
        if stand.row.school_id == queue.school:
            return ADMITTED
        if place.got < place.choice:
            return ELSEWHERE
    if seats <= 0:
        return NO_SEAT
    return PASSED_OVER if left > 0 else NOT_ADMITTED
