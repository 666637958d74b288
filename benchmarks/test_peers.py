"""The product beside other people's solvers on the same generated instances: everybody must find the same.

Planning optimum: the same objective of a list that respects reach and seats. Deferred acceptance: the same school for
every party. The optimum's own entries run first, so that the others are held against them.
"""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.side_by_side import SIZES, compare, reason_to_skip

ENTRIES = {
    "homes": [
        "core", "flow", "plain CP-SAT", "OR-Tools flow", "networkx", "scipy milp", "scipy assignment",
    ],
    "blocks-5": ["core", "flow", "plain CP-SAT", "scipy milp"],
    "ranked": ["allocator", "heapq", "matching", "algmatch"],
}  # fmt: skip
"""Entries by kind of instance; those that know no bundles only where there are none."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("kind", "entry"), [(kind, entry) for kind in ENTRIES for entry in ENTRIES[kind]])
def test_beside(benchmark: Any, kind: str, entry: str, size: str) -> None:
    """An entry finds what the others found; its times are taken inside its process, not around it."""
    if reason := reason_to_skip(entry, kind, size):
        pytest.skip(reason)
    found = benchmark.pedantic(compare, args=(entry, kind, size), rounds=1)
    benchmark.extra_info.update(found, kind=kind, entry=entry, size=size, children=SIZES[size])
    if entry in ("core", "flow"):
        assert "over" in found or found["bound"] is not None
