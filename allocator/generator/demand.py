"""How a synthetic district looks: the file ``demand.yaml`` beside a shipped policy, and the policy it belongs to.

The shapes below list every key of that file. All shares are whole numbers, so that no rounding of a machine decides.
"""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import Any

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from allocator.domain import Policy
from allocator.ground import Fault, InputError
from allocator.reading import SCENARIOS, parse_policy, policy_names

PER_SEATS = 10_000  # seats, bundles, late and blacklisted children are given per 10,000 children of a quarter
PER_SHARE = 1_000  # a choice is made by so many of 1,000 parties


class DemandShape(BaseModel):
    """Base of all parts of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SchoolDemand(DemandShape):
    """A school of a quarter: seats per 10,000 children, and the range of hard cap less plan (none: cap left empty)."""

    id: str
    name: str
    x: int
    y: int
    seats: int = 0
    slack: tuple[int, int] | None = (3, 10)
    offered_voluntary_1: int | None = None
    offered_voluntary_2: int | None = None
    external: bool = False


class ZoneDemand(DemandShape):
    """A zone: its schools, its weight among the zones, its group, and of 1,000 how many register at a dual school."""

    id: str
    school: str
    e_school: str = ""
    weight: int
    group: str
    dual: dict[str, int] = {}
    x: int | None = None
    y: int | None = None


class ChoiceDemand(DemandShape):
    """What stands in a column of choices or decisions.

    Attributes
    ----------
    column : str
        Column of ``applicants.csv``.
    share : dict of str to int
        How many of 1,000 parties choose, by home school or, where that is not named, by group of the zone.
    categories : tuple of str
        Who may choose; empty: everyone.
    schools : dict of str to float
        Schools that may be named; the number is added to a random one between 0 and 1, and the largest come first.
    own : float or None
        Added for the home school and the school of the zone; None: they are never named.
    lengths : tuple of int
        Weights of lists of one school, two schools, and so on.
    """

    column: str
    share: dict[str, int]
    categories: tuple[str, ...] = ()
    schools: dict[str, float]
    own: float | None = 0.0
    lengths: tuple[int, ...] = (1,)


class Shipped(DemandShape):
    """Size and seed of the district that is shipped."""

    children: int
    seed: int


class Notes(DemandShape):
    """Sentences for the district's README, in both languages."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Demand(DemandShape):
    """The whole file ``demand.yaml``; its comments in the shipped files say what the numbers are after."""

    shipped: Shipped
    id_prefix: str
    children_per_school: int
    one_quarter_up_to: int
    twins: int
    triplets: int
    late: int
    blacklisted: int
    girls: int
    blocks: int
    reach: int
    quarter_side: int
    single_homes: bool = False
    groups: dict[str, dict[str, int]]
    schools: tuple[SchoolDemand, ...]
    zones: tuple[ZoneDemand, ...]
    choices: tuple[ChoiceDemand, ...]
    notes: Notes = Notes()

    @cached_property
    def own_schools(self) -> tuple[str, ...]:
        """Ids of the schools that have seats here."""
        return tuple(school.id for school in self.schools if not school.external)


class Template(DemandShape):
    """A shipped policy as the generator uses it: its bytes, its meaning, and the demand that goes with it."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    policy_bytes: bytes
    policy: Policy
    demand: Demand


def load_demand_template(name: str) -> Template:
    """Return a shipped policy and its demand.

    Raises
    ------
    InputError
        If there is no such policy; the fault names those there are.
    """
    if name not in policy_names():
        words = {"expected": ", ".join(policy_names())}
        raise InputError([Fault("generate.policy", "--policy", value=name[:60], params=words)])
    raw = (SCENARIOS / name / "policy.yaml").read_bytes()
    policy, faults = parse_policy(raw, "policy.yaml")
    if policy is None:
        raise InputError(faults)
    demand = Demand.model_validate(load_demand_yaml((SCENARIOS / name / "demand.yaml").read_bytes()))
    return Template(policy_bytes=raw, policy=policy, demand=demand)


def load_demand_yaml(raw: bytes) -> Any:
    """Return the plain values of a YAML file of this package."""
    return YAML(typ="safe", pure=True).load(BytesIO(raw))
