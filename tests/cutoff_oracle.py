"""The cut-offs of a list by a program of its own, as short as it stays readable; the product's rooms are not asked.

From the roster, the policy and the rows alone: who stood where follows from the phase and school of each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from allocator.domain import Applicant, BatchPhase, District, Row
from tests.session_orders import place_by_hand

STATUS = ("verified", "late", "blacklisted")


class Oracle:
    """A district, its list, and what follows from them for every party: its children, home, and last section."""

    def __init__(self, district: District, rows: Sequence[Row]) -> None:
        self.d, self.p, self.s = district, district.policy, district.policy.switches
        assert district.draw is not None
        self.seed = sha256(district.draw.source).hexdigest()
        self.places = place_by_hand(district) if district.draw.order else {}
        bundles: dict[str, list[Applicant]] = {}
        for kid in sorted(district.applicants):
            bundles.setdefault(f"b {kid.bundle}" if kid.bundle else kid.applicant_id, []).append(kid)
        self.kids = {kids[0].applicant_id: kids for kids in bundles.values()}
        self.row = {row.applicant_id: row for row in rows}
        self.cats = [category.category_id for category in self.p.categories]
        self.parts = list(self._parts())
        self.stop = {one: self._stop(kids[0]) for one, kids in self.kids.items()}

    def _parts(self) -> Iterator[tuple[Any, str, str, str]]:
        """Phase, label, step and category of every section."""
        for phase in self.p.phases:
            if not isinstance(phase, BatchPhase):
                yield phase, phase.phase_id, "", ""
                continue
            pairs = [(k, step) for k in phase.categories for step in ("home", "receiving")]
            if self.s.receiving_order == "locals_all_first":
                pairs.sort(key=lambda pair: pair[1])  # home before receiving; the categories keep their order
            yield from ((phase, f"{phase.phase_id}-{k}", step, k) for k, step in pairs)

    def home(self, kid: Applicant) -> str:
        """Home school of a child."""
        rule = next(c.home for c in self.p.categories if c.category_id == kid.category)
        zone = self.d.zones[kid.zone]
        if rule == "e_school":
            return zone.school_id if self.s.e_route == "overflow" and zone.e_school_id else zone.e_school_id
        return (rule == "registered" and kid.registered_school) or zone.school_id

    def _stop(self, kid: Applicant) -> int:
        """Number of the section after which the party stands in no order."""
        row = self.row[kid.applicant_id]
        for number, (phase, label, step, _) in enumerate(self.parts):
            if row.phase == label and (row.outcome == "diverted") == (step == "receiving"):
                return number
            if row.outcome == "external" and phase.kind == "export":
                return number
            if row.outcome == "needs_ruling":
                named = phase.kind == "decision" and kid.status == "verified" and getattr(kid, phase.column)
                if named or (phase.kind == "referral" and not self.home(kid)):
                    return number
        return len(self.parts)

    def ticket(self, draw: str, one: str) -> str:
        """Ticket of a party, or its number or place where one order stands for all tickets."""
        if self.places:
            return str(self.places[one])
        word = "session" if self.s.ticket_scope == "per_session" else draw
        return sha256(f"{self.seed}|{word}|{one}".encode()).hexdigest()

    def lot(self, draw: str, one: str) -> tuple[int, str]:
        """What orders tickets: the smaller first, then the id."""
        return int(self.ticket(draw, one), 10 if self.places else 16), one

    def left(self, number: int, school: str) -> int:
        """Seats left before a section: the plan, less those placed, less those still set aside."""
        gone = sum(
            len(kids) for one, kids in self.kids.items()
            if self.stop[one] < number and self.row[one].phase and self.row[one].school_id == school
        )  # fmt: skip
        own = self.d.schools[school]
        for phase, *_ in self.parts[number:]:
            if phase.kind == "deferred_acceptance" and phase.seats != "left":
                gone += getattr(own, f"offered_{phase.column}") or 0 if phase.seats == f"offered_{phase.column}" else 0
        return own.plan - gone

    def lines(self) -> list[tuple[str, ...]]:
        """All lines in order of phase, school and step."""
        labels = list(dict.fromkeys(label for _, label, _, _ in self.parts))
        self.passed: set[str] = set()
        found = [line for number in range(len(self.parts)) for line in self._section(number)]
        return sorted(found, key=lambda line: (labels.index(line[1]), line[0], line[2]))  # home before receiving

    def _section(self, number: int) -> Iterator[tuple[str, ...]]:
        phase, _, step, _ = self.parts[number]
        if phase.kind in ("export", "decision", "referral"):
            return
        here = {one: kids[0] for one, kids in self.kids.items() if self.stop[one] >= number}
        walks = {one: list(walk) for one, kid in here.items() if (walk := self._walk(number, kid)) is not None}
        for school in sorted({school for walk in walks.values() for school in walk}):
            along = step == "receiving" or phase.kind == "adjustment"
            draw = self._draw(number, school)
            stand = [one for one, walk in walks.items() if along or school in walk]
            order = sorted(stand, key=lambda one: (self._key(number, here[one], school), self.lot(draw, one)))
            got = {one: self.stop[one] == number and self.row[one].school_id == school for one in order}
            asked = [one for one in order if self._asked(number, one, walks[one], school)]
            if step == "home":
                self._pass(number, school, order, got)
            if asked:
                yield self._line(number, school, draw, order, asked, got)

    def _pass(self, number: int, school: str, order: list[str], got: dict[str, bool]) -> None:
        """Note who found seats, but too few."""
        left = self.left(number, school)
        for one in order:
            if got[one]:
                left -= len(self.kids[one])
            elif left > 0:
                self.passed.add(one)

    def _draw(self, number: int, school: str) -> str:
        phase, _, step, k = self.parts[number]
        if phase.kind == "adjustment":
            return str(phase.draw)
        if phase.kind == "batches":
            return f"{phase.draw}-{k}/{school}" if step == "home" else f"{phase.divert_draw}-{k}"
        return f"{phase.draw}/{school}"

    def _walk(self, number: int, kid: Applicant) -> Sequence[str] | None:
        """The schools that a party comes to in a section, in its order; None where it has no part in the section."""
        phase, _, step, k = self.parts[number]
        if phase.kind == "adjustment":
            return self._nearest(phase.schools, kid) if self.s.adjust_by == "distance" and kid.x else phase.schools
        if kid.status != "verified":
            return None
        if phase.kind == "choice":
            return (kid.open_choice,) if kid.category in phase.schools.get(kid.open_choice, ()) else None
        if phase.kind == "deferred_acceptance":
            bids = kid.category in phase.categories and self._tier(phase, kid) is not None
            return tuple(s for s in getattr(kid, phase.column) if s in phase.schools) if bids else None
        home = self.home(kid)
        if kid.category != k or not home:
            return None
        if step == "home":
            return (home,)
        listed = list(phase.lists[phase.list_of.get(home, phase.others)])
        rule = next(c.home for c in self.p.categories if c.category_id == kid.category)
        if self.s.e_route == "overflow" and rule == "e_school" and self.d.zones[kid.zone].e_school_id:
            listed = [self.d.zones[kid.zone].e_school_id, *listed]
        listed = [s for s in listed if s != home]
        return list(dict.fromkeys([*(s for s in kid.preferred_diversion if s in listed), *listed]))

    def _nearest(self, schools: Sequence[str], kid: Applicant) -> list[str]:
        def _key(place: tuple[int, str]) -> tuple[bool, Fraction, object]:
            school = self.d.schools[place[1]]
            if not school.x:
                return True, Fraction(0), place[0]
            across, up = Fraction(school.x) - Fraction(kid.x), Fraction(school.y) - Fraction(kid.y)
            return False, across**2 + up**2, place[1]

        return [school for _, school in sorted(enumerate(schools), key=_key)]

    def _tier(self, phase: Any, kid: Applicant) -> int | None:
        """Number of the tier, 0 first; the zone is that of the registered school, where there is one."""
        zone = kid.zone
        if kid.registered_school and self.d.zones[zone].school_id != kid.registered_school:
            zone = next((z for z in sorted(self.d.zones) if self.d.zones[z].school_id == kid.registered_school), "")
        return next((n for n, tier in enumerate(phase.tiers) if zone in tier), None) if phase.tiers else 0

    def _keys(self, phase: Any) -> list[str]:
        if phase.kind == "deferred_acceptance":
            keys = [key for key in phase.order if key != "ticket" and (key, self.s.tiers) != ("tier", "pooled")]
            return [*keys, "category"] if self.s.tier_inner == "by_category" else keys
        return {"adjustment": ["status", "category"], "choice": ["category"]}.get(phase.kind, ["passed"])

    def _key(self, number: int, kid: Applicant, school: str) -> list[Any]:
        phase, _, step, _ = self.parts[number]
        by_passing = step == "receiving" and self.s.divert_assign == "serial_by_ticket"
        values: dict[str, Callable[[], Any]] = {
            "tier": lambda: self._tier(phase, kid), "category": lambda: self.cats.index(kid.category),
            "status": lambda: STATUS.index(kid.status), "sibling": lambda: kid.sibling_school != school,
            "walk_zone": lambda: self.d.zones[kid.zone].school_id != school,
            "passed": lambda: by_passing and kid.applicant_id not in self.passed,
        }  # fmt: skip
        return [values[key]() for key in self._keys(phase)]

    def _asked(self, number: int, one: str, walk: Sequence[str], school: str) -> bool:
        """Whether a party asked for a seat at a school of its walk: no school before it took the party."""
        taken = self.row[one].school_id if self.stop[one] == number else ""
        by_sum = self.parts[number][2] == "receiving" and self.s.divert_assign == "least_distance"
        if school not in walk or (by_sum and taken):
            return school == taken
        return taken not in walk or walk.index(school) <= walk.index(taken)

    def _line(
        self, number: int, school: str, draw: str, order: list[str], asked: list[str], got: dict[str, bool]
    ) -> tuple[str, ...]:
        phase, label, step, _ = self.parts[number]
        won, lost = [one for one in asked if got[one]], [one for one in asked if not got[one]]
        lead = {one: self.kids[one][0] for one in asked}
        key = {one: tuple(self._key(number, kid, school)) for one, kid in lead.items()}
        held = step == "receiving" or phase.kind == "adjustment" or {key[w] for w in won} & {key[v] for v in lost}
        last, keys = won[-1] if won else "", self._keys(phase)
        tiers = "tier" in keys and phase.tiers
        return (
            school, label, step, str((self._tier(phase, lead[last]) or 0) + 1) if last and tiers else "",
            lead[last].category if last and "category" in keys else "",
            str(sum(len(self.kids[one]) for one in asked)), str(sum(len(self.kids[one]) for one in won)),
            draw if held else "", self.ticket(draw, last) if last else "", str(order.index(last) + 1) if last else "",
            self.ticket(draw, lost[0]) if lost else "",
        )  # fmt: skip
