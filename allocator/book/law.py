"""What the frozen inputs say to a book (office-procedure.md 7), and its assignment and signed lists (section 11)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from allocator.book.caps import least_caps
from allocator.book.state import EXTERNAL, NO_BATCH, PENDING, SEATED, WAITING, BookParty, BookState
from allocator.domain import (
    UNPLACED,
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    OfficeValues,
    Phase,
    ReferralPhase,
    Row,
    SessionOrder,
)
from allocator.eligibility import (
    Homes,
    diversion_list,
    home_rules,
    keys_before_ticket,
    nearest_first,
    overflow_school,
    tier_of_zone,
    tier_zone,
    zone_of_school,
)
from allocator.lottery import LotKey, SessionTickets, canonical_csv_text, order_places, party_sizes

ADJUSTMENT = "adjustment"
FURTHER = re.compile(r"adjustment-(?:[2-9]|[1-9][0-9]+)", re.ASCII)
"""Names of the adjustments after the first."""

_TRACKS = (("A", "B", "C", "D", "E"), ("R1", "R2", "R3"))


class Law:
    """The rules of one season; nothing of it changes after the freeze.

    Parameters
    ----------
    district : District
        Frozen tables and policy; a draw is needed only where its transcript gives one order for all draws.
    """

    def __init__(self, district: District) -> None:
        self.district = district
        self.policy = district.policy
        self.office = district.policy.office or OfficeValues()
        self.zones = district.zones
        self._homes = Homes(district)
        self._zone_of_school = zone_of_school(district.zones)
        self._distances: dict[str, tuple[str, ...]] = {}
        self._session: SessionTickets | None = None

    @cached_property
    def rounds(self) -> dict[str, Phase]:
        """The rounds that the policy's phases name, in their order, each with its phase."""
        found: dict[str, Phase] = {}
        for phase in self.policy.phases:
            if isinstance(phase, BatchPhase):
                found |= {f"{phase.phase_id}-{category}": phase for category in phase.categories}
            elif isinstance(phase, DecisionPhase | ChoicePhase | DeferredAcceptancePhase | AdjustmentPhase):
                found[phase.phase_id] = phase
        return found

    def phase(self, round_: str) -> Phase:
        """Return the phase of a round; all adjustments share one."""
        return self.rounds[ADJUSTMENT if FURTHER.fullmatch(round_) else round_]

    def exists(self, round_: str) -> bool:
        """Whether there is a round of this name, opened or not."""
        return round_ in self.rounds or (ADJUSTMENT in self.rounds and FURTHER.fullmatch(round_) is not None)

    @cached_property
    def batches(self) -> dict[str, str]:
        """BookRound of each category's batch, in their order."""
        phases = (phase for phase in self.policy.phases if isinstance(phase, BatchPhase))
        return {category: f"{phase.phase_id}-{category}" for phase in phases for category in phase.categories}

    @cached_property
    def refers_after(self) -> str:
        """The round at whose end those without a home school are referred; empty where the policy refers nobody."""
        last = ""
        for phase in self.policy.phases:
            if isinstance(phase, ReferralPhase):
                return last
            last = phase.phase_id if isinstance(phase, DecisionPhase) else last
        return ""

    def home(self, child: Applicant) -> str:
        """Return the present home school, empty where there is none."""
        return self._homes.of(child)

    def is_external(self, school: str) -> bool:
        """Whether another authority admits there."""
        return bool(school) and self.district.schools[school].external

    def is_own(self, school: str) -> bool:
        """Whether there is a school of this name that has seats here."""
        return school in self.district.schools and not self.district.schools[school].external

    def rank(self, category: str) -> int:
        """Return the place of a category in their order."""
        return self.policy.rank[category]

    def may_register(self, zone: str, category: str, school: str) -> bool:
        """Whether a registered school is as procedure.md section 1 wants it for a zone and a category."""
        at = self.zones[zone]
        if home_rules(self.policy)[category] != "registered" or not at.dual_school_ids:
            return not school
        return school in (at.school_id, *at.dual_school_ids)

    def tier(self, phase: DeferredAcceptancePhase, child: Applicant) -> int | None:
        """Return the tier of a child's counting zone, None where the round does not admit it."""
        if not phase.tiers:
            return 0
        return tier_of_zone(phase).get(tier_zone(child, self.zones, self._zone_of_school))

    def before_ticket(self, phase: DeferredAcceptancePhase, child: Applicant, school: str) -> tuple[int, ...]:
        """Return what counts before the ticket in a school's order (P6)."""
        values = {
            "tier": self.tier(phase, child) or 0,
            "category": self.rank(child.category),
            "sibling": int(child.sibling_school != school),
            "walk_zone": int(self.zones[child.zone].school_id != school),
        }
        return tuple(values[key] for key in keys_before_ticket(phase, self.policy.switches))

    def bids(self, phase: DeferredAcceptancePhase, child: Applicant) -> tuple[str, ...]:
        """Return the bids that count now: categories and tiers of the round, not the present zone's school."""
        if child.category not in phase.categories or self.tier(phase, child) is None:
            return ()
        near = "" if phase.own_zone_choice else self.zones[child.zone].school_id
        return tuple(school for school in getattr(child, phase.column) if school != near)

    @property
    def order(self) -> SessionOrder | None:
        """The one order for all draws, in place of tickets; None where they are drawn by hash, or not yet."""
        return None if self.district.draw is None else self.district.draw.order

    def ticket(self, state: BookState, draw_id: str, party_id: str) -> str:
        """Return the ticket of a party in a draw, or what stands for it under another order of the session.

        It is empty for a late family under such an order, which knows the draw roster alone.
        """
        return self._tickets(state).written(draw_id, party_id)

    def lot(self, state: BookState, draw_id: str, party_id: str) -> LotKey:
        """Return what orders a party in a draw by its ticket; equal ones go by id."""
        return self._tickets(state).key(draw_id, party_id)

    def _tickets(self, state: BookState) -> SessionTickets:
        """Return the tickets of the session: of the seed, or of the order in the transcript that has this seed."""
        if self._session is None or self._session.seedhex != state.seedhex:
            drawn = self.district.draw
            own = drawn is not None and drawn.order is not None and drawn.seedhex == state.seedhex
            places = order_places(drawn, party_sizes(self.district.applicants)) if own else None
            self._session = SessionTickets(state.seedhex, self.policy.switches.ticket_scope, places)
        return self._session

    def receiving(self, phase: BatchPhase, child: Applicant) -> tuple[str, ...]:
        """Return the schools that a child of a batch tries after its home school, in order (P8 step 2)."""
        overflow = self.policy.switches.e_route == "overflow"
        first = overflow_school(child, home_rules(self.policy)[child.category], self.zones, overflow=overflow)
        return diversion_list(phase, self.home(child), child.preferred_diversion, first)

    def adjustment_list(self, phase: AdjustmentPhase, party: BookParty) -> tuple[str, ...]:
        """Return the schools that a party tries in an adjustment, in order (P9)."""
        schools = phase.schools
        if self.policy.switches.adjust_by == "distance" and party.lead.x:
            if party.party_id not in self._distances:
                places = [self.district.schools[school] for school in phase.schools]
                self._distances[party.party_id] = nearest_first(party.lead, places)
            schools = self._distances[party.party_id]
        return (party.school_first, *schools) if party.school_first else schools

    @cached_property
    def least_cap(self) -> Mapping[str, int]:
        """The least hard cap of each school with which no bundle in the voluntary rounds can break it (P6)."""
        return least_caps(self.district)

    def aside(self, state: BookState, school: str) -> int:
        """Return the seats of a school that are still set aside for voluntary rounds to come."""
        pending = (p for name, p in self._voluntary.items() if state.rounds[name].state == PENDING)
        return sum(self.offered(phase, school) for phase in pending)

    @cached_property
    def _voluntary(self) -> Mapping[str, DeferredAcceptancePhase]:
        rounds = self.rounds.items()
        return {n: p for n, p in rounds if isinstance(p, DeferredAcceptancePhase) and p.seats != "left"}

    def offered(self, phase: DeferredAcceptancePhase, school: str) -> int:
        """Return the seats that a school offers in a voluntary round."""
        return self.district.schools[school].offered(phase.seats)

    def left(self, state: BookState, school: str) -> int:
        """Return the seats left: the plan less those held and those set aside (procedure.md section 3)."""
        return state.plan[school] - state.taken[school] - self.aside(state, school)

    def fits(self, state: BookState, school: str, size: int, seats: int) -> bool:
        """Whether a party has room where so many seats may be filled (procedure.md section 3)."""
        if seats >= size:
            return True
        whole = seats > 0 and self.policy.switches.bundle_at_cut == "over_plan"
        return whole and state.taken[school] + self.aside(state, school) + size <= state.cap[school]

    def protected(self, state: BookState, round_: str) -> Mapping[str, int]:
        """Return by home school the verified children who come in a later batch or wait at home in one."""
        if self.policy.switches.protect_local_demand != "all":
            return {}
        names = list(self.batches.values())
        later = names[names.index(round_) + 1 :]
        demand: dict[str, int] = {}
        for party in state.waiting():
            if party.lead.status == "verified" and self._comes(state, party, later):
                home = self.home(party.lead)
                demand[home] = demand.get(home, 0) + party.size
        return demand

    def _comes(self, state: BookState, party: BookParty, later: Iterable[str]) -> bool:
        """Whether a waiting party comes in one of some batches, or waits at its home school in one."""
        batch = self.batch_of(party)
        for name in later:
            if state.rounds[name].state == PENDING:
                if batch == name:
                    return True
            elif state.rounds[name].is_open and party.claims.get(name, ("",))[0] == self.home(party.lead):
                return True
        return False

    def batch_of(self, party: BookParty) -> str:
        """Return the batch to which a waiting party comes, empty where there is none (9.3)."""
        if party.p9_only or party.target == NO_BATCH:
            return ""
        return self.batches.get(party.target or party.lead.category, "")

    def next_target(self, state: BookState, category: str) -> str:
        """Return the mark ``target`` of a party of a category that waits from now on (9.4)."""
        track = next((track for track in _TRACKS if category in track), ())
        pending = [c for c in track if c in self.batches and state.rounds[self.batches[c]].state == PENDING]
        if category in pending:
            return ""
        return pending[0] if pending else NO_BATCH

    def settle(self, state: BookState, party: BookParty, old_home: str | None = None) -> None:
        """Let a waiting party go where no round need decide: to another authority, or to a ruling (9.2)."""
        home = self.home(party.lead)
        sent_back = party.p9_only and old_home == home
        if self.is_external(home) and not sent_back:
            state.put(party._replace(state="external", school=home))
        elif self._has_referred(state) and not party.p9_only and not home:
            state.put(party._replace(state="needs_ruling"))

    def _has_referred(self, state: BookState) -> bool:
        """Whether those without a home school have been referred."""
        return bool(self.refers_after) and state.rounds[self.refers_after].state != PENDING


COLUMNS = ("applicant_id", "school_id", "phase", "outcome", "draw_id")


def present_rows(state: BookState) -> tuple[Row, ...]:
    """Return the rows of the present state, one a child in code-point order; none before the draw."""
    if state.season != "drawn":
        return ()
    pending = state.adjustment_pending
    found = [row for party in state.parties.values() for row in _rows(party, pending=pending)]
    found += [Row(child, "", "", gone, "") for child, gone in state.left_early.items()]
    return tuple(sorted(found))


def _rows(party: BookParty, *, pending: bool) -> Iterator[Row]:
    """Rows of the children of a party."""
    if party.state == SEATED:
        cells = (party.school, party.phase, party.outcome, party.draw_id)
    elif party.state == WAITING:
        cells = ("", "", "pending" if pending else UNPLACED, "")
    else:
        cells = (party.school if party.state == EXTERNAL else "", "", party.state, "")
    return (Row(child, *cells) for child in party.children)


def signed_rows_bytes(law: Law, state: BookState, round_: str, school: str) -> bytes:
    """Return the list that is signed: children who hold a seat of a round, or of decisions, at a school."""
    name = "" if round_ == "decisions" else round_
    listed = [p for p in state.parties.values() if p.state == SEATED and p.round == name and p.school == school]
    found = sorted(row for party in listed for row in _rows(party, pending=False))
    return canonical_csv_text([COLUMNS, *(row[:5] for row in found)]).encode("utf-8")
