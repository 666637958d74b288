"""What people see in a sheet otherwise than it is: every sheet of an export is looked over, not the first alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from allocator.intake.books import Exports, read_exports
from allocator.intake.region import find_region
from tests.exports import CellOf, SheetOf, ods, xls, xlsx


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
