"""Where to add seats, by trying everything: every way to give them, and every list; written from the page alone.

Nothing here knows flows, bounds or the search; the optimum's lists come from the oracle of the planning optimum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from allocator.domain import BatchPhase, District, Row
from allocator.procedure import run_procedure
from tests.planning_oracle import Unit, feasible_lists, leaves, metres, named_by, relations, units

Ways = Mapping[str, int]
"""Extra seats by school."""


def own(district: District) -> list[str]:
    """Own schools in order of their ids."""
    return sorted(name for name, school in district.schools.items() if not school.external)


def ways(district: District, most: int, step: int = 1, where: Iterable[str] = ()) -> Iterator[Ways]:
    """Every way to give at most so many units."""
    schools = sorted(where) or own(district)
    for numbers in product(range(most + 1), repeat=len(schools)):
        if sum(numbers) <= most:
            yield {name: step * number for name, number in zip(schools, numbers, strict=True)}


def with_seats(district: District, extra: Ways) -> District:
    """The district with extra seats; a hard cap moves along."""
    schools = dict(district.schools)
    for name, seats in extra.items():
        school = schools[name]
        cap = None if school.hard_cap is None else school.hard_cap + seats
        schools[name] = replace(school, plan=school.plan + seats, hard_cap=cap)
    return replace(district, schools=schools)


def admits(district: District, unit: Unit) -> set[str]:
    """Own schools at which some phase admits a party without diverting or adjusting it."""
    found: set[str] = set()
    for phase in district.policy.phases:
        if type(phase).__name__ == "ReferralPhase" and not unit.home:
            break
        if unit.lead.status == "verified":
            found |= set(named_by(district, phase, unit))
            if isinstance(phase, BatchPhase) and unit.home and unit.lead.category in phase.categories:
                found.add(unit.home)
    return {name for name in found if name in district.schools and not district.schools[name].external}


def ranks(district: District) -> dict[str, int]:
    """Place of each category."""
    return {category.category_id: i for i, category in enumerate(district.policy.categories)}


def far(district: District, unit: Unit, school: str) -> int:
    """Metres of the children of a party, 0 where a place is not known."""
    there = district.schools[school]
    return len(unit.ids) * metres(unit.lead, there) if unit.lead.x and there.x else 0


def vector_of_placed(district: District, placed: Mapping[str, str]) -> tuple[int, ...]:
    """Outcome of any list: children without a seat by category, diverted, metres."""
    rank = ranks(district)
    found = [0] * (len(rank) + 2)
    for unit in units(district):
        school = placed[unit.ids[0]]
        if leaves(district, unit):
            continue
        if not school:
            found[rank[unit.lead.category]] += len(unit.ids)
            continue
        found[-2] += len(unit.ids) * (school not in admits(district, unit))
        found[-1] += far(district, unit, school)
    return tuple(found)


def vector_of_rows(district: District, rows: Sequence[Row]) -> tuple[int, ...]:
    """Outcome of a list of the rules."""
    by_child = {row.applicant_id: row for row in rows}
    rank = ranks(district)
    found = [0] * (len(rank) + 2)
    for unit in units(district):
        row = by_child[unit.ids[0]]
        if row.outcome in ("needs_ruling", "unplaced"):
            found[rank[unit.lead.category]] += len(unit.ids)
        elif row.outcome != "external":
            found[-2] += len(unit.ids) * (row.outcome in ("diverted", "adjusted"))
            found[-1] += far(district, unit, row.school_id)
    return tuple(found)


def rules(district: District, extra: Ways) -> tuple[int, ...]:
    """Outcome of the rules with extra seats."""
    made = with_seats(district, extra)
    return vector_of_rows(made, run_procedure(made))


def optimum(district: District, extra: Ways) -> tuple[int, ...]:
    """Smallest outcome of any list with extra seats."""
    made = with_seats(district, extra)
    return min(vector_of_placed(made, placed) for _, placed in feasible_lists(made))


def hopeless(district: District) -> set[str]:
    """Leads of the parties that no school may take, by the reach of planning."""
    return {unit.ids[0] for unit in units(district) if not leaves(district, unit) and not relations(district, unit)}


def meets(district: District, outcome_of: Mapping[str, str], not_diverted: Iterable[str]) -> bool:
    """Whether a list reaches the goal of the fewest seats; ``outcome_of`` says seated, away or without by lead."""
    everywhere = everywhere_reached(district)
    protected = set(not_diverted)
    for unit in units(everywhere):
        lead = unit.ids[0]
        if leaves(everywhere, unit) or not relations(everywhere, unit):
            continue
        if outcome_of[lead] == "without":
            return False
        claims = admits(everywhere, unit)
        if outcome_of[lead] == "away" and unit.lead.category in protected and claims:
            return False
    return True


def everywhere_reached(district: District) -> District:
    """The district with every school of an adjustment list within reach: the rules know no other."""
    planning = district.policy.planning
    assert planning is not None
    return replace(district, policy=replace(district.policy, planning=replace(planning, nearest=99, closed={})))


def rules_meet(district: District, extra: Ways, not_diverted: Iterable[str]) -> bool:
    """Whether the rules' list reaches the goal with extra seats."""
    made = with_seats(district, extra)
    kinds = {"admitted": "seated", "diverted": "away", "adjusted": "away", "external": "seated"}
    outcome = {row.applicant_id: kinds.get(row.outcome, "without") for row in run_procedure(made)}
    return meets(made, outcome, not_diverted)


def optimum_meets(district: District, extra: Ways, not_diverted: Iterable[str]) -> bool:
    """Whether some list reaches the goal with extra seats."""
    made = with_seats(district, extra)
    lost = hopeless(made)
    wanted = set(not_diverted)
    for _, placed in feasible_lists(made):
        good = True
        for unit in units(made):
            if leaves(made, unit) or unit.ids[0] in lost:
                continue
            school, claims = placed[unit.ids[0]], admits(made, unit) & set(relations(made, unit))
            away = unit.lead.category in wanted and claims and school not in claims
            good = good and bool(school) and not away
        if good:
            return True
    return False
