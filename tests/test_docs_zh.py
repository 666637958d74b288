"""The Chinese pages against the product: every column, switch, kind, outcome and file that a clerk meets."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from allocator.domain import CLAUSE_KEYS, OUTCOMES
from allocator.reading import policy_shape as shape
from allocator.reading.layout import LAYOUTS
from allocator.reading.policy_office import OfficeShape
from allocator.record.assignment_file import COLUMNS
from allocator.record.orders import HEADER
from tests.test_docs import DOCS, ROOT, coded

PAGES = ("file-formats", "policy-file", "lottery", "publishing", "classes", "planning", "explain",
          "configuration", "install")  # fmt: skip
SHORT = ("configuration", "install")  # their English pages are short as well
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def page(name: str) -> str:
    """The text of a Chinese page."""
    return (DOCS / "zh" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_both_readmes_lead_to_every_chinese_page(name: str) -> None:
    """The Chinese README links to each page once, the English one too, and each page leads to its English one."""
    for readme in ("README.md", "README.zh.md"):
        assert (ROOT / readme).read_text(encoding="utf-8").count(f"(docs/zh/{name}.md)") == 1, readme
    assert re.search(r"\[English[^\]]*\]\(\.\./[a-z-]+\.md", page(name))


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_in_chinese(name: str) -> None:
    """Every paragraph is Chinese: no English sentence stands between."""
    plain = re.sub(r"`[^`]*`|\([^)]*\)|^    .*$", "", page(name), flags=re.MULTILINE)
    for line in plain.splitlines():
        assert not re.search(r"(?:\b[a-z]{2,}\b[ ,]+){4}", line), line
    assert len(CHINESE.findall(plain)) > (300 if name in SHORT else 600)


@pytest.mark.parametrize(("table", "heading"), [("applicants", "学生表"), ("schools", "学校表"), ("zones", "学区表")])
def test_every_input_column_stands_on_the_page(table: str, heading: str) -> None:
    """Each column has its row with its Chinese heading; what may be left out is marked so."""
    section = page("file-formats").split(f"### {heading}\n")[1].split("\n### ")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
    for column in LAYOUTS[table]:
        row = next(row for row in rows if f"`{column.name}`" in row[1])
        assert column.chinese in row[2]
        assert ("可不列" in row[3]) == column.optional, column.name


def test_every_output_stands_on_the_page() -> None:
    """Columns, outcomes and files of a run are named."""
    words = coded(page("file-formats"))
    assert {*COLUMNS, *OUTCOMES, *HEADER.strip().split(",")} <= words
    for name in ("lists.xlsx", "lists/", "draws/", "summary.json", "manifest.json", "trace.jsonl", "inputs/"):
        assert name in words


def test_every_switch_and_value_stands_on_the_page() -> None:
    """Each switch has a row for each of its values, in the order of the schema."""
    rows = re.findall(r"^\| (?:`(\w+)`)? ?\| `(\w+)` \|", page("policy-file"), re.MULTILINE)
    named, switch = [], ""
    for name, value in rows:
        switch = name or switch
        named.append((switch, value))
    fields = shape.SwitchesShape.model_fields
    expected = [(name, value) for name, field in fields.items() for value in get_args(field.annotation)]
    assert [pair for pair in named if pair[0] in fields] == expected


def test_every_key_kind_and_clause_stands_on_the_page() -> None:
    """Kinds of phases, their keys, the keys of the file and the results that have clauses are named."""
    words, text = coded(page("policy-file")), page("policy-file")
    assert {f"kind: {kind}" for kind in shape.PHASES} <= words
    assert {key for keys in CLAUSE_KEYS.values() for key in keys} <= words
    bids = shape.PHASE_SHAPES["deferred_acceptance"]
    shapes = [shape.PolicyShape, bids, shape.PlanningShape, shape.WarningsShape, OfficeShape]
    keys = {key for made in shapes for key in made.model_fields}
    assert {key for key in keys - {"kind"} if not re.search(rf"`[^`]*\b{key}\b[^`]*`", text)} == set()


def test_the_publishing_page_has_the_files_of_the_english_one() -> None:
    """What may go out is said of the same files and commands in both languages."""
    english = (DOCS / "publishing.md").read_text(encoding="utf-8").split("## File by file")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|", english, re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`([^`]+)`", row)}
    named = {word.replace("lists/<school>.csv", "lists/学校编号.csv") for word in named}
    assert named <= coded(page("publishing"))
