"""One small district as an office might keep it: Chinese headings and words, full-width, workbooks, old encodings."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from tests import tables

NUMBERS = ("plan", "hard_cap", "offered_voluntary_1", "offered_voluntary_2", "x", "y")
CHINESE = {
    "applicants": (
        "报名号", "学区", "类别", "登记学校", "第一次自愿报名", "第二次自愿报名", "全区招生学校报名", "多胞胎组号",
        "优抚决定学校", "随兄姐就读学校", "审核状态", "分流意愿", "坐标X", "坐标Y", "姓名", "性别",
    ),
    "schools": (
        "学校编号", "学校名称", "招生管辖", "招生计划", "最大容量", "第一次自愿报名学位", "第二次自愿报名学位",
        "坐标X", "坐标Y", "英文名称",
    ),
    "zones": ("学区", "对口学校", "租房对口学校", "双学区学校"),
}  # fmt: skip

Table = list[dict[str, str]]


def office() -> dict[str, Table]:
    """Three tables in which every column has a value and no two columns agree."""
    kids = [
        tables.child("T01", zone="xincheng-1", voluntary_1="sizhong-fuli;shifuxiao", x="100",
                     preferred_diversion="fuli;hexi-primary", y="-20.5", name="张伟", sex="M"),
        tables.child("T02", zone="hexi-primary", voluntary_2="shifuxiao;sizhong-fuli", status="late", bundle="b1",
                     x="7", y="8", name="阿木尔·巴特尔", sex="M"),
        tables.child("T03", zone="hexi-primary", voluntary_2="shifuxiao;sizhong-fuli", status="late", bundle="b1",
                     x="7", y="9", name="李娜", sex="F"),
        tables.child("T04", zone="shifuxiao", registered_school="xincheng-1", open_choice="menggu-primary",
                     category="B", preferential_school="fuli", sibling_school="hexi-primary", name="刘龴", sex=""),
        tables.child("T05", status="blacklisted", name="", sex="F"),
    ]  # fmt: skip
    schools = tables.schools()
    schools[0] |= {"name": "新城一小", "hard_cap": "45", "offered_voluntary_1": "4", "offered_voluntary_2": "3",
                   "x": "1.25", "y": "2"}  # fmt: skip
    schools[1] |= {"name": "福利, “老”校区", "name_en": "Welfare School, Old"}
    for school in schools:
        school.setdefault("name_en", "")
    return {"applicants": kids, "schools": schools, "zones": tables.zones()}


def lines(
    table: Table, headings: Sequence[str] | None = None, words: Mapping[str, str] | None = None
) -> list[list[str]]:
    """A table as rows of text, other headings and words put in."""
    names = list(dict.fromkeys(name for row in table for name in row))
    cells = [[(words or {}).get(row.get(name, ""), row.get(name, "")) for name in names] for row in table]
    return [list(headings or names), *cells]


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8", **options: str) -> bytes:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, **options).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def as_workbook(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> bytes:
    """Rows as a workbook, some columns as numbers."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if at and place in numbers and cell:
                sheet.write_number(at, place, float(cell))
            else:
                sheet.write_string(at, place, cell)
    book.close()
    return raw.getvalue()


WORDS = {
    "verified": "已审核",
    "late": "逾期",
    "blacklisted": "黑名单",
    "M": "男",
    "F": "女",
    "own": "本区",
    "external": "区外",
    "A": "A类",
    "B": "B 类",
}
OTHER_WORDS = WORDS | {"verified": "审核通过", "late": "迟报", "blacklisted": "失信", "M": "男孩", "F": "女孩",
                       "own": "区属", "external": "外区"}  # fmt: skip
_WIDE = {ord("T"): "Ｔ", ord("0"): "０", ord(";"): " ； ", ord("-"): "－", ord("."): "．"}


def _wide(table: Table) -> Table:
    """The cells of a table, names left alone, with full-width characters and space around."""
    return [{k: v if k == "name" or not v else f"　{v.translate(_WIDE)} " for k, v in row.items()} for row in table]


def _plain(name: str, table: Table) -> tuple[str, bytes]:
    return ".csv", as_csv(lines(table))


def _chinese(name: str, table: Table) -> tuple[str, bytes]:
    rows = lines(table, CHINESE[name], WORDS)
    raw = as_csv([["　".join(rows[0][0]), *rows[0][1:]], *rows[1:]], "gb18030")
    return ".csv", raw.replace("龴".encode("gb18030"), b"\xfe\x59")


def _full_width(name: str, table: Table) -> tuple[str, bytes]:
    return ".csv", as_csv([["", ""], *lines(_wide(table)), [], ["", " "]], "utf-8-sig", lineterminator="\n")


def _workbook(name: str, table: Table) -> tuple[str, bytes]:
    rows = lines(table[::-1], CHINESE[name], OTHER_WORDS)
    places = [i for i, column in enumerate(lines(table)[0]) if column in NUMBERS]
    return ".xlsx", as_workbook(rows, places)


def _turned(name: str, table: Table) -> tuple[str, bytes]:
    return ".csv", as_csv([row[::-1] for row in lines(table)], quoting=csv.QUOTE_ALL)  # type: ignore[arg-type]


SPELLINGS: Mapping[str, Callable[[str, Table], tuple[str, bytes]]] = {
    "plain": _plain, "chinese": _chinese, "full-width": _full_width, "workbook": _workbook, "turned": _turned,
}  # fmt: skip
"""Ending and bytes of a table in each spelling."""


def write(folder: Path, spelling: str) -> Path:
    """Write the district in a spelling; return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / "policy.yaml").write_text(tables.POLICY, encoding="utf-8")
    for name, table in office().items():
        ending, raw = SPELLINGS[spelling](name, table)
        (folder / f"{name}{ending}").write_bytes(raw)
    return folder
