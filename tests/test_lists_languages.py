"""Lists and workbook in one language or both, with draws, zones and ways in words; verified in each."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from allocator.domain import District, Text
from allocator.ground import ListLanguages, Written
from allocator.procedure import run_procedure
from allocator.record import Retelling
from allocator.reporting.lists import listings
from allocator.sheets import Page, PageSection, render_document
from tests import conformance
from tests.chinese_words import refused_in
from tests.clause_table import ROOT
from tests.cli_calls import call, good
from tests.list_districts import outputs

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES: list[ListLanguages] = ["zh", "en", "both"]
TONGLIAO = ROOT / "scenarios" / "tongliao-2023-primary"


def words_of(district: District, lists: ListLanguages) -> str:
    """Return all words of lists and workbook."""
    files = dict(outputs(district, run_procedure(district), lists=lists, trace=False))
    book = openpyxl.load_workbook(io.BytesIO(files["lists.xlsx"]))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    feet = [f"{sheet.oddHeader.center.text} {sheet.oddFooter.left.text} {sheet.title}" for sheet in book]
    tables = [content.decode("utf-8-sig") for name, content in files.items() if name.startswith(("lists/", "office/"))]
    return "\n".join([*cells, *feet, *tables])


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shipped district run in each language."""
    folder = tmp_path_factory.mktemp("lists")
    for lists in LANGUAGES:
        options = ("--trial-seed", 1, "--engine", "procedure", "--quiet", "--lists", lists)
        assert call("run", TONGLIAO, "--out", folder / lists, *options).exit_code == 1
    return {lists: folder / lists for lists in LANGUAGES}


def test_one_language_stands_alone() -> None:
    """English lists hold no Chinese but names; Chinese ones no English sentence; both hold both."""
    district, _ = conformance.load("28")
    assert not CHINESE.search(words_of(district, "en").replace("通辽", ""))
    zh, both = words_of(district, "zh"), words_of(district, "both")
    for word in ("Registration no.", "Admitted by", "Draw", "Seats left", "page ", "batch A", "Summary"):
        assert word not in zh
        assert word in both
    assert "录取方式" in zh


@pytest.mark.parametrize("lists", LANGUAGES)
def test_verify_makes_the_lists_again_in_their_language(shipped: dict[str, Path], lists: str) -> None:
    """The manifest keeps the choice, so that every file is made again; another choice claimed is a difference."""
    folder = shipped[lists]
    good("verify", folder)
    assert json.loads((folder / "manifest.json").read_bytes())["lists"] == lists


def test_only_lists_and_workbook_differ(shipped: dict[str, Path]) -> None:
    """The option changes what people read, and no file for machines."""
    zh, en = (json.loads((shipped[lists] / "manifest.json").read_bytes())["outputs"] for lists in ("zh", "en"))
    assert zh.keys() == en.keys()
    differ = {name for name in zh if zh[name] != en[name]}
    assert differ == {name for name in zh if name == "lists.xlsx" or name.startswith("office/")}


def test_no_id_of_a_draw_zone_or_school_is_read(shipped: dict[str, Path]) -> None:
    """Neither lists nor sheets show an id where a word belongs; the machine's file shows them all."""
    book = openpyxl.load_workbook(shipped["zh"] / "lists.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = [path.read_text(encoding="utf-8-sig") for path in (shipped["zh"] / "office").glob("*.csv")]
    for words in (*cells, *texts):
        assert not re.search(r"divert-|batch-|voluntary-|shifuxiao|xincheng|menggu|adjustment", words), words
    assert {"第 C 批摇号（新城一小）", "第 D 批分流摇号", "第一次自愿报名摇号（市附小）"} <= set(cells)
    assert "divert-D" in (shipped["zh"] / "assignment.csv").read_text(encoding="utf-8")


def test_explanations_name_draws_zones_and_ways_in_words(shipped: dict[str, Path]) -> None:
    """What a Chinese family reads holds no id of a draw, a zone or a school, whatever became of the child."""
    rows = (shipped["zh"] / "assignment.csv").read_text(encoding="utf-8").splitlines()[1:]
    kinds = {tuple(row.split(",")[2:4]): row.split(",")[0] for row in rows}
    assert len(kinds) > 12
    for child in kinds.values():
        told = good("explain", shipped["zh"], child, language="zh")
        assert not re.search(r"divert-|batch-|voluntary-|shifuxiao|xincheng|menggu|liaohe|adjust|open/", told), told
        assert refused_in(told) == []


def test_draws_are_named_in_words() -> None:
    """Each kind of draw has its name in both languages."""
    district, rows = conformance.load("28")
    drawn = [one for one in listings(Retelling(district, rows)) if one.columns[-1].key == "draw"]
    found = {line[-1].en for one in drawn for line in one.rows if isinstance(line[-1], Text)}
    kinds = [r"draw of batch \w+ \(.+\)", r"draw of the diversion of batch \w+", r"draw of .+ \(.+\)",
             r"draw of the adjustment"]
    assert all(any(re.fullmatch(kind, name) for kind in kinds) for name in found - {""})


@pytest.mark.parametrize(("locale", "lists"), [("zh_CN.UTF-8", "zh"), ("C", "both"), ("en_GB.UTF-8", "both")])
def test_the_machine_decides_where_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, locale: str, lists: str
) -> None:
    """A Chinese machine writes Chinese lists, any other both, whatever the language of the messages."""
    monkeypatch.setenv("ALLOCATOR_LANG", locale)
    example = ROOT / "docs" / "worked-example"
    good("run", example, "--trial-seed", 8, "--out", tmp_path / "out", "--quiet", language="en")
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["lists"] == lists


def test_a_missing_language_gives_the_other() -> None:
    """Where a policy names a thing in one language only, that name stands in either."""
    assert Written("en").names("甲", "") == "甲"
    assert Written("zh").names("", "a") == "a"
    assert Written("both").names("甲", "甲") == "甲"


@pytest.mark.parametrize("lists", LANGUAGES)
def test_a_page_in_one_language_or_both(lists: ListLanguages) -> None:
    """A page holds the languages asked for, and buttons to switch only where there are two."""
    words = page_bytes(lists).decode("utf-8")
    assert ('class="in-zh"' in words) is (lists != "en")
    assert ('class="in-en"' in words) is (lists != "zh")
    assert ('type="radio"' in words) is (lists == "both")
    assert ("学位规划报告" in words) is (lists != "en")
    assert ("Seat planning report" in words) is (lists != "zh")
    assert f'<html lang="{"en" if lists == "en" else "zh-Hans"}">' in words


def page_bytes(lists: ListLanguages) -> bytes:
    """Return a small page."""
    title = Text("学位规划报告", "Seat planning report")
    section = PageSection(Text("哪里缺学位？", "Where are seats short?"), parts=())
    return render_document(Page(title=title, sections=(section,)), lists)


@pytest.mark.parametrize("lists", LANGUAGES)
def test_published_tables_in_one_language_or_both(tmp_path: Path, lists: ListLanguages) -> None:
    """Warnings and the odds for families: headings and marks in the languages asked for; replaced in any of them."""
    for command, option in (("warnings", "--out"), ("odds", "--families")):
        path, few = tmp_path / f"{command}.csv", ("--draws", 3, "--workers", 1) if command == "odds" else ()
        good(command, TONGLIAO, option, path, "--lists", "both", *few)
        good(command, TONGLIAO, option, path, "--lists", lists, *few)
        words = path.read_text(encoding="utf-8-sig")
        assert ("学生人数" in words or "学区需求" in words) is (lists != "en")
        assert ("Kind of child" in words or "Demand of the school" in words) is (lists != "zh")
