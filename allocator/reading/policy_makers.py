"""From the shape of a faultless policy file to the domain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allocator.domain import (
    AdjustmentPhase,
    BatchPhase,
    Category,
    ChoicePhase,
    DecisionPhase,
    DeferredAcceptancePhase,
    ExportPhase,
    Phase,
    Planning,
    Policy,
    ReferralPhase,
    Switches,
    Text,
    WarningLevels,
)
from allocator.reading import policy_schema as shape


def to_domain(policy: shape.PolicyShape) -> Policy:
    """The domain object of a faultless shape."""
    return Policy(
        format_version=policy.format_version,
        policy_id=policy.policy_id,
        title=Text(policy.title.zh, policy.title.en),
        notice=Text(policy.notice.zh, policy.notice.en),
        unplaced_clause=policy.unplaced_clause,
        categories=tuple(Category(c.id, Text(c.zh, c.en), c.home) for c in policy.categories),
        switches=Switches(**policy.switches.model_dump()),
        phases=tuple(_phase(p) for p in policy.phases),
        planning=_planning(policy.planning),
        warnings=None if policy.warnings is None else WarningLevels(**policy.warnings.model_dump()),
    )


def _planning(block: shape.PlanningShape | None) -> Planning | None:
    """The weights of the planning optimum, if the file has them."""
    if block is None:
        return None
    closed = {school: frozenset(categories) for school, categories in block.closed.items()}
    return Planning(**{**block.model_dump(), "closed": closed})


def _phase(phase: shape.AnyPhaseShape) -> Phase:
    make, fields = MAKERS[type(phase)]
    made: Phase = make(
        phase_id=phase.phase, name=Text(phase.zh, phase.en), clauses=dict(phase.clauses), **fields(phase)
    )
    return made


def _no_fields(_: Any) -> dict[str, Any]:
    return {}


def _decision_fields(p: shape.DecisionShape) -> dict[str, Any]:
    return {"column": p.column}


def _choice_fields(p: shape.ChoiceShape) -> dict[str, Any]:
    return {"schools": {s: frozenset(c) for s, c in p.schools.items()}, "draw": p.draw}


def _deferred_fields(p: shape.DeferredAcceptanceShape) -> dict[str, Any]:
    return {
        "column": p.column,
        "categories": frozenset(p.categories),
        "tiers": tuple(tuple(t) for t in p.tiers),
        "schools": tuple(p.schools),
        "seats": p.seats,
        "order": tuple(p.order),
        "own_zone_choice": p.own_zone_choice,
        "draw": p.draw,
    }


def _batch_fields(p: shape.BatchesShape) -> dict[str, Any]:
    lists = {name: tuple(schools) for name, schools in p.receiving.lists.items()}
    return {
        "categories": tuple(p.categories),
        "draw": p.draw,
        "divert_draw": p.divert_draw,
        "lists": lists,
        "list_of": dict(p.receiving.of),
        "others": p.receiving.others,
    }


def _adjustment_fields(p: shape.AdjustmentShape) -> dict[str, Any]:
    return {"schools": tuple(p.schools), "draw": p.draw}


MAKERS: dict[type, tuple[Any, Callable[[Any], dict[str, Any]]]] = {
    shape.ExportShape: (ExportPhase, _no_fields),
    shape.DecisionShape: (DecisionPhase, _decision_fields),
    shape.ReferralShape: (ReferralPhase, _no_fields),
    shape.ChoiceShape: (ChoicePhase, _choice_fields),
    shape.DeferredAcceptanceShape: (DeferredAcceptancePhase, _deferred_fields),
    shape.BatchesShape: (BatchPhase, _batch_fields),
    shape.AdjustmentShape: (AdjustmentPhase, _adjustment_fields),
}
