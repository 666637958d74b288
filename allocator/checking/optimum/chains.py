"""Chains of single children who change seats: a list that one of them could better is not optimal, bundles or not."""

from __future__ import annotations

from allocator.checking.optimum.losses import Losses
from allocator.checking.parties import NO_SCHOOL


def has_gaining_chain(losses: Losses) -> bool:
    """Return whether some chain of moves of single children makes the list better.

    Each child of a chain moves to the school that the next one leaves; the chain begins and ends at an empty seat or
    without a seat, or closes. With bundles where they are this is an assignment of single children, optimal exactly if
    no such chain gains (Ahuja, Magnanti and Orlin 1993). Found as a positive cycle of gains over the schools.
    """
    gains, start = _gains(losses), len(losses.seats)
    best = [0] * (start + 1)
    for _ in range(start + 2):
        changed = False
        for (source, target), gain in gains.items():
            if best[source] + gain > best[target]:
                best[target] = best[source] + gain
                changed = True
        if not changed:
            return False
    return True


def _gains(losses: Losses) -> dict[tuple[int, int], int]:
    """Largest gain of a single child's move between two schools; the last place stands for no seat and empty seats."""
    values, outside = losses.values, len(losses.seats)
    gains: dict[tuple[int, int], int] = {}
    seen: set[tuple[int, int]] = set()
    for kind, school, size in zip(values.kinds, losses.at, losses.sizes, strict=True):
        if size > 1 or (kind, school) in seen:
            continue
        seen.add((kind, school))
        options = [*values.options(kind), (NO_SCHOOL, 0)]
        here = next(value for option, value in options if option == school)
        for option, value in options:
            pair = (outside if school == NO_SCHOOL else school, outside if option == NO_SCHOOL else option)
            if pair[0] != pair[1]:
                gains[pair] = max(gains.get(pair, value - here), value - here)
    for school, lost in enumerate(losses.vacant):
        gains[outside, school] = max(gains.get((outside, school), 0), 0)  # a seat that is left may stay empty
        if lost:
            gains[school, outside] = max(gains.get((school, outside), 0), 0)  # an empty seat takes whoever comes
    return gains
