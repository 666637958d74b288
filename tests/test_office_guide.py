"""docs/office-roster: every command of the guide runs, in its order, and does what the guide says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from allocator.ground import LANGUAGES
from tests.cli_calls import call
from tests.conformance import ROOT

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(language: str) -> list[str]:
    """The commands of the guide in a language."""
    blocks = BLOCK.findall((DOCS / f"office-roster.{language}.md").read_text(encoding="utf-8"))
    return [line for block in blocks for line in block.splitlines()]


def test_both_languages_give_the_same_commands() -> None:
    """And all of them are the program's."""
    assert commands("zh") == commands("en")
    assert all(line.startswith("allocator ") for line in commands("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_runs(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other in an empty folder; what each promises is there at the end."""
    monkeypatch.chdir(tmp_path)
    for line in commands(language):
        words = shlex.split(line)[1:]
        done = call(*words, language=language)
        assert done.exit_code == (1 if words[0] == "run" else 0), (line, done.stdout, done.stderr)
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert made >= {
        "proposed.csv", "summer/applications.csv", "summer/restricted/persons.csv", "summer/private-result.csv",
        "district/determination.csv", "district/draw-freeze.txt", "rehearsal/lists.xlsx", "by-hand/instructions.xlsx",
    }  # fmt: skip


def test_the_guide_names_the_files_of_its_folders() -> None:
    """Every file that the example brings, and every table that is not made by the program, stands in both pages."""
    shipped = {path.name for path in (ROOT / "scenarios" / "tongliao-2023-applications").glob("*.csv")}
    for language in LANGUAGES:
        page = (DOCS / f"office-roster.{language}.md").read_text(encoding="utf-8")
        told = set(re.findall(r"[\w/-]+\.(?:csv|xlsx|txt|yaml)", page))
        names = {name.rpartition("/")[2] for name in told}
        assert shipped - {"cases.csv", "schools.csv", "zones.csv"} <= names
