"""Engines and checker on generated districts; every answer is asserted against ``answers.json``."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from allocator.checking import check_list_by_rules
from allocator.domain import Ints
from allocator.eligibility import Instance, make_instance
from allocator.models.law.strict import run_strict
from allocator.procedure import PublicLots, kernels, run_all_phases, run_procedure
from allocator.procedure.phases import rows_after_phases
from benchmarks.districts import answer, digest, district


@pytest.fixture(autouse=True)
def _without_collector() -> Iterator[None]:
    """The command line runs without the collector of cyclic garbage; so do its benchmarks."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class GivenLots:
    """Lots drawn in advance, so that only the procedure is timed."""

    def __init__(self, instance: Instance, seedhex: str) -> None:
        self.public = PublicLots(instance, seedhex)
        self.known: dict[str, tuple[Ints, Ints]] = {}

    def rank(self, draw_id: str, parties: Ints) -> Ints:
        """Return the ranks drawn in advance; draw them on the first call."""
        if draw_id not in self.known:
            self.known[draw_id] = parties, self.public.rank(draw_id, parties)
        asked, ranks = self.known[draw_id]
        assert np.array_equal(asked, parties)
        return ranks


@pytest.mark.parametrize("loop", ["plain", "fast"])
@pytest.mark.parametrize("size", ["smoke", "3k", "10k", "100k", "1m"])
def test_procedure_with_tickets_given(benchmark: Any, monkeypatch: pytest.MonkeyPatch, size: str, loop: str) -> None:
    """All phases on an instance and tickets made in advance, with the plain or the compiled inner loop."""
    if loop == "fast" and not kernels.COMPILED:
        pytest.skip("needs the extra [fast]")
    monkeypatch.setattr(kernels, "COMPILED", loop == "fast")
    monkeypatch.setattr(kernels, "COMPILE_FROM", 0)
    case = district(size)
    assert case.draw is not None
    instance = make_instance(case)
    lots = GivenLots(instance, case.draw.seedhex)
    run_all_phases(instance, lots)  # draws the lots, loads the compiled loop
    state = benchmark.pedantic(run_all_phases, args=(instance, lots), rounds=3)
    assert digest(rows_after_phases(state)) == answer(size)


@pytest.mark.parametrize("size", ["smoke", "3k", "10k", "100k", "1m"])
def test_procedure_from_the_district(benchmark: Any, size: str) -> None:
    """Instance, tickets and procedure, from the district's objects to rows."""
    found = benchmark.pedantic(run_procedure, args=(district(size),), rounds=3)
    assert digest(found) == answer(size)


@pytest.mark.parametrize("size", ["smoke", "3k", "10k", "100k"])
def test_strict_model_with_uniqueness(benchmark: Any, size: str) -> None:
    """The strict model, one worker, each phase proven unique; equal to the procedure's list."""
    found = benchmark.pedantic(run_strict, args=(district(size),), rounds=3 if size != "100k" else 1)
    assert digest(found) == answer(size)


@pytest.mark.parametrize("size", ["smoke", "3k", "10k", "100k", "1m"])
def test_checker(benchmark: Any, size: str) -> None:
    """The checker on the right list, and on one with two children's seats exchanged."""
    case = district(size)
    assert case.draw is not None
    right = run_procedure(case)
    assert benchmark.pedantic(check_list_by_rules, args=(case, right, case.draw.source), rounds=1) == ()
    first = next(row for row in right if row.outcome == "admitted")
    other = next(row for row in right if row.outcome == "admitted" and row.school_id != first.school_id)
    moved = first._replace(school_id=other.school_id)
    assert check_list_by_rules(case, [moved if row is first else row for row in right], case.draw.source)
