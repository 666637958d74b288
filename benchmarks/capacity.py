"""All published cases of extra seats under deferred acceptance against their proven optima.

``python -m benchmarks.capacity [NAME...]`` runs those whose name begins with one of the words (all, without words), and
prints a line for each, then how many are equal, and the mean and the longest time. ``--seed WORD`` instead makes
markets of the same kind anew, for which no optimum is known: they must be proven.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import shake_256
from math import log
from pathlib import Path
from typing import NamedTuple

from allocator.domain import StableInstance
from allocator.models.limit import Limit
from allocator.planning.extra_seats import read_draws, solve_instance

FOLDER = Path(__file__).with_name("instances") / "capacity"


class Case(NamedTuple):
    """A published case.

    Attributes
    ----------
    instance : str
        Name of the file.
    list_length, extra_seats, optimum : int
        The question, and the published optimum.
    """

    instance: str
    list_length: int
    extra_seats: int
    optimum: int

    @property
    def name(self) -> str:
        """Name in lists."""
        return f"{self.instance}-{self.list_length}-{self.extra_seats}"


class Solved(NamedTuple):
    """What a run says.

    Attributes
    ----------
    objective, bound : int
        Sum of ranks, and what it cannot fall below.
    seconds, cpu : float
        Of the search, reading and checking apart; by the clock, and of the processor, all threads.
    """

    objective: int
    bound: int
    seconds: float
    cpu: float


def cases() -> list[Case]:
    """All published cases."""
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [
            Case(row["instance"], int(row["list_length"]), int(row["extra_seats"]), int(row["optimum"]))
            for row in csv.DictReader(file)
        ]


def solve(case: Case) -> Solved:
    """Solve a published case."""
    return solved(read_draws([FOLDER / f"{case.instance}.json"], case.list_length), case.list_length, case.extra_seats)


def solved(draws: Sequence[StableInstance], list_length: int, extra_seats: int) -> Solved:
    """Solve one or several draws; the checker has accepted the answer."""
    began = time.process_time()
    found = solve_instance(draws, list_length, extra_seats, Limit())
    cpu = time.process_time() - began
    return Solved(found.seats.objective, found.seats.bound, found.seconds, cpu)


def made(word: str, schools: int, students: int, length: int) -> StableInstance:
    """A market of the same kind as the published ones, from SHAKE-256.

    Students and schools lie in a square; utilities are a school's own appeal, less the distance, and a little chance.
    Scores are uniform. Seats add up to the students.
    """
    numbers = _numbers(word)
    appeal = [next(numbers) for _ in range(schools)]
    places = [(next(numbers), next(numbers)) for _ in range(schools)]
    lists, scores, taken = [], [], [set[int]() for _ in range(schools)]
    for _ in range(students):
        x, y = next(numbers), next(numbers)
        worth = [
            0.15 * appeal[c] - ((x - a) ** 2 + (y - b) ** 2) ** 0.5 - 0.02 * log(-log(next(numbers)))
            for c, (a, b) in enumerate(places)
        ]
        one = sorted(range(schools), key=lambda c, worth=worth: -worth[c])[:length]  # type: ignore[misc]
        marks = []
        for school in one:
            mark = int(next(numbers) * students)
            while mark in taken[school]:
                mark = (mark + 1) % students
            taken[school].add(mark)
            marks.append(float(mark))
        lists.append(tuple(one))
        scores.append(tuple(marks))
    capacity = [students // (2 * schools)] * schools
    for _ in range(students - sum(capacity)):
        capacity[int(next(numbers) * schools)] += 1
    return StableInstance(tuple(capacity), tuple(lists), tuple(scores))


def _numbers(word: str) -> Iterator[float]:
    """Numbers between 0 and 1, both apart."""
    block = 0
    while True:
        raw = shake_256(f"{word} {block}".encode()).digest(8 * 1024)
        for at in range(0, len(raw), 8):
            yield (int.from_bytes(raw[at : at + 8], "big") + 0.5) / 2**64
        block += 1


def _made_anew(word: str) -> Iterator[tuple[str, int | None, Solved]]:
    """Solve markets made anew, of every size."""
    for schools in (20, 40, 60):
        for students in (500, 1000):
            market = made(f"{word} {schools} {students}", schools, students, 4)
            for length in (2, 3, 4):
                for extra in (5, 30, 60):
                    found = solved([market.shortened(length)], length, extra)
                    yield f"{schools}x{students}-{word}-{length}-{extra}", None, found


def main(words: Sequence[str]) -> int:
    """Run and print; the exit status is 1 if an answer is not the published one, or not proven."""
    if words[:1] == ["--seed"]:
        runs = _made_anew(words[1])
    else:
        chosen = [case for case in cases() if not words or case.name.startswith(tuple(words))]
        runs = ((case.name, case.optimum, solve(case)) for case in chosen)
    times, cpus, equal = [], [], 0
    for name, optimum, found in runs:
        right = found.objective == found.bound == (found.objective if optimum is None else optimum)
        equal += right
        times.append(found.seconds)
        cpus.append(found.cpu)
        print(f"{name:24} {found.objective:6} {found.bound:6} {'equal' if right else 'WRONG':6} {found.seconds:7.2f} s "
              f"{found.cpu:7.2f} s of the processor", flush=True)  # fmt: skip
    if not times:
        print("no case of that name")
        return 1
    print(f"{equal} of {len(times)} equal, proven; mean {sum(times) / len(times):.2f} s, longest {max(times):.2f} s, "
          f"of the processor: mean {sum(cpus) / len(cpus):.2f} s, most {max(cpus):.2f} s")  # fmt: skip
    return 0 if equal == len(times) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
