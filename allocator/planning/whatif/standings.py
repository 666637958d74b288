"""Decisions ranked within each future, and each decision's worst future (docs/what-if.md section 4).

More seats are a choice, fewer children are not: they are never compared with each other, and a what-if with both stands
in no ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor

from allocator.domain import Text

NOTHING = ""
"""Name of no decision, and of no future."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision in a future.

    Attributes
    ----------
    future, decision : str
        Their names; empty for the district as it is, and for no decision.
    future_title, title : Text
        What planners call them.
    without_seat, away : float
        Children without a seat, and diverted or adjusted: of the one list, or means over draws.
    difference : (float, float)
        The same less those of the future without any decision.
    half : (float or None, float or None)
        Half the 95 % intervals of the differences; None where there is none.
    clear : bool or None
        Whether one of the differences is clearly none of 0; None of a single list.
    gained, lost : float or None
        Children who gain and lose against the future without any decision; None where nobody counted.
    """

    future: str
    decision: str
    future_title: Text
    title: Text
    without_seat: float
    away: float
    difference: tuple[float, float] = (0.0, 0.0)
    half: tuple[float | None, float | None] = (None, None)
    clear: bool | None = None
    gained: float | None = None
    lost: float | None = None

    @property
    def key(self) -> tuple[float, float]:
        """The less the better: whole children without a seat, then children diverted or adjusted.

        Means are rounded, or a fiftieth of a child without a seat would count before ten who are diverted.
        """
        return floor(self.without_seat + 0.5), self.away


def ranked(standings: Iterable[Standing]) -> list[list[Standing]]:
    """Return the standings of each future, the futures in their order, the best decision first.

    Fewest children without a seat, then fewest diverted or adjusted; of equal ones no decision comes first, then the
    order given. Doing nothing takes part, so that a decision that makes things worse stands behind it.
    """
    futures: dict[str, list[Standing]] = {}
    for standing in standings:
        futures.setdefault(standing.future, []).append(standing)
    return [sorted(found, key=lambda one: (*one.key, one.decision != NOTHING)) for found in futures.values()]


def worst_futures(standings: Iterable[Standing]) -> list[Standing]:
    """Return each decision in the future in which most children have no seat, then most are diverted or adjusted."""
    worst: dict[str, Standing] = {}
    for standing in standings:
        known = worst.setdefault(standing.decision, standing)
        if standing.key > known.key:
            worst[standing.decision] = standing
    return list(worst.values())


def places(row: Sequence[Standing]) -> list[int]:
    """Return the place of each standing in a ranking, from 1 on; equal ones share it."""
    found: list[int] = []
    for i, standing in enumerate(row):
        found.append(found[-1] if i and standing.key == row[i - 1].key else i + 1)
    return found
