"""The price of the rules: the same figures of two lists (docs/planning.md section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from allocator.domain import STATUSES, BatchPhase, District, Ints, Mask
from allocator.eligibility import Homes
from allocator.lottery import ticket, ticket_word
from allocator.models.optimum.market import Market
from allocator.models.optimum.reach import CHOSEN, DIVERTED, HOME
from allocator.planning.optimum.placement import Placement


def figures(
    district: District, market: Market, placement: Placement, placed: Mapping[str, str], seats: Ints
) -> dict[str, Any]:
    """Return the figures of a list.

    Parameters
    ----------
    district : District
        With its draw, whose tickets decide between children of one category.
    market : Market
        The planning instance.
    placement : Placement
        Where the list puts the parties that take part.
    placed : Mapping of str to str
        The list itself: school by child.
    seats : (m,) int64
        Seats of each school by which the list was made.
    """
    seated, size = placement.school >= 0, placement.size
    by_relation = [int(size[seated & (placement.relation == kind)].sum()) for kind in (HOME, CHOSEN, DIVERTED)]
    bundle = size > 1
    return {
        "unplaced": int(size[~seated].sum()),
        "home": by_relation[HOME],
        "chosen": by_relation[CHOSEN],
        "diverted": by_relation[DIVERTED],
        "by_category": _by_category(district, market, placement),
        **_distances(placement),
        "bundles_split": sum(len({placed[child] for child in children}) > 1 for children in market.members.values()),
        "bundles_moved": int((bundle & (~seated | (placement.relation == DIVERTED))).sum()),
        **_out_of_order(district, market, placement, seats),
        "objective": int(size @ placement.value),
    }


def _by_category(district: District, market: Market, placement: Placement) -> dict[str, int]:
    """Children with a seat, by category."""
    category = [market.parties[i].category for i in placement.party[placement.school >= 0].tolist()]
    found = dict.fromkeys((c.category_id for c in district.policy.categories), 0)
    for name, size in zip(category, placement.size[placement.school >= 0].tolist(), strict=True):
        found[name] += size
    return found


def _distances(placement: Placement) -> dict[str, float | int | None]:
    """Mean distance, and the one that 95 % of the children do not exceed; None where no distance is known."""
    known = placement.metres >= 0
    metres = np.sort(np.repeat(placement.metres[known], placement.size[known]))
    if not len(metres):
        return {"metres": None, "metres_mean": None, "metres_p95": None}
    total, count = int(metres.sum()), len(metres)
    return {
        "metres": total,
        "metres_mean": (2 * total + count) // (2 * count),
        "metres_p95": int(metres[(95 * count + 99) // 100 - 1]),
    }


def _out_of_order(district: District, market: Market, placement: Placement, seats: Ints) -> dict[str, int]:
    """Children whose home school seats somebody later in the order, seats they could have had, seats too many."""
    home = _homes(district, market, placement)
    outside = (placement.school < 0) | (placement.relation == DIVERTED)
    verified = np.array([market.parties[i].status == STATUSES[0] for i in placement.party.tolist()], dtype=bool)
    wanting = outside & verified & (home >= 0) & _batched(district, market, placement)
    schools = len(market.schools)
    taken = np.bincount(placement.school[~(placement.school < 0)], placement.size[placement.school >= 0], schools)
    left = seats - taken.astype(np.int64)
    wanted = np.bincount(home[wanting], placement.size[wanting], schools).astype(np.int64)
    envious = _envious(district, market, placement, home, wanting)
    return {
        "justified_envy": int(placement.size[envious].sum()),
        "wasted_seats": int(np.minimum(np.maximum(left, 0), wanted).sum()),
        "above_seats": int(-np.minimum(left, 0).sum()),
    }


def _batched(district: District, market: Market, placement: Placement) -> Mask:
    """Parties of a category that some batch admits at home; only these have a right to their home school."""
    batches = {c for p in district.policy.phases if isinstance(p, BatchPhase) for c in p.categories}
    return np.array([market.parties[i].category in batches for i in placement.party.tolist()], dtype=bool)


def _homes(district: District, market: Market, placement: Placement) -> Ints:
    """Home school of each party, -1 where it has none here."""
    index, homes = {name: i for i, name in enumerate(market.schools)}, Homes(district)
    found = [index.get(homes.of(market.parties[i]), -1) for i in placement.party.tolist()]
    return np.array(found, dtype=np.int64)


def _envious(district: District, market: Market, placement: Placement, home: Ints, wanting: Mask) -> Mask:
    """Parties that come at home before somebody seated there at home or by diversion.

    The order: status, category, those at home before those diverted there, ticket of the batch's draw.
    """
    rank = _ranks(district, market, placement)
    there = (placement.school >= 0) & (placement.relation != CHOSEN) & ~_named(market, placement)
    last = np.full(len(market.schools), -1, dtype=np.int64)
    diverted = (placement.relation == DIVERTED).astype(np.int64)
    np.maximum.at(last, placement.school[there], 2 * rank[there] + diverted[there])
    mine = np.where(home >= 0, last[home], -1)
    envious = wanting & (mine > 2 * rank)
    # Where the last one seated is of the same category, tickets decide.
    level = wanting & (mine == 2 * rank)
    rivals = there & (placement.relation == HOME) & np.isin(placement.school, np.unique(home[level]))
    tickets = _tickets(district, market, placement, home, np.flatnonzero(level | rivals))
    latest: dict[tuple[int, int], str] = {}
    for i in np.flatnonzero(rivals).tolist():
        key = int(placement.school[i]), int(rank[i])
        latest[key] = max(latest.get(key, ""), tickets[i])
    for i in np.flatnonzero(level).tolist():
        envious[i] = tickets[i] < latest.get((int(home[i]), int(rank[i])), "")
    found: Mask = envious
    return found


def _named(market: Market, placement: Placement) -> Mask:
    """Parties whose school a decision or open choice names: such a right is their own, at their home school too."""
    named = np.zeros(len(placement.party), dtype=bool)
    for i, (at, school) in enumerate(zip(placement.party.tolist(), placement.school.tolist(), strict=True)):
        child = market.parties[at]
        choices = (child.open_choice, child.preferential_school, child.sibling_school)
        named[i] = school >= 0 and any(choices) and market.schools[school] in choices
    return named


def _ranks(district: District, market: Market, placement: Placement) -> Ints:
    """Place of each party's status and category in the order."""
    rank = district.policy.rank
    status = {name: i * len(rank) for i, name in enumerate(STATUSES)}
    parties = (market.parties[i] for i in placement.party.tolist())
    return np.array([status[child.status] + rank[child.category] for child in parties], dtype=np.int64)


def _tickets(district: District, market: Market, placement: Placement, home: Ints, some: Ints) -> dict[int, str]:
    """Tickets of some parties in the draw of their batch at their home school."""
    assert district.draw is not None
    phases = [phase for phase in district.policy.phases if isinstance(phase, BatchPhase)]
    draws = {category: phase.draw for phase in phases for category in phase.categories}
    seed, scope = district.draw.seedhex, district.policy.switches.ticket_scope
    found = {}
    for i in some.tolist():
        child = market.parties[int(placement.party[i])]
        draw = f"{draws.get(child.category, '')}-{child.category}/{market.schools[home[i]]}"
        found[i] = ticket(seed, ticket_word(draw, scope), child.applicant_id)
    return found
