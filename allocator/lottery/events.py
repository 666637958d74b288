"""Numbers of draws: consecutive, and a void draw uses one up (lottery.md section 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from allocator.ground import Fault

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


def next_event_number(event: str) -> str:
    """Return the number after ``event``: its last digits one up, as wide as before; ``event-2`` where it has none."""
    found = _NUMBERED.fullmatch(event)
    if found is None:
        return f"{event}-2"
    return found[1] + str(int(found[2]) + 1).zfill(len(found[2]))


def event_order_faults(event: str, earlier: Sequence[str], file: str) -> list[Fault]:
    """Return the fault of an event number that an earlier draw used up, or that leaves one out.

    Parameters
    ----------
    earlier : sequence of str
        Numbers of the draws before it, void or not, oldest first.
    """
    if not earlier:
        return []
    expected = next_event_number(earlier[-1])
    if event in earlier:
        return [Fault("draw.event_used", file, value=event, params={"expected": expected})]
    one, other = _NUMBERED.fullmatch(event), _NUMBERED.fullmatch(earlier[-1])
    if one is not None and other is not None and one[1] == other[1] and int(one[2]) != int(other[2]) + 1:
        return [Fault("draw.event_next", file, value=event, params={"last": earlier[-1], "expected": expected})]
    return []
