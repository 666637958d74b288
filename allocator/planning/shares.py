"""Whole numbers from percentages: rounded half up, and parts that add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence


def share(count: int, percent: int) -> int:
    """Return so many percent of a count, rounded half up."""
    return (2 * count * percent + 100) // 200


def apportion(parts: Sequence[int], total: int) -> list[int]:
    """Divide a total in the proportion of some parts: largest remainders, ties to the earlier part (Hamilton).

    All parts 0: nobody gets anything.
    """
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    quotas = [divmod(total * part, whole) for part in parts]
    given = [quota for quota, _ in quotas]
    latest = sorted(range(len(parts)), key=lambda i: (-quotas[i][1], i))
    for i in latest[: total - sum(given)]:
        given[i] += 1
    return given
