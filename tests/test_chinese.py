"""The Chinese that an office or a family reads: the words of the glossary, and none of those refused beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from allocator.ground import TEXTS
from tests.chinese_words import PATTERNS, WORDS, refused_in
from tests.clause_table import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
OFFICE = [ROOT / "docs" / name for name in ("office-roster.zh.md", "office.zh.md", "public-draw.zh.md")]
PAGES = [ROOT / "README.zh.md", *OFFICE, *sorted((ROOT / "docs" / "zh").glob("*.md"))]
SCENARIOS = sorted(path for path in (ROOT / "scenarios").rglob("*") if path.suffix in {".md", ".yaml"})


def test_the_sentences_use_the_words_of_the_glossary() -> None:
    """No text of the program holds a word that the glossary refuses."""
    assert {code: found for code, (zh, _) in TEXTS.items() if (found := refused_in(zh))} == {}


@pytest.mark.parametrize("path", [*PAGES, *SCENARIOS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_pages_use_the_words_of_the_glossary(path: Path) -> None:
    """Neither the Chinese pages nor the shipped districts hold a word that the glossary refuses."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    plain = ((number, re.sub(r"`[^`]*`", "", line)) for number, line in lines)  # fixed words of tables stand as code
    assert {number: found for number, line in plain if (found := refused_in(line))} == {}


def test_the_glossary_page_uses_the_words_itself() -> None:
    """docs/glossary.md gives no Chinese word that the sentences may not use."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.M)
    assert {term: found for term, zh in rows if CHINESE.search(zh) and (found := refused_in(zh))} == {}


def test_every_refused_word_is_found_and_the_right_one_passes() -> None:
    """Each line of the glossary can fail, has a reason, and does not refuse its own right word."""
    for word, pattern in PATTERNS:
        assert word.why
        assert not pattern.search(word.right), word
    for bad in ("孩子", "签号", "冻结", "活动编号", "待裁定", "未安置", "学位价格", "受益", "失信名单", "对口学生",
                "种子", "名额", "两套引擎", "求解器", "转出", "录取单元", "剩余学位", "统筹安排", "区外",
                "多胞胎组", "附加项"):
        assert refused_in(f"这里写着{bad}。"), bad
    assert len({word.right for word in WORDS}) == len(WORDS)


@pytest.mark.parametrize(
    "sentence",
    ["列入诚信黑名单", "应填：已审核、迟报（逾期）、失信（黑名单）", "对口学校", "多胞胎组号", "随机种子",
     "第 1 号模拟种子", "住在片区外"],
)  # fmt: skip
def test_fixed_words_and_right_words_pass(sentence: str) -> None:
    """Headings and fixed words of the tables are written as they stand there."""
    assert refused_in(sentence) == []
