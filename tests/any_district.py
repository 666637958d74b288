"""Districts of any policy that the program reads: kinds of phases in any order, caps as tight as they may be.

What is made here is written to a folder and read again, so that whatever ``check`` refuses is left out by ``check``.
"""

from __future__ import annotations

from typing import Any

from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Draw,
    ExportPhase,
    Phase,
    Policy,
    ReferralPhase,
    School,
    Zone,
)
from tests.small_districts import SCHOOLS, SWITCHES, Dice, batches, bids, phase, policy

KEYS = ("tier", "sibling", "walk_zone", "category")
EVERY_SWITCH = {**SWITCHES, "divert_assign": ("serial_by_ticket", "serial_by_ticket", "least_distance")}


def any_district(seed: int, parties: int) -> District:
    """A random district: few seats, caps at or just above the plan, many bundles, decisions and choices."""
    dice = Dice(seed)
    rules = _rules(dice)
    schools = {s: _school(dice, s, rules) for s in SCHOOLS}
    schools["x"] = School("x", "x", external=True, x="7", y="7")
    zones = _zones(dice)
    kids = [kid for n in range(dice.pick(range(1, parties + 1))) for kid in _party(dice, n, zones, rules)]
    return District(rules, schools, zones, tuple(sorted(kids)), Draw(trial_seed=seed))


def _rules(dice: Dice) -> Policy:
    """A policy of a few phases in any order; an export stands first and an adjustment last, if they are there."""
    decided = [column for column in ("preferential_school", "sibling_school") if dice.chance(0.4)]
    middle: list[Phase] = [phase(DecisionPhase, column.split("_")[0], column=column) for column in decided]
    if dice.chance(0.5):
        opened = {s: frozenset(dice.some(("A", "B", "E", "U"), 4)) for s in dice.some(SCHOOLS, 2) or ("s3",)}
        middle.append(phase(ChoicePhase, "open", schools=opened, draw="open"))
    middle += [_round(dice, column) for column in ("voluntary_1", "voluntary_2") if dice.chance(0.75)]
    if dice.chance(0.8):
        listed = dice.some((*SCHOOLS, "x"), 4)
        middle.append(batches(listed, categories=dice.some(("A", "B", "E", "U"), 4) or ("A",)))
    if dice.chance(0.6):
        middle.append(phase(ReferralPhase, "referral"))
    if dice.chance(0.5):
        middle = list(dice.some(middle, 99))
    phases = [phase(ExportPhase, "export")] * dice.chance(0.7) + middle
    if dice.chance(0.8) or not phases:
        schools = dice.some((*SCHOOLS, "x"), 4) or SCHOOLS
        phases.append(phase(AdjustmentPhase, "adjust", schools=schools, draw="adjust"))
    return policy(phases, **{name: dice.pick(values) for name, values in EVERY_SWITCH.items()})


def _round(dice: Dice, column: str) -> DeferredAcceptancePhase:
    """A round of bids, often over what is left."""
    return bids(
        f"bids-{column[-1]}",
        column=column,
        order=(*dice.some(KEYS, 4), "ticket"),
        tiers=dice.pick(((), (("z1",), ("z2", "z3")), (("z3", "z1", "z2"),))),
        seats=dice.pick(("left", f"offered_{column}", f"offered_{column}")),
        schools=dice.some(SCHOOLS, 3) or SCHOOLS,
        own_zone_choice=dice.chance(0.8),
    )


def _school(dice: Dice, school: str, rules: Policy) -> School:
    """A school of few seats and a tight cap; only seats of rounds that there are can be offered."""
    plan, rounds = dice.pick((0, 1, 2, 3, 4)), {p.seats for p in rules.phases if isinstance(p, DeferredAcceptancePhase)}
    offers: dict[str, Any] = {}
    rest = plan
    for column in ("offered_voluntary_1", "offered_voluntary_2"):
        if column in rounds:
            offers[column] = dice.pick(range(rest + 1))
            rest -= offers[column]
    cap = dice.pick((None, plan, plan + 1, plan + 1, plan + 2, plan + 4))
    x, y = str(dice.pick((0, 3, 4))), dice.pick(("0", "4", "0.5"))
    return School(school, school, plan=plan, hard_cap=cap, x=x, y=y, **offers)


def _zones(dice: Dice) -> dict[str, Zone]:
    """Zones with dual schools, without a school for E, of an external school."""
    zones = [
        Zone("z1", "s1", dice.pick(("s1", "s2", "", "x"))),
        Zone("z2", "s2", dice.pick(("s2", "s3")), dice.pick((("s1",), ("s1", "x"), ()))),
        Zone("z3", "s3", dice.pick(("", "s3", "s1"))),
        Zone("zx", "x", dice.pick(("x", "s1", ""))),
    ]
    return {z.zone: z for z in zones}


def _party(dice: Dice, number: int, zones: dict[str, Zone], rules: Policy) -> list[Applicant]:
    """One child, or very often twins or triplets."""
    zone, category = dice.pick(("z1", "z1", "z2", "z3", "zx")), dice.pick(("A", "A", "A", "B", "E", "U"))
    cells: dict[str, Any] = {"status": dice.pick(("verified",) * 9 + ("late", "blacklisted"))}
    if zones[zone].dual_school_ids and category in "AB":
        cells["registered_school"] = dice.pick((zones[zone].school_id, *zones[zone].dual_school_ids))
    cells |= _wishes(dice, zone, category, cells, zones, rules)
    cells |= {"x": str(dice.pick((0, 3, 4))), "y": dice.pick(("0", "4", "0.5"))}
    if rules.switches.divert_assign != "least_distance" and dice.chance(0.1):
        cells |= {"x": "", "y": ""}
    size = dice.pick((2, 2, 3)) if dice.chance(0.45) else 1
    bundle = f"b{number}" if size > 1 else ""
    return [Applicant(f"K{number}-{n}", zone, category, bundle=bundle, **cells) for n in range(size)]


def _wishes(
    dice: Dice, zone: str, category: str, cells: dict[str, Any], zones: dict[str, Zone], rules: Policy
) -> dict[str, Any]:
    """Choices and decisions that the policy reads."""
    found: dict[str, Any] = {}
    for one in rules.phases:
        if isinstance(one, DeferredAcceptancePhase) and category in "AB" and _bids(one, zone, cells, zones):
            barred = "" if one.own_zone_choice else zones[zone].school_id
            found[one.column] = dice.some([s for s in one.schools if s != barred], 3)
            if "sibling" in one.order and dice.chance(0.2):
                found["sibling_school"] = dice.pick(SCHOOLS)
        if isinstance(one, DecisionPhase) and dice.chance(0.15):
            found[one.column] = dice.pick(SCHOOLS)
        if isinstance(one, ChoicePhase) and dice.chance(0.3):
            found["open_choice"] = dice.pick(sorted(one.schools))
        if one.phase_id == "batch" and dice.chance(0.3):
            found["preferred_diversion"] = dice.some((*SCHOOLS, "x"), 2)
    return found


def _bids(one: DeferredAcceptancePhase, zone: str, cells: dict[str, Any], zones: dict[str, Zone]) -> bool:
    """Whether the zone to which a child counts is a tier of the round."""
    school = cells.get("registered_school") or zones[zone].school_id
    counts = zone if school == zones[zone].school_id else {"s1": "z1", "x": "zx"}.get(school, "")
    return not one.tiers or any(counts in tier for tier in one.tiers)
