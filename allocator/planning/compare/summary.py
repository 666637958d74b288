"""A comparison of what-ifs as plain values: ``summary.json`` and what tables and pages are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.domain import WhatIf, digest_of
from allocator.ground import LANGUAGES, TEXTS, Fault, fault_text
from allocator.planning.compare.comparison import Comparison, Future, Variant
from allocator.planning.compare.shifts import gain_rows
from allocator.planning.draws import SUMS, Mean
from allocator.planning.extra_seats import headline, shortage_object
from allocator.planning.optimum import summarise_optimum
from allocator.planning.whatif import answer_object, standings_object
from allocator.sheets import zone_names

FORMAT_VERSION = 1
KIND = "what-if"
"""Value of ``kind`` in the manifest."""

PRICE = ("unplaced", "diverted", "metres")
"""Figures of the price of the rules: how much more the rules' list has than the planning optimum."""

WhatIfSummary = dict[str, Any]


def summarise_comparison(comparison: Comparison) -> WhatIfSummary:
    """Return ``summary.json`` as an object."""
    policy = comparison.district.policy
    return {
        "format_version": FORMAT_VERSION,
        "kind": KIND,
        "policy_id": policy.policy_id,
        "title": {"zh": policy.title.zh, "en": policy.title.en},
        "notice": {"zh": policy.notice.zh, "en": policy.notice.en},
        "planning_only": dict(zip(LANGUAGES, TEXTS["planning.only"], strict=True)),
        "trial_seed": comparison.trial_seed,
        "draws": comparison.draws,
        "better_school": dict(zip(LANGUAGES, TEXTS["what_if.better_school"], strict=True)),
        "far_metres": None if policy.planning is None else policy.planning.far_metres,
        "shortage": shortage_object(comparison.shortage),
        "headline": {language: headline(comparison.shortage, comparison.district, language) for language in LANGUAGES},
        "kinds": {one.name: _kind(one.what_if) for one in comparison.variants if one.what_if is not None},
        "answers": {
            variant.name: [answer_object(answer) for answer in variant.lists.scenario.answers]
            for variant in comparison.variants[1:]
        },
        "standings": standings_object(comparison.standings),
        "futures_left_out": list(comparison.futures_left_out),
        "impossible": [_impossible(future, *pair) for future in comparison.futures for pair in future.impossible],
        "variants": [_variant(comparison, variant) for variant in comparison.variants],
    }


def _variant(comparison: Comparison, variant: Variant) -> WhatIfSummary:
    """One variant."""
    base = comparison.variants[0]
    title = _title(variant)
    changes = [] if variant.what_if is None else [variant.what_if]
    added = int(variant.lists.instance.plan.sum() - base.lists.instance.plan.sum())
    return {
        "name": variant.name,
        "title": title,
        "digest": digest_of(changes),
        "figures": dict(variant.figures),
        "shares": _shares({**variant.figures, **_sums(variant.figures)}),
        "mean_shares": _shares({name: mean.mean for name, mean in variant.means.items()}),
        "differences": {name: variant.figures[name] - base.figures[name] for name in variant.figures},
        "reconciliation": [{"school_id": row.school_id, **row.numbers()} for row in variant.result.retelling.balances],
        "short_seats": variant.lists.short_seats,
        "seats_added": added,
        **_cost(variant, base),
        **variant.shift.totals,
        "new_children": variant.pair.new_children,
        "gone_children": variant.pair.gone_children,
        "by_group": _groups(variant),
        "gains": _gains(variant, base),
        "schools": _schools(variant, base),
        "means": {name: _mean(mean) for name, mean in variant.means.items()},
        "mean_differences": {name: _mean(mean) for name, mean in variant.differences.items()},
        "price_of_rules": _price(variant),
    }


def _kind(what_if: WhatIf) -> WhatIfSummary:
    """Whether a what-if is a decision, a future or neither, and whether it says so itself."""
    return {"kind": what_if.role, "stated": what_if.kind is not None}


def _impossible(future: Future, decision: WhatIf, fault: Fault) -> WhatIfSummary:
    """A decision that does not go with a future, and why."""
    reason = {language: fault_text(fault, language) for language in LANGUAGES}
    return {"decision": decision.name, "future": future.alone.name, "reason": reason}


_OF_CHILDREN = ("seated", "diverted", "adjusted", "needs_ruling", "unplaced", *SUMS)
"""Figures that are told as shares of all who take part too: where their number changes, counts alone mislead."""


def _sums(figures: Mapping[str, int]) -> dict[str, int]:
    """The sums that are told beside the figures."""
    return {name: sum(figures[part] for part in parts) for name, parts in SUMS.items()}


def _shares(figures: Mapping[str, float]) -> dict[str, float]:
    """Percent of the children who take part, three decimals; nothing where nobody does."""
    children = figures.get("children")
    return {name: round(100 * figures[name] / children, 3) for name in _OF_CHILDREN} if children else {}


def _groups(variant: Variant) -> list[WhatIfSummary]:
    """Children who gain, lose and are moved by zone and category of the base."""
    names = zone_names(variant.pair.before.district)
    return [
        {"zone": zone, "zone_name": names[zone], "category": category, "gained": gained, "lost": lost, "moved": moved}
        for (zone, category), (gained, lost, moved) in variant.pair.by_group(variant.shift).items()
    ]


def _gains(variant: Variant, base: Variant) -> list[WhatIfSummary]:
    """Who loses and who gains with the metres before and after; the first line of each is for all of them."""
    names = zone_names(base.lists.district)
    planning = base.lists.district.policy.planning
    far = None if planning is None else planning.far_metres
    rows = gain_rows(variant.pair, variant.shift, (base.outcome, variant.outcome), far)
    return [{**row, "zone_name": names.get(row["zone"], "")} for row in rows]


def _title(variant: Variant) -> dict[str, str]:
    if variant.what_if is None:
        return dict(zip(LANGUAGES, TEXTS["what_if.base"], strict=True))
    return {"zh": variant.what_if.title.zh, "en": variant.what_if.title.en}


def _cost(variant: Variant, base: Variant) -> dict[str, Any]:
    """Cost of the added seats, in all, for each of them, and for each child more that is seated where it belongs."""
    cost = variant.lists.scenario.cost
    if cost is None:
        return {"cost": None, "cost_per_seat": None, "cost_per_child": None}
    seats = sum(seats for seats, _ in variant.lists.scenario.bought)
    seated = variant.figures["seated"] - base.figures["seated"]
    return {"cost": cost, "cost_per_seat": _each(cost, seats), "cost_per_child": _each(cost, seated)}


def _each(cost: int, count: int) -> int | None:
    """Cost of each, rounded half up; None where there is none."""
    return (2 * cost + count) // (2 * count) if count > 0 else None


def _mean(mean: Mean) -> dict[str, float | bool | None]:
    return {"mean": mean.mean, "error": mean.error, "half_width": mean.half, "clear": mean.clear}


def _schools(variant: Variant, base: Variant) -> dict[str, dict[str, Any]]:
    """Seats, demand and children of each school with seats here, and children of the base."""
    instance, lists = variant.lists.instance, variant.lists
    taken, before = (v.lists.taken(v.outcome).tolist() for v in (variant, base))
    old = dict(zip(base.lists.instance.school_ids, before, strict=True))
    columns = (instance.school_ids, instance.plan.tolist(), lists.home_demand.tolist(), taken)
    found = {}
    for name, plan, demand, children in zip(*columns, strict=True):
        school = variant.lists.district.schools[name]
        if not school.external:
            numbers = {"plan": plan, "home_demand": demand, "taken": children, "taken_before": old.get(name)}
            found[name] = {"name": school.name, **numbers}
    return found


def _price(variant: Variant) -> dict[str, int | None] | None:
    """How much more the rules' list has than the optimum; None without an optimum."""
    if variant.optimum is None:
        return None
    both = summarise_optimum(variant.optimum)
    rules, best = both["rules"], both["optimum"]
    return {name: _less(rules, best, name) for name in PRICE}


def _less(rules: Mapping[str, Any], best: Mapping[str, Any], name: str) -> int | None:
    return None if rules[name] is None or best[name] is None else rules[name] - best[name]
