"""Seats freed or added are filled from the queues (递补, office-procedure.md section 10).

A refill is a sequence of *visits*: a school whose seat was freed meets those who wait there in one open round, in
queue order. A visit is a cut (``law/cut.py``) with that school alone, so the conditions on its outcome are those there:
a party moves exactly where there is room for it behind those ahead of it that move. Whoever cannot move whatever the
others do is left out first, for a reason that needs no search:

* no seat left: then nobody moves;
* no room even with nobody ahead: there is none with somebody ahead either;
* behind as many single children with room as there are seats: each of these moves while a seat is left, so none is.

What remains is solved, and proven to be the only solution. Which visit comes next is the rule itself (schools first in,
first out; rounds in order): by induction over the visits the whole refill has one outcome.

A cut counts each mover as so many seats less. Who exchanges a later round's seat at the same school takes none, and
those for whom it is home school count other seats than those it receives: a visit is made of stretches, each with the
seats that the one before left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from allocator.domain import ADMITTED, DIVERTED, BatchPhase, ChoicePhase, DeferredAcceptancePhase
from allocator.models.book.rounds import CaseRound
from allocator.models.book.state import CaseParty, CaseQueue, CaseSeat, CaseState
from allocator.models.law.cut import Comer, SchoolSeats, solve_cut


def refill(state: CaseState, schools: Iterable[str]) -> None:
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
            for one in movers(stretch, _seats(state, rnd, school, is_home=is_home), f"{rnd.name} refill {school}"):
                state.put(one.seated(_seat(rnd, school, is_home=is_home)))
                if one.seat is not None:
                    yield one.seat.school


def _stretches(group: Sequence[CaseParty], school: str) -> Iterator[Sequence[CaseParty]]:
    """Cut those who wait into stretches, so that whoever exchanges a seat at the same school stands alone."""
    start = 0
    for at, one in enumerate(group):
        if one.seat is not None and one.seat.school == school:
            yield group[start:at]
            yield [one]
            start = at + 1
    yield group[start:]


def movers(group: Sequence[CaseParty], seats: SchoolSeats, rule: str) -> list[CaseParty]:
    """Return who moves of those who wait at one school, in queue order, proven to be the only solution."""
    contested = list(_contested(group, seats))
    comers = [Comer(one.party.size, [_HERE]) for one in contested]
    held = solve_cut(comers, {_HERE: seats}, rule) if contested else []
    return [one for one, school in zip(contested, held, strict=True) if school]


_HERE = "here"


def _contested(group: Iterable[CaseParty], seats: SchoolSeats) -> Iterator[CaseParty]:
    """Leave out those of whom the top of this file says why they cannot move."""
    singles = 0
    for one in group:
        if singles >= seats.free:
            return
        if seats.most_ahead(one.party.size) >= 0:
            singles += one.party.size == 1
            yield one


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
