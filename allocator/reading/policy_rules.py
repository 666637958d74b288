"""What a schema cannot say of a policy file: names that are not there, things named twice, phases out of place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from allocator.domain import CLAUSE_KEYS
from allocator.reading.policy_lines import Path
from allocator.reading.policy_office import policy_office_faults
from allocator.reading.policy_shape import PHASES

PolicyBlock = Mapping[str, Any]
"""A policy file, or a part of it, that has its shape: keys as in the file."""
RuleFault = tuple[str, Path, str, dict[str, str]]


def policy_rule_faults(policy: PolicyBlock) -> Iterator[RuleFault]:
    """What a schema cannot say: names that are not there, things named twice, phases out of place."""
    for rule in _RULES:
        yield from rule(policy)


def _repeats(values: list[str], path: Path) -> Iterator[RuleFault]:
    for i, value in enumerate(values):
        if value in values[:i]:
            yield "policy.twice", (*path, i), value, {}


def _categories_unique(policy: PolicyBlock) -> Iterator[RuleFault]:
    yield from _repeats([c["id"] for c in policy["categories"]], ("categories",))


def _phases_unique(policy: PolicyBlock) -> Iterator[RuleFault]:
    yield from _repeats([p["phase"] for p in policy["phases"]], ("phases",))
    labels = [label for p in policy["phases"] for label in _labels(p)]
    for label in sorted({x for x in labels if labels.count(x) > 1} - {p["phase"] for p in policy["phases"]}):
        yield "policy.twice", ("phases",), label, {}


def _labels(phase: PolicyBlock) -> list[str]:
    """Values that the phase writes into the column ``phase``."""
    if phase["kind"] == "batches":
        return [f"{phase['phase']}-{c}" for c in phase["categories"]]
    return [phase["phase"]]


def _draws_unique(policy: PolicyBlock) -> Iterator[RuleFault]:
    seen: set[str] = set()
    for i, phase in enumerate(policy["phases"]):
        for key in ("draw", "divert_draw"):
            draw = phase.get(key)
            if draw is None:
                continue
            ids = {draw, *_draw_ids(phase, key, draw)}
            yield from (("policy.twice", ("phases", i, key), name, {}) for name in sorted(ids & seen))
            seen |= ids


def _draw_ids(phase: PolicyBlock, key: str, draw: str) -> list[str]:
    """Ids that a phase makes of its draw: two draws with one id would have one ticket, and one file for two orders."""
    if phase["kind"] != "batches":
        return [draw]
    return [f"{draw}-{category}" for category in phase["categories"]]


def _categories_known(policy: PolicyBlock) -> Iterator[RuleFault]:
    known = {c["id"] for c in policy["categories"]}
    for i, phase in enumerate(policy["phases"]):
        if phase["kind"] in {"deferred_acceptance", "batches"}:
            yield from _repeats(phase["categories"], ("phases", i, "categories"))
            for j, name in enumerate(phase["categories"]):
                if name not in known:
                    yield "policy.unknown_category", ("phases", i, "categories", j), name, {}
        if phase["kind"] == "choice":
            for school, names in phase["schools"].items():
                for j, name in enumerate(names):
                    if name not in known:
                        yield "policy.unknown_category", ("phases", i, "schools", school, j), name, {}


def _planning_complete(policy: PolicyBlock) -> Iterator[RuleFault]:
    """Every category has its weight, and no other."""
    if policy.get("planning") is None:
        return
    known = [c["id"] for c in policy["categories"]]
    for name in policy["planning"]["category"]:
        if name not in known:
            yield "policy.unknown_category", ("planning", "category", name), name, {}
    for name in known:
        if name not in policy["planning"]["category"]:
            yield "policy.missing_key", ("planning", "category", name), "", {}
    for school, names in policy["planning"]["closed"].items():
        for j, name in enumerate(names):
            if name not in known:
                yield "policy.unknown_category", ("planning", "closed", school, j), name, {}


def _warnings_rise(policy: PolicyBlock) -> Iterator[RuleFault]:
    """Each level begins above the one before it."""
    if policy.get("warnings") is None:
        return
    levels = [(key, policy["warnings"].get(key)) for key in ("yellow", "orange", "red")]
    given = [(key, percent) for key, percent in levels if percent is not None]
    for (_, below), (key, percent) in pairwise(given):
        if percent <= below:
            yield "policy.wrong_value", ("warnings", key), str(percent), {"expected": f"≥ {below + 1}"}


def _clauses_complete(policy: PolicyBlock) -> Iterator[RuleFault]:
    for i, phase in enumerate(policy["phases"]):
        wanted = CLAUSE_KEYS[PHASES[phase["kind"]]]
        for key in phase["clauses"]:
            if key not in wanted:
                yield "policy.unknown_key", ("phases", i, "clauses", key), "", {}
        for key in wanted:
            if key not in phase["clauses"]:
                yield "policy.missing_key", ("phases", i, "clauses", key), "", {}


def _orders_end_with_ticket(policy: PolicyBlock) -> Iterator[RuleFault]:
    for i, phase in enumerate(policy["phases"]):
        if phase["kind"] == "deferred_acceptance":
            path: Path = ("phases", i, "order")
            yield from _repeats(list(phase["order"]), path)
            if phase["order"][-1] != "ticket":
                yield "policy.wrong_value", path, ", ".join(phase["order"]), {"expected": "[…, ticket]"}


def _lists_known(policy: PolicyBlock) -> Iterator[RuleFault]:
    for i, phase in enumerate(policy["phases"]):
        if phase["kind"] == "batches":
            path: Path = ("phases", i, "receiving")
            block = phase["receiving"]
            named = {("of", k): v for k, v in block["of"].items()} | {("others",): block["others"]}
            for key, name in named.items():
                if name not in block["lists"]:
                    expected = " | ".join(block["lists"])
                    yield "policy.wrong_value", (*path, *key), name, {"expected": expected}


def _schools_once(policy: PolicyBlock) -> Iterator[RuleFault]:
    for i, phase in enumerate(policy["phases"]):
        if phase["kind"] in {"deferred_acceptance", "adjustment"}:
            yield from _repeats(phase["schools"], ("phases", i, "schools"))
        if phase["kind"] == "deferred_acceptance":
            yield from _repeats([z for tier in phase["tiers"] for z in tier], ("phases", i, "tiers"))
        if phase["kind"] == "batches":
            for name, schools in phase["receiving"]["lists"].items():
                yield from _repeats(schools, ("phases", i, "receiving", "lists", name))


def _columns_once(policy: PolicyBlock) -> Iterator[RuleFault]:
    """No two phases read the same column or fill the same seats set aside."""
    for key in ("column", "seats"):
        seen: set[str] = set()
        for i, phase in enumerate(policy["phases"]):
            value = phase.get(key)
            if value is not None and value != "left" and value in seen:
                yield "policy.twice", ("phases", i, key), value, {}
            seen.add(value or "")


def _places(policy: PolicyBlock) -> Iterator[RuleFault]:
    """An export comes first, an adjustment last, each at most once; one phase of batches, one of choices."""
    last = len(policy["phases"]) - 1
    for i, phase in enumerate(policy["phases"]):
        if phase["kind"] == "export" and i != 0:
            yield "policy.place", ("phases", i), phase["kind"], {"expected": "phases.0"}
        if phase["kind"] == "adjustment" and i != last:
            yield "policy.place", ("phases", i), phase["kind"], {"expected": f"phases.{last}"}
    for kind in ("batches", "choice", "referral"):
        places = [i for i, phase in enumerate(policy["phases"]) if phase["kind"] == kind]
        for i in places[1:]:
            yield "policy.twice", ("phases", i), kind, {}


_RULES: tuple[Callable[[PolicyBlock], Iterator[RuleFault]], ...] = (
    _categories_unique, _phases_unique, _draws_unique, _categories_known, _clauses_complete, _orders_end_with_ticket,
    _lists_known, _schools_once, _columns_once, _places, _planning_complete, _warnings_rise,
    policy_office_faults,
)  # fmt: skip
