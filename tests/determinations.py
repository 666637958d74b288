"""The determinations that are tested beside each other, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allocator import determination as office
from allocator.checking import determination as checker
from allocator.domain import Determination, OfficeTables, PrivateResult

Determine = Callable[[OfficeTables], Determination]
Draw = Callable[..., tuple[PrivateResult, ...]]

DETERMINE: Mapping[str, Determine] = {"office": office.determine_by_steps, "checker": checker.determine_answers}
DRAW: Mapping[str, Draw] = {"office": office.private_draw, "checker": checker.private_draw_answers}


def said(tables: OfficeTables, determine: Determine) -> list[str]:
    """Return category, missing, ruling and flags of each child in words, in the order of their ids."""
    rows = determine(tables).rows
    return [" ".join([row.category, *row.missing, *row.ruling, *row.flags]) for row in rows]
