"""Whatever the disk does and wherever the machine stops: no confirmed decision is lost or doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.casebook.kept import reading
from tests.cli_calls import good
from tests.conformance import ROOT
from tests.faulty_disk import traces
from tests.kept_books import begun


class NoProof:
    """In the place of model and checker, which have tests of their own."""

    def __init__(self, district: object) -> None: ...

    def follow(self, *given: object) -> None:
        """Find everything right."""


@pytest.fixture
def procedure_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the procedure alone play, and let texts be whatever they are: storage is what is tested."""
    monkeypatch.setattr("allocator.casebook.kept.demand_no_private_words", lambda *given: None)
    monkeypatch.setattr("allocator.casebook.kept.BookProof", NoProof)


@pytest.mark.usefixtures("procedure_alone")
def test_summers_on_a_faulty_disk() -> None:
    """200 seeds, and two that tell whether a failed transaction counts as undone; stops and failures are many."""
    found = [summer for summer, _ in traces((*range(200), 358, 480))]
    assert sum(summer.stops for summer in found) > 500
    assert sum(summer.failures for summer in found) > 200


@pytest.mark.usefixtures("procedure_alone")
def test_the_same_seed_has_the_same_trace() -> None:
    """Step by step."""
    assert [trace for _, trace in traces(range(10))] == [trace for _, trace in traces(range(10))]


@pytest.mark.long
@pytest.mark.usefixtures("procedure_alone")
@pytest.mark.parametrize("block", range(50))
def test_ten_thousand_summers(block: int) -> None:
    """The same at length."""
    assert sum(1 for _ in traces(range(200 + 200 * block, 400 + 200 * block))) == 200


@pytest.mark.long
def test_two_hundred_kills(tmp_path: Path) -> None:
    """``kill -9`` of a process that writes in a book of 60: what it told is there, the rest whole or not."""
    folder, rng = tmp_path / "book", random.Random("two hundred kills")
    good("generate", folder, "--children", 60, "--seed", 5)
    begun(folder)
    unheard = 0
    for _ in range(200):
        heads, tried, batch = _killed(folder, rng.uniform(0, 0.1))
        with reading(folder) as book:
            unheard += len(book.journal) == tried + batch
            assert all(sha256(book.journal[lines - 1]).hexdigest() == head for lines, head in heads.items())
            assert len(book.journal) in (tried, tried + batch)
            book.prove()
    assert unheard > 0


def _killed(folder: Path, seconds: float) -> tuple[dict[int, str], int, int]:
    """Let a process write and kill it; return the head it told by number of lines, and what it tried last."""
    words = [sys.executable, "-m", "tests.killed_writer", str(folder)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline() + process.stdout.readline()  # the first event takes the longest
        time.sleep(seconds)
        process.kill()
        told = [line.split() for line in (first + process.stdout.read()).splitlines() if line]
    heads = {int(line[1]): line[2] for line in told if line[0] == "done" and len(line) == 3 and len(line[2]) == 64}
    tried = [line for line in told if line[0] == "try" and len(line) == 3][-1]
    return heads, int(tried[1]), int(tried[2])
