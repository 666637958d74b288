"""Who came where, and in which order they stood: every queue of a run, from the district and its assignment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from allocator.domain import (
    STATUSES,
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DeferredAcceptancePhase,
    District,
)
from allocator.eligibility import keys_before_ticket
from allocator.lottery import SessionTickets, order_places, party_sizes, ticket_key
from allocator.record.coming import Coming
from allocator.record.section import DIVERSION_STEP, HOME_STEP, Section, Stand


class InQueue(NamedTuple):
    """A party's place in a queue.

    Attributes
    ----------
    stand : Stand
        The party.
    key : tuple of int
        What counts before the ticket, smaller first; empty where only the ticket counts.
    ticket : str
        64 hexadecimal digits, or what stands for them under another order; empty where no draw gives the order.
    tier : int
        Tier of a voluntary round, 1 first; 0 where tiers do not count.
    choice : int
        Number of the school on the party's list, 1 first; 0 where there is no list.
    got : int
        Number on that list of the school that gave the party its seat; 0 where none of them did.
    """

    stand: Stand
    key: tuple[int, ...] = ()
    ticket: str = ""
    tier: int = 0
    choice: int = 0
    got: int = 0


class Queue(NamedTuple):
    """The parties that came to a school in a section, or to a diversion or adjustment (``school`` empty), in order.

    ``order`` is the id of the draw that gives the order, whether or not it had to be held; ``keys`` names the parts of
    every place's ``key``.
    """

    section: Section
    school: str
    order: str
    places: tuple[InQueue, ...]
    keys: tuple[str, ...] = ()


class Queues:
    """All queues of a run.

    Parameters
    ----------
    district : District
        With its draw.
    sections : collection of Section
        The sections whose queues are wanted, in order.
    stands : sequence of Stand
        The parties; a queue is complete if all who stood in it are among them.

    Raises
    ------
    ValueError
        If the district has no draw.
    """

    def __init__(self, district: District, sections: Collection[Section], stands: Sequence[Stand]) -> None:
        if district.draw is None:
            raise ValueError("Expected a district with a draw.")
        self._district = district
        places = order_places(district.draw, party_sizes(district.applicants) if district.draw.order else ())
        self._tickets = SessionTickets(district.draw.seedhex, district.policy.switches.ticket_scope, places)
        self._rank = district.policy.rank
        self._coming = Coming(district, sections)
        self._numbers: dict[str, dict[str, dict[str, int]]] = {}
        self._came: dict[int, dict[str, list[Stand]]] = {section.number: {} for section in sections}
        for stand in stands:
            for section, school in self._coming.places(stand):
                self._came[section.number].setdefault(school, []).append(stand)

    def of(
        self,
        section: Section,
        passed: frozenset[str] = frozenset(),
        *,
        refused_only: bool = False,
    ) -> Iterator[Queue]:
        """Give the queues of a section, school by school in code-point order.

        Parameters
        ----------
        section : Section
            Which.
        passed : frozenset of str
            Ids of the parties passed over in step 1; they stand first in step 2 of the same batch.
        refused_only : bool
            Whether to leave out a school where nobody who came was refused.
        """
        for school, stands in sorted(self._came[section.number].items()):
            if refused_only and all(s.settled <= section.number and s.row.school_id == school for s in stands):
                continue
            order = queue_order_id(section, school)
            place = self._placing(section, school, passed)
            places = [place(stand, lot) for stand, lot in zip(stands, self._lots(order, stands), strict=True)]
            places.sort(key=lambda place: (place.key, ticket_key(place.ticket), place.stand.party.party_id))
            yield Queue(section, school, order, tuple(places), self._keys(section))

    def came(self, section: Section) -> Mapping[str, Sequence[Stand]]:
        """Return the parties that came to a section, by school (empty where the queue belongs to none), in no order."""
        return self._came[section.number]

    def last_ticket(self, order: str, party_ids: Sequence[str]) -> str:
        """Return the ticket of the last of some parties in an order."""
        return max(self._tickets.all_written(order, party_ids), key=ticket_key)

    def _lots(self, order: str, stands: Sequence[Stand]) -> list[str]:
        """Return the tickets of parties in an order; empty texts where no draw gives the order."""
        if not order:
            return [""] * len(stands)
        return self._tickets.all_written(order, [stand.party.party_id for stand in stands])

    def _keys(self, section: Section) -> tuple[str, ...]:
        """Return the names of what counts before the ticket in the queues of a section."""
        phase = section.phase
        if isinstance(phase, DeferredAcceptancePhase):
            return keys_before_ticket(phase, self._district.policy.switches)
        if isinstance(phase, AdjustmentPhase):
            return ("status", "category")
        if isinstance(phase, ChoicePhase):
            return ("category",)
        return ("passed_over",) if self._passed_first(section) else ()

    def _passed_first(self, section: Section) -> bool:
        """Whether the parties passed over at their home school stand first."""
        return section.step == DIVERSION_STEP and self._district.policy.switches.divert_assign == "serial_by_ticket"

    def _placing(self, section: Section, school: str, passed: frozenset[str]) -> Callable[[Stand, str], InQueue]:
        """Return what makes the place of a party in one queue from the party and its ticket."""
        phase, rank = section.phase, self._rank
        if isinstance(phase, DeferredAcceptancePhase):
            return self._bidding(phase, school)
        if isinstance(phase, AdjustmentPhase):
            claim = STATUSES.index
            return lambda stand, lot: InQueue(
                stand, (claim(stand.party.lead.status), rank[stand.party.lead.category]), lot
            )
        if isinstance(phase, ChoicePhase):
            return lambda stand, lot: InQueue(stand, (rank[stand.party.lead.category],), lot)
        if self._passed_first(section):
            return lambda stand, lot: InQueue(stand, (0 if stand.party.party_id in passed else 1,), lot)
        return lambda stand, lot: InQueue(stand, (), lot)

    def _bidding(self, phase: DeferredAcceptancePhase, school: str) -> Callable[[Stand, str], InQueue]:
        """Return what makes the place of a bidder in a school's order of a voluntary round."""
        keys, zones = keys_before_ticket(phase, self._district.policy.switches), self._district.zones
        with_tiers = "tier" in keys and bool(phase.tiers)
        numbers = self._numbers.setdefault(phase.phase_id, {})

        def _place(stand: Stand, lot: str) -> InQueue:
            lead = stand.party.lead
            tier = self._coming.tier(phase, lead)
            bid = Bidder(lead, school, tier, self._rank[lead.category], zones[lead.zone].school_id)
            if lead.applicant_id not in numbers:  # looking a school up in a long list takes long, each time
                numbers[lead.applicant_id] = {s: n for n, s in enumerate(getattr(lead, phase.column), start=1)}
            number = numbers[lead.applicant_id]
            choice, got = number[school], number.get(stand.row.school_id, 0)
            key = tuple(VALUES[name](bid) for name in keys)
            return InQueue(stand, key, lot, tier + 1 if with_tiers else 0, choice, got)

        return _place


class Bidder(NamedTuple):
    """What the keys of a school's order look at: the child and the school, tier, rank of category, zone's school."""

    child: Applicant
    school: str
    tier: int
    rank: int
    zone_school: str


VALUES: Mapping[str, Callable[[Bidder], int]] = {
    "tier": lambda bid: bid.tier,
    "category": lambda bid: bid.rank,
    "sibling": lambda bid: int(bid.child.sibling_school != bid.school),
    "walk_zone": lambda bid: int(bid.zone_school != bid.school),
}
"""Value of every key that counts before the ticket; the smaller one comes first."""


def queue_order_id(section: Section, school: str) -> str:
    """Return the id of the draw that gives the order of a queue; empty where none does (procedure.md section 2)."""
    phase = section.phase
    if isinstance(phase, BatchPhase):
        home = section.step == HOME_STEP
        return f"{phase.draw}-{section.category}/{school}" if home else f"{phase.divert_draw}-{section.category}"
    if isinstance(phase, ChoicePhase | DeferredAcceptancePhase):
        return f"{phase.draw}/{school}"
    return phase.draw if isinstance(phase, AdjustmentPhase) else ""
