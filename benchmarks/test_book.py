"""The case book: started anew from its folder, and an event entered in one that was started."""

from __future__ import annotations

import gc
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from allocator.casebook.kept import KeptBook, reading, writing
from allocator.domain import ACCEPTED
from benchmarks import districts
from benchmarks.book_events import EVENTS, kept_book
from tests.kept_books import event

ANSWERS = Path(__file__).with_name("book_answers.json")
"""SHA-256 of the list after all events by size; at every size strict model and checker say the same."""

LATER = "2024-01-01T09:00:00"
GOAL_REBUILT, GOAL_EVENT = 60, 1
"""Seconds: for 100,000 children and 5,000 events; for an event in a book of 3,000 children that was started."""


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """Keep the collector of cyclic garbage off, as the command line does."""
    gc.disable()
    yield
    gc.enable()


def answer(size: str) -> str:
    """Return the digest that the list of a size must have."""
    return str(json.loads(ANSWERS.read_text(encoding="utf-8"))[size])


@pytest.mark.parametrize("size", EVENTS)
def test_book_rebuilt(benchmark: Any, size: str) -> None:
    """Tables read, every line of the journal played again, digests, head and list compared with the database."""

    def start() -> KeptBook:
        with reading(folder) as book:
            return book

    folder, begun = kept_book(size), time.process_time()
    found = benchmark.pedantic(start, rounds=1)
    children, goal = districts.SIZES[size], GOAL_REBUILT if size == "100k" else None
    benchmark.extra_info.update(children=children, events=len(found.journal), goal_s=goal, cpu_s=_used(begun))
    assert len(found.journal) == EVENTS[size]
    assert districts.digest(found.rows) == answer(size)


@pytest.mark.parametrize("size", ["smoke", "3k"])
def test_event_in_a_started_book(benchmark: Any, tmp_path: Path, size: str) -> None:
    """The first event after the start, for which strict model and checker play the whole season, and is on the disk."""
    folder = tmp_path / "book"
    shutil.copytree(kept_book(size), folder)
    late = event("late_intake", LATER, children=1, zone=_zone(folder), category="U", registered_school="")
    with writing(folder, "u-1", LATER) as book:
        begun = time.process_time()
        outcomes = benchmark.pedantic(book.propose, args=([late],), rounds=1)
        assert outcomes == (ACCEPTED,)
        benchmark.extra_info.update(children=districts.SIZES[size], events=len(book.journal), cpu_s=_used(begun))
        benchmark.extra_info["goal_s"] = GOAL_EVENT if size == "3k" else None
        before = tuple(row for row in book.rows if row.applicant_id != _last_id(book))
    assert districts.digest(before) == answer(size)


def _used(begun: float) -> float:
    """Return the seconds of the processor since some moment: on a shared machine the clock says little."""
    return round(time.process_time() - begun, 2)


def _zone(folder: Path) -> str:
    """Return the first zone of a folder's table."""
    return (folder / "zones.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]


def _last_id(book: KeptBook) -> str:
    """Return the id that the last late family was given."""
    return f"L{book.book.state.late:04d}"
