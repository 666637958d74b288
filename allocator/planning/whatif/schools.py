"""Changes of schools: seats, classes, caps, schools that open or close."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from allocator import domain
from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    School,
    Zone,
)
from allocator.planning.whatif.draft import Draft


def change_school_seats(change: domain.SeatChange, draft: Draft) -> None:
    """Add seats to a plan or set it; the hard cap moves along, so that the room above the plan stays as it was."""
    school = draft.own_school("school", change.school)
    if school is not None:
        added = change.add if change.add is not None else (change.set or 0) - school.plan
        _add_seats(draft, school, added, change.cost_per_seat)


def change_school_classes(change: domain.ClassChange, draft: Draft) -> None:
    """Add classes of a size."""
    school = draft.own_school("school", change.school)
    if school is not None:
        _add_seats(draft, school, change.add * change.size, change.cost_per_seat)


def _add_seats(draft: Draft, school: School, added: int, cost: int | None) -> None:
    """Write the new plan and cap, and what the added seats cost."""
    cap = None if school.hard_cap is None else school.hard_cap + added
    draft.seats(school, plan=school.plan + added, hard_cap=cap)
    if cost is not None and added > 0:
        draft.bought.append((added, cost))
    draft.answer("seats", added, added, also={"already_so": not added, "no_cost": cost is not None and added <= 0})


def change_school_hard_cap(change: domain.HardCapChange, draft: Draft) -> None:
    """Write the most children that a school may hold."""
    school = draft.own_school("school", change.school)
    if school is not None:
        cap = change.set if change.set is not None else school.most + (change.add or 0)
        draft.seats(school, hard_cap=cap)
        more = cap - school.most
        draft.answer("seats", more, more, also={"already_so": not more})


def change_school_offered(change: domain.OfferedChange, draft: Draft) -> None:
    """Write the seats set aside for a voluntary round."""
    school = draft.own_school("school", change.school)
    rounds = {phase.seats for phase in draft.policy.phases if isinstance(phase, DeferredAcceptancePhase)}
    if change.set and change.column not in rounds:
        draft.fault("column.no_round", "column", change.column)
    elif school is not None:
        more = change.set - (getattr(school, change.column) or 0)
        draft.seats(school, **{change.column: change.set})
        draft.answer("seats", more, more, also={"already_so": not more})


def open_school(change: domain.NewSchool, draft: Draft) -> None:
    """Add a school, give it its zones and put it at the end of lists."""
    if change.school.casefold() in {name.casefold() for name in draft.schools}:
        draft.fault("what_if.school_there", "school", change.school)
        return
    lists = {name for phase in draft.policy.phases if isinstance(phase, BatchPhase) for name in phase.lists}
    known = draft.known("zones", change.zones, draft.zones, "zone")
    if not (draft.known("receiving", change.receiving, lists, "list") and known):
        return
    x, y = change.place or ("", "")
    school = School(
        change.school, change.name, plan=change.plan, hard_cap=change.hard_cap, x=x, y=y, name_en=change.name_en
    )
    draft.schools = dict(sorted({**draft.schools, change.school: school}.items()))
    draft.seats(school)
    draft.opened[change.school] = draft.file, draft.line, draft.at
    before = dict(draft.zones)
    fewer = _give_zones(draft, {zone: draft.zones[zone].school_id for zone in change.zones}, change.school)
    if change.cost_per_seat is not None:
        draft.bought.append((change.plan, change.cost_per_seat))
    listed = _list_school(change, draft)
    draft.answer("seats", change.plan, change.plan)
    if change.zones:
        _answer_zones(change, before, fewer, draft)
    asked = len(set(change.receiving)) + change.adjustment
    if asked:
        draft.answer("places", asked, listed, "receiving, adjustment", left={"no_adjustment": asked - listed})


def _answer_zones(change: domain.NewSchool, before: Mapping[str, Zone], fewer: int, draft: Draft) -> None:
    """Say for how many children of its zones a school becomes the home school, and why not for the others."""
    homes = {category.category_id: category.home for category in draft.policy.categories}
    done, left = 0, {"own_e_school": 0, "registered_elsewhere": 0}
    for child in draft.children.values():
        if child.zone in change.zones:
            if homes[child.category] == "e_school" and before[child.zone].e_school_id != before[child.zone].school_id:
                left["own_e_school"] += 1
            elif homes[child.category] == "registered" and child.registered_school not in ("", change.school):
                left["registered_elsewhere"] += 1
            else:
                done += 1
    draft.answer("children", done + sum(left.values()), done, "zones", left=left, also={"bids_dropped": fewer})


def _list_school(change: domain.NewSchool, draft: Draft) -> int:
    """Put a school at the end of receiving and adjustment lists; returns on how many kinds of them it stands."""

    def _listed(phase: Any) -> Any:
        if isinstance(phase, BatchPhase):
            longer = {name: (*phase.lists[name], change.school) for name in change.receiving if name in phase.lists}
            return replace(phase, lists={**phase.lists, **longer})
        if isinstance(phase, AdjustmentPhase) and change.adjustment:
            return replace(phase, schools=(*phase.schools, change.school))
        return phase

    draft.policy = replace(draft.policy, phases=tuple(map(_listed, draft.policy.phases)))
    adjusting = any(isinstance(phase, AdjustmentPhase) for phase in draft.policy.phases)
    return len(set(change.receiving)) + (change.adjustment and adjusting)


def close_school(change: domain.CloseSchool, draft: Draft) -> None:
    """Take all seats of a school away and give its zones to another one."""
    school = draft.own_school("school", change.school)
    to = draft.own_school("to", change.to) if change.to else None
    if school is None or (change.to and to is None):
        return
    if change.to == change.school:
        draft.fault("what_if.same_school", "to", change.to)
        return
    decided = {phase.column for phase in draft.policy.phases if isinstance(phase, DecisionPhase)}
    named = sum(any(getattr(child, column) == change.school for column in decided) for child in draft.children.values())
    draft.seats(school, plan=0, hard_cap=None, offered_voluntary_1=None, offered_voluntary_2=None)
    draft.answer("seats", -school.plan, -school.plan, also={"already_so": not school.plan, "decided_for": named})
    own = {name for name, zone in draft.zones.items() if change.school in _schools_of(zone)}
    if to is None:
        if own:
            draft.answer("places", 0, 0, "zones", also={"zones_without": len(own)})
        return
    fewer = _give_zones(draft, dict.fromkeys(draft.zones, change.school), change.to)
    also = {"bids_dropped": fewer, "no_zone": not own, "heir_closed": not to.plan}
    draft.answer("places", len(own), len(own), "to", also=also)


def _give_zones(draft: Draft, old: Mapping[str, str], new: str) -> int:
    """Put one school in the place of each zone's old one, there and in what the zone's children registered for.

    Returns how many children lose bids by it.

    All zones are changed before any child is: in which tier a registered school counts depends on other zones.
    """
    for name, school in old.items():
        draft.zones[name] = _given(draft.zones[name], school, new)
    registered: dict[str, list[Applicant]] = {}
    for child in draft.children.values():
        zone, school = draft.zones[child.zone], child.registered_school
        if school or child.zone in old:
            now = new if school and school == old.get(child.zone) else school
            registered.setdefault(now if zone.dual_school_ids else "", []).append(child)
    return sum(draft.rewrite(children, registered_school=name) for name, children in registered.items())


def _schools_of(zone: Zone) -> tuple[str, ...]:
    """All schools that a zone names."""
    return zone.school_id, zone.e_school_id, *zone.dual_school_ids


def _given(zone: Zone, old: str, new: str) -> Zone:
    """A zone with one school in the place of another."""

    def _swapped(school: str) -> str:
        return new if school == old else school

    own = _swapped(zone.school_id)
    duals = tuple(dict.fromkeys(dual for dual in map(_swapped, zone.dual_school_ids) if dual != own))
    return replace(zone, school_id=own, e_school_id=_swapped(zone.e_school_id), dual_school_ids=duals)


CHANGES: dict[type, Callable[[Any, Draft], None]] = {
    domain.SeatChange: change_school_seats,
    domain.ClassChange: change_school_classes,
    domain.HardCapChange: change_school_hard_cap,
    domain.OfferedChange: change_school_offered,
    domain.NewSchool: open_school,
    domain.CloseSchool: close_school,
}
