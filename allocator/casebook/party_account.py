"""All that a book knows of one party: its seat and how it came, where it waits, its marks, what touched it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from allocator.book import (
    EXTERNAL,
    PENDING,
    SEATED,
    WAITING,
    Book,
    BookParty,
    BookState,
    Law,
    place_in_refill_queue,
    refill_queues,
)
from allocator.casebook.figures import party_by_child
from allocator.casebook.history import History, history_of
from allocator.casebook.movements import PartyPlace
from allocator.domain import (
    ADMITTED,
    STATUSES,
    AdjustmentPhase,
    BatchPhase,
    BookEvent,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
)
from allocator.ground import Fault, InputError


class SeatLot(NamedTuple):
    """The lot by which a seat came.

    Attributes
    ----------
    draw_id, ticket : str
        The draw, and the party's ticket in it, or what stands for it under another order.
    place, parties : int or None
        Its place in the order at the school as the opening fixed it, and how many stood there; at a home school among
        those for whom it is that. None for an order over several schools (diversion, adjustment).
    """

    draw_id: str
    ticket: str
    place: int | None
    parties: int | None


class QueuePlace(NamedTuple):
    """A queue in which a party waits: its place among those who wait there now, 1 for the first."""

    round: str
    school: str
    place: int


class TouchingEvent(NamedTuple):
    """An event that named or moved a party.

    Attributes
    ----------
    event : BookEvent
        The line of the journal.
    before, after : PartyPlace or None
        Where the party was and is; None where the book did not know it.
    annulled_by : int
        ``seq`` of the line that took it back; 0 where it stands.
    """

    event: BookEvent
    before: PartyPlace | None
    after: PartyPlace | None
    annulled_by: int


class PartyAccount(NamedTuple):
    """All about one party.

    Attributes
    ----------
    asked : str
        The id by which somebody asked: of the party or of a child.
    left_as : str
        State of the child asked for, where it has left its party; else empty.
    party : BookParty
        As it stands.
    gone : tuple of str
        Children that have left it.
    home : str
        Its present home school; may be empty.
    lot : SeatLot or None
        Of its seat, where an order by lot gave it.
    queues : tuple of QueuePlace
        Where it waits.
    comes_to : str
        While it waits: the round to come in which it takes part next; empty where none is pending.
    events : tuple of TouchingEvent
        In the journal's order.
    """

    asked: str
    left_as: str
    party: BookParty
    gone: tuple[str, ...]
    home: str
    lot: SeatLot | None
    queues: tuple[QueuePlace, ...]
    comes_to: str
    events: tuple[TouchingEvent, ...]


def party_account(book: Book, district: District, asked: str) -> PartyAccount:
    """Return all about the party of an id.

    Parameters
    ----------
    book : Book
        After the journal's last line.
    district : District
        What it is played over.
    asked : str
        Id of a party or of a child of it, one that has left it too.

    Raises
    ------
    InputError
        If the book knows no such id.
    """
    law, state = book.law, book.state
    known = party_by_child(law, state)
    name = asked if asked in state.parties else known.get(asked, "")
    if name not in state.parties:
        code = "book.show.unknown" if state.parties else "book.show.too_early"
        raise InputError([Fault(code, "PARTY", 0, "", asked)])
    party = state.parties[name]
    gone = tuple(sorted(child for child in state.left_early if known[child] == name))
    places = [(round_, school) for round_, school in refill_queues(state, party)]
    queues = tuple(QueuePlace(r, s, place_in_refill_queue(state, party, r, s)) for r, s in places)
    left_as = state.left_early.get(asked, "")
    events = tuple(_touching(district, book.journal, party.party_id, {name, *party.children, *gone}))
    return PartyAccount(asked, left_as, party, gone, law.home(party.lead), _lot(book, party), queues,
                        _comes_to(book, party), events)  # fmt: skip


def _lot(book: Book, party: BookParty) -> SeatLot | None:
    """Return the lot of a party's seat; a seat by decision, or where all were admitted, has none."""
    if party.state != SEATED or not party.draw_id:
        return None
    ticket = book.law.ticket(book.state, party.draw_id, party.party_id)
    queue = book.state.rounds[party.round].queues.get(party.school, ())
    if isinstance(book.law.phase(party.round), BatchPhase):  # behind its locals stand those who may be diverted there
        claims = (book.state.parties[one].claims.get(party.round, ("",)) for one in queue)
        at_home = tuple(one for one, schools in zip(queue, claims, strict=True) if schools[0] == party.school)
        queue = at_home if party.outcome == ADMITTED else ()
    place = queue.index(party.party_id) + 1 if party.party_id in queue else None
    return SeatLot(party.draw_id, ticket, place, len(queue) if queue else None)


def _comes_to(book: Book, party: BookParty) -> str:
    """Return the first round to come in which a waiting party takes part as it is now (9.3)."""
    if party.state != WAITING:
        return ""
    pending = (name for name, round_ in book.state.rounds.items() if round_.state == PENDING)
    return next((name for name in pending if _takes_part(book.law, party, name)), "")


def _takes_part(law: Law, party: BookParty, name: str) -> bool:
    """Whether a waiting party takes part in a round: all do in an adjustment, the verified by what they chose."""
    phase, lead = law.phase(name), party.lead
    if isinstance(phase, AdjustmentPhase):
        return True
    if party.p9_only or lead.status != STATUSES[0]:
        return False
    if isinstance(phase, DecisionPhase):
        return bool(getattr(lead, phase.column))
    if isinstance(phase, ChoicePhase):
        return lead.category in phase.schools.get(lead.open_choice, frozenset())
    if isinstance(phase, DeferredAcceptancePhase):
        return bool(law.bids(phase, lead))
    return bool(law.home(lead)) and law.batch_of(party) == name


def _touching(district: District, journal: Sequence[bytes], name: str, ids: set[str]) -> Iterator[TouchingEvent]:
    """Play a journal once more, and yield the events that name some ids or move a party."""
    history, book = history_of(journal), Book(district)
    taken_back = {int(str(e["annuls"])): int(str(e["seq"])) for e in history.lines if e["type"] == "annulled"}
    for event in history.lines:
        before = _place(book.state, name)
        size = book.state.parties[name].size if name in book.state.parties else 0
        objections = {key for key, one in book.state.objections.items() if one.party == name}
        book.propose({key: value for key, value in event.items() if key not in ("seq", "prev")})
        after = _place(book.state, name)
        sized = book.state.parties[name].size if name in book.state.parties else 0
        if before != after or size != sized or _names(event, ids, objections, history):
            yield TouchingEvent(event, before, after, taken_back.get(int(str(event["seq"])), 0))


def _names(event: BookEvent, ids: set[str], objections: set[str], history: History) -> bool:
    """Whether an event names one of some ids, an objection of theirs, or takes back an event that does."""
    if event["type"] == "annulled":
        return _names(history.lines[int(str(event["annuls"])) - 1], ids, objections, history)
    return event.get("party") in ids or event.get("objection") in objections


def _place(state: BookState, name: str) -> PartyPlace | None:
    """Return where a party is, None before the draw or where there is none."""
    party = state.parties.get(name)
    if party is None or state.season != "drawn":
        return None
    return PartyPlace(party.state, party.school, party.round or party.phase)


def account_object(account: PartyAccount) -> dict[str, Any]:
    """Return an account for programs, without names."""
    party, lead = account.party, account.party.lead
    marks = {"p9_only": party.p9_only, "first": party.first, "school_first": party.school_first}
    return {
        "format_version": 1, "kind": "book-party", "asked": account.asked, "left_as": account.left_as,
        "party": party.party_id, "children": list(party.children), "gone": list(account.gone), "state": party.state,
        "school": party.school, "round": party.round, "phase": party.phase, "outcome": party.outcome,
        "external": party.school if party.state == EXTERNAL else "", "home": account.home, "status": lead.status,
        "category": lead.category, "zone": lead.zone, "registered_school": lead.registered_school,
        "marks": marks | {"target": party.target}, "comes_to": account.comes_to,
        "lot": None if account.lot is None else account.lot._asdict(),
        "queues": [queue._asdict() for queue in account.queues],
        "events": [_event_object(touching) for touching in account.events],
    }  # fmt: skip


def _event_object(touching: TouchingEvent) -> dict[str, Any]:
    """Return an event that touched a party for programs."""
    event = {key: value for key, value in touching.event.items() if key != "prev"}
    before, after = (None if at is None else at._asdict() for at in (touching.before, touching.after))
    return {"event": event, "before": before, "after": after, "annulled_by": touching.annulled_by}
