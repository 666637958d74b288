"""The families of one quarter: where they live, how many children, which school is theirs; what they choose of it.

What is decided for them stands with their choices, column by column of the roster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from allocator.domain import Ints, Mask, Policy
from allocator.generator.demand import PER_SEATS, PER_SHARE, ChoiceDemand, Demand, Template, ZoneDemand
from allocator.generator.quarters import Quarter
from allocator.generator.stream import Stream
from allocator.ground import apportion, share_of

VERIFIED, LATE, BLACKLISTED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Families:
    """The parties of a quarter, one place an array and party.

    Attributes
    ----------
    sizes : numpy.ndarray
        Children of the party, 1 to 3.
    zones : numpy.ndarray
        Place of the zone in ``demand.zones``.
    categories : numpy.ndarray
        Place of the category in ``policy.categories``.
    registered : numpy.ndarray
        Place of the registered school in ``demand.schools``, -1 where none is named.
    homes : numpy.ndarray
        Place of the home school in ``demand.schools``, -1 where there is none.
    statuses : numpy.ndarray
        ``VERIFIED``, ``LATE`` or ``BLACKLISTED``.
    xs, ys : numpy.ndarray
        Home in metres: the middle of its block, never a single house, even though all of it is invented.
    """

    sizes: Ints
    zones: Ints
    categories: Ints
    registered: Ints
    homes: Ints
    statuses: Ints
    xs: Ints
    ys: Ints


def make_families(template: Template, quarter: Quarter, stream: Stream) -> Families:
    """Return the families of one quarter; shares are met exactly, who gets what is chance."""
    demand, policy = template.demand, template.policy
    sizes = _sizes(demand, quarter.children, stream)
    counts = apportion(len(sizes), [zone.weight for zone in demand.zones])
    zones = np.repeat(np.arange(len(counts)), counts)
    categories = np.concatenate(
        [_categories(demand, policy, zone, count) for zone, count in zip(demand.zones, counts, strict=True)]
    )
    registered, homes = _schools(demand, policy, zones, categories, stream)
    xs, ys = _places(demand, quarter, zones, stream)
    return Families(sizes, zones, categories, registered, homes, _statuses(demand, sizes, stream), xs, ys)


def _sizes(demand: Demand, children: int, stream: Stream) -> Ints:
    """Return the sizes of all parties: some triplets, some twins, the others alone."""
    triplets = share_of(children, demand.triplets, PER_SEATS)
    twins = share_of(children, demand.twins, PER_SEATS)
    sizes = np.repeat(np.array([3, 2, 1]), [triplets, twins, children - 3 * triplets - 2 * twins])
    return sizes[stream.shuffle("sizes", len(sizes))]


def _categories(demand: Demand, policy: Policy, zone: ZoneDemand, count: int) -> Ints:
    """Return the categories of a zone's parties, as its group divides them."""
    weights = demand.groups[zone.group]
    places = [at for at, category in enumerate(policy.categories) if category.category_id in weights]
    shares = [weights[policy.categories[at].category_id] for at in places]
    return np.repeat(np.array(places, dtype=np.int64), apportion(count, shares))


def _schools(demand: Demand, policy: Policy, zones: Ints, categories: Ints, stream: Stream) -> tuple[Ints, Ints]:
    """Return registered and home school; those who may choose in a dual zone do, as many as the demand says."""
    place = {"": -1, **{school.id: at for at, school in enumerate(demand.schools)}}
    rules = np.array([category.home for category in policy.categories])[categories]
    own = np.array([place[zone.school] for zone in demand.zones])[zones]
    of_e = np.array([place[zone.e_school] for zone in demand.zones])[zones]
    registered = np.full(len(zones), -1)
    for at, zone in enumerate(demand.zones):
        if not zone.dual:
            continue
        choosing = np.flatnonzero((zones == at) & (rules == "registered"))
        choosing = choosing[stream.shuffle(f"dual {zone.id}", len(choosing))]
        shares = [PER_SHARE - sum(zone.dual.values()), *zone.dual.values()]
        schools = [place[zone.school], *(place[name] for name in zone.dual)]
        registered[choosing] = np.repeat(schools, apportion(len(choosing), shares))
    homes = np.where(rules == "e_school", of_e, np.where(registered >= 0, registered, own))
    return registered, homes


def _statuses(demand: Demand, sizes: Ints, stream: Stream) -> Ints:
    """Return the status of every party."""
    late = share_of(len(sizes), demand.late, PER_SEATS)
    blacklisted = share_of(len(sizes), demand.blacklisted, PER_SEATS)
    counts = [late, blacklisted, len(sizes) - late - blacklisted]
    return np.repeat([LATE, BLACKLISTED, VERIFIED], counts)[stream.shuffle("status", len(sizes))]


def _places(demand: Demand, quarter: Quarter, zones: Ints, stream: Stream) -> tuple[Ints, Ints]:
    """Return the homes: each zone has some blocks around its school, each family lives in one of them."""
    school = {school.id: school for school in demand.schools}
    middles = [
        (school[zone.school].x if zone.x is None else zone.x, school[zone.school].y if zone.y is None else zone.y)
        for zone in demand.zones
    ]
    if demand.single_homes:
        return _single_places(demand, quarter, zones, np.array(middles, dtype=np.int64), stream)
    blocks = zones * demand.blocks + stream.below("block", len(zones), demand.blocks)
    reach, count = 2 * demand.reach + 1, len(demand.zones) * demand.blocks
    x, y = (np.repeat([middle[axis] for middle in middles], demand.blocks) - demand.reach for axis in (0, 1))
    x = x + stream.below("block x", count, reach) + quarter.x
    y = y + stream.below("block y", count, reach) + quarter.y
    return x[blocks], y[blocks]


def _single_places(demand: Demand, quarter: Quarter, zones: Ints, middles: Ints, stream: Stream) -> tuple[Ints, Ints]:
    """Return homes of which no two in a zone are alike: different points of the square metre grid around its school."""
    side = 2 * demand.reach + 1
    x, y = np.empty(len(zones), dtype=np.int64), np.empty(len(zones), dtype=np.int64)
    for zone in range(len(demand.zones)):
        here = np.flatnonzero(zones == zone)
        # So many numbers in order, each raised by those before it: all different, every set of points as likely.
        points = np.sort(stream.below(f"home {zone}", len(here), side * side - len(here))) + np.arange(len(here))
        points = points[stream.shuffle(f"home order {zone}", len(here))]
        x[here] = middles[zone, 0] - demand.reach + points % side + quarter.x
        y[here] = middles[zone, 1] - demand.reach + points // side + quarter.y
    return x, y


WishLists: TypeAlias = dict[str, list[tuple[str, ...]]]


def make_family_choices(template: Template, families: Families, suffix: str, stream: Stream) -> WishLists:
    """Return the lists of every column that the demand names; a party that chooses nothing has an empty list.

    Parameters
    ----------
    template, families, suffix, stream
        The structure, the parties of a quarter, what its ids end in, and its chance.
    """
    lists: WishLists = {}
    for number, choice in enumerate(template.demand.choices):
        column = lists.setdefault(choice.column, [()] * len(families.sizes))
        chosen = _choosing(template, families, choice, stream, str(number))
        ranked = _ranked(template, families, choice, chosen, stream, str(number))
        names = np.array([name + suffix for name in choice.schools], dtype=object)
        for party, places in zip(chosen.tolist(), ranked, strict=True):
            column[party] = tuple(names[places])
    return lists


def _choosing(template: Template, families: Families, choice: ChoiceDemand, stream: Stream, label: str) -> Ints:
    """Return the parties that choose: of those with the same share exactly that share, whoever it is."""
    ids = [category.category_id for category in template.policy.categories]
    allowed = np.array([not choice.categories or name in choice.categories for name in ids])[families.categories]
    shares = np.where(allowed, _shares(template, families, choice), 0)
    chosen = []
    for share in np.unique(shares[shares > 0]).tolist():
        who = np.flatnonzero(shares == share)
        who = who[stream.shuffle(f"{label} {share}", len(who))]
        chosen.append(who[: share_of(len(who), share, PER_SHARE)])
    return np.sort(np.concatenate([*chosen, np.array([], dtype=np.int64)]))


def _shares(template: Template, families: Families, choice: ChoiceDemand) -> Ints:
    """Return the share that each party belongs to: its home school's, or else its zone's group's."""
    demand = template.demand
    of_school = np.array([choice.share.get(school.id, -1) for school in demand.schools] + [-1])[families.homes]
    of_group = np.array([choice.share.get(zone.group, 0) for zone in demand.zones])[families.zones]
    return np.where(of_school >= 0, of_school, of_group)


def _ranked(
    template: Template, families: Families, choice: ChoiceDemand, chosen: Ints, stream: Stream, label: str
) -> Iterator[Ints]:
    """Yield for each choosing party the places of its schools in the demand's list, best first."""
    count, schools = len(chosen), len(choice.schools)
    scores = stream.shares(f"{label} scores", count * schools).reshape(count, schools)
    scores = scores + np.array(list(choice.schools.values()))
    own = _own(template, families, choice, chosen)
    scores = np.where(own, -1.0, scores) if choice.own is None else scores + own * choice.own
    lengths = np.repeat(np.arange(len(choice.lengths)) + 1, apportion(count, choice.lengths))
    lengths = lengths[stream.shuffle(f"{label} lengths", count)]
    order = np.argsort(-scores, axis=1, kind="stable")
    most = np.minimum(lengths, (scores >= 0.0).sum(axis=1))
    return (row[:length] for row, length in zip(order, most.tolist(), strict=True))


def _own(template: Template, families: Families, choice: ChoiceDemand, chosen: Ints) -> Mask:
    """Return where a school is the party's home school or the school of its zone."""
    place = {school.id: at for at, school in enumerate(template.demand.schools)}
    named = np.array([place[name] for name in choice.schools])
    zone_school = np.array([place[zone.school] for zone in template.demand.zones])[families.zones[chosen]]
    own: Mask = (families.homes[chosen][:, None] == named) | (zone_school[:, None] == named)
    return own
