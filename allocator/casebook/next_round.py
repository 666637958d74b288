"""What the round to come needs at each school, whether a draw is due there, and where the diverted can go (C060, Q-04).

Computed beside the opening itself, of which nothing is used here: a test holds the one against the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from allocator.book import BookParty, BookState, Law
from allocator.casebook.figures import home_demand
from allocator.domain import (
    STATUSES,
    AdjustmentPhase,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
)

Turn: TypeAlias = Literal["fits", "draw", "order", "full", "ruling"]
"""What becomes of those who come to a school: all fit; the lot decides; the order decides, without a lot; no seat is
left, the whole batch goes on (C059); more decisions than seats, a ruling for all (C116)."""


class RoundDemand(NamedTuple):
    """Who comes to one school when a round opens now.

    Attributes
    ----------
    school : str
        Empty for a step whose parties try several schools: the diversion of a batch, and an adjustment.
    parties, children : int
        Of a voluntary round all who name the school.
    carried : int
        Of the children those who come from an earlier batch (9.3).
    seats : int
        Seats that the round may fill there.
    turn : {"fits", "draw", "order", "full", "ruling"}
        What becomes of them.
    """

    school: str
    parties: int
    children: int
    carried: int
    seats: int
    turn: Turn


class SpareSeats(NamedTuple):
    """What a school can receive in the diversion of a batch, by both readings of "spare" (Q-04).

    Attributes
    ----------
    left : int
        Reading (a): left at this moment, nothing kept for later batches.
    locals : int
        Verified children in the book whose home school it is, wherever they are seated.
    beyond_locals : int
        Reading (b): plan less all verified locals; below 0 where they are more.
    receiving : int
        What the book goes by: left, less the demand that the policy protects (``protect_local_demand``).
    origins : tuple of str
        Home schools whose children would be diverted now and may come here.
    """

    school: str
    left: int
    locals: int
    beyond_locals: int
    receiving: int
    origins: tuple[str, ...]


_NO_LOT = (False, 0, "")
"""In place of a lot where none decides."""


class _Comer(NamedTuple):
    """A party that comes to a school: ``group`` says who is equal to it before the ticket."""

    group: tuple[int, ...]
    lot: tuple[bool, int, str]
    party: BookParty


_Line: TypeAlias = tuple[_Comer, ...]
_Reached: TypeAlias = dict[str, set[str]]
"""By school the ids of parties."""


def round_demand(law: Law, state: BookState, round_: str) -> tuple[RoundDemand, ...]:
    """Return who comes to each school when a round that is pending opens now, and whether a draw is due there.

    Parameters
    ----------
    round_ : str
        A round that nobody has opened, in a book whose public draw was held.
    """
    phase = law.phase(round_)
    if isinstance(phase, AdjustmentPhase):
        return tuple(_adjusted(law, state, phase))
    verified = [p for p in state.waiting() if not p.p9_only and p.lead.status == STATUSES[0]]
    if isinstance(phase, DecisionPhase):
        return tuple(_decided(law, state, phase, verified))
    if isinstance(phase, DeferredAcceptancePhase):
        return tuple(_bidding(law, state, phase, verified))
    if isinstance(phase, ChoicePhase):
        return tuple(_choosing(law, state, phase, verified))
    return _Batch(law, state, round_).demand()


def spare_figures(law: Law, state: BookState, round_: str) -> tuple[SpareSeats, ...]:
    """Return what every school can receive that may receive somebody of a batch, by both readings (Q-04).

    Parameters
    ----------
    round_ : str
        A round that nobody has opened; of one that is no batch nothing is said.
    """
    return _Batch(law, state, round_).spare() if isinstance(law.phase(round_), BatchPhase) else ()


def _sorted(law: Law, state: BookState, draw_id: str, coming: Iterable[tuple[tuple[int, ...], BookParty]]) -> _Line:
    """Return who comes to a school, in its order."""
    comers = (_Comer(group, law.lot(state, draw_id, party.party_id), party) for group, party in coming)
    return tuple(sorted(comers, key=lambda comer: comer[:2]))


def _admitted(law: Law, state: BookState, school: str, line: _Line, seats: int) -> set[str]:
    """Return whom an order admits where so many seats may be filled (procedure.md section 3)."""
    over_plan = law.policy.switches.bundle_at_cut == "over_plan"
    above = state.cap[school] - state.taken[school] - law.aside(state, school)
    found: set[str] = set()
    for comer in line:
        size = comer.party.size
        if seats >= size or (seats > 0 and over_plan and size <= above):
            found.add(comer.party.party_id)
            seats, above = seats - size, above - size
    return found


def _demand(school: str, line: _Line, seats: int, turn: Turn) -> RoundDemand:
    carried = sum(comer.party.size for comer in line if comer.party.target)
    return RoundDemand(school, len(line), sum(comer.party.size for comer in line), carried, seats, turn)


def _turn(line: Iterable[_Comer], admitted: set[str]) -> Turn:
    """Return what becomes of those who come: a lot decides where of equals some are admitted and some are not."""
    inside: set[tuple[int, ...]] = set()
    outside: set[tuple[int, ...]] = set()
    for comer in line:
        (inside if comer.party.party_id in admitted else outside).add(comer.group)
    if not outside:
        return "fits"
    if inside & outside:
        return "draw"
    return "order" if inside else "full"


def _decided(
    law: Law, state: BookState, phase: DecisionPhase, verified: list[BookParty]
) -> Iterator[RoundDemand]:
    """Those whom decisions name: more than are left, and all of them need a ruling (P5)."""
    named: dict[str, list[BookParty]] = defaultdict(list)
    for party in verified:
        named[getattr(party.lead, phase.column)].append(party)
    for school in sorted(named.keys() - {""}):
        line = tuple(_Comer((), _NO_LOT, party) for party in named[school])
        left = law.left(state, school)
        turn: Turn = "fits" if sum(party.size for party in named[school]) <= left else "ruling"
        yield _demand(school, line, left, turn)


def _choosing(law: Law, state: BookState, phase: ChoicePhase, verified: list[BookParty]) -> Iterator[RoundDemand]:
    """Those who choose a Zone-wide school, by category (P5c)."""
    for school, categories in sorted(phase.schools.items()):
        come = [p for p in verified if p.lead.open_choice == school and p.lead.category in categories]
        if come:
            coming = (((law.rank(party.lead.category),), party) for party in come)
            line, left = _sorted(law, state, f"{phase.draw}/{school}", coming), law.left(state, school)
            yield _demand(school, line, left, _turn(line, _admitted(law, state, school, line, left)))


def _bidding(
    law: Law, state: BookState, phase: DeferredAcceptancePhase, verified: list[BookParty]
) -> Iterator[RoundDemand]:
    """Those who name each school; the turn is that of those who come to ask for it, some second choices do not (P6)."""
    bids = {party.party_id: law.bids(phase, party.lead) for party in verified}
    lines, seats = {}, {}
    for school in sorted({school for named in bids.values() for school in named}):
        come = [party for party in verified if school in bids[party.party_id]]
        coming = ((law.before_ticket(phase, party.lead, school), party) for party in come)
        lines[school] = _sorted(law, state, f"{phase.draw}/{school}", coming)
        seats[school] = law.left(state, school) if phase.seats == "left" else law.offered(phase, school)
    asked, held = _proposals(bids, lines, seats)
    for school, line in lines.items():
        askers = [comer for comer in line if comer.party.party_id in asked[school]]
        yield _demand(school, line, seats[school], _turn(askers, held[school]))


def _proposals(
    bids: Mapping[str, tuple[str, ...]], lines: Mapping[str, _Line], seats: Mapping[str, int]
) -> tuple[_Reached, _Reached]:
    """Return by school who asks for it and whom it holds at the end: all ask at once, the refused ask on (P6)."""
    reached, asked = dict.fromkeys(bids, 0), {school: set[str]() for school in lines}
    while True:
        now = {school: set[str]() for school in lines}
        for one, named in bids.items():
            if reached[one] < len(named):
                now[named[reached[one]]].add(one)
        refused = [one for school, line in lines.items() for one in _refused(line, now[school], seats[school])]
        for school in lines:
            asked[school] |= now[school]
        if not refused:
            return asked, now
        for one in refused:
            reached[one] += 1


def _refused(line: _Line, asking: set[str], seats: int) -> Iterator[str]:
    """Yield those of a school's order before whom no seat is left."""
    for comer in line:
        if comer.party.party_id in asking:
            if seats <= 0:
                yield comer.party.party_id
            seats -= comer.party.size


class _Batch:
    """A batch that opens now: who comes to each home school, and who goes on to receiving schools (P8)."""

    def __init__(self, law: Law, state: BookState, round_: str) -> None:
        phase = law.phase(round_)
        assert isinstance(phase, BatchPhase)
        self.law, self.state, self.phase, self.round = law, state, phase, round_
        self.category = next(category for category, name in law.batches.items() if name == round_)
        self.lines = dict(self._home_lines())
        self.admitted = {
            school: _admitted(law, state, school, line, law.left(state, school)) for school, line in self.lines.items()
        }
        self.kept = law.protected(state, round_)

    def _home_lines(self) -> Iterator[tuple[str, _Line]]:
        """Yield the parties of the batch by home school: carried ones first, by category (9.3)."""
        verified = (p for p in self.state.waiting() if p.lead.status == STATUSES[0])
        coming: dict[str, list[tuple[tuple[int, ...], BookParty]]] = defaultdict(list)
        for party in verified:
            home = self.law.home(party.lead)
            if home and self.law.batch_of(party) == self.round:  # without one the adjustment alone
                group = (0, self.law.rank(party.lead.category)) if party.target else (1, 0)
                coming[home].append((group, party))
        for school in sorted(coming):
            yield school, _sorted(self.law, self.state, f"{self.phase.draw}-{self.category}/{school}", coming[school])

    def demand(self) -> tuple[RoundDemand, ...]:
        """Return the figures by home school, then those of the diversion, where somebody goes on."""
        rows = [
            _demand(school, line, self.law.left(self.state, school), _turn(line, self.admitted[school]))
            for school, line in self.lines.items()
        ]
        going_on = tuple(comer for _, comer in self._going_on())
        if going_on:
            turn: Turn = "draw" if any(map(self._finds_room, going_on)) else "full"
            seats = sum(self._receiving(school) for school in self._schools(going_on))
            rows.append(_demand("", going_on, seats, turn))
        return tuple(rows)

    def spare(self) -> tuple[SpareSeats, ...]:
        """Return the figures of the schools that may receive somebody of the batch."""
        origins: dict[str, set[str]] = defaultdict(set)
        for home, comer in self._going_on():
            for school in self.law.receiving(self.phase, comer.party.lead):
                origins[school].add(home)
        locals_ = {row.school: sum(row.children.values()) for row in home_demand(self.law, self.state)}
        everyone = (comer for line in self.lines.values() for comer in line)
        return tuple(
            SpareSeats(
                school, self._left(school), locals_[school], self.state.plan[school] - locals_[school],
                self._receiving(school), tuple(sorted(origins[school])),
            )
            for school in self._schools(everyone)
        )  # fmt: skip

    def _going_on(self) -> Iterator[tuple[str, _Comer]]:
        """Yield those whom their home school does not admit, with it."""
        for home, line in self.lines.items():
            yield from ((home, comer) for comer in line if comer.party.party_id not in self.admitted[home])

    def _schools(self, comers: Iterable[_Comer]) -> list[str]:
        """Return the schools that may receive some parties."""
        return sorted({school for comer in comers for school in self.law.receiving(self.phase, comer.party.lead)})

    def _came(self, school: str) -> int:
        """Return the children whom a school admits as their home school."""
        admitted = self.admitted.get(school, set())
        return sum(comer.party.size for comer in self.lines.get(school, ()) if comer.party.party_id in admitted)

    def _left(self, school: str) -> int:
        """Return the seats left once the home schools have admitted."""
        return self.law.left(self.state, school) - self._came(school)

    def _receiving(self, school: str) -> int:
        """Return the seats for the diverted: those left, without the demand that the policy protects."""
        return max(self._left(school) - self.kept.get(school, 0), 0)

    def _finds_room(self, comer: _Comer) -> bool:
        """Whether a party finds room at one of its receiving schools before anybody else has come there."""
        for school in self.law.receiving(self.phase, comer.party.lead):
            above = self.state.cap[school] - self.state.taken[school] - self.law.aside(self.state, school)
            seats, above = self._receiving(school), above - self._came(school)
            over_plan = self.law.policy.switches.bundle_at_cut == "over_plan"
            if seats >= comer.party.size or (seats > 0 and over_plan and comer.party.size <= above):
                return True
        return False


def _adjusted(law: Law, state: BookState, phase: AdjustmentPhase) -> Iterator[RoundDemand]:
    """All who wait, of whatever status; one order by lot for all schools (P9)."""
    line = tuple(_Comer((), _NO_LOT, party) for party in state.waiting())
    schools: set[str] = set()
    is_room = False
    for comer in line:
        tried = law.adjustment_list(phase, comer.party)
        schools.update(tried)
        is_room |= any(law.fits(state, s, comer.party.size, law.left(state, s)) for s in tried)
    if line:
        seats = sum(max(law.left(state, school), 0) for school in schools)
        yield _demand("", line, seats, "draw" if is_room else "full")
