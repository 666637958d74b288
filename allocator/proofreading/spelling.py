"""How a cell is spelled in the canonical tables, written down a second time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from unicodedata import category, normalize

TEXT, LIST, NAME = "text", "list", "name"
"""What a column holds: one value in letters and digits, several joined by ``;``, or what people read."""


class Field(NamedTuple):
    """A column of a canonical table: its headings, what it holds, Chinese words for its values, what may follow one."""

    name: str
    chinese: str
    holds: str = TEXT
    words: Mapping[str, str] = {}
    suffix: str = ""


STATUS = dict.fromkeys(("已审核", "审核通过", "通过", "已通过", "审核合格", "合格"), "verified")
STATUS |= dict.fromkeys(("迟报", "逾期", "逾期报名"), "late")
STATUS |= dict.fromkeys(("失信", "黑名单", "诚信黑名单"), "blacklisted")
SEX = {f"{who}{word}": sex for who, sex in (("女", "F"), ("男", "M")) for word in ("", "孩", "生", "童", "性")}
JURISDICTION = {"区属": "own", "本区": "own", "外区": "external", "区外": "external"}
PLACE = (Field("x", "坐标X"), Field("y", "坐标Y"))

TABLES: Mapping[str, tuple[Field, ...]] = {
    "applicants": (
        Field("applicant_id", "报名号"), Field("zone", "学区"), Field("category", "类别", suffix="类"),
        Field("registered_school", "登记学校"), Field("voluntary_1", "第一次自愿报名", LIST),
        Field("voluntary_2", "第二次自愿报名", LIST), Field("open_choice", "全区招生学校报名"),
        Field("bundle", "多胞胎组号"), Field("preferential_school", "优抚决定学校"),
        Field("sibling_school", "随兄姐就读学校"), Field("status", "审核状态", TEXT, STATUS),
        Field("preferred_diversion", "分流意愿", LIST), *PLACE,
    ),
    "schools": (
        Field("school_id", "学校编号"), Field("name", "学校名称", NAME),
        Field("jurisdiction", "招生管辖", TEXT, JURISDICTION), Field("plan", "招生计划"), Field("hard_cap", "最大容量"),
        Field("offered_voluntary_1", "第一次自愿报名学位"), Field("offered_voluntary_2", "第二次自愿报名学位"), *PLACE,
    ),
    "zones": (
        Field("zone", "学区"), Field("school_id", "对口学校"), Field("e_school_id", "租房对口学校"),
        Field("dual_school_ids", "双学区学校", LIST),
    ),
}  # fmt: skip
"""The columns of each table in the order of lottery.md section 1."""

OTHERS: Mapping[str, tuple[Field, ...]] = {
    "applicants": (Field("name", "姓名", NAME), Field("sex", "性别", TEXT, SEX)),
    "schools": (Field("name_en", "英文名称", NAME),),
    "zones": (),
}
"""Columns that may be left out and are in no canonical table."""

_WIDE = re.compile("[\uff01-\uff5e\u3000]")


def spelling_field_positions(headings: Sequence[str], fields: Sequence[Field]) -> list[int | None]:
    """Return where each field stands in a heading row, None where it does not."""
    return spelling_heading_positions(headings, [(field.name, field.chinese) for field in fields])


def spelling_heading_positions(headings: Sequence[str], names: Sequence[tuple[str, str]]) -> list[int | None]:
    """Return where each column stands that may be called in either way."""
    found = [_plain(heading) for heading in headings]
    wanted = [set(map(_plain, pair)) for pair in names]
    return [next((i for i, heading in enumerate(found) if heading in names), None) for names in wanted]


def _plain(heading: str) -> str:
    """Return a heading without what makes no difference: space, invisible characters, width, capitals."""
    kept = (c for c in normalize("NFKC", heading) if not c.isspace() and category(c) not in {"Cf", "Cc"})
    return "".join(kept).casefold()


def spelled_cell(cell: str, field: Field) -> str:
    """Return a cell of the office's table as the canonical table must spell it."""
    value = cell.strip()
    if field.holds == NAME:
        return value
    value = _WIDE.sub(lambda found: normalize("NFKC", found[0]), value).strip()
    if field.holds == LIST:
        value = ";".join(part.strip() for part in value.split(";"))
    if field.suffix and (found := re.fullmatch(rf"([A-Za-z0-9-]+)\s*{field.suffix}", value)):
        return found[1]
    return field.words.get(re.sub(r"\s", "", value), value) if field.words else value
