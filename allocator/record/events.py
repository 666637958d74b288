"""One event of the record, and what it is made from again."""

from __future__ import annotations

from typing import Any, NamedTuple


class Cut(NamedTuple):
    """The last party admitted at a school: what a party would have had to be ahead of.

    Attributes
    ----------
    phase : str
        Where it was admitted, as in the column ``phase``.
    order : str
        Id of the draw whose ticket it is; empty if it was placed without one.
    category, ticket, party : str
        Its category, its ticket in that order, its id.
    tier : int
        Its tier, 1 first; 0 where tiers do not count.
    step : int
        1 or 2 in a batch; 0 elsewhere.
    key : tuple of (str, int)
        What counted before its ticket, as in ``Event``.
    """

    phase: str
    order: str
    category: str
    tier: int
    ticket: str
    party: str
    step: int = 0
    key: tuple[tuple[str, int], ...] = ()


class Event(NamedTuple):
    """One thing that happened to one party, in the order in which it happened.

    Attributes
    ----------
    seq : int
        Number of the line, 1 first, consecutive.
    phase : str
        As in the column ``phase``; the phase's id where that column stays empty; empty for ``unplaced``.
    step : int
        1 or 2 in a batch; 0 elsewhere.
    party : str
        Id of the party.
    children : tuple of str
        Its children, if there are several.
    school : str
        The school it came to; empty where none is meant.
    choice : int
        Number of that school on the party's list; 0 where there is no list.
    result : str
        ``admitted``, ``diverted``, ``adjusted``, ``not_admitted``, ``passed_over``, ``no_seat``, ``external``,
        ``needs_ruling`` or ``unplaced``.
    rule : str
        The clause.
    order, draw_id : str
        Id of the draw that gives the order; the same again if that draw was held.
    ticket : str
        The party's ticket in that order; its number or place in the ring where these stand for tickets.
    rank, of : int
        Its rank in the order, 1 first, and the number of parties in it; 0 where there is no order.
    category, status : str
        Columns of the roster.
    tier : int
        Tier of a voluntary round, 1 first; 0 where tiers do not count.
    key : tuple of (str, int)
        What counts before the ticket in that order, most important first, by name: ``tier``, ``category``,
        ``sibling``, ``walk_zone``, ``status``, ``passed_over``; of each the smaller number comes first.
    seats_open : int or None
        Seats when the queue formed; None where no single school is meant.
    seats_before, seats_after : int or None
        Seats at the party's turn and after it; below 0 where a bundle was admitted over plan.
    cut : Cut or None
        For a refusal: the last party admitted there; None if nobody was.
    schools : tuple of str
        Schools without room that the party tried before, where one event stands for several.
    cuts : tuple of (Cut or None)
        The last party admitted at each of ``schools``, in the same order; None if nobody was.
    seats_there : tuple of int
        Seats left at each of ``schools``; above 0 only where a bundle did not fit.
    schools_rule : str
        The clause by which those schools gave no seat.
    kept : int
        Seats there that stay free for children of later batches whose home school it is.
    nearest : bool
        Whether the party came to schools by distance from its home.
    """

    seq: int
    phase: str
    party: str
    result: str
    rule: str
    category: str
    status: str
    step: int = 0
    children: tuple[str, ...] = ()
    school: str = ""
    choice: int = 0
    order: str = ""
    draw_id: str = ""
    ticket: str = ""
    rank: int = 0
    of: int = 0
    tier: int = 0
    key: tuple[tuple[str, int], ...] = ()
    seats_open: int | None = None
    seats_before: int | None = None
    seats_after: int | None = None
    cut: Cut | None = None
    schools: tuple[str, ...] = ()
    cuts: tuple[Cut | None, ...] = ()
    seats_there: tuple[int, ...] = ()
    schools_rule: str = ""
    kept: int = 0
    nearest: bool = False


ALWAYS = 7
"""The first fields of an event stand on every line, the others only where they say something."""

SEATS = frozenset({"seats_open", "seats_before", "seats_after"})


def event_of_content(content: dict[str, Any]) -> Event:
    """Return the event whose fields are given, as JSON holds them.

    Raises
    ------
    TypeError, ValueError
        If keys are missing, unknown or of the wrong kind, or a school without room lacks its cut or its seats.
    """
    event = Event(**content)
    if not isinstance(event.seq, int) or not all(isinstance(value, str) for value in event[1:ALWAYS]):
        raise ValueError("Expected a number and texts at the head of an event.")
    if not len(event.schools) == len(event.cuts) == len(event.seats_there):
        raise ValueError("Expected one cut and one number of seats for every school without room.")
    children, schools, seats = tuple(event.children), tuple(event.schools), tuple(event.seats_there)
    event = event._replace(children=children, schools=schools, seats_there=seats, key=_pairs(event.key))
    return event._replace(cut=_cut(event.cut), cuts=tuple(map(_cut, event.cuts)))


def _cut(content: Any) -> Cut | None:
    """Return a cut from its form in JSON."""
    if not isinstance(content, dict):
        return None
    cut = Cut(**content)
    return cut._replace(key=_pairs(cut.key))


def _pairs(key: Any) -> tuple[tuple[str, int], ...]:
    """Return what counts before a ticket, from its form in JSON: an object."""
    return tuple(dict(key).items())
