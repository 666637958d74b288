"""The installed command as a process of its own: same bytes everywhere, any console, any reader of its output."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_calls import contents, copy


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m allocator`` with these arguments and variables."""
    command = [sys.executable, "-m", "allocator", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | environment)


def shuffled(folder: Path) -> Path:
    """Shuffle the rows of every table of a folder."""
    for path in sorted(folder.glob("*.csv")):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        random.Random(path.name).shuffle(rows)
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8", newline="\n")
    return folder


def test_same_inputs_same_bytes(town: Path, lists: Path, tmp_path: Path) -> None:
    """Another process, hash seed and order of rows write every file as before, the manifest excepted."""
    folder = shuffled(copy(town, tmp_path))
    assert contents(folder)["applicants.csv"] != contents(town)["applicants.csv"]
    for seed, source in (("1", town), ("4242", folder)):
        out = tmp_path / f"out-{seed}"
        made = process("run", source, "--out", out, "--quiet", PYTHONHASHSEED=seed, TZ="Asia/Shanghai", LC_ALL="C")
        assert (made.returncode, made.stdout, made.stderr) == (0, b"", b"")
        assert contents(out, "manifest.json") == contents(lists, "manifest.json")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_a_console_of_any_encoding(town: Path, tmp_path: Path, encoding: str) -> None:
    """What a console cannot show is replaced; the run ends as ever, and faults are still told."""
    for words, status in ((("run", town, "--out", tmp_path / "out"), 0), (("check", tmp_path / "nowhere"), 2)):
        made = process(*words, "--lang", "zh", PYTHONIOENCODING=encoding)
        assert made.returncode == status
        assert b"Traceback" not in made.stderr
        assert made.stdout or made.stderr


@pytest.mark.skipif(os.name != "posix", reason="closes a pipe")
def test_a_reader_that_goes_away(lists: Path) -> None:
    """A closed pipe, as after ``| head``, ends the program without a traceback."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "allocator", "verify", str(lists), "--json"]
    made = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert b"Traceback" not in made.stderr
    assert b"Exception" not in made.stderr
