"""``make run`` from end to end: it ends with public lists, the family's page and one school's classes, twice alike."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clause_table import ROOT

WAITS = " || test $? -eq 1"
"""A run with children who need a ruling is a good one."""


def commands(out: Path) -> list[str]:
    """The lines of the recipe, as ``make`` would give them to a shell."""
    words = ["make", "--dry-run", "--always-make", "run", f"OUT={out}"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = re.sub(r"\\\n\s*", "", told).splitlines()
    return [line for line in lines if re.match(r"\.venv/bin/allocator |rm -rf |cp ", line)]


def test_the_recipe_ends_with_what_the_public_sees(tmp_path: Path) -> None:
    """Its commands in order; whatever a placement forbids to be replaced is cleared before, below ``OUT`` alone."""
    lines = commands(tmp_path)
    called = [found[1] for line in lines if (found := re.search(r"/allocator ((?:classes )?[a-z-]+)", line))]
    classes = ["classes roster", "classes draw", "classes teachers", "classes lists"]
    assert called == ["run", "run", "what-if", "publish", *classes]
    assert [line.split()[-1] for line in lines if line.startswith("rm")] == [
        f"{tmp_path}/tongliao-2023-primary-classes"
    ]


@pytest.mark.long
def test_the_recipe_runs_twice(tmp_path: Path) -> None:
    """All commands but the planners' page; what-ifs have tests of their own. The second time gives the same bytes."""
    found: list[dict[str, bytes]] = []
    for _ in range(2):
        for line in commands(tmp_path):
            if " what-if " not in line:
                run = line.replace(".venv/bin/allocator", f"{sys.executable} -m allocator")
                done = subprocess.run(run, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
                assert done.returncode == 0, line + done.stderr
        files = sorted(path for path in tmp_path.rglob("*") if path.suffix in {".csv", ".html"})
        found.append({str(path.relative_to(tmp_path)): path.read_bytes() for path in files})
    assert found[0] == found[1]
    website = {name for name in found[0] if name.startswith("website/")}
    assert {"website/verify.html", "website/cutoffs.csv", "website/draw-roster.csv"} <= website
    assert any(name.startswith("website/lists/") for name in website)
    classes = "tongliao-2023-primary-classes"
    assert {f"{classes}/placed/placement.csv", f"{classes}/lists/public/day/xincheng-1.csv"} <= found[0].keys()
