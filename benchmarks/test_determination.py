"""From the office's tables to the roster: reading them, determining twice, and the whole command."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator import determination as office
from allocator.checking import determination as checker
from allocator.domain import Applicant, Determination, Determined, OfficeTables, OfficeValues
from allocator.reading.office import read_office
from benchmarks import process_tree
from benchmarks.districts import scratch
from tests.office_folders import table, write
from tests.random_families import random_tables

SEED = 1
FAMILIES = {"smoke": 700, "10k": 7_000, "100k": 70_000}
"""Families by size; there are some ten children to seven of them."""

ANSWERS = Path(__file__).with_name("determination_answers.json")
"""SHA-256 of determination and roster by size, on which both determinations agree."""

GOAL_SECONDS = 10
"""For the whole command on 100,000 children."""

DETERMINE = {"office": office.determine_by_steps, "checker": checker.determine_answers}


@cache
def folder(size: str) -> Path:
    """Return the folder of random families of a size, under the values of Tongliao."""
    return write(random_tables(SEED, FAMILIES[size], OfficeValues()), scratch() / size)


@cache
def tables(size: str) -> OfficeTables:
    """Return the tables of that folder."""
    return read_office(folder(size))


def digest(found: Determination) -> str:
    """Return the SHA-256 of a determination and its roster."""
    return sha256("\n".join(map(repr, map(tuple, (*found.rows, *found.roster)))).encode()).hexdigest()


def answer(size: str) -> str:
    """Return the digest that the determination of a size must have."""
    return str(json.loads(ANSWERS.read_text(encoding="utf-8"))[size])


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """Keep the collector of cyclic garbage off, as the command line does."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("size", FAMILIES)
def test_reading_of_the_offices_tables(benchmark: Any, size: str) -> None:
    """All tables of section 2, every rule of sections 0 and 2 looked at."""
    found = benchmark.pedantic(read_office, args=(folder(size),), rounds=1)
    benchmark.extra_info["children"] = len(found.applications)
    assert digest(checker.determine_answers(found)) == answer(size)


@pytest.mark.parametrize("size", FAMILIES)
@pytest.mark.parametrize("way", DETERMINE)
def test_determination(benchmark: Any, way: str, size: str) -> None:
    """Tables to determination and roster, by either of the two."""
    given = tables(size)
    found = benchmark.pedantic(DETERMINE[way], args=(given,), rounds=3)
    benchmark.extra_info["children"] = len(given.applications)
    assert digest(found) == answer(size)


def run(case: Path, out: Path) -> float | None:
    """Run the command; returns the peak memory in MB of all its processes together."""
    command = [sys.executable, "-m", "allocator", "determine", str(case), "--out", str(out), "--quiet"]
    status, peak = process_tree.run(command, {**os.environ, "ALLOCATOR_LANG": "en"})
    assert status == 0
    return peak


@pytest.mark.parametrize("size", FAMILIES)
def test_whole_command(benchmark: Any, tmp_path: Path, size: str) -> None:
    """``allocator determine``, from the office's files to determination and roster, both ways compared."""
    case = folder(size)
    memory = benchmark.pedantic(run, args=(case, tmp_path / "out"), rounds=1)
    benchmark.extra_info.update(peak_mb=round(memory or 0), goal_s=GOAL_SECONDS if size == "100k" else None)
    rows = table(tmp_path / "out", "determination", Determined)
    roster = table(tmp_path / "out", "applicants", Applicant)
    assert digest(Determination(rows, roster)) == answer(size)
