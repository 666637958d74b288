"""Weights whose optimum would mean nothing, and places that are missing (docs/planning.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

import numpy as np

from allocator.domain import District, ExportPhase, Ints, Planning
from allocator.ground import Fault
from allocator.models.optimum.market import Market
from allocator.models.parties import home_of_party

POLICY = "policy.yaml"


_SUM = 2**60
"""Largest sum of values, all options taken together: solvers add them up with 64 bits, and differences of them."""


def largest_option_value(district: District) -> int:
    """Return the largest absolute value of one option with which values can be formed at all."""
    return _SUM // (len(district.applicants) + len(district.schools) + 2)


def largest_safe_value(market: Market) -> int:
    """Return the largest absolute value of an option with which no solver's sums overflow.

    The models add up all options, the flow multiplies a cost by the number of its nodes.
    """
    options = int((market.size * market.count) @ np.diff(market.starts))
    nodes = market.types + len(market.schools) + 2
    return _SUM // max(options, 4 * nodes)


def weight_sum_faults(planning: Planning, market: Market) -> list[Fault]:
    """Return the weight that makes the sum of the values of all options too large, with the largest safe one."""
    largest, safe = int(np.abs(market.value).max(initial=0)), largest_safe_value(market)
    if largest <= safe:
        return []
    name, weight = max(planning.category.items(), key=lambda item: item[1])
    return [_too_large(f"category.{name}", weight, max(0, safe - (largest - weight)))]


def missing_weight_faults(district: District) -> list[Fault]:
    """Return what must be there before values can be formed: weights, and places if metres count."""
    planning = district.policy.planning
    if planning is None:
        return [Fault("planning.missing", POLICY, column="planning")]
    if not planning.metre:
        return []
    schools = [s for _, s in sorted(district.schools.items()) if not s.external and not s.x]
    faults = [Fault("planning.school_place", "schools.csv", column="x", value=s.school_id) for s in schools]
    return faults + list(_homes_missing(district))


def _homes_missing(district: District) -> Iterator[Fault]:
    """Parties whose home must be known: that of the child which gives the id; those who leave need none."""
    leaving = any(isinstance(phase, ExportPhase) for phase in district.policy.phases)
    bundles: set[str] = set()
    for child in sorted(district.applicants, key=attrgetter("applicant_id")):
        if child.bundle in bundles:
            continue
        bundles |= {child.bundle} - {""}
        if not child.x:
            home = home_of_party(district, child)
            if not (leaving and home and district.schools[home].external):
                yield Fault("planning.home_place", "applicants.csv", column="x", value=child.applicant_id)


def weight_size_faults(district: District) -> list[Fault]:
    """Return the weights that could make sums overflow."""
    planning, safe = district.policy.planning, largest_option_value(district)
    assert planning is not None
    named = {f"category.{name}": weight for name, weight in planning.category.items()}
    named |= {name: getattr(planning, name) for name in ("home", "chosen", "diverted")}
    # Half for what is added and half for what is taken off: no sum of the two can pass the limit.
    faults = [_too_large(key, weight, safe // 4) for key, weight in named.items() if weight > safe // 4]
    most = safe // 2 // max(_widest(district), 1)
    return faults + ([_too_large("metre", planning.metre, most)] if planning.metre > most else [])


def _too_large(key: str, weight: int, most: int) -> Fault:
    return Fault("planning.too_large", POLICY, column=f"planning.{key}", value=str(weight), params={"most": str(most)})


def _widest(district: District) -> int:
    """Metres that no distance between a home and a school exceeds."""
    homes = {(child.x, child.y) for child in district.applicants if child.x}
    points = homes | {(school.x, school.y) for school in district.schools.values() if school.x}
    if not points:
        return 0
    xs, ys = ([float(point[axis]) for point in points] for axis in (0, 1))
    return int(max(xs) - min(xs) + max(ys) - min(ys)) + 2


def weight_dominance_faults(planning: Planning, market: Market) -> list[Fault]:
    """Return the categories whose weight is so small that leaving a child out could pay.

    Seating one more child can make others move, each school of the chain at most once; what they lose together stays
    below the sum of the largest spreads of values.
    """
    reached = np.diff(market.starts) > 0
    if not reached.any():
        return []
    starts = market.starts[:-1][reached]
    least, most = np.minimum.reduceat(market.value, starts), np.maximum.reduceat(market.value, starts)
    lost = _largest_sum(most - least, market.count[reached], len(market.schools) - 1)
    category = np.empty(market.types, dtype=object)
    for party, kind in enumerate(market.type_of.tolist()):
        if kind >= 0:
            category[kind] = market.parties[party].category
    faults = []
    for name, weight in planning.category.items():
        mine = least[category[reached] == name]
        if len(mine) and int(mine.min()) <= lost:
            params = {"least": str(weight + lost - int(mine.min()) + 1)}
            faults.append(Fault("planning.too_small", POLICY, 0, f"planning.category.{name}", str(weight), params))
    return faults


def _largest_sum(spread: Ints, count: Ints, schools: int) -> int:
    """Sum of the largest spreads of so many parties, at most all but one."""
    left, total = min(schools, int(count.sum()) - 1), 0
    for at in np.argsort(-spread, kind="stable").tolist():
        if left <= 0:
            break
        total += int(spread[at]) * min(left, int(count[at]))
        left -= int(count[at])
    return total
