"""Intake of a platform's export: 25 columns a child, from the workbook to the tables in a folder."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from allocator.intake.persons import person_check_digit
from benchmarks import process_tree

GOAL_SECONDS = 15
"""For 100,000 children."""
SIZES = {"smoke": 300, "100k": 100_000}
ANSWERS = {
    "smoke": "ff8c4820bf1c48ceaa71234409ed313f3f9ea54f6e462b65d719e91e286cc042",
    "100k": "ce2f8a942fc0ec5e6446278f65d00ca057eb827af6ed835e0546cfce96ae1a6d",
}
"""SHA-256 of the tables, one after the other."""
TABLES = ("applications.csv", "guardians.csv", "homes.csv", "restricted/persons.csv")

COLUMNS = {
    "报名号": "applications.applicant_id", "家庭编号": "applications.family", "学生姓名": "persons.name",
    "性别": "persons.sex", "身份证号": "persons.card", "出生日期": "applications.birth_date",
    "报名日期": "applications.registered_at", "户籍地": "applications.hukou_area",
    "户口性质": "applications.hukou_kind", "独立户口簿": "applications.own_booklet", "户口簿编号": "applications.book",
    "祖孙三代同户": "applications.three_gen", "超龄说明": "applications.over_age_reason", "住房编号": "homes.home",
    "居住方式": "applications.tenure", "已验材料": "applications.papers", "家庭住址": "persons.address",
    "联系电话": "persons.telephone", "父亲编号": "guardians:father.guardian", "父亲抚养权": "guardians:father.custody",
    "父亲户籍地": "guardians:father.hukou_area", "父亲户主": "guardians:father.head",
    "父亲工作证明": "guardians:father.work_paper", "位置": "homes.area", "第一次自愿报名": "applications.voluntary_1",
}  # fmt: skip
FIXED = {"homes.use": "住宅", "homes.delivered": "是"}
SCHOOLS = "school_id,name,jurisdiction,plan,hard_cap,offered_voluntary_1,offered_voluntary_2,x,y\n" + "".join(
    f"s{n},第{n}小学,own,40,45,0,0,,\n" for n in range(20)
)
ZONES = "zone,school_id,e_school_id,dual_school_ids\nz,s0,s1,\n"


def rows(children: int) -> Iterator[list[Any]]:
    """Give the row of each child; every second one has a sister or brother."""
    dice = random.Random(1)
    for n in range(children):
        family, born = n - n % 2, date(2016, 9, 1) + timedelta(days=dice.randrange(365))
        first = f"{150_500 + n // 1000}{born:%Y%m%d}{n % 1000:03}"
        wishes = "、".join(f"第{dice.randrange(20)}小学" for _ in range(2))
        yield [
            f"T23-{n:06}", f"F{family}", f"学生{n}", "男" if n % 2 else "女", first + person_check_digit(first), born,
            "2023-07-25 09:00:00", dice.choice(("开发区城区", "开发区农区")), dice.choice(("农业", "非农业")), "否",
            300_000 + family, "否", "无", f"H{family}", "自有", dice.choice(("户口簿", "户口簿、预防接种证")),
            f"某某街{family}号", 13_900_000_000 + family, "1", "共同", "开发区城区", "是", "有", "开发区城区", wishes,
        ]  # fmt: skip


def make(folder: Path, children: int) -> None:
    """Write the export, the map and the schools."""
    book = xlsxwriter.Workbook(folder / "export.xlsx", {"constant_memory": True})
    sheet, day = book.add_worksheet("报名信息"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["报名信息汇总表"])
    sheet.write_row(1, 0, COLUMNS)
    for number, row in enumerate(rows(children), start=2):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            else:
                sheet.write(number, place, cell)
    sheet.write_row(children + 2, 0, ["合计", children])
    book.close()
    lines = [f",{heading},{column},," for heading, column in COLUMNS.items()]
    lines += [f",,{column},,{word}" for column, word in FIXED.items()]
    (folder / "columns.csv").write_text("\n".join(["sheet,heading,column,value,meaning", *lines]), encoding="utf-8")
    (folder / "office").mkdir()
    (folder / "office" / "schools.csv").write_text(SCHOOLS, encoding="utf-8")
    (folder / "office" / "zones.csv").write_text(ZONES, encoding="utf-8")


@pytest.mark.parametrize("size", SIZES)
def test_intake(benchmark: Any, tmp_path: Path, size: str) -> None:
    """The workbook to the written tables, in a process of its own."""
    make(tmp_path, SIZES[size])
    command = [sys.executable, "-m", "allocator", "intake", str(tmp_path / "export.xlsx"), str(tmp_path / "office")]
    command += ["--columns", str(tmp_path / "columns.csv"), "--write"]

    def run() -> float | None:
        status, peak = process_tree.run(command, {**os.environ, "ALLOCATOR_LANG": "en"})
        assert status == 0
        return peak

    memory = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info.update(peak_mb=round(memory or 0), goal_s=GOAL_SECONDS if size == "100k" else None)
    written = b"".join((tmp_path / "office" / name).read_bytes() for name in TABLES)
    assert sha256(written).hexdigest() == ANSWERS[size]
