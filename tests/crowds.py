"""Districts of a few zones with a handful of seats: whatever is given back, several wait for it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from allocator.domain import Applicant, District
from tests.small import EXTERNAL, primary

SCHOOLS = ("xincheng-1", "fuli", "xincheng-2", "xincheng-3", "shifuxiao", "sizhong-fuli", "menggu-primary")
OFFERING = ("shifuxiao", "sizhong-fuli")
ROOM_FOR_BUNDLES = 4
"""Children above the plan that bids may bring to an offering school (the input check of P6)."""


def crowd(rng: random.Random, switches: Mapping[str, Any]) -> District:
    """Return a district in which more children come than there are seats, nearly everywhere."""
    children = [child for number in range(rng.randint(5, 14)) for child in _party(rng, f"K{number:02d}")]
    plan = {name: rng.choice((0, 1, 1, 2)) for name in SCHOOLS}
    cap = {name: seats + _above(rng, name) for name, seats in plan.items()}
    offered = {name: min(plan[name], rng.choice((0, 1, 2))) for name in OFFERING}
    return primary(plan, children, cap=cap, offered_1=offered, seed=rng.randrange(1000), **switches)


def _above(rng: random.Random, school: str) -> int:
    """Children that a school can hold above its plan."""
    return ROOM_FOR_BUNDLES if school in OFFERING else rng.choice((0, 1))


def _party(rng: random.Random, name: str) -> list[Applicant]:
    """One party: mostly one child, sometimes twins or triplets."""
    cells = _cells(rng)
    size = rng.choice((1, 1, 1, 1, 2, 3))
    bundle = name if size > 1 else ""
    return [Applicant(f"{name}-{n}", **cells, bundle=bundle) for n in range(size)]


def _cells(rng: random.Random) -> dict[str, Any]:
    """What the children of a party have in common."""
    zone = rng.choice(("xincheng-1", "xincheng-1", "fuli", "fuli", "fuli", "shifuxiao", "shifuxiao", EXTERNAL))
    category = rng.choice("AAABBCEEU")
    cells: dict[str, Any] = {"zone": zone, "category": category}
    if zone == "shifuxiao" and category in "ABC":
        cells["registered_school"] = rng.choice(("shifuxiao", "xincheng-1"))
    counts_to = cells.get("registered_school", zone)
    if category in "ABC" and counts_to in ("xincheng-1", "fuli") and rng.random() < 0.5:
        named = [school for school in OFFERING if school != zone]
        cells["voluntary_1"] = tuple(rng.sample(named, rng.randint(1, len(named))))
    if category in "ABC" and rng.random() < 0.25:
        cells["open_choice"] = "menggu-primary"
    if rng.random() < 0.15:
        cells[rng.choice(("preferential_school", "sibling_school"))] = rng.choice(("fuli", "xincheng-2"))
    if rng.random() < 0.3:
        cells["preferred_diversion"] = tuple(rng.sample(SCHOOLS[:4], 2))
    cells["status"] = rng.choices(("verified", "late", "blacklisted"), (10, 1, 1))[0]
    return cells
