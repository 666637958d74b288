"""Where a list puts each party, whoever made it: school, relation and metres (docs/planning.md sections 7 and 8).

The price of the rules is the same figures of two lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from allocator.domain import EXTERNAL_SCHOOL, NO_SCHOOL, STATUSES, Applicant, BatchPhase, District, Ints, Mask
from allocator.eligibility import Homes, rounded_metres, squared_distance
from allocator.lottery import LotKey, SessionTickets, order_places, party_sizes
from allocator.models.optimum.market import CHOSEN, DIVERTED, HOME, Market, market_reach


def placement_by_child(market: Market, options: Ints) -> dict[str, str]:
    """Return the school of every child, empty without a seat."""
    names = [*market.schools, ""]
    school = market.column("school", options).tolist()
    placed = {child.applicant_id: names[at] for child, at in zip(market.parties, school, strict=True)}
    for party, name in market.leaves.items():
        placed[market.parties[party].applicant_id] = name
    for party, children in market.members.items():
        placed |= dict.fromkeys(children, placed[market.parties[party].applicant_id])
    return placed


@dataclass(frozen=True, slots=True)
class Placement:
    """The parties that take part, in a list.

    Attributes
    ----------
    party : (p,) int64
        Place of the party in ``Market.parties``.
    size : (p,) int64
        Its children.
    school : (p,) int64
        School, -1 without a seat.
    relation, metres : (p,) int64
        What the school is to the party, and the distance; -1 without a seat, metres also without coordinates.
    value : (p,) int64
        Value of the seat for one child, 0 without a seat.
    """

    party: Ints
    size: Ints
    school: Ints
    relation: Ints
    metres: Ints
    value: Ints


def placement_of_options(market: Market, options: Ints) -> Placement:
    """Return the placement by options of the parties."""
    party = np.flatnonzero(options != EXTERNAL_SCHOOL)
    option = options[party]
    school, relation, metres = (market.column(name, option) for name in ("school", "relation", "metres"))
    value = market.column("value", option, 0)
    return Placement(party, market.size[market.type_of[party]], school, relation, metres, value)


def placement_of_list(district: District, market: Market, placed: Mapping[str, str]) -> Placement:
    """Return the placement of any list, also at schools outside a party's reach (an adjustment far from home)."""
    index = {name: i for i, name in enumerate(market.schools)}
    party = np.flatnonzero(market.type_of >= 0)
    names = [placed[market.parties[i].applicant_id] for i in party.tolist()]
    school = np.array([index.get(name, -1) for name in names], dtype=np.int64)
    keys = market.owner * len(market.schools) + market.school
    wanted = market.type_of[party] * len(market.schools) + school
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    known = (school >= 0) & (keys[at] == wanted) if len(keys) else np.zeros(len(party), dtype=bool)
    options = np.full(len(market.parties), EXTERNAL_SCHOOL, dtype=np.int64)
    options[party] = np.where(known, at, NO_SCHOOL)
    found = placement_of_options(market, options)
    for i in np.flatnonzero((school >= 0) & ~known).tolist():
        _place_afar(district, market, found, i, int(school[i]))
    return found


def _place_afar(district: District, market: Market, found: Placement, i: int, school: int) -> None:
    """Enter a seat that lies outside the reach: too far for it, or closed to the category in planning."""
    child, planning = market.parties[int(found.party[i])], district.policy.planning
    there = district.schools[market.schools[school]]
    assert planning is not None
    distance = int(rounded_metres(squared_distance(child, there))) if child.x and there.x else -1
    relation = _relation(district, child, there.school_id)
    weight = (planning.home, planning.chosen, planning.diverted)[relation]
    found.school[i], found.relation[i], found.metres[i] = school, relation, distance
    found.value[i] = planning.category[child.category] + weight - planning.metre * max(distance, 0)


def _relation(district: District, child: Applicant, school: str) -> int:
    """What a school is to a child, in whatever reach: its home school, one that a phase lets it name, or another."""
    if school == Homes(district).of(child):
        return HOME
    return market_reach(district, child, without_closed=False).relation.get(school, DIVERTED)


def placement_figures(
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
    latest: dict[tuple[int, int], LotKey] = {}
    for i in np.flatnonzero(rivals).tolist():
        key = int(placement.school[i]), int(rank[i])
        latest[key] = max(latest.get(key, tickets[i]), tickets[i])
    for i in np.flatnonzero(level).tolist():
        seated = latest.get((int(home[i]), int(rank[i])))
        envious[i] = seated is not None and tickets[i] < seated
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


def _tickets(district: District, market: Market, placement: Placement, home: Ints, some: Ints) -> dict[int, LotKey]:
    """What orders some parties by ticket in the draw of their batch at their home school."""
    assert district.draw is not None
    phases = [phase for phase in district.policy.phases if isinstance(phase, BatchPhase)]
    draws = {category: phase.draw for phase in phases for category in phase.categories}
    places = order_places(district.draw, party_sizes(district.applicants))
    lots = SessionTickets(district.draw.seedhex, district.policy.switches.ticket_scope, places)
    found = {}
    for i in some.tolist():
        child = market.parties[int(placement.party[i])]
        draw = f"{draws.get(child.category, '')}-{child.category}/{market.schools[home[i]]}"
        found[i] = lots.key(draw, child.applicant_id)
    return found
