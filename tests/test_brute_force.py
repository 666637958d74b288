"""Brute force on tiny districts of another kind of policy: one deferred-acceptance round over ranked lists.

Every matching of children to the schools they rank is enumerated; stability is tested by its definition, and the
student-optimal one among the stable ones is the list that both engines must give.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest

from allocator.checking import check_list_by_rules
from allocator.domain import AdjustmentPhase, Applicant, DeferredAcceptancePhase, District, Draw, School, Zone
from allocator.models.law.strict import run_strict
from allocator.procedure import run_procedure
from tests.conformance import policy

SCHOOLS = ("north", "south", "east", "west", "centre")


def tiny(number: int, parties: int = 5, schools: int = 3) -> District:
    """Make a random district under the ranked-choice policy, some of its children twins."""
    rng = random.Random(number)
    used = SCHOOLS[:schools]
    places = {name: School(name, name, plan=rng.randint(0, 3), hard_cap=9) for name in used}
    places |= {name: School(name, name) for name in SCHOOLS[schools:]}
    zones = {name: Zone(name, name) for name in SCHOOLS}
    children: list[Applicant] = []
    for i in range(rng.randint(1, parties)):
        cells = {
            "zone": rng.choice(SCHOOLS), "category": "G1", "sibling_school": rng.choice(("", "", *used)),
            "voluntary_1": tuple(rng.sample(used, rng.randint(0, schools))),
        }  # fmt: skip
        twins = rng.random() < 0.3
        for k in range(1 + twins):
            child = Applicant(f"P{rng.randint(0, 9999):04d}{i}{k}", **cells)  # type: ignore[arg-type]
            children.append(child._replace(bundle=f"b{i}") if twins else child)
    return District(policy("ranked-choice"), places, zones, tuple(sorted(children)), draw=Draw(trial_seed=number))


def parties_of(district: District) -> dict[str, list[Applicant]]:
    """Children of each party by party id."""
    groups: dict[str, list[Applicant]] = {}
    for child in district.applicants:
        groups.setdefault(child.bundle or child.applicant_id, []).append(child)
    return {min(c.applicant_id for c in group): group for group in groups.values()}


def priority(district: District, school: str, name: str, child: Applicant) -> tuple[object, ...]:
    """Place of a party in a school's order: sibling, walk zone, ticket."""
    assert district.draw is not None
    ticket = sha256(f"{district.draw.seedhex}|choice/{school}|{name}".encode()).hexdigest()
    return child.sibling_school != school, child.zone != school, ticket


def stable(district: District, held: dict[str, str]) -> bool:
    """Whether nobody holds a seat beyond the cut, and no party is open to a school that it likes better."""
    groups = parties_of(district)
    for name, group in groups.items():
        for school in group[0].voluntary_1:
            mine = priority(district, school, name, group[0])
            ahead = sum(
                len(groups[other])
                for other, at in held.items()
                if at == school and other != name and priority(district, school, other, groups[other][0]) < mine
            )
            is_open = ahead < district.schools[school].plan
            if held.get(name) == school:
                if not is_open:
                    return False
                break
            if is_open:
                return False
    return True


def matchings(district: District) -> Iterator[dict[str, str]]:
    """Every way in which each party holds one of its schools or none."""
    groups = parties_of(district)
    options = [["", *group[0].voluntary_1] for group in groups.values()]
    for choice in itertools.product(*options):
        yield {name: school for name, school in zip(groups, choice, strict=True) if school}


def ranks(district: District, held: dict[str, str]) -> list[int]:
    """Rank of each party's school on its list, none last."""
    return [(*group[0].voluntary_1, "").index(held.get(name, "")) for name, group in parties_of(district).items()]


@pytest.mark.parametrize("number", range(150))
def test_engines_give_the_student_optimal_stable_matching(number: int) -> None:
    """Both engines and the checker agree with the enumeration of all matchings."""
    district = tiny(number)
    best = min((held for held in matchings(district) if stable(district, held)), key=lambda h: ranks(district, h))
    everyone_best = [
        min(column)
        for column in zip(
            *(ranks(district, held) for held in matchings(district) if stable(district, held)), strict=True
        )
    ]
    assert ranks(district, best) == everyone_best  # best for all of them at once
    rows = run_procedure(district)
    assert run_strict(district) == rows
    assert district.draw is not None
    assert check_list_by_rules(district, rows, district.draw.source) == ()
    held = {row.applicant_id: row.school_id for row in rows if row.phase == "choice-round"}
    assert {name: held[name] for name in parties_of(district) if name in held} == best


@pytest.mark.parametrize("number", range(60))
def test_larger_districts_of_that_kind(number: int) -> None:
    """Procedure, strict model and checker agree beyond the reach of enumeration, with all five schools."""
    district = tiny(number, parties=40, schools=5)
    roomy = {name: replace(s, plan=s.plan * 3, hard_cap=40) for name, s in district.schools.items()}
    district = replace(district, schools=roomy)
    rows = run_procedure(district)
    assert run_strict(district) == rows
    assert district.draw is not None
    assert check_list_by_rules(district, rows, district.draw.source) == ()


def test_the_policy_is_of_another_kind() -> None:
    """The second policy has one deferred-acceptance round with sibling and walk-zone priority, and no batches."""
    first, last = policy("ranked-choice").phases
    assert isinstance(first, DeferredAcceptancePhase)
    assert first.order == ("sibling", "walk_zone", "ticket")
    assert isinstance(last, AdjustmentPhase)
