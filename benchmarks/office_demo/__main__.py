"""``python -m benchmarks.office_demo``: the summer of 3,000 families, or of as many as are asked for."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.office_demo.whole import whole_summer
from benchmarks.office_demo.words import report

LEAST = 60


def main() -> int:
    """Play the summer and report it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.office_demo", description=__doc__)
    parser.add_argument("--families", type=int, default=3000, help=f"at least {LEAST}; default 3000")
    parser.add_argument("--out", type=Path, default=Path("out/office-demo"), help="new or empty folder")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the report; default zh")
    given = parser.parse_args()
    if given.families < LEAST:
        parser.error(f"--families: expected at least {LEAST}")
    if given.out.exists() and any(given.out.iterdir()):
        parser.error(f"--out: {given.out} is not empty")
    begun = time.monotonic()
    summer = whole_summer(given.out, given.families, given.lang, lambda day: print(day, file=sys.stderr))
    print(report(summer, given.lang, time.monotonic() - begun))
    return 0


if __name__ == "__main__":
    sys.exit(main())
