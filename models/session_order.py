"""One order of the draw roster in place of hashed tickets: the model's own reading of it (public.md section 1)."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from allocator.domain import Applicant, Draw, NumbersOrder

LONGEST = 100
"""Digits of the largest number; places are compared as texts of this length."""
_remembered: list[tuple[Sequence[Applicant], Draw, dict[str, str]]] = []


def texts_of_order(draw: Draw, applicants: Sequence[Applicant]) -> dict[str, str]:
    """Return by party what orders it as a text: its number, or how many were chosen before it, with leading zeros.

    The roster and the draw of a run are asked for at every school, so the last answer is kept.
    """
    for known, drawn, texts in _remembered:
        if known is applicants and drawn is draw:
            return texts
    texts = {name: str(place).zfill(LONGEST) for name, place in _places(draw, applicants)}
    _remembered[:] = [(applicants, draw, texts)]
    return texts


def _places(draw: Draw, applicants: Sequence[Applicant]) -> list[tuple[str, int]]:
    """Return every party of the roster with its place."""
    order = draw.order
    if isinstance(order, NumbersOrder):
        return list(draw.numbers)
    assert order is not None
    least: dict[str, str] = {}
    for child in applicants:
        group = f"bundle {child.bundle}" if child.bundle else child.applicant_id
        least[group] = min(least.get(group, child.applicant_id), child.applicant_id)
    return [(name, place) for place, name in enumerate(ring_of_names(sorted(least.values()), order.start, order.step))]


def ring_of_names(names: Sequence[str], start: int, step: int) -> list[str]:
    """Return the names of a ring as they leave it: turned to the start, the first goes, then turned step by step."""
    ring, chosen = deque(names), list[str]()
    ring.rotate(1 - start)
    while ring:
        chosen.append(ring.popleft())
        if ring:
            ring.rotate(-((step - 1) % len(ring)))
    return chosen
