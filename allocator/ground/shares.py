"""Parts of a whole number that are whole numbers themselves."""

from __future__ import annotations

from collections.abc import Sequence


def share_in_hundredths(value: str) -> int:
    """Return a share of at most two decimals in hundredths of a per cent: exactly, as no float would."""
    number, _, decimals = value.partition(".")
    return int(number) * 100 + int(decimals.ljust(2, "0"))


def share_of(total: int, share: int, whole: int) -> int:
    """Return ``share`` of ``whole`` parts of a number, rounded half up."""
    return (2 * total * share + whole) // (2 * whole)


def apportion(total: int, weights: Sequence[int], order: Sequence[int] | None = None) -> list[int]:
    """Divide a number in the proportion of some weights: largest remainders (Hamilton).

    Parameters
    ----------
    total : int
        What is divided.
    weights : sequence of int
        Sizes of the parts; all 0: nobody gets anything.
    order : sequence of int, optional
        Places of all parts: of equal remainders the one that stands first here is rounded up. Without it the earlier
        part, which favours the first ids again and again: no what-if makes a roster so.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    quotas = [divmod(total * weight, whole) for weight in weights]
    given = [quota for quota, _ in quotas]
    turn = {place: i for i, place in enumerate(range(len(weights)) if order is None else order)}
    latest = sorted(range(len(weights)), key=lambda i: (-quotas[i][1], turn[i]))
    for i in latest[: total - sum(given)]:
        given[i] += 1
    return given


def tied_shares(total: int, weights: Sequence[int]) -> int:
    """Return how many parts have the remainder at which some are rounded up and some are not; 0 if none has to go."""
    whole = sum(weights)
    if not whole:
        return 0
    remainders = sorted((total * weight % whole for weight in weights), reverse=True)
    up = total - sum(total * weight // whole for weight in weights)
    if not 0 < up < len(weights) or remainders[up - 1] != remainders[up]:
        return 0
    return remainders.count(remainders[up])
