"""Districts of a few children made in memory: a policy with every kind of phase, by hand or at random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeVar

from allocator import domain
from allocator.domain import (
    CLAUSE_KEYS,
    AdjustmentPhase,
    Applicant,
    BatchPhase,
    Category,
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
    Switches,
    Text,
    Zone,
)

CATEGORIES = (
    Category("A", Text("甲", "first"), "registered"),
    Category("B", Text("乙", "second"), "registered"),
    Category("E", Text("戊", "by e_school"), "e_school"),
    Category("U", Text("未", "by zone"), "zone"),
)
SWITCHES: Mapping[str, tuple[str, ...]] = {
    name: values for name, values in domain.SWITCHES.items() if name != "divert_assign"
}

T = TypeVar("T")


def phase(kind: type, phase_id: str, **fields: Any) -> Any:
    """A phase whose clause for a result is ``<phase_id>:<result>``."""
    clauses = {key: f"{phase_id}:{key}" for key in CLAUSE_KEYS[kind]}
    return kind(phase_id=phase_id, name=Text(phase_id, phase_id), clauses=clauses, **fields)


def bids(phase_id: str = "bids", **fields: Any) -> DeferredAcceptancePhase:
    """A deferred-acceptance phase over ``voluntary_1`` at every school, by ticket, but for the fields given."""
    usual: dict[str, Any] = {
        "column": "voluntary_1",
        "categories": frozenset({"A", "B"}),
        "tiers": (),
        "schools": ("s1", "s2", "s3"),
        "seats": "offered_voluntary_1",
        "order": ("tier", "ticket"),
        "own_zone_choice": True,
        "draw": phase_id,
    }
    made: DeferredAcceptancePhase = phase(DeferredAcceptancePhase, phase_id, **{**usual, **fields})
    return made


def batches(listed: Sequence[str] = ("s1", "s2", "s3"), **fields: Any) -> BatchPhase:
    """Batches of A, B, E and U, all home schools with one receiving list."""
    usual: dict[str, Any] = {
        "categories": ("A", "B", "E", "U"),
        "draw": "batch",
        "divert_draw": "divert",
        "lists": {"all": tuple(listed)},
        "list_of": {},
        "others": "all",
    }
    made: BatchPhase = phase(BatchPhase, "batch", **{**usual, **fields})
    return made


def all_phases(
    listed: Sequence[str] = ("s1", "s2", "s3"),
    rounds: Sequence[DeferredAcceptancePhase] = (),
    last: Sequence[str] = ("s1",),
) -> tuple[Phase, ...]:
    """Every kind of phase in the usual order."""
    return (
        phase(ExportPhase, "export"),
        phase(DecisionPhase, "preferential", column="preferential_school"),
        phase(DecisionPhase, "sibling", column="sibling_school"),
        phase(ReferralPhase, "referral"),
        phase(ChoicePhase, "open", schools={"s3": frozenset({"A", "E"})}, draw="open"),
        *rounds,
        batches(listed),
        phase(AdjustmentPhase, "adjust", schools=tuple(last), draw="adjust"),
    )


def policy(phases: Sequence[Phase], **switches: Any) -> Policy:
    """A policy of these phases with the usual switches but for those given."""
    return Policy(
        format_version=1,
        policy_id="small",
        title=Text("小", "small"),
        notice=Text("", ""),
        unplaced_clause="end",
        categories=CATEGORIES,
        switches=Switches(**switches),
        phases=tuple(phases),
    )


@dataclass
class Town:
    """Schools and zones of the districts made by hand: s1, s2, s3, the external school x; a zone each, and more."""

    plan: dict[str, int] = field(default_factory=lambda: {"s1": 1, "s2": 1, "s3": 1})
    caps: dict[str, int] = field(default_factory=dict)
    offered: dict[str, int] = field(default_factory=dict)

    def district(self, rules: Policy, kids: Iterable[Applicant], trial: int = 1) -> District:
        """The town with a policy, children and a trial seed."""
        schools = {
            s: School(
                s, s, plan=n, hard_cap=self.caps.get(s), offered_voluntary_1=self.offered.get(s), x=s[1] + "00", y="0"
            )
            for s, n in self.plan.items()
        }
        schools["x"] = School("x", "x", external=True)
        zones = [Zone("z1", "s1", "s2"), Zone("z2", "s2", "s2", ("s1",)), Zone("z3", "s3", ""), Zone("zx", "x", "x")]
        applicants = tuple(sorted(kids))
        return District(rules, schools, {z.zone: z for z in zones}, applicants, Draw(trial_seed=trial))


def kid(number: int, zone: str = "z1", category: str = "A", **cells: Any) -> Applicant:
    """A child with the id K<number>."""
    return Applicant(f"K{number}", zone, category, **cells)


class Dice:
    """Random choices from a stream that is the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def pick(self, things: Sequence[T]) -> T:
        """One of several things."""
        return things[int(self._random() * len(things))]

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self._random() < share

    def some(self, things: Sequence[T], most: int) -> tuple[T, ...]:
        """Up to so many different things, in any order."""
        rest = list(things)
        count = min(len(rest), self.pick(range(most + 1)))
        return tuple(rest.pop(int(self._random() * len(rest))) for _ in range(count))


SCHOOLS = ("s1", "s2", "s3")


def random_district(seed: int, parties: int, **switches: str) -> District:
    """A random district with at most so many parties, every kind of phase, and every switch set at random."""
    dice = Dice(seed)
    values = {name: dice.pick(options) for name, options in SWITCHES.items()} | switches
    rounds = _random_rounds(dice)
    listed = dice.some(SCHOOLS, 3)
    phases = list(all_phases(listed or SCHOOLS[:2], rounds, dice.some(SCHOOLS, 2) or SCHOOLS[:1]))
    if dice.chance(0.15):
        del phases[dice.pick((0, 1, 2, 4))]
    rules = policy(phases, **values)
    schools = {s: _random_school(dice, s) for s in SCHOOLS} | {"x": School("x", "x", external=True, x="1", y="1")}
    zones = _random_zones(dice)
    kids: list[Applicant] = []
    for n in range(dice.pick(range(1, parties + 1))):
        kids.extend(_random_party(dice, n, zones, rounds))
    return District(rules, schools, zones, tuple(sorted(kids)), Draw(trial_seed=seed))


def _random_rounds(dice: Dice) -> tuple[DeferredAcceptancePhase, ...]:
    """No, one or two deferred-acceptance phases."""
    rounds = []
    for column in dice.pick((("voluntary_1",), ("voluntary_1",), ("voluntary_1", "voluntary_2"), ())):
        order = dice.pick(
            (
                ("tier", "ticket"),
                ("sibling", "walk_zone", "ticket"),
                ("tier", "category", "ticket"),
                ("category", "ticket"),
            )
        )
        tiers = dice.pick(((), (("z1",), ("z2", "z3")), (("z2", "z1", "z3"),)))
        seats = dice.pick(("left", f"offered_{column}"))
        rounds.append(bids(f"bids-{column}", column=column, order=order, tiers=tiers, seats=seats))
    return tuple(rounds)


def _random_school(dice: Dice, school: str) -> School:
    """A school of few seats, whose cap leaves room for a bundle more in every round."""
    plan = dice.pick((0, 1, 1, 2, 2, 3))
    first, second = dice.pick((0, 1)) if plan > 1 else 0, 1 if plan > 2 and dice.chance(0.5) else 0
    x, y = (str(dice.pick((0, 3, 4))), dice.pick(("0", "4", "0.5"))) if dice.chance(0.8) else ("", "")
    cap = plan + 12 if dice.chance(0.7) else plan + 9
    return School(school, school, False, plan, cap, first, second, x, y)


def _random_zones(dice: Dice) -> dict[str, Zone]:
    """Zones of every kind: dual, without a school for E, of an external school."""
    zones = [
        Zone("z1", "s1", dice.pick(("s1", "s2", ""))),
        Zone("z2", "s2", dice.pick(("s2", "s3")), ("s1",)),
        Zone("z3", "s3", dice.pick(("", "s3", "s1"))),
        Zone("zx", "x", "x"),
    ]
    return {z.zone: z for z in zones}


def _random_party(
    dice: Dice, number: int, zones: Mapping[str, Zone], rounds: Sequence[DeferredAcceptancePhase]
) -> list[Applicant]:
    """One child, or now and then a bundle of two or three."""
    zone, category = dice.pick(("z1", "z1", "z1", "z2", "z2", "z3", "zx")), dice.pick(("A", "A", "A", "B", "E", "U"))
    cells: dict[str, Any] = {"status": dice.pick(("verified",) * 8 + ("late", "blacklisted"))}
    if zones[zone].dual_school_ids and category in "AB":
        cells["registered_school"] = dice.pick((zones[zone].school_id, *zones[zone].dual_school_ids))
    for this in rounds:
        if category in "AB" and _may_bid(this, zones, zone, cells) and dice.chance(0.75):
            cells[this.column] = dice.some(SCHOOLS, 3)
    if dice.chance(0.12):
        cells[dice.pick(("preferential_school", "sibling_school"))] = dice.pick(SCHOOLS)
    if dice.chance(0.2):
        cells["open_choice"] = "s3"
    if dice.chance(0.3):
        cells["preferred_diversion"] = dice.some(SCHOOLS, 2)
    if dice.chance(0.8):
        cells |= {"x": str(dice.pick((0, 3, 4))), "y": dice.pick(("0", "4", "0.50"))}
    first = Applicant(f"K{number}", zone, category, **cells)
    size = dice.pick((2, 2, 3)) if dice.chance(0.25) else 1
    if size == 1:
        return [first]
    return [replace_id(first, f"K{number}-{n}", f"b{number}") for n in range(size)]


def _may_bid(this: DeferredAcceptancePhase, zones: Mapping[str, Zone], zone: str, cells: Mapping[str, Any]) -> bool:
    """Whether the zone to which a child counts is a tier of a round."""
    registered = cells.get("registered_school") or zones[zone].school_id
    counts = zone if registered == zones[zone].school_id else "z1"
    return not this.tiers or any(counts in tier for tier in this.tiers)


def replace_id(child: Applicant, applicant_id: str, bundle: str) -> Applicant:
    """The same child under another id, in a bundle."""
    return child._replace(applicant_id=applicant_id, bundle=bundle)


def with_switches(district: District, **values: Any) -> District:
    """The same district with other values of its switches."""
    return replace(district, policy=replace(district.policy, switches=replace(district.policy.switches, **values)))
