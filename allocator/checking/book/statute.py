"""What no event changes: the rounds of the policy, home schools, lists, orders and tickets (procedure.md 1, 2, 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from allocator.checking.session_order import order_line_of_source, order_place_of_party
from allocator.domain import (
    AdjustmentPhase,
    BatchPhase,
    DeferredAcceptancePhase,
    District,
    ExportPhase,
    OfficeValues,
    Phase,
    Policy,
    ReferralPhase,
)

ADJUSTMENT = "adjustment"
URBAN, RURAL = ("A", "B", "C", "D", "E"), ("R1", "R2", "R3")


class Chapter(NamedTuple):
    """One round as the policy names it; ``category`` is that of a batch, else empty."""

    name: str
    phase: Phase
    category: str = ""


class Statute:
    """The rules of one district.

    Parameters
    ----------
    district : District
        Policy, schools, zones and roster as they were frozen.

    Attributes
    ----------
    chapters : dict[str, Chapter]
        The rounds up to the first adjustment, in their order.
    own : frozenset[str]
        Schools that admit here.
    """

    def __init__(self, district: District) -> None:
        self.district = district
        self.policy: Policy = district.policy
        self.office = district.policy.office or OfficeValues()
        self.chapters = {chapter.name: chapter for chapter in _chapters(district.policy)}
        self.own = frozenset(s.school_id for s in district.schools.values() if not s.external)
        self._home_rules = {category.category_id: category.home for category in self.policy.categories}

    def place(self, name: str) -> int:
        """Place of a round in the order of all rounds; -1 where there is none of this name."""
        if name in self.chapters:
            return list(self.chapters).index(name)
        stem, _, number = name.rpartition("-")
        right = stem == ADJUSTMENT in self.chapters and number.isdecimal() and str(int(number)) == number
        return len(self.chapters) + int(number) - 2 if right and int(number) > 1 else -1

    def chapter(self, name: str) -> Chapter:
        """Return a round; every later adjustment is as the first."""
        return self.chapters.get(name) or self.chapters[ADJUSTMENT]._replace(name=name)

    def after(self, opened: Sequence[str]) -> str:
        """Name of the round that comes after those opened; empty if none does."""
        if len(opened) < len(self.chapters):
            return list(self.chapters)[len(opened)]
        return f"{ADJUSTMENT}-{len(opened) - len(self.chapters) + 2}" if ADJUSTMENT in self.chapters else ""

    @cached_property
    def batches(self) -> dict[str, str]:
        """Name of the batch of every category that has one, in their order."""
        return {chapter.category: chapter.name for chapter in self.chapters.values() if chapter.category}

    @cached_property
    def bids(self) -> dict[str, DeferredAcceptancePhase]:
        """The voluntary rounds by name."""
        phases = {name: chapter.phase for name, chapter in self.chapters.items()}
        return {name: phase for name, phase in phases.items() if isinstance(phase, DeferredAcceptancePhase)}

    def offered(self, name: str, school: str) -> int:
        """Seats of a school set aside for a voluntary round."""
        seats = self.bids[name].seats
        return 0 if seats == "left" else self.district.schools[school].offered(seats)

    def home(self, category: str, zone: str, registered: str) -> str:
        """Home school of a category in a zone; may be empty (procedure.md section 1; switch ``e_route``)."""
        found, rule = self.district.zones[zone], self._home_rules[category]
        if rule == "e_school":
            return found.school_id if self._overflows and found.e_school_id else found.e_school_id
        return registered if rule == "registered" and registered else found.school_id

    @property
    def _overflows(self) -> bool:
        return self.policy.switches.e_route == "overflow"

    def registers(self, category: str, zone: str, registered: str) -> bool:
        """Whether a registered school is what procedure.md section 1 asks of a category in a zone."""
        found = self.district.zones[zone]
        if found.dual_school_ids and self._home_rules[category] == "registered":
            return registered in (found.school_id, *found.dual_school_ids)
        return registered == ""

    def counts_to(self, zone: str, registered: str) -> str:
        """Zone to which a child counts in the tiers; empty where no zone has its registered school."""
        zones = self.district.zones
        if not registered or zones[zone].school_id == registered:
            return zone
        return min((name for name, other in zones.items() if other.school_id == registered), default="")

    def receiving(self, phase: BatchPhase, category: str, zone: str, home: str) -> tuple[str, ...]:
        """Receiving list of a home school for a category of a zone, the home school left out."""
        listed = phase.lists[phase.list_of.get(home, phase.others)]
        if self._overflows and self._home_rules[category] == "e_school":
            listed = (self.district.zones[zone].e_school_id, *listed)
        return tuple(dict.fromkeys(school for school in listed if school not in ("", home)))

    def ticket(self, seed: str, draw: str, party: str) -> tuple[str, str]:
        """Place of a party in a draw; the smaller one comes first, equal ones go by id.

        Under one order for all draws a family that came later has no place in it: it comes last, by id.
        """
        named = "session" if self.policy.switches.ticket_scope == "per_session" else draw
        if seed == self._seed_of_order and self._places is not None:
            place = self._places.get(party)
            return (f"~{len(party):03d}" if place is None else place.to_bytes(42, "big").hex()), party
        return sha256(f"{seed}|{named}|{party}".encode()).hexdigest(), party

    @cached_property
    def _seed_of_order(self) -> str:
        """Seed of the transcript that gives one order for all draws."""
        return "" if self.district.draw is None else sha256(self.district.draw.source).hexdigest()

    @cached_property
    def _places(self) -> Mapping[str, int] | None:
        """Place of every party of the frozen roster in that order, where there is one (public.md section 1)."""
        drawn = self.district.draw
        if drawn is None or not order_line_of_source(drawn.source):
            return None
        children = sorted(self.district.applicants, key=lambda child: child.applicant_id)
        first = {child.bundle or f"/{child.applicant_id}": child.applicant_id for child in reversed(children)}
        return order_place_of_party(drawn.source, sorted(first.values()), drawn.numbers)

    def working_days(self, first: str, last: str) -> int:
        """Working days from one day to another, both included."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        off, on = self.office.holidays, self.office.workdays
        return sum(day in on or (day.weekday() < 5 and day not in off) for day in days)

    @cached_property
    def entitled(self) -> Mapping[str, int]:
        """Verified children whose decision or open choice names a school (procedure.md P6)."""
        columns = ("preferential_school", "sibling_school", "open_choice")
        found: dict[str, int] = {}
        for child in self.district.applicants:
            named = {getattr(child, column) for column in columns} if child.status == "verified" else set()
            for school in named - {""}:
                found[school] = found.get(school, 0) + 1
        return found

    def largest_bundle(self, name: str, school: str) -> int:
        """Children of the largest verified bundle that bids for a school in a voluntary round; 0 where none does."""
        counts: dict[str, int] = {}
        for child in self.district.applicants:
            if child.bundle and child.status == "verified" and school in getattr(child, self.bids[name].column):
                counts[child.bundle] = counts.get(child.bundle, 0) + 1
        return max(counts.values(), default=0)

    def bids_fit(self, school: str, cap: int) -> bool:
        """Whether no bid of the roster can carry a school above a cap (the input check of procedure.md P6)."""
        most, bundles = self.entitled.get(school, 0), 0
        for name in self.bids:
            bundle = self.largest_bundle(name, school)
            bundles = max(bundles, bundle)
            most += self.offered(name, school) + max(bundle - 1, 0)
            if bundles and most > cap:
                return False
        return True


def _chapters(policy: Policy) -> Iterator[Chapter]:
    """Rounds of a policy's phases."""
    for phase in policy.phases:
        if isinstance(phase, BatchPhase):
            yield from (Chapter(f"{phase.phase_id}-{category}", phase, category) for category in phase.categories)
        elif isinstance(phase, AdjustmentPhase):
            yield Chapter(ADJUSTMENT, phase)
        elif not isinstance(phase, ExportPhase | ReferralPhase):
            yield Chapter(phase.phase_id, phase)
