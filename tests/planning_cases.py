"""Solving small planning instances, and the smallest one that has a price."""

from __future__ import annotations

from dataclasses import replace

from allocator.domain import Applicant, District, School, Zone
from allocator.models.optimum.market import make_market
from allocator.models.optimum.methods import Optimum, optimise, options_of_parties
from allocator.planning.optimum.placement import placement_by_child
from tests.planning_oracle import small_planning_districts


def solved(district: District, method: str = "core", *, cap: bool = False) -> tuple[Optimum, dict[str, str]]:
    """Return the optimum of a district and its list."""
    optimum = optimise(make_market(district, use_hard_cap=cap), method)
    return optimum, placement_by_child(optimum.market, options_of_parties(optimum.market, optimum, district))


def one_seat(distance: int) -> District:
    """Two children of one category, one seat: the nearer one gets it."""
    base = small_planning_districts(0)
    assert base.policy.planning is not None
    phases = tuple(p for p in base.policy.phases if p.phase_id == "adjust")
    phases = tuple(replace(p, schools=("s",)) for p in phases)  # type: ignore[arg-type]
    planning = replace(
        base.policy.planning, category=dict.fromkeys("ABEU", 100), home=0, chosen=0, diverted=0, metre=1, closed={}
    )
    zones = {"z": Zone("z", "s")}
    kids = (Applicant("near", "z", "A", x="0", y="0"), Applicant("far", "z", "A", x=str(distance), y="0"))
    return replace(
        base, policy=replace(base.policy, phases=phases, planning=planning), zones=zones,
        applicants=tuple(sorted(kids)), schools={"s": School("s", "s", plan=1, x="0", y="0")},
    )  # fmt: skip
