"""docs/public-draw: every command of the guide runs, in its order, in both languages, with the answers it prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli.app import cli
from allocator.ground import LANGUAGES, text
from allocator.public.ceremony import CeremonyJournal
from tests.conformance import ROOT

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANSWERS = re.compile(r"^```text (answers\.txt)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ABSENT = {"zh": "“缺席”", "en": "`absent`"}


def guide(language: str) -> str:
    """The guide in a language."""
    return (ROOT / "docs" / f"public-draw.{language}.md").read_text(encoding="utf-8")


def commands(language: str) -> list[str]:
    """Its commands."""
    return [line for block in BLOCK.findall(guide(language)) for line in block.splitlines()]


def test_both_languages_give_the_same_commands_and_sections() -> None:
    """But for the reason of the void draw, which is in the language of the page."""
    plain = {language: [re.sub(r'"[^"]*"', '""', line) for line in commands(language)] for language in LANGUAGES}
    assert plain["zh"] == plain["en"]
    heads = {language: len(re.findall(r"^## ", guide(language), re.MULTILINE)) for language in LANGUAGES}
    assert heads["zh"] == heads["en"] == 8
    assert guide("zh").count("- [ ] ") == guide("en").count("- [ ] ")
    sections = {language: guide(language).split("\n## ")[7] for language in LANGUAGES}
    troubles = {language: len(re.findall(r"^\*\*.*?\*\*", sections[language], re.M)) for language in LANGUAGES}
    assert troubles["zh"] == troubles["en"] >= 11


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_what_the_program_says_and_writes(language: str) -> None:
    """The six steps by name, the files, and the word for an absent witness."""
    page = guide(language)
    rows = re.findall(r"^\| (\d) ([^|]+) \|", page, re.MULTILINE)
    assert [number for number, _ in rows] == list("123456")
    if language == "zh":
        assert [name for _, name in rows] == [text(f"ceremony.step.{n}", "zh") for n in range(1, 7)]
    for name in ("ceremony.html", "journal.jsonl", "minutes.pdf", "witness-sheet.pdf", "notary-sheet.pdf",
                 "transcript-1.txt", "ceremony-1", "draw-log.txt"):  # fmt: skip
        assert name in page
    assert ABSENT[language] in page


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_guide_runs(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other in an empty folder; without answers the ceremony says where it stands."""
    monkeypatch.chdir(tmp_path)
    name, answers = ANSWERS.findall(guide(language))[0]
    for line in commands(language):
        words, given = shlex.split(line)[1:], ""
        if "<" in words:
            assert words[-1] == name
            words, given = words[:-2], answers
        done = CliRunner().invoke(cli, [*words, "--lang", language], input=given)
        waits = words == ["ceremony", "my-district"] and not given
        expected = (2,) if waits else (0, 1) if words[0] == "run" else (0,)
        assert done.exit_code in expected, (line, done.output)
        if given:
            day = CeremonyJournal(Path("my-district")).answers
            assert day["announced"] == "3"
            assert "ended" in day
    assert Path("my-district/transcript-1.txt").exists()
    assert Path("my-district/ceremony-1/minutes.pdf").exists()
