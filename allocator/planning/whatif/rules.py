"""Changes of rules: switches of the policy, and weights of the planning optimum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from allocator import domain
from allocator.domain import SWITCHES, AdjustmentPhase
from allocator.planning.whatif.draft import Draft


def change_rules_switches(change: domain.SwitchChange, draft: Draft) -> None:
    """Write other values of switches."""
    fit = True
    for name, value in change.set.items():
        allowed = SWITCHES[name]
        if value not in allowed:
            draft.fault("policy.wrong_value", f"set.{name}", value, expected=" | ".join(allowed))
            fit = False
    if fit:
        values: dict[str, Any] = dict(change.set)
        same = sum(getattr(draft.policy.switches, name) == value for name, value in values.items())
        draft.policy = replace(draft.policy, switches=replace(draft.policy.switches, **values))
        left = {"already_so": same}
        draft.answer("values", len(values), len(values) - same, left=left, also=_without_place(change, draft))


def _without_place(change: domain.SwitchChange, draft: Draft) -> dict[str, int]:
    """Children and schools to which an adjustment by distance does not apply, having no place."""
    if change.set.get("adjust_by") != "distance":
        return {}
    listed = {name for p in draft.policy.phases if isinstance(p, AdjustmentPhase) for name in p.schools}
    homes = sum(not child.x for child in draft.children.values())
    return {"homes_by_list": homes, "schools_by_list": sum(not draft.schools[name].x for name in listed)}


def change_rules_weights(change: domain.WeightChange, draft: Draft) -> None:
    """Write other weights of the planning optimum."""
    planning = draft.policy.planning
    if planning is None:
        draft.fault("planning.missing", "category")
        return
    if draft.known("category", change.category, planning.category, "category"):
        names = ("home", "chosen", "diverted", "metre", "nearest")
        given = {name: getattr(change, name) for name in names if getattr(change, name) is not None}
        category = {**planning.category, **change.category}
        same = sum(planning.category[name] == value for name, value in change.category.items())
        same += sum(getattr(planning, name) == value for name, value in given.items())
        asked = len(given) + len(change.category)
        draft.answer("values", asked, asked - same, left={"already_so": same}, also={"optimum_alone": 1})
        draft.policy = replace(draft.policy, planning=replace(planning, category=category, **given))


CHANGES: dict[type, Callable[[Any, Draft], None]] = {
    domain.SwitchChange: change_rules_switches,
    domain.WeightChange: change_rules_weights,
}
