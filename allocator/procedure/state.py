"""What the procedure knows while it runs, and where its lots come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from allocator.domain import NO_SCHOOL, UNPLACED, Ints, Mask
from allocator.instance import Instance
from allocator.lottery import ticket_word
from allocator.procedure.tie_breaking import draw_ranks


class Lots(Protocol):
    """Gives the order of parties in a draw."""

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Return the rank (0 first) of each of some parties by its ticket in a draw."""
        ...


@dataclass(frozen=True, slots=True)
class PublicLots:
    """Lots of the public seed (procedure.md section 2)."""

    instance: Instance
    seedhex: str

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Return the rank (0 first) of each of some parties by its ticket in a draw."""
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
