"""What an accepted event does to parties and seats (office-procedure.md sections 9.2 and 9.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allocator.checking.book.openings import open_round, opening_standing, opening_tier
from allocator.checking.book.refills import refill, refill_schools_waited_for
from allocator.checking.book.statute import RURAL, URBAN
from allocator.checking.book.year import (
    LATE,
    NEEDS_RULING,
    NO_BATCH,
    PUBLICITY,
    SEATED,
    VERIFIED,
    WAITING,
    WITHDRAWN,
    Complaint,
    Household,
    RoundNow,
    Sitting,
    Year,
    begin_year,
    leave_for_home,
)
from allocator.domain import ADMITTED, Applicant, BatchPhase, BookEvent, ChoicePhase, DeferredAcceptancePhase

EventWords = Mapping[str, str]


def apply_consequences(year: Year, event: BookEvent) -> Year:
    """Return the season after an accepted event other than ``annulled``."""
    after = year.another()
    words = {key: value for key, value in event.items() if isinstance(value, str)}
    numbers = {key: value for key, value in event.items() if isinstance(value, int)}
    kind = words["type"]
    if kind in MOVES:
        MOVES[kind](after, words)
    elif kind in COUNTED:
        COUNTED[kind](after, words, numbers)
    return after


def _open_season(year: Year, words: EventWords) -> None:
    year.season, year.determined = "open", False


def _determine(year: Year, words: EventWords) -> None:
    year.determined = True


def _freeze(year: Year, words: EventWords) -> None:
    year.season = "frozen"


def _publish(year: Year, words: EventWords) -> None:
    year.rounds[words["round"]] = RoundNow(PUBLICITY, words["last_day"])


def _object(year: Year, words: EventWords) -> None:
    year.complaints[words["objection"]] = Complaint(words["round"], words["party"])


def _confirm(year: Year, words: EventWords) -> None:
    year.rounds[words["round"]] = RoundNow("confirmed")


def _come_late(year: Year, words: EventWords, numbers: Mapping[str, int]) -> None:
    """A new party with the next ids of the book."""
    count = numbers["children"]
    ids = tuple(f"L{year.late + n:04d}" for n in range(1, count + 1))
    year.late += count
    category, zone, registered = words["category"], words["zone"], words["registered_school"]
    choices = Applicant(ids[0], zone, category, registered, status=LATE)
    year.households[ids[0]] = Household(ids[0], ids, choices, category, zone, registered, LATE)
    settle_consequence(year, ids[0], sent_back=False)


def settle_consequence(year: Year, party: str, *, sent_back: bool) -> None:
    """Send a waiting party where its home school, or the lack of one, sends it."""
    household = year.households[party]
    if household.state != WAITING or (not sent_back and leave_for_home(year, party)):
        return
    if "sibling" in year.rounds and not household.p9_only and not year.home(household):
        year.change(party, state=NEEDS_RULING)


def _reclassify(year: Year, words: EventWords) -> None:
    """New values; the seat is kept unless its round would not have given it (9.4)."""
    party = words["party"]
    before = year.households[party]
    values = {"category": words["category"], "zone": words["zone"], "registered": words["registered_school"]}
    after = year.change(party, **values)
    old = year.free(party) if after.sitting and _loses(year, before, after, after.sitting) else ""
    if year.households[party].state != SEATED:
        year.change(party, state=WAITING, claims={}, target=_target(year, after.category))
        settle_consequence(year, party, sent_back=before.p9_only and year.home(before) == year.home(after))
    refill(year, [old])


def _loses(year: Year, before: Household, after: Household, sitting: Sitting) -> bool:
    """Whether a seat would not have been given to the party as it is now."""
    if not sitting.of_round:
        return False
    phase, rank = year.statute.chapter(sitting.of_round).phase, year.statute.policy.rank
    later = rank[after.category] > rank[before.category]
    if isinstance(phase, BatchPhase):
        return later or year.home(after) != year.home(before)
    if isinstance(phase, ChoicePhase):
        return later or after.category not in phase.schools[sitting.school]
    if isinstance(phase, DeferredAcceptancePhase):
        if after.category not in phase.categories or opening_tier(year, phase, after) is None:
            return True
        return opening_standing(year, phase, after, sitting.school) > opening_standing(
            year, phase, before, sitting.school
        )
    return False


def _target(year: Year, category: str) -> str:
    """Batch to which a category is carried; empty where its own is still to come."""
    batches = year.statute.batches
    track = next((track for track in (URBAN, RURAL) if category in track), ())
    pending = [name for other, name in batches.items() if other in track and name not in year.rounds]
    if batches.get(category) in pending:
        return ""
    return pending[0] if pending else NO_BATCH


def _withdraw(year: Year, words: EventWords) -> None:
    """A seat given back: for good, or to wait for another."""
    party = words["party"]
    household = year.households[party]
    if words["then"] == "leave":
        refill(year, [year.free(party, WITHDRAWN)])
        return
    assert household.sitting is not None
    lost_bid = household.sitting.of_round in year.statute.bids
    if lost_bid and not any(name in year.rounds for name in year.statute.batches.values()):
        year.change(party, claims={})
    else:
        status = LATE if household.status == VERIFIED else household.status
        year.change(party, claims={}, p9_only=True, status=status)
    refill(year, [year.free(party)])


def _withdraw_part(year: Year, words: EventWords) -> None:
    """Some children leave; what they leave, and where the rest may fit now, is looked at."""
    party = words["party"]
    year.shrink(party, tuple(words["children"].split(";")))
    household = year.households[party]
    seat = [household.sitting.school] if household.sitting else []
    refill(year, [*seat, *refill_schools_waited_for(year, household)])


def _revoke(year: Year, words: EventWords) -> None:
    """A seat taken away by a finding."""
    party = words["party"]
    if words["then"] == "return_home":
        old = year.free(party, "returned_home")
        year.change(party, claims={})
        refill(year, [old])
        return
    old = year.free(party)
    household = year.change(party, claims={}, p9_only=True)
    if words["ground"] != "sham_residence":
        year.change(party, status="blacklisted")
    else:
        school = year.statute.district.zones[words["zone"]].school_id
        status = LATE if household.status == VERIFIED else household.status
        year.change(party, status=status, zone=words["zone"], registered="")
        if school in year.statute.own:
            year.change(party, school_first=school)
        else:
            year.change(party, state="external", at=school)
    refill(year, [old])


def _return(year: Year, words: EventWords) -> None:
    year.change(words["party"], state=WAITING, at="", p9_only=True)


def _close_objection(year: Year, words: EventWords) -> None:
    """An answer; with a school, a seat there or the first place in P9."""
    complaint = year.complaints[words["objection"]]
    year.complaints[words["objection"]] = complaint._replace(is_open=False)
    if not words["school"]:
        return
    household = year.households[complaint.party]
    if consequence_has_room(year, words["school"], household.size):
        _special_seat(year, household, words["school"], "objection")
    elif household.state == WAITING:
        year.change(household.party, first=True)
    elif household.state == NEEDS_RULING:
        year.change(household.party, state=WAITING, first=True, p9_only=True)


def consequence_has_room(year: Year, school: str, size: int) -> bool:
    """Whether a decision may seat so many children: nothing set aside any more, and within the cap."""
    return year.aside(school) == 0 and year.taken[school] + size <= year.cap[school]


def _special_seat(year: Year, household: Household, school: str, phase: str) -> None:
    """A seat beside the rounds; the old one goes on to who waits for it."""
    old = household.sitting.school if household.sitting else ""
    year.seat(household.party, Sitting(school, "", phase, ADMITTED))
    year.change(household.party, claims={}, target="")
    refill(year, [old])


def _rule(year: Year, words: EventWords) -> None:
    """A ruling of the group."""
    household = year.households[words["party"]]
    if words["decision"] == "place":
        _special_seat(year, household, words["school"], "ruling")
    elif words["decision"] == "adjust":
        year.change(household.party, state=WAITING, p9_only=True)
    else:
        old = year.free(household.party, "dismissed")
        year.change(household.party, claims={})
        refill(year, [old])


def _add_seats(year: Year, words: EventWords, numbers: Mapping[str, int]) -> None:
    school, seats = words["school"], numbers["seats"]
    year.plan[school] += seats
    year.cap[school] += seats
    refill(year, [school])


def _remove_seats(year: Year, words: EventWords, numbers: Mapping[str, int]) -> None:
    school, seats = words["school"], numbers["seats"]
    year.plan[school] -= seats
    year.cap[school] -= seats


MOVES: Mapping[str, Callable[[Year, EventWords], None]] = {
    "season_opened": _open_season, "determined": _determine, "frozen": _freeze, "unfrozen": _open_season,
    "drawn": lambda year, words: begin_year(year, words["transcript"]),
    "round_opened": lambda year, words: open_round(year, words["round"]),
    "publicity_opened": _publish, "publicity_extended": _publish, "objection": _object, "round_confirmed": _confirm,
    "reclassification": _reclassify, "withdrawal": _withdraw, "part_withdrawn": _withdraw_part, "revocation": _revoke,
    "returned": _return, "objection_closed": _close_objection, "ruling": _rule,
}  # fmt: skip
"""Events told by words alone; what is in neither table moves nothing."""

COUNTED: Mapping[str, Callable[[Year, EventWords, Mapping[str, int]], None]] = {
    "late_intake": _come_late, "seats_added": _add_seats, "seats_removed": _remove_seats,
}
"""Events that count something."""
