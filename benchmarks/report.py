"""Run the benchmarks and write their figures, with date, commit and machine, to ``benchmarks/results``.

``python -m benchmarks.report [pytest options]``. A run of all takes most of an hour. A run of some (``-k whole_run``,
or a file) adds to the figures of the same day, which lie beside the page as JSON; each figure names its run.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks import comparison

RESULTS = Path(__file__).with_name("results")
PACKAGES = ("ortools", "numpy", "numba", "networkx", "scipy", "matching", "algmatch")

Row = dict[str, Any]


def main() -> int:
    """Run pytest, then write tables and charts; returns pytest's exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "benchmarks.json"
        asked = sys.argv[1:] if any(map(os.path.exists, sys.argv[1:])) else ["benchmarks", *sys.argv[1:]]
        command = [sys.executable, "-m", "pytest", "-q", "--benchmark-quiet", f"--benchmark-json={raw}", *asked]
        status = subprocess.run(command, check=False).returncode
        if status == 0:
            found = json.loads(raw.read_text())
            write(list(map(row, found["benchmarks"])), run_of(found))
    return status


def row(bench: dict[str, Any]) -> Row:
    """Return what is kept of a benchmark: its own figures where it took them itself, else those of its rounds."""
    name, _, size = bench["name"].removesuffix("]").partition("[")
    stats = {"solve_s": bench["stats"]["median"], "rounds": bench["stats"]["rounds"]}
    return {"name": name.removeprefix("test_").replace("_", " "), "id": size, **stats, **bench["extra_info"]}


def run_of(found: dict[str, Any]) -> str:
    """Return what is told of a run: commit and processor as pytest-benchmark read them, and what it ran with."""
    commit, cpu = found["commit_info"], found["machine_info"]["cpu"].get("brand_raw", "processor unknown")
    return (
        f"commit {commit['id'][:12]}{' with changes' if commit['dirty'] else ''}; {cpu}, {os.cpu_count()} processors, "
        f"{_memory()}; {platform.system()}, Python {platform.python_version()}, {', '.join(_versions())}; "
        f"load when written: {os.getloadavg()[0]:.0f}"
    )


def write(new: Sequence[Row], run: str) -> None:
    """Write page, charts and figures of the day, what was measured earlier on it included."""
    today = str(datetime.datetime.now(tz=datetime.UTC).date())
    kept = RESULTS / f"{today}.json"
    day = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {"runs": [], "figures": []}
    runs = [*day["runs"], run]
    rows = {(r["name"], r["id"]): r for r in [*day["figures"], *(r | {"run": len(runs)} for r in new)]}
    write_day(today, runs, list(rows.values()))


def write_day(today: str, runs: Sequence[str], rows: Sequence[Row]) -> None:
    """Write page, charts and figures of a day: its runs, and rows each with the number of its run."""
    told, lines = (",\n".join(json.dumps(one, ensure_ascii=False) for one in many) for many in (runs, rows))
    kept = f'{{"runs": [\n{told}\n],\n"figures": [\n{lines}\n]}}\n'
    (RESULTS / f"{today}.json").write_text(kept, encoding="utf-8")
    (RESULTS / f"{today}.md").write_text(page(rows, today, runs), encoding="utf-8")
    for kind, svg in comparison.charts(rows):
        (RESULTS / f"{today}-{kind}.svg").write_text(svg, encoding="utf-8")
    print(f"written to {today}.md")


def page(rows: Sequence[Row], today: str, runs: Sequence[str]) -> str:
    """Return the figures as a page."""
    alone = [r for r in rows if "entry" not in r]
    lines = [
        f"# Benchmarks of {today}",
        "",
        *(f"{number}. {run}" for number, run in enumerate(runs, start=1)),
        "",
        "Command: `make bench`, at once or its files one by one on the same day; of several runs each figure names its "
        "own, and ratios across runs mean little. "
        "Districts: `allocator generate --children N --seed 1` and its like with more twins and "
        "other homes: in `blocks` many children share home and options, of `homes` no two are alike; `-2` and `-5` "
        "mean 2 % and 5 % twins, `homes` alone no bundles. Every answer was asserted; times are medians. An entry of a "
        "comparison, and a planning optimum, runs in a process of its own, whose whole memory is told.",
        "",
        "| benchmark | size | s | rounds | peak, MB | goal, s | met | run |",
        "|---|---|---|---|---|---|---|---|",
        *map(_line, alone),
        *_shapes(alone),
        "",
        "## Growth from 10,000 to 1,000,000: seconds like children to this power",
        "",
        "| instances | method | exponent |",
        "|---|---|---|",
        *comparison.growth(rows),
        *comparison.sections(rows, today),
    ]
    return "\n".join([*lines, ""])


def _line(r: Row) -> str:
    """A line of the table of what runs alone."""
    goal = r.get("goal_s")
    met = "" if goal is None else "yes" if r["solve_s"] <= goal else "no"
    cells = [r["name"], r["id"], f"{r['solve_s']:.3f}", r["rounds"], r.get("peak_mb", ""), goal or "", met, r["run"]]
    return f"| {' | '.join(map(str, cells))} |"


def _shapes(rows: Sequence[Row]) -> list[str]:
    """The table of ``test_shapes.py``: ratios and exponents of the strict model; none where it was not run."""
    found = [r for r in rows if "model_to_procedure_and_checker" in r]
    lines = [
        "",
        "## Shapes: seconds of the processor for procedure, strict model and checker",
        "",
        "| shape | s | model / (procedure + checker) | exponent in children | in list length |",
        "|---|---|---|---|---|",
    ]
    for r in found:
        names = ("id", "solve_s", "model_to_procedure_and_checker", "exponent_children", "exponent_length")
        lines.append(f"| {' | '.join(str(r.get(name, '')) for name in names)} |")
    return lines if found else []


def _versions() -> list[str]:
    """Names and versions of what was measured and is installed."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return found


def _memory() -> str:
    """Size of the memory where the system tells it."""
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError):
        return "memory unknown"
    return f"{pages * size / 2**30:.0f} GiB"


if __name__ == "__main__":
    sys.exit(main())
