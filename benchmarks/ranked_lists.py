"""Generated ranked lists for deferred acceptance: five schools each, some more popular than others, ties by ticket."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np

from allocator.domain import Ints
from allocator.lottery import TicketScope
from allocator.procedure import ranks_by_keys, ticket_ranks

SIZES = {"smoke": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
"""Parties by name of the size."""

LENGTH, PARTIES_PER_SCHOOL, SEATS_PER_CHILD = 5, 800, 0.95
SEEDHEX = sha256(b"trial|1").hexdigest()


@dataclass(frozen=True, slots=True)
class RankedLists:
    """What ``deferred_acceptance`` takes, and what the ranks were made of.

    Attributes
    ----------
    bidder, school : (entries,) int64
        Party and school of every entry.
    priority : (entries,) int64
        0 with a sibling at the school, 1 in its walk zone, else 2.
    size, pool : int64
        Children of each party, seats of each school.
    """

    bidder: Ints
    school: Ints
    priority: Ints
    size: Ints
    pool: Ints

    def ranks(self, scope: TicketScope) -> Ints:
        """Return the rank of every entry under single (``per_session``) or multiple (``per_draw``) tie-breaking."""
        parties = [f"T{i:07d}" for i in range(len(self.size))]
        schools = [f"school-{s}" for s in range(len(self.pool))]
        tickets = ticket_ranks(SEEDHEX, "choice", parties, schools, self.bidder, self.school, scope)
        return ranks_by_keys([self.priority, tickets])

    def arguments(self, scope: TicketScope) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Return what method and reference are called with."""
        begins = np.arange(0, len(self.school) + 1, LENGTH)
        return begins, self.school, self.ranks(scope), self.size, self.pool


@lru_cache(maxsize=2)
def ranked_lists(size: str, bundles: float = 0) -> RankedLists:
    """Return the generated lists of a named size, a share of the parties being bundles of two."""
    return make_lists(SIZES[size], bundles)


def make_lists(parties: int, bundles: float = 0) -> RankedLists:
    """Return generated lists of so many parties."""
    rng = np.random.default_rng(1)
    schools = max(parties // PARTIES_PER_SCHOOL, 2 * LENGTH)
    lists = _lists(rng, parties, schools)
    sizes = np.where(rng.random(parties) < bundles, 2, 1)
    seats = int(sizes.sum() * SEATS_PER_CHILD)
    pool = seats // schools + (np.arange(schools) < seats % schools)
    sibling = (rng.random(parties) < 0.1)[:, None] & (np.arange(LENGTH) == 0)
    walk_zone = rng.integers(0, LENGTH, parties)[:, None] == np.arange(LENGTH)
    priority = np.where(sibling, 0, np.where(walk_zone, 1, 2))
    return RankedLists(np.repeat(np.arange(parties), LENGTH), lists.ravel(), priority.ravel(), sizes, pool)


@lru_cache(maxsize=2)
def arguments(size: str, scope: TicketScope, bundles: float = 0) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return what method and reference are called with for the generated lists of a size."""
    return ranked_lists(size, bundles).arguments(scope)


def _lists(rng: np.random.Generator, parties: int, schools: int) -> Ints:
    """Draw different schools for each party; the s-th is named with a chance in proportion to 1 / sqrt(s)."""
    chances = np.cumsum(1 / np.sqrt(np.arange(1, schools + 1)))

    def draw(count: int) -> Ints:
        drawn: Ints = np.searchsorted(chances, rng.random(count) * chances[-1]).clip(max=schools - 1)
        return drawn

    lists = np.stack([draw(parties) for _ in range(LENGTH)], axis=1)
    for at in range(1, LENGTH):
        while len(again := np.flatnonzero((lists[:, :at] == lists[:, at : at + 1]).any(axis=1))):
            lists[again, at] = draw(len(again))
    return lists.astype(np.int64)
