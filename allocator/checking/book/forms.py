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


def id_form(value: object) -> bool:
    """An id of section 0."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def id_or_empty_form(value: object) -> bool:
    """An id, where the tables allow none."""
    return value == "" or id_form(value)


def digest_form(value: object) -> bool:
    """A SHA-256 in lower-case hexadecimal digits."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def day_form(value: object) -> bool:
    """A real date."""
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        return False
    try:
        date(*_numbers(value))
    except ValueError:
        return False
    return True


def second_form(value: object) -> bool:
    """A real time of a real date."""
    if not isinstance(value, str) or _SECOND.fullmatch(value) is None:
        return False
    year, month, day, hour, minute, second = _numbers(value)
    try:
        datetime(year, month, day, hour, minute, second)
    except ValueError:
        return False
    return True


def text_form(value: object) -> bool:
    """One to 500 code points that can be printed."""
    return isinstance(value, str) and 1 <= len(value) <= 500 and _UNPRINTED.search(value) is None


def number_form(least: int, most: float = float("inf")) -> Look:
    """A whole number within bounds; True and False are none."""
    return lambda value: type(value) is int and least <= value <= most


def word_form(*words: str) -> Look:
    """One of some words."""
    return lambda value: isinstance(value, str) and value in words


def _children(value: object) -> bool:
    """Ids, sorted, joined by semicolons, none twice."""
    ids = value.split(";") if isinstance(value, str) else [""]
    return all(map(id_form, ids)) and ids == sorted(set(ids))


ENVELOPE: Mapping[str, Look] = {"at": second_form, "by": id_form, "role": word_form(*ANY_ROLE)}
_REGISTRATION: Mapping[str, Look] = {"zone": id_form, "category": id_form, "registered_school": id_or_empty_form}
_PUBLIC: Mapping[str, Look] = {"round": id_form, "first_day": day_form, "last_day": day_form}
_GROUNDS = word_form("false_papers", "hidden_home", "forged_papers", "sham_residence")
_SEATS: Mapping[str, Look] = {"school": id_form, "seats": number_form(1), "reason": text_form}

FIELDS: Mapping[str, Mapping[str, Look]] = {
    "season_opened": {"year": number_form(1, 9999), "stage": word_form("primary", "junior"), "policy": digest_form},
    "determined": {"inputs": digest_form, "determination": digest_form},
    "frozen": {"inputs": digest_form, "roster": digest_form, "policy": digest_form, "held": number_form(0)},
    "unfrozen": {"reason": text_form},
    "drawn": {"transcript": digest_form},
    "round_opened": {"round": id_form},
    "publicity_opened": _PUBLIC,
    "objection": {"objection": id_form, "round": id_form, "party": id_form, "text": text_form},
    "publicity_extended": {"round": id_form, "last_day": day_form},
    "round_confirmed": {"round": id_form},
    "signed_off": {"round": id_form, "school": id_form, "digest": digest_form},
    "locks_written": {"locks": digest_form},
    "note": {"text": text_form},
    "annulled": {"annuls": number_form(1), "reason": text_form},
    "late_intake": {"children": number_form(1, 9), **_REGISTRATION},
    "reclassification": {"party": id_form, **_REGISTRATION, "reason": text_form},
    "withdrawal": {"party": id_form, "then": word_form("leave", "stay"), "reason": text_form},
    "part_withdrawn": {"party": id_form, "children": _children, "then": word_form("leave"), "reason": text_form},
    "revocation": {
        "party": id_form, "ground": _GROUNDS, "then": word_form("adjust", "return_home"), "zone": id_or_empty_form,
        "reason": text_form,
    },
    "returned": {"party": id_form, "reason": text_form},
    "objection_closed": {
        "objection": id_form, "result": word_form("rejected", "upheld"), "school": id_or_empty_form, "text": text_form,
    },
    "ruling": {
        "party": id_form, "decision": word_form("place", "adjust", "dismiss"), "school": id_or_empty_form,
        "reason": text_form,
    },
    "seats_added": _SEATS,
    "seats_removed": _SEATS,
}  # fmt: skip
"""What the fields of each type may hold."""


def check_event_form(event: BookEvent) -> bool:
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
