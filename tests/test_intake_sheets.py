"""What people see in a sheet otherwise than it is: every sheet of an export is looked over, not the first alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from allocator.intake.books import Exports, read_exports
from allocator.intake.region import find_region
from tests.cli_calls import good
from tests.exports import CellOf, SheetOf, ods, xls, xlsx
from tests.intake_cases import ADDRESSES, folder, table, write_export


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with schools, zones and aliases."""
    return folder(tmp_path / "office")


def book(place: Path, second: dict[str, Any], **form: Any) -> Exports:
    """Read a workbook of two sheets, the second with a format in a cell, or hidden in part."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    made.add_worksheet("一").write_row(0, 0, ["报名号", "姓名"])
    sheet = made.add_worksheet("二")
    sheet.write_row(0, 0, ["报名号", "学区"])
    sheet.write_row(1, 0, ["K1", 0.5], made.add_format(form))
    for name, arguments in second.items():
        getattr(sheet, name)(*arguments)
    made.close()
    (place / "e.xlsx").write_bytes(file.getvalue())
    return read_exports([place / "e.xlsx"])


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"font_strikeout": True}, "sheet.struck"),
        ({"num_format": "0%"}, "sheet.other_number"),
        ({"num_format": ";;;"}, "sheet.unseen"),
    ],
)
def test_cells_that_deceive_are_faults(tmp_path: Path, form: dict[str, Any], code: str) -> None:
    """Struck through, shown in per cent, not shown at all: with the sheet and the cell."""
    found = book(tmp_path, {}, **form)
    assert [(fault.code, fault.file, fault.row) for fault in found.faults] == [(code, "e.xlsx[二]", 2)]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"set_row": (1, None, None, {"hidden": True})}, "intake.hidden_rows"),
        ({"set_column": (1, 1, None, None, {"hidden": True})}, "intake.hidden_columns"),
        ({"hide": ()}, "intake.hidden_sheet"),
    ],
)
def test_what_is_hidden_is_read_and_told(tmp_path: Path, second: dict[str, Any], code: str) -> None:
    """Rows, columns and whole sheets that nobody sees."""
    found = book(tmp_path, second)
    assert found.faults == []
    assert [(warning.code, warning.file) for warning in found.warnings] == [(code, "e.xlsx[二]")]
    assert [sheet.cells for sheet in found.sheets] == [[["报名号", "姓名"]], [["报名号", "学区"], ["K1", "0.5"]]]


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_rows_that_are_no_children(tmp_path: Path, made: Any) -> None:
    """Totals, remarks, repeated headings; a child whose row is nearly empty is none of them."""
    rows: list[list[CellOf]] = [
        ["通辽市", "", "", ""], ["报名号", "姓名", "学区", "类别"], ["K1", "甲", "富力", "A"], ["小计：", "", 1, ""],
        ["报名号", "姓名", "学区", "类别"], ["K2", "", "", ""], ["总计2人", "", "", ""],
        ["注：以上为初步数据", "", "", ""], ["", "审核人：某某", "", "日期"], ["共计", 2, "", ""],
    ]  # fmt: skip
    path = tmp_path / "e"
    path.write_bytes(made(SheetOf("x", rows)))
    sheet = read_exports([path]).sheets[0]
    region = find_region(sheet, {"报名号", "姓名", "学区", "类别"}.__contains__)
    assert region is not None
    assert region.lines() == [3, 6]
    assert [(line, reason) for line, reason in region.passed] == [
        (1, "title"), (4, "total"), (5, "headings"), (7, "total"), (8, "remark"), (9, "remark"), (10, "total"),
    ]  # fmt: skip


def test_headings_below_a_common_one(office: Path, tmp_path: Path) -> None:
    """Two rows of headings: what stands below a merged 父亲 is the father's, what is merged downwards stands once."""
    sheet = SheetOf("名册", [
        ["报名号", "姓名", "父亲", "", "学区", "类别", "审核状态"], ["", "", "姓名", "电话", "", "", ""],
        ["K1", "王小明", "王建国", "13947501234", "富力城", "A", "通过"],
    ], merged=[(0, 2, 0, 3), *((0, place, 1, place) for place in (0, 1, 4, 5, 6))])  # fmt: skip
    path, columns = write_export(tmp_path / "e.xlsx", sheet), tmp_path / "columns.csv"
    good("intake", path, office, "--propose", columns)
    words = columns.read_text(encoding="utf-8-sig")
    assert "名册,父亲/姓名,guardians:father.name,," in words
    assert "名册,父亲/电话,guardians:father.telephone,," in words
    assert "名册,姓名,persons.name,," in words


def test_a_title_right_above_is_no_common_heading(office: Path, tmp_path: Path) -> None:
    """What is merged over all columns is a title; and an address makes no home where the sheet tells of none."""
    children = SheetOf("名册", [
        ["2023年报名表", *[""] * 8],
        ["报名号", "家庭编号", "家庭住址", "出生日期", "户籍地", "户口性质", "独立户口簿", "祖孙三代同户", "超龄说明"],
        ["K1", "F1", ADDRESSES[0], "2017-03-01", "农区", "农业", "否", "是", "否"],
    ], merged=[(0, 0, 0, 8)])  # fmt: skip
    path, columns = write_export(tmp_path / "e.xlsx", children), tmp_path / "columns.csv"
    good("intake", path, office, "--propose", columns)
    assert "名册,家庭住址,persons.address,," in columns.read_text(encoding="utf-8-sig")
    good("intake", path, office, "--columns", columns, "--write")
    assert [row["home"] for row in table(office / "applications.csv")] == [""]
    assert not (office / "restricted" / "ids.csv").exists()


@pytest.mark.parametrize("above", [{0: "2023年报名表"}, {0: "导出单位：招生办", 4: "导出时间：8月1日"}])
def test_a_title_over_some_of_the_columns_is_no_common_heading(
    office: Path, tmp_path: Path, above: dict[int, str]
) -> None:
    """A title seldom reaches as far as the table does; one with a colon never heads columns."""
    children = SheetOf("名册", [
        [above.get(place, "") for place in range(6)],
        ["报名号", "家庭编号", "出生日期", "户籍地", "户口性质", "祖孙三代同户"],
        ["K1", "F1", "2017-03-01", "农区", "农业", "是"],
    ], merged=[(0, place, 0, place + 1) for place in above])  # fmt: skip
    path, columns = write_export(tmp_path / "e.xlsx", children), tmp_path / "columns.csv"
    good("intake", path, office, "--propose", columns)
    words = columns.read_text(encoding="utf-8-sig")
    assert "名册,报名号,applications.applicant_id,," in words
    assert "名册,户籍地,applications.hukou_area,," in words
