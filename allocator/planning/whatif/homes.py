"""Changes of where homes belong: a neighbourhood that moves to another zone, registrations in a dual zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from allocator import domain
from allocator.domain import Applicant
from allocator.ground import share_of
from allocator.planning.whatif.draft import Draft

ExactPoint: TypeAlias = tuple[Fraction, Fraction]

Inside: TypeAlias = Callable[[Applicant], bool]
"""A test of a child's home."""


def move_homes(change: domain.MoveHomes, draft: Draft) -> None:
    """Give homes another zone; children of a bundle go with the child that gives the party its id.

    Bids that the new zone does not admit are dropped; in a dual zone the moved register at the zone's own school.
    """
    ends = [draft.known(key, [getattr(change, key)], draft.zones, "zone") for key in ("from_zone", "to_zone")]
    if not all(ends):
        return
    if change.from_zone == change.to_zone:
        draft.fault("what_if.same_zone", "to_zone", change.to_zone)
        return
    inside = _within(change)
    meant = [group for group in draft.parties() if inside(group[0])]
    if _moved_before(meant, change, draft):
        return
    moving = [group for group in meant if group[0].zone == change.from_zone]
    if not moving:
        draft.fault("what_if.no_home", _how(change), change.from_zone)
    _unknown_homes(change, moving, draft)
    left = _left_out(change, inside, draft)
    children = [child for group in moving for child in group]
    elsewhere = sum(len(group) for group in meant if group[0].zone != change.from_zone)
    fewer, registered = _move(children, change.to_zone, draft)
    also = {"other_zone": elsewhere, "bids_dropped": fewer, "registered_own": registered}
    draft.answer("children", len(children) + sum(left.values()), len(children), left=left, also=also)


def _moved_before(meant: Sequence[Sequence[Applicant]], change: domain.MoveHomes, draft: Draft) -> bool:
    """Refuse homes that another change has moved already: the first home of each such change."""
    twice: dict[str, Applicant] = {}
    for group in meant:
        if _overlaps(group[0], change, draft):
            twice.setdefault(draft.moved[group[0].applicant_id][1], group[0])
    for other, child in twice.items():
        draft.fault("what_if.moved_twice", _how(change), f"{child.x}, {child.y}", other=other)
    return bool(twice)


def _left_out(change: domain.MoveHomes, inside: Inside, draft: Draft) -> dict[str, int]:
    """Children of the zone who stay though the change may mean them, by reason."""
    left = {"no_place": 0, "on_edge": 0, "lives_apart": 0}
    edge = _on_edge(change)
    for group in draft.parties():
        lead = group[0]
        if lead.zone != change.from_zone:
            continue
        if not lead.x:
            left["no_place"] += len(group)
        elif not inside(lead):
            if edge(lead):
                left["on_edge"] += len(group)
            else:
                left["lives_apart"] += sum(map(inside, group[1:]))
    return left


def _how(change: domain.MoveHomes) -> str:
    """Key that says which homes are meant."""
    return "homes" if change.homes else "polygon"


def _overlaps(child: Applicant, change: domain.MoveHomes, draft: Draft) -> bool:
    """Whether another change has moved a home already that this one means."""
    moved = draft.moved.get(child.applicant_id)
    return moved is not None and change.from_zone in (moved[0], child.zone)


def _move(children: Sequence[Applicant], zone: str, draft: Draft) -> tuple[int, int]:
    """Write the new zone of children; returns who loses bids by it, and who registers at the zone's own school."""
    to = draft.zones[zone]
    choosing = {c.category_id for c in draft.policy.categories if c.home == "registered" and to.dual_school_ids}
    for child in children:
        draft.moved[child.applicant_id] = child.zone, f"{draft.file}:{draft.line}"
    choosers = [child for child in children if child.category in choosing]
    others = [child for child in children if child.category not in choosing]
    fewer = draft.rewrite(choosers, zone=zone, registered_school=to.school_id)
    return fewer + draft.rewrite(others, zone=zone, registered_school=""), len(choosers)


def _unknown_homes(change: domain.MoveHomes, moving: Sequence[Sequence[Applicant]], draft: Draft) -> None:
    """Refuse listed homes at which nobody of the zone lives."""
    found = {_point((group[0].x, group[0].y)) for group in moving}
    for place in change.homes:
        if _point(place) not in found:
            draft.fault("what_if.unknown_home", "homes", ", ".join(place), zone=change.from_zone)


def _within(change: domain.MoveHomes) -> Inside:
    """Return the test whether a home is meant; a child without a place has none."""
    if change.homes:
        homes = {_point(place) for place in change.homes}
        return lambda child: bool(child.x) and _point((child.x, child.y)) in homes
    corners = [_point(place) for place in change.polygon]
    boxed = _boxed(corners)
    return lambda child: boxed(child) and home_in_polygon(_point((child.x, child.y)), corners)


def _on_edge(change: domain.MoveHomes) -> Inside:
    """Return the test whether a home lies on the edge of the polygon."""
    corners = [_point(place) for place in change.polygon]
    if not corners:
        return lambda child: False
    boxed = _boxed(corners)
    return lambda child: boxed(child) and home_on_edge(_point((child.x, child.y)), corners)


def _boxed(corners: Sequence[ExactPoint]) -> Inside:
    """Return the test whether a home lies in the smallest upright rectangle about some points, edges included."""
    (low_x, low_y), (high_x, high_y) = (tuple(pick(c[i] for c in corners) for i in (0, 1)) for pick in (min, max))

    def _within(child: Applicant) -> bool:
        if not child.x:
            return False
        x, y = _point((child.x, child.y))
        return low_x <= x <= high_x and low_y <= y <= high_y

    return _within


def _point(place: domain.Coordinates) -> ExactPoint:
    """Coordinates as exact numbers."""
    return Fraction(Decimal(place[0])), Fraction(Decimal(place[1]))


def home_in_polygon(point: ExactPoint, corners: Sequence[ExactPoint]) -> bool:
    """Whether a point lies inside a polygon (even-odd rule, exact), areas that share an edge being a partition.

    A point on an edge counts as if it lay a hair further east, and a still smaller hair further north. So a home on
    the border of two areas is in exactly one of them, whatever their corners and wherever each of them begins: a lone
    upright rectangle holds its western and southern edges and neither of the other two.
    """
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (ay > y) != (by > y):  # an end at the height of the point counts as below it
            cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if cross != 0 and (cross > 0) == (by > ay):  # the edge lies to the east; on the edge it does not
                odd = not odd
    return odd


def home_on_edge(point: ExactPoint, corners: Sequence[ExactPoint]) -> bool:
    """Whether a point lies on an edge of a polygon."""
    x, y = point
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if cross == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by):
            return True
    return False


def register_homes(change: domain.Register, draft: Draft) -> None:
    """Let children of a dual zone register at another of its schools (C084, C087)."""
    if not draft.known("zone", [change.zone], draft.zones, "zone"):
        return
    zone = draft.zones[change.zone]
    if change.school not in (zone.school_id, *zone.dual_school_ids) or not zone.dual_school_ids:
        expected = " | ".join((zone.school_id, *zone.dual_school_ids)) if zone.dual_school_ids else "-"
        draft.fault("what_if.not_dual", "school", change.school, zone=change.zone, expected=expected)
        return
    elsewhere = [
        group
        for group in draft.parties()
        if group[0].zone == change.zone and group[0].registered_school not in ("", change.school)
    ]
    asked = wanted = share_of(sum(map(len, elsewhere)), change.percent, 100)
    fewer = 0
    for at in draft.order(f"register|{change.zone}|{change.school}", len(elsewhere)):
        if len(elsewhere[at]) <= wanted:
            wanted -= len(elsewhere[at])
            fewer += draft.rewrite(elsewhere[at], registered_school=change.school)
    also = {"bids_dropped": fewer, "nobody_elsewhere": not elsewhere}
    draft.answer("children", asked, asked - wanted, left={"bundle": wanted}, also=also)


CHANGES: dict[type, Callable[[Any, Draft], None]] = {domain.MoveHomes: move_homes, domain.Register: register_homes}
