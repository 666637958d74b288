"""The synthetic export: a workbook as untidy as a platform's, of invented persons."""

from __future__ import annotations

import io
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl

from allocator.generator.platform_export import EXPORT, OF_INTAKE, platform_export, platform_export_persons
from tests.applications_district.__main__ import FOLDER
from tests.cli_calls import good, refused

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@cache
def exported() -> bytes:
    """The export of the shipped district."""
    return platform_export(FOLDER)


@cache
def sheets() -> dict[str, list[list[object]]]:
    """Its cells by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(exported()))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_the_same_tables_give_the_same_bytes() -> None:
    """On every machine; ``new`` writes these bytes."""
    assert platform_export(FOLDER) == exported()


def test_new_copies_what_an_office_has_before_intake(tmp_path: Path) -> None:
    """The export and its map, and the tables that come from elsewhere; those that intake makes are not there."""
    said = good("new", tmp_path / "mine", "--example", FOLDER.name)
    assert f"allocator intake {tmp_path / 'mine' / EXPORT}" in said
    assert (tmp_path / "mine" / EXPORT).read_bytes() == exported()
    made = {path.name for path in (tmp_path / "mine").iterdir()}
    shipped = {path.name for path in FOLDER.iterdir()}
    assert made == shipped - {*(f"{name}.csv" for name in OF_INTAKE), "cases.csv"} | {EXPORT}
    assert "not empty" in refused("new", tmp_path / "mine", "--example", FOLDER.name)


def test_the_export_is_untidy() -> None:
    """Titles, totals and remarks around the rows; merged cells, a hidden row; every kind of date, number and list."""
    book = openpyxl.load_workbook(io.BytesIO(exported()))
    first, second = book
    assert (first.title, second.title) == ("报名信息", "住房信息")
    assert {str(row[0].value) for row in first.iter_rows(min_row=1, max_row=1)} == {
        "2023年小学一年级报名信息（合成数据，人名、证件、电话、住址均为虚构）"
    }
    for sheet in sheets().values():
        assert [sheet[-2][0], str(sheet[-1][0])[:2]] == ["合计", "备注"]
    assert [row for row, height in first.row_dimensions.items() if height.hidden] == [10]
    assert any(span.min_col == span.max_col == 4 for span in first.merged_cells.ranges)
    head, *rows = sheets()["报名信息"][2:-2]
    cells = {str(name): [row[place] for row in rows] for place, name in enumerate(head)}
    kinds = {type(cell) for cell in cells["出生日期"]}
    assert kinds == {datetime, str}
    assert {len(re.findall(r"\D", str(c))) for c in cells["出生日期"] if isinstance(c, str)} == {2, 3}
    assert {type(cell) for cell in cells["户口簿编号"] if cell} == {int, str}
    assert {"A类", "Ａ类", "有户有房"} <= set(cells["申报类别"])
    assert {sign for cell in cells["已验材料"] for sign in "、；，," if sign in str(cell)} == set("、；，,")
    assert "新城一小学区" in cells["户籍所在学区"]
    assert "一小片区" in cells["户籍所在学区"]
    assert any("Ｔ" in str(cell) for cell in cells["报名号"])
    assert set(cells["平台审核"]) == {"审核通过"}


def test_nobody_can_be_one_of_the_persons() -> None:
    """Names say that they are examples, areas and telephones do not exist; check digits are right, no card twice."""
    made = platform_export_persons(FOLDER)
    assert len({one.card for one in made}) == len({one.name for one in made}) == len(made)
    for one in made:
        assert one.name.startswith("例")
        assert one.guardian_name.startswith("范")
        assert one.address.startswith("虚构路")
        assert re.fullmatch(r"10\d{9}", one.telephone)
        assert re.fullmatch(r"99\d{15}[\dX]", one.card)
        assert sum(w * int(d) for w, d in zip(_WEIGHTS, one.card, strict=False)) % 11 == (
            "10X98765432".index(one.card[17])
        )
        assert (int(one.card[16]) % 2 == 1) == (one.sex == "M")


def test_the_tables_hold_nothing_of_the_persons() -> None:
    """Persons stand in the export alone."""
    shipped = "".join(path.read_text(encoding="utf-8") for path in FOLDER.iterdir())
    for one in platform_export_persons(FOLDER):
        for word in (one.name, one.card, one.guardian_name, one.telephone, one.address, one.platform_no):
            assert word not in shipped
