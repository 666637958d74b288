"""The planning optimum: methods in a table, and from a solution back to children (docs/planning.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np

from allocator.domain import EXTERNAL_SCHOOL, NO_SCHOOL, District, Ints
from allocator.models.limit import Limit
from allocator.models.optimum.core import Whole, certified_core, keep_core_whole
from allocator.models.optimum.flow import Relaxation, relax_to_flow
from allocator.models.optimum.market import Market
from allocator.models.optimum.plain import solve_plain
from allocator.models.optimum.prices import bound_of_prices
from allocator.models.parties import lots_of_parties

Progress: TypeAlias = Callable[[str], None]

DRAW = "optimum"
"""Draw id of the tickets by which the children of one type take turns."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """A list that is best, or the best found in time.

    Attributes
    ----------
    market : Market
        What was solved.
    placed : (a,) int64
        Parties of each option.
    unplaced : (t,) int64
        Parties of each type without a seat.
    price : (m,) int64
        Seat prices.
    relaxed_bound : int
        Bound by the prices: no list is worth more.
    proven : bool
        Whether no list is worth more than this one.
    on_word : tuple of (tuple of str, int)
        Components that rest on the solver's word: schools and gap.
    """

    market: Market
    placed: Ints
    unplaced: Ints
    price: Ints
    relaxed_bound: int
    proven: bool
    on_word: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def objective(self) -> int:
        """Value of the list (planning.md section 3)."""
        market = self.market
        return int((market.size[market.owner] * self.placed) @ market.value)

    @property
    def bound(self) -> int:
        """What no list can exceed: the objective where it is proven, else the bound by the prices."""
        return self.objective if self.proven else self.relaxed_bound


Method: TypeAlias = Callable[[Market, Relaxation, Limit, Progress], Whole]


def _plain(market: Market, relaxation: Relaxation, limit: Limit, progress: Progress) -> Whole:
    """CP-SAT with a Boolean for each party and school; the relaxation only gives the certificate its prices."""
    found = solve_plain(market, limit)
    if found is None:
        return keep_core_whole(market, relaxation, Limit(0.0), progress)
    placed, unplaced, proven = found
    return certified_core(market, relaxation, placed, unplaced) if proven else Whole(placed, unplaced, False, ())


METHODS: Mapping[str, Method] = {
    "core": keep_core_whole,
    "flow": partial(keep_core_whole, at_once=True),
    "plain": _plain,
}
"""Fastest first; all of them find the same optimum. After the flow, the cores of torn bundles alone, or all anew."""


def optimise(
    market: Market, method: str = "core", limit: Limit | None = None, progress: Progress = lambda _: None
) -> Optimum:
    """Return the best list of a planning instance.

    Parameters
    ----------
    market : Market
        The instance, without ``weight_sum_faults`` and ``weight_dominance_faults`` of ``weights.py``.
    method : str
        A key of ``METHODS``.
    limit : Limit, optional
        Where it ends the search, the best list found so far is returned with its bound.
    """
    limit = Limit() if limit is None else limit
    progress("progress.flow")
    relaxation = relax_to_flow(market, limit)
    if relaxation is None:
        unsolved = _unsolved(market)
        return _optimum(market, unsolved, keep_core_whole(market, unsolved, limit, progress))
    progress("progress.bundles")
    return _optimum(market, relaxation, METHODS[method](market, relaxation, limit, progress))


def _optimum(market: Market, relaxation: Relaxation, whole: Whole) -> Optimum:
    return Optimum(
        market, whole.placed, whole.unplaced, relaxation.price, relaxation.bound, whole.proven, whole.on_word
    )


def _unsolved(market: Market) -> Relaxation:
    """What is known without solving anything: prices of 0 and their bound; nobody has a seat yet."""
    price = np.zeros(len(market.schools), dtype=np.int64)
    nobody = np.zeros(len(market.school), dtype=np.int64)
    return Relaxation(nobody, np.zeros(market.types, dtype=np.int64), price, bound_of_prices(market, price))


def options_of_parties(market: Market, optimum: Optimum, district: District) -> Ints:
    """Return the option of each party, ``NO_SCHOOL`` or ``EXTERNAL_SCHOOL``; shape (n,) (planning.md section 7).

    Inside a type the parties of the smaller tickets get the larger value, then the smaller school id, no seat last.
    """
    chosen = np.full(len(market.parties), EXTERNAL_SCHOOL, dtype=np.int64)
    at = np.flatnonzero(market.type_of >= 0)
    options = np.lexsort([market.school, -market.value, market.owner])
    seated = np.repeat(options, optimum.placed[options])
    without = np.repeat(np.arange(market.types), optimum.unplaced)
    taken = np.concatenate([seated, np.full(len(without), NO_SCHOOL)])
    owner = np.concatenate([market.owner[seated], without])
    taken = taken[np.argsort(owner, kind="stable")]
    turn = _turns(market, optimum, district, at)
    chosen[at[np.lexsort([turn, market.type_of[at]])]] = taken
    return chosen


def _turns(market: Market, optimum: Optimum, district: District, at: Ints) -> Ints:
    """Rank of the ticket of each party; 0 for types all of whose parties go the same way."""
    ways = np.bincount(market.owner, optimum.placed > 0, market.types) + (optimum.unplaced > 0)
    turn = np.zeros(len(at), dtype=np.int64)
    drawn = np.flatnonzero(ways[market.type_of[at]] > 1)
    tickets = list(map(lots_of_parties(district, DRAW), (market.parties[i].applicant_id for i in at[drawn].tolist())))
    turn[drawn[sorted(range(len(tickets)), key=tickets.__getitem__)]] = np.arange(len(tickets))
    return turn
