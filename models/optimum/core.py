"""Whole bundles: what of a relaxed assignment has to be decided anew, part by part (docs/planning.md section 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import numpy as np

from allocator.domain import NO_SCHOOL, Ints
from allocator.models.limit import Limit
from allocator.models.optimum.component import Component, solve_component
from allocator.models.optimum.flow import Relaxation
from allocator.models.optimum.market import Market
from allocator.models.optimum.prices import losses_at_prices

_FIRST_WIDTH = 16  # unit of values; where ties alone do not let all bundles stay whole
_GROWTH = 4


@dataclass(slots=True)
class Whole:
    """A list with whole bundles.

    Attributes
    ----------
    placed : (a,) int64
        Parties of each option.
    unplaced : (t,) int64
        Parties of each type without a seat.
    proven : bool
        Whether no better list exists.
    on_word : tuple of (tuple of str, int)
        Schools and gap of the components that rest on the solver's word.
    """

    placed: Ints
    unplaced: Ints
    proven: bool
    on_word: tuple[tuple[tuple[str, ...], int], ...]


def certified_core(market: Market, relaxation: Relaxation, placed: Ints, unplaced: Ints) -> Whole:
    """Return a list that is known to be best with the components whose gap rests on the solver's word.

    They are those of the least width that closes the gap of the finished list (planning.md section 5), which the search
    may have gone beyond on its way; a list that is best in wider cores is best in narrower ones.
    """
    search = _Search(market, relaxation)
    search.placed, search.unplaced = placed, unplaced
    while search.width < (needed := search.needed()):
        search.widen(needed)
    return Whole(placed, unplaced, True, tuple(search.on_word()))


def keep_core_whole(
    market: Market, relaxation: Relaxation, limit: Limit, progress: Callable[[str], None], *, at_once: bool = False
) -> Whole:
    """Return the best list in which no bundle is parted, from the relaxation in which bundles may be.

    Parameters
    ----------
    limit : Limit
        Where it ends the search, the list is complete but not proven.
    at_once : bool
        Decide all options anew if any bundle is torn, instead of the cores alone.
    """
    search = _Search(market, relaxation, width=None if at_once else 0)
    proven = search.run(limit, progress)
    search.settle_rest()
    if not proven:  # what a solver had in hand when it was stopped can be poorer than what was there before
        rounded = _Search(market, relaxation)
        rounded.settle_rest()
        search = max(search, rounded, key=_Search.worth)
    if proven or not search.needed():  # no gap at all needs no search
        return certified_core(market, relaxation, search.placed, search.unplaced)
    return Whole(search.placed, search.unplaced, False, ())


class _Search:
    """A list on its way to being whole and proven.

    The relaxation's parties stay where they sit unless their component has to be solved.
    """

    def __init__(self, market: Market, relaxation: Relaxation, width: int | None = 0) -> None:
        each, none = losses_at_prices(market, relaxation.price)
        self.market, self.price = market, relaxation.price
        self.loss, self.none = each * market.size[market.owner], none * market.size
        self.placed = relaxation.flow // market.size[market.owner]
        self.unplaced = relaxation.unseated // market.size
        everything = int(max(self.loss.max(initial=0), self.none.max(initial=0)))
        self.width = 2 * everything if width is None else width
        self.label = np.zeros(len(market.schools), dtype=np.int64)
        self.of_type = np.zeros(market.types, dtype=np.int64)
        self.gap = np.zeros(0, dtype=np.int64)
        self._name_components()

    def run(self, limit: Limit, progress: Callable[[str], None]) -> bool:
        """Widen until the condition of planning.md section 5 holds; False where the search had to end before."""
        while not limit.over:
            progress(f"± {self.width}")
            fits = self._solve_components(limit)
            if fits is None:
                return False
            needed = self.needed()
            if fits and self.width >= needed:
                return True
            # Step by step: a list that only just fits a narrow core can have a gap as wide as the whole district.
            step = max(_FIRST_WIDTH, self.width * _GROWTH)
            self.widen(min(needed, step) if fits else step)
        return False

    def worth(self) -> int:
        """Value of the list."""
        return int((self.market.size[self.market.owner] * self.placed) @ self.market.value)

    def needed(self) -> int:
        """Width that the two largest gaps call for."""
        return sum(sorted(self.gaps(), reverse=True)[:2])

    def widen(self, width: int) -> None:
        """Look at wider cores."""
        self.width = width
        self._name_components()

    def _name_components(self) -> None:
        """Label schools, and types by the schools of their core; -1 for types whose core has none."""
        market, core = self.market, np.flatnonzero(self.loss <= self.width)
        owner, school = market.owner[core], market.school[core]
        first = np.full(market.types, -1, dtype=np.int64)
        first[owner[::-1]] = school[::-1]
        pairs = np.unique(first[owner] * len(market.schools) + school)
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(market.schools)))
        ends = divmod(pairs, len(market.schools))
        graph.add_edges_from(zip(*(end.tolist() for end in ends), strict=True))
        for component in nx.connected_components(graph):
            self.label[list(component)] = min(component)
        self.of_type = np.append(self.label, -1)[first]  # -1 stands last

    def _torn(self) -> Ints:
        """Parties of each type that are at no option yet."""
        market = self.market
        return market.count - self.unplaced - np.bincount(market.owner, self.placed, market.types).astype(np.int64)

    def _empty(self) -> Ints:
        """Seats left at each school."""
        market = self.market
        children = np.bincount(market.school, self.placed * market.size[market.owner], len(market.schools))
        return market.seats - children.astype(np.int64)

    def gaps(self) -> list[int]:
        """Gap of every component that has one; a party whose core has no school is one by itself."""
        gap = np.zeros(len(self.market.schools) + 1, dtype=np.int64)
        np.add.at(gap, self.of_type[self.market.owner], self.loss * self.placed)
        np.add.at(gap, self.of_type, self.none * self.unplaced)
        np.add.at(gap, self.label, self.price * self._empty())
        self.gap = gap[:-1]
        alone = (self.of_type[self.market.owner] < 0) & (self.placed > 0)
        found: list[int] = np.repeat(self.loss[alone], np.minimum(self.placed[alone], 2)).tolist()
        found += self.gap[self.gap > 0].tolist()
        return found

    def _solve_components(self, limit: Limit) -> bool | None:
        """Solve the components with torn bundles or a gap; False where one does not fit, None where time ended it."""
        torn = np.bincount(self.of_type[self._torn() > 0] + 1, minlength=len(self.market.schools) + 1)[1:] > 0
        self.gaps()
        fits = True
        for component in np.unique(self.label[torn[self.label] | (self.gap[self.label] > 0)]).tolist():
            if limit.over:
                return None
            found = self._solve(component, bool(torn[component]), limit)
            if found is None:
                return None
            fits = fits and found
        return fits

    def _solve(self, label: int, torn: bool, limit: Limit) -> bool | None:
        """Solve one component and take its list over; whether there was one, None where nothing was proven."""
        market = self.market
        here = np.flatnonzero(self.of_type == label)
        schools = np.flatnonzero(self.label == label)
        of_type = np.full(market.types, -1, dtype=np.int64)
        of_type[here] = np.arange(len(here))
        of_school = np.full(len(market.schools), -1, dtype=np.int64)
        of_school[schools] = np.arange(len(schools))
        options = np.flatnonzero((of_type[market.owner] >= 0) & (self.loss <= self.width))
        outside = here[self.none[here] <= self.width]
        component = Component(
            market.size[here], market.count[here],
            np.concatenate([of_type[market.owner[options]], of_type[outside]]),
            np.concatenate([of_school[market.school[options]], np.full(len(outside), NO_SCHOOL)]),
            np.concatenate([self.loss[options], self.none[outside]]),
            market.seats[schools], self.price[schools],
        )  # fmt: skip
        known = None if torn else int(self.gap[label])
        found = solve_component(component, known, limit)
        if found.placed is not None:
            self.placed[of_type[market.owner] >= 0] = 0
            self.unplaced[here] = 0
            self.placed[options] = found.placed[: len(options)]
            self.unplaced[outside] = found.placed[len(options) :]
        return (found.placed is not None) if found.proven else None

    def settle_rest(self) -> None:
        """Seat parties that are at no option yet where they lose least and there is room, else without a seat."""
        market, torn, left = self.market, self._torn(), self._empty()
        waiting_types = np.flatnonzero(torn > 0)
        first = np.lexsort([waiting_types, -market.size[waiting_types], -self._dearest()[waiting_types]])
        for i in waiting_types[first].tolist():
            options = range(market.starts[i], market.starts[i + 1])
            size, waiting = int(market.size[i]), int(torn[i])
            for option in sorted(options, key=lambda at: (self.loss[at], at)):
                school = market.school[option]
                seated = min(waiting, max(int(left[school]), 0) // size)
                self.placed[option] += seated
                left[school] -= seated * size
                waiting -= seated
            self.unplaced[i] += waiting

    def _dearest(self) -> Ints:
        """Largest value of a seat for one child of each type: who has most to lose comes first."""
        dearest = np.zeros(self.market.types, dtype=np.int64)
        np.maximum.at(dearest, self.market.owner, self.market.value)
        return dearest

    def on_word(self) -> list[tuple[tuple[str, ...], int]]:
        """Schools and gap of every component that has a gap: that it cannot be less is the solver's word."""
        self.gaps()
        names = np.array(self.market.schools, dtype=object)
        return [
            (tuple(names[self.label == label].tolist()), int(self.gap[label]))
            for label in np.unique(self.label[self.gap[self.label] > 0]).tolist()
        ]
