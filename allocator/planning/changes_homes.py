"""Changes of where homes belong: a neighbourhood that moves to another zone, registrations in a dual zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from allocator.domain import Applicant
from allocator.domain import what_if as domain
from allocator.planning.draft import Draft
from allocator.planning.shares import share

Point: TypeAlias = tuple[Fraction, Fraction]


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
    meant = [group for group in draft.parties() if group[0].x and inside(group[0])]
    twice = [group[0] for group in meant if _overlaps(group[0], change, draft)]
    if twice:
        other = draft.moved[twice[0].applicant_id][1]
        draft.fault("what_if.moved_twice", _how(change), f"{twice[0].x}, {twice[0].y}", other=other)
        return
    moving = [group for group in meant if group[0].zone == change.from_zone]
    if not moving:
        draft.fault("what_if.no_home", _how(change), change.from_zone)
    _unknown_homes(change, moving, draft)
    _move([child for group in moving for child in group], change.to_zone, draft)


def _how(change: domain.MoveHomes) -> str:
    """Key that says which homes are meant."""
    return "homes" if change.homes else "polygon"


def _overlaps(child: Applicant, change: domain.MoveHomes, draft: Draft) -> bool:
    """Whether another change has moved a home already that this one means."""
    moved = draft.moved.get(child.applicant_id)
    return moved is not None and change.from_zone in (moved[0], child.zone)


def _move(children: Sequence[Applicant], zone: str, draft: Draft) -> None:
    """Write the new zone of children."""
    to = draft.zones[zone]
    choosing = {c.category_id for c in draft.policy.categories if c.home == "registered" and to.dual_school_ids}
    for child in children:
        draft.moved[child.applicant_id] = child.zone, f"{draft.file}:{draft.line}"
    draft.rewrite([c for c in children if c.category in choosing], zone=zone, registered_school=to.school_id)
    draft.rewrite([c for c in children if c.category not in choosing], zone=zone, registered_school="")


def _unknown_homes(change: domain.MoveHomes, moving: Sequence[Sequence[Applicant]], draft: Draft) -> None:
    """Refuse listed homes at which nobody of the zone lives."""
    found = {_point((group[0].x, group[0].y)) for group in moving}
    for place in change.homes:
        if _point(place) not in found:
            draft.fault("what_if.unknown_home", "homes", ", ".join(place), zone=change.from_zone)


def _within(change: domain.MoveHomes) -> Callable[[Applicant], bool]:
    """Return the test whether a home is meant."""
    if change.homes:
        homes = {_point(place) for place in change.homes}
        return lambda child: _point((child.x, child.y)) in homes
    corners = [_point(place) for place in change.polygon]
    low_x, high_x = min(x for x, _ in corners), max(x for x, _ in corners)

    def inside(child: Applicant) -> bool:
        point = _point((child.x, child.y))
        return low_x <= point[0] <= high_x and in_polygon(point, corners)

    return inside


def _point(place: domain.Place) -> Point:
    """Coordinates as exact numbers."""
    return Fraction(Decimal(place[0])), Fraction(Decimal(place[1]))


def in_polygon(point: Point, corners: Sequence[Point]) -> bool:
    """Whether a point lies inside a polygon or on its edge (even-odd rule, exact)."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if cross == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by):
            return True
        if (ay > y) != (by > y) and (cross > 0) == (by > ay):
            odd = not odd
    return odd


def register(change: domain.Register, draft: Draft) -> None:
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
    wanted = share(sum(map(len, elsewhere)), change.percent)
    for at in draft.order(f"register|{change.zone}|{change.school}", len(elsewhere)):
        if len(elsewhere[at]) <= wanted:
            wanted -= len(elsewhere[at])
            draft.rewrite(elsewhere[at], registered_school=change.school)


CHANGES: dict[type, Callable[[Any, Draft], None]] = {domain.MoveHomes: move_homes, domain.Register: register}
