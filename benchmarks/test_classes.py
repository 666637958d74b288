"""Balanced classes: the deal, its checker, and what CP-SAT proves, on random year groups of a size."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.checking.classes import check_classes
from allocator.classes import place_pupils
from allocator.domain import ClassPlacement, YearGroup
from allocator.models.classes import state_demands
from allocator.models.limit import Limit
from tests.class_cases import random_group

SIZES = {"smoke": (60, 3, 4, 0.0), "300x7": (300, 7, 15, 0.0), "1000x22": (1_000, 22, 25, 0.0),
         "1000x22-missing": (1_000, 22, 25, 0.03)}  # fmt: skip
"""Pupils, classes, groups apart, share without a score; five bundles, means at most 1.0 apart, deviation 45."""

ANSWERS = Path(__file__).with_name("class_answers.json")
"""By size: SHA-256 of placement and attempts under one seed, and the least spread in hundredths, a fraction."""

SEED = sha256(b"classes").hexdigest()
DEAL_SECONDS = 5
PROOF_SECONDS = {"300x7": 5, "1000x22": 60, "1000x22-missing": 60}


@cache
def group(size: str) -> YearGroup:
    """Return the year group of a size."""
    pupils, classes, groups, missing = SIZES[size]
    return random_group(5, pupils, classes, groups=groups, bundles=5, missing=missing, spread=100)


def answer(size: str, what: str) -> str:
    """Return what a size must come to."""
    return str(json.loads(ANSWERS.read_text(encoding="utf-8"))[size][what])


def digest(found: ClassPlacement) -> str:
    """Return the SHA-256 of a placement."""
    return sha256(repr((found.rows, found.attempts)).encode()).hexdigest()


@pytest.mark.parametrize("size", SIZES)
def test_deal_of_classes(benchmark: Any, size: str) -> None:
    """Attempts until one meets every demand."""
    found = benchmark.pedantic(place_pupils, args=([group(size)], SEED), rounds=1)
    benchmark.extra_info["attempts"] = found.attempts[0].attempt
    assert digest(found) == answer(size, "placement")
    assert benchmark.disabled or benchmark.stats["max"] < DEAL_SECONDS


@pytest.mark.parametrize("size", SIZES)
def test_checker_of_classes(benchmark: Any, size: str) -> None:
    """The same attempts derived once more, and the demands of the last one."""
    found = place_pupils([group(size)], SEED)
    assert benchmark.pedantic(check_classes, args=([group(size)], SEED, found), rounds=1) == []


@pytest.mark.parametrize("size", SIZES)
def test_proof_of_classes(benchmark: Any, size: str) -> None:
    """Whether the demands can be met, and the least spread of means, both proven."""
    found = benchmark.pedantic(state_demands, args=(group(size), Limit(120.0)), rounds=1)
    assert found.can_be_met
    assert found.proven
    assert str(found.spread) == answer(size, "least_spread")
    assert benchmark.disabled or benchmark.stats["max"] < PROOF_SECONDS.get(size, 5)
