"""Choices and decisions of the roster, measured by policy, zones and schools (procedure.md section 1).

Choices and decisions of children who are not verified are valid and ignored; the registered school counts for all,
because it makes the home school. Ids that name no school have been refused before, in every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from allocator.domain import (
    COLUMN_OF_KEY,
    BatchPhase,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    Mask,
    Policy,
    School,
    Zone,
)
from allocator.ground import Fault
from allocator.reading.rules import repeated_faults
from allocator.reading.table import Finding, InputTable, items, judge

_Rule = Callable[..., Iterator[Finding]]
_DECISIONS = ("preferential_school", "sibling_school")


def choice_faults(
    table: InputTable, policy: Policy, schools: Mapping[str, School], zones: Mapping[str, Zone], verified: Mask
) -> list[Fault]:
    """Return what is wrong with registered schools, voluntary and open choices, decisions and diversion wishes.

    Parameters
    ----------
    table : InputTable
        The roster, ids in it already compared with the other tables.
    """
    faults = judge(table, ["zone", "category", "registered_school"], _registered_rule(table, policy, zones))
    for column in _columns_without_phase(policy):
        faults += judge(table, [column], _no_phase_rule(column), verified)
    for phase in policy.phases:
        if isinstance(phase, DeferredAcceptancePhase):
            faults += _voluntary_faults(table, phase, zones, verified)
        if isinstance(phase, ChoicePhase):
            faults += judge(table, ["open_choice"], _open_rule(phase), verified)
    for column in _DECISIONS:
        faults += judge(table, [column], _decision_rule(column, schools), verified)
    return faults + repeated_faults(table, "preferred_diversion", verified)


def _columns_without_phase(policy: Policy) -> list[str]:
    """List the columns of choices and decisions that no phase of the policy reads."""
    reading: dict[str, bool] = dict.fromkeys(
        ("voluntary_1", "voluntary_2", "open_choice", *_DECISIONS, "preferred_diversion"), False
    )
    for phase in policy.phases:
        if isinstance(phase, DeferredAcceptancePhase | DecisionPhase):
            reading[phase.column] = True
        if isinstance(phase, DeferredAcceptancePhase):
            reading.update((COLUMN_OF_KEY[key], True) for key in phase.order if key in COLUMN_OF_KEY)
        reading["open_choice"] |= isinstance(phase, ChoicePhase)
        reading["preferred_diversion"] |= isinstance(phase, BatchPhase)
    return [column for column, read in reading.items() if not read]


def _no_phase_rule(column: str) -> _Rule:
    """Refuse values in a column that no phase reads: a choice must not be lost in silence."""

    def _rule(value: str) -> Iterator[Finding]:
        if value:
            yield Finding("column.no_round", column, value, {})

    return _rule


def _registered_rule(table: InputTable, policy: Policy, zones: Mapping[str, Zone]) -> _Rule:
    """Require the choice of a school where the zone is dual and the child may choose, and refuse it elsewhere."""
    may_choose = {c.category_id for c in policy.categories if c.home == "registered"}

    def _rule(zone: str, category: str, registered: str) -> Iterator[Finding]:
        here = zones.get(zone)
        if here is None or {"category", "registered_school"} & table.absent:
            return
        allowed = (here.school_id, *here.dual_school_ids)
        if here.dual_school_ids and category in may_choose:
            if registered not in allowed:
                code = "registered.elsewhere" if registered else "registered.missing"
                yield Finding(code, "registered_school", registered, {"zone": zone, "expected": " | ".join(allowed)})
        elif registered:
            code = "registered.category" if here.dual_school_ids else "registered.zone"
            yield Finding(code, "registered_school", registered, {"zone": zone, "category": category})

    return _rule


def _voluntary_faults(
    table: InputTable, phase: DeferredAcceptancePhase, zones: Mapping[str, Zone], verified: Mask
) -> list[Fault]:
    """Return what is wrong with the ranked lists of one voluntary round."""
    among = verified & table.where(phase.column, bool)
    faults = judge(table, ["category", phase.column], _category_rule(table, phase), among)
    faults += judge(table, ["zone", "registered_school", phase.column], _tier_rule(phase, zones), among)
    faults += judge(table, ["zone", phase.column], _school_rule(phase, zones), among)
    return faults + repeated_faults(table, phase.column, among)


def _category_rule(table: InputTable, phase: DeferredAcceptancePhase) -> _Rule:
    """Refuse bids of other categories."""
    allowed = ", ".join(sorted(phase.categories))

    def _rule(category: str, value: str) -> Iterator[Finding]:
        if category not in phase.categories and "category" not in table.absent:
            yield Finding("voluntary.category", phase.column, value, {"category": category, "expected": allowed})

    return _rule


def _tier_rule(phase: DeferredAcceptancePhase, zones: Mapping[str, Zone]) -> _Rule:
    """Refuse bids from other zones; a child with a registered school counts to the zone of that school."""
    tiers = {zone for tier in phase.tiers for zone in tier}
    expected = ", ".join(zone for tier in phase.tiers for zone in tier)
    zone_of_school: dict[str, str] = {}
    for here in zones.values():  # in code-point order
        zone_of_school.setdefault(here.school_id, here.zone)

    def _rule(zone: str, registered: str, value: str) -> Iterator[Finding]:
        if zone not in zones:
            return
        own = not registered or zones[zone].school_id == registered
        counted = zone if own else zone_of_school.get(registered, "")
        if tiers and counted not in tiers:
            yield Finding("voluntary.zone", phase.column, value, {"zone": counted or "∅", "expected": expected})

    return _rule


def _school_rule(phase: DeferredAcceptancePhase, zones: Mapping[str, Zone]) -> _Rule:
    """Refuse bids for other schools, and for the school of the zone in which the child lives."""
    expected, among = ", ".join(phase.schools), frozenset(phase.schools)

    def _rule(zone: str, value: str) -> Iterator[Finding]:
        for school in items(value):
            if school not in among:
                yield Finding("voluntary.school", phase.column, school, {"expected": expected})
            elif not phase.own_zone_choice and zone in zones and zones[zone].school_id == school:
                yield Finding("voluntary.own_zone", phase.column, school, {"zone": zone})

    return _rule


def _open_rule(phase: ChoicePhase) -> _Rule:
    """Refuse open choices of other schools than the open ones; whom those admit is another matter."""
    expected = ", ".join(phase.schools)

    def _rule(value: str) -> Iterator[Finding]:
        if value and value not in phase.schools:
            yield Finding("open_choice.school", "open_choice", value, {"expected": expected})

    return _rule


def _decision_rule(column: str, schools: Mapping[str, School]) -> _Rule:
    """Refuse decisions that give a seat of another authority."""

    def _rule(value: str) -> Iterator[Finding]:
        if value in schools and schools[value].external:
            yield Finding("decision.external", column, value, {})

    return _rule
