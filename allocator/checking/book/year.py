"""The state of a season between two events: parties, seats, rounds (office-procedure.md section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, NamedTuple

from allocator.checking.book.statute import Statute
from allocator.domain import Applicant

WAITING, SEATED, NEEDS_RULING, EXTERNAL, WITHDRAWN = "waiting", "seated", "needs_ruling", "external", "withdrawn"
OPENED, PUBLICITY, CONFIRMED = "opened", "publicity", "confirmed"
VERIFIED, LATE = "verified", "late"
NO_BATCH = "none"
"""Target of a party that has no batch any more."""


class Sitting(NamedTuple):
    """A seat held: where, of which round (empty for a special seat), and what its row says."""

    school: str
    of_round: str
    phase: str
    outcome: str
    draw: str = ""


@dataclass(frozen=True, slots=True)
class Household:
    """One party as it stands.

    Attributes
    ----------
    party : str
        Its id, whatever becomes of the child that bore it.
    children, gone : tuple of str
        Its children, and those that left it for good.
    choices : Applicant
        The row of the roster that its choices, decisions and coordinates are read from.
    category, zone, registered, status : str
        Present values.
    state : str
        One of the states of section 7.
    sitting : Sitting or None
        The seat of a ``seated`` party.
    at : str
        The school of an ``external`` party.
    p9_only, first, school_first, target
        The marks of section 7.
    claims : Mapping[str, tuple of str]
        Schools that it came to or would have come to, by round.
    """

    party: str
    children: tuple[str, ...]
    choices: Applicant
    category: str
    zone: str
    registered: str
    status: str
    state: str = WAITING
    sitting: Sitting | None = None
    at: str = ""
    gone: tuple[str, ...] = ()
    p9_only: bool = False
    first: bool = False
    school_first: str = ""
    target: str = ""
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Children that it has."""
        return len(self.children)


class RoundNow(NamedTuple):
    """How far a round is, and the last day of its publicity."""

    state: str
    last_day: str = ""


class Complaint(NamedTuple):
    """An objection."""

    of_round: str
    party: str
    is_open: bool = True


@dataclass(slots=True)
class Year:
    """A season as it stands; an event that is accepted gives another one and leaves this one as it is.

    Attributes
    ----------
    season : str
        ``none``, ``open``, ``frozen`` or ``drawn``.
    determined : bool
        Whether there was a determination since the season was opened or unfrozen.
    households : dict[str, Household]
        By party id.
    plan, cap, taken : dict[str, int]
        Seats, most children and children seated, by own school.
    taken_of : dict[(str, str), int]
        Children holding seats of a round at a school.
    rounds : dict[str, RoundNow]
        Rounds that have been opened, in their order.
    lines : dict[(str, str), tuple of str]
        Parties in the order in which they queue in a round at a school.
    complaints : dict[str, Complaint]
        Objections by id.
    late : int
        Ids given to children that came late.
    """

    statute: Statute
    season: str = "none"
    determined: bool = False
    seed: str = ""
    households: dict[str, Household] = field(default_factory=dict)
    plan: dict[str, int] = field(default_factory=dict)
    cap: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    taken_of: dict[tuple[str, str], int] = field(default_factory=dict)
    rounds: dict[str, RoundNow] = field(default_factory=dict)
    lines: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    complaints: dict[str, Complaint] = field(default_factory=dict)
    late: int = 0

    def another(self) -> Year:
        """Return a copy that may be changed."""
        made = copy(self)
        for name in ("households", "plan", "cap", "taken", "taken_of", "rounds", "lines", "complaints"):
            setattr(made, name, dict(getattr(self, name)))
        return made

    def change(self, party: str, **values: Any) -> Household:
        """Change a party that neither takes nor leaves a seat."""
        self.households[party] = replace(self.households[party], **values)
        return self.households[party]

    def free(self, party: str, state: str = WAITING) -> str:
        """Take a party's seat away; return the school, empty if it had none."""
        household = self.households[party]
        sitting = household.sitting
        self.change(party, state=state, sitting=None, at="")
        if sitting is None:
            return ""
        self._count(sitting, -household.size)
        return sitting.school

    def seat(self, party: str, sitting: Sitting) -> None:
        """Give a party a seat, its old one being freed; with any seat the claims to be first in P9 end."""
        self.free(party)
        household = self.change(party, state=SEATED, sitting=sitting, first=False, school_first="")
        self._count(sitting, household.size)

    def shrink(self, party: str, leaving: tuple[str, ...]) -> None:
        """Take children out of a party for good."""
        household = self.households[party]
        rest = tuple(child for child in household.children if child not in leaving)
        self.change(party, children=rest, gone=(*household.gone, *leaving))
        if household.sitting is not None:
            self._count(household.sitting, -len(leaving))

    def _count(self, sitting: Sitting, children: int) -> None:
        """Count children in or out."""
        at_round = sitting.of_round, sitting.school
        self.taken[sitting.school] += children
        self.taken_of[at_round] = self.taken_of.get(at_round, 0) + children

    def aside(self, school: str) -> int:
        """Seats of a school still set aside for voluntary rounds to come."""
        return sum(self.statute.offered(name, school) for name in self.statute.bids if name not in self.rounds)

    def left(self, school: str) -> int:
        """Seats left (procedure.md section 3); an external school has none here."""
        return self.plan[school] - self.taken[school] - self.aside(school) if school in self.plan else 0

    def room(self, school: str, left: int, size: int, coming: int = 0) -> bool:
        """Whether a party would be admitted where so many seats are left and so many children are coming already."""
        if size <= left or left <= 0:
            return size <= left
        whole = self.taken[school] + coming + self.aside(school) + size
        return self.statute.policy.switches.bundle_at_cut == "over_plan" and whole <= self.cap[school]

    def home(self, household: Household) -> str:
        """Present home school of a party."""
        return self.statute.home(household.category, household.zone, household.registered)

    def to_come(self, household: Household) -> str:
        """Batch in which a party that waits is still to come; empty if there is none."""
        if household.state != WAITING or household.p9_only or household.status != VERIFIED:
            return ""
        name = household.target or self.statute.batches.get(household.category, "")
        return name if name in self.statute.chapters and name not in self.rounds else ""

    def open_rounds(self) -> list[str]:
        """Rounds that are open, in their order."""
        return [name for name, progress in self.rounds.items() if progress.state != CONFIRMED]


def begin_year(year: Year, seed: str) -> None:
    """Begin with the roster: parties of an external home school leave, all others wait."""
    year.season, year.seed = "drawn", seed
    own = [year.statute.district.schools[school] for school in sorted(year.statute.own)]
    year.plan = {school.school_id: school.plan for school in own}
    year.cap = {school.school_id: school.most for school in own}
    year.taken = dict.fromkeys(year.plan, 0)
    year.households = {}
    for children in _parties(year.statute.district.applicants):
        head = children[0]
        ids = tuple(child.applicant_id for child in children)
        made = Household(ids[0], ids, head, head.category, head.zone, head.registered_school, head.status)
        year.households[made.party] = made
        leave_for_home(year, made.party)


def leave_for_home(year: Year, party: str) -> bool:
    """Make a party external if its home school is; tell whether it is."""
    home = year.home(year.households[party])
    if not home or home in year.statute.own:
        return False
    year.change(party, state=EXTERNAL, at=home)
    return True


def _parties(applicants: tuple[Applicant, ...]) -> list[list[Applicant]]:
    """Children of each party, the one that gives it its id first; in order of these ids."""
    by_party = sorted(applicants, key=lambda child: (bool(child.bundle), child.bundle or child.applicant_id))
    groups = groupby(by_party, key=lambda child: (bool(child.bundle), child.bundle or child.applicant_id))
    found = [sorted(group, key=lambda child: child.applicant_id) for _, group in groups]
    return sorted(found, key=lambda group: group[0].applicant_id)
