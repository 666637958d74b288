"""Whole numbers from percentages: rounded half up, and parts that add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence


def share(count: int, percent: int) -> int:
    """Return so many percent of a count, rounded half up."""
    return (2 * count * percent + 100) // 200


def apportion(parts: Sequence[int], total: int, order: Sequence[int] | None = None) -> list[int]:
    """Divide a total in the proportion of some parts: largest remainders (Hamilton).

    Parameters
    ----------
    parts : sequence of int
        Sizes of the parts; all 0: nobody gets anything.
    total : int
        What is divided.
    order : sequence of int, optional
        Places of all parts: of equal remainders the one that stands first here is rounded up. Without it the earlier
        part, which favours the first ids again and again: no roster is made so.
    """
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    quotas = [divmod(total * part, whole) for part in parts]
    given = [quota for quota, _ in quotas]
    turn = {place: i for i, place in enumerate(range(len(parts)) if order is None else order)}
    latest = sorted(range(len(parts)), key=lambda i: (-quotas[i][1], turn[i]))
    for i in latest[: total - sum(given)]:
        given[i] += 1
    return given


def tied(parts: Sequence[int], total: int) -> int:
    """Return how many parts have the remainder at which some are rounded up and some are not; 0 if none has to go."""
    whole = sum(parts)
    if not whole:
        return 0
    remainders = sorted((total * part % whole for part in parts), reverse=True)
    up = total - sum(total * part // whole for part in parts)
    if not 0 < up < len(parts) or remainders[up - 1] != remainders[up]:
        return 0
    return remainders.count(remainders[up])
