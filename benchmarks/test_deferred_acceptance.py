"""Deferred acceptance on generated ranked lists; every answer is asserted against the twenty-line reference."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any

import numpy as np
import pytest

from allocator.domain import Ints
from allocator.lottery import TicketScope
from allocator.procedure import deferred_acceptance, kernels
from benchmarks.heapq_reference import heapq_reference
from benchmarks.ranked_lists import SEEDHEX, SIZES, arguments, ranked_lists
from benchmarks.tie_breaking import seconds

KINDS: dict[str, tuple[TicketScope, float]] = {
    "single": ("per_session", 0),
    "multiple": ("per_draw", 0),
    "bundles": ("per_draw", 0.03),
}
"""Tie-breaking and share of bundles of two."""


@pytest.fixture(autouse=True)
def _without_collector() -> Iterator[None]:
    """The command line runs without the collector of cyclic garbage; so do its benchmarks."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@lru_cache(maxsize=4)
def answer(size: str, kind: str) -> Ints:
    """Return what the reference finds."""
    return heapq_reference(*arguments(size, *KINDS[kind]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_heapq_reference(benchmark: Any, size: str, kind: str) -> None:
    """The reference itself; no school holds anybody it could do without."""
    given = arguments(size, *KINDS[kind])
    seat = benchmark.pedantic(heapq_reference, args=given, rounds=3)
    *_, sizes, pool = given
    placed = seat >= 0
    assert (np.bincount(seat[placed], sizes[placed], len(pool)) - pool < sizes.max()).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loop", ["plain", "fast"])
@pytest.mark.parametrize("size", SIZES)
def test_deferred_acceptance(benchmark: Any, size: str, loop: str, kind: str) -> None:
    """The method with the plain or the compiled inner loop gives the reference's answer."""
    if loop == "fast" and not kernels.COMPILED:
        pytest.skip("needs the extra [fast]")
    given, method = arguments(size, *KINDS[kind]), partial(deferred_acceptance, compiled=loop == "fast")
    method(*arguments("smoke", "per_session"))  # loads the compiled loop
    seat = benchmark.pedantic(method, args=given, rounds=3)
    assert np.array_equal(seat, answer(size, kind))


@pytest.mark.parametrize("size", SIZES)
def test_at_least_as_fast_as_the_reference(benchmark: Any, size: str) -> None:
    """Whole calls on the same arrays, taken in turn: from 10,000 parties no loop is slower than the reference."""
    took = benchmark.pedantic(seconds, args=(arguments(size, "per_draw"),), rounds=1)
    benchmark.extra_info["times_faster"] = {name: round(took["heapq"] / took[name], 1) for name in took}
    assert size == "smoke" or all(took[name] <= took["heapq"] for name in took)


@pytest.mark.parametrize("kind", ["single", "multiple"])
@pytest.mark.parametrize("size", SIZES)
def test_ranks_from_tickets(benchmark: Any, size: str, kind: str) -> None:
    """Orders of all schools from priorities and tickets; that of one is sorted here again, hashed by hand."""
    lists, (scope, _) = ranked_lists(size), KINDS[kind]
    ranks = benchmark.pedantic(lists.ranks, args=(scope,), rounds=1)
    here = np.flatnonzero(lists.school == 3)
    word = "choice/school-3" if kind == "multiple" else "session"
    texts = {e: f"{SEEDHEX}|{word}|T{lists.bidder[e]:07d}".encode() for e in here.tolist()}
    by_hand = sorted(texts, key=lambda e: (int(lists.priority[e]), sha256(texts[e]).digest()))
    assert here[np.argsort(ranks[here])].tolist() == by_hand
