"""From a district and what-ifs to another district (docs/what-if.md).

Changes are made one after another: files in the order given, inside a file from top to bottom. Each acts on what the
earlier ones left; whether the whole makes sense is judged at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

import numpy as np

from allocator.domain import AdjustmentPhase, Applicant, BatchPhase, District, School, WhatIf
from allocator.eligibility import (
    VERIFIED,
    diversion_list,
    eligible_parties,
    home_rules,
    home_school,
    make_instance,
    overflow_school,
)
from allocator.ground import Fault, InputError
from allocator.lottery import hard_cap_faults
from allocator.planning.whatif import demand as changes_demand
from allocator.planning.whatif import homes as changes_homes
from allocator.planning.whatif import rules as changes_rules
from allocator.planning.whatif import schools as changes_schools
from allocator.planning.whatif.answers import ChangeAnswer, answer_parts
from allocator.planning.whatif.draft import Draft, draft_of
from allocator.procedure import SimulatedLots, run_all_phases, words_of
from allocator.reading import MOST_SEATS

MAKERS: Mapping[type, Callable[[Any, Draft], None]] = {
    **changes_schools.CHANGES,
    **changes_rules.CHANGES,
    **changes_homes.CHANGES,
    **changes_demand.CHANGES,
}
"""What makes each kind of change."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A district that what-ifs made.

    Attributes
    ----------
    district : District
        The changed district; its draw is that of the base.
    place : Mapping[str, int]
        Place of each child's word in simulated draws: its place in the base roster, new children behind.
    bought : tuple of (int, int)
        Seats added and the cost of each, for changes that give a cost.
    answers : tuple of ChangeAnswer
        What became of every request of every change, in their order.
    """

    district: District
    place: Mapping[str, int]
    bought: tuple[tuple[int, int], ...] = ()
    answers: tuple[ChangeAnswer, ...] = field(default=(), compare=False)

    @property
    def cost(self) -> int | None:
        """Cost of all added seats that have one; None where none has."""
        return sum(seats * each for seats, each in self.bought) if self.bought else None


def compose(district: District, what_ifs: Sequence[WhatIf], demand: int = 0, *, reach: bool = False) -> Scenario:
    """Return the district with all changes made.

    Parameters
    ----------
    district : District
        The base.
    what_ifs : sequence of WhatIf
        In the order in which they are made.
    demand : int
        Number of the demand draw: the roster is resampled before the changes; 0 leaves it as it is.
    reach : bool
        Whether a school that opens must be one that somebody can come to; of a resampled roster that would be chance.

    Raises
    ------
    InputError
        With everything that does not fit the district, or that no school can be: all faults of all files.
    """
    base = resampled_when_composing(district, demand) if demand else district
    draft = draft_of(base, demand)
    for what_if in what_ifs:
        draft.file = what_if.file or what_if.name
        for number, change in enumerate(what_if.changes):
            draft.line, draft.at, draft.kind = change.line, f"changes.{number}[{change.kind}]", change.kind
            MAKERS[type(change)](change, draft)
    draft.faults += _impossible(draft)
    applicants = tuple(draft.children[name] for name in sorted(draft.children))
    made = replace(base, policy=draft.policy, schools=draft.schools, zones=draft.zones, applicants=applicants)
    if reach:
        draft.faults += list(_unreachable(made, draft))
    if draft.faults:
        raise InputError(draft.faults)
    if what_ifs:
        _judge_whole(base, made, what_ifs[-1].file or what_ifs[-1].name, demand)
    return Scenario(made, draft.place, tuple(draft.bought), tuple(draft.answers))


def composed_what_ifs(base: District, compositions: Sequence[Sequence[WhatIf]]) -> list[Scenario]:
    """Return all compositions, in which somebody can come to every school that opens.

    Raises
    ------
    InputError
        With the faults of all of them at once.
    """
    made: list[Scenario] = []
    faults: list[Fault] = []
    for parts in compositions:
        try:
            made.append(compose(base, parts, reach=True))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return made


def _unreachable(district: District, draft: Draft) -> Iterator[Fault]:
    """Schools that open and that nobody can come to; how many can come to the others is told."""
    sound = not draft.faults
    for school, (file, line, at) in draft.opened.items():
        if not draft.schools[school].plan:
            continue
        ways = ways_in_composed(district, draft.place, school, draw=sound)
        if any(ways.values()):
            kind, count = at.partition("[")[2].rstrip("]"), sum(ways.values())
            told = ChangeAnswer(file, line, kind, "reach", "children", count, count, also=answer_parts(ways))
            draft.answers.append(told)
        elif sound or not listed_when_composing(district, school):
            yield Fault("what_if.unreachable", file, line, at, school, {"plan": f"{draft.schools[school].plan:,}"})


def _judge_whole(base: District, district: District, file: str, demand: int) -> None:
    """Refuse a district that nobody lives in, whose distances cannot be measured, or whose caps a bundle can break.

    The last as before a real draw (procedure.md P6), unless the base has the same fault, with whatever numbers: that
    is not the what-if's, and running the base tells it of the base's own file.
    Resampled rosters are the procedure's alone, which goes on.
    """
    faults = list(_places_missing(district)) if district.applicants else [Fault("what_if.no_children", file)]
    if not demand and (broken := hard_cap_faults(district)):
        known = set(map(_place_of_cap, hard_cap_faults(base)))
        faults += [fault for fault in broken if _place_of_cap(fault) not in known]
    if faults:
        raise InputError([replace(fault, file=file) for fault in faults])


def _place_of_cap(fault: Fault) -> tuple[str, str, str]:
    """Return which cap can be broken, and when."""
    return fault.code, fault.params["school"], fault.params["phase"]


def _places_missing(district: District) -> Iterator[Fault]:
    """Schools and homes without a place where distances decide the diversion, as reading the tables refuses them."""
    switches, schools = district.policy.switches, district.schools
    if switches.divert_assign != "least_distance":
        return
    batches = [phase for phase in district.policy.phases if isinstance(phase, BatchPhase)]
    receiving = {school for phase in batches for listed in phase.lists.values() for school in listed}
    if switches.e_route == "overflow":
        receiving |= {zone.e_school_id for zone in district.zones.values()} - {""}
    for school in sorted(receiving):
        if not schools[school].x:
            yield Fault("place.school_needed", "", 0, "x", params={"school": school})
    categories = {category for phase in batches for category in phase.categories}
    for party in eligible_parties(district.applicants):
        if party.lead.status == VERIFIED and party.lead.category in categories and not party.lead.x:
            yield Fault("place.home_needed", "", 0, "x", party.party_id)


def _impossible(draft: Draft) -> Iterator[Fault]:
    """Schools that cannot be, each told where its seats were changed last."""
    for name, (file, line, at) in sorted(draft.touched.items()):
        school = draft.schools[name]
        for code, value, words in _school_faults(school):
            yield Fault(code, file, line, at, value, {"school": name, **words})


def _school_faults(school: School) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What is wrong with the seats of a school: code, value, words."""
    offered = (school.offered_voluntary_1 or 0) + (school.offered_voluntary_2 or 0)
    if max(school.plan, school.most) > MOST_SEATS:
        yield "what_if.too_many_seats", str(max(school.plan, school.most)), {"most": f"{MOST_SEATS:,}"}
    elif school.plan < 0:
        yield "what_if.negative_seats", str(school.plan), {}
    elif school.most < school.plan:
        yield "what_if.cap_below_plan", str(school.most), {"plan": str(school.plan)}
    elif offered > school.plan:
        yield "what_if.offered_above_plan", str(offered), {"plan": str(school.plan)}


def resampled_when_composing(district: District, demand: int) -> District:
    """Return a district whose parties are drawn anew, with replacement, from its own roster.

    Each place of the roster keeps its id and so its tickets; zone, category, home, choices and status become those of
    a party of the same size, picked by the word of the place. So numbers by zone and category vary as they would among
    children drawn from the same population, while the number of children stays.

    Parameters
    ----------
    district : District
        The base.
    demand : int
        Number of the demand draw, 1 or more.
    """
    groups = draft_of(district).parties()
    words = words_of(f"demand|{demand}|resample", len(groups)).tolist()
    of_size: dict[int, list[Sequence[Applicant]]] = {}
    for group in groups:
        of_size.setdefault(len(group), []).append(group)
    children = []
    for group, word in zip(groups, words, strict=True):
        sources = of_size[len(group)]
        for slot, source in zip(group, sources[word % len(sources)], strict=True):
            children.append(source._replace(applicant_id=slot.applicant_id, bundle=slot.bundle, name=slot.name))
    return replace(district, applicants=tuple(sorted(children, key=attrgetter("applicant_id"))))


WAYS = ("reach_home", "reach_receiving", "reach_adjustment")
"""Children whose home school it is, who may be diverted there, and who come there by adjustment."""


def ways_in_composed(district: District, place: Mapping[str, int], school: str, *, draw: bool = True) -> dict[str, int]:
    """Return how many children have each way to a school that opens; all 0: nobody can come there.

    At home and by diversion those count whom a batch admits. An adjustment list is gone through from its front, so a
    school at its end is reached only when all before it are full: where it has no other way in, one list is drawn and
    those count who come there. Where the adjustment goes by distance everyone counts whose home has a place, if the
    school has one.

    Parameters
    ----------
    district : District
        With the school, composed.
    place : Mapping of str to int
        Place of each child's word in simulated draws.
    school : str
        Its id.
    draw : bool
        Whether a list may be drawn: not where something else is wrong with the district.
    """
    found = dict.fromkeys(WAYS, 0)
    known: dict[tuple[str, ...], str] = {}
    for party in eligible_parties(district.applicants):
        lead = party.lead
        key = (lead.zone, lead.category, lead.registered_school, lead.status)
        if key not in known:
            known[key] = _way(district, lead, school)
        if known[key]:
            found[known[key]] += party.size
    found["reach_adjustment"] = _adjusted(district, place, school, only=draw and not any(found.values()))
    return found


def _way(district: District, child: Applicant, school: str) -> str:
    """The first way in of a child like this before any adjustment; empty where it has none."""
    if child.status != VERIFIED:
        return ""
    rule = home_rules(district.policy)[child.category]
    overflow = district.policy.switches.e_route == "overflow"
    home = home_school(child, rule, district.zones, overflow=overflow)
    first = overflow_school(child, rule, district.zones, overflow=overflow)
    for phase in district.policy.phases:
        if isinstance(phase, BatchPhase) and child.category in phase.categories and home:
            if home == school:
                return "reach_home"
            if school in diversion_list(phase, home, (), first):
                return "reach_receiving"
    return ""


def _adjusted(district: District, place: Mapping[str, int], school: str, *, only: bool) -> int:
    """Children who can come to a school by adjustment: by distance all with a home, else those of a draw, if asked."""
    if not listed_when_composing(district, school):
        return 0
    if district.policy.switches.adjust_by == "distance":
        return sum(bool(child.x) for child in district.applicants) if district.schools[school].x else 0
    return _drawn_there(district, place, school) if only else 0


def listed_when_composing(district: District, school: str) -> bool:
    """Return whether a school stands on an adjustment list."""
    return any(isinstance(phase, AdjustmentPhase) and school in phase.schools for phase in district.policy.phases)


def _drawn_there(district: District, place: Mapping[str, int], school: str) -> int:
    """Children who come to a school in one simulated draw by the procedure."""
    instance = make_instance(district)
    words = np.array([place[name] for name in instance.party_ids], dtype=np.int64)
    state = run_all_phases(instance, SimulatedLots(district.policy, words, 1, 1))
    return int(instance.size[state.seat == instance.school(school)].sum())
