"""Whether a proposed event is accepted: the refusals in the order of office-procedure.md section 8."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from hashlib import sha256

from allocator.book.forms import FORMS, has_role, is_well_formed
from allocator.book.law import Law, signed_rows_bytes
from allocator.book.opening import holders_of_round
from allocator.book.state import (
    CONFIRMED,
    EXTERNAL,
    NEEDS_RULING,
    OPENED,
    PENDING,
    PUBLICITY,
    SEATED,
    WAITING,
    BookParty,
    BookState,
)
from allocator.domain import BookEvent

EventWords = Mapping[str, str]
"""An event whose fields are all told as text; whole numbers in decimals."""

DECISIONS = "decisions"
"""In ``signed_off``: the seats that objections and rulings gave."""

_NEVER_ANNULLED = ("annulled", "season_opened", "drawn", "signed_off")
_ACTIVE = (WAITING, SEATED, NEEDS_RULING)


class Digests:
    """What the digests in events are compared with; a folder of stand-ins compares nothing.

    Parameters
    ----------
    expected : mapping, optional
        By (type of event, field) the digest that the program's own file has; what is missing is not compared.
    locks : callable, optional
        Returns the digest of ``locks-new.csv`` in a state.
    """

    def __init__(
        self, expected: Mapping[tuple[str, str], str] | None = None, locks: Callable[[BookState], str] | None = None
    ) -> None:
        self.expected, self.locks = expected or {}, locks

    def agree(self, event: EventWords, state: BookState) -> bool:
        """Whether every digest of an event that can be compared is that of the file."""
        kind = event["type"]
        if kind == "locks_written" and self.locks is not None and event["locks"] != self.locks(state):
            return False
        return all(event[field] == digest for (of, field), digest in self.expected.items() if of == kind)


def judge_proposed_event(law: Law, state: BookState, event: BookEvent, last: BookEvent | None, digests: Digests) -> str:
    """Return the code by which an event is refused; empty where it is accepted.

    Parameters
    ----------
    last : mapping or None
        The journal's last line.
    """
    if not is_well_formed(event):
        return "malformed"
    if last is not None and str(event["at"]) < str(last["at"]):
        return "clock"
    if not has_role(event):
        return "role"
    if state.season not in FORMS[str(event["type"])].seasons:
        return "season"
    told = {key: str(value) for key, value in event.items()}
    if _unknown(law, state, told):
        return "unknown"
    if not _STATES[told["type"]](law, state, told) or not digests.agree(told, state):
        return "state"
    if told["type"] == "annulled":
        return "" if _may_annul(told, last) else "state"
    return "" if _has_room(law, state, told) else "no_room"


def party_of_event(state: BookState, event: EventWords) -> BookParty:
    """Return the party that an event names, or whose objection it names."""
    name = event["party"] if "party" in event else state.objections[event["objection"]].party
    return state.parties[name]


def _unknown(law: Law, state: BookState, event: EventWords) -> bool:
    """Whether something that an event names does not exist."""
    checks: Mapping[str, Callable[[str], bool]] = {
        "party": state.parties.__contains__,
        "school": law.is_own,
        "zone": law.zones.__contains__,
        "category": law.policy.rank.__contains__,
        "round": lambda name: law.exists(name) or (event["type"] == "signed_off" and name == DECISIONS),
    }
    if any(event.get(key) and not exists(event[key]) for key, exists in checks.items()):
        return True
    if event["type"] == "objection_closed" and event["objection"] not in state.objections:
        return True
    if event["type"] == "part_withdrawn":
        return not set(event["children"].split(";")) <= set(state.parties[event["party"]].children)
    if "registered_school" in event:
        return not law.may_register(event["zone"], event["category"], event["registered_school"])
    return False


def _opens(law: Law, state: BookState, event: EventWords) -> bool:
    """Whether a round is the next one, and those before it are as far as they must be."""
    if event["round"] != state.following_round:
        return False
    confirmed = all(round_.state in (PENDING, CONFIRMED) for round_ in state.rounds.values())
    return confirmed or law.office.next_round == "after_opening"


def _in(state: BookState, name: str) -> str:
    """Return where a round stands; adjustments that nobody opened yet are pending."""
    return state.rounds[name].state if name in state.rounds else PENDING


def _publishes(law: Law, state: BookState, event: EventWords) -> bool:
    """Whether a publicity is long enough and does not begin in the past (C070)."""
    first, last = event["first_day"], event["last_day"]
    in_order = event["at"][:10] <= first <= last
    return (
        _in(state, event["round"]) == OPENED and in_order and _is_long_enough(law, date.fromisoformat(first), last)
    )


def _is_long_enough(law: Law, first: date, last: str) -> bool:
    """Whether there are enough working days from one day to another; it stops counting when there are."""
    office, day, count = law.office, first, 0
    while count < office.publicity_days and day.isoformat() <= last:
        count += (day.weekday() < 5 and day not in office.holidays) or day in office.workdays
        if day == date.max:
            break
        day += timedelta(days=1)
    return count >= office.publicity_days


def _objects(law: Law, state: BookState, event: EventWords) -> bool:
    name, last_day = event["round"], state.rounds[event["round"]].last_day if event["round"] in state.rounds else None
    in_time = last_day is not None and event["at"][:10] <= last_day.isoformat()
    return _in(state, name) == PUBLICITY and in_time and event["objection"] not in state.objections


def _extends(law: Law, state: BookState, event: EventWords) -> bool:
    if _in(state, event["round"]) != PUBLICITY:
        return False
    present = state.rounds[event["round"]].last_day
    return present is not None and event["last_day"] > present.isoformat()


def _confirms(law: Law, state: BookState, event: EventWords) -> bool:
    """Whether a publicity is over and no objection open; or there was nothing to publish."""
    name = event["round"]
    if _in(state, name) == OPENED:
        return not holders_of_round(state, name)
    last_day = state.rounds[name].last_day if _in(state, name) == PUBLICITY else None
    still_open = any(o.round == name and o.is_open for o in state.objections.values())
    return last_day is not None and event["at"][:10] > last_day.isoformat() and not still_open


def _signs(law: Law, state: BookState, event: EventWords) -> bool:
    """Whether a round is confirmed and the list signed is the present one."""
    if event["round"] != DECISIONS and _in(state, event["round"]) != CONFIRMED:
        return False
    listed = sha256(signed_rows_bytes(law, state, event["round"], event["school"])).hexdigest()
    return event["digest"] == listed


def _reclassifies(law: Law, state: BookState, event: EventWords) -> bool:
    party = state.parties[event["party"]]
    if party.state == NEEDS_RULING:
        return event["role"] == "group"
    columns = ("category", "zone", "registered_school")
    changes = any(getattr(party.lead, column) != event[column] for column in columns)
    return changes and party.state in (WAITING, SEATED)


def _withdraws(law: Law, state: BookState, event: EventWords) -> bool:
    party = state.parties[event["party"]]
    return party.state in ((SEATED,) if event["then"] == "stay" else _ACTIVE)


def _parts(law: Law, state: BookState, event: EventWords) -> bool:
    party = state.parties[event["party"]]
    return party.state in _ACTIVE and party.size > len(event["children"].split(";"))


def _closes(law: Law, state: BookState, event: EventWords) -> bool:
    """Whether an objection is open and, where it is to give a seat, its party can take one."""
    return state.objections[event["objection"]].is_open and (
        not event["school"] or _can_take(party_of_event(state, event), event["school"])
    )


def _can_take(party: BookParty, school: str) -> bool:
    return party.state in (WAITING, NEEDS_RULING) or (party.state == SEATED and party.school != school)


def _rules(law: Law, state: BookState, event: EventWords) -> bool:
    party = state.parties[event["party"]]
    if event["decision"] == "place":
        return _can_take(party, event["school"])
    return party.state in ((NEEDS_RULING,) if event["decision"] == "adjust" else _ACTIVE)


def _opens_season(law: Law, state: BookState, event: EventWords) -> bool:
    return event["year"] == str(law.office.year) and event["stage"] == law.office.stage


def _always(law: Law, state: BookState, event: EventWords) -> bool:
    return True


def _writes_locks(law: Law, state: BookState, event: EventWords) -> bool:
    return _in(state, "adjustment") == CONFIRMED and not any(r.is_open for r in state.rounds.values())


_STATES: Mapping[str, Callable[[Law, BookState, EventWords], bool]] = {
    "season_opened": _opens_season,
    "determined": _always,
    "frozen": lambda law, state, event: state.was_determined and event["held"] == "0",
    "unfrozen": _always,
    "drawn": _always,
    "round_opened": _opens,
    "publicity_opened": _publishes,
    "objection": _objects,
    "publicity_extended": _extends,
    "round_confirmed": _confirms,
    "signed_off": _signs,
    "locks_written": _writes_locks,
    "note": _always,
    "annulled": _always,
    "late_intake": _always,
    "reclassification": _reclassifies,
    "withdrawal": _withdraws,
    "part_withdrawn": _parts,
    "revocation": lambda law, state, event: state.parties[event["party"]].state in _ACTIVE,
    "returned": lambda law, state, event: state.parties[event["party"]].state == EXTERNAL,
    "objection_closed": _closes,
    "ruling": _rules,
    "seats_added": _always,
    "seats_removed": _always,
}
"""What each type of event requires (tables 9.1 and 9.2)."""


def _may_annul(event: EventWords, last: BookEvent | None) -> bool:
    """Whether an event names the journal's last line, and that one may be taken back."""
    return last is not None and event["annuls"] == str(last["seq"]) and last["type"] not in _NEVER_ANNULLED


def _has_room(law: Law, state: BookState, event: EventWords) -> bool:
    """Whether a seat that must be there is there."""
    if event["type"] == "ruling" and event["decision"] == "place":
        return judge_special_room(law, state, event["school"], state.parties[event["party"]].size)
    if event["type"] != "seats_removed":
        return True
    school, seats = event["school"], int(event["seats"])
    safe = not law.aside(state, school) or state.cap[school] - seats >= law.least_cap.get(school, 0)
    return law.left(state, school) >= seats and safe


def judge_special_room(law: Law, state: BookState, school: str, size: int) -> bool:
    """Whether a school may take a party beyond its plan: no seats set aside for a round to come, and within its cap."""
    return not law.aside(state, school) and state.taken[school] + size <= state.cap[school]
