"""A first map from an export to the tables, proposed from headings and values for the office to confirm.

What is certain is proposed as it is: the headings of the tables in either language, and words that platforms use for
them. What is only like something waits behind a ``?``, with what it may be; nothing of it is read before the office has
decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from allocator.ground import Fault, InputError, write_owner_only
from allocator.intake.books import ExportSheet, read_exports
from allocator.intake.cell_readers import LISTED, Reads, plain_cell, word_key
from allocator.intake.column_map import LEFT_OUT, OPEN, MapRow, PlaceNames, column_map_bytes, read_names_for_map
from allocator.intake.region import Region, find_region
from allocator.intake.rows import LISTS, is_row_value_read, row_value_names_person
from allocator.intake.targets import COLUMNS, PERSONS, ROSTER, TABLES, Target, target_of_text
from allocator.reading import plain_heading

MOST_VALUES = 60
"""Values of a column of fixed words that are listed; a column with more holds something else."""
_LIKE = 0.6
_WORDS = (Reads.WORD, Reads.WORDS, Reads.YES, Reads.SCHOOL, Reads.SCHOOLS, Reads.ZONE)

_SAID: Mapping[str, str] = {
    "applications.applicant_id": "报名编号 报名序号 登记号 登记编号 学生编号 报名登记号",
    "applications.family": "家庭号 户号 家庭序号",
    "applications.birth_date": "出生年月日 出生年月 生日 学生出生日期",
    "applications.registered_at": "报名时间 登记时间 登记日期 提交时间",
    "applications.hukou_area": "户籍所在地 户口所在地 户籍区域 学生户籍地",
    "applications.hukou_kind": "户口类型 户籍性质 户籍类型",
    "applications.own_booklet": "是否独立户口簿 单独立户",
    "applications.book": "户口本编号 户号编号 户口簿号",
    "applications.hukou_in_date": "迁入日期 落户日期 户口迁入日期 入户日期",
    "applications.three_gen": "三代同户 是否三代同户",
    "applications.home": "房屋编号 住房号 房号",
    "applications.tenure": "居住类型 居住情况 住房性质",
    "applications.residence_start": "居住开始日期 实际入住日期 起始居住日期",
    "applications.lease_months": "租期 租赁月数 租期（月） 租期月",
    "applications.papers": "材料 已交材料 已审材料 证件材料",
    "applications.declared_category": "申请类别 报名类别 申报类型",
    "applications.over_age_reason": "超龄原因 超龄情况说明",
    "applications.graduated": "是否小学毕业",
    "applications.deferral": "延缓入学 缓学",
    "applications.hukou_zone": "户籍所在学区 户口学区",
    "applications.voluntary_1": "自愿报名一 第一次自愿 自愿报名1",
    "applications.voluntary_2": "自愿报名二 第二次自愿 自愿报名2",
    "applications.open_choice": "全区招生报名 全区招生学校",
    "applications.bundle": "多胞胎 双胞胎组号 多胞胎编号",
    "applicants.category": "认定类别 学位类型 审核类别",
    "applicants.status": "审核结果 审核情况 状态",
    "applicants.zone": "所属学区 划片学区",
    "guardians.relation": "与学生关系 与孩子关系 称谓",
    "guardians.head": "是否户主 是否为户主",
    "guardians.work_area": "工作地点 工作所在地",
    "guardians.work_start": "参加工作日期 入职日期",
    "guardians.work_paper": "有无工作证明 务工证明",
    "guardians.card": "身份证 身份证号码 证件号码 证件号",
    "guardians.name": "监护人姓名 家长姓名",
    "guardians.telephone": "电话 手机 手机号 联系方式 手机号码 电话号码",
    "homes.area": "住房位置 房屋位置 房屋所在地",
    "homes.zone": "所属学区 住房学区 房屋学区 房产学区",
    "homes.use": "房屋用途 住房用途 房屋性质",
    "homes.delivered": "是否交付 是否已交付 交房情况",
    "homes.proof": "房屋证明 产权证明 房屋证件",
    "homes.proof_date": "发证日期 登记日期（证明） 备案日期",
    "homes.invoices": "缴费发票 票据",
    "homes.last_year_school": "上年学区 去年学区学校",
    "homes.address": "房屋地址 住房地址 房屋坐落 房产地址",
    "owners.holder": "产权人姓名 房主 所有权人",
    "owners.share": "产权份额 份额 比例 占比 共有份额",
    "persons.name": "学生姓名 儿童姓名 幼儿姓名 孩子姓名 适龄儿童姓名",
    "persons.sex": "学生性别",
    "persons.card": "学生身份证号 学生身份证 身份证号码 身份证 证件号码 学生证件号 公民身份号码",
    "persons.guardian_name": "家长姓名 家长",
    "persons.telephone": "电话 手机 手机号 联系方式 手机号码 家长电话 监护人电话",
    "persons.address": "家庭住址 家庭地址 居住地址 现住址 地址",
    "persons.platform_no": "平台号 平台报名号 流水号 系统编号",
}
_NOT = re.compile("[不未待非无没]")
"""What turns a word into its contrary: 审核不通过 is not like 审核通过."""
_COUNTED = {"序号", "行号", "no.", "#"}
"""Headings of columns that count the rows."""
_AROUND = re.compile(r"^(?:有无|是否|有否|学生)|[(（\[].*?[)）\]]|(?:申请|情况)$")
"""What platforms put around the words of a heading."""
_TIME = re.compile("时间$")
"""Platforms say so of days: 入住时间, 户籍迁入时间."""
_SLOT = re.compile(
    r"(?:其他|其它|第)?(父亲|父|爸爸|母亲|母|妈妈|监护人|产权人|共有人|房主|产权(?=比例|份额)|共有(?=份额))"
    r"([1-9一二三四]?)(?:的|/)?(\D*?)([1-9]?)"
)
"""Who of several, a number, what is said of him or her, the number behind."""
_SLOT_NAMES = {
    "父亲": "father", "父": "father", "爸爸": "father", "母亲": "mother", "母": "mother", "妈妈": "mother",
    "监护人": "guardian",
}  # fmt: skip
_DIGIT = {"一": "1", "二": "2", "三": "3", "四": "4"}
_OWNER = ("产权人", "共有人", "房主", "产权", "共有")


def names_to_propose(table: str) -> dict[str, str]:
    """Return the columns of a table by every heading that is certain."""
    found: dict[str, str] = {}
    for name, column in COLUMNS[table].items():
        said = _SAID.get(f"{table}.{name}", "").split()
        same = _SAID.get(f"applications.{name}", "").split() if table in ("applicants", "guardians", "homes") else []
        found |= {plain_heading(text): name for text in (name, column.chinese, *same, *said)}
    return found


_NAMES = {table: names_to_propose(table) for table in TABLES}


class Proposal(NamedTuple):
    """What a proposed map has: headings, how many of them are undecided, values; and what the export warns of."""

    headings: int
    undecided: int
    values: int
    warnings: Sequence[Fault]


def write_proposal(paths: Sequence[Path], folder: Path, columns: Path, encoding: str | None = None) -> Proposal:
    """Write a first map for the office to confirm.

    Parameters
    ----------
    folder : Path
        Has the schools and zones, and ``aliases.csv``.
    columns : Path
        The map; one that is there stays.

    Raises
    ------
    InputError
        If the map is there, or the exports or the folder are wrong.
    """
    if columns.exists():
        raise InputError([Fault("intake.map_there", str(columns))])
    names, faults = read_names_for_map(folder)
    exports = read_exports(paths, encoding)
    if faults or exports.faults:
        raise InputError([*faults, *exports.faults])
    rows = propose(exports.sheets, names)
    write_owner_only(columns, column_map_bytes(rows))
    headings = [row for row in rows if row.heading and not row.value]
    undecided = sum(row.column.startswith(OPEN) for row in headings)
    return Proposal(len(headings), undecided, sum(bool(row.value) for row in rows), exports.warnings)


def propose(sheets: Sequence[ExportSheet], names: PlaceNames) -> list[MapRow]:
    """Return a map for the sheets of an export: rows for headings first, then those for values."""
    rows: list[MapRow] = []
    for sheet in sheets:
        label = sheet.name
        region = find_region(sheet, lambda heading: bool(_certain(heading, TABLES)))
        if region is None:
            rows += [MapRow(label, "", LEFT_OUT)] if label else []
            continue
        order = _order(region)
        headings = [heading for heading in region.headings if heading]
        mapped = [MapRow(label, heading, _proposed(heading, order)) for heading in headings]
        rows += mapped + list(_values(region, mapped, label, names))
    return rows


def _order(region: Region) -> tuple[str, ...]:
    """Return the tables in the order in which a heading is looked up: what the sheet is about, persons, the others.

    The roster is none of the others: what a platform says of categories decides nothing where they are determined here.
    """
    found = {table: sum(plain_heading(h) in _NAMES[table] for h in set(region.headings)) for table in TABLES}
    main = max((table for table in TABLES if table != PERSONS), key=lambda table: found[table])
    return (main, PERSONS, *(table for table in TABLES if table not in (main, PERSONS, ROSTER)))


def _certain(heading: str, order: Sequence[str]) -> str:
    """Return the target of a heading that is certain; empty if none is."""
    plain_one = plain_heading(heading)
    if plain_one in _COUNTED:
        return LEFT_OUT
    for text in (plain_one, _AROUND.sub("", plain_one), _TIME.sub("日期", plain_one)):
        for table in order:
            if text in _NAMES[table]:
                return str(Target(table, "", _NAMES[table][text]))
    return _in_slot(plain_one)


def _in_slot(heading: str) -> str:
    """Return the target of a heading that names one of several: 父亲身份证号, 监护人1姓名, 产权人2, 产权人2产权比例."""
    found = _SLOT.fullmatch(heading)
    if found is None:
        return ""
    who, number, said, behind = found.groups()
    number = _DIGIT.get(number, number) or behind
    if who in _OWNER:
        column = _NAMES["owners"].get(said or "产权人", "")
        return str(Target("owners", number or "1", column)) if column else ""
    if _NAMES["owners"].get(said) == "share" and not number:
        return str(Target("owners", _SLOT_NAMES[who], "share"))
    said = _AROUND.sub("", said)
    column = "guardian" if said == "编号" else _NAMES["guardians"].get(said or "姓名", "")
    return str(Target("guardians", number or _SLOT_NAMES[who], column)) if column else ""


def _proposed(heading: str, order: Sequence[str]) -> str:
    """Return the target of a heading, or what it may be behind a ``?``."""
    if certain := _certain(heading, order):
        return certain
    known = {name: Target(table, "", column) for table in reversed(order) for name, column in _NAMES[table].items()}
    near = get_close_matches(plain_heading(heading), known, 1, _LIKE)
    return f"{OPEN} {known[near[0]]}" if near else OPEN


def _values(region: Region, mapped: Sequence[MapRow], label: str, names: PlaceNames) -> Iterator[MapRow]:
    """Yield the values of fixed words that nobody can read yet, with what each may mean; none that is a person's."""
    persons = _persons(region, mapped)
    for row in mapped:
        goal = target_of_text(row.column)
        if goal is None or (goal.kind.reads not in _WORDS and goal.column != "private_choice"):
            continue
        texts = map(plain_cell, dict.fromkeys(region.column(region.headings.index(row.heading))))
        is_list = goal.kind.reads in LISTS
        parts = (part.strip() for text in texts for part in (LISTED.split(text) if is_list else [text]))
        distinct = list(dict.fromkeys(filter(None, parts)))
        for text in distinct if len(distinct) <= MOST_VALUES else ():
            if not is_row_value_read(text, goal, names) and not row_value_names_person(text, persons):
                yield MapRow(label, row.heading, "", text, f"{OPEN} {_likely(text, goal, names)}".strip())


def _persons(region: Region, mapped: Sequence[MapRow]) -> set[str]:
    """Return all that the columns of persons hold."""
    goals = ((row.heading, target_of_text(row.column)) for row in mapped)
    places = [region.headings.index(heading) for heading, goal in goals if goal is not None and goal.is_private]
    return {word_key(cell) for place in places for cell in region.column(place)}


def _likely(text: str, goal: Target, names: PlaceNames) -> str:
    """Return what a value may mean; empty if it is like nothing."""
    if goal.kind.reads in (Reads.SCHOOL, Reads.SCHOOLS, Reads.ZONE):
        return names.nearest(goal.kind.reads, text)
    denied = bool(_NOT.search(text))
    known = {word_key(word): what for word, what in goal.kind.words.items() if bool(_NOT.search(word)) == denied}
    near = get_close_matches(word_key(text), known, 1, _LIKE)
    return known[near[0]] if near else ""
