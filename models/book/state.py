"""What a season has come to: parties with their seats, claims and marks, schools, rounds and objections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from allocator.domain import STATUSES, Applicant, District, OfficeValues
from allocator.models.book.rounds import CaseRound, Rounds
from allocator.models.law.cut import SchoolSeats
from allocator.models.parties import Party, TicketKey, lots_of_parties, party_of

WAITING, SEATED = "waiting", "seated"
WITHDRAWN, RETURNED_HOME, DISMISSED = "withdrawn", "returned_home", "dismissed"
DECISIONS = "decisions"
"""What stands for the round of a special seat, as in ``signed_off``."""
OPENED, PUBLICITY, CONFIRMED = "opened", "publicity", "confirmed"
NO_BATCH = "none"


class CaseSeat(NamedTuple):
    """A seat held: school and round, and what its row says."""

    school: str
    round: str
    phase: str
    outcome: str
    draw: str = ""


@dataclass(frozen=True, slots=True)
class CaseParty:
    """A party as it stands now.

    Attributes
    ----------
    party : Party
        Its present children, zone, category, status and home school.
    standing : str
        ``waiting``, ``seated``, ``needs_ruling``, ``external``, or what it left the book as.
    external : str
        The school it left for.
    p9_only, first, school_first, target
        Marks of section 7.
    claims : Mapping[str, sequence of str]
        Schools it came to or would have come to, by round.
    gone : tuple of str
        Children that left it.
    """

    party: Party
    standing: str = WAITING
    seat: CaseSeat | None = None
    external: str = ""
    p9_only: bool = False
    first: bool = False
    school_first: str = ""
    target: str = ""
    claims: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    @property
    def child(self) -> Applicant:
        """The child that gives the party its id, with present zone, category and status."""
        return self.party.child

    @property
    def verified(self) -> bool:
        """Whether its status is ``verified``."""
        return self.party.child.status == STATUSES[0]

    def but(self, **values: Any) -> CaseParty:
        """Return it with other values."""
        return replace(self, **values)

    def seated(self, seat: CaseSeat) -> CaseParty:
        """Return it with a seat, which ends ``first`` and ``school_first``."""
        return replace(self, standing=SEATED, seat=seat, first=False, school_first="")


class CaseQueue(NamedTuple):
    """The queue at one school in one round: of a batch first those at home there, then the others."""

    home: Sequence[str]
    others: Sequence[str] = ()


class RoundProgress(NamedTuple):
    """How far a round that has been opened is."""

    stage: str
    last_day: date = date.min


class CaseObjection(NamedTuple):
    """An objection: its round, its party, and whether it is open."""

    round: str
    party: str
    is_open: bool = True


@dataclass(frozen=True)
class Season:
    """What never changes in a season."""

    district: District

    @cached_property
    def rounds(self) -> Rounds:
        """The policy's rounds."""
        return Rounds(self.district.policy)

    @cached_property
    def office(self) -> OfficeValues:
        """The values of section 1."""
        return self.district.policy.office or OfficeValues()

    def is_external(self, school: str) -> bool:
        """Whether another authority admits at a school."""
        return self.district.schools[school].external

    def party(self, child: Applicant, members: tuple[str, ...]) -> Party:
        """Return a party with a home school by its present zone and category."""
        return party_of(self.district, child, members)


@dataclass(slots=True)
class CaseState:
    """The state after an event.

    Attributes
    ----------
    plan, cap : dict of str to int
        Seats and hard cap of each own school.
    seated : Counter
        Children by school.
    held : Counter
        Children by round and school.
    begun : dict of str to RoundProgress
        Rounds that are not pending.
    queues : dict
        By round and school.
    seq, last_type, last_at, late : journal's last line, and the number of ids given to late children
        These go on when an event is annulled.
    """

    season: Season
    plan: dict[str, int] = field(default_factory=dict)
    cap: dict[str, int] = field(default_factory=dict)
    parties: dict[str, CaseParty] = field(default_factory=dict)
    seated: Counter[str] = field(default_factory=Counter)
    held: Counter[tuple[str, str]] = field(default_factory=Counter)
    begun: dict[str, RoundProgress] = field(default_factory=dict)
    queues: dict[tuple[str, str], CaseQueue] = field(default_factory=dict)
    objections: dict[str, CaseObjection] = field(default_factory=dict)
    stage: str = ""
    determined: bool = False
    seed: str = ""
    seq: int = 0
    last_type: str = ""
    last_at: str = ""
    late: int = 0

    def copy(self) -> CaseState:
        """Return a state that can be changed without changing this one."""
        tables = ("plan", "cap", "parties", "seated", "held", "begun", "queues", "objections")
        return replace(self, **{name: getattr(self, name).copy() for name in tables})

    def put(self, now: CaseParty) -> None:
        """Write what a party is now, and count its children."""
        before = self.parties.get(now.party.name)
        for one, sign in ((before, -1), (now, 1)):
            if one is not None and one.seat is not None:
                self.seated[one.seat.school] += sign * one.party.size
                self.held[one.seat.round, one.seat.school] += sign * one.party.size
        self.parties[now.party.name] = now

    def aside(self, school: str) -> int:
        """Seats still set aside for rounds to come."""
        place = self.season.district.schools[school]
        pending = (one for one in self.season.rounds.listed if one.offered and one.name not in self.begun)
        return sum(place.offered(one.offered) for one in pending)

    def left(self, school: str) -> int:
        """Plan minus seated minus set aside; 0 at an external school."""
        if self.season.is_external(school):
            return 0
        return self.plan[school] - self.seated[school] - self.aside(school)

    def seats(self, school: str, free: int) -> SchoolSeats:
        """What the cut needs to know of a school where ``free`` seats may be filled (switch ``bundle_at_cut``)."""
        over_plan = self.season.district.policy.switches.bundle_at_cut == "over_plan"
        most = self.cap.get(school, 0)
        return SchoolSeats(free, most - self.seated[school] - self.aside(school) if over_plan else -1)

    def special_room(self, school: str, size: int) -> bool:
        """Whether a special seat can be given: nothing is set aside, and the hard cap holds (section 9.2)."""
        return not self.aside(school) and self.seated[school] + size <= self.cap[school]

    def open_rounds(self) -> list[CaseRound]:
        """Rounds opened and not confirmed, in order."""
        found = [self.season.rounds[name] for name, at in self.begun.items() if at.stage != CONFIRMED]
        return sorted(found, key=lambda one: one.place)

    def is_open(self, name: str) -> bool:
        """Whether a round is opened or in publicity."""
        return name in self.begun and self.begun[name].stage != CONFIRMED

    def waits(self, one: CaseParty, rnd: CaseRound, school: str) -> bool:
        """Whether a party waits at a school in an open round (section 10)."""
        claims = one.claims.get(rnd.name, ())
        if school not in claims:
            return False
        if one.standing == WAITING:
            return True
        if one.standing != SEATED or one.seat is None or not self.is_open(one.seat.round):
            return False
        later = self.season.rounds[one.seat.round].place - rnd.place
        return later > 0 or (later == 0 and claims.index(school) < claims.index(one.seat.school))

    def protected(self, school: str, batch: CaseRound) -> int:
        """Children whose seats at a receiving school are kept for later batches (``protect_local_demand``)."""
        if self.season.district.policy.switches.protect_local_demand != "all":
            return 0
        return sum(one.party.size for one in self._locals(school) if self._comes_after(one, batch))

    def _locals(self, school: str) -> Iterator[CaseParty]:
        """Verified parties without a seat whose home school it is."""
        for one in self.parties.values():
            if one.standing == WAITING and one.verified and one.party.home == school:
                yield one

    def _comes_after(self, one: CaseParty, batch: CaseRound) -> bool:
        """Whether a party is to come in a later batch, or waits at home in a later open one."""
        its = self.season.rounds.batch(one.target or one.child.category)
        if its and not one.p9_only and its.name not in self.begun:
            return its.place > batch.place
        later = (rnd for rnd in self.open_rounds() if rnd.category and rnd.place > batch.place)
        return any(next(iter(one.claims.get(rnd.name, ())), "") == one.party.home for rnd in later)

    def lot(self, draw_id: str) -> TicketKey:
        """Return the sort key of a draw by party id: ticket, then id."""
        return lots_of_parties(self.season.district, draw_id, self.seed)
