"""Seats freed or added are filled from the queues (递补, office-procedure.md section 10).

A refill is a sequence of *visits*: a school whose seat was freed meets those who wait there in one open round, in
queue order. Who of them moves is solved and proven in ``filling.py``. Which visit comes next is the rule itself:
schools first in, first out, rounds in order. Each visit is fed with what the one before left, so by induction over the
visits the whole refill has one outcome.

A cut counts each mover as so many seats less. Who exchanges a later round's seat at the same school takes none, and
those for whom it is home school count other seats than those it receives: a visit is made of stretches, each with the
seats that the one before left. Where no seat is left nobody moves, and nobody needs to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from allocator.domain import ADMITTED, DIVERTED, BatchPhase, ChoicePhase, DeferredAcceptancePhase
from allocator.models.book.filling import who_moves_when_filling
from allocator.models.book.rounds import CaseRound
from allocator.models.book.state import CaseParty, CaseQueue, CaseSeat, CaseState
from allocator.models.law.cut import SchoolSeats


def refill_from(state: CaseState, schools: Iterable[str]) -> None:
    """Fill seats, beginning with those of some schools, until nobody moves any more."""
    queue = list(dict.fromkeys(schools))
    while queue:
        school = queue.pop(0)
        for rnd in state.open_rounds():
            for freed in _visit(state, rnd, school):
                if freed not in queue:
                    queue.append(freed)


def _visit(state: CaseState, rnd: CaseRound, school: str) -> Iterator[str]:
    """Let those move who wait at a school in a round and have room; yields the schools whose seats they free."""
    queue = state.queues.get((rnd.name, school), CaseQueue(()))
    for names, is_home in ((queue.home, True), (queue.others, False)):
        if not names or _seats(state, rnd, school, is_home=is_home).free <= 0:
            continue
        waiting = [one for one in map(state.parties.__getitem__, names) if state.waits(one, rnd, school)]
        for stretch in filter(None, _stretches(waiting, school)):
            seats = _seats(state, rnd, school, is_home=is_home)
            for at in who_moves_when_filling([one.party.size for one in stretch], seats, f"{rnd.name} refill {school}"):
                state.put(stretch[at].seated(_seat(rnd, school, is_home=is_home)))
                yield from refillable_school(stretch[at])


def _stretches(group: Sequence[CaseParty], school: str) -> Iterator[Sequence[CaseParty]]:
    """Cut those who wait into stretches, so that whoever exchanges a seat at the same school stands alone."""
    start = 0
    for at, one in enumerate(group):
        if school in refillable_school(one):
            yield group[start:at]
            yield [one]
            start = at + 1
    yield group[start:]


def refillable_school(party: CaseParty) -> Sequence[str]:
    """Return the school at which a party holds a seat, if it holds one."""
    return () if party.seat is None else (party.seat.school,)


def _seats(state: CaseState, rnd: CaseRound, school: str, *, is_home: bool) -> SchoolSeats:
    """Return the seats that a round may fill at a school now."""
    free = state.left(school)
    if not is_home:
        free -= state.protected(school, rnd)
    if rnd.offered:
        free = min(free, state.season.district.schools[school].offered(rnd.offered) - state.held[rnd.name, school])
    return state.seats(school, free)


def _seat(rnd: CaseRound, school: str, *, is_home: bool) -> CaseSeat:
    """Return the seat that a mover gets: as a party of the round at the school, with the draw's id."""
    phase = rnd.phase
    assert isinstance(phase, BatchPhase | ChoicePhase | DeferredAcceptancePhase)
    if not is_home:
        assert isinstance(phase, BatchPhase)
        return CaseSeat(school, rnd.name, rnd.label, DIVERTED, f"{phase.divert_draw}-{rnd.category}")
    draw = f"{phase.draw}-{rnd.category}" if rnd.category else phase.draw
    return CaseSeat(school, rnd.name, rnd.label, ADMITTED, f"{draw}/{school}")
