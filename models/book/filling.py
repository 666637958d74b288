"""Who moves of those who wait at one school: a cut (``law/cut.py``) with that school alone, then counted once more.

Whoever cannot move whatever the others do is left out of the cut, for a reason that needs no search:

* no room even with nobody ahead: there is none with somebody ahead either;
* behind as many single children with room as there are seats: each of these moves while a seat is left, so none is.

What remains is solved, and proven to be the only solution. Then the answer is counted on the whole list: each party
moves exactly where procedure.md section 3 has room for it behind those ahead of it that move. Who moves depends on
those ahead only, so by induction along the list there is one answer for which the count holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from allocator.ground import DisagreementError
from allocator.models.law.cut import Comer, SchoolSeats, solve_cut

_HERE = "here"


def who_moves_when_filling(sizes: Sequence[int], seats: SchoolSeats, rule: str) -> list[int]:
    """Return the places of those who move in a list of parties of these sizes, in its order.

    Raises
    ------
    DisagreementError
        If the constraints have no solution or a second one, or the count does not hold.
    """
    contested = list(_contested(sizes, seats))
    comers = [Comer(sizes[at], [_HERE]) for at in contested]
    held = solve_cut(comers, {_HERE: seats}, rule) if contested else []
    moving = [at for at, school in zip(contested, held, strict=True) if school]
    if not is_filled(sizes, seats, set(moving)):
        raise DisagreementError("agree.refill", {"rule": rule})
    return moving


def _contested(sizes: Sequence[int], seats: SchoolSeats) -> Iterator[int]:
    """Leave out those of whom the top of this file says why they cannot move."""
    singles = 0
    for at, size in enumerate(sizes):
        if singles >= seats.free:
            return
        if seats.most_ahead(size) >= 0:
            singles += size == 1
            yield at


def is_filled(sizes: Sequence[int], seats: SchoolSeats, moving: Collection[int]) -> bool:
    """Whether exactly those move who have room behind those ahead of them that move, by the words of section 3."""
    ahead = 0
    for at, size in enumerate(sizes):
        left = seats.free - ahead
        has_room = size <= left or (left > 0 and ahead + size <= seats.under_cap)
        if has_room != (at in moving):
            return False
        ahead += size * has_room
    return True
