"""The form of events: envelope, fields of each type, who may enter it and when (office-procedure.md sections 8, 9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from allocator.domain import BookEvent

FormTest: TypeAlias = Callable[[object], bool]
"""Whether a value has the form that a field asks for."""

OPEN, FROZEN, DRAWN = "open", "frozen", "drawn"
ROLES = ("school", "principal", "office", "group")

_ID = re.compile(r"(?!.*[0-9]{15})[A-Za-z0-9-]{1,32}")
_IDS = re.compile(r"[A-Za-z0-9-]{1,32}(;[A-Za-z0-9-]{1,32})*")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_TEXT = re.compile("[^\x00-\x1f\x7f\ud800-\udfff]{1,500}")


def _matches(pattern: re.Pattern[str]) -> FormTest:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _one_of(*words: str) -> FormTest:
    return lambda value: isinstance(value, str) and value in words


def _whole(least: int, most: int | None = None) -> FormTest:
    return lambda value: type(value) is int and value >= least and (most is None or value <= most)


def _real(pattern: re.Pattern[str], parse: Callable[[str], object]) -> FormTest:
    """Text of a pattern that stands for a day or moment of the calendar."""

    def _test(value: object) -> bool:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            return False
        try:
            parse(value)
        except ValueError:
            return False
        return True

    return _test


def _is_id_list(value: object) -> bool:
    """Ids, sorted, joined by semicolons, at least one, none twice."""
    if not isinstance(value, str) or not _IDS.fullmatch(value):
        return False
    ids = value.split(";")
    return ids == sorted(set(ids)) and all(map(is_id, ids))


is_id, is_digest, is_text = _matches(_ID), _matches(_DIGEST), _matches(_TEXT)
is_day = _real(_DATE, date.fromisoformat)
is_moment = _real(_TIME, datetime.fromisoformat)


def has_id_form(value: object) -> bool:
    """Whether a value is an id, or empty where the tables allow it."""
    return value == "" or is_id(value)


class EventForm(NamedTuple):
    """What an event of one type looks like.

    Attributes
    ----------
    roles : sequence of str
        Who may enter it.
    stages : sequence of str
        In which states of the season; empty: before the first event.
    fields : Mapping[str, FormTest]
        Its own fields.
    """

    roles: tuple[str, ...]
    stages: tuple[str, ...]
    fields: Mapping[str, FormTest]


_ANY = (OPEN, FROZEN, DRAWN)
_GROUNDS = ("false_papers", "hidden_home", "forged_papers", "sham_residence")
_PLACE: Mapping[str, FormTest] = {"category": is_id, "zone": is_id, "registered_school": has_id_form}

FORMS: Mapping[str, EventForm] = {
    "season_opened": EventForm(("office",), (), {
        "year": _whole(1, 9999), "stage": _one_of("primary", "junior"), "policy": is_digest}),
    "determined": EventForm(("office",), (OPEN,), {"inputs": is_digest, "determination": is_digest}),
    "frozen": EventForm(("office",), (OPEN,), {
        "inputs": is_digest, "roster": is_digest, "policy": is_digest, "held": _whole(0)}),
    "unfrozen": EventForm(("group",), (FROZEN,), {"reason": is_text}),
    "drawn": EventForm(("office",), (FROZEN,), {"transcript": is_digest}),
    "round_opened": EventForm(("office",), (DRAWN,), {"round": is_id}),
    "publicity_opened": EventForm(("office",), (DRAWN,), {"round": is_id, "first_day": is_day, "last_day": is_day}),
    "objection": EventForm(("school", "office"), (DRAWN,), {
        "objection": is_id, "round": is_id, "party": is_id, "text": is_text}),
    "publicity_extended": EventForm(("office",), (DRAWN,), {"round": is_id, "last_day": is_day}),
    "round_confirmed": EventForm(("office",), (DRAWN,), {"round": is_id}),
    "signed_off": EventForm(("principal",), (DRAWN,), {"round": is_id, "school": is_id, "digest": is_digest}),
    "locks_written": EventForm(("office",), (DRAWN,), {"locks": is_digest}),
    "note": EventForm(ROLES, _ANY, {"text": is_text}),
    "annulled": EventForm(("office",), _ANY, {"annuls": _whole(1), "reason": is_text}),
    "late_intake": EventForm(("office",), (DRAWN,), {"children": _whole(1, 9), **_PLACE}),
    "reclassification": EventForm(("school", "office", "group"), (DRAWN,), {
        "party": is_id, **_PLACE, "reason": is_text}),
    "withdrawal": EventForm(("school", "office"), (DRAWN,), {
        "party": is_id, "then": _one_of("leave", "stay"), "reason": is_text}),
    "part_withdrawn": EventForm(("school", "office"), (DRAWN,), {
        "party": is_id, "children": _is_id_list, "then": _one_of("leave"), "reason": is_text}),
    "revocation": EventForm(("group",), (DRAWN,), {
        "party": is_id, "ground": _one_of(*_GROUNDS), "then": _one_of("adjust", "return_home"),
        "zone": has_id_form, "reason": is_text}),
    "returned": EventForm(("office",), (DRAWN,), {"party": is_id, "reason": is_text}),
    "objection_closed": EventForm(("office", "group"), (DRAWN,), {
        "objection": is_id, "result": _one_of("rejected", "upheld"), "school": has_id_form, "text": is_text}),
    "ruling": EventForm(("group",), (DRAWN,), {
        "party": is_id, "decision": _one_of("place", "adjust", "dismiss"), "school": has_id_form,
        "reason": is_text}),
    "seats_added": EventForm(("group",), (DRAWN,), {"school": is_id, "seats": _whole(1), "reason": is_text}),
    "seats_removed": EventForm(("group",), (DRAWN,), {"school": is_id, "seats": _whole(1), "reason": is_text}),
}  # fmt: skip

COMBINATIONS: Mapping[str, Callable[[BookEvent], bool]] = {
    "revocation": lambda e: bool(e["zone"]) == (e["ground"] == "sham_residence" and e["then"] == "adjust"),
    "objection_closed": lambda e: not e["school"] or e["result"] == "upheld",
    "ruling": lambda e: bool(e["school"]) == (e["decision"] == "place"),
}
"""Which fields of a type go together."""

_ENVELOPE: Mapping[str, FormTest] = {"at": is_moment, "by": is_id, "role": _one_of(*ROLES), "type": _one_of(*FORMS)}


def model_event_form(event: object) -> bool:
    """Whether an event has exactly the keys of its type, each in its form, and together as the tables allow."""
    if not isinstance(event, Mapping) or not _has(event, {"type": _ENVELOPE["type"]}):
        return False
    kind = str(event["type"])
    tests = {**_ENVELOPE, **FORMS[kind].fields}
    if event.keys() != tests.keys() or not _has(event, tests):
        return False
    return kind not in COMBINATIONS or COMBINATIONS[kind](event)


def _has(event: BookEvent, tests: Mapping[str, FormTest]) -> bool:
    """Whether fields have their form."""
    return all(test(event.get(name)) for name, test in tests.items())


def form_of_role(event: BookEvent) -> bool:
    """Whether the role may enter the event; an objection is upheld by the group alone."""
    if event["type"] == "objection_closed" and event["result"] == "upheld":
        return event["role"] == "group"
    return event["role"] in FORMS[str(event["type"])].roles
