"""Is an event accepted, and if not, why? Judged in the order of office-procedure.md section 8."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allocator.checking.book.consequences import consequence_has_room
from allocator.checking.book.forms import ANY_ROLE, check_event_form
from allocator.checking.book.listing import SPECIAL, signed_listing_digest
from allocator.checking.book.statute import ADJUSTMENT
from allocator.checking.book.year import (
    CONFIRMED,
    EXTERNAL,
    NEEDS_RULING,
    OPENED,
    PUBLICITY,
    SEATED,
    WAITING,
    Household,
    RoundNow,
    Year,
)
from allocator.domain import ACCEPTED, BookEvent

OFFICE, GROUP, PRINCIPAL, SCHOOLS = ("office",), ("group",), ("principal",), ("school", "office")

ROLES: Mapping[str, tuple[str, ...]] = {
    "unfrozen": GROUP, "objection": SCHOOLS, "signed_off": PRINCIPAL, "note": ANY_ROLE,
    "reclassification": ("school", "office", "group"), "withdrawal": SCHOOLS, "part_withdrawn": SCHOOLS,
    "revocation": GROUP, "objection_closed": ("office", "group"), "ruling": GROUP, "seats_added": GROUP,
    "seats_removed": GROUP,
}  # fmt: skip
"""Who may enter an event; all others are the office's."""

SEASONS: Mapping[str, tuple[str, ...]] = {
    "season_opened": ("none",), "determined": ("open",), "frozen": ("open",), "unfrozen": ("frozen",),
    "drawn": ("frozen",), "note": ("open", "frozen", "drawn"), "annulled": ("open", "frozen", "drawn"),
}  # fmt: skip
"""When an event may come; all others after the draw."""

FINAL = ("annulled", "season_opened", "drawn", "signed_off")
"""Events that are not annulled."""


@dataclass(frozen=True, slots=True)
class LastLine:
    """The journal's last line: its number, time and type; number 0 before the first."""

    seq: int = 0
    at: str = ""
    kind: str = ""


def admission_code(year: Year, event: BookEvent, last: LastLine) -> str:
    """Return ``accepted``, or the first code that refuses an event."""
    if not check_event_form(event):
        return "malformed"
    words = {key: value for key, value in event.items() if isinstance(value, str)}
    if words["at"] < last.at:
        return "clock"
    if not _role(words):
        return "role"
    if year.season not in SEASONS.get(words["type"], ("drawn",)):
        return "season"
    if not admission_names_exist(year, words):
        return "unknown"
    if not _state(year, words, event, last):
        return "state"
    return ACCEPTED if _room(year, words, event) else "no_room"


def _role(words: Mapping[str, str]) -> bool:
    """Whether the role may enter it; only the group upholds an objection."""
    if words["type"] == "objection_closed" and words["result"] == "upheld":
        return words["role"] in GROUP
    return words["role"] in ROLES.get(words["type"], OFFICE)


def admission_names_exist(year: Year, words: Mapping[str, str]) -> bool:
    """Whether everything that an event names exists."""
    zones, rank = year.statute.district.zones, year.statute.policy.rank
    looks: Mapping[str, Callable[[str], bool]] = {
        "round": lambda name: year.statute.place(name) >= 0 or (words["type"] == "signed_off" and name == SPECIAL),
        "party": lambda party: party in year.households,
        "school": lambda school: school == "" or school in year.statute.own,
        "zone": lambda zone: zone == "" or zone in zones,
        "category": lambda category: category in rank,
    }
    if not all(look(words[key]) for key, look in looks.items() if key in words):
        return False
    if "registered_school" in words:
        return year.statute.registers(words["category"], words["zone"], words["registered_school"])
    if words["type"] == "objection_closed":
        return words["objection"] in year.complaints
    leaving = set(words["children"].split(";")) if "children" in words else set()
    return not leaving or leaving.issubset(year.households[words["party"]].children)


def _state(year: Year, words: Mapping[str, str], event: BookEvent, last: LastLine) -> bool:
    """Whether the state is one in which an event may come."""
    kind = words["type"]
    if kind == "annulled":
        return event["annuls"] == last.seq and last.kind not in FINAL
    if kind == "season_opened":
        return (event["year"], event["stage"]) == (year.statute.office.year, year.statute.office.stage)
    if kind == "frozen":
        return year.determined and event["held"] == 0
    return STATES[kind](year, words) if kind in STATES else True


def _may_open(year: Year, words: Mapping[str, str]) -> bool:
    """The next pending round; every earlier one confirmed, where the office waits for that."""
    at_rest = not year.open_rounds() or year.statute.office.next_round == "after_opening"
    return at_rest and words["round"] == year.statute.after(list(year.rounds))


def _may_publish(year: Year, words: Mapping[str, str]) -> bool:
    """A round opened and not yet public, for as many working days as the office gives."""
    first, last = words["first_day"], words["last_day"]
    if _progress(year, words).state != OPENED or not words["at"][:10] <= first <= last:
        return False
    return year.statute.working_days(first, last) >= year.statute.office.publicity_days


def _progress(year: Year, words: Mapping[str, str]) -> RoundNow:
    """How far the round of an event is."""
    return year.rounds.get(words["round"], RoundNow(""))


def _may_object(year: Year, words: Mapping[str, str]) -> bool:
    """In publicity, up to its last day, under an id not used before."""
    state, last_day = _progress(year, words)
    return state == PUBLICITY and words["at"][:10] <= last_day and words["objection"] not in year.complaints


def _may_extend(year: Year, words: Mapping[str, str]) -> bool:
    state, last_day = _progress(year, words)
    return state == PUBLICITY and words["last_day"] > last_day


def _may_confirm(year: Year, words: Mapping[str, str]) -> bool:
    """After its publicity with every objection answered, or without a child that holds a seat of it."""
    state, last_day = _progress(year, words)
    if state == OPENED:
        return not any(one.sitting and one.sitting.of_round == words["round"] for one in year.households.values())
    answered = not any(one.is_open and one.of_round == words["round"] for one in year.complaints.values())
    return state == PUBLICITY and words["at"][:10] > last_day and answered


def _may_sign(year: Year, words: Mapping[str, str]) -> bool:
    """A confirmed round's list as it is now."""
    done = words["round"] == SPECIAL or _progress(year, words).state == CONFIRMED
    return done and words["digest"] == signed_listing_digest(year, words["round"], words["school"])


def _may_lock(year: Year, words: Mapping[str, str]) -> bool:
    return year.rounds.get(ADJUSTMENT, RoundNow("")).state == CONFIRMED and not year.open_rounds()


def _may_reclassify(year: Year, words: Mapping[str, str]) -> bool:
    """A party in the book, and something changes; out of a ruling it is the group's."""
    household = year.households[words["party"]]
    if household.state == NEEDS_RULING:
        return words["role"] in GROUP
    new = words["category"], words["zone"], words["registered_school"]
    changes = new != (household.category, household.zone, household.registered)
    return household.state in (WAITING, SEATED) and changes


def _may_withdraw(year: Year, words: Mapping[str, str]) -> bool:
    state = year.households[words["party"]].state
    return state in (IN_THE_BOOK if words["then"] == "leave" else (SEATED,))


def _may_withdraw_part(year: Year, words: Mapping[str, str]) -> bool:
    """Somebody stays."""
    household = year.households[words["party"]]
    return household.state in IN_THE_BOOK and len(words["children"].split(";")) < household.size


def _may_revoke(year: Year, words: Mapping[str, str]) -> bool:
    return year.households[words["party"]].state in IN_THE_BOOK


def _may_return(year: Year, words: Mapping[str, str]) -> bool:
    return year.households[words["party"]].state == EXTERNAL


def _may_close(year: Year, words: Mapping[str, str]) -> bool:
    """An open objection; a school only for who may get a seat there."""
    complaint = year.complaints[words["objection"]]
    placed = words["school"] == "" or elsewhere(year.households[complaint.party], words["school"])
    return complaint.is_open and placed


def elsewhere(household: Household, school: str) -> bool:
    """Whether a party is in the book and not at that school."""
    return household.state in IN_THE_BOOK and (household.sitting is None or household.sitting.school != school)


def _may_rule(year: Year, words: Mapping[str, str]) -> bool:
    """By what is decided: a seat elsewhere, the way to P9, or the end."""
    household = year.households[words["party"]]
    if words["decision"] == "place":
        return elsewhere(household, words["school"])
    return household.state in ((NEEDS_RULING,) if words["decision"] == "adjust" else IN_THE_BOOK)


IN_THE_BOOK = (WAITING, SEATED, NEEDS_RULING)

STATES: Mapping[str, Callable[[Year, Mapping[str, str]], bool]] = {
    "round_opened": _may_open, "publicity_opened": _may_publish, "objection": _may_object,
    "publicity_extended": _may_extend, "round_confirmed": _may_confirm, "signed_off": _may_sign,
    "locks_written": _may_lock, "reclassification": _may_reclassify, "withdrawal": _may_withdraw,
    "part_withdrawn": _may_withdraw_part, "revocation": _may_revoke, "returned": _may_return,
    "objection_closed": _may_close, "ruling": _may_rule,
}  # fmt: skip
"""What each event requires; what is not here requires nothing of parties and rounds."""


def _room(year: Year, words: Mapping[str, str], event: BookEvent) -> bool:
    """Whether there are the seats that a placement needs or a removal takes."""
    if words["type"] == "ruling" and words["decision"] == "place":
        return consequence_has_room(year, words["school"], year.households[words["party"]].size)
    if words["type"] != "seats_removed":
        return True
    school, seats = words["school"], event["seats"]
    assert isinstance(seats, int)
    fits = year.aside(school) == 0 or year.statute.bids_fit(school, year.cap[school] - seats)
    return year.left(school) >= seats and fits
