"""A journal played once more for what lists tell of the past: orders of draws, and who got and gave up a seat."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from allocator.book import SEATED, Book, BookParty, BookState, Law, opening_orders


class SeatMove(NamedTuple):
    """A party as it was before an event and as it was after it; a late family was nothing before."""

    seq: int
    before: BookParty | None
    after: BookParty


class HolderChange(NamedTuple):
    """A child who came to a school of a round, or went from there; ``seq`` is the event that did it."""

    child: str
    school: str
    came: bool
    seq: int


class PlayedSeats(NamedTuple):
    """What a journal played once more tells.

    Attributes
    ----------
    moves : tuple of SeatMove
        Of events other than the opening of a round, which moves nobody who has a seat.
    orders : mapping of str to mapping
        By round and draw id who stood in the order, at the opening.
    opened, published : mapping of str to int
        By round ``seq`` of its opening and of its publicity.
    seated : mapping of str to tuple of BookParty
        By round who got a seat at its opening, as they were then.
    """

    moves: tuple[SeatMove, ...]
    orders: Mapping[str, Mapping[str, tuple[str, ...]]]
    opened: Mapping[str, int]
    published: Mapping[str, int]
    seated: Mapping[str, tuple[BookParty, ...]]


def played_seats(law: Law, journal: Iterable[bytes]) -> PlayedSeats:
    """Return what a sound journal under some law tells of seats and draws.

    Parameters
    ----------
    journal : iterable of bytes
        Its lines, without LF.
    """
    book, moves = Book(law.district), list[SeatMove]()
    orders: dict[str, Mapping[str, tuple[str, ...]]] = {}
    opened: dict[str, int] = {}
    published: dict[str, int] = {}
    seated: dict[str, tuple[BookParty, ...]] = {}
    for seq, line in enumerate(journal, start=1):
        event = {key: value for key, value in json.loads(line).items() if key not in ("seq", "prev")}
        before, kind, name = book.state, event["type"], event.get("round", "")
        if kind == "round_opened":
            found = opening_orders(book.law, before, name)
            orders[name] = {draw: tuple(comer.party.party_id for comer in comers) for draw, comers in found.items()}
            opened[name] = seq
        elif kind == "publicity_opened":
            published[name] = seq
        elif kind == "annulled":
            published = {r: n for r, n in published.items() if n != event["annuls"]}
        book.propose(event)
        if kind == "round_opened":
            parties = book.state.parties.values()
            seated[name] = tuple(party for party in parties if party.state == SEATED and party.round == name)
        elif kind != "drawn":
            moves += _moves(seq, before, book.state)
    return PlayedSeats(tuple(moves), orders, opened, published, seated)


def _moves(seq: int, before: BookState, after: BookState) -> Iterator[SeatMove]:
    """Yield the parties that are others after an event; what does not change is the same object."""
    for name, party in after.parties.items():
        was = before.parties.get(name)
        if was is not party and _place(was) != _place(party):
            yield SeatMove(seq, was, party)


def _place(party: BookParty | None) -> tuple[object, ...]:
    """What of a party a list shows."""
    return () if party is None else (party.state, party.round, party.school, party.children)


def changes_since(moves: Iterable[SeatMove], since: int, rounds: Collection[str]) -> tuple[HolderChange, ...]:
    """Return who came to a seat of some rounds, or went from one, since an event; who came and went again is neither.

    Parameters
    ----------
    since : int
        ``seq`` of the event after which changes count.
    rounds : collection of str
        Names of rounds; the empty one for seats that objections and rulings gave.
    """
    courses: dict[str, list[tuple[int, str]]] = {}
    for move in moves:
        if move.seq > since:
            was, now = _held(move.before, rounds), _held(move.after, rounds)
            for child in sorted(was.keys() | now.keys()):
                if was.get(child, "") != now.get(child, ""):
                    courses.setdefault(child, [(0, was.get(child, ""))]).append((move.seq, now.get(child, "")))
    found = []
    for child, course in courses.items():
        (_, first), (seq, last) = course[0], course[-1]
        if first != last:
            ends = ((first, False), (last, True))
            found += [HolderChange(child, school, came, seq) for school, came in ends if school]
    return tuple(sorted(found))


def _held(party: BookParty | None, rounds: Collection[str]) -> Mapping[str, str]:
    """Return by child the school of the seat that a party holds of some rounds."""
    if party is None or party.state != SEATED or party.round not in rounds:
        return {}
    return dict.fromkeys(party.children, party.school)
