"""Standard output closed, full, without a reader or on a poor console: no noise, a documented status, whole files."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

from allocator.cli.app import NOT_SHOWN
from allocator.ground.terminal import KeptStream

ALLOCATOR = f"{shlex.quote(sys.executable)} -m allocator"
posix = pytest.mark.skipif(os.name != "posix", reason="redirections of a shell")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell; nothing that Python says of itself may stand on standard error."""
    variables = {**os.environ, **environment, "ALLOCATOR_LANG": "en"}
    made = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, env=variables)
    for noise in (b"Exception", b"Traceback", b"BrokenPipe", b"fault of the program"):
        assert noise not in made.stderr, made.stderr.decode()
    return made


def commands(town: Path, lists: Path) -> dict[str, tuple[str, int]]:
    """Return commands of every kind of output, and their status when all is well."""
    folder, out = shlex.quote(str(town)), shlex.quote(str(lists))
    return {
        "help": ("--help", 0),
        "help of a command": ("run --help", 0),
        "words": (f"check {folder}", 0),
        "json": (f"verify {out} --json", 0),
        "table": (f"warnings {folder}", 0),
        "faults": (f"check {folder}/nowhere", 2),
    }


KINDS = ("help", "help of a command", "words", "json", "table", "faults")


@posix
@full
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk(town: Path, lists: Path, kind: str) -> None:
    """Words that did not fit are told on standard error, with a status of their own; another status stays."""
    words, status = commands(town, lists)[kind]
    made = shell(f"{ALLOCATOR} {words} > /dev/full")
    assert made.returncode == (status or NOT_SHOWN)
    assert (b"No space left" in made.stderr) == (status == 0)


@posix
@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_output(town: Path, lists: Path, kind: str) -> None:
    """The same where the process has no standard output, also without standard error."""
    words, status = commands(town, lists)[kind]
    made = shell(f"{ALLOCATOR} {words} >&-")
    assert made.returncode == (status or NOT_SHOWN)
    assert shell(f"{ALLOCATOR} {words} >&- 2>&- <&-").returncode == (status or NOT_SHOWN)


@posix
@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_that_has_gone(town: Path, lists: Path, kind: str) -> None:
    """As after ``| head``: not a word, and the same status."""
    words, status = commands(town, lists)[kind]
    made = shell(f"({ALLOCATOR} {words}; echo $? >&2) | true")
    *said, found = made.stderr.decode().splitlines()
    assert found in (str(status), str(status or NOT_SHOWN))  # the reader may go after the last word
    assert not any("standard output" in line for line in said)


@posix
@full
def test_a_full_disk_behind_standard_error(town: Path) -> None:
    """Faults that nobody can be told leave the status what it is."""
    assert shell(f"{ALLOCATOR} check {town}/nowhere 2> /dev/full").returncode == 2
    assert shell(f"{ALLOCATOR} check {town} 2>&-").returncode == 0


@posix
def test_a_run_writes_all_its_files_without_an_output(town: Path, tmp_path: Path) -> None:
    """The folder is whole: no file got the number of a stream that was closed."""
    made = shell(f"{ALLOCATOR} run {town} --out {tmp_path}/out >&- 2>&- <&-")
    assert made.returncode == NOT_SHOWN
    assert shell(f"{ALLOCATOR} verify {tmp_path}/out").returncode == 0


@posix
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "gbk:strict", "ascii:strict", "latin-1"])
@pytest.mark.parametrize("words", ["--help", "check {town} --lang zh", "warnings {town} --lang zh", "nothing"])
def test_a_console_that_lacks_characters(town: Path, encoding: str, words: str) -> None:
    """What it lacks is replaced, on standard error too; all that is shown is in its encoding."""
    made = shell(f"{ALLOCATOR} {words.format(town=town)}", PYTHONIOENCODING=encoding)
    assert made.returncode == (2 if words == "nothing" else 0)
    name = encoding.partition(":")[0]
    shown = made.stdout.decode(name) + made.stderr.decode(name)
    assert len(shown) > 20


class Refusing(io.StringIO):
    """A stream that takes some words and then refuses."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, words: str) -> int:
        """Take words while there is room."""
        if self.tell() + len(words) > self.most:
            raise OSError(28, "No space left on device")
        return super().write(words)

    def fileno(self) -> int:
        """Give the number of a file that may be sent nowhere."""
        return os.open(os.devnull, os.O_WRONLY)


def test_a_kept_stream_forgets_all_after_the_first_refusal() -> None:
    """Later words are not shown behind a gap, and no error reaches who prints."""
    inner: TextIO = Refusing(5)
    stream = KeptStream(inner)
    for words in ("one", "three", "x"):
        assert stream.write(words) == len(words)
        stream.flush()
    assert stream.lost is not None
    assert isinstance(inner, io.StringIO)
    assert inner.getvalue() == "one"


@pytest.mark.parametrize(
    ("encoding", "shown"), [("gbk", "-12"), ("ascii", "-12"), ("gb18030", "−12"), ("utf-8", "−12")]
)
def test_a_console_without_a_minus_sign_shows_a_hyphen(encoding: str, shown: str) -> None:
    """A number below nought never loses its sign to a question mark."""
    raw = io.BytesIO()
    stream = KeptStream(io.TextIOWrapper(raw, encoding=encoding))
    stream.write("−12")
    stream.flush()
    assert raw.getvalue().decode(encoding) == shown
