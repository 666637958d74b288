"""Where the nodes and ribbons of a Sankey diagram stand: folded, ordered with few crossings, to scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Going = Literal["home", "chosen", "diverted", "unplaced"]
"""Where children go: to their home school, a chosen one, diverted, or nowhere."""

GOINGS: tuple[Going, ...] = ("home", "chosen", "diverted", "unplaced")
"""In the order in which they are drawn."""

OTHERS, NO_SEAT = "\u0000others", "\u0000no seat"
"""Keys of the nodes of folded zones or schools, and of children without a seat: no name holds such a character."""

_SLOT, _GAP, _PASSES = 18.0, 7.0, 12
"""Least height of a node with its label, gap between nodes, most rounds of ordering."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Children of one zone who go the same way.

    Attributes
    ----------
    zone : str
        Name of the zone.
    school : str
        Name of the school; not read for ``unplaced``.
    children : int
        How many, at least 0.
    going : {"home", "chosen", "diverted", "unplaced"}
        Which way.
    """

    zone: str
    school: str
    children: int
    going: Going = "home"

    def __post_init__(self) -> None:
        if self.children < 0 or self.going not in GOINGS:
            raise ValueError(f"Expected a known way to go and no negative number, got {self}.")


@dataclass(frozen=True, slots=True)
class Node:
    """A zone or school: its key, how many names it stands for, its children, upper edge and height."""

    key: str
    names: int
    children: int
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Children from a zone to a school: upper edges at both ends, and the height that all ribbons have to scale."""

    zone: str
    school: str
    going: Going
    children: int
    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A diagram in its place.

    Attributes
    ----------
    zones, schools : tuple of Node
        From top to bottom.
    ribbons : tuple of Ribbon
        The flows; heights are ``scale`` times the children.
    scale, height : float
        Height of one child, and of the whole.
    left_out : int
        Children from folded zones to folded schools, who are not drawn: in a large district they would hide all others.
    """

    zones: tuple[Node, ...]
    schools: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    scale: float
    height: float
    left_out: int = 0


Links = Mapping[tuple[str, str, Going], int]


def flows_laid_out(
    flows: Iterable[Flow], *, most_zones: int = 14, most_schools: int = 16, drawn: float = 400.0, slot: float = 0.0
) -> Layout:
    """Return the layout of flows.

    Parameters
    ----------
    flows : iterable of Flow
        In any order; those of the same zone and school who go the same way are added up.
    most_zones, most_schools : int
        Nodes shown by name; the rest become one node ``OTHERS``. Those with most children diverted or without a seat
        keep their names, then the largest.
    drawn : float
        Height of all children together.
    slot : float
        Least height of a node with its label, where that is more than a line.
    """
    links, names = _folded(flows, most_zones, most_schools)
    left_out = sum(links.pop((OTHERS, OTHERS, going), 0) for going in GOINGS)
    if not links:
        return Layout((), (), (), 0.0, 0.0, left_out)
    scale = drawn / sum(links.values())
    zones, schools = _ordered(links)
    sums = _sums(links)
    least = max(slot, _SLOT)
    height = max(_height(order, counted, scale, least) for order, counted in zip((zones, schools), sums, strict=True))
    left = _column(zones, sums[0], names[0], scale, height, least)
    right = _column(schools, sums[1], names[1], scale, height, least)
    return Layout(left, right, _ribbons(links, left, right, scale), scale, height, left_out)


def _folded(
    flows: Iterable[Flow], most_zones: int, most_schools: int
) -> tuple[dict[tuple[str, str, Going], int], tuple[int, int]]:
    """Links with zones and schools folded, and how many names each of the two ``OTHERS`` stands for."""
    links: Counter[tuple[str, str, Going]] = Counter()
    for flow in flows:
        if flow.children:
            links[flow.zone, NO_SEAT if flow.going == "unplaced" else flow.school, flow.going] += flow.children
    moved = _sums({link: children for link, children in links.items() if link[2] in ("diverted", "unplaced")})
    sums = _sums(links)
    del sums[1][NO_SEAT]
    zones, schools = (_small(sums[side], moved[side], most) for side, most in enumerate((most_zones, most_schools)))
    folded: Counter[tuple[str, str, Going]] = Counter()
    for (zone, school, going), children in links.items():
        folded[OTHERS if zone in zones else zone, OTHERS if school in schools else school, going] += children
    return dict(folded), (len(zones), len(schools))


def _sums(links: Links) -> tuple[Counter[str], Counter[str]]:
    """Children by zone and by school."""
    zones, schools = Counter[str](), Counter[str]()
    for (zone, school, _), children in links.items():
        zones[zone] += children
        schools[school] += children
    return zones, schools


def _small(sums: Counter[str], moved: Counter[str], most: int) -> set[str]:
    """The names that are folded, if there are too many."""
    ranked = sorted(sums, key=lambda name: (-moved[name], -sums[name], name))
    return set(ranked[most:]) if len(ranked) > most + 1 else set()


def _ordered(links: Links) -> tuple[list[str], list[str]]:
    """Both columns in an order with few crossings: the best of what several first orders lead to."""
    weights: Counter[tuple[str, str]] = Counter()
    for (zone, school, _), children in links.items():
        weights[zone, school] += children
    zones = sorted({zone for zone, _ in weights}, key=lambda name: (_last(name), name))
    schools = sorted({school for _, school in weights}, key=lambda name: (_last(name), name))
    sums = _sums(links)[0]
    large, small = (sorted(zones, key=lambda name: (side * sums[name], name)) for side in (-1, 1))
    starts = [order[turn:] + order[:turn] for order in (large, small) for turn in range(len(zones))]
    found = [_swapped(list(zones), list(schools), weights)]
    found += [_swapped(*_settled(start, schools, weights), weights) for start in starts]
    return min(found, key=lambda pair: _crossings(pair[0], pair[1], weights))


def _settled(
    zones: list[str], schools: list[str], weights: Mapping[tuple[str, str], int]
) -> tuple[list[str], list[str]]:
    """The orders after each column was sorted by the middle of its partners in turn, until nothing changes."""
    turned = {(school, zone): children for (zone, school), children in weights.items()}
    for _ in range(_PASSES):
        before = (zones, schools)
        schools = _by_middle(schools, zones, turned)
        zones = _by_middle(zones, schools, weights)
        if (zones, schools) == before:
            break
    return zones, schools


def _last(name: str) -> int:
    """Which nodes stand below the named ones: the folded, and the children without a seat at the bottom."""
    return (OTHERS, NO_SEAT).index(name) + 1 if name in (OTHERS, NO_SEAT) else 0


def _by_middle(names: Sequence[str], others: Sequence[str], weights: Mapping[tuple[str, str], int]) -> list[str]:
    """Names by the mean place of those they are linked with, ties by name."""
    places = {name: place for place, name in enumerate(others)}
    sums: Counter[str] = Counter()
    moments: Counter[str] = Counter()
    for (name, other), children in weights.items():
        sums[name] += children
        moments[name] += children * places[other]
    return sorted(names, key=lambda name: (_last(name), moments[name] / sums[name], name))


def _swapped(
    zones: list[str], schools: list[str], weights: Mapping[tuple[str, str], int]
) -> tuple[list[str], list[str]]:
    """The orders after swaps of neighbours for as long as one lessens the crossings."""
    least = _crossings(zones, schools, weights)
    for _ in range(_PASSES):
        start = least
        for names in (zones, schools):
            for place in range(len(names) - 1):
                if _last(names[place]) != _last(names[place + 1]):
                    continue
                names[place : place + 2] = names[place + 1], names[place]
                now = _crossings(zones, schools, weights)
                if now < least:
                    least = now
                else:
                    names[place : place + 2] = names[place + 1], names[place]
        if least == start:
            break
    return zones, schools


def _crossings(zones: Sequence[str], schools: Sequence[str], weights: Mapping[tuple[str, str], int]) -> int:
    """How much ribbons cross: for every pair that does, the narrower one's children."""
    left = {name: place for place, name in enumerate(zones)}
    right = {name: place for place, name in enumerate(schools)}
    ends = sorted((left[zone], right[school], children) for (zone, school), children in weights.items())
    return sum(
        min(children, other)
        for place, (zone, school, children) in enumerate(ends)
        for later, target, other in ends[place + 1 :]
        if later > zone and target < school
    )


def _height(order: Sequence[str], sums: Mapping[str, int], scale: float, least: float) -> float:
    """The height that a column needs."""
    return sum(max(sums[name] * scale + _GAP, least) for name in order)


def _column(
    order: Sequence[str], sums: Mapping[str, int], folded: int, scale: float, height: float, least: float
) -> tuple[Node, ...]:
    """The nodes of a column, spread over the height of the taller one."""
    spare = (height - _height(order, sums, scale, least)) / len(order)
    nodes, top = [], 0.0
    for name in order:
        tall = sums[name] * scale
        slot = max(tall + _GAP, least) + spare
        nodes.append(Node(name, folded if name == OTHERS else 1, sums[name], top + (slot - tall) / 2, tall))
        top += slot
    return tuple(nodes)


def _ribbons(links: Links, left: Sequence[Node], right: Sequence[Node], scale: float) -> tuple[Ribbon, ...]:
    """The ribbons, stacked at each node in the order of their other ends."""
    zone_place = {node.key: place for place, node in enumerate(left)}
    school_place = {node.key: place for place, node in enumerate(right)}
    order = sorted(links, key=lambda one: (zone_place[one[0]], school_place[one[1]], GOINGS.index(one[2])))
    starts, ends = {node.key: node.top for node in left}, {node.key: node.top for node in right}
    ribbons = []
    for zone, school, going in order:  # by zone, then school: right for both ends, for ends are filled zone by zone
        children = links[zone, school, going]
        ribbons.append(Ribbon(zone, school, going, children, starts[zone], ends[school], children * scale))
        starts[zone] += children * scale
        ends[school] += children * scale
    return tuple(ribbons)
