"""The form of every event: its fields, who may enter it and when (office-procedure.md sections 8 and 9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from allocator.domain import BookEvent

Test: TypeAlias = Callable[[object], bool]

ROLES: tuple[str, ...] = ("school", "principal", "office", "group")
_ID = re.compile(r"(?!.*[0-9]{15})[A-Za-z0-9-]{1,32}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
_STEERING = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST_TEXT = 500  # code points


def _matches(pattern: re.Pattern[str]) -> Test:
    """Return the test that a value is a text of a form."""
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _whole(least: int, most: int | None = None) -> Test:
    """Return the test that a value is a whole number within limits; a truth value is none."""
    return lambda value: type(value) is int and value >= least and (most is None or value <= most)


def _among(*words: str) -> Test:
    """Return the test that a value is one of some words."""
    return lambda value: isinstance(value, str) and value in words


def _text(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= _LONGEST_TEXT and not _STEERING.search(value)


def _day(value: object) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None and _real(date.fromisoformat, value)


def _time(value: object) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None and _real(datetime.fromisoformat, value)


def _real(read: Callable[[str], object], value: str) -> bool:
    """Whether a day or time of the right form exists."""
    try:
        read(value)
    except ValueError:
        return False
    return True


def _children(value: object) -> bool:
    """Whether a value is a list of ids: sorted, without duplicates, at least one."""
    if not isinstance(value, str):
        return False
    ids = value.split(";")
    return ids == sorted(set(ids)) and all(map(_ID.fullmatch, ids))


_id, _digest = _matches(_ID), _matches(_DIGEST)


def _id_or_empty(value: object) -> bool:
    return value == "" or _id(value)


class EntryForm(NamedTuple):
    """What an event of one type must be.

    Attributes
    ----------
    roles : tuple of str
        Who may enter it.
    seasons : tuple of str
        States of the season in which it is allowed.
    fields : mapping
        Its own fields with the test of each value.
    together : callable
        Whether the values go together.
    """

    roles: tuple[str, ...]
    seasons: tuple[str, ...]
    fields: Mapping[str, Test]
    together: Callable[[Mapping[str, object]], bool] = lambda event: True


_ENVELOPE: Mapping[str, Test] = {"at": _time, "by": _id, "role": _among(*ROLES), "type": lambda value: True}
_REASON: Mapping[str, Test] = {"reason": _text}
_PLACE: Mapping[str, Test] = {"category": _id, "zone": _id, "registered_school": _id_or_empty}
_ROUND: Mapping[str, Test] = {"round": _id}
_PARTY: Mapping[str, Test] = {"party": _id}
_SEATS: Mapping[str, Test] = {"school": _id, "seats": _whole(1), **_REASON}
_DRAWN = ("drawn",)
_ANY = ("open", "frozen", "drawn")

FORMS: Mapping[str, EntryForm] = {
    "season_opened": EntryForm(
        ("office",), ("none",), {"year": _whole(1, 9999), "stage": _among("primary", "junior"), "policy": _digest}
    ),
    "determined": EntryForm(("office",), ("open",), {"inputs": _digest, "determination": _digest}),
    "frozen": EntryForm(
        ("office",), ("open",), {"inputs": _digest, "roster": _digest, "policy": _digest, "held": _whole(0)}
    ),
    "unfrozen": EntryForm(("group",), ("frozen",), _REASON),
    "drawn": EntryForm(("office",), ("frozen",), {"transcript": _digest}),
    "round_opened": EntryForm(("office",), _DRAWN, _ROUND),
    "publicity_opened": EntryForm(("office",), _DRAWN, {**_ROUND, "first_day": _day, "last_day": _day}),
    "objection": EntryForm(("school", "office"), _DRAWN, {"objection": _id, **_ROUND, **_PARTY, "text": _text}),
    "publicity_extended": EntryForm(("office",), _DRAWN, {**_ROUND, "last_day": _day}),
    "round_confirmed": EntryForm(("office",), _DRAWN, _ROUND),
    "signed_off": EntryForm(("principal",), _DRAWN, {**_ROUND, "school": _id, "digest": _digest}),
    "locks_written": EntryForm(("office",), _DRAWN, {"locks": _digest}),
    "note": EntryForm(ROLES, _ANY, {"text": _text}),
    "annulled": EntryForm(("office",), _ANY, {"annuls": _whole(1), **_REASON}),
    "late_intake": EntryForm(("office",), _DRAWN, {"children": _whole(1, 9), **_PLACE}),
    "reclassification": EntryForm(("school", "office", "group"), _DRAWN, {**_PARTY, **_PLACE, **_REASON}),
    "withdrawal": EntryForm(("school", "office"), _DRAWN, {**_PARTY, "then": _among("leave", "stay"), **_REASON}),
    "part_withdrawn": EntryForm(
        ("school", "office"), _DRAWN, {**_PARTY, "children": _children, "then": _among("leave"), **_REASON}
    ),
    "revocation": EntryForm(
        ("group",),
        _DRAWN,
        {
            **_PARTY, "then": _among("adjust", "return_home"), "zone": _id_or_empty, **_REASON,
            "ground": _among("false_papers", "hidden_home", "forged_papers", "sham_residence"),
        },
        lambda e: bool(e["zone"]) == (e["ground"] == "sham_residence" and e["then"] == "adjust"),
    ),
    "returned": EntryForm(("office",), _DRAWN, {**_PARTY, **_REASON}),
    "objection_closed": EntryForm(
        ("office", "group"),
        _DRAWN,
        {"objection": _id, "result": _among("rejected", "upheld"), "school": _id_or_empty, "text": _text},
        lambda e: e["result"] == "upheld" or not e["school"],
    ),
    "ruling": EntryForm(
        ("group",),
        _DRAWN,
        {**_PARTY, "decision": _among("place", "adjust", "dismiss"), "school": _id_or_empty, **_REASON},
        lambda e: bool(e["school"]) == (e["decision"] == "place"),
    ),
    "seats_added": EntryForm(("group",), _DRAWN, _SEATS),
    "seats_removed": EntryForm(("group",), _DRAWN, _SEATS),
}  # fmt: skip
"""Form of every type of event."""


def is_well_formed(event: BookEvent) -> bool:
    """Whether an event has exactly the keys of its type, each of the right form, in a combination that is allowed."""
    kind = event.get("type")
    form = FORMS.get(kind) if isinstance(kind, str) else None
    if form is None or set(event) != set(_ENVELOPE) | set(form.fields):
        return False
    tests = {**_ENVELOPE, **form.fields}
    return all(test(event[key]) for key, test in tests.items()) and form.together(event)


def has_role(event: BookEvent) -> bool:
    """Whether the role may enter the event; an objection is upheld by the group alone."""
    if event["type"] == "objection_closed" and event["result"] == "upheld":
        return event["role"] == "group"
    return event["role"] in FORMS[str(event["type"])].roles
