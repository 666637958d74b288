"""Answers to families: a page that begins with the answer, of this child alone, with where to object until when."""

from __future__ import annotations

import csv
import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from allocator.explanation import explain
from allocator.ground import Language, text
from tests.chinese_fonts import needs_chinese_font
from tests.cli_calls import good, refused

pytestmark = needs_chinese_font


@pytest.fixture(scope="module")
def out(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run in its district's folder, whose table of persons names one child."""
    folder = tmp_path_factory.mktemp("office") / "out"
    shutil.copytree(lists, folder)
    (folder.parent / "restricted").mkdir()
    first = rows_of(folder)[0]["applicant_id"]
    (folder.parent / "restricted" / "persons.csv").write_text(f"报名号,姓名\n{first},阿依古丽·买买提\n", "utf-8")
    return folder


def rows_of(out: Path) -> list[dict[str, str]]:
    """The list of a run."""
    with (out / "assignment.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of(pdf: bytes) -> str:
    """All words of a PDF, without the ends of its lines."""
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_of_every_result_says_what_explain_says(out: Path, tmp_path: Path, language: Language) -> None:
    """Title and answer first, then every sentence, and nothing of any other child; the same bytes again."""
    rows = {row["outcome"]: row["applicant_id"] for row in reversed(rows_of(out))}
    everybody = {row["applicant_id"] for row in rows_of(out)}
    assert {"admitted", "diverted"} <= rows.keys()
    for child in rows.values():
        file = tmp_path / f"{child}.pdf"
        good("explain", out, child, "--letter", file, language=language)
        made, lines = file.read_bytes(), explain(out, child, language).split("\n")
        words = words_of(made)
        beginning = words[: words.index(lines[0].replace(" ", ""))]
        assert len(beginning) < 100
        kept = [line.replace(" ", "") for line in lines if line != text("explain.story", language)]
        assert [line for line in kept if line not in words and child not in line[:30]] == []
        assert "0475-0000000" in words
        assert ("2023年8月29日" if language == "zh" else "29August2023") in words
        partners = {other for line in lines if "不予拆分" in line or "stay together and" in line
                    for other in everybody if other in line}  # fmt: skip
        assert {other for other in everybody - {child} if other in words} <= partners
        good("explain", out, child, "--letter", file, language=language)
        assert file.read_bytes() == made


def test_the_name_stands_where_it_is_known(out: Path, tmp_path: Path) -> None:
    """Else the number alone, and that is said."""
    first, second = (row["applicant_id"] for row in rows_of(out)[:2])
    assert "no name" not in good("explain", out, first, "--letter", tmp_path / "a.pdf")
    assert "买买提" in words_of((tmp_path / "a.pdf").read_bytes())
    assert "no name" in good("explain", out, second, "--letter", tmp_path / "b.pdf")


def test_all_diverted_get_one_each(out: Path, tmp_path: Path) -> None:
    """A PDF a child, the owner's alone, written whole; the same bytes as of one alone."""
    diverted = [row["applicant_id"] for row in rows_of(out) if row["outcome"] == "diverted"]
    good("explain", out, "--diverted", "--letters", tmp_path / "answers", language="zh")
    assert sorted(path.stem for path in (tmp_path / "answers").glob("*.pdf")) == sorted(diverted)
    good("explain", out, diverted[0], "--letter", tmp_path / "one.pdf", language="zh")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "answers" / f"{diverted[0]}.pdf").read_bytes()
    assert json.loads((tmp_path / "answers" / "manifest.json").read_bytes())["kind"] == "answers"
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "answers").iterdir())


def test_what_cannot_be_answered_is_told(out: Path, tmp_path: Path) -> None:
    """Nothing asked, both asked, no place, an unknown child, a file that is no PDF, a folder inside the run."""
    child = rows_of(out)[0]["applicant_id"]
    for words in ((), (child, "--diverted", "--letters", "a"), ("--diverted",), (child, "--letters", "a"),
                  ("--diverted", "--letter", "a", "--letters", "b"), ("X-1", "--letter", tmp_path / "x.pdf"),
                  (child, "--letter", out / "x.pdf")):  # fmt: skip
        refused("explain", out, *words)
    (tmp_path / "kept.pdf").write_text("words")
    assert "answer.not_pdf" in refused("explain", out, child, "--letter", tmp_path / "kept.pdf")
    assert (tmp_path / "kept.pdf").read_text() == "words"
    assert not (tmp_path / "x.pdf").exists()
