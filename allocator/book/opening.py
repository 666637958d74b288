"""The opening of a round: the phase of procedure.md with what is true now (office-procedure.md 9.3)."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from allocator.book.law import ADJUSTMENT, Law
from allocator.book.state import NEEDS_RULING, OPENED, SEATED, WAITING, BookParty, BookRound, BookState
from allocator.domain import (
    ADJUSTED,
    ADMITTED,
    DIVERTED,
    STATUSES,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
)


class InLine(NamedTuple):
    """A party that comes to a school, with what orders it there.

    ``group`` says who is equal before the ticket; ``key`` is the whole order.
    """

    party: BookParty
    group: tuple[int, ...]
    key: tuple[tuple[int, ...], tuple[bool, int, str]]


def hold_opening(law: Law, state: BookState, name: str) -> None:
    """Open a round: seat whom its phase seats, and note what its parties wait for."""
    phase = law.phase(name)
    state.rounds.setdefault(name, BookRound())
    queues: dict[str, tuple[str, ...]] = {}
    if isinstance(phase, DecisionPhase):
        _decisions(law, state, name, phase)
    elif isinstance(phase, ChoicePhase):
        queues = _queues(_choices(law, state, name, phase))
    elif isinstance(phase, DeferredAcceptancePhase):
        queues = _queues(_bids(law, state, name, phase))
    elif isinstance(phase, BatchPhase):
        queues = _Batch(law, state, name, phase).run()
    elif isinstance(phase, AdjustmentPhase):
        _adjustment(law, state, name, phase)
    state.rounds[name] = BookRound(OPENED, None, queues)
    if name == law.refers_after:
        _refer(law, state)


def _verified(state: BookState) -> list[BookParty]:
    """Return the parties that rounds before the adjustment may take."""
    return [p for p in state.waiting() if not p.p9_only and p.lead.status == STATUSES[0]]


def _decisions(law: Law, state: BookState, name: str, phase: DecisionPhase) -> None:
    """Each to the school that its decision names; where more are named than are left, nobody there (P5a, P5b)."""
    named: dict[str, list[BookParty]] = defaultdict(list)
    for party in _verified(state):
        if school := getattr(party.lead, phase.column):
            named[school].append(party)
    for school, parties in named.items():
        fit = sum(party.size for party in parties) <= law.left(state, school)
        for party in parties:
            if fit:
                state.seat(party, school, name, phase.phase_id, ADMITTED, "")
            else:
                state.put(party._replace(state=NEEDS_RULING))


def _refer(law: Law, state: BookState) -> None:
    """Parties of any status without a home school wait for a ruling (C007); those for the adjustment only do not."""
    for party in list(state.waiting()):
        if not party.p9_only and not law.home(party.lead):
            state.put(party._replace(state=NEEDS_RULING))


def _choices(law: Law, state: BookState, name: str, phase: ChoicePhase) -> dict[str, list[InLine]]:
    """At each Zone-wide school by category, then ticket (P5c)."""
    coming: dict[str, list[InLine]] = defaultdict(list)
    for party in _verified(state):
        school, rank = party.lead.open_choice, (law.rank(party.lead.category),)
        if party.lead.category in phase.schools.get(school, frozenset()):
            lot = law.lot(state, f"{phase.draw}/{school}", party.party_id)
            party = _claim(state, party, name, (school,))
            coming[school].append(InLine(party, rank, (rank, lot)))
    for school, comers in coming.items():
        comers.sort(key=lambda comer: comer.key)
        for comer in comers:
            if law.fits(state, school, comer.party.size, law.left(state, school)):
                state.seat(comer.party, school, name, phase.phase_id, ADMITTED, "")
        _write_draws(state, comers, school, f"{phase.draw}/{school}")
    return coming


def _claim(state: BookState, party: BookParty, name: str, schools: tuple[str, ...]) -> BookParty:
    """Note the schools to which a party comes, or would have come, in a round."""
    party = party._replace(claims={**party.claims, name: schools})
    state.put(party)
    return party


def _queues(coming: dict[str, list[InLine]]) -> dict[str, tuple[str, ...]]:
    """Return who may wait at each school, in order."""
    return {school: tuple(comer.party.party_id for comer in comers) for school, comers in coming.items()}


def _write_draws(state: BookState, comers: Iterable[InLine], school: str, draw_id: str) -> None:
    """Write the draw into the rows of those among whose equals somebody came in vain (procedure.md section 2)."""
    now = [(comer, state.parties[comer.party.party_id]) for comer in comers]
    in_vain = {comer.group for comer, party in now if party.school != school}
    for comer, party in now:
        if party.school == school and comer.group in in_vain:
            state.put(party._replace(draw_id=draw_id))


def _bids(law: Law, state: BookState, name: str, phase: DeferredAcceptancePhase) -> dict[str, list[InLine]]:
    """Deferred acceptance within the seats offered (P6, P7)."""
    coming: dict[str, list[InLine]] = defaultdict(list)
    for party in _verified(state):
        bids = law.bids(phase, party.lead)
        if not bids:
            continue
        party = _claim(state, party, name, bids)
        for school in bids:
            group = law.before_ticket(phase, party.lead, school)
            lot = law.lot(state, f"{phase.draw}/{school}", party.party_id)
            coming[school].append(InLine(party, group, (group, lot)))
    for comers in coming.values():
        comers.sort(key=lambda comer: comer.key)
    pools = {s: law.left(state, s) if phase.seats == "left" else law.offered(phase, s) for s in coming}
    reached = _propose(coming, name, pools)
    for school, comers in coming.items():
        for comer in comers:
            if _got(reached, comer.party, name) == school:
                state.seat(comer.party, school, name, phase.phase_id, ADMITTED, "")
    for school, comers in coming.items():
        proposed = [c for c in comers if school in c.party.claims[name][: reached[c.party.party_id] + 1]]
        _write_draws(state, proposed, school, f"{phase.draw}/{school}")
    return coming


def _got(reached: dict[str, int], party: BookParty, name: str) -> str:
    """Return the school at which a party's proposals ended, empty where its list did."""
    at = reached[party.party_id]
    return party.claims[name][at] if at < len(party.claims[name]) else ""


def _propose(coming: dict[str, list[InLine]], name: str, pools: dict[str, int]) -> dict[str, int]:
    """Return how far each party comes in its list when it proposes and schools hold the first in their order.

    A school holds every party before which at least one seat is left; proposals may come in any order (P6).
    """
    holders = {school: _Holder(comers, pools[school]) for school, comers in coming.items()}
    parties = {comer.party.party_id: comer.party for comers in coming.values() for comer in comers}
    reached, free = dict.fromkeys(parties, 0), list(parties)
    while free:
        party = parties[free.pop()]
        if school := _got(reached, party, name):
            refused = holders[school].propose(party.party_id)
            for one in refused:
                reached[one] += 1
            free += refused
    return reached


class _Holder:
    """A school that holds the first in its order of those who have proposed to it."""

    def __init__(self, comers: Sequence[InLine], seats: int) -> None:
        self.parties = [comer.party for comer in comers]
        self.place = {party.party_id: at for at, party in enumerate(self.parties)}
        self.held: list[int] = []
        self.free = seats

    def propose(self, party_id: str) -> list[str]:
        """Hold a party, and refuse those before whom no seat is left any more; return them."""
        insort(self.held, self.place[party_id])
        self.free -= self.parties[self.place[party_id]].size
        refused = []
        while self.held and self.free + self.parties[self.held[-1]].size <= 0:
            last = self.parties[self.held.pop()]
            self.free += last.size
            refused.append(last.party_id)
        return refused


class _Batch:
    """One batch: at home, then the diversion of those not admitted (P8)."""

    def __init__(self, law: Law, state: BookState, name: str, phase: BatchPhase) -> None:
        self.law, self.state, self.name, self.phase = law, state, name, phase
        self.category = next(c for c, batch in law.batches.items() if batch == name)
        self.passed: set[str] = set()
        self.at_home: dict[str, list[InLine]] = defaultdict(list)
        self.diverted: list[InLine] = []

    def run(self) -> dict[str, tuple[str, ...]]:
        """Seat the parties of the batch; return who may wait at each school, in order."""
        coming = [p for p in _verified(self.state) if self.law.batch_of(p) == self.name]
        parties = [party for party in coming if self.law.home(party.lead)]  # else adjustment alone: nobody refers them
        for party in parties:
            home = self.law.home(party.lead)
            came = _claim(self.state, party, self.name, (home, *self.law.receiving(self.phase, party.lead)))
            self.at_home[home].append(self._comer(came, f"{self.phase.draw}-{self.category}/{home}"))
        for home, comers in self.at_home.items():
            self._home_step(home, comers)
        self.diverted = [self._diverted(comer.party) for comers in self.at_home.values() for comer in comers]
        self.diverted.sort(key=lambda comer: comer.key)
        self._diversion_step(self.diverted)
        for party in parties:
            if party.target:
                self.state.put(self.state.parties[party.party_id]._replace(target="none"))
        return self._all_queues(self.at_home, self.diverted)

    def orders(self) -> dict[str, tuple[InLine, ...]]:
        """Return the order at each home school, and that of those whom it did not admit, by draw id."""
        seated = {name for name, party in self.state.parties.items() if party.outcome == ADMITTED}
        going_on = tuple(comer for comer in self.diverted if comer.party.party_id not in seated)
        at_home = {f"{self.phase.draw}-{self.category}/{s}": tuple(comers) for s, comers in self.at_home.items()}
        return {**at_home, f"{self.phase.divert_draw}-{self.category}": going_on}

    def _comer(self, party: BookParty, draw_id: str) -> InLine:
        """Return a party with its place: carried ones first, among themselves by category; then the ticket."""
        group = (0, self.law.rank(party.lead.category)) if party.target else (1, 0)
        return InLine(party, group, (group, self.law.lot(self.state, draw_id, party.party_id)))

    def _diverted(self, party: BookParty) -> InLine:
        """Return a party with its place in the diversion: passed over at a cut first."""
        comer = self._comer(party, f"{self.phase.divert_draw}-{self.category}")
        group = (int(party.party_id not in self.passed), *comer.group)
        return InLine(party, group, (group, comer.key[1]))

    def _home_step(self, home: str, comers: list[InLine]) -> None:
        """All who fit; else in order, as long as a seat is left (step 1)."""
        comers.sort(key=lambda comer: comer.key)
        all_fit = sum(comer.party.size for comer in comers) <= self.law.left(self.state, home)
        for comer in comers:
            left = self.law.left(self.state, home)
            if all_fit or self.law.fits(self.state, home, comer.party.size, left):
                self.state.seat(comer.party, home, self.name, self.name, ADMITTED, "")
            elif left > 0:
                self.passed.add(comer.party.party_id)
        _write_draws(self.state, comers, home, f"{self.phase.draw}-{self.category}/{home}")

    def _diversion_step(self, comers: list[InLine]) -> None:
        """Each of those not admitted to the first receiving school with room (step 2)."""
        kept = self.law.protected(self.state, self.name)
        for comer in comers:
            if self.state.parties[comer.party.party_id].state != WAITING:
                continue
            for school in comer.party.claims[self.name][1:]:
                seats = self.law.left(self.state, school) - kept.get(school, 0)
                if self.law.fits(self.state, school, comer.party.size, seats):
                    draw_id = f"{self.phase.divert_draw}-{self.category}"
                    self.state.seat(comer.party, school, self.name, self.name, DIVERTED, draw_id)
                    break

    def _all_queues(self, at_home: dict[str, list[InLine]], diverted: list[InLine]) -> dict[str, tuple[str, ...]]:
        """Return the queues: at each school those at home first, then the others as diverted."""
        queues = {home: [comer.party.party_id for comer in comers] for home, comers in at_home.items()}
        for comer in diverted:
            for school in comer.party.claims[self.name][1:]:
                queues.setdefault(school, []).append(comer.party.party_id)
        return {school: tuple(queue) for school, queue in queues.items()}


def _adjustment(law: Law, state: BookState, name: str, phase: AdjustmentPhase) -> None:
    """Everyone who waits, each to the first school with room (P9)."""
    for party, _, _ in _adjustment_order(law, state, phase):
        for school in law.adjustment_list(phase, party):
            if law.fits(state, school, party.size, law.left(state, school)):
                state.seat(party, school, name, ADJUSTMENT, ADJUSTED, phase.draw)
                break


def _adjustment_order(law: Law, state: BookState, phase: AdjustmentPhase) -> list[InLine]:
    """Return everyone who waits, in the one order of an adjustment."""
    comers = []
    for party in state.waiting():
        group = int(not party.first), STATUSES.index(party.lead.status), law.rank(party.lead.category)
        comers.append(InLine(party, group, (group, law.lot(state, phase.draw, party.party_id))))
    return sorted(comers, key=lambda comer: comer.key)


def opening_orders(law: Law, state: BookState, name: str) -> dict[str, tuple[InLine, ...]]:
    """Return by draw id the order, losers too, of every draw that the opening of a round in a state can hold.

    Each party stands in it as it comes: with its claims of the round, without a seat.

    Parameters
    ----------
    state : BookState
        As it is just before the opening; it is not changed.
    """
    phase, trial = law.phase(name), state.copy()
    if isinstance(phase, BatchPhase):
        batch = _Batch(law, trial, name, phase)
        batch.run()
        return batch.orders()
    if isinstance(phase, AdjustmentPhase):
        return {phase.draw: tuple(_adjustment_order(law, trial, phase))}
    coming: dict[str, list[InLine]] = {}
    if isinstance(phase, ChoicePhase):
        coming = _choices(law, trial, name, phase)
    elif isinstance(phase, DeferredAcceptancePhase):
        coming = _bids(law, trial, name, phase)
    draw = phase.draw if isinstance(phase, ChoicePhase | DeferredAcceptancePhase) else ""
    return {f"{draw}/{school}": tuple(comers) for school, comers in coming.items()}


def holders_of_round(state: BookState, name: str) -> list[BookParty]:
    """Return the parties that hold a seat of a round."""
    return [party for party in state.parties.values() if party.state == SEATED and party.round == name]
