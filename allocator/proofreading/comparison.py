"""The comparison: what was read, and the office's own tables; their headings, words and spelling stand apart."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, starmap, zip_longest
from operator import eq
from pathlib import Path
from typing import TypeAlias
from unicodedata import normalize

from allocator.ground import Fault
from allocator.proofreading.cells import RawRow, rows_of_office_cells
from allocator.proofreading.spelling import (
    OTHERS,
    TABLES,
    Field,
    spelled_cell,
    spelling_field_positions,
    spelling_heading_positions,
)

MOST_TOLD = 1_000
"""Differences that are told; where reading went wrong in a column, every row may differ."""

Cells: TypeAlias = tuple[str, ...]
Others: TypeAlias = Callable[[], Iterable[tuple[str, ...]]]

_TIDY = re.compile(r"[A-Za-z0-9,;.-]*")
_SHOWN = 60  # characters of a value that a difference repeats
_LONG_NUMBER = re.compile(r"\d(?:[- ]?\d){13,}[\dXx]?")


def comparison_with_canonical(
    folder: Path,
    canonical: Mapping[str, bytes],
    *,
    others: Mapping[str, Others] | None = None,
    encoding: str | None = None,
) -> list[Fault]:
    """Return where the office's tables say something else than the canonical tables do; the first thousand.

    Parameters
    ----------
    folder : Path
        Holds the office's tables ``applicants``, ``schools`` and ``zones``, each as ``.csv`` or ``.xlsx``.
    canonical : mapping of str to bytes
        ``applicants.csv``, ``schools.csv`` and ``zones.csv`` as lottery.md section 1 has them; one that is not there
        is not compared.
    others : Mapping[str, callable] or None
        By table what is in no canonical one: gives id and optional columns (of ``applicants`` name and sex, of
        ``schools`` the English name) as read, in the order of the ids. What is not there is not compared.
    """
    tables = [
        _Comparison(folder, name, canonical[f"{name}.csv"], encoding, (others or {}).get(name))
        for name in TABLES
        if f"{name}.csv" in canonical
    ]
    found = list(islice(chain.from_iterable(table.differences() for table in tables), MOST_TOLD + 1))
    return found if len(found) <= MOST_TOLD else [*found[:MOST_TOLD], Fault("proof.more", found[MOST_TOLD].file)]


class _Comparison:
    """One of the office's tables beside its canonical one."""

    def __init__(self, folder: Path, name: str, canonical: bytes, encoding: str | None, others: Others | None) -> None:
        sheet = folder / f"{name}.xlsx"
        self.path = sheet if sheet.exists() else folder / f"{name}.csv"
        self.fields, self.canonical, self.encoding = TABLES[name], canonical, encoding
        self.others = others
        self.optional = OTHERS[name] if others is not None else ()
        self.headings: list[str] = []

    def differences(self) -> Iterator[Fault]:
        """Yield what differs; a table all of whose lines are the same needs no look at single values."""
        try:
            if not self._same_lines():
                yield from self._by_row()
        except (OSError, UnicodeError, csv.Error, ValueError, IndexError) as error:
            yield Fault("proof.unreadable", self.path.name, params={"kind": type(error).__name__})

    def _same_lines(self) -> bool:
        """Return whether the table, spelled as it must be and sorted, is what was read line for line."""
        rows, at = self._opened([*self.fields, *self.optional])
        width, lines = len(self.fields), []
        for _, row in rows:
            cells = _picked(row, at)
            lines.append(self._line(cells[:width]) + self._behind(cells[width:]))
        lines.sort()  # a comma comes before all characters of an id, so this is the order of the ids
        expected = self._expected()
        heading = ",".join(field.name for field in self.fields)
        return next(expected, None) == heading and all(starmap(eq, zip_longest(lines, expected)))

    def _behind(self, cells: Cells) -> str:
        """Return the optional cells of a row, to be put behind its line; nothing where they are not compared."""
        pairs = zip(cells, self.optional, strict=True)
        return "".join(["\0" + (spelled_cell(cell, field) if cell else "") for cell, field in pairs])

    def _expected(self) -> Iterator[str]:
        """Yield the heading and the lines as read, the optional cells behind them; one at a time, as there are many."""
        lines = (line.removesuffix(b"\n").decode("utf-8") for line in io.BytesIO(self.canonical))
        yield next(lines, "")
        if self.others is None:
            yield from lines
            return
        for line, other in zip_longest(lines, self.others()):
            yield "\0".join([line or "", *(other or ("", "?"))[1:]])

    def _line(self, cells: Cells) -> str:
        """Return one line of the canonical table for a row of the office's."""
        joined = ",".join(cells)
        if _TIDY.fullmatch(joined) and joined.count(",") == len(cells) - 1:
            return joined
        cells = tuple(map(spelled_cell, cells, self.fields))
        joined = ",".join(cells)
        if '"' not in joined and joined.count(",") == len(cells) - 1:
            return joined
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(cells)
        return text.getvalue()

    def _opened(self, fields: Sequence[Field]) -> tuple[Iterator[RawRow], list[int | None]]:
        """Return the rows below the headings, and where each field stands."""
        rows = rows_of_office_cells(self.path, self.encoding)
        _, self.headings = next(rows, (1, []))
        return rows, spelling_field_positions(self.headings, fields)

    def _by_row(self) -> Iterator[Fault]:
        """Yield every value that differs, row by row, then the rows that only the reading has."""
        fields = (*self.fields, *self.optional)
        rows, at = self._opened(fields)
        read = self._read()
        for line, row in rows:
            own = tuple(map(spelled_cell, _picked(row, at), fields))
            theirs = read.pop(own[0], None)
            if theirs is None:
                yield self._fault("proof.row_not_read", line, fields[0], at[0], own[0])
            elif theirs != own:
                yield from self._values(line, fields, at, own, theirs)
        for one in read:
            yield self._fault("proof.row_not_there", 0, fields[0], at[0], one)

    def _read(self) -> dict[str, Cells]:
        """Return the rows as read, by the id of each."""
        lines = csv.reader(io.StringIO(self.canonical.decode("utf-8"), newline=""))
        next(lines, None)
        if self.others is None:
            return {line[0]: tuple(line) for line in lines}
        others = {one: cells for one, *cells in self.others()}
        empty = ("",) * len(self.optional)
        return {line[0]: (*line, *others.get(line[0], empty)) for line in lines}

    def _values(
        self, line: int, fields: Sequence[Field], at: Sequence[int | None], own: Cells, read: Cells
    ) -> Iterator[Fault]:
        """Yield the cells of a row whose value was read as another one."""
        read = (*read, *("",) * len(own))  # a canonical row that is too short
        for field, place, value, other in zip(fields, at, own, read, strict=False):
            if value != other:
                yield self._fault("proof.differs", line, field, place, value, {"read": _shown(other)})

    def _fault(
        self, code: str, line: int, field: Field, place: int | None, value: str, params: dict[str, str] | None = None
    ) -> Fault:
        """Return a difference; the column is named as it is in the table."""
        heading = field.name if place is None else self.headings[place].strip()
        return Fault(code, self.path.name, line, _shown(heading), _shown(value), params or {})


def _picked(row: Sequence[str], at: Sequence[int | None]) -> Cells:
    """Return the cells of a row that stand under the fields; a field without a heading, or beyond the row, is empty."""
    width = len(row)
    return tuple(["" if place is None or place >= width else row[place] for place in at])


def _shown(value: str) -> str:
    """Return a value as a message may repeat it: printable, long numbers masked, not longer than a line."""
    value = "".join(c if c.isprintable() else "?" for c in value)
    value = _LONG_NUMBER.sub(lambda found: found[0][:2] + "*" * (len(found[0]) - 2), value)
    return (value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…") or "∅"


OfficeRows = Mapping[str, Iterable[Sequence[str]]]

_HEADINGS = (
    "applicant_id 报名号 family 家庭编号 birth_date 出生日期 graduated 小学毕业 registered_at 报名日期 "
    "late_cause 逾期原因 deferral 缓学 over_age_reason 超龄说明 hukou_area 户籍地 hukou_kind 户口性质 "
    "own_booklet 独立户口簿 book 户口簿编号 hukou_in_date 户籍迁入日期 hukou_zone 户籍学区 three_gen 祖孙三代同户 "
    "home 住房编号 tenure 居住方式 residence_start 入住日期 lease_months 租期月数 declared_category 申报类别 "
    "registered_school 登记学校 voluntary_1 第一次自愿报名 voluntary_2 第二次自愿报名 open_choice 全区招生学校报名 "
    "preferred_diversion 分流意愿 bundle 多胞胎组号 x 坐标X y 坐标Y private_choice 民办志愿 guardian 监护人编号 "
    "relation 关系 custody 抚养权 head 户主 work_area 工作地 work_start 工作开始日期 work_paper 工作证明 area 位置 "
    "zone 学区 use 用途 delivered 已交付 proof 住房证明 proof_date 证明日期 invoices 发票 "
    "last_year_school 上年学区学校 holder 产权人 share 产权比例 subject 核查项目 source 来源 result 结果 by 经办人 "
    "at 时间 stage 学段 intake_year 入学年份 ground 情形 level 程度 route 安置方式 decision_id 决定编号 kind 类型 "
    "school_id 学校编号 received_on 收件日期 decided_on 决定日期 approved 是否批准 service_years 服务年限 "
    "sibling_order 孩次 sibling_entry 兄姐入学方式 sibling_enrolled 兄姐在读 ruling_id 裁定编号 field 事项 "
    "value 裁定结果 reason 理由 authority 裁定机关 plan 招生计划 draw_id 摇号批次"
)
_WORDS = (
    "是 yes 否 no 家长原因 own 系统原因 system 待批 pending 已批 approved 开发区城区 zone_urban "
    "开发区农区 zone_rural 通辽其他旗县市区 other_tongliao 外盟市外省 elsewhere 非农业 non_agri 农业 agri "
    "集体 collective 自有 owned 祖辈房产 grandparents 租住 rented 借住 borrowed 公租 public_rental 户口簿 booklet "
    "关系证明 relation 抚养权证明 custody 监护证明 guardianship 租赁合同 lease 房主身份证及房产证 landlord "
    "居住证明 community 借住同意书 consent 入学申请表 form5 预防接种证 vaccination 父 father 母 mother "
    "监护人 guardian 共同 joint 单独 sole 无 none 不明 unclear 主城区 main_city 其他 elsewhere 住宅 residential "
    "商业 commercial 商住 mixed 不动产权证 title 备案购房合同 filed_contract 拆迁协议 demolition "
    "回迁协议 resettlement 公租房证明 public_rental 历史遗留 legacy 水费 water 电费 power 暖气费 heat 物业费 fee "
    "户籍 hukou 住房 home 无房 no_home 居住 residence 工作 work 属实 pass 不属实 fail 待查 pending 小学 primary "
    "初中 junior 虚假材料 false_papers 隐瞒住房 hidden_home 伪造证件 forged_papers 轻度 mild 中度 moderate "
    "重度 severe 随班就读 ordinary 特教学校 special_school 送教上门 home_teaching 优抚 preferential 随兄姐 sibling "
    "军人 military 烈士伤残 martyr_disabled 消防救援 fire 移民管理 immigration 高层次人才 talent "
    "专项决定 resolution 单位证明 unit_letter 军官证 officer_card 结婚证 marriage 证件证明 certificate "
    "工作证 work_card 会议纪要 minutes 申请书 application 划片 zone 分流 diverted 择校 choice 认定结果 result "
    "类别 category 学区 zone 报名状态 status 锁定豁免 lock_exempt 列入名册 roster 不属招生范围 out_of_scope "
    "缓学 deferred 特殊教育安置 special_route 已审核 verified 逾期 late 失信 blacklisted 录取 won 未录取 lost"
)
_FREE = {"holder", "by", "reason", "authority"}
_NUMBERS = {"lease_months", "intake_year", "service_years", "sibling_order", "plan"}


def _pairs(text: str) -> dict[str, str]:
    """Return words that stand in turn, each with the one before it."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


CHINESE, WORDS = {"papers": "已验材料", **_pairs(_HEADINGS)}, _pairs(_WORDS)


def comparison_with_reading(
    folder: Path, columns: Mapping[str, Sequence[str]], read: OfficeRows, *, encoding: str | None = None
) -> list[Fault]:
    """Return where the office's tables say something else than was read of them; the first thousand.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        The columns of each table, in English.
    read : mapping of str to iterable of sequence of str
        By table the rows that were read, in any order: words in English, dates and whole numbers plain, shares in
        hundredths of a per cent. A table that is not there has no rows.
    """
    found = chain.from_iterable(_table(folder, name, columns[name], read[name], encoding) for name in columns)
    return list(islice(found, MOST_TOLD))


def _table(
    folder: Path, name: str, columns: Sequence[str], read: Iterable[Sequence[str]], encoding: str | None
) -> Iterator[Fault]:
    """Yield the rows of one table that were not read as they stand, and those read that do not stand there."""
    path = next((p for p in (folder / f"{name}.csv", folder / f"{name}.xlsx") if p.exists()), None)
    theirs = Counter(map("\0".join, read))
    try:
        for line, row in _rows(path, name, columns, encoding) if path is not None else ():
            theirs[row] -= 1
            if theirs[row] < 0:
                yield Fault("proof.row_not_read", path.name if path else name, line, columns[0])
    except (OSError, UnicodeError, csv.Error, ValueError, IndexError) as error:
        yield Fault("proof.unreadable", f"{name}.csv", params={"kind": type(error).__name__})
        return
    for row in +theirs:
        yield Fault("proof.row_not_there", f"{name}.csv", 0, columns[0], row.partition("\0")[0][:32])


def _rows(path: Path, name: str, columns: Sequence[str], encoding: str | None) -> Iterator[tuple[int, str]]:
    """Yield line and cells of every row."""
    rows = rows_of_office_cells(path, encoding or "utf-8")
    _, headings = next(rows, (1, []))
    chinese = {**CHINESE, "papers": "材料"} if name == "decisions" else CHINESE
    at = spelling_heading_positions(headings, [(column, chinese[column]) for column in columns])
    spell = [(_Spelling(_speller(c)), -1 if place is None else place) for c, place in zip(columns, at, strict=True)]
    wide = max(place for _, place in spell) + 2
    for line, row in rows:
        row += [""] * max(1, wide - len(row))  # ends empty: a column without a heading has its cells there
        yield line, "\0".join([known[row[place]] for known, place in spell])


class _Spelling(dict[str, str]):
    """The spelling of the cells of one column, found once for each."""

    def __init__(self, speller: Callable[[str], str]) -> None:
        super().__init__()
        self.speller = speller

    def __missing__(self, cell: str) -> str:
        """Spell a cell that has not come before."""
        self[cell] = spelled = self.speller(normalize("NFKC", cell).strip())
        return spelled


def _speller(column: str) -> Callable[[str], str]:
    """Return how the cells of a column are spelled."""
    if column in _FREE:
        return str
    if column in _NUMBERS:
        return lambda value: str(int(value)) if value else ""
    return _hundredths if column == "share" else _words


def _words(value: str) -> str:
    """Return words in English; whatever is none stands as it is."""
    if ";" not in value:
        return WORDS.get(value, value)
    return ";".join([WORDS.get(part.strip(), part.strip()) for part in value.split(";")])


def _hundredths(value: str) -> str:
    """Return a share in hundredths of a per cent."""
    number, _, decimals = value.partition(".")
    return str(int(number + f"{decimals}00"[:2]))
