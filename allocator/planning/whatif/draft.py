"""A district while what-ifs change it: tables that can be written, and where each fault and each new child belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from allocator.domain import Applicant, DeferredAcceptancePhase, District, Policy, School, Zone
from allocator.eligibility import VERIFIED, eligible_parties, tier_of_zone, tier_zone, zone_of_school
from allocator.ground import Fault
from allocator.planning.whatif.answers import ChangeAnswer, Unit, answer_parts
from allocator.procedure import by_word

_NONE: Mapping[str, int] = {}

MOST_CHILDREN = 3_000_000
"""More are refused: growth upon growth would fill any memory."""


@dataclass
class Draft:
    """A district on its way from one change to the next.

    Attributes
    ----------
    policy, schools, zones : Policy, dict, dict
        As in ``District``.
    children : dict of str to Applicant
        By id.
    place : dict of str to int
        Place of each child's word in simulated draws: that of the base roster; new children follow.
    fresh : str
        What the ids of new children begin with.
    next_place : int
        Place of the next new child.
    demand : int
        Number of the demand draw, 0 for the forecast itself.
    bought : list of (int, int)
        Seats added and the cost of each, where it is given.
    moved : dict of str to (str, str)
        By child whose home changed its zone: the zone it left, and file and line of the change.
    asked : Counter
        How often words were asked for under a text.
    faults : list of Fault
        What is wrong so far.
    file, line, at : str, int, str
        Where the change stands that is being made.
    touched : dict of str to (str, int, str)
        Where seats of a school were changed last.
    opened : dict of str to (str, int, str)
        Where each school that opens stands.
    answers : list of ChangeAnswer
        What became of every request so far.
    kind : str
        Kind of the change that is being made.
    """

    policy: Policy
    schools: dict[str, School]
    zones: dict[str, Zone]
    children: dict[str, Applicant]
    place: dict[str, int]
    fresh: str
    next_place: int
    demand: int = 0
    bought: list[tuple[int, int]] = field(default_factory=list)
    moved: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    file: str = ""
    line: int = 0
    at: str = ""
    touched: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    opened: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    answers: list[ChangeAnswer] = field(default_factory=list)
    kind: str = ""

    def answer(
        self, unit: Unit, asked: int, done: int, key: str = "",
        left: Mapping[str, int] = _NONE, also: Mapping[str, int] = _NONE,
    ) -> None:  # fmt: skip
        """Note what became of a request of the change that is being made; reasons that count nothing are left out."""
        where = (self.file, self.line, self.kind, key)
        self.answers.append(ChangeAnswer(*where, unit, asked, done, answer_parts(left), answer_parts(also)))

    def fault(self, code: str, key: str, value: str = "", **params: str) -> None:
        """Note a fault of the change that is being made.

        That a resampled roster has nobody at a home, in a zone or in a round is chance, no fault of the what-if, which
        is judged by the roster itself.
        """
        if self.demand and code in _BY_CHANCE:
            return
        self.faults.append(Fault(code, self.file, self.line, f"{self.at}.{key}", value, params))

    def known(self, key: str, names: Iterable[str], among: Collection[str], what: str) -> bool:
        """Whether all names are there; a fault for each that is not."""
        unknown = [name for name in names if name not in among]
        for name in unknown:
            self.fault(f"what_if.unknown_{what}", key, name, expected=_some(among))
        return not unknown

    def own_school(self, key: str, name: str) -> School | None:
        """Return a school that has seats here; a fault if there is none of that name."""
        if not self.known(key, [name], self.schools, "school"):
            return None
        if self.schools[name].external:
            self.fault("what_if.external", key, name)
            return None
        return self.schools[name]

    def seats(self, school: School, **changed: Any) -> None:
        """Write other seats of a school; whether they make sense is judged when all changes are made."""
        self.schools[school.school_id] = replace(school, **changed)
        self.touched[school.school_id] = self.file, self.line, self.at

    def order(self, text: str, count: int) -> list[int]:
        """Return places 0 to ``count`` - 1 in a random order, another one each time the same text asks."""
        self.asked[text] += 1
        return by_word(f"demand|{self.demand}|{text}|{self.asked[text]}", count)

    def parties(self) -> list[list[Applicant]]:
        """Return the children of each party, in code-point order of the parties' ids."""
        everyone = [self.children[name] for name in sorted(self.children)]
        return [[self.children[name] for name in party.children] for party in eligible_parties(everyone)]

    def add(self, children: Sequence[Applicant]) -> None:
        """Append copies of the children of a party as a new party."""
        names = [f"{self.fresh}{self.next_place + i:07d}" for i in range(len(children))]
        bundle = names[0] if len(children) > 1 else ""
        for name, child in zip(names, children, strict=True):
            self.children[name] = child._replace(applicant_id=name, bundle=bundle, name="")
            self.place[name] = self.next_place
            self.next_place += 1

    def room(self, key: str, more: int) -> bool:
        """Whether there is room for so many children more; a fault if there is not."""
        if len(self.children) + more <= MOST_CHILDREN:
            return True
        self.fault("what_if.too_many_children", key, str(len(self.children) + more), most=f"{MOST_CHILDREN:,}")
        return False

    def remove(self, children: Iterable[Applicant]) -> None:
        """Take children off the roster."""
        for child in children:
            del self.children[child.applicant_id]

    def rewrite(self, children: Iterable[Applicant], **cells: Any) -> int:
        """Write other cells of children, drop the bids that these make inadmissible, and return who loses some."""
        tidy, fewer = Bids(self.policy, self.zones), 0
        for child in children:
            written = child._replace(**cells)
            kept = self.children[child.applicant_id] = tidy.admissible(written)
            fewer += kept != written
        return fewer


class Bids:
    """Which bids of a child a policy admits (procedure.md section 1)."""

    def __init__(self, policy: Policy, zones: dict[str, Zone]) -> None:
        self._zones = zones
        self._of_school = zone_of_school(zones)
        self._phases = [phase for phase in policy.phases if isinstance(phase, DeferredAcceptancePhase)]
        self._tiers = {phase.phase_id: tier_of_zone(phase) for phase in self._phases}

    def tier(self, child: Applicant, phase: DeferredAcceptancePhase) -> int | None:
        """Return the tier of a child in a round, None where it may not bid."""
        if child.status != VERIFIED or child.category not in phase.categories:
            return None
        if not phase.tiers:
            return 0
        return self._tiers[phase.phase_id].get(tier_zone(child, self._zones, self._of_school))

    def schools(self, child: Applicant, phase: DeferredAcceptancePhase, named: Iterable[str]) -> tuple[str, ...]:
        """Return those of some schools for which a child may bid in a round."""
        if self.tier(child, phase) is None:
            return ()
        own = "" if phase.own_zone_choice else self._zones[child.zone].school_id
        return tuple(school for school in named if school in phase.schools and school != own)

    def admissible(self, child: Applicant) -> Applicant:
        """Return a child without the bids that it may not make; those of a child who is not verified count nothing."""
        if child.status != VERIFIED:
            return child
        for phase in self._phases:
            named = getattr(child, phase.column)
            if named:
                cells: dict[str, Any] = {phase.column: self.schools(child, phase, named)}
                child = child._replace(**cells)
        return child


def draft_of(district: District, demand: int = 0) -> Draft:
    """Return a district as it stands before the first change."""
    children = {child.applicant_id: child for child in district.applicants}
    taken = {name for child in children.values() for name in (child.applicant_id, child.bundle)}
    fresh = "new-"  # a new bundle is named after its first child, so names of bundles count as taken too
    while any(name.startswith(fresh) for name in taken):
        fresh = f"x{fresh}"
    place = {name: i for i, name in enumerate(sorted(children))}
    return Draft(
        district.policy, dict(district.schools), dict(district.zones), children, place, fresh, len(place), demand
    )


_MOST_NAMED = 12

_BY_CHANCE = {"what_if.no_home", "what_if.unknown_home", "what_if.empty_zone", "what_if.nobody_bids"}


def _some(names: Collection[str]) -> str:
    """Names for a message: all, or the first ones."""
    chosen = sorted(names)[:_MOST_NAMED]
    return ", ".join(chosen) + (" …" if len(names) > len(chosen) else "")
