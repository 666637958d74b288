"""Districts under an order of the whole session: transcripts with a line ``order=``, by hand, and the brute ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from random import Random

from allocator.domain import Contribution, District, Draw, NumbersOrder, RingOrder, SessionOrder
from allocator.lottery import build_transcript, frozen_digests, numbers_bytes, parse_transcript, party_sizes

WORKED = [6, 9, 12, 15, 18, 1, 4, 8, 13, 17, 2, 7, 14, 20, 10, 19, 11, 5, 16, 3]
"""The example of public.md: twenty parties, start 6, step 3."""


def ring_by_hand(count: int, start: int, step: int) -> list[int]:
    """Walk round a ring one number at a time, as people do at a table."""
    standing, at, chosen = [True] * count, start - 1, []
    while True:
        standing[at] = False
        chosen.append(at + 1)
        if not any(standing):
            return chosen
        for _ in range((step - 1) % sum(standing) + 1):  # whole rounds lead back to where one stands
            at = (at + 1) % count
            while not standing[at]:
                at = (at + 1) % count


def with_order(
    district: District, order: SessionOrder | Sequence[int], sources: Sequence[Contribution] = ()
) -> District:
    """Return a district drawn by a ring, or by numbers given to its parties in the order of their ids."""
    numbers: tuple[tuple[str, int], ...] = ()
    district = replace(district, policy_sha256=district.policy_sha256 or "0" * 64)
    if not isinstance(order, NumbersOrder | RingOrder):
        numbers = tuple(zip(party_sizes(district.applicants), order, strict=True))
        order = NumbersOrder(sha256(numbers_bytes(numbers)).hexdigest())
    raw = build_transcript("2026-01", frozen_digests(district), sources, order)
    found, faults = parse_transcript(raw)
    assert found is not None, faults
    return replace(district, draw=Draw(transcript=found, numbers=numbers))


def random_order(district: District, rng: Random) -> District:
    """Return a district under a random order of either kind."""
    parties = len(party_sizes(district.applicants))
    if rng.random() < 0.5:
        spread = rng.choice((1, 3, 10**30))
        return with_order(district, [spread * number for number in rng.sample(range(3 * parties), parties)])
    step = rng.choice((1, rng.randint(1, 3 * parties), 10**17))
    return with_order(district, RingOrder(rng.randint(1, parties), step))


def place_by_hand(district: District) -> dict[str, int]:
    """Return what stands as the ticket of every party, worked out here anew."""
    draw, names = district.draw, sorted(party_sizes(district.applicants))
    assert draw is not None
    if isinstance(draw.order, RingOrder):
        chosen = ring_by_hand(len(names), draw.order.start, draw.order.step)
        return {names[number - 1]: place for place, number in enumerate(chosen, start=1)}
    return dict(draw.numbers)
