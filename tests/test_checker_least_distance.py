"""The diversion by least distance against its definition: every diversion of small districts is tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from itertools import product

import pytest

from allocator.checking import check_list_by_rules, unproven_by_rules
from allocator.checking.distances import Plane
from allocator.domain import Applicant, District, Draw, Row, School, Zone
from allocator.procedure import run_procedure
from tests.small_districts import Dice, batches, policy, replace_id, with_switches

RECEIVING = ("s4", "s2", "s3")
Value = tuple[int, int, list[int]]
"""Children placed (negative), metres, and places of the schools in the list by ticket: the least is best."""

PLACES = (("s1", 0, "0"), ("s4", 31, "1"), ("s2", 31, "3"), ("s3", 31, "6"))
"""School, seats and place of the crowded example."""


def random_diversion(seed: int, parties: int, bundles: float) -> District:
    """One school without seats and one home batch, whose children are diverted to three others; places tie often."""
    dice = Dice(seed)
    kids: list[Applicant] = []
    for n in range(parties):
        kid = Applicant(f"K{n}", "z1", "A", x=dice.pick(("0", "1", "2.5")), y=dice.pick(("0", "-1.5", "4")))
        size = dice.pick((2, 3)) if dice.chance(bundles) else 1
        kids += [kid] if size == 1 else [replace_id(kid, f"K{n}-{m}", f"b{n}") for m in range(size)]
    plans = {"s1": 0} | {s: dice.pick((0, 1, 2, 2, 3)) for s in RECEIVING}
    schools = {
        s: School(s, s, plan=n, hard_cap=n + 5, x=dice.pick(("0", "2")), y=dice.pick(("0", "3")))
        for s, n in plans.items()
    }
    rules = policy([batches(RECEIVING)], divert_assign="least_distance")
    return District(rules, schools, {"z1": Zone("z1", "s1")}, tuple(kids), Draw(trial_seed=seed))


def parties_of(district: District) -> list[list[Applicant]]:
    """The children of every party, parties in the order of the diversion's tickets."""
    found: dict[str, list[Applicant]] = {}
    for kid in district.applicants:
        found.setdefault(kid.bundle or kid.applicant_id, []).append(kid)
    assert district.draw is not None
    seed = sha256(district.draw.source).hexdigest()
    return sorted(found.values(), key=lambda p: sha256(f"{seed}|divert-A|{p[0].applicant_id}".encode()).hexdigest())


def rows_of(parties: list[list[Applicant]], schools: tuple[str, ...]) -> list[Row]:
    """The list that sends every party to a school, or nowhere."""
    return [
        Row(kid.applicant_id, s, "batch-A", "diverted", "divert-A")
        if s
        else Row(kid.applicant_id, "", "", "unplaced", "")
        for party, s in zip(parties, schools, strict=True)
        for kid in party
    ]


def metres(kid: Applicant, school: School) -> int:
    """Whole metres, rounded half up: the largest n with (n - 1/2) squared not above the squared distance."""
    square = (Fraction(kid.x) - Fraction(school.x)) ** 2 + (Fraction(kid.y) - Fraction(school.y)) ** 2
    n = 0
    while (2 * n + 1) ** 2 <= 4 * square:
        n += 1
    return n


def value(district: District, parties: list[list[Applicant]], schools: tuple[str, ...]) -> Value | None:
    """What is minimised, by procedure.md section 8; None if a school would go over plan."""
    for school in RECEIVING:
        used = sum(len(p) for p, s in zip(parties, schools, strict=True) if s == school)
        if used > district.schools[school].plan:
            return None
    placed = [(p, district.schools[s]) for p, s in zip(parties, schools, strict=True) if s]
    far = sum(len(p) * metres(p[0], school) for p, school in placed)
    return -sum(len(p) for p, _ in placed), far, [(*RECEIVING, "").index(s) for s in schools]


def diversions(parties: list[list[Applicant]]) -> Iterator[tuple[str, ...]]:
    """All ways of sending the parties somewhere or nowhere."""
    return product((*RECEIVING, ""), repeat=len(parties))


def judge_all(district: District) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The diversions that the checker accepts, and the one that is best."""
    assert district.draw is not None
    parties = parties_of(district)
    values = {d: v for d in diversions(parties) if (v := value(district, parties, d)) is not None}
    best = min(values, key=lambda d: values[d])
    source = district.draw.source
    accepted = [d for d in diversions(parties) if not check_list_by_rules(district, rows_of(parties, d), source)]
    assert not any(unproven_by_rules(district, rows_of(parties, d), source) for d in accepted)
    return accepted, best


@pytest.mark.parametrize("bundles", [0.0, 0.5])
@pytest.mark.parametrize("seed", range(60))
def test_only_the_best_diversion_is_accepted(seed: int, bundles: float) -> None:
    """Of all diversions of up to four parties, with and without bundles, exactly the best one is accepted."""
    accepted, best = judge_all(random_diversion(seed, 1 + seed % 4, bundles))
    assert accepted == [best]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1060))
def test_only_the_best_diversion_of_six_parties_is_accepted(seed: int) -> None:
    """The same for six parties."""
    accepted, best = judge_all(random_diversion(seed, 6, 0.3))
    assert accepted == [best]


def test_codes_tell_what_is_better() -> None:
    """Fewer placed, farther away, the wrong one of two equal diversions, and over plan are told apart."""
    zones = {"z1": Zone("z1", "s1")}
    schools = {
        s: School(s, s, plan=n, x=x, y="0")
        for s, n, x in (("s1", 0, "0"), ("s4", 1, "0"), ("s2", 1, "9"), ("s3", 0, "9"))
    }
    near, far = Applicant("K1", "z1", "A", x="0", y="0"), Applicant("K2", "z1", "A", x="9", y="0")
    district = District(policy([batches(RECEIVING)], divert_assign="least_distance"), schools, zones, (near, far))
    both = [[near], [far]]

    def codes(*where: str) -> set[tuple[str, str, str]]:
        return {
            (v.code, v.applicant_id, v.school_id)
            for v in check_list_by_rules(district, rows_of(both, where), b"trial|1")
        }

    assert codes("s4", "s2") == set()
    assert codes("s4", "") == {("check.least_fewer", "K2", "")}
    assert {c for c, _, _ in codes("s2", "s4")} == {"check.least_farther"}
    assert ("check.least_over_plan", "", "s4") in codes("s4", "s4")
    level = replace(
        district, schools=schools | {"s2": replace(schools["s2"], x="0"), "s4": replace(schools["s4"], x="0")}
    )
    first = parties_of(replace(level, draw=Draw(trial_seed=1)))
    later = check_list_by_rules(level, rows_of(first, ("s2", "s4")), b"trial|1")
    assert [(v.code, v.applicant_id, v.school_id) for v in later] == [
        ("check.least_tie", first[0][0].applicant_id, "s2")
    ]


def test_family_order_counts_only_in_the_receiving_list() -> None:
    """The preferred schools of a family play no part in a diversion by least distance, places alone do."""
    schools = {
        s: School(s, s, plan=n, x=x, y="0")
        for s, n, x in (("s1", 0, "0"), ("s4", 1, "5"), ("s2", 1, "1"), ("s3", 1, "9"))
    }
    kid = Applicant("K1", "z1", "A", preferred_diversion=("s3",), x="0", y="0")
    rules = policy([batches(RECEIVING)], divert_assign="least_distance")
    district = District(rules, schools, {"z1": Zone("z1", "s1")}, (kid,))
    assert not check_list_by_rules(district, rows_of([[kid]], ("s2",)), b"trial|1")
    serial = replace(with_switches(district, divert_assign="serial_by_ticket"), draw=Draw(trial_seed=1))
    assert run_procedure(serial)[0].school_id == "s3"


def test_a_diversion_that_bundles_leave_open_is_named() -> None:
    """Sixty bundles and too few seats: nothing better is found, nothing is proven, and the batch is named so."""
    kids = [
        replace_id(Applicant("", "z1", "A", x=str(n % 7), y=str(n % 5)), f"K{n:03d}-{m}", f"b{n}")
        for n in range(60)
        for m in range(2 + n % 2)
    ]
    schools = {s: School(s, s, plan=n, x=x, y="0") for s, n, x in PLACES}
    rules = policy([batches(RECEIVING)], divert_assign="least_distance")
    district = District(rules, schools, {"z1": Zone("z1", "s1")}, tuple(kids), Draw(trial_seed=1))
    parties, left, where = parties_of(district), dict.fromkeys(RECEIVING, 31), []
    for party in parties:
        near = sorted(RECEIVING, key=lambda s: metres(party[0], schools[s]))
        school = next((s for s in near if left[s] >= len(party)), "")
        left[school] = left.get(school, 0) - len(party)
        where.append(school)
    rows = rows_of(parties, tuple(where))
    assert not check_list_by_rules(district, rows, b"trial|1")
    assert unproven_by_rules(district, rows, b"trial|1") == ("batch-A",)
    assert unproven_by_rules(with_switches(district, divert_assign="serial_by_ticket"), rows, b"trial|1") == ()


@pytest.mark.parametrize(
    ("x", "y"), [("0.5", "0"), ("1.5", "0"), ("1.4999999999999999999", "0"), ("3", "4"), ("1", "1"), ("7.5", "10")]
)
def test_metres_are_rounded_half_up_exactly(x: str, y: str) -> None:
    """Distances in whole metres equal those of exact arithmetic, at the halves too."""
    home, school = Applicant("K1", "z1", "A", x=x, y=y), School("s1", "s1", x="0", y="0")
    plane = Plane([home, school])
    assert plane.metres(plane.point(home), plane.point(school)) == metres(home, school)
