"""Single and multiple tie-breaking side by side: which choices families get, and how long method and reference take.

``python -m benchmarks.tie_breaking [size …]`` with the sizes of ``ranked_lists.SIZES``; medians of three runs, taken in
turn, of whole calls on the same arrays.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np

from allocator.domain import Ints
from allocator.lottery import TicketScope
from allocator.procedure import deferred_acceptance, kernels
from benchmarks.heapq_reference import heapq_reference
from benchmarks.ranked_lists import LENGTH, arguments

SCOPES: dict[str, TicketScope] = {"single": "per_session", "multiple": "per_draw"}
"""The two ways to break ties, and the value of the switch ``ticket_scope`` that chooses each."""

METHODS: dict[str, Callable[..., Ints]] = {
    "heapq": heapq_reference,
    "plain": partial(deferred_acceptance, compiled=False),
    **({"compiled": partial(deferred_acceptance, compiled=True)} if kernels.COMPILED else {}),
}


def seconds(given: tuple[Ints, ...], rounds: int = 3) -> dict[str, float]:
    """Return the median time of each method on the same arrays; all must give the same answer.

    The median leaves out the first call of the compiled loop, which loads it.
    """
    times: dict[str, list[float]] = {name: [] for name in METHODS}
    for _ in range(rounds):
        answers = []
        for name, method in METHODS.items():
            begin = perf_counter()
            answers.append(method(*given))
            times[name].append(perf_counter() - begin)
        assert all(np.array_equal(answer, answers[0]) for answer in answers)
    return {name: median(found) for name, found in times.items()}


def choices(school: Ints, seat: Ints) -> list[float]:
    """Return the shares of parties that got their first choice, second, …, and none, in percent."""
    got = school.reshape(-1, LENGTH) == seat[:, None]
    return [*(got.mean(axis=0) * 100), 100 - got.mean() * LENGTH * 100]


def main(sizes: list[str]) -> None:
    """Print the table."""
    gc.disable()  # as the command line does
    heads = ["parties", "bundles", "ties", *(f"choice {i + 1}, %" for i in range(LENGTH)), "none, %"]
    print("|", " | ".join([*heads, *(f"{name}, s" for name in METHODS), "times faster than heapq"]), "|")
    print("|---" * (LENGTH + 5 + len(METHODS)) + "|")
    for size in sizes:
        for bundles in (0, 0.03):
            for ties, scope in SCOPES.items():
                given = arguments(size, scope, bundles)
                shares = choices(given[1], deferred_acceptance(*given))
                took = seconds(given)
                faster = ", ".join(f"{took['heapq'] / took[name]:.1f} {name}" for name in METHODS if name != "heapq")
                cells = [size, str(bundles), ties, *(f"{share:.1f}" for share in shares)]
                print("|", " | ".join([*cells, *(f"{t:.4f}" for t in took.values()), faster]), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["smoke", "10k"])
