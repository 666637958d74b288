"""The planning optimum of small districts by plain enumeration, written from docs/planning.md alone.

Nothing here knows the checker or the models. Random small districts stand here too, for all who test an optimum.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from allocator.domain import (
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    District,
    Draw,
    ExportPhase,
    Phase,
    Planning,
    Policy,
    ReferralPhase,
    School,
    Zone,
)
from tests.small_districts import Dice, batches, bids, phase, policy, replace_id

EXACT = Context(prec=80)


class Unit(NamedTuple):
    """A party: the ids of its children, the child that gives it its id, and its home school."""

    ids: tuple[str, ...]
    lead: Applicant
    home: str


def units(district: District) -> list[Unit]:
    """Parties of a district in the order of their ids."""
    groups: dict[str, list[Applicant]] = defaultdict(list)
    for child in sorted(district.applicants):
        groups[f"bundle/{child.bundle}" if child.bundle else f"child/{child.applicant_id}"].append(child)
    found = [Unit(tuple(c.applicant_id for c in g), g[0], home_of(district, g[0])) for g in groups.values()]
    return sorted(found, key=lambda unit: unit.ids)


def home_of(district: District, child: Applicant) -> str:
    """Home school (procedure.md section 1), empty for none."""
    zone = district.zones[child.zone]
    rule = next(c.home for c in district.policy.categories if c.category_id == child.category)
    if rule == "e_school":
        if district.policy.switches.e_route == "overflow" and zone.e_school_id:
            return zone.school_id
        return zone.e_school_id
    if rule == "registered" and child.registered_school:
        return child.registered_school
    return zone.school_id


def leaves(district: District, unit: Unit) -> bool:
    """Whether the party leaves for an external home school."""
    exports = [p for p in district.policy.phases if isinstance(p, ExportPhase)]
    return bool(exports) and unit.home in district.schools and district.schools[unit.home].external


def square(child: Applicant, school: School) -> Fraction:
    """Squared distance from home to school."""
    return (Fraction(child.x) - Fraction(school.x)) ** 2 + (Fraction(child.y) - Fraction(school.y)) ** 2


def metres(child: Applicant, school: School) -> int:
    """Distance in whole metres, rounded half up; 80 digits are more than any tie needs."""
    exact = square(child, school)
    root = EXACT.sqrt(EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator)))
    return int(root.to_integral_value(ROUND_HALF_UP))


def named_by(district: District, this: Phase, unit: Unit) -> list[str]:
    """Schools that a phase adds because the family or a decision named them."""
    child = unit.lead
    if isinstance(this, DecisionPhase):
        return [getattr(child, this.column)]
    if isinstance(this, ChoicePhase):
        return [child.open_choice] if child.category in this.schools.get(child.open_choice, frozenset()) else []
    if not isinstance(this, DeferredAcceptancePhase) or child.category not in this.categories:
        return []
    if this.tiers and not any(_counts_to(district, child) in tier for tier in this.tiers):
        return []
    return [s for s in getattr(child, this.column) if s in this.schools]


def _counts_to(district: District, child: Applicant) -> str:
    """Zone to which a child counts in the tiers (procedure.md P6)."""
    registered = child.registered_school
    if not registered or district.zones[child.zone].school_id == registered:
        return child.zone
    return min((z.zone for z in district.zones.values() if z.school_id == registered), default="")


def receiving(district: District, this: BatchPhase, unit: Unit) -> list[str]:
    """Home school and its receiving list."""
    listed = list(this.lists[this.list_of.get(unit.home, this.others)])
    rule = next(c.home for c in district.policy.categories if c.category_id == unit.lead.category)
    if rule == "e_school" and district.policy.switches.e_route == "overflow":
        listed.append(district.zones[unit.lead.zone].e_school_id)
    return [unit.home, *listed]


def nearest(district: District, this: AdjustmentPhase, unit: Unit) -> list[str]:
    """The adjustment list, or the nearest schools of it."""
    assert district.policy.planning is not None
    most, listed, child = district.policy.planning.nearest, list(this.schools), unit.lead
    if len(listed) <= most or not child.x:
        return listed[:most]
    near = sorted((square(child, district.schools[s]), s) for s in listed if district.schools[s].x)
    return [*(s for _, s in near), *(s for s in listed if not district.schools[s].x)][:most]


def relations(district: District, unit: Unit) -> dict[str, str]:
    """Every own school within the reach of a party, and what it is to it (planning.md sections 2 and 3)."""
    assert district.policy.planning is not None
    chosen: list[str] = []
    others: list[str] = []
    for this in district.policy.phases:
        if isinstance(this, ReferralPhase) and not unit.home:
            break
        if isinstance(this, AdjustmentPhase):
            others += nearest(district, this, unit)
        elif unit.lead.status == "verified":
            chosen += named_by(district, this, unit)
            if isinstance(this, BatchPhase) and unit.home and unit.lead.category in this.categories:
                others += receiving(district, this, unit)
    found: dict[str, str] = {}
    for school in chosen + others:
        shut = unit.lead.category in district.policy.planning.closed.get(school, frozenset())
        if school in district.schools and not district.schools[school].external and not shut:
            found[school] = "home" if school == unit.home else "chosen" if school in chosen else "diverted"
    return found


def options(district: District, unit: Unit) -> dict[str, int]:
    """Value of a seat for one child of a party, at every school of its reach (planning.md section 3)."""
    this = district.policy.planning
    assert this is not None
    weight = {"home": this.home, "chosen": this.chosen, "diverted": this.diverted}
    found = {}
    for school, relation in relations(district, unit).items():
        far = this.metre * metres(unit.lead, district.schools[school]) if this.metre else 0
        found[school] = this.category[unit.lead.category] + weight[relation] - far
    return found


def seats(district: District, use_hard_cap: bool = False) -> dict[str, int]:
    """Seats by own school."""
    own = [s for s in district.schools.values() if not s.external]
    return {s.school_id: s.most if use_hard_cap else s.plan for s in own}


def objective_of(district: District, placed: Mapping[str, str]) -> int:
    """Value of a feasible list."""
    total = 0
    for unit in units(district):
        if not leaves(district, unit) and placed[unit.ids[0]]:
            total += len(unit.ids) * options(district, unit)[placed[unit.ids[0]]]
    return total


def is_feasible(district: District, placed: Mapping[str, str], use_hard_cap: bool = False) -> bool:
    """Whether a list keeps to reach, bundles, seats and external homes, for exactly the children of the roster."""
    if set(placed) != {child.applicant_id for child in district.applicants}:
        return False
    for unit in units(district):
        at = {placed[child] for child in unit.ids}
        may = {unit.home} if leaves(district, unit) else {"", *options(district, unit)}
        if len(at) > 1 or not at <= may:
            return False
    taken = Counter(placed.values())
    return all(taken[school] <= room for school, room in seats(district, use_hard_cap).items())


def feasible_lists(district: District, use_hard_cap: bool = False) -> Iterator[tuple[int, dict[str, str]]]:
    """Every feasible list with its value."""
    everyone = units(district)
    gone = {child: unit.home for unit in everyone if leaves(district, unit) for child in unit.ids}
    staying = [unit for unit in everyone if not leaves(district, unit)]
    return _lists(staying, [options(district, unit) for unit in staying], seats(district, use_hard_cap), gone, 0)


def _lists(
    staying: Sequence[Unit], may: Sequence[dict[str, int]], left: dict[str, int], placed: dict[str, str], value: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Every way to place the parties that are still to be placed."""
    if not staying:
        yield value, placed
        return
    ids = staying[0].ids
    yield from _lists(staying[1:], may[1:], left, placed | dict.fromkeys(ids, ""), value)
    for school, worth in may[0].items():
        if left[school] >= len(ids):
            after = left | {school: left[school] - len(ids)}
            there = placed | dict.fromkeys(ids, school)
            yield from _lists(staying[1:], may[1:], after, there, value + len(ids) * worth)


def brute_force(district: District, use_hard_cap: bool = False) -> tuple[int, list[dict[str, str]]]:
    """Value of the best lists, and all of them."""
    best = -1  # to seat nobody is worth 0
    found: list[dict[str, str]] = []
    for value, placed in feasible_lists(district, use_hard_cap):
        if value > best:
            best, found = value, []
        if value == best:
            found.append(placed)
    return best, found


def small_planning_districts(seed: int) -> District:
    """A random district of 2 to 4 own schools and 1 to 7 parties, with everything that reach and value depend on."""
    dice = Dice(seed)
    schools = ("s1", "s2", "s3", "s4")[: dice.pick((2, 3, 3, 4, 4))]
    rules = _rules(dice, schools)
    placed = bool(rules.planning and rules.planning.metre) or dice.chance(0.5)
    made = {s: _school(dice, s, placed or dice.chance(0.7)) for s in schools}
    made["x"] = School("x", "x", external=True)
    zones = _zones(dice, schools)
    kids: list[Applicant] = []
    for n in range(dice.pick((1, 2, 3, 4, 5, 6, 7))):
        kids.extend(_party(dice, n, zones, schools, placed))
    return District(rules, made, zones, tuple(sorted(kids)), Draw(trial_seed=seed))


def with_planning(district: District, **fields: Any) -> District:
    """The same district with other weights."""
    assert district.policy.planning is not None
    return replace(district, policy=replace(district.policy, planning=replace(district.policy.planning, **fields)))


def _rules(dice: Dice, schools: Sequence[str]) -> Policy:
    """Phases of every kind, now and then one of them left out, and weights."""
    phases: list[Phase] = [
        phase(ExportPhase, "export"),
        phase(DecisionPhase, "preferential", column="preferential_school"),
        phase(ReferralPhase, "referral"),
        phase(DecisionPhase, "sibling", column="sibling_school"),
        phase(ChoicePhase, "open", schools={schools[-1]: frozenset({"A", "E"})}, draw="open"),
        bids(schools=schools[1:], tiers=dice.pick(((), (("z1",), ("z2",)), (("z3",),)))),
        batches(dice.some(schools, 3) or schools[:1], categories=("A", "B", "E"), list_of={"x": "all"}),
        phase(AdjustmentPhase, "adjust", schools=dice.some(schools, 4), draw="adjust"),
    ]
    if dice.chance(0.35):
        del phases[dice.pick(range(8))]
    rules = policy(phases, e_route=dice.pick(("direct", "overflow")))
    return replace(rules, planning=_weights(dice, schools))


def _weights(dice: Dice, schools: Sequence[str]) -> Planning:
    """Weights of which some make leaving a child out pay and others do not."""
    base = dice.pick((0, 3, 100, 10**9))
    return Planning(
        category={name: base * dice.pick((1, 1, 2)) + dice.pick(range(4)) for name in "ABEU"},
        home=dice.pick((0, 2, 7)),
        chosen=dice.pick((0, 1, 5)),
        diverted=dice.pick((0, 0, 1)),
        metre=dice.pick((0, 1, 1, 2)),
        nearest=dice.pick((1, 2, 3)),
        closed={dice.pick(schools): frozenset({dice.pick("ABE")})} if dice.chance(0.3) else {},
    )


def _school(dice: Dice, school: str, placed: bool) -> School:
    """A school of no, few or many seats."""
    plan = dice.pick((0, 1, 1, 2, 2, 3, 5))
    place = _place(dice) if placed else {}
    return School(school, school, plan=plan, hard_cap=dice.pick((None, plan, plan + 1, plan + 2)), **place)


def _place(dice: Dice) -> dict[str, Any]:
    """Coordinates, some of them decimal or below 0."""
    return {"x": dice.pick(("0", "3", "6", "-2", "4.5")), "y": dice.pick(("0", "4", "-1", "2.25", "0.500000000000001"))}


def _zones(dice: Dice, schools: Sequence[str]) -> dict[str, Zone]:
    """Zones of every kind: dual, without a school for E, of an external school."""
    made = [
        Zone("z1", schools[0], dice.pick((schools[0], schools[1], ""))),
        Zone("z2", schools[1], "", (schools[0],)),
        Zone("z3", schools[-1], dice.pick(("", schools[0]))),
        Zone("zx", "x", "x"),
    ]
    return {zone.zone: zone for zone in made}


def _party(dice: Dice, n: int, zones: Mapping[str, Zone], schools: Sequence[str], placed: bool) -> list[Applicant]:
    """One child, or a bundle of two or three that live apart."""
    zone, category = dice.pick(("z1", "z1", "z2", "z2", "z3", "zx")), dice.pick("AAABEEU")
    cells: dict[str, Any] = {"status": dice.pick(("verified",) * 5 + ("late",))}
    if zone == "z2" and category in "AB":
        cells["registered_school"] = dice.pick(schools[:2])
    if dice.chance(0.4):
        cells["voluntary_1"] = dice.some(schools, 2)
    for column, share in (("preferential_school", 0.15), ("sibling_school", 0.15), ("open_choice", 0.3)):
        if dice.chance(share):
            cells[column] = dice.pick(schools)
    size = dice.pick((1, 1, 1, 2, 2, 3))
    kids = []
    for k in range(size):
        child = Applicant(f"K{n}", zone, category, **cells, **(_place(dice) if placed or dice.chance(0.5) else {}))
        kids.append(child if size == 1 else replace_id(child, f"K{n}-{k}", f"b{n}"))
    return kids
