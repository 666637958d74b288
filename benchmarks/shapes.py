"""Districts named for their shape, not only their size: how long lists are, in whose order, for how many seats."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    DeferredAcceptancePhase,
    District,
    Draw,
    Policy,
    School,
    Zone,
)
from allocator.reading.policy_file import parse_policy

POLICY = Path(__file__).parent.parent / "scenarios" / "ranked-choice" / "policy.yaml"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a district of ranked choice is like.

    Attributes
    ----------
    children, schools, length : int
        Children, schools, and schools on each list.
    own : bool
        Whether every family has an order of its own; else all have the same.
    bundles : float
        Share of parties that are bundles of two to nine.
    seats : float
        Seats for a child.
    """

    children: int
    schools: int
    length: int
    own: bool = True
    bundles: float = 0.02
    seats: float = 0.95

    def half(self) -> Shape:
        """The shape with half the children."""
        return replace(self, children=self.children // 2)

    def shorter(self) -> Shape:
        """The shape with lists of half the length."""
        return replace(self, length=max(1, self.length // 2))


SHAPES = {
    "smoke-one-order": Shape(200, 12, 12, own=False),
    "smoke-own-orders": Shape(200, 12, 12),
    "smoke-big-bundles": Shape(200, 6, 6, bundles=0.5),
    "one-order-30": Shape(2_000, 30, 30, own=False),
    "own-orders-30": Shape(2_000, 30, 30),
    "as-many-seats-30": Shape(2_000, 30, 30, seats=1.0),
    "short-lists": Shape(4_000, 40, 5),
    "few-children-long-lists": Shape(500, 40, 30),
    "very-long-lists": Shape(2_000, 120, 120),
    "many-schools": Shape(4_000, 1_000, 30, seats=1.0),
    "one-school": Shape(20_000, 1, 1),
    "big-bundles": Shape(2_000, 30, 30, bundles=0.5),
    "district-20k": Shape(20_000, 40, 5),
}
"""By name; beside each the same with half the children or half the list is run for the exponents."""


@cache
def ranked(shape: Shape) -> District:
    """Return the district of a shape, with the shipped policy of ranked choice and its own schools."""
    dice = random.Random(1)
    names = [f"s{i:04d}" for i in range(shape.schools)]
    seats, more = divmod(int(shape.children * shape.seats), shape.schools)
    schools = {s: School(s, s, plan=seats + (i < more), hard_cap=seats + 20) for i, s in enumerate(names)}
    zones = {f"z{s}": Zone(f"z{s}", s, "") for s in names}
    children = tuple(_children(shape, names, dice))
    return District(_policy(tuple(names)), schools, zones, children, Draw(trial_seed=1))


def _children(shape: Shape, names: list[str], dice: random.Random) -> Iterator[Applicant]:
    """Give the children, party by party."""
    made = 0
    while made < shape.children:
        size = min(dice.randint(2, 9) if shape.bundles > 0.1 else 2, shape.children - made)
        size = size if dice.random() < shape.bundles else 1
        wishes = tuple(dice.sample(names, shape.length) if shape.own else names[: shape.length])
        zone, bundle = f"z{dice.choice(names)}", f"b{made}" if size > 1 else ""
        for number in range(made, made + size):
            yield Applicant(f"K{number:06d}", zone, "G1", voluntary_1=wishes, bundle=bundle)
        made += size


def _policy(schools: tuple[str, ...], adjust_by: Literal["list", "distance"] = "list") -> Policy:
    """The shipped policy with other schools."""
    policy, faults = parse_policy(POLICY.read_bytes(), POLICY.name)
    assert policy is not None, faults
    phases = tuple(
        replace(phase, schools=schools)
        for phase in policy.phases
        if isinstance(phase, DeferredAcceptancePhase | AdjustmentPhase)
    )
    switches = replace(policy.switches, adjust_by=adjust_by)
    return replace(policy, phases=phases, switches=switches)


@cache
def by_distance(children: int, schools: int, homes: int, decimals: int = 2) -> District:
    """Return a district in which all are placed by distance; children share ``homes`` places (0: none does)."""
    dice = random.Random(1)

    def place() -> tuple[str, str]:
        return f"{dice.uniform(0, 50_000):.{decimals}f}", f"{dice.uniform(0, 50_000):.{decimals}f}"

    names = tuple(f"c{i:03d}" for i in range(schools))
    plan = children * 21 // 20 // schools + 1
    places = {name: place() for name in names}
    found = {s: School(s, s, plan=plan, x=x, y=y) for s, (x, y) in places.items()}
    zones = {"z": Zone("z", names[0], "")}
    shared = [place() for _ in range(homes)]
    kids = []
    for number in range(children):
        x, y = dice.choice(shared) if shared else place()
        kids.append(Applicant(f"K{number:06d}", "z", "G1", x=x, y=y))
    return District(_policy(names, "distance"), found, zones, tuple(kids), Draw(trial_seed=1))
