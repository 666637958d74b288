"""What an accepted event does to the state (office-procedure.md section 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from allocator.domain import ADMITTED, EXTERNAL, NEEDS_RULING, STATUSES, Applicant
from allocator.models.book.forms import DRAWN, FROZEN, OPEN
from allocator.models.book.openings import solve_round
from allocator.models.book.reclassified import reclassified_keeps_seat, reclassified_target
from allocator.models.book.refill import refill_from, refillable_school
from allocator.models.book.state import (
    CONFIRMED,
    DECISIONS,
    DISMISSED,
    PUBLICITY,
    RETURNED_HOME,
    WAITING,
    WITHDRAWN,
    CaseObjection,
    CaseParty,
    CaseSeat,
    CaseState,
    RoundProgress,
)
from allocator.models.parties import parties_of

EventEffect: TypeAlias = Callable[[CaseState, Mapping[str, Any]], None]
_VERIFIED, _LATE, _BLACKLISTED = STATUSES


def model_effects(state: CaseState, event: Mapping[str, Any]) -> None:
    """Change the state as an accepted event does, but for ``annulled``, which brings back another state."""
    EFFECTS.get(event["type"], _record)(state, event)


def _record(_state: CaseState, _event: Mapping[str, Any]) -> None:
    """Events that are a record and nothing else."""


# The season and its rounds


def _season_opened(state: CaseState, _event: Mapping[str, Any]) -> None:
    state.stage = OPEN
    for school in state.season.district.schools.values():
        if not school.external:
            state.plan[school.school_id], state.cap[school.school_id] = school.plan, school.most


def _determined(state: CaseState, _event: Mapping[str, Any]) -> None:
    state.determined = True


def _frozen(state: CaseState, _event: Mapping[str, Any]) -> None:
    state.stage = FROZEN


def _unfrozen(state: CaseState, _event: Mapping[str, Any]) -> None:
    state.stage, state.determined = OPEN, False


def _drawn(state: CaseState, e: Mapping[str, Any]) -> None:
    """Parties whose home school is external leave, all others wait."""
    state.stage, state.seed = DRAWN, e["transcript"]
    for party in parties_of(state.season.district):
        is_external = bool(party.home) and state.season.is_external(party.home)
        state.put(_leaving(CaseParty(party), party.home) if is_external else CaseParty(party))


def _leaving(one: CaseParty, school: str) -> CaseParty:
    """Return a party that leaves for an external school."""
    return one.but(standing=EXTERNAL, external=school)


def _round_opened(state: CaseState, e: Mapping[str, Any]) -> None:
    solve_round(state, state.season.rounds[e["round"]])


def _published(state: CaseState, e: Mapping[str, Any]) -> None:
    state.begun[e["round"]] = RoundProgress(PUBLICITY, date.fromisoformat(e["last_day"]))


def _round_confirmed(state: CaseState, e: Mapping[str, Any]) -> None:
    state.begun[e["round"]] = RoundProgress(CONFIRMED)


def _objection(state: CaseState, e: Mapping[str, Any]) -> None:
    state.objections[e["objection"]] = CaseObjection(e["round"], e["party"])


# Seats


def _free(state: CaseState, one: CaseParty, **becomes: Any) -> None:
    """Write what a party without its seat is, and fill the seat that it had."""
    state.put(one.but(seat=None, **becomes))
    refill_from(state, refillable_school(one))


def _with(one: CaseParty, state: CaseState, **columns: Any) -> CaseParty:
    """Return a party with other zone, category, registered school or status, and the home school of these."""
    child = one.child._replace(**columns)
    party = state.season.party(child, one.party.members)
    return one.but(party=replace(party, name=one.party.name))


def _settle(state: CaseState, one: CaseParty, *, home_before: str | None = None) -> CaseParty:
    """Return what a party that waits becomes by its home school (section 9.2)."""
    home = one.party.home
    if one.standing != WAITING:
        return one
    if home and state.season.is_external(home):
        sent_back = one.p9_only and home == home_before
        return one if sent_back else _leaving(one, home)
    is_referred = not home and not one.p9_only and state.season.rounds.referral in state.begun
    return one.but(standing=NEEDS_RULING) if is_referred else one


def _late_intake(state: CaseState, e: Mapping[str, Any]) -> None:
    """A new party with the next late ids."""
    numbers = range(state.late + 1, state.late + 1 + e["children"])
    members = tuple(sorted(f"L{number:04d}" for number in numbers))
    state.late = numbers[-1]
    child = Applicant(members[0], e["zone"], e["category"], e["registered_school"], status=_LATE)
    state.put(_settle(state, CaseParty(state.season.party(child, members))))


def _reclassification(state: CaseState, e: Mapping[str, Any]) -> None:
    """New values; a seat that they do not carry is lost, and who waits begins anew (section 9.4)."""
    old = state.parties[e["party"]]
    now = _with(old, state, **{field: e[field] for field in ("category", "zone", "registered_school")})
    if old.seat is not None and reclassified_keeps_seat(state, old, now):
        state.put(now)
        return
    waiting = now.but(standing=WAITING, seat=None, claims={}, target=reclassified_target(state, now))
    state.put(_settle(state, waiting, home_before=old.party.home))
    refill_from(state, refillable_school(old))


def _withdrawal(state: CaseState, e: Mapping[str, Any]) -> None:
    """A seat given back; a voluntary one given back before the batches counts as a bid that was lost (Q-06)."""
    one = state.parties[e["party"]]
    if e["then"] == "leave":
        _free(state, one, standing=WITHDRAWN)
        return
    assert one.seat is not None
    rounds = state.season.rounds
    has_batches = any(rounds[name].category for name in state.begun)
    if not (_is_voluntary(state, one.seat) and not has_batches):
        one = _with(one, state, status=_LATE if one.verified else one.child.status).but(p9_only=True)
    _free(state, one, standing=WAITING, claims={})


def _is_voluntary(state: CaseState, seat: CaseSeat) -> bool:
    """Whether a seat is of a round of ranked lists."""
    return seat.round != DECISIONS and state.season.rounds[seat.round].phase.kind == "deferred_acceptance"


def _part_withdrawn(state: CaseState, e: Mapping[str, Any]) -> None:
    """Some children leave; the others keep what the party has, and may fit now where it waits."""
    one = state.parties[e["party"]]
    going = e["children"].split(";")
    members = tuple(child for child in one.party.members if child not in going)
    now = one.but(party=replace(one.party, members=members), gone=(*one.gone, *going))
    state.put(now)
    waits = [s for rnd in state.open_rounds() for s in now.claims.get(rnd.name, ()) if state.waits(now, rnd, s)]
    refill_from(state, [*refillable_school(now), *waits])


def _revocation(state: CaseState, e: Mapping[str, Any]) -> None:
    """A seat is taken away; a false residence leads back to the original zone's school (C120)."""
    one = state.parties[e["party"]].but(claims={})
    if e["then"] == "return_home":
        _free(state, one, standing=RETURNED_HOME)
    elif e["ground"] != "sham_residence":
        _free(state, _with(one, state, status=_BLACKLISTED), standing=WAITING, p9_only=True)
    else:
        status = _LATE if one.verified else one.child.status
        one = _with(one, state, status=status, zone=e["zone"], registered_school="").but(p9_only=True)
        school = state.season.district.zones[e["zone"]].school_id
        if state.season.is_external(school):
            _free(state, one, standing=EXTERNAL, external=school)
        else:
            _free(state, one, standing=WAITING, school_first=school)


def _returned(state: CaseState, e: Mapping[str, Any]) -> None:
    state.put(state.parties[e["party"]].but(standing=WAITING, external="", p9_only=True))


def _objection_closed(state: CaseState, e: Mapping[str, Any]) -> None:
    """An objection upheld gives a special seat, or the first place of the adjustment (Q-35)."""
    objection = state.objections[e["objection"]]
    state.objections[e["objection"]] = objection._replace(is_open=False)
    one = state.parties[objection.party]
    if not e["school"]:
        return
    if state.special_room(e["school"], one.party.size):
        _special_seat(state, one, e["school"], "objection")
    elif one.standing == WAITING:
        state.put(one.but(first=True))
    elif one.standing == NEEDS_RULING:
        state.put(one.but(standing=WAITING, first=True, p9_only=True))


def _special_seat(state: CaseState, one: CaseParty, school: str, phase: str) -> None:
    """A seat beyond the rounds; nobody is displaced, and the seat that the party had is filled."""
    state.put(one.seated(CaseSeat(school, DECISIONS, phase, ADMITTED)).but(claims={}, target=""))
    refill_from(state, refillable_school(one))


def _ruling(state: CaseState, e: Mapping[str, Any]) -> None:
    one = state.parties[e["party"]]
    if e["decision"] == "place":
        _special_seat(state, one, e["school"], "ruling")
    elif e["decision"] == "adjust":
        state.put(one.but(standing=WAITING, p9_only=True))
    else:
        _free(state, one, standing=DISMISSED, claims={})


def _seats_added(state: CaseState, e: Mapping[str, Any]) -> None:
    state.plan[e["school"]] += e["seats"]
    state.cap[e["school"]] += e["seats"]
    refill_from(state, [e["school"]])


def _seats_removed(state: CaseState, e: Mapping[str, Any]) -> None:
    state.plan[e["school"]] -= e["seats"]
    state.cap[e["school"]] -= e["seats"]


EFFECTS: Mapping[str, EventEffect] = {
    "season_opened": _season_opened,
    "determined": _determined,
    "frozen": _frozen,
    "unfrozen": _unfrozen,
    "drawn": _drawn,
    "round_opened": _round_opened,
    "publicity_opened": _published,
    "publicity_extended": _published,
    "round_confirmed": _round_confirmed,
    "objection": _objection,
    "late_intake": _late_intake,
    "reclassification": _reclassification,
    "withdrawal": _withdrawal,
    "part_withdrawn": _part_withdrawn,
    "revocation": _revocation,
    "returned": _returned,
    "objection_closed": _objection_closed,
    "ruling": _ruling,
    "seats_added": _seats_added,
    "seats_removed": _seats_removed,
}
"""By type of event; the others are records."""
