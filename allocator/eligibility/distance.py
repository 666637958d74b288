"""The distance from one home to a school, exactly and in whole metres (procedure.md P9); ``nearest`` has many homes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from allocator.domain import Applicant, School

_EXACT = 80  # digits: coordinates have at most 9 before and 15 after the point, their squares twice as many


def squared_distance(child: Applicant, school: School) -> Decimal:
    """Return the squared distance in square metres, exactly; both places must be given."""
    with localcontext(prec=_EXACT):
        dx, dy = Decimal(child.x) - Decimal(school.x), Decimal(child.y) - Decimal(school.y)
        return dx * dx + dy * dy


def rounded_metres(square: Decimal, places: int = 0) -> Decimal:
    """Return a distance from its square, with so many places after the point, rounded half up."""
    with localcontext(prec=_EXACT):
        return square.sqrt().quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def nearest_first(child: Applicant, schools: Sequence[School]) -> tuple[str, ...]:
    """Return the ids of schools by distance from one child, ties by id; schools without a place come last (P9).

    For many homes at once there is ``nearest``.
    """
    placed = [s for s in schools if s.x]
    near = sorted(placed, key=lambda s: (squared_distance(child, s), s.school_id))
    return tuple(s.school_id for s in near) + tuple(s.school_id for s in schools if not s.x)
