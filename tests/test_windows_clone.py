"""A clone made with the default setting of Git for Windows (``core.autocrlf=true``) has the bytes of any other."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli_calls import call, good
from tests.conformance import ROOT

SHIPPED = "scenarios/tongliao-2023-primary"
KEPT = ("benchmarks/instances/capacity/expected.csv", "tests/conformance_office/34-chinese-tables/")
"""What is no text to git: a publication, and tables as an office's spreadsheet leaves them."""
GIT = shutil.which("git")


def git(*words: object) -> subprocess.CompletedProcess[str]:
    """Call git as on a machine without settings of its own."""
    settings = ["-c", "safe.directory=*", "-c", "core.autocrlf=true"]
    return subprocess.run([str(GIT), *settings, *map(str, words)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return such a clone, with the attributes of this checkout even where they are not committed yet."""
    if GIT is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a checkout")
    folder = tmp_path_factory.mktemp("windows") / "crlf"
    made = git("clone", "-q", "--no-checkout", ROOT, folder)
    if made.returncode:
        pytest.skip(f"this checkout cannot be cloned: {made.stderr.strip()}")
    shutil.copyfile(ROOT / ".gitattributes", folder / ".git" / "info" / "attributes")
    assert git("-C", folder, "config", "core.autocrlf", "true").returncode == 0
    assert git("-C", folder, "checkout", "-q").returncode == 0
    return folder


def test_no_file_of_a_windows_clone_has_other_line_ends(clone: Path) -> None:
    """Git itself says that every text stands there with LF alone, but for what is kept byte for byte."""
    lines = git("-C", clone, "ls-files", "--eol").stdout.splitlines()
    assert len(lines) > 100
    other = [line.split()[-1] for line in lines if "w/crlf" in line or "w/mixed" in line]
    assert [name for name in other if not name.startswith(KEPT)] == []
    assert git("-C", clone, "status", "--porcelain").stdout == ""


def test_a_windows_clone_checks_and_runs(clone: Path, tmp_path: Path) -> None:
    """The shipped transcript is accepted by ``check`` and ``run``, and the lists are proven again."""
    assert "event" in good("check", clone / SHIPPED)
    out = tmp_path / "lists"
    made = call("run", clone / SHIPPED, "--engine", "procedure", "--out", out, "--quiet", "--no-workbook")
    assert made.exit_code in (0, 1)
    good("draw", "verify", out)
    assert (out / "transcript.txt").read_bytes() == (clone / SHIPPED / "transcript.txt").read_bytes()
