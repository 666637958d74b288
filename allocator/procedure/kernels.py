"""The inner loop that seats parties in an order, and how an inner loop is compiled where the extra [fast] is there.

A loop takes and changes plain sequences of integers, so the compiled and the interpreted one are the same lines.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np

from allocator.domain import Ints, Mask
from allocator.eligibility import Routes

COMPILED = importlib.util.find_spec("numba") is not None
"""Whether numba is installed."""

COMPILE_FROM = 50_000
"""Below so many parties the interpreted loop ends before a compiled one has been loaded."""


def _take(
    order: Any, size: Any, of: Any, starts: Any, ends: Any, items: Any, seats: Any, taken: Any, limit: Any, seat: Any,
    passed: Any,
) -> None:  # fmt: skip
    """Seat parties one after another, each at the first school of its list with room (procedure.md section 3).

    A school without a seat left stays so: it is taken off the head of the list for all who come later.
    """
    for i in order:
        k, route = size[i], of[i]
        while starts[route] < ends[route] and seats[items[starts[route]]] <= taken[items[starts[route]]]:
            starts[route] += 1
        for at in range(starts[route], ends[route]):
            school = items[at]
            left = seats[school] - taken[school]
            if left >= k or (left > 0 and taken[school] + k <= limit[school]):
                taken[school] += k
                seat[i] = school
                break
            if left > 0:
                passed[i] = 1


_compiled: dict[str, Callable[..., None]] = {}


def fast_kernel(name: str, loop: Callable[..., None]) -> Callable[..., None]:
    """Return the compiled form of a loop; compiled once, kept on disk by numba."""
    if name not in _compiled:
        import numba

        _compiled[name] = numba.njit(cache=True)(loop)
    return _compiled[name]


def take_seats_kernel(
    order: Ints, size: Ints, routes: Routes, seats: Ints, taken: Ints, limit: Ints, *, compiled: bool | None = None
) -> tuple[Ints, Mask]:
    """Seat parties in an order, each at the first school of its list with room.

    Parameters
    ----------
    order : (k,) int64
        Positions 0..k-1 of the parties in the order in which they come.
    size : (k,) int64
        Children in each party.
    seats : (m,) int64
        Seats of each school that this step may fill, those taken before included.
    taken : (m,) int64
        Children seated so far at each school; changed in place.
    limit : (m,) int64
        Most children seated with which a bundle at the cut may still be taken whole (``over_plan``); -1 never.
    compiled : bool, optional
        Use numba or not; None decides by size and by what is installed.

    Returns
    -------
    (k,) int64, (k,) bool
        School of each party, -1 for none; whether it was passed over at a school while seats were left there.
    """
    if compiled is None:
        compiled = COMPILED and len(order) >= COMPILE_FROM
    seat, passed = np.full(len(size), -1, dtype=np.int64), np.zeros(len(size), dtype=np.int64)
    starts, ends = routes.starts[:-1].copy(), routes.starts[1:]
    arrays = (order, size, routes.of, starts, ends, routes.items, seats, taken, limit, seat, passed)
    if compiled:
        fast_kernel("take", _take)(*arrays)
        return seat, passed.astype(bool)
    plain = [array.tolist() for array in arrays]
    _take(*plain)
    taken[:] = plain[7]
    return np.array(plain[9], dtype=np.int64), np.array(plain[10], dtype=bool)
