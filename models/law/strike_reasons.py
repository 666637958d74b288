"""Counts the reason of every struck-out pair again, in the order given, from lists, orders and pools alone.

Nothing here is shared with the search that found them (``striking.py``): any sequence of strikes can be judged, also
one made by hand. What a strike may rest on is counted over all who remain at that moment, never remembered from the
strikes before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from allocator.ground import DisagreementError
from allocator.models.law.bids import Bid, Strike


class ChildrenAhead:
    """Children at the places of an order; how many stand before a place is a sum over few numbers.

    Places lie in blocks, blocks in rows; as many places in a block as blocks in a row.
    """

    def __init__(self, children: Sequence[int]) -> None:
        self._width = max(2, round(len(children) ** (1 / 3)))
        self._at = list(children)
        self._blocks = self._sums(self._at)
        self._rows = self._sums(self._blocks)

    def _sums(self, numbers: Sequence[int]) -> list[int]:
        """Sums of as many numbers as a block has."""
        return [sum(numbers[start : start + self._width]) for start in range(0, len(numbers), self._width)]

    def add(self, place: int, children: int) -> None:
        """Add children at a place."""
        block = place // self._width
        self._at[place] += children
        self._blocks[block] += children
        self._rows[block // self._width] += children

    def before(self, place: int) -> int:
        """Return the children at all places before one."""
        width = self._width
        block = place // width
        row = block // width
        return sum(self._rows[:row]) + sum(self._blocks[row * width : block]) + sum(self._at[block * width : place])


class _School:
    """A school's order, who remains in it, and to whom it is the best that remains."""

    def __init__(self, order: Sequence[str], size: Mapping[str, int]) -> None:
        self.place = {name: place for place, name in enumerate(order)}
        self.remain = ChildrenAhead([size[name] for name in order])
        self.best = ChildrenAhead([0] * len(order))


class Remaining:
    """The lists as they shrink; arguments as for ``solve_stable``."""

    def __init__(self, bids: Sequence[Bid], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int]) -> None:
        self._bids, self._pools = list(bids), pools
        self._size = {bid.name: bid.size for bid in bids}
        self._lists = {bid.name: {school: rank for rank, school in enumerate(bid.schools)} for bid in bids}
        self._schools_of = {bid.name: bid.schools for bid in bids}
        self._best = {bid.name: 0 for bid in bids}
        self._schools = {school: _School(order, self._size) for school, order in orders.items()}
        for bid in bids:
            if bid.schools:
                self._count_best(bid.name, bid.schools[0], bid.size)

    def lists(self) -> list[Bid]:
        """Return the bids with what remains of their lists; without those to whom nothing remains."""
        shrunk = (bid._replace(schools=list(self._lists[bid.name])) for bid in self._bids)
        return [bid for bid in shrunk if bid.schools]

    def apply(self, strike: Strike) -> bool:
        """Strike a pair out if its reason holds now; return whether it does."""
        if strike.school not in self._lists.get(strike.name, ()) or not self._holds(strike):
            return False
        rank = self._lists[strike.name].pop(strike.school)
        school, size = self._schools[strike.school], self._size[strike.name]
        school.remain.add(school.place[strike.name], -size)
        if rank == self._best[strike.name]:
            self._go_on(strike.name, strike.school)
        return True

    def _holds(self, strike: Strike) -> bool:
        """Whether the reason holds."""
        name, place = strike.name, self._schools[strike.school].place[strike.name]
        if not strike.sure:
            return self._schools[strike.school].best.before(place) >= self._pools[strike.school]
        ranks = self._lists[name]
        if ranks.get(strike.sure, ranks[strike.school]) >= ranks[strike.school]:
            return False  # it remains no more, or ranks lower
        better = self._schools[strike.sure]
        return better.remain.before(better.place[name]) < self._pools[strike.sure]

    def _go_on(self, name: str, school: str) -> None:
        """The best school of a party was struck out: count it at the next one that remains."""
        self._count_best(name, school, -self._size[name])
        schools, at = self._schools_of[name], self._best[name]
        while at < len(schools) and schools[at] not in self._lists[name]:
            at += 1
        self._best[name] = at
        if at < len(schools):
            self._count_best(name, schools[at], self._size[name])

    def _count_best(self, name: str, school: str, children: int) -> None:
        here = self._schools[school]
        here.best.add(here.place[name], children)


def without_strikes_and_reasons(
    bids: Sequence[Bid], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int], strikes: Iterable[Strike],
    rule: str,
) -> list[Bid]:  # fmt: skip
    """Return the bids without the struck-out pairs, every reason counted again.

    Parameters
    ----------
    strikes : iterable of Strike
        In the order in which their reasons hold.

    Raises
    ------
    DisagreementError
        At the first strike whose reason does not hold.
    """
    remaining = Remaining(bids, orders, pools)
    for strike in strikes:
        if not remaining.apply(strike):
            params = {"rule": rule, "party": strike.name, "school": strike.school, "sure": strike.sure or "-"}
            raise DisagreementError("agree.struck_out", params)
    return remaining.lists()
