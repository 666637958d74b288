"""Words of simulated draws and simulated demand: 64 bits of SHAKE-256, the same on every machine (docs/what-if.md).

They are for planning only. A draw that counts takes its lots from the public transcript alone (lottery.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import shake_256

import numpy as np
import numpy.typing as npt

from allocator.domain import Ints, Policy
from allocator.lottery import ticket_word

Words = npt.NDArray[np.uint64]

_BYTES = 8


def words_of(text: str, count: int) -> Words:
    """Return the first ``count`` 64-bit words of SHAKE-256 over an ASCII text, big-endian.

    More words of the same text begin with the same ones, so whoever is appended changes nobody's word.
    """
    return np.frombuffer(shake_256(text.encode("ascii")).digest(_BYTES * count), dtype=">u8").astype(np.uint64)


def by_word(text: str, count: int) -> list[int]:
    """Return the places 0 to ``count`` - 1 in the order of their words."""
    order: list[int] = np.argsort(words_of(text, count), kind="stable").tolist()
    return order


@dataclass(frozen=True, slots=True)
class SimulatedLots:
    """Lots of simulated draws: a party's ticket is one word, by its place in the base roster.

    So a district and the same district after a what-if share their tickets, and whatever differs between their lists
    is the what-if's doing, not the draw's.

    Attributes
    ----------
    policy : Policy
        Its switch ``ticket_scope`` says whether every draw has tickets of its own.
    place : (n,) int64
        Place of each party's word.
    seed, number : int
        Seed of the whole simulation, and which of its draws this is.
    """

    policy: Policy
    place: Ints
    seed: int
    number: int

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Return the rank (0 first) of each of some parties by its word in a draw; equal words go by party id."""
        text = f"simulation|{self.seed}|{self.number}|{ticket_word(draw_id, self.policy.switches.ticket_scope)}"
        words = words_of(text, int(self.place.max(initial=-1)) + 1)[self.place[parties]]
        ranks = np.empty(len(parties), dtype=np.int64)
        ranks[np.lexsort([parties, words])] = np.arange(len(parties))
        return ranks
