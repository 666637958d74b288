"""A command with all the processes that it starts: how it ends, and the most memory that they hold together."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

EVERY = 0.2  # seconds between two looks
PROC = Path("/proc")


def run(command: Sequence[str], environment: dict[str, str]) -> tuple[int, float | None]:
    """Run a command; returns its exit status and the peak in MB, None where the system does not tell it.

    What processes share is counted once (Linux: ``Pss``). A peak between two looks is missed.
    """
    peak = 0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while True:
            peak = max(peak, sum(map(_kilobytes, _tree(process.pid))))
            try:
                return process.wait(EVERY), peak / 1024 if peak else None
            except subprocess.TimeoutExpired:
                continue


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and those that it or its children started."""
    yield pid
    for task in (PROC / str(pid) / "task").glob("*/children"):
        for child in _read(task).split():
            yield from _tree(int(child))


def _kilobytes(pid: int) -> int:
    """Memory of a process, its share of what it shares; 0 where it has gone."""
    lines = _read(PROC / str(pid) / "smaps_rollup").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(path: Path) -> str:
    """Content of a file that may go at any time."""
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
