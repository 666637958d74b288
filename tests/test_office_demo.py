"""make office-demo: the whole summer of 60 families by the office's commands, and of 3,000; trouble of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.office_demo.whole import whole_summer
from benchmarks.office_demo.words import KINDS, report
from tests.chinese_words import refused_in


@pytest.mark.usefixtures("plain_cipher", "plain_pages")
def test_a_summer_of_sixty_families(tmp_path: Path) -> None:
    """Trouble of every kind happens, and the report tells all of it in both languages."""
    summer = whole_summer(tmp_path / "one", 60, "zh")
    assert summer.happened.keys() == KINDS.keys()
    told = {language: report(summer, language, 1) for language in ("zh", "en")}
    assert refused_in(told["zh"]) == []
    assert len({text.count("\n") for text in told.values()}) == 1
    assert summer.head in told["en"]
    assert not summer.outcomes["pending"] + summer.outcomes["needs_ruling"]


@pytest.mark.long
@pytest.mark.usefixtures("plain_cipher", "plain_pages")
def test_the_same_summer_makes_the_same_book(tmp_path: Path) -> None:
    """To the last line of the journal, in whichever language the program answers."""
    heads = {whole_summer(tmp_path / language, 60, language).head for language in ("zh", "en")}
    assert len(heads) == 1


@pytest.mark.long
def test_a_summer_of_three_thousand_families(tmp_path: Path) -> None:
    """With the real cipher, and lists as PDF."""
    summer = whole_summer(tmp_path, 3000, "en")
    assert KINDS.keys() - summer.happened.keys() <= {"empty_round"}
    assert summer.lines > 300
