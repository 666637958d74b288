"""What a comparison holds: base, what-ifs beside it, decisions in futures; and all that is told of it, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allocator.domain import District, Text, WhatIf, what_ifs_digest
from allocator.engines import Result
from allocator.ground import LANGUAGES, TEXTS, Fault, fault_text
from allocator.planning.compare.shifts import Pair, Shift, shift_rows
from allocator.planning.draws import ADJUSTED_TO, AT_EXTERNAL, DIVERTED_TO, SEATED, SUMS, Lists, Mean, Outcome
from allocator.planning.extra_seats import Shortage, shortage_headline, shortage_object, shortage_of
from allocator.planning.optimum import CheckedOptimum, summarise_optimum
from allocator.planning.whatif import NOTHING, Standing, answer_object, standings_object
from allocator.planning.zone_warnings.levels import ZoneWarning, zone_warnings
from allocator.sheets import Going, zone_names

MOST_PAIRS = 100
"""Decisions in futures that are computed at most; a grid is for more."""

_RANKED = ("without_seat", "diverted_or_adjusted")


@dataclass(frozen=True)
class Variant:
    """The base, or one what-if.

    Attributes
    ----------
    what_if : WhatIf or None
        None for the base.
    lists : Lists
        The composed district.
    result : Result
        Its list under the trial seed, both engines agreeing and the checker content.
    outcome : Outcome
        The same as arrays.
    figures : Mapping[str, int]
        ``FIGURES`` of the list.
    optimum : CheckedOptimum or None
        Its planning optimum; None where it was not asked for or cannot be formed.
    pair : Pair
        With the base; of the base with itself.
    shift : Shift
        Who gains and who loses against the base.
    means, differences : Mapping[str, Mean]
        Over simulated draws: means of ``DRAWN`` and ``SUMS``, and of the differences to the base, draw by draw; empty
        without draws.
    drawn : Mapping[str, tuple of int]
        The figures themselves, draw after draw.
    """

    what_if: WhatIf | None
    lists: Lists
    result: Result
    outcome: Outcome
    figures: Mapping[str, int]
    optimum: CheckedOptimum | None
    pair: Pair
    shift: Shift
    means: Mapping[str, Mean]
    differences: Mapping[str, Mean]
    drawn: Mapping[str, tuple[int, ...]]

    @property
    def name(self) -> str:
        """Id of the what-if, ``base`` for the base."""
        return "base" if self.what_if is None else self.what_if.name

    @cached_property
    def ways(self) -> tuple[Going | None, ...]:
        """Which way each party goes; None for those who leave for external schools."""
        columns = (self.outcome.standing.tolist(), self.outcome.seat.tolist(), self.lists.instance.home.tolist())
        return tuple(_way(*cells) for cells in zip(*columns, strict=True))

    @cached_property
    def flows(self) -> Mapping[tuple[str, int, Going], int]:
        """Children by zone, school (-1: none) and way, in order."""
        counted: Counter[tuple[str, int, Going]] = Counter()
        instance = self.lists.instance
        columns = (instance.leads, self.ways, self.outcome.seat.tolist(), instance.size.tolist())
        for child, way, seat, size in zip(*columns, strict=True):
            if way is not None:
                counted[child.zone, seat, way] += size
        return dict(sorted(counted.items()))


def _way(standing: int, seat: int, home: int) -> Going | None:
    """The way of a party of a standing at a school."""
    if standing == AT_EXTERNAL:
        return None
    if standing == SEATED:
        return "home" if seat == home else "chosen"
    return "diverted" if standing in (DIVERTED_TO, ADJUSTED_TO) else "unplaced"


@dataclass(frozen=True, slots=True)
class Future:
    """What may come, and the decisions in it.

    Attributes
    ----------
    alone : Variant
        The district as it is, or a future, without any decision.
    decisions : tuple of Variant
        Every decision on top of it, each beside ``alone``, not beside the base.
    impossible : tuple of (WhatIf, Fault)
        Decisions that do not go with it, and the first reason.
    """

    alone: Variant
    decisions: tuple[Variant, ...]
    impossible: tuple[tuple[WhatIf, Fault], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The base and every what-if.

    Attributes
    ----------
    district : District
        The base with its trial draw.
    trial_seed, draws : int
        Seed of the one list of each, and of the simulation; number of simulated draws.
    variants : tuple of Variant
        The base first.
    no_optimum : tuple of Fault
        Why there is no planning optimum; empty where there is, or where it was not asked for.
    not_diverted : tuple of str
        Categories of which the shortage lets nobody be diverted; empty: those that register at a school.
    futures : tuple of Future
        The district as it is and every future, with every decision in it; empty without a decision.
    """

    district: District
    trial_seed: int
    draws: int
    variants: tuple[Variant, ...]
    no_optimum: tuple[Fault, ...] = ()
    not_diverted: tuple[str, ...] = ()
    futures: tuple[Future, ...] = ()

    @cached_property
    def shortage(self) -> Shortage:
        """The seats that are short of the base: computed when it is first asked for."""
        return shortage_of(self.district, self.trial_seed, self.not_diverted)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every decision in every future, and each future without one; nothing where there is no decision."""
        return tuple(standing for future in self.futures for standing in _standings(future))

    @cached_property
    def levels(self) -> tuple[ZoneWarning, ...]:
        """The zones of the base that are judged, with their warning levels; none where the policy has no levels."""
        district = self.variants[0].lists.district
        judged = () if district.policy.warnings is None else zone_warnings(district, district.policy.warnings)
        return tuple(zone for zone in judged if zone.level is not None)

    @property
    def futures_left_out(self) -> tuple[str, ...]:
        """Names of futures in which no decision was computed, since there would be more than ``MOST_PAIRS`` pairs."""
        looked_at = {future.alone.name for future in self.futures}
        coming = (one.name for one in self.variants if one.what_if and one.what_if.role == "future")
        return tuple(name for name in coming if name not in looked_at) if self.futures else ()


def _standings(future: Future) -> Iterator[Standing]:
    """No decision first, then every one that goes with the future."""
    name, title = _future(future.alone)
    yield Standing(name, NOTHING, title, Text(*TEXTS["standings.none"]), *_levels(future.alone))
    for variant in future.decisions:
        assert variant.what_if is not None
        levels, alone = _levels(variant), _levels(future.alone)
        if variant.drawn:
            means = [variant.differences[figure] for figure in _RANKED]
            clear = any(mean.clear for mean in means)
            difference, half = (means[0].mean, means[1].mean), (means[0].half, means[1].half)
            people = variant.means["gained"].mean, variant.means["lost"].mean
        else:
            difference, half, clear = (levels[0] - alone[0], levels[1] - alone[1]), (None, None), None
            people = variant.shift.totals["gained"], variant.shift.totals["lost"]
        yield Standing(name, variant.name, title, variant.what_if.title, *levels, difference, half, clear, *people)


def _future(alone: Variant) -> tuple[str, Text]:
    """Name and title of a future; the district as it is has no name."""
    if alone.what_if is None:
        return NOTHING, Text(*TEXTS["standings.now"])
    return alone.name, alone.what_if.title


def _levels(variant: Variant) -> tuple[float, float]:
    """Children without a seat, and diverted or adjusted: of the one list, or means over draws."""
    if variant.drawn:
        return variant.means[_RANKED[0]].mean, variant.means[_RANKED[1]].mean
    without, away = (float(sum(variant.figures[part] for part in SUMS[name])) for name in _RANKED)
    return without, away


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
        "headline": {
            language: shortage_headline(comparison.shortage, comparison.district, language) for language in LANGUAGES
        },
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
        "digest": what_ifs_digest(changes),
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
    rows = shift_rows(variant.pair, variant.shift, (base.outcome, variant.outcome), far)
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
