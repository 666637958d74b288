"""One entry on one instance, in a process of its own: time and memory are its own, and a limit can end it.

``python -m benchmarks.run_entry ENTRY KIND SOURCE ROUNDS LIMIT`` prints how far it is, and at last a line of JSON;
SOURCE is the folder of a district, or a number of parties. A preparation or a solve that takes longer than LIMIT
seconds ends the process by SIGALRM, whatever it is doing.
"""

from __future__ import annotations

import gc
import json
import resource
import signal
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import acceptance_entries, planning_entries
from benchmarks.planning_instances import KINDS, read_market, worth

Answer = dict[str, Any]
Rounds = Callable[[], Callable[[], Any]]


def main(entry: str, kind: str, source: str, rounds: str, limit: str) -> None:
    """Run an entry and print what it took."""
    gc.disable()  # as the command line does
    prepare, judge = planning(entry, kind, Path(source)) if kind in KINDS else acceptance(entry, int(source))
    prepared, solved, answers = [], [], []
    for _ in range(int(rounds)):
        work, took = timed("prepare", prepare, float(limit))
        prepared.append(took)
        found, took = timed("solve", work, float(limit))
        solved.append(took)
        answers.append(judge(found))
        gc.collect()
    assert all(answer == answers[0] for answer in answers), "another answer on another run"
    print(json.dumps({**answers[0], "prepare": prepared, "solve": solved, "peak_mb": peak_mb()}))


def timed(stage: str, work: Callable[[], Any], limit: float) -> tuple[Any, float]:
    """Return what work gives and how long it took; past the limit the process dies."""
    print(stage, flush=True)
    signal.setitimer(signal.ITIMER_REAL, limit)
    begin = perf_counter()
    found = work()
    took = perf_counter() - begin
    signal.setitimer(signal.ITIMER_REAL, 0)
    return found, took


def peak_mb() -> int:
    """Return the most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # the system's other answer, below, counts what the parent held when it started this process
        kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(kilobytes) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def planning(entry: str, kind: str, folder: Path) -> tuple[Rounds, Callable[[Any], Answer]]:
    """Return an entry's preparation on a planning instance, and the judge of its answer."""
    market = read_market(folder, kind)

    def judge(found: planning_entries.Found) -> Answer:
        placed, bound = found
        return {"answer": worth(market, placed), "bound": bound}

    return lambda: planning_entries.PREPARE[entry](market), judge


def acceptance(entry: str, parties: int) -> tuple[Rounds, Callable[[Any], Answer]]:
    """Return an entry's preparation on ranked lists, and what stands for its answer."""
    given = acceptance_entries.make_arrays(parties)
    return lambda: acceptance_entries.PREPARE[entry](given), lambda seat: {"answer": sha256(seat.tobytes()).hexdigest()}


if __name__ == "__main__":
    main(*sys.argv[1:])
