"""Section 3 of procedure.md: whom a cut admits, and among whom a draw was held."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from allocator.checking.book.year import Year

Thing = TypeVar("Thing")
Name = TypeVar("Name", bound=Hashable)


def put_apart_for_cuts(things: Iterable[Thing], key: Callable[[Thing], Name]) -> dict[Name, list[Thing]]:
    """Put things apart by a key, in their order."""
    found: dict[Name, list[Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def cut_order(year: Year, before: Mapping[str, Any], draw: str) -> tuple[str, ...]:
    """Parties in the order of what counts before the ticket, then of their tickets in a draw."""
    return tuple(sorted(before, key=lambda party: (before[party], year.statute.ticket(year.seed, draw, party))))


def cut_queue(year: Year, school: str, ordered: Sequence[str]) -> list[str]:
    """Return those of an order whom a school admits against what it has left."""
    admitted: list[str] = []
    coming = 0
    for party in ordered:
        size = year.households[party].size
        if year.room(school, year.left(school) - coming, size, coming):
            admitted.append(party)
            coming += size
    return admitted


def drawn_at_cut(came: Sequence[str], admitted: Collection[str], before: Mapping[str, Hashable]) -> set[str]:
    """Return the parties among whom a draw was held: equals before the ticket, some admitted and some not."""
    seated = frozenset(admitted)
    groups = put_apart_for_cuts(came, before.__getitem__).values()
    return {party for equals in groups if 0 < len(seated.intersection(equals)) < len(equals) for party in equals}
