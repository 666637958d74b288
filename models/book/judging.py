"""Whether a proposed event is accepted: the conditions of section 8 in their order, the first that fails refuses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeAlias

from allocator.domain import ACCEPTED, EXTERNAL, NEEDS_RULING, BookEvent
from allocator.models.book.forms import FORMS, form_of_role, model_event_form
from allocator.models.book.removal import may_pass_removal
from allocator.models.book.rows import signed_rows_digest
from allocator.models.book.state import (
    CONFIRMED,
    DECISIONS,
    OPENED,
    PUBLICITY,
    SEATED,
    WAITING,
    CaseState,
    RoundProgress,
)

EventTest: TypeAlias = Callable[[CaseState, Mapping[str, Any]], bool]
"""Whether an event satisfies a condition in a state."""

ExpectedDigests: TypeAlias = Mapping[tuple[str, str], str]
"""What digests in events must be, by type and field."""


def outcome_of_event(state: CaseState, event: BookEvent, expected: ExpectedDigests) -> str:
    """Return ``accepted`` or why an event is refused."""
    if not model_event_form(event):
        return "malformed"
    kind = str(event["type"])
    conditions: dict[str, EventTest] = {
        "clock": lambda state, e: e["at"] >= state.last_at,
        "role": lambda _, e: form_of_role(e),
        "season": lambda state, e: state.stage in (FORMS[kind].stages or ("",)),
        "unknown": _all_known,
        "state": lambda state, e: _digests_fit(e, expected) and STATE.get(kind, _always)(state, e),
        "no_room": ROOM.get(kind, _always),
    }
    return next((code for code, holds in conditions.items() if not holds(state, event)), ACCEPTED)


def _always(_state: CaseState, _event: Mapping[str, Any]) -> bool:
    return True


def _digests_fit(event: Mapping[str, Any], expected: ExpectedDigests) -> bool:
    """Whether digests of the program's own files are those expected."""
    return all(event[field] == digest for (kind, field), digest in expected.items() if kind == event["type"])


# What an event names


def _all_known(state: CaseState, event: Mapping[str, Any]) -> bool:
    """Whether everything that an event names exists."""
    return all(known(state, event) for field, known in KNOWN.items() if event.get(field))


def _party_known(state: CaseState, e: Mapping[str, Any]) -> bool:
    return e["party"] in state.parties


def _children_known(state: CaseState, e: Mapping[str, Any]) -> bool:
    """Children of a late intake are a number; those that leave a party must be of it."""
    return isinstance(e["children"], int) or set(e["children"].split(";")) <= set(
        state.parties[e["party"]].party.members
    )


def _round_known(state: CaseState, e: Mapping[str, Any]) -> bool:
    is_decisions = e["type"] == "signed_off" and e["round"] == DECISIONS
    return is_decisions or state.season.rounds.named(e["round"]) is not None


def _school_known(state: CaseState, e: Mapping[str, Any]) -> bool:
    return e["school"] in state.plan


def _objection_known(state: CaseState, e: Mapping[str, Any]) -> bool:
    return e["type"] == "objection" or e["objection"] in state.objections


KNOWN: Mapping[str, EventTest] = {
    "party": _party_known,
    "children": _children_known,
    "zone": lambda state, e: e["zone"] in state.season.district.zones,
    "category": lambda state, e: e["category"] in state.season.district.policy.rank and _registered_fits(state, e),
    "round": _round_known,
    "school": _school_known,
    "objection": _objection_known,
}
"""What a field that is not empty must name, in an order in which each can rely on those before it."""


def _registered_fits(state: CaseState, e: Mapping[str, Any]) -> bool:
    """Whether the registered school is one that the zone and category allow, and is there where they ask for it."""
    district = state.season.district
    zone = district.zones[e["zone"]]
    category = district.policy.categories[district.policy.rank[e["category"]]]
    if category.home == "registered" and zone.dual_school_ids:
        return e["registered_school"] in (zone.school_id, *zone.dual_school_ids)
    return not e["registered_school"]


# What the state must be


def _season_fits(state: CaseState, e: Mapping[str, Any]) -> bool:
    return (e["year"], e["stage"]) == (state.season.office.year, state.season.office.stage)


def _round_may_open(state: CaseState, e: Mapping[str, Any]) -> bool:
    """The next pending round; under ``after_confirmation`` every earlier one is confirmed."""
    if e["round"] != state.season.rounds.upcoming(state.begun):
        return False
    return state.season.office.next_round == "after_opening" or not state.open_rounds()


def _stage(state: CaseState, e: Mapping[str, Any]) -> RoundProgress:
    return state.begun.get(e["round"], RoundProgress(""))


def _day(event: Mapping[str, Any], field: str = "at") -> date:
    return date.fromisoformat(event[field][:10])


def _publicity_may_open(state: CaseState, e: Mapping[str, Any]) -> bool:
    first, last = _day(e, "first_day"), _day(e, "last_day")
    is_time = _stage(state, e).stage == OPENED and _day(e) <= first <= last
    return is_time and _has_workdays(state, first, last)


def _has_workdays(state: CaseState, first: date, last: date) -> bool:
    """Whether at least ``publicity_days`` working days lie between two days, both included."""
    office = state.season.office
    days = (first + timedelta(after) for after in range((last - first).days + 1))
    working = (d for d in days if d in office.workdays or (d.weekday() < 5 and d not in office.holidays))
    return sum(1 for _ in islice(working, office.publicity_days)) == office.publicity_days


def _may_object(state: CaseState, e: Mapping[str, Any]) -> bool:
    at = _stage(state, e)
    return at.stage == PUBLICITY and _day(e) <= at.last_day and e["objection"] not in state.objections


def _may_confirm(state: CaseState, e: Mapping[str, Any]) -> bool:
    at = _stage(state, e)
    if at.stage == OPENED:
        return not any(children for (name, _), children in state.held.items() if name == e["round"])
    is_answered = not any(one.is_open and one.round == e["round"] for one in state.objections.values())
    return at.stage == PUBLICITY and _day(e) > at.last_day and is_answered


def _may_sign(state: CaseState, e: Mapping[str, Any]) -> bool:
    is_final = e["round"] == DECISIONS or _stage(state, e).stage == CONFIRMED
    return is_final and e["digest"] == signed_rows_digest(state, e["round"], e["school"])


def _may_lock(state: CaseState, _event: Mapping[str, Any]) -> bool:
    adjustment = state.season.rounds.adjustment
    return adjustment in state.begun and not state.open_rounds()


def _may_annul(state: CaseState, e: Mapping[str, Any]) -> bool:
    final = ("annulled", "season_opened", "drawn", "signed_off")
    return e["annuls"] == state.seq and state.last_type not in final


def _stands(*standings: str) -> EventTest:
    """The party's standing is one of some."""
    return lambda state, e: state.parties[e["party"]].standing in standings


_in_book = _stands(WAITING, SEATED, NEEDS_RULING)


def _may_reclassify(state: CaseState, e: Mapping[str, Any]) -> bool:
    one = state.parties[e["party"]]
    if one.standing == NEEDS_RULING:
        return bool(e["role"] == "group")
    changes = any(getattr(one.child, field) != e[field] for field in ("category", "zone", "registered_school"))
    return one.standing in (WAITING, SEATED) and changes


def _may_withdraw(state: CaseState, e: Mapping[str, Any]) -> bool:
    return _in_book(state, e) if e["then"] == "leave" else _stands(SEATED)(state, e)


def _part_may_withdraw(state: CaseState, e: Mapping[str, Any]) -> bool:
    return _in_book(state, e) and len(e["children"].split(";")) < state.parties[e["party"]].party.size


def _can_be_placed(state: CaseState, party: str, school: str) -> bool:
    """Whether a party may get a special seat there: without a seat, or with one elsewhere."""
    one = state.parties[party]
    is_elsewhere = one.seat is not None and one.seat.school != school
    return one.standing in (WAITING, NEEDS_RULING) or is_elsewhere


def _may_close(state: CaseState, e: Mapping[str, Any]) -> bool:
    objection = state.objections[e["objection"]]
    return objection.is_open and (not e["school"] or _can_be_placed(state, objection.party, e["school"]))


def _may_rule(state: CaseState, e: Mapping[str, Any]) -> bool:
    if e["decision"] == "place":
        return _can_be_placed(state, e["party"], e["school"])
    return _stands(NEEDS_RULING)(state, e) if e["decision"] == "adjust" else _in_book(state, e)


STATE: Mapping[str, EventTest] = {
    "season_opened": _season_fits,
    "frozen": lambda state, e: state.determined and e["held"] == 0,
    "round_opened": _round_may_open,
    "publicity_opened": _publicity_may_open,
    "objection": _may_object,
    "publicity_extended": lambda state, e: (
        _stage(state, e).stage == PUBLICITY and _day(e, "last_day") > _stage(state, e).last_day
    ),
    "round_confirmed": _may_confirm,
    "signed_off": _may_sign,
    "locks_written": _may_lock,
    "annulled": _may_annul,
    "reclassification": _may_reclassify,
    "withdrawal": _may_withdraw,
    "part_withdrawn": _part_may_withdraw,
    "revocation": _in_book,
    "returned": _stands(EXTERNAL),
    "objection_closed": _may_close,
    "ruling": _may_rule,
}


def _place_has_room(state: CaseState, e: Mapping[str, Any]) -> bool:
    one = state.parties[e["party"]]
    return e["decision"] != "place" or state.special_room(e["school"], one.party.size)


ROOM: Mapping[str, EventTest] = {
    "ruling": _place_has_room,
    "seats_removed": lambda state, e: may_pass_removal(state, e["school"], e["seats"]),
}
"""Conditions without which there is no room."""
