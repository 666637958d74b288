"""The same benchmarks in two checkouts, in turn, in one run, to see whether anything became slower.

``python -m benchmarks.two_checkouts OLD [--rounds 5] [pytest options]`` runs the benchmarks of each checkout with its
own ``.venv``, file by file, and prints a section for ``benchmarks/results`` as Markdown. What counts are seconds of the
processor, of all processes together, and of each side the least of all rounds: other work on the machine only ever
adds. The ratios of single rounds tell how much that says.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.report import run_of

HERE = Path(__file__).parent
TIMER = """\
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

def seconds():
    return sum(getrusage(RUSAGE_SELF)[:2]) + sum(getrusage(RUSAGE_CHILDREN)[:2])
"""
"""For pytest-benchmark; written where both checkouts find it, as the older one need not have it."""

Seconds = dict[str, float]


def main(words: Sequence[str]) -> None:
    """Measure both checkouts in turn and print the section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.two_checkouts")
    parser.add_argument("old", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked, options = parser.parse_known_args(words)
    checkouts = {"old": asked.old.resolve(), "new": HERE.parent}
    rounds: dict[str, list[Seconds]] = {side: [{} for _ in range(asked.rounds)] for side in checkouts}
    runs: dict[str, str] = {}
    for checkout in checkouts.values():  # no start may count the compiling of modules
        compiling = [_python(checkout), "-m", "compileall", "-q", "allocator", "benchmarks"]
        subprocess.run(compiling, cwd=checkout, check=True)
    files = [Path(word) for word in options if Path(word).is_file()] or sorted(HERE.glob("test_*.py"))
    others = [word for word in options if not Path(word).is_file()]
    for file in files:
        for number in range(asked.rounds):
            for side in sorted(checkouts, reverse=number % 2 == 0):  # who is first changes
                if measured := measure(checkouts[side], file.name, others):
                    runs[side], found = measured
                    rounds[side][number] |= found
                    print(f"{side}, round {number + 1}: {found}", file=sys.stderr)  # an ended run still told this much
    print("\n".join(section(rounds, runs, words[1:])))


def measure(checkout: Path, file: str, options: Sequence[str]) -> tuple[str, Seconds] | None:
    """Run a file of benchmarks in a checkout; returns what is told of the run, and seconds by benchmark; None if none.

    A file that the checkout does not have is taken from here: it may start the command line, but import nothing.
    """
    own = checkout / "benchmarks" / file
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "processor_time.py").write_text(TIMER, encoding="utf-8")
        kept = Path(scratch) / "benchmarks.json"
        command = [_python(checkout), "-m", "pytest", "-q", "--benchmark-quiet",
                   "--benchmark-disable-gc",  # a command runs without it, and whom it strikes is chance
                   "--benchmark-timer=processor_time.seconds", f"--benchmark-json={kept}",
                   str(own if own.exists() else HERE / file), *options]  # fmt: skip
        done = subprocess.run(command, cwd=checkout, env={**os.environ, "PYTHONPATH": scratch}, stdout=sys.stderr)
        assert done.returncode in (0, 5), command  # 5: nothing of that name here
        if not kept.exists() or not kept.read_bytes():  # no benchmark among what was asked for
            return None
        found = json.loads(kept.read_text(encoding="utf-8"))
    return run_of(found), {bench["name"].removeprefix("test_"): bench["stats"]["min"] for bench in found["benchmarks"]}


def _python(checkout: Path) -> str:
    """The interpreter of a checkout."""
    return str(checkout / ".venv" / "bin" / "python")


def section(rounds: Mapping[str, Sequence[Seconds]], runs: Mapping[str, str], words: Sequence[str]) -> list[str]:
    """Return the lines: what was run on what, and a row for each benchmark that both sides have."""
    lines = [
        f"Command: `python -m benchmarks.two_checkouts OLD {shlex.join(words)}`",
        "",
        *(f"- {side}: {run}" for side, run in runs.items()),
        "",
        "| benchmark | old, s | new, s | new / old | single rounds |",
        "|---|---|---|---|---|",
    ]
    names = dict.fromkeys(name for one in rounds["old"] for name in one if name in rounds["new"][0])
    for name in names:
        old, new = ([one[name] for one in rounds[side]] for side in ("old", "new"))
        single = [b / a for a, b in zip(old, new, strict=True)]
        ratio = f"{min(new) / min(old):.2f} | {min(single):.2f} to {max(single):.2f}"
        lines.append(f"| {name} | {min(old):.4f} | {min(new):.4f} | {ratio} |")
    return lines


if __name__ == "__main__":
    main(sys.argv[1:])
