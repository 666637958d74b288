"""Random districts: Hypothesis strategies, and a fast seeded sampler of the same shape for large numbers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from allocator import domain
from allocator.domain import Applicant, District, School
from allocator.lottery import hard_cap_faults
from tests.conformance import policy, with_switches
from tests.small import PRIMARY_SCHOOLS, PRIMARY_ZONES, primary

SWITCHES: Mapping[str, tuple[str, ...]] = {
    name: values for name, values in domain.SWITCHES.items() if name != "divert_assign"
}
"""All values of the switches under which both engines compute the same list."""

TIERS = ("xincheng-1", "fuli", "xincheng-1-zhong-primary")
CATEGORIES = ("A", "B", "C", "D", "E", "R1", "R2", "R3", "U")
OWN = PRIMARY_SCHOOLS


def random_switches(rng: random.Random) -> dict[str, str]:
    """Pick values of switches, each the published one half of the time."""
    return {name: values[0] if rng.random() < 0.5 else rng.choice(values) for name, values in SWITCHES.items()}


def random_district(rng: random.Random, parties: int, switches: Mapping[str, str], *, bundles: bool = True) -> District:
    """Make a random district of up to ``parties`` parties in which every phase can matter.

    Few schools have seats and few zones have children, so that cuts, draws and diversions happen all the time.
    """
    zones = rng.sample(sorted(PRIMARY_ZONES), rng.randint(1, 4))
    if rng.random() < 0.7:
        zones.append("xincheng-1")
    children: list[Applicant] = []
    for number in range(rng.randint(1, parties)):
        children.extend(_party(rng, number, zones, bundles))
    seats = max(len(children), 1)
    plan = {name: rng.randint(0, 1 + seats * 2 // 5) for name in OWN if rng.random() < 0.75}
    district = primary(plan, children, seed=rng.randint(0, 10**6), rules=with_switches(policy(), **switches))
    return _with_seats(rng, district)


def _party(rng: random.Random, number: int, zones: list[str], bundles: bool) -> list[Applicant]:
    """One party: mostly one child, sometimes twins or triplets."""
    cells = _cells(rng, zones)
    size = rng.choice((1, 1, 1, 1, 2, 3)) if bundles else 1
    name = f"K{rng.randint(0, 10**6):07d}-{number}"
    if size > 1:
        cells["bundle"] = name
    return [
        Applicant(f"{name}-{k}", **cells, x=str(rng.randint(0, 50)), y=str(rng.randint(0, 50))) for k in range(size)
    ]


def _cells(rng: random.Random, zones: list[str]) -> dict[str, Any]:
    """All columns of a party but its ids and places, valid under the primary policy."""
    zone, category = rng.choice(zones), rng.choice(CATEGORIES[:5] if rng.random() < 0.8 else CATEGORIES)
    cells: dict[str, Any] = {"zone": zone, "category": category}
    cells["status"] = rng.choices(("verified", "late", "blacklisted"), (8, 1, 1))[0]
    if zone == "shifuxiao" and category in "ABCD":
        cells["registered_school"] = rng.choice(("shifuxiao", "xincheng-1"))
    counts_to = cells.get("registered_school", zone)
    if category in "ABCD" and counts_to in TIERS and rng.random() < 0.6:
        choices = [school for school in ("shifuxiao", "sizhong-fuli") if school != zone]
        cells["voluntary_1"] = tuple(rng.sample(choices, rng.randint(1, len(choices))))
    if category in "ABCD" and counts_to == "xincheng-1" and rng.random() < 0.5:
        cells["voluntary_2"] = ("xincheng-1-zhong-primary",)
    if rng.random() < 0.15:
        cells["open_choice"] = "menggu-primary"
    if rng.random() < 0.08:
        cells[rng.choice(("preferential_school", "sibling_school"))] = rng.choice(OWN)
    if rng.random() < 0.3:
        cells["preferred_diversion"] = tuple(rng.sample(OWN, rng.randint(1, 3)))
    return cells


def _with_seats(rng: random.Random, district: District) -> District:
    """Add hard caps, offered seats and places; offers are withdrawn where the hard-cap rule would refuse them."""
    schools = {name: _school(rng, school) for name, school in district.schools.items()}
    made = replace(district, schools=schools)
    if hard_cap_faults(made):
        made = replace(made, schools={n: replace(s, hard_cap=s.plan + 30) for n, s in schools.items()})
        made = replace(made, schools={n: s if not s.external else schools[n] for n, s in made.schools.items()})
    return made


def _school(rng: random.Random, school: School) -> School:
    if school.external:
        return replace(school, x="1", y="1")
    first = rng.randint(0, school.plan) if school.school_id in ("shifuxiao", "sizhong-fuli") else None
    second = rng.randint(0, school.plan) if school.school_id == "xincheng-1-zhong-primary" else None
    cap = rng.choice((None, school.plan, school.plan + 1, school.plan + 2))
    return replace(
        school, hard_cap=cap, offered_voluntary_1=first, offered_voluntary_2=second,
        x=str(rng.randint(0, 50)), y=str(rng.randint(0, 50)),
    )  # fmt: skip


@st.composite
def districts(draw: st.DrawFn, parties: int = 25, bundles: bool = True) -> District:
    """Strategy of random districts under random switches."""
    rng = draw(st.randoms(use_true_random=False))
    return random_district(rng, parties, random_switches(rng), bundles=bundles)
