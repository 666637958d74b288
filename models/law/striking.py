"""Pairs of a party and a school that no stable matching contains, struck out one after another, each with its reason.

A school holds, in its order, every party while at least one seat of its pool is left before it. Two reasons strike a
party's school out, and each looks only at pairs not struck out before:

* **full**: the parties ahead of it in the school's order to whom the school is the best that remains have as many
  children as the pool has seats. If it held the school, a seat would be left before it, and so before each of those
  ahead; each of them would hold this school or a better one, better ones are struck out, so all hold it: no seat is
  left.
* **sure of a better one**: at a school it ranks higher, all for whom that school remains and who stand ahead of it
  leave a seat. So a seat is left before it there, and it holds that school or one better still.

Repeated to the end this leaves the reduced lists of Gusfield and Irving (1989), here with bundles. What remains has
the same stable matchings: the last strike behind a pool names parties ahead that remain, so no seat is left before
whoever was struck out as "full"; and whoever is sure of a school holds it or a better one whatever the others do.

``strike_reasons.py`` counts every reason again in other code; the model is made of what that leaves.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from allocator.models.law.bids import Bid, Strike


@dataclass(slots=True)
class _Queue:
    """One school and its order; places count from 0.

    Attributes
    ----------
    gone : bytearray
        1 at places that are struck out.
    end : int
        From here on every place is struck out.
    firsts : list of tuple
        Heap of those to whom the school is the best that remains: minus place, name.
    chosen : int
        Their children.
    sure : int
        Whoever remains at a place before this one is sure of the school.
    inside : int
        Their children.
    """

    school: str
    pool: int
    order: Sequence[str]
    place: dict[str, int] = field(init=False)
    gone: bytearray = field(init=False)
    end: int = field(init=False)
    firsts: list[tuple[int, str]] = field(default_factory=list)
    chosen: int = 0
    sure: int = 0
    inside: int = 0

    def __post_init__(self) -> None:
        self.place = {name: at for at, name in enumerate(self.order)}
        self.gone = bytearray(len(self.order))
        self.end = len(self.order)


class Striking:
    """Strikes out until no reason is left; arguments as for ``solve_stable``."""

    def __init__(self, bids: Sequence[Bid], orders: Mapping[str, Sequence[str]], pools: Mapping[str, int]) -> None:
        self._bids = {bid.name: bid for bid in bids}
        self._queues = {school: _Queue(school, pools[school], order) for school, order in orders.items()}
        self._first = dict.fromkeys(self._bids, 0)
        self._choosing = dict.fromkeys(self._bids)
        self._looking: deque[_Queue] = deque()
        self._found: list[Strike] = []

    def run(self) -> list[Strike]:
        """Return all strikes in their order."""
        for queue in self._queues.values():
            self._close(queue)
            self._looking.append(queue)
        while self._choosing or self._looking:
            if self._choosing:
                self._choose(self._choosing.popitem()[0])
            else:
                self._be_sure(self._looking.popleft())
        return self._found

    def _choose(self, name: str) -> None:
        """Go on to the best school that remains to a party, and close that school behind those it now needs."""
        bid = self._bids[name]
        at = self._first[name]
        while at < len(bid.schools) and self._is_gone(name, bid.schools[at]):
            at += 1
        self._first[name] = at
        if at < len(bid.schools):
            queue = self._queues[bid.schools[at]]
            heappush(queue.firsts, (-queue.place[name], name))
            queue.chosen += bid.size
            self._close(queue)

    def _is_gone(self, name: str, school: str) -> bool:
        queue = self._queues[school]
        return bool(queue.gone[queue.place[name]])

    def _close(self, queue: _Queue) -> None:
        """Strike out all behind the last whom it takes to fill the pool with those who have no better school."""
        while queue.firsts and queue.chosen - self._bids[queue.firsts[0][1]].size >= queue.pool:
            _, last = heappop(queue.firsts)
            queue.chosen -= self._bids[last].size
        if queue.chosen < queue.pool:
            return
        end = 1 - queue.firsts[0][0] if queue.firsts else 0
        for at in range(end, queue.end):
            if not queue.gone[at]:
                self._strike(queue, at, "")
        queue.end = min(queue.end, end)

    def _be_sure(self, queue: _Queue) -> None:
        """Strike out whatever is worse to those before whom a seat is left in any case."""
        while queue.sure < queue.end and queue.inside < queue.pool:
            at = queue.sure
            queue.sure += 1
            if not queue.gone[at]:
                bid = self._bids[queue.order[at]]
                queue.inside += bid.size
                for school in reversed(bid.schools):
                    if school == queue.school:
                        break
                    other = self._queues[school]
                    if not other.gone[other.place[bid.name]]:
                        self._strike(other, other.place[bid.name], queue.school)

    def _strike(self, queue: _Queue, at: int, sure: str) -> None:
        """Strike one pair out and note who has to look again."""
        name = queue.order[at]
        queue.gone[at] = 1
        self._found.append(Strike(name, queue.school, sure))
        if at < queue.sure:
            queue.inside -= self._bids[name].size
            self._looking.append(queue)
        if not sure and self._bids[name].schools[self._first[name]] == queue.school:
            self._choosing[name] = None
