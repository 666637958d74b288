"""How far those go to school who gain and who lose, by zone and category, before and after (docs/what-if.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from allocator.instance import Ints
from allocator.planning.compare.shifts import Pair, Shift
from allocator.planning.draws.simulation import Outcome

SIDES = ("before", "after")
MEASURES = ("known", "mean", "median", "p95", "far")
"""Of the metres of one side: children whose metres are known, three figures of them, and who goes farther than far."""

EVERYWHERE = ("", "")
"""Zone and category of the lines for all zones and categories together."""

Row = dict[str, Any]


def gain_rows(pair: Pair, shift: Shift, outcomes: tuple[Outcome, Outcome], far: int | None) -> list[Row]:
    """Return who loses and who gains: all together, then by zone and category of the base, with their metres.

    Parameters
    ----------
    pair : Pair
        The base and the what-if.
    shift : Shift
        Who gains and loses.
    outcomes : tuple of Outcome
        The two lists.
    far : int or None
        More metres than these count as far; None: the policy says nothing, and nobody is counted.
    """
    metres = pair.metres(shift, *outcomes)
    leads = pair.before.instance.leads
    groups: dict[tuple[str, str], list[int]] = {}
    for i, party in enumerate(shift.party.tolist()):
        groups.setdefault((leads[party].zone, leads[party].category), []).append(i)
    places = [(EVERYWHERE, np.arange(len(shift.party))), *((key, np.array(at)) for key, at in sorted(groups.items()))]
    return [
        {"zone": zone, "category": category, "who": who, **row}
        for who, children in (("lost", shift.lost), ("gained", shift.gained))
        for (zone, category), at in places
        for row in _row(children[at], [side[at] for side in metres], far)
    ]


def _row(children: Ints, metres: Sequence[Ints], far: int | None) -> Iterator[Row]:
    """The figures of some parties, of whom so many children count; nothing where there are none."""
    if children.sum():
        sides = (measures(np.repeat(side, children), far) for side in metres)
        yield {"children": int(children.sum()), **dict(zip(SIDES, sides, strict=True))}


def measures(metres: Ints, far: int | None) -> Row:
    """Return the figures of the metres of some children, -1 where not known.

    Mean rounded half up; median and 95 % are the metres that half and 95 % of the children do not exceed.
    """
    known = np.sort(metres[metres >= 0])
    count = len(known)
    if not count:
        return {**dict.fromkeys(MEASURES), "known": 0}
    return {
        "known": count,
        "mean": (2 * int(known.sum()) + count) // (2 * count),
        "median": int(known[(count + 1) // 2 - 1]),
        "p95": int(known[(95 * count + 99) // 100 - 1]),
        "far": None if far is None else int((known > far).sum()),
    }
