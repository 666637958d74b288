"""The layout of the three tables: columns, their Chinese headings, and what kind of text their cells hold.

This is the one place of the reading where headings stand. A heading may be the English name or the Chinese one;
capital and small letters, full-width letters, space and invisible characters make no difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple
from unicodedata import category, normalize


class Holds(Enum):
    """What the cells of a column hold."""

    ID = "id"
    IDS = "ids"  # ids joined by ";"
    WORD = "word"  # one of a few fixed words
    NAME = "name"  # what people read
    SEATS = "seats"  # a whole number
    PLACE = "place"  # a plane coordinate in metres
    # of the office's tables (reading/office)
    WORDS = "words"  # fixed words joined by ";"
    TEXT = "text"  # what somebody wrote
    DATE = "date"  # YYYY-MM-DD
    TIME = "time"  # YYYY-MM-DDThh:mm:ss
    NUMBER = "number"  # a whole number, digits only
    SHARE = "share"  # per cent with at most two decimals
    SCORE = "score"  # of a leaving assessment, at most two decimals


class InputColumn(NamedTuple):
    """One column of a table.

    Attributes
    ----------
    name, chinese : str
        The two headings under which it is found.
    holds : Holds
        What its cells hold.
    optional : bool
        Whether the column may be left out.
    distinct : bool
        Whether nearly every row has a value of its own, so that sharing equal texts would gain nothing.
    words : tuple of (str, str)
        Chinese words of a fixed vocabulary, each with the word that it is read as.
    ending : str
        A Chinese word that may follow the value: an office writes category A as A类.
    needed : bool
        Whether no cell may be empty; of the office's tables alone, the others have rules for that.
    exact : bool
        Whether cells are read by office-procedure.md section 0: NFKC, and a word stands as it is, without space in it.
    """

    name: str
    chinese: str
    holds: Holds
    optional: bool = False
    distinct: bool = False
    words: tuple[tuple[str, str], ...] = ()
    ending: str = ""
    needed: bool = False
    exact: bool = False


_STATUS_WORDS = (
    ("已审核", "verified"), ("审核通过", "verified"), ("通过", "verified"), ("已通过", "verified"),
    ("审核合格", "verified"), ("合格", "verified"),
    ("迟报", "late"), ("逾期", "late"), ("逾期报名", "late"),
    ("失信", "blacklisted"), ("黑名单", "blacklisted"), ("诚信黑名单", "blacklisted"),
)  # fmt: skip
_SEX_WORDS = (
    *((word, "F") for word in ("女", "女孩", "女生", "女童", "女性")),
    *((word, "M") for word in ("男", "男孩", "男生", "男童", "男性")),
)
_JURISDICTION_WORDS = (("区属", "own"), ("本区", "own"), ("外区", "external"), ("区外", "external"))
_PLACES = (InputColumn("x", "坐标X", Holds.PLACE), InputColumn("y", "坐标Y", Holds.PLACE))

LAYOUTS: Mapping[str, tuple[InputColumn, ...]] = {
    "applicants": (
        InputColumn("applicant_id", "报名号", Holds.ID, distinct=True),
        InputColumn("zone", "学区", Holds.ID),
        InputColumn("category", "类别", Holds.WORD, ending="类"),
        InputColumn("registered_school", "登记学校", Holds.ID),
        InputColumn("voluntary_1", "第一次自愿报名", Holds.IDS),
        InputColumn("voluntary_2", "第二次自愿报名", Holds.IDS),
        InputColumn("open_choice", "全区招生学校报名", Holds.ID),
        InputColumn("bundle", "多胞胎组号", Holds.ID),
        InputColumn("preferential_school", "优抚决定学校", Holds.ID),
        InputColumn("sibling_school", "随兄姐就读学校", Holds.ID),
        InputColumn("status", "审核状态", Holds.WORD, words=_STATUS_WORDS),
        InputColumn("preferred_diversion", "分流意愿", Holds.IDS),
        *(place._replace(distinct=True) for place in _PLACES),
        InputColumn("name", "姓名", Holds.NAME, optional=True, distinct=True),
        InputColumn("sex", "性别", Holds.WORD, optional=True, words=_SEX_WORDS),
    ),
    "schools": (
        InputColumn("school_id", "学校编号", Holds.ID),
        InputColumn("name", "学校名称", Holds.NAME),
        InputColumn("jurisdiction", "招生管辖", Holds.WORD, words=_JURISDICTION_WORDS),
        InputColumn("plan", "招生计划", Holds.SEATS),
        InputColumn("hard_cap", "最大容量", Holds.SEATS),
        InputColumn("offered_voluntary_1", "第一次自愿报名学位", Holds.SEATS),
        InputColumn("offered_voluntary_2", "第二次自愿报名学位", Holds.SEATS),
        *_PLACES,
        InputColumn("name_en", "英文名称", Holds.NAME, optional=True),
    ),
    "zones": (
        InputColumn("zone", "学区", Holds.ID),
        InputColumn("school_id", "对口学校", Holds.ID),
        InputColumn("e_school_id", "租房对口学校", Holds.ID),
        InputColumn("dual_school_ids", "双学区学校", Holds.IDS),
    ),
}
"""Columns by table; the first one holds the id of the row (procedure.md section 1)."""

SEAT_COLUMNS: tuple[str, ...] = ("plan", "hard_cap", "offered_voluntary_1", "offered_voluntary_2")
SEXES: tuple[str, ...] = ("F", "M")
JURISDICTIONS: tuple[str, ...] = ("own", "external")
DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows keeps for devices."""


WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    column.name: column.words for layout in LAYOUTS.values() for column in layout if column.words
}
"""Chinese words of each column with a fixed vocabulary."""


def chinese_words(column: str) -> str:
    """Return the Chinese words that a column may hold, those of one meaning together: 迟报（逾期）、失信."""
    meant: dict[str, list[str]] = {}
    for chinese, word in WORDS.get(column, ()):
        meant.setdefault(word, []).append(chinese)
    return "、".join(f"{first}（{'、'.join(others)}）" if others else first for first, *others in meant.values())


def plain_heading(heading: str) -> str:
    """Return a heading without what makes no difference."""
    kept = (c for c in normalize("NFKC", heading) if not c.isspace() and category(c) not in ("Cc", "Cf"))
    return "".join(kept).casefold()
