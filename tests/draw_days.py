"""A draw day for tests: a small frozen district, the answers of a clerk line by line, and calls that feed them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from allocator.cli.app import cli
from tests.cli_calls import copy, good

DIGITS = ("53184209761842095317", "90417263554018273645", "26174093851627409831")
NAMES = ("张伟", "Li Na", "欧阳小明")
OFFICES = ("永清街道家长委员会", "deputy of the district", "公证员")
KINDS = ("家长", "人大代表", "公证处")
HEAD = ("三楼会议室", "2023-08-20 09:00", "2023-P1", "3", *KINDS, "")


def answers_of(*digits: str, head: Sequence[str] = HEAD) -> list[str]:
    """Return all answers of a draw day, in the order of docs/public-draw.en.md."""
    lines = list(head)
    for name, office, one in zip(NAMES, OFFICES, digits or DIGITS, strict=False):
        lines += ["缺席"] if one == "ABSENT" else [name, office, one, one]
    return lines


def day_folder(town: Path, to: Path, *, frozen: bool = True) -> Path:
    """Return a copy of the town before its draw."""
    to.mkdir(parents=True, exist_ok=True)
    folder = copy(town, to)
    (folder / "transcript.txt").unlink()
    if frozen:
        good("draw", "freeze", folder)
    return folder


def held(folder: Path, lines: Sequence[str], *options: str, language: str = "en") -> Result:
    """Call ``allocator ceremony`` with answers from a pipe."""
    text = "".join(f"{line}\n" for line in lines)
    words = ["ceremony", str(folder), "--lang", language, *options]
    result = CliRunner().invoke(cli, words, input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    assert "fault of the program" not in result.output
    return result


def plain_transcript(folder: Path, out: Path, *digits: str, event: str = "2023-P1", order: str = "") -> bytes:
    """Return what ``draw transcript`` makes of the same digits."""
    sources = [
        word for at, one in enumerate(digits or DIGITS, start=1) for word in ("--source", f"witness-{at}:{one}")
    ]
    good("draw", "transcript", folder, "--event", event, "--out", out, *sources, *(("--order", order) if order else ()))
    return out.read_bytes()
