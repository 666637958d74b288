"""The price of the rules: figures of lists that can be worked out by hand (docs/planning.md section 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allocator.domain import AdjustmentPhase, Applicant, District, Planning, School, Zone
from allocator.models.optimum.market import make_market
from allocator.planning.optimum import solve_and_check_optimum, summarise_optimum
from allocator.planning.optimum.placement import placement_figures, placement_of_list
from tests.small import by_lot
from tests.small_districts import Town, batches, phase, policy

FIRST = {"A1": 900, "A2": 800, "A3": 700}
"""Children of the first category, and the metres from ``s1``, the home school of all; ``s2`` lies at 1,000."""

LATER = {"B1": 0, "T1": 100, "T2": 100}
"""Children of the second category; T1 and T2 are twins."""


def town(**cells: Any) -> District:
    """Two seats at s1, four at s2, one zone, six children on one road."""
    rules = policy([batches(("s1", "s2")), phase(AdjustmentPhase, "adjust", schools=("s1", "s2"), draw="adjust")])
    weights = Planning(
        category=dict.fromkeys("ABEU", 100_000), home=0, chosen=0, diverted=0, metre=1, nearest=8, closed={}
    )
    kids = [Applicant(name, "z", "A", x=str(x), y="0", **cells) for name, x in FIRST.items()]
    kids += [
        Applicant(name, "z", "B", x=str(x), y="0", bundle="t" if name[0] == "T" else "", **cells)
        for name, x in LATER.items()
    ]
    made = Town({"s1": 2, "s2": 4}).district(replace(rules, planning=weights), kids)
    schools = {"s1": School("s1", "s1", plan=2, x="0", y="0"), "s2": School("s2", "s2", plan=4, x="1000", y="0")}
    return replace(made, schools=schools, zones={"z": Zone("z", "s1", "s1")})


def of(district: District, placed: dict[str, str]) -> dict[str, Any]:
    """Figures of a list."""
    market = make_market(district)
    return placement_figures(district, market, placement_of_list(district, market, placed), placed, market.seats)


def test_both_lists_of_a_district_worked_out_by_hand() -> None:
    """The twins at s1 save 1,600 m, so the optimum puts them there; the rules give s1 to two of the first by lot."""
    district = town()
    found = summarise_optimum(solve_and_check_optimum(district))
    best, rules = found["optimum"], found["rules"]
    assert {name for name, school in solve_and_check_optimum(district).placed.items() if school == "s1"} == {"T1", "T2"}
    assert (best["home"], best["diverted"], best["unplaced"], best["bundles_moved"]) == (2, 4, 0, 0)
    assert (best["metres"], best["metres_mean"], best["metres_p95"]) == (1_800, 300, 1_000)
    assert best["objective"] == found["objective"] == 600_000 - 1_800
    # All of the first category were passed by for the second; B1 only if its lot was the better one.
    assert best["justified_envy"] == 3 + (by_lot(district, "batch-B/s1", ["B1", "T1"])[0] == "B1")
    assert best["wasted_seats"] == best["above_seats"] == 0
    assert best["by_category"] == rules["by_category"] == {"A": 3, "B": 3, "E": 0, "U": 0}

    admitted = by_lot(district, "batch-A/s1", FIRST)[:2]
    metres = sum(x if name in admitted else 1_000 - x for name, x in FIRST.items()) + 1_000 + 2 * 900
    assert (rules["home"], rules["diverted"], rules["unplaced"], rules["bundles_moved"]) == (2, 4, 0, 1)
    assert (rules["metres"], rules["metres_p95"]) == (metres, 1_000)
    assert rules["objective"] == 600_000 - metres
    assert rules["justified_envy"] == rules["wasted_seats"] == rules["above_seats"] == 0


@pytest.mark.parametrize(
    ("seated", "expected"),
    [
        ({}, {"unplaced": 6, "metres": None, "wasted_seats": 2, "justified_envy": 0, "bundles_moved": 1}),
        ({"B1": "s2"}, {"unplaced": 5, "metres": 1_000, "wasted_seats": 2, "diverted": 1}),
        ({"A1": "s1", "A2": "s1", "A3": "s1"}, {"above_seats": 1, "wasted_seats": 0, "justified_envy": 0, "home": 3}),
        ({"B1": "s1"}, {"justified_envy": 3, "wasted_seats": 1}),
        ({"T1": "s1", "T2": "s2"}, {"bundles_split": 1}),
    ],
)
def test_figures_of_poor_lists(seated: dict[str, str], expected: dict[str, Any]) -> None:
    """Empty seats that somebody wants, children above the seats, a parted bundle, somebody let in before others."""
    district = town()
    found = of(district, {child.applicant_id: seated.get(child.applicant_id, "") for child in district.applicants})
    if seated == {"B1": "s1"} and by_lot(district, "batch-B/s1", ["B1", "T1"])[0] == "T1":
        expected = {**expected, "justified_envy": 5}  # the twins drew the better lot
    assert {key: found[key] for key in expected} == expected


def test_a_seat_by_decision_is_nobodys_envy() -> None:
    """Who sits at its home school by a decision has a claim of its own; without the decision the first would envy."""
    district = town()
    by_decision = tuple(
        child._replace(sibling_school="s1") if child.applicant_id == "B1" else child for child in district.applicants
    )
    placed = {child.applicant_id: "s1" if child.applicant_id == "B1" else "" for child in district.applicants}
    assert of(district, placed)["justified_envy"] >= 3
    assert of(replace(district, applicants=by_decision), placed)["justified_envy"] == 0


def test_closed_and_distant_schools_keep_their_relation() -> None:
    """A list at schools outside the planning reach is measured by what the school is to the child, not by the reach."""
    district = town()
    assert district.policy.planning is not None
    weights = replace(district.policy.planning, closed={"s1": frozenset("AB")}, home=7)
    shut = replace(district, policy=replace(district.policy, planning=weights))
    placed = dict.fromkeys((child.applicant_id for child in district.applicants), "") | {"A1": "s1"}
    found = of(shut, placed)
    assert (found["home"], found["diverted"], found["objective"]) == (1, 0, 100_000 + 7 - 900)
