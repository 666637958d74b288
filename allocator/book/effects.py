"""What an accepted event changes (office-procedure.md section 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from allocator.book.judging import EventWords, judge_special_room, party_of_event
from allocator.book.law import Law
from allocator.book.opening import hold_opening
from allocator.book.refill import refill_seats, schools_of_refill_queues
from allocator.book.state import (
    CONFIRMED,
    DISMISSED,
    EXTERNAL,
    NEEDS_RULING,
    PENDING,
    PUBLICITY,
    RETURNED_HOME,
    SEATED,
    WAITING,
    WITHDRAWN,
    BookParty,
    BookState,
    Objection,
)
from allocator.domain import ADMITTED, Applicant, BatchPhase, ChoicePhase, DeferredAcceptancePhase

Consequence = Callable[[Law, BookState, EventWords], None]


def _open_season(law: Law, state: BookState, event: EventWords) -> None:
    state.season = "open"


def _record(law: Law, state: BookState, event: EventWords) -> None:
    """Change nothing: the journal's line is all."""


def _determine(law: Law, state: BookState, event: EventWords) -> None:
    state.was_determined = True


def _freeze(law: Law, state: BookState, event: EventWords) -> None:
    state.season = "frozen"


def _unfreeze(law: Law, state: BookState, event: EventWords) -> None:
    state.season, state.was_determined = "open", False


def _draw(law: Law, state: BookState, event: EventWords) -> None:
    state.season, state.seedhex = "drawn", event["transcript"]
    for party in list(state.parties.values()):
        law.settle(state, party)


def _open_round(law: Law, state: BookState, event: EventWords) -> None:
    hold_opening(law, state, event["round"])


def _publish(law: Law, state: BookState, event: EventWords) -> None:
    round_ = state.rounds[event["round"]]
    last_day = date.fromisoformat(event["last_day"])
    state.rounds[event["round"]] = round_._replace(state=PUBLICITY, last_day=last_day)


def _object(law: Law, state: BookState, event: EventWords) -> None:
    state.objections[event["objection"]] = Objection(event["round"], event["party"])


def _confirm(law: Law, state: BookState, event: EventWords) -> None:
    state.rounds[event["round"]] = state.rounds[event["round"]]._replace(state=CONFIRMED)


def _late_intake(law: Law, state: BookState, event: EventWords) -> None:
    """Take a late family in under the next ids of the book."""
    ids = tuple(f"L{number:04d}" for number in range(state.late + 1, state.late + 1 + int(event["children"])))
    state.late += len(ids)
    lead = Applicant(ids[0], event["zone"], event["category"], event["registered_school"], status="late")
    party = BookParty(lead, ids)
    state.put(party)
    law.settle(state, party)


def _freed(state: BookState, party: BookParty) -> tuple[str, ...]:
    """Return the school whose seat a party gives back, if any."""
    return (party.school,) if party.state == SEATED else ()


def _withdraw(law: Law, state: BookState, event: EventWords) -> None:
    party = state.parties[event["party"]]
    freed = _freed(state, party)
    if event["then"] == "leave":
        state.free(party, WITHDRAWN)
    else:
        was_voluntary = bool(party.round) and isinstance(law.phase(party.round), DeferredAcceptancePhase)
        stays = state.free(party)._replace(claims={})
        if not (was_voluntary and all(state.rounds[name].state == PENDING for name in law.batches.values())):
            stays = stays._replace(p9_only=True)
            if stays.lead.status == "verified":
                stays = stays.with_status("late")
        state.put(stays)
    refill_seats(law, state, freed)


def _part_withdraw(law: Law, state: BookState, event: EventWords) -> None:
    """Let some children leave; the others keep all, and may fit now where they waited."""
    party = state.shrink(state.parties[event["party"]], event["children"].split(";"))
    refill_seats(law, state, (*_freed(state, party), *schools_of_refill_queues(law, state, party)))


def _revoke(law: Law, state: BookState, event: EventWords) -> None:
    """Take a seat and a place in all queues back; a sham residence brings the family to its original zone."""
    party = state.parties[event["party"]]
    freed = _freed(state, party)
    party = state.free(party)._replace(claims={})
    if event["then"] == "return_home":
        state.put(party._replace(state=RETURNED_HOME))
    else:
        state.put(_to_original_zone(law, party, event)._replace(p9_only=True))
    refill_seats(law, state, freed)


def _to_original_zone(law: Law, party: BookParty, event: EventWords) -> BookParty:
    """Return a party whose seat was revoked, with its status and, after a sham residence, its zone."""
    if event["ground"] != "sham_residence":
        return party.with_status("blacklisted")
    if party.lead.status == "verified":
        party = party.with_status("late")
    party = party.with_place(event["zone"], party.lead.category, "")
    school = law.zones[event["zone"]].school_id
    if law.is_external(school):
        return party._replace(state=EXTERNAL, school=school)
    return party._replace(school_first=school)


def _return(law: Law, state: BookState, event: EventWords) -> None:
    state.put(state.parties[event["party"]].without_seat()._replace(p9_only=True))


def _close_objection(law: Law, state: BookState, event: EventWords) -> None:
    """Close an objection; where it gives a school, a seat there, or the first place in the adjustment."""
    party = party_of_event(state, event)
    state.objections[event["objection"]] = state.objections[event["objection"]]._replace(is_open=False)
    if not event["school"]:
        return
    if judge_special_room(law, state, event["school"], party.size):
        _special_seat(law, state, party, event["school"], "objection")
    elif party.state == WAITING:
        state.put(party._replace(first=True))
    elif party.state == NEEDS_RULING:
        state.put(party._replace(state=WAITING, first=True, p9_only=True))


def _special_seat(law: Law, state: BookState, party: BookParty, school: str, phase: str) -> None:
    """Seat a party beyond the order, displacing nobody; its old seat goes to those who wait (增补)."""
    freed = _freed(state, party)
    party = party._replace(claims={}, target="")
    state.seat(party, school, "", phase, ADMITTED, "")
    refill_seats(law, state, freed)


def _rule(law: Law, state: BookState, event: EventWords) -> None:
    party = state.parties[event["party"]]
    if event["decision"] == "place":
        _special_seat(law, state, party, event["school"], "ruling")
    elif event["decision"] == "adjust":
        state.put(party._replace(state=WAITING, p9_only=True))
    else:
        freed = _freed(state, party)
        state.put(state.free(party, DISMISSED)._replace(claims={}))
        refill_seats(law, state, freed)


def _add_seats(law: Law, state: BookState, event: EventWords) -> None:
    _change_seats(state, event["school"], int(event["seats"]))
    refill_seats(law, state, (event["school"],))


def _remove_seats(law: Law, state: BookState, event: EventWords) -> None:
    _change_seats(state, event["school"], -int(event["seats"]))


def _change_seats(state: BookState, school: str, seats: int) -> None:
    state.plan[school] += seats
    state.cap[school] += seats


def _reclassify(law: Law, state: BookState, event: EventWords) -> None:
    """Give a party other values; it keeps a seat that they do not put in question (9.4)."""
    was = state.parties[event["party"]]
    party = was.with_place(event["zone"], event["category"], event["registered_school"])
    freed: tuple[str, ...] = ()
    if party.state == NEEDS_RULING:
        party = party._replace(state=WAITING)
    elif party.state == SEATED and _loses(law, was, party):
        freed, party = _freed(state, party), state.free(party)
    if party.state == WAITING:
        party = party._replace(claims={}, target=law.next_target(state, party.lead.category))
    state.put(party)
    if party.state == WAITING:
        law.settle(state, party, law.home(was.lead))
    refill_seats(law, state, freed)


def _loses(law: Law, was: BookParty, now: BookParty) -> bool:
    """Whether other values take a seat away."""
    if not was.round:
        return False
    phase, later = law.phase(was.round), law.rank(now.lead.category) > law.rank(was.lead.category)
    if isinstance(phase, BatchPhase):
        return later or law.home(now.lead) != law.home(was.lead)
    if isinstance(phase, ChoicePhase):
        return later or now.lead.category not in phase.schools[now.lead.open_choice]
    if isinstance(phase, DeferredAcceptancePhase):
        if now.lead.category not in phase.categories or law.tier(phase, now.lead) is None:
            return True
        before = (law.before_ticket(phase, party.lead, was.school) for party in (now, was))
        return next(before) > next(before)
    return False


EFFECTS: Mapping[str, Consequence] = {
    "season_opened": _open_season,
    "determined": _determine,
    "frozen": _freeze,
    "unfrozen": _unfreeze,
    "drawn": _draw,
    "round_opened": _open_round,
    "publicity_opened": _publish,
    "objection": _object,
    "publicity_extended": _publish,
    "round_confirmed": _confirm,
    "signed_off": _record,
    "locks_written": _record,
    "note": _record,
    "late_intake": _late_intake,
    "reclassification": _reclassify,
    "withdrawal": _withdraw,
    "part_withdrawn": _part_withdraw,
    "revocation": _revoke,
    "returned": _return,
    "objection_closed": _close_objection,
    "ruling": _rule,
    "seats_added": _add_seats,
    "seats_removed": _remove_seats,
}
"""Consequence of every type of event but ``annulled``, which takes the last one back."""

