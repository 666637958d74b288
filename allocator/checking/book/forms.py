"""The form of an event: which keys it has, what each may hold, which of them go together (office-procedure.md 8, 9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from allocator.domain import BookEvent

Look = Callable[[object], bool]

ANY_ROLE = ("school", "principal", "office", "group")
_ID = re.compile(r"(?!.*[0-9]{15})[A-Za-z0-9-]{1,32}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}", re.ASCII)
_UNPRINTED = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.split("[-T:]", text)))


def an_id(value: object) -> bool:
    """An id of section 0."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def an_id_or_empty(value: object) -> bool:
    """An id, where the tables allow none."""
    return value == "" or an_id(value)


def a_digest(value: object) -> bool:
    """A SHA-256 in lower-case hexadecimal digits."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def a_day(value: object) -> bool:
    """A real date."""
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        return False
    try:
        date(*_numbers(value))
    except ValueError:
        return False
    return True


def a_second(value: object) -> bool:
    """A real time of a real date."""
    if not isinstance(value, str) or _SECOND.fullmatch(value) is None:
        return False
    year, month, day, hour, minute, second = _numbers(value)
    try:
        datetime(year, month, day, hour, minute, second)
    except ValueError:
        return False
    return True


def a_text(value: object) -> bool:
    """One to 500 code points that can be printed."""
    return isinstance(value, str) and 1 <= len(value) <= 500 and _UNPRINTED.search(value) is None


def a_number(least: int, most: float = float("inf")) -> Look:
    """A whole number within bounds; True and False are none."""
    return lambda value: type(value) is int and least <= value <= most


def one_of(*words: str) -> Look:
    """One of some words."""
    return lambda value: isinstance(value, str) and value in words


def _children(value: object) -> bool:
    """Ids, sorted, joined by semicolons, none twice."""
    ids = value.split(";") if isinstance(value, str) else [""]
    return all(map(an_id, ids)) and ids == sorted(set(ids))


ENVELOPE: Mapping[str, Look] = {"at": a_second, "by": an_id, "role": one_of(*ANY_ROLE)}
_REGISTRATION: Mapping[str, Look] = {"zone": an_id, "category": an_id, "registered_school": an_id_or_empty}
_PUBLIC: Mapping[str, Look] = {"round": an_id, "first_day": a_day, "last_day": a_day}
_GROUNDS = one_of("false_papers", "hidden_home", "forged_papers", "sham_residence")
_SEATS: Mapping[str, Look] = {"school": an_id, "seats": a_number(1), "reason": a_text}

FIELDS: Mapping[str, Mapping[str, Look]] = {
    "season_opened": {"year": a_number(1, 9999), "stage": one_of("primary", "junior"), "policy": a_digest},
    "determined": {"inputs": a_digest, "determination": a_digest},
    "frozen": {"inputs": a_digest, "roster": a_digest, "policy": a_digest, "held": a_number(0)},
    "unfrozen": {"reason": a_text},
    "drawn": {"transcript": a_digest},
    "round_opened": {"round": an_id},
    "publicity_opened": _PUBLIC,
    "objection": {"objection": an_id, "round": an_id, "party": an_id, "text": a_text},
    "publicity_extended": {"round": an_id, "last_day": a_day},
    "round_confirmed": {"round": an_id},
    "signed_off": {"round": an_id, "school": an_id, "digest": a_digest},
    "locks_written": {"locks": a_digest},
    "note": {"text": a_text},
    "annulled": {"annuls": a_number(1), "reason": a_text},
    "late_intake": {"children": a_number(1, 9), **_REGISTRATION},
    "reclassification": {"party": an_id, **_REGISTRATION, "reason": a_text},
    "withdrawal": {"party": an_id, "then": one_of("leave", "stay"), "reason": a_text},
    "part_withdrawn": {"party": an_id, "children": _children, "then": one_of("leave"), "reason": a_text},
    "revocation": {
        "party": an_id, "ground": _GROUNDS, "then": one_of("adjust", "return_home"), "zone": an_id_or_empty,
        "reason": a_text,
    },
    "returned": {"party": an_id, "reason": a_text},
    "objection_closed": {
        "objection": an_id, "result": one_of("rejected", "upheld"), "school": an_id_or_empty, "text": a_text,
    },
    "ruling": {
        "party": an_id, "decision": one_of("place", "adjust", "dismiss"), "school": an_id_or_empty, "reason": a_text,
    },
    "seats_added": _SEATS,
    "seats_removed": _SEATS,
}  # fmt: skip
"""What the fields of each type may hold."""


def well_formed(event: BookEvent) -> bool:
    """Whether an event has exactly the keys of its type, each with what it may hold, and no combination excluded."""
    kind = event.get("type")
    if not isinstance(kind, str) or kind not in FIELDS:
        return False
    looks = {**ENVELOPE, **FIELDS[kind]}
    if set(event) != {*looks, "type"} or not all(look(event[key]) for key, look in looks.items()):
        return False
    return kind not in TOGETHER or TOGETHER[kind](event)


def _revocation(event: BookEvent) -> bool:
    """A zone exactly for a sham residence that is adjusted."""
    return (event["zone"] != "") == (event["ground"] == "sham_residence" and event["then"] == "adjust")


TOGETHER: Mapping[str, Callable[[BookEvent], bool]] = {
    "revocation": _revocation,
    "objection_closed": lambda event: event["result"] == "upheld" or event["school"] == "",
    "ruling": lambda event: (event["school"] != "") == (event["decision"] == "place"),
}
