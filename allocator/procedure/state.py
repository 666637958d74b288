"""What the procedure knows while it runs, and where its lots come from.

Orders of schools are made of priorities and tickets: single and multiple tie-breaking (procedure.md sections 2, 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from allocator.domain import NO_SCHOOL, UNPLACED, Draw, Ints, Mask
from allocator.eligibility import Instance
from allocator.lottery import TicketScope, order_places, ticket_order, ticket_word, tickets


def draw_ranks(seedhex: str, word: str, party_ids: Sequence[str]) -> Ints:
    """Return the rank (0 first) of each party by its ticket in one draw.

    Parameters
    ----------
    word : str
        What stands for the draw in a ticket's text.
    """
    ranks = np.empty(len(party_ids), dtype=np.int64)
    ranks[ticket_order(tickets(seedhex, word, party_ids), party_ids)] = np.arange(len(party_ids))
    return ranks


def ticket_ranks(
    seedhex: str, draw: str, party_ids: Sequence[str], school_ids: Sequence[str], bidder: Ints, school: Ints,
    scope: TicketScope,
) -> Ints:  # fmt: skip
    """Return for every entry of ranked lists a number that orders the entries of each school by ticket.

    Parameters
    ----------
    draw : str
        First part of the draw ids, ``<draw>/<school>``.
    bidder, school : (entries,) int64
        Whose entry it is, and at which school.
    scope : {"per_session", "per_draw"}
        ``per_session`` is single tie-breaking: one ticket counts at all schools. ``per_draw`` is multiple tie-breaking:
        a ticket of its own at each school.
    """
    if scope == "per_session":
        return draw_ranks(seedhex, ticket_word(draw, scope), party_ids)[bidder]
    ranks = np.empty(len(school), dtype=np.int64)
    for s, here in entries_by_school(school):
        word = ticket_word(f"{draw}/{school_ids[s]}", scope)
        ranks[here] = draw_ranks(seedhex, word, [party_ids[i] for i in bidder[here].tolist()])
    return ranks


def entries_by_school(school: Ints) -> list[tuple[int, Ints]]:
    """Return each school that is named in some list, with the positions of the entries that name it."""
    if not len(school):
        return []
    by_school = np.argsort(school, kind="stable")
    groups = np.split(by_school, np.flatnonzero(np.diff(school[by_school])) + 1)
    return [(int(school[here[0]]), here) for here in groups]


def ranks_by_keys(keys: Sequence[Ints]) -> Ints:
    """Return the rank of every entry by several keys, the first of which counts first; the last is the ticket."""
    ranks = np.empty(len(keys[-1]), dtype=np.int64)
    ranks[np.lexsort(keys[::-1])] = np.arange(len(ranks))
    return ranks


class Lots(Protocol):
    """Gives the order of parties in a draw."""

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Return the rank (0 first) of each of some parties by its ticket in a draw."""
        ...


@dataclass(frozen=True, slots=True)
class PublicLots:
    """Lots of the public seed, or of the order that replaces it (procedure.md section 2, public.md section 1).

    ``places`` are those of all parties in the one order of the session; None where each draw has tickets of its own.
    """

    instance: Instance
    seedhex: str
    places: Ints | None = None

    @classmethod
    def of(cls, instance: Instance, draw: Draw) -> PublicLots:
        """Return the lots that a draw gives."""
        by_party = order_places(draw, instance.party_ids)
        if by_party is None:
            return cls(instance, draw.seedhex)
        rank = {name: place for place, name in enumerate(sorted(by_party, key=by_party.__getitem__))}
        return cls(instance, draw.seedhex, np.array([rank[name] for name in instance.party_ids], dtype=np.int64))

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Return the rank (0 first) of each of some parties by its ticket in a draw."""
        if self.places is not None:
            return ranks_by_keys([self.places[parties]])
        names = [self.instance.party_ids[i] for i in parties.tolist()]
        word = ticket_word(draw_id, self.instance.district.policy.switches.ticket_scope)
        return draw_ranks(self.seedhex, word, names)


@dataclass(slots=True)
class State:
    """The assignment so far; arrays of length ``n`` (parties) or ``m`` (schools).

    Attributes
    ----------
    seat : (n,) int64
        School, -1 for none.
    outcome, phase, draw : (n,) object
        Texts of the columns of the same names.
    out : (n,) bool
        Left the run (external) or stays out of all later phases (needs a ruling).
    taken : (m,) int64
        Children seated so far.
    aside : (m,) int64
        Seats still set aside for voluntary rounds.
    """

    instance: Instance
    seat: Ints = field(init=False)
    outcome: npt.NDArray[np.object_] = field(init=False)
    phase: npt.NDArray[np.object_] = field(init=False)
    draw: npt.NDArray[np.object_] = field(init=False)
    out: Mask = field(init=False)
    taken: Ints = field(init=False)
    aside: Ints = field(init=False)

    def __post_init__(self) -> None:
        n, m = self.instance.parties, len(self.instance.school_ids)
        self.seat = np.full(n, NO_SCHOOL, dtype=np.int64)
        self.outcome = np.full(n, UNPLACED, dtype=object)
        self.phase = np.full(n, "", dtype=object)
        self.draw = np.full(n, "", dtype=object)
        self.out = np.zeros(n, dtype=bool)
        self.taken = np.zeros(m, dtype=np.int64)
        self.aside = np.zeros(m, dtype=np.int64)

    def waiting(self) -> Mask:
        """Return the (n,) mask of parties without a seat that are still in the run."""
        waiting: Mask = (self.seat == NO_SCHOOL) & ~self.out
        return waiting

    def left(self) -> Ints:
        """Return the (m,) seats left: plan minus seated minus set aside (procedure.md section 3)."""
        return self.instance.plan - self.taken - self.aside

    def refer(self, parties: Mask | Ints, outcome: str) -> None:
        """Take parties out of the run with an outcome that gives no seat here."""
        self.out[parties] = True
        self.outcome[parties] = outcome

    def settle(self, parties: Ints, outcome: str, phase: str) -> None:
        """Write outcome and phase of parties that have just been seated."""
        self.outcome[parties] = outcome
        self.phase[parties] = phase

    def seat_at(self, parties: Ints, schools: Ints) -> None:
        """Give parties their seats and count the children."""
        self.seat[parties] = schools
        sizes = np.bincount(schools, self.instance.size[parties], len(self.instance.school_ids))
        self.taken += sizes.astype(np.int64)
