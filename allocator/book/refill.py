"""Refill (递补): who waits, and what a seat that became free is given to (office-procedure.md section 10)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from allocator.book.law import Law
from allocator.book.state import SEATED, WAITING, BookParty, BookState
from allocator.domain import ADMITTED, DIVERTED, BatchPhase, ChoicePhase, DeferredAcceptancePhase


def refill(law: Law, state: BookState, schools: Iterable[str]) -> None:
    """Let those who wait move up, beginning with some schools, until nobody who waits has room."""
    queue = deque(dict.fromkeys(schools))
    while queue:
        school = queue.popleft()
        for name in [name for name, round_ in state.rounds.items() if round_.is_open]:
            waiting = [one for one in state.rounds[name].queues.get(school, ()) if _waits(state, one, name, school)]
            for one in waiting:
                party = state.parties[one]
                if not has_room(law, state, party, name, school):
                    continue
                left_behind = party.school
                _move(law, state, party, name, school)
                if left_behind and left_behind not in queue:
                    queue.append(left_behind)


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


def waits_anywhere(law: Law, state: BookState, party: BookParty) -> list[str]:
    """Return the schools where a party waits, in order of rounds and lists."""
    open_rounds = [name for name, round_ in state.rounds.items() if round_.is_open]
    places = [(name, school) for name in open_rounds for school in party.claims.get(name, ())]
    return [school for name, school in places if _waits(state, party.party_id, name, school)]


def has_room(law: Law, state: BookState, party: BookParty, name: str, school: str) -> bool:
    """Whether a party that waits at a school in a round has room there."""
    phase, seats = law.phase(name), law.left(state, school)
    if isinstance(phase, DeferredAcceptancePhase) and phase.seats != "left":
        held = Counter[str]()
        for one in state.rounds[name].queues[school]:
            other = state.parties[one]
            if other.state == SEATED and other.round == name and other.school == school:
                held[school] += other.size
        seats = min(seats, law.offered(phase, school) - held[school])
    elif isinstance(phase, BatchPhase) and party.claims[name][0] != school:
        seats -= law.protected(state, name).get(school, 0)
    return law.fits(state, school, party.size, max(seats, 0))


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
