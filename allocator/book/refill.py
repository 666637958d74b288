"""Refill (递补): who waits, and what a seat that became free is given to (office-procedure.md section 10)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from allocator.book.law import Law
from allocator.book.state import SEATED, WAITING, BookParty, BookState
from allocator.domain import ADMITTED, DIVERTED, BatchPhase, ChoicePhase, DeferredAcceptancePhase


def refill_seats(law: Law, state: BookState, schools: Iterable[str]) -> None:
    """Let those who wait move up, beginning with some schools, until nobody who waits has room."""
    queue = deque(dict.fromkeys(schools))
    while queue:
        school = queue.popleft()
        for name in [name for name, round_ in state.rounds.items() if round_.is_open]:
            for left_behind in _call(law, state, name, school):
                if left_behind not in queue:
                    queue.append(left_behind)


def _call(law: Law, state: BookState, name: str, school: str) -> Iterator[str]:
    """Let those who wait at a school in a round move up in order; yield the schools whose seats they give back."""
    is_batch = isinstance(law.phase(name), BatchPhase)
    seats, kept = _may_fill(law, state, name, school), None  # counted anew after a move alone: queues are long
    for one in state.rounds[name].queues.get(school, ()):
        if not seats:
            return
        party = state.parties[one]
        if not _waits(state, one, name, school):
            continue
        is_diverted = is_batch and party.claims[name][0] != school
        if is_diverted and kept is None:
            kept = law.protected(state, name).get(school, 0)
        free = max(seats - (kept or 0), 0) if is_diverted else seats
        if law.fits(state, school, party.size, free):
            left_behind = party.school
            _move(law, state, party, name, school)
            if left_behind:
                yield left_behind
            seats, kept = _may_fill(law, state, name, school), None


def _waits(state: BookState, party_id: str, name: str, school: str) -> bool:
    """Whether a party waits at a school in an open round."""
    party = state.parties[party_id]
    schools = party.claims.get(name, ())
    if school not in schools:
        return False
    if party.state == WAITING:
        return True
    if party.state != SEATED or not party.round or not state.rounds[party.round].is_open:
        return False
    if party.round == name:
        return schools.index(party.school) > schools.index(school)
    order = list(state.rounds)
    return order.index(party.round) > order.index(name)


def refill_queues(state: BookState, party: BookParty) -> list[tuple[str, str]]:
    """Return round and school of every queue in which a party waits, in order of rounds and lists."""
    open_rounds = [name for name, round_ in state.rounds.items() if round_.is_open]
    places = [(name, school) for name in open_rounds for school in party.claims.get(name, ())]
    return [(name, school) for name, school in places if _waits(state, party.party_id, name, school)]


def place_in_refill_queue(state: BookState, party: BookParty, name: str, school: str) -> int:
    """Return the place of a party that waits in a queue: 1 for the first of those who still wait there."""
    queue = state.rounds[name].queues[school]
    before = queue[: queue.index(party.party_id)]
    return 1 + sum(_waits(state, one, name, school) for one in before)


def schools_of_refill_queues(law: Law, state: BookState, party: BookParty) -> list[str]:
    """Return the schools where a party waits, in order of rounds and lists."""
    return [school for _, school in refill_queues(state, party)]


def _may_fill(law: Law, state: BookState, name: str, school: str) -> int:
    """Return the seats that a round may fill at a school, before demand is protected; 0 where there is none."""
    phase, seats = law.phase(name), law.left(state, school)
    if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
        seats = min(seats, law.offered(phase, school) - state.given.get((name, school), 0))
    return max(seats, 0)


def _move(law: Law, state: BookState, party: BookParty, name: str, school: str) -> None:
    """Seat a party that moves up; its row names the draw whether or not it had been held at the opening."""
    phase = law.phase(name)
    if isinstance(phase, ChoicePhase | DeferredAcceptancePhase):
        state.seat(party, school, name, phase.phase_id, ADMITTED, f"{phase.draw}/{school}")
    elif isinstance(phase, BatchPhase):
        category = next(c for c, batch in law.batches.items() if batch == name)
        if party.claims[name][0] == school:
            state.seat(party, school, name, name, ADMITTED, f"{phase.draw}-{category}/{school}")
        else:
            state.seat(party, school, name, name, DIVERTED, f"{phase.divert_draw}-{category}")
