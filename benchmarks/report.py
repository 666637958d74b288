"""Run the benchmarks and write their figures, with date and machine, to ``benchmarks/results``.

``python -m benchmarks.report [pytest options]``; a run takes some minutes.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")


def main() -> int:
    """Run pytest, then write the table; returns pytest's exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "benchmarks.json"
        command = [sys.executable, "-m", "pytest", "-q", "benchmarks", f"--benchmark-json={raw}", *sys.argv[1:]]
        status = subprocess.run(command, check=False).returncode
        if status == 0:
            today = datetime.datetime.now(tz=datetime.UTC).date()
            target = RESULTS / f"{today}.md"
            target.write_text(table(json.loads(raw.read_text()), str(today)), encoding="utf-8")
            print(f"written to {target.name}")
    return status


def table(found: dict[str, Any], today: str) -> str:
    """Return the figures as a page: medians of the rounds in seconds, peak memory where it was taken."""
    lines = [
        f"# Benchmarks of {today}",
        "",
        f"Machine: {_cpu()}, {os.cpu_count()} processors, {_memory()}; {platform.system()}, "
        f"Python {platform.python_version()}, ortools {version('ortools')}, numpy {version('numpy')}.",
        "Command: `make bench`. Districts: `allocator generate --children N --seed 1`. Every answer was asserted.",
        "",
        "| benchmark | size | median, s | rounds | peak, MB |",
        "|---|---|---|---|---|",
    ]
    for bench in found["benchmarks"]:
        name, _, size = bench["name"].removesuffix("]").partition("[")
        stats, peak = bench["stats"], bench["extra_info"].get("peak_mb", "")
        words = name.removeprefix("test_").replace("_", " ")
        lines.append(f"| {words} | {size} | {stats['median']:.3f} | {stats['rounds']} | {peak} |")
    return "\n".join([*lines, ""])


def _cpu() -> str:
    """Name of the processor where the system tells it."""
    try:
        info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(": ")[1] for line in info.splitlines() if line.startswith("model name")), "processor")


def _memory() -> str:
    """Size of the memory where the system tells it."""
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError):
        return "memory unknown"
    return f"{pages * size / 2**30:.0f} GiB"


if __name__ == "__main__":
    sys.exit(main())
