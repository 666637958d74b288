"""What a book knows between two events; a copy is cheap, so that the last event can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from allocator.domain import Applicant

WAITING, SEATED, NEEDS_RULING, EXTERNAL = "waiting", "seated", "needs_ruling", "external"
WITHDRAWN, RETURNED_HOME, DISMISSED = "withdrawn", "returned_home", "dismissed"
PENDING, OPENED, PUBLICITY, CONFIRMED = "pending", "opened", "publicity", "confirmed"
NO_BATCH = "none"
"""Mark ``target`` of a party that comes to no batch any more."""


class BookParty(NamedTuple):
    """One party of the book (section 7).

    Attributes
    ----------
    lead : Applicant
        The child of its id as the roster has it; ``zone``, ``category``, ``status`` and ``registered_school`` in it
        are the present ones.
    children : tuple of str
        Those that have not left it.
    state : str
        ``waiting``, ``seated``, ``needs_ruling``, ``external``, or out of the book for good.
    school, round, phase, outcome, draw_id : str
        The seat, the round that gave it and the words of its row; ``round`` is empty for a special seat. Of an
        external party the school.
    p9_only, first, school_first, target
        Marks of section 7.
    claims : mapping
        By open or closed round the schools it came to or would have come to, in order (section 10).
    """

    lead: Applicant
    children: tuple[str, ...]
    state: str = WAITING
    school: str = ""
    round: str = ""
    phase: str = ""
    outcome: str = ""
    draw_id: str = ""
    p9_only: bool = False
    first: bool = False
    school_first: str = ""
    target: str = ""
    claims: Mapping[str, tuple[str, ...]] = {}

    @property
    def party_id(self) -> str:
        """Its id, also when the child of that id has left it."""
        return self.lead.applicant_id

    @property
    def size(self) -> int:
        """Children that have not left it."""
        return len(self.children)

    def without_seat(self, state: str = WAITING) -> BookParty:
        """Return it without its seat."""
        return self._replace(state=state, school="", round="", phase="", outcome="", draw_id="")

    def with_status(self, status: str) -> BookParty:
        """Return it with another present status."""
        return self._replace(lead=self.lead._replace(status=status))

    def with_place(self, zone: str, category: str, registered_school: str) -> BookParty:
        """Return it with other present values of what decides its home school."""
        lead = self.lead._replace(zone=zone, category=category, registered_school=registered_school)
        return self._replace(lead=lead)


class BookRound(NamedTuple):
    """One round: where it stands, and once it is opened who may wait where, in order (section 10)."""

    state: str = PENDING
    last_day: date | None = None
    queues: Mapping[str, tuple[str, ...]] = {}

    @property
    def is_open(self) -> bool:
        """Whether its waiting has begun and not ended."""
        return self.state in (OPENED, PUBLICITY)


class Objection(NamedTuple):
    """One objection."""

    round: str
    party: str
    is_open: bool = True


@dataclass(slots=True)
class BookState:
    """The state after some events.

    Attributes
    ----------
    season : str
        ``none``, ``open``, ``frozen`` or ``drawn``.
    seedhex : str
        The seed; empty before the draw.
    was_determined : bool
        Whether a determination was recorded since the season was opened or unfrozen.
    parties : dict of str to BookParty
        By party id, in code-point order for those of the roster.
    left_early : dict of str to str
        Children that left their party, with the state of their row.
    rounds : dict of str to BookRound
        In their order; further adjustments are added as they open.
    objections : dict of str to Objection
        By id.
    plan, cap, taken : dict of str to int
        By own school: seats, most children, children seated.
    given : dict of (str, str) to int
        Children who hold a seat, by round and school; special seats go by the empty round.
    late : int
        Ids given to late families so far.
    """

    season: str = "none"
    seedhex: str = ""
    was_determined: bool = False
    parties: dict[str, BookParty] = field(default_factory=dict)
    left_early: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, BookRound] = field(default_factory=dict)
    objections: dict[str, Objection] = field(default_factory=dict)
    plan: dict[str, int] = field(default_factory=dict)
    cap: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    given: dict[tuple[str, str], int] = field(default_factory=dict)
    late: int = 0

    def copy(self) -> BookState:
        """Return a state that changes apart from this one; what it holds is never changed in place."""
        return replace(
            self, parties=dict(self.parties), left_early=dict(self.left_early), rounds=dict(self.rounds),
            objections=dict(self.objections), plan=dict(self.plan), cap=dict(self.cap), taken=dict(self.taken),
            given=dict(self.given),
        )  # fmt: skip

    def waiting(self) -> Iterator[BookParty]:
        """Yield the parties that wait."""
        return (party for party in self.parties.values() if party.state == WAITING)

    def put(self, party: BookParty) -> None:
        """Keep a party as it is now."""
        self.parties[party.party_id] = party

    def free(self, party: BookParty, state: str = WAITING) -> BookParty:
        """Take the seat of a party back, if it has one, and keep the party in another state."""
        self._give_back(party, party.size)
        self.put(party := party.without_seat(state))
        return party

    def shrink(self, party: BookParty, gone: Collection[str]) -> BookParty:
        """Let some children leave a party, which keeps everything else."""
        self._give_back(party, len(gone))
        self.left_early |= dict.fromkeys(gone, WITHDRAWN)
        self.put(party := party._replace(children=tuple(c for c in party.children if c not in gone)))
        return party

    def _give_back(self, party: BookParty, children: int) -> None:
        """Count some children of a party as no longer seated, if it has a seat."""
        if party.state == SEATED:
            self.taken[party.school] -= children
            self.given[party.round, party.school] -= children

    def seat(self, party: BookParty, school: str, round_: str, phase: str, outcome: str, draw_id: str) -> None:
        """Seat a party, which gives back a seat that it holds; the marks of P9 end with any seat."""
        self._give_back(party, party.size)
        self.taken[school] += party.size
        self.given[round_, school] = self.given.get((round_, school), 0) + party.size
        party = party._replace(state=SEATED, school=school, round=round_, phase=phase, outcome=outcome)
        self.put(party._replace(draw_id=draw_id, first=False, school_first=""))

    @property
    def adjustment_pending(self) -> bool:
        """Whether nobody without a seat has come to the adjustment yet."""
        return not any(name.startswith("adjustment") and r.state != PENDING for name, r in self.rounds.items())

    @property
    def following_round(self) -> str:
        """The only round that can open next; after the last of the policy a further adjustment, without end."""
        pending = (name for name, round_ in self.rounds.items() if round_.state == PENDING)
        return next(pending, f"adjustment-{1 + sum(name.startswith('adjustment') for name in self.rounds)}")
