"""A platform's export that is as messy as real ones, the folder it goes to, and the map that it needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.exports import CellOf, SheetOf, card, xlsx

HEADINGS = (
    "序号", "报名号", "学生姓名", "性别", "身份证号", "出生日期", "报名日期", "户籍地", "户口性质", "独立户口簿",
    "户口簿编号", "祖孙三代同户", "超龄说明", "家庭住址", "居住方式", "入住日期", "已验材料", "登记学校",
    "第一次自愿报名", "父亲姓名", "父亲身份证号", "父亲电话", "父亲抚养权", "父亲户籍地", "父亲户口簿编号", "父亲户主",
    "父亲工作证明", "房屋位置", "住房学区", "房屋用途", "是否已交付", "住房证明", "发证日期", "产权人1", "产权比例1",
)  # fmt: skip
"""Headings of the export; there are no numbers of families and homes among them."""

SCHOOLS = (
    "school_id,name,jurisdiction,plan,hard_cap,offered_voluntary_1,offered_voluntary_2,x,y\n"
    "fuli,四中富力分校,own,40,45,0,0,0,0\nxincheng-2,新城二小,own,40,45,0,0,5,5\n"
)
ZONES = "zone,school_id,e_school_id,dual_school_ids\nfuli,fuli,xincheng-2,\nxincheng-2,xincheng-2,fuli,\n"
ALIASES = "类型,名称,编号\n学校,富力小学,fuli\n学区,富力城,fuli\n"

NAMES = ("王小明", "赵佳怡", "李思源")
CARDS = (card("150502", "2017-03-01", 123), card("150502", "2016-12-24", 88), card("150502", "2017-05-02", 15))
FATHERS = ("王建国", "赵卫东", "李志强")
FATHER_CARDS = tuple(card("150502", f"198{n}-0{n + 1}-11", 17 + 10 * n) for n in range(3))
TELEPHONES = ("13947501234", "15804750099", "13604758877")
ADDRESSES = ("富力城3号楼2单元501", "新城家园7号楼1单元902", "世纪大街20号院401")
SECRETS = (*NAMES, *CARDS, *FATHERS, *FATHER_CARDS, *TELEPHONES, *ADDRESSES)
"""What may stand in the table of persons alone."""


def child(number: int, **changed: CellOf) -> list[CellOf]:
    """Return the row of one of three children, with cells of its own."""
    day = ("2017-03-01", date(2016, 12, 24), "2017年5月2日")[number]
    cells: dict[str, CellOf] = {
        "序号": number + 1, "报名号": f"T23-00000{number}", "学生姓名": NAMES[number],
        "性别": ("男", "女孩", "男")[number],
        "身份证号": CARDS[number], "出生日期": day, "报名日期": "2023/7/25 09:30:00", "户籍地": "开发区城区",
        "户口性质": "非农业", "独立户口簿": "否", "户口簿编号": 300_001 + number, "祖孙三代同户": "否",
        "超龄说明": "否",
        "家庭住址": ADDRESSES[number], "居住方式": "自有", "入住日期": date(2022, 5, 1),
        "已验材料": "户口簿、预防接种证", "登记学校": "",
        "第一次自愿报名": ("富力小学、新城二小", "", "新城二小；四中富力分校")[number],
        "父亲姓名": FATHERS[number], "父亲身份证号": FATHER_CARDS[number], "父亲电话": int(TELEPHONES[number]),
        "父亲抚养权": "共同", "父亲户籍地": "开发区城区", "父亲户口簿编号": 300_001 + number, "父亲户主": "是",
        "父亲工作证明": "无", "房屋位置": "开发区城区",
        "住房学区": ("富力城学区", "新城二小学区", "xincheng-2")[number],
        "房屋用途": "住宅", "是否已交付": "是", "住房证明": "不动产权证", "发证日期": date(2022, 4, 1),
        "产权人1": "父亲", "产权比例1": "１００％",
    }  # fmt: skip
    assert not changed.keys() - cells.keys()
    return list((cells | changed).values())


def export(*rows: Sequence[CellOf], **more: Mapping[tuple[int, int], str]) -> SheetOf:
    """Return the sheet: a title over all columns, a line of remarks, headings, children, a total, a signature."""
    width = len(HEADINGS)
    body = rows or [child(number) for number in range(3)]
    total: list[CellOf] = ["合 计", len(body), *[""] * (width - 2)]
    return SheetOf(
        "报名信息",
        [
            ["2023年小学入学报名信息汇总表", *[""] * (width - 1)],
            ["导出时间：2023-07-31", *[""] * (width - 1)],
            list(HEADINGS), *body, total, ["填表人：某某", "", "审核人："],
        ],
        merged=[(0, 0, 0, width - 1)],
    )  # fmt: skip


def folder(place: Path) -> Path:
    """Make the folder to which the export goes: schools, zones and other names of them."""
    place.mkdir(parents=True, exist_ok=True)
    for name, words in (("schools", SCHOOLS), ("zones", ZONES), ("aliases", ALIASES)):
        (place / f"{name}.csv").write_text(words, encoding="utf-8")
    return place


def write_export(path: Path, *sheets: SheetOf) -> Path:
    """Write an .xlsx export."""
    path.write_bytes(xlsx(*(sheets or [export()])))
    return path


def table(place: Path) -> list[dict[str, str]]:
    """Return the rows of a written table."""
    return list(csv.DictReader(io.StringIO(place.read_text(encoding="utf-8-sig"))))


def decide(path: Path, *decisions: tuple[str, str]) -> None:
    """Write into a proposed map what the office decides: text to be replaced, and by what."""
    words = path.read_text(encoding="utf-8-sig")
    for before, after in decisions:
        assert before in words, before
        words = words.replace(before, after)
    path.write_text(words, encoding="utf-8")
