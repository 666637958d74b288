"""The order that a line ``order=`` of a transcript gives a whole session, read by the checker (public.md section 1).

The line is taken from the bytes of the transcript; the numbers still in a ring are counted in a tree of sums (Fenwick
1994), which finds the k-th of them and strikes it out in as many steps as their count has binary digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_LINE = b"order="


def order_line_of_source(source: bytes) -> str:
    """What follows ``order=`` in a transcript; empty where tickets are drawn by hash, as in a trial."""
    return next((line[len(_LINE) :].decode() for line in source.split(b"\n") if line.startswith(_LINE)), "")


def order_place_of_party(
    source: bytes, parties: Sequence[str], numbers: Iterable[tuple[str, int]]
) -> dict[str, int] | None:
    """Place (1 first) or number of every party in the order of a session; None where there is none.

    Parameters
    ----------
    source : bytes
        The transcript, or ``trial|N``.
    parties : sequence of str
        Ids of the draw roster, sorted.
    numbers : iterable of (str, int)
        What ``numbers.csv`` says.

    Raises
    ------
    ValueError
        If numbers are to decide and a party has none, or the ring has no such start.
    """
    kind, _, rest = order_line_of_source(source).partition(":")
    if not kind:
        return None
    if kind == "numbers":
        found = dict(numbers)
        if not found.keys() >= set(parties):
            raise ValueError("Expected a number of every party of the draw roster.")
        return found
    start, step = map(int, rest.split(":"))
    if not 1 <= start <= len(parties):
        raise ValueError(f"Expected a start from 1 to {len(parties)}, found {start}.")
    return {parties[number - 1]: place for place, number in enumerate(_struck_out(len(parties), start, step), start=1)}


def _struck_out(count: int, start: int, step: int) -> Iterator[int]:
    """Numbers of a ring as they are chosen: the place of the next among those left is counted on from the last one."""
    sums = [number & -number for number in range(count + 1)]  # each sums up as many numbers below it
    highest, place = 1 << count.bit_length() >> 1, start - 1
    for left in range(count, 0, -1):
        number, before, width = 0, place, highest
        while width:
            if number + width <= count and sums[number + width] <= before:
                number += width
                before -= sums[number]
            width >>= 1
        yield (chosen := number + 1)
        while chosen <= count:
            sums[chosen] -= 1
            chosen += chosen & -chosen
        place = (place + step - 1) % max(left - 1, 1)
