"""What an office writes is read, and what the program asks for is what an office may write."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.ground import Fault, fault_text
from allocator.reading.folder import read_folder
from tests import tables

pytestmark = pytest.mark.usefixtures("read_twice")


@pytest.mark.parametrize(
    ("column", "word", "meant"),
    [
        ("status", "审核通过", "verified"), ("status", "通过", "verified"), ("status", " 已 审核", "verified"),
        ("status", "逾期", "late"), ("status", "诚信黑名单", "blacklisted"), ("sex", "男孩", "M"), ("sex", "女童", "F"),
        ("sex", "男　生", "M"), ("category", "A类", "A"), ("category", "Ａ 类", "A"),
    ],
)  # fmt: skip
def test_words_of_the_office(tmp_path: Path, column: str, word: str, meant: str) -> None:
    """Read as the fixed word that they mean."""
    rows = [tables.child("T1") | {"sex": "", column: word}]
    (child,) = read_folder(tables.write(tmp_path, applicants=tables.csv_bytes(rows))).applicants
    assert getattr(child, column) == meant


OTHER_WORDS = [("status", "未通过"), ("status", "待审核"), ("sex", "男女"), ("category", "类")]


@pytest.mark.parametrize(("column", "word"), OTHER_WORDS)
def test_words_that_mean_something_else(tmp_path: Path, column: str, word: str) -> None:
    """Not taken for a word that they hold; the Chinese message names the Chinese words that are read."""
    rows = [tables.child("T1") | {"sex": "", column: word}]
    (fault,) = tables.faults(tables.write(tmp_path, applicants=tables.csv_bytes(rows)))
    told = fault_text(fault, "zh")
    wanted = {"status": ("已审核", "审核通过", "迟报", "黑名单"), "sex": ("女", "男孩"), "category": ("A", "B")}[column]
    assert all(one in told for one in wanted)
    assert "verified" not in told


@pytest.mark.parametrize("heading", ["姓  名", "姓　名", " 姓\u00a0名", "姓\u200b名", "姓 名　"])
def test_space_inside_a_heading(tmp_path: Path, heading: str) -> None:
    """Chinese tables are set with space inside headings; it makes no difference."""
    rows = [tables.child("T1") | {heading: "李娜"}]
    (child,) = read_folder(tables.write(tmp_path, applicants=tables.csv_bytes(rows))).applicants
    assert child.name == "李娜"


def test_a_bundle_that_differs_is_told_in_the_words_of_the_office(tmp_path: Path) -> None:
    """Under a Chinese heading a fixed word is told in Chinese, beside what it is read as."""
    rows = [tables.child("T1", bundle="b1"), tables.child("T2", bundle="b1") | {"status": "逾期报名"}]
    raw = tables.csv_bytes(rows).replace(b"status", "审核状态".encode(), 1)
    (fault,) = tables.faults(tables.write(tmp_path, applicants=raw))
    assert (fault.code, fault.value, fault.params["expected"]) == ("bundle.differs", "迟报(late)", "已审核(verified)")


def test_a_changed_cell_is_told_in_the_words_of_the_office() -> None:
    """What the frozen table and today's say is told in Chinese beside the fixed word, in Chinese messages alone."""
    words = {"id": "T1", "was": "verified", "now": "late"}
    fault = Fault("draw.changed_cell", "applicants.csv", 2, "status", "", words)
    assert "“已审核(verified)”，现为“迟报(late)”" in fault_text(fault, "zh")
    assert "'verified' when it was frozen, 'late' now" in fault_text(fault, "en")


def test_values_of_a_switch_are_named_without_an_english_word(tmp_path: Path) -> None:
    """Several values that a policy may have are told with commas, in either language."""
    folder = tables.write(tmp_path)
    policy = (folder / "policy.yaml").read_text(encoding="utf-8").replace("adjust_by: list", "adjust_by: lists")
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    (fault,) = tables.faults(folder)
    assert (fault.code, fault.params["expected"]) == ("policy.wrong_value", "list, distance")
